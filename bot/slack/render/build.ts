import type { types } from '@slack/bolt'
import type { CardCheck, CardStage, DeployedCard, FailedCard, ProgressCard } from '../../../schemas/generated/card.ts'
import { inWords, oneLine } from '../../chat/plain.ts'
import {
  bullets,
  code,
  header,
  joined,
  lines,
  named,
  type Part,
  paragraph,
  rich,
  section,
  short,
  small,
  words,
} from './parts.ts'

const BAR = 12
/** Tasks of one plan; a build has five stages. */
const TASKS = 20

const titles = {
  queued: 'Waits for its turn',
  running: 'Is being built',
  cancelling: 'Is being cancelled',
  succeeded: 'Was built',
  failed: 'Could not be built',
  cancelled: 'Was cancelled',
} as const

const states = {
  waiting: 'pending',
  running: 'in_progress',
  done: 'complete',
  failed: 'error',
  // Slack has no word for it: what was called off is not under way.
  cancelled: 'pending',
} as const

const bar = (done: number, total: number): string => {
  const share = total > 0 ? Math.min(1, Math.max(0, done / total)) : 0
  const full = Math.round(share * BAR)
  return `${'▰'.repeat(full)}${'▱'.repeat(BAR - full)} ${Math.round(share * 100)} %`
}

const task = (stage: CardStage, index: number): types.TaskCardBlock => {
  const time = stage.seconds === undefined ? '' : ` · ${inWords(stage.seconds)}`
  const called = stage.state === 'cancelled' ? ' · cancelled' : ''
  return {
    type: 'task_card',
    task_id: `${index}-${short(stage.name, 40).text}`,
    title: `${short(oneLine(stage.label), 100).text || '–'}${time}${called}`,
    status: states[stage.state],
    ...(stage.step
      ? { details: rich(section(words(short(oneLine(stage.step), 160).text))) as types.RichTextBlock }
      : {}),
  }
}

/** The bar, and how long it takes: Slack counts in the reader's client. What is being done stands at its stage. */
const under = (card: ProgressCard): Part => {
  const begun = card.startedAt ? Math.floor(Date.parse(card.startedAt) / 1_000) : Number.NaN
  const shown = bar(card.done, card.total)
  const told = card.stages.some((stage) => stage.step) || !card.step ? '' : ` · ${card.step}`
  if (!Number.isSafeInteger(begun)) return small(`${shown}${told}`)
  const since = { type: 'date', timestamp: begun, format: '{ago}', fallback: card.startedAt } as const
  return { blocks: [rich(section(words(`${shown}${told} · began `), since))], left: 0 }
}

/**
 * Returns a build on its way: one line with a bar, then its stages. It asks for no file, whatever is cut: a step lasts
 * seconds, and every one would bring another file.
 */
export const renderProgress = (card: ProgressCard): Part => {
  const time = card.seconds === undefined ? '' : ` in ${inWords(card.seconds)}`
  const title = `${titles[card.status]}${card.status === 'succeeded' ? time : ''}`
  const plan: types.PlanBlock = { type: 'plan', title, tasks: card.stages.slice(0, TASKS).map(task) }
  const running = card.status === 'running' || card.status === 'queued' || card.status === 'cancelling'
  const { blocks } = joined(
    header(`${card.title}, build ${card.build}`),
    ...(running ? [under(card)] : []),
    { blocks: [plan], left: 0 },
    ...(card.stages.length > TASKS ? [small(`${card.stages.length - TASKS} more stages`)] : []),
  )
  return { blocks, left: 0 }
}

const checkLine = (check: CardCheck): string =>
  `${check.passed ? '✓' : '✕'} ${check.name}: ${check.summary} (${inWords(check.seconds)})`

/** Failed checks first: they are what somebody looks for. */
const checks = (list: readonly CardCheck[]): Part =>
  lines('Checks', [...list].sort((a, b) => Number(a.passed) - Number(b.passed)).map(checkLine), 8, 160)

/** Returns the system that runs: its address, the evidence, a first call. */
export const renderDeployed = (card: DeployedCard): Part =>
  joined(
    header(`${card.title} is running`),
    {
      blocks: [
        rich(
          section({ type: 'link', url: card.url.slice(0, 3000) }, words('  ·  '), {
            type: 'link',
            url: card.docsUrl.slice(0, 3000),
            text: 'Documentation',
          }),
        ),
      ],
      left: 0,
    },
    small(
      `Build ${card.build} · ${card.passed} checks passed${card.failed > 0 ? `, ${card.failed} failed` : ''} · ${inWords(card.seconds)}`,
    ),
    checks(card.checks),
    bullets('Secrets', card.secrets ?? [], 3, 300),
    bullets('Roles', card.roles ? [card.roles] : [], 1, 400),
    paragraph('Try it', 100, { bold: true }),
    code(card.curl, 1_500),
  )

/** Returns what happened, what is safe, what to do. */
export const renderFailed = (card: FailedCard): Part =>
  joined(
    header(card.title),
    paragraph(card.happened, 1_200),
    checks(card.checks ?? []),
    ...(card.detail ? [code(card.detail, 1_500)] : []),
    named('Safe', card.safe, 500),
    named('Next', card.next, 500),
    small(`Trace ${card.traceId} · ${card.code}`),
  )
