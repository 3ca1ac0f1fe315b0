import { randomUUID } from 'node:crypto'
import type { ErrorCode } from '../../schemas/error-codes.ts'
import { AppError } from '../../schemas/errors.ts'
import type { Card } from '../../schemas/generated/card.ts'
import type { TerminalEvent } from '../../schemas/generated/terminal-event.ts'
import { pressable } from '../chat/render-text.ts'
import { filesIn } from './attach.ts'
import type { TerminalPush } from './lines.ts'
import type { Link } from './link.ts'
import { isFailure, renderTerminalEvent } from './render.ts'

/** Where the conversation goes: JSON lines or words for a person. */
export type Output = {
  event: (event: TerminalEvent, card: Card | undefined) => void
  /** Something is under way; only people want to see it. */
  busy: (text: string) => void
}

export type ClientDeps = {
  /** Attaches to the running bot, or to one that it starts. Called again where the bot went away. */
  attach: (handlers: { onPush: (push: TerminalPush) => void; onEnd: () => void }) => Promise<Link>
  output: Output
  yes: boolean
  team: string
  actor: string
}

export type Client = {
  /** Sends one line; resolves with `question` where it waits for an answer, else with whether all was done. */
  tell: (text: string) => Promise<'question' | boolean>
  /** Attaches; resolves with the conversation's id. */
  start: () => Promise<string>
  close: () => void
}

/** Milliseconds for which a bot that went away is looked for: a restart takes a few seconds. */
const REATTACH_PATIENCE = 30_000

/** What must change for a card to be told again. */
const signatureOf = (event: TerminalEvent): string => {
  if (event.type === 'progress') return `progress ${event.stage} ${event.step ?? ''} ${event.done} ${event.text}`
  if (event.type === 'deployed') return `deployed ${event.url} ${event.release}`
  if (event.type === 'blueprint') return `blueprint ${event.digest}`
  return `${event.type} ${event.text}`
}

/** What an update of a card that this terminal has never seen may still tell. */
const lateNews = new Set<Card['kind']>(['message', 'progress', 'blueprint', 'question'])

