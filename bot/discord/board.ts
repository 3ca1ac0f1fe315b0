import { type APIMessage, ComponentType } from 'discord.js'
import type { Logger } from 'pino'
import { AppError } from '../../schemas/errors.ts'
import type { Card } from '../../schemas/generated/card.ts'
import type { ChatAdapter, TeamFiles, ThreadRef } from '../chat/adapter.ts'
import { isMoving } from '../chat/render-text.ts'
import { type Api, Refused, refusedWith } from './api.ts'
import { marksOf, nonceOf } from './press-id.ts'
import { type Assets, renderCard } from './render/card.ts'
import type { Payload } from './render/face.ts'
import { withoutFiles } from './render/without-files.ts'

/** Pages of 100 messages that are searched for a card whose post was not noted. */
const PAGES = 5
/** Returns what shows cards in threads, changes them, and finds them again. */
export const createBoard = (deps: {
  api: Api
  bot: () => string
  files: TeamFiles
  log: Logger
}): Required<Pick<ChatAdapter, 'post' | 'find' | 'update'>> => {
  const { api, bot, files, log } = deps

  const assetsOf = async ({ team }: ThreadRef, card: Card): Promise<Assets> => {
    if (card.kind === 'blueprint' && card.picture) return { picture: await files.picture(team, card.picture.id) }
    if (card.kind === 'file' && card.download) return { download: await files.download(team, card.download.id) }
    return {}
  }

  /** Does what a message needs, with files where they are allowed, in an archived thread too. */
  const send = async <Answer>(
    { thread }: ThreadRef,
    payload: Payload,
    work: (payload: Payload) => Promise<Answer>,
  ): Promise<Answer> => {
    try {
      return await work(payload)
    } catch (error) {
      if (refusedWith(error, 'archived')) {
        await api.unarchive(thread)
        return await work(payload)
      }
      if (refusedWith(error, 'missingPermissions') && payload.files.length > 0) return await work(withoutFiles(payload))
      throw error
    }
  }

  return {
    post: async (thread, card) => {
      const payload = renderCard(card, await assetsOf(thread, card.card))
      try {
        return await send(thread, payload, async (body) => {
          const message = await api.post(thread.thread, body, nonceOf(thread.thread, card.key))
          // The nonce found one of an earlier attempt, which may show an older state.
          if (!showsTheSame(message, body)) await api.edit(thread.thread, message.id, body, false)
          return message.id
        })
      } catch (error) {
        throw told(error)
      }
    },
    find: async (thread, key) => {
      let before: string | undefined
      for (let page = 0; page < PAGES; page += 1) {
        const messages = await api
          .history(thread.thread, { limit: 100, ...(before ? { before } : {}) })
          .catch((error: unknown) => {
            throw told(error)
          })
        const found = messages.find((message) => message.author.id === bot() && carries(message, key))
        if (found) return found.id
        before = messages.at(-1)?.id
        if (messages.length < 100) return undefined
      }
      return undefined
    },
    update: async (thread, message, card) => {
      const payload = renderCard(card, await assetsOf(thread, card.card))
      try {
        await send(thread, payload, (body) => api.edit(thread.thread, message, body, isMoving(card.card)))
      } catch (error) {
        if (!refusedWith(error, 'unknownMessage')) throw told(error)
        log.warn({ thread: thread.thread }, 'a card was deleted on Discord, so it is not changed any more')
      }
    },
  }
}

/** A refusal in the words of the project. */
export const told = (error: unknown): unknown => {
  if (!(error instanceof Refused)) return error
  if (refusedWith(error, 'unknownChannel')) return new AppError('thread-away', 'The thread was deleted on Discord')
  return new AppError('platform-refused', error.message, {
    help: 'Run npm run doctor: it gives the link that grants what the bot needs.',
  })
}

type Marked = { type: number; id?: number; content?: string; components?: Marked[] }

const carries = (message: APIMessage, key: string): boolean => {
  const [container, text] = marksOf(key)
  const [outer] = (message.components ?? []) as Marked[]
  return outer?.type === ComponentType.Container && outer.id === container && outer.components?.[0]?.id === text
}

const textsOf = (components: Marked[]): string =>
  components
    .flatMap((one) => [one.content ?? '', textsOf(one.components ?? [])])
    .join(' ')
    .replace(/\s+/g, '')

const showsTheSame = (message: APIMessage, { body }: Payload): boolean =>
  textsOf((message.components ?? []) as Marked[]) === textsOf(body.components as Marked[])
