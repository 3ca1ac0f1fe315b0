import { InteractionResponseType as Answer, type APIInteraction, type APIUser } from 'discord.js'
import type { Api } from './api.ts'
import type { Directory, Place } from './directory.ts'
import { type Origin, originOf } from './events.ts'
import type { Payload } from './render/face.ts'
import { inPrivate, type Whispers } from './say.ts'

export type Answers = ReturnType<typeof createAnswers>

/** Returns who pressed or commanded something. */
export const userOf = (interaction: APIInteraction): APIUser => interaction.member?.user ?? interaction.user!

/** Returns the ways to answer an interaction: one first answer within three seconds, then others. */
export const createAnswers = (deps: {
  api: Api
  directory: Directory
  whispers: Whispers
  application: () => string
}) => {
  const { api, directory, whispers } = deps
  /** Whom to tell that an interaction has its first answer. */
  const answered = new Map<string, () => void>()
  const first = async (interaction: APIInteraction, type: Answer, data?: object): Promise<void> => {
    await api.answer(interaction.id, interaction.token, type, data)
    answered.get(interaction.id)?.()
  }
  return {
    first,
    /** The first answer, seen by that person only. */
    privately: (interaction: APIInteraction, payload: Payload): Promise<void> =>
      first(interaction, Answer.ChannelMessageWithSource, inPrivate(payload).body),
    /** Replaces the first answer, which was deferred. */
    reply: async (interaction: APIInteraction, payload: Payload): Promise<void> => {
      await api.editOriginal(deps.application(), interaction.token, payload)
    },
    /** Another answer, seen by that person only. */
    afterwards: async (interaction: APIInteraction, payload: Payload): Promise<void> => {
      await api.followUp(deps.application(), interaction.token, inPrivate(payload))
    },
    originAt: async (interaction: APIInteraction): Promise<{ place: Place; origin: Origin }> => {
      const place = await directory.place(interaction.channel!.id)
      return { place, origin: await originOf(directory, place, place.id, userOf(interaction), interaction.member) }
    },
    /** Lets whispers to this person follow the first answer while work on it goes on. */
    during: async (interaction: APIInteraction, work: () => Promise<void>): Promise<void> => {
      const { promise, resolve } = Promise.withResolvers<void>()
      answered.set(interaction.id, resolve)
      whispers.remember(interaction.channel!.id, userOf(interaction).id, interaction.token, promise)
      try {
        await work()
      } finally {
        answered.delete(interaction.id)
        resolve()
      }
    },
  }
}