/** Returns the terminal's side of a conversation: one message at a time, each until nothing that it began still runs. */
export const createClient = (deps: ClientDeps): Client => {
  const { output } = deps
  const shown = new Map<string, string>()
  const cards = new Map<string, Card>()
  let conversation = ''
  let link: Link | undefined
  let closed = false
  let pending:
    | {
        id: string
        send: () => void
        settled: (push: Extract<TerminalPush, { type: 'settled' }>) => void
        fail: (error: unknown) => void
      }
    | undefined
  let ready: (() => void) | undefined
  let ok = true
  let fresh = new Set<string>()

  const onCard = (push: Extract<TerminalPush, { type: 'card' }>): void => {
    const { key, card } = push
    const known = shown.has(key)
    cards.set(key, card)
    if (card.kind === 'message' && card.busy) {
      shown.set(key, '')
      output.busy(card.text)
      return
    }
    const event = renderTerminalEvent(card, conversation, push.path)
    if (!event) return
    const signature = signatureOf(event)
    if (shown.get(key) === signature) return
    shown.set(key, signature)
    if (push.update && !known && !lateNews.has(card.kind)) return
    fresh.add(key)
    if (isFailure(card)) ok = false
    output.event(event, card)
  }

  const onPush = (push: TerminalPush): void => {
    switch (push.type) {
      case 'ready':
        conversation = push.conversation
        ready?.()
        return
      case 'card':
        return onCard(push)
      case 'whisper':
        ok = false
        output.event({ type: 'refusal', system: null, conversation, text: push.text }, undefined)
        return
      case 'refused':
        pending?.fail(new AppError(push.code as ErrorCode, push.text, { help: push.help }))
        return
      case 'settled':
        if (pending && push.lastEvent === pending.id) pending.settled(push)
        return
      case 'accepted':
      case 'bye':
        return
    }
  }

  const attach = async (): Promise<void> => {
    const greeted = new Promise<void>((resolve) => {
      ready = resolve
    })
    const lost = Promise.withResolvers<never>()
    // Whoever waits for the greeting hears of it; later losses are mended in onEnd.
    lost.promise.catch(() => undefined)
    link = await deps.attach({
      onPush,
      onEnd: () => {
        lost.reject(
          new AppError('bot-away', 'The bot went away', { help: 'Start it again; nothing that it accepted is lost.' }),
        )
        void reattach()
      },
    })
    link.send({ type: 'hello', team: deps.team, actor: deps.actor })
    await Promise.race([greeted, lost.promise])
  }

  let reattaching = false
  /** The bot was stopped or killed: what it accepted is in its store, what it did not is sent again under the same id. */
  const reattach = async (): Promise<void> => {
    if (closed || reattaching) return
    reattaching = true
    try {
      for (const end = Date.now() + REATTACH_PATIENCE; ; )
        try {
          await attach()
          pending?.send()
          return
        } catch (error) {
          if (Date.now() > end || closed) throw error
          await new Promise((resolve) => setTimeout(resolve, 300))
        }
    } catch (error) {
      pending?.fail(error)
    } finally {
      reattaching = false
    }
  }

  const exchange = async (send: (id: string) => void): Promise<Extract<TerminalPush, { type: 'settled' }>> => {
    const id = randomUUID()
    try {
      return await new Promise((resolve, reject) => {
        pending = { id, send: () => send(id), settled: resolve, fail: reject }
        send(id)
      })
    } finally {
      pending = undefined
    }
  }

  /**
   * What --yes would press: the proposal that came with this message, unless it loses data; the removal that keeps it;
   * the first choice of a question before the blueprint, which allows least or is the likeliest.
   */
  const assent = (): { key: string; card: Card } | undefined => {
    if (!deps.yes) return undefined
    for (const key of fresh) {
      const card = cards.get(key)
      if (card?.kind === 'blueprint' && card.status === 'proposed') return { key, card }
      const asks = card?.kind === 'question' && (card.id === 'remove' || key.startsWith('question:'))
      if (asks && pressable(card).length > 0) return { key, card }
    }
    return undefined
  }

  const settle = async (settled: Extract<TerminalPush, { type: 'settled' }>): Promise<'question' | boolean> => {
    const proposal = assent()
    if (proposal) {
      fresh.delete(proposal.key)
      const button = pressable(proposal.card)[0]!
      if (proposal.card.kind === 'blueprint' && proposal.card.risk === 'hides-data') {
        ok = false
        const text = `Not approved: --yes never hides data. To go on, write: ${button.label}`
        output.event({ type: 'refusal', system: proposal.card.system, conversation, text }, undefined)
      } else {
        const { key, card } = proposal
        if (card.kind === 'question' && card.id !== 'remove')
          output.event(
            {
              type: 'message',
              system: card.system ?? null,
              conversation,
              text: `--yes takes the first choice: ${button.label}.`,
            },
            undefined,
          )
        const next = await exchange((id) =>
          link?.send({
            type: 'press',
            id,
            card: key,
            button: button.id,
            ...(button.value === undefined ? {} : { value: button.value }),
          }),
        )
        return settle(next)
      }
    }
    if (settled.question) return 'question'
    const done = ok
    ok = true
    output.event(
      {
        type: 'settled',
        system: settled.system ?? null,
        conversation,
        text: done ? 'Done.' : 'Not all of it was done.',
        ok: done,
      },
      undefined,
    )
    return done
  }

  return {
    start: async () => {
      await attach()
      ok = true
      fresh = new Set()
      return conversation
    },
    tell: async (text) => {
      fresh = new Set()
      try {
        const files = await filesIn(text)
        return await settle(
          await exchange((id) => link?.send({ type: 'say', id, text, ...(files.length ? { files } : {}) })),
        )
      } catch (error) {
        const known =
          error instanceof AppError ? error : new AppError('internal', 'Something went wrong', { cause: error })
        output.event(
          {
            type: 'error',
            system: null,
            conversation,
            text: known.message,
            code: known.code,
            help: known.help,
            trace_id: '',
          },
          undefined,
        )
        output.event(
          { type: 'settled', system: null, conversation, text: 'Not all of it was done.', ok: false },
          undefined,
        )
        ok = true
        return false
      }
    },
    close: () => {
      closed = true
      link?.close()
    },
  }
}
