import type { Card } from '../../schemas/generated/card.ts'
import type { TerminalEvent } from '../../schemas/generated/terminal-event.ts'
import { plain } from '../chat/plain.ts'
import { pressable, renderText } from '../chat/render-text.ts'

export type Rendered = TerminalEvent | undefined

/** Everything that a person wrote or a tool printed, without what a terminal would act on. */
const clean = <Value>(value: Value): Value =>
  typeof value === 'string'
    ? (plain(value) as Value)
    : Array.isArray(value)
      ? (value.map(clean) as Value)
      : value !== null && typeof value === 'object'
        ? (Object.fromEntries(Object.entries(value).map(([key, inner]) => [plain(key), clean(inner)])) as Value)
        : value

/** Returns a card as the event that `--json` prints, or undefined for what only says that something is under way. */
export const renderTerminalEvent = (
  card: Card,
  conversation: string,
  path?: string,
  now: number = Date.now(),
): Rendered => {
  const event = toEvent(card, conversation, path, now)
  return event && clean(event)
}

const toEvent = (card: Card, conversation: string, path: string | undefined, now: number): Rendered => {
  const base = { system: card.system ?? null, conversation, text: renderText(card) }
  switch (card.kind) {
    case 'message':
      if (card.busy) return undefined
      if (card.tone === 'refusal') return { type: 'refusal', ...base, text: card.text }
      return {
        type: 'message',
        ...base,
        text: card.code === undefined ? card.text : `${card.text}\n${card.code}`,
        ...(card.code === undefined ? {} : { code: card.code }),
      }
    case 'question':
      if (pressable(card).length === 0) return undefined
      return {
        type: 'question',
        ...base,
        text: card.text,
        choices: card.choices.map(({ label, value }) => ({ label, value })),
      }
    case 'blueprint':
      if (card.status !== 'proposed') return undefined
      return {
        type: 'blueprint',
        ...base,
        revision: card.revision,
        digest: card.digest,
        summary: [...card.summary, ...card.stores, ...card.people, ...(card.rules ?? [])],
        assumptions: card.assumptions,
        not_carried: card.notCarried,
        changes: card.changes,
        ...(card.warning === undefined ? {} : { warning: card.warning }),
        buttons: pressable(card).map((button) => button.label),
        files: Object.fromEntries(card.files.map((file) => [file.path, file.text])),
      }
    case 'progress': {
      const begun = card.startedAt === undefined ? now : Date.parse(card.startedAt)
      const stage =
        card.stages.find((one) => one.state === 'running') ?? card.stages.findLast((one) => one.state !== 'waiting')
      return {
        type: 'progress',
        ...base,
        text: card.step || `${card.title}: ${card.status}`,
        stage: stage?.name ?? 'queued',
        ...(stage?.step === undefined ? {} : { step: stage.step }),
        done: card.stages.filter((one) => one.state === 'done').length,
        total: card.stages.length,
        seconds: card.seconds ?? Math.max(0, Math.round((now - begun) / 100) / 10),
      }
    }
    case 'deployed':
      return {
        type: 'deployed',
        ...base,
        url: card.url,
        docs_url: card.docsUrl,
        release: card.release,
        curl: card.curl,
        checks: { passed: card.passed, failed: card.failed },
        seconds: card.seconds,
        ...(card.setupTokenFile === undefined ? {} : { admin: { setup_token_file: card.setupTokenFile } }),
        ...(card.webhookSecretFiles ? { webhook_secret_files: card.webhookSecretFiles } : {}),
      }
    case 'failed':
      return {
        type: 'error',
        ...base,
        text: [card.happened, ...(card.detail ? [card.detail] : []), `Safe: ${card.safe}`].join('\n'),
        code: card.code,
        help: card.next,
        trace_id: card.traceId,
      }
    case 'file':
      return {
        type: 'message',
        ...base,
        files: Object.fromEntries(card.files.map((file) => [file.path, file.text])),
        ...(path === undefined ? {} : { download: path }),
      }
    default:
      return { type: 'message', ...base }
  }
}

/** Returns whether a card says that what was asked for was not done. */
export const isFailure = (card: Card): boolean =>
  card.kind === 'failed' ||
  (card.kind === 'message' && (card.tone === 'refusal' || card.tone === 'warning') && !card.busy)
