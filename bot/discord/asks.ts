import {
  InteractionResponseType as Answer,
  type APIApplicationCommandAutocompleteInteraction,
  type APIApplicationCommandInteraction,
  type APIChatInputApplicationCommandInteraction,
  type APIInteraction,
  type APIMessageApplicationCommandInteraction,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  MessageFlags,
} from 'discord.js'
import type { Logger } from 'pino'
import type { ChatEvent } from '../../schemas/generated/chat-event.ts'
import type { Answers } from './answers.ts'
import type { Api } from './api.ts'
import { BUILD, BUILD_THIS, BUILDS } from './commands.ts'
import type { DiscordDeps } from './deps.ts'
import type { Directory } from './directory.ts'
import { messageId, type Said, threadName, toMessage, wordsOf } from './events.ts'
import { ARCHIVED, completions, help, homeList, searchIn } from './home.ts'
import type { Listener } from './listen.ts'
import { namedIn } from './mentions.ts'
import { nonceOf } from './press-id.ts'
import { words } from './say.ts'

/** Sentences of one word that are no name to look for. */
const SENTENCES = new Set(['audit', 'roles', 'team', 'fork', 'archive', 'subscribe', 'unsubscribe'])

/** Returns what takes commands and the sentences that are chosen from a list. */
export const createAsks = (
  deps: Pick<DiscordDeps, 'home'> & {
    api: Api
    directory: Directory
    answers: Answers
    listener: Pick<Listener, 'openThread'>
    application: () => string
    onEvent: (event: ChatEvent) => Promise<void>
    log: Logger
  },
) => {
  const { api } = deps
  const { first, reply, originAt } = deps.answers

  /** Makes a sentence of something commanded: everybody sees who asks for what, and the thread takes the words. */
  const ask = async (interaction: APIInteraction, text: string, source?: Said): Promise<void> => {
    const { place, origin } = await originAt(interaction)
    const open = async (): Promise<string> => {
      if (place.kind === 'channel' && source) return deps.listener.openThread(place, source.id, threadName(text))
      const starter = await api.post(
        place.id,
        words(`${origin.actor.name} asks: ${text}`),
        nonceOf('starter', interaction.id),
      )
      return place.kind === 'channel' ? deps.listener.openThread(place, starter.id, threadName(text)) : place.id
    }
    const thread = await open()
    const said = await namedIn(deps.directory, place.guild, text)
    await deps.onEvent(
      toMessage(
        { ...origin, thread },
        { id: messageId(place.id, interaction.id), at: new Date().toISOString(), ...said },
      ),
    )
    const payload = words('It goes on here:')
    const [container] = payload.body.components as { components: { content: string }[] }[]
    container!.components[0]!.content += ` <#${thread}>`
    await reply(interaction, payload)
  }

  /** Answers in private that something is under way, does it, and says so where it failed. */
  const inTime = async (interaction: APIInteraction, work: () => Promise<void>): Promise<void> => {
    await first(interaction, Answer.DeferredChannelMessageWithSource, { flags: MessageFlags.Ephemeral })
    try {
      await work()
    } catch (error) {
      deps.log.warn({ err: error }, 'a command could not be carried out')
      await reply(interaction, words('That could not be written down. Send it again in a moment.', 'refusal'))
    }
  }

  const builds = async (interaction: APIChatInputApplicationCommandInteraction): Promise<void> => {
    const text = optionOf(interaction, 'words').trim()
    if (text.toLowerCase() === 'help') return reply(interaction, help())
    const { origin } = await originAt(interaction)
    const archived = ARCHIVED.test(text)
    const words = text.replace(ARCHIVED, '')
    const found = await deps.home(origin.team.id, { actor: origin.actor, ...(words ? { search: words } : {}) })
    const search = text === '' || (!text.includes(' ') && !SENTENCES.has(text.toLowerCase()))
    if (search || archived || found.length > 0) return reply(interaction, homeList(found, text))
    await ask(interaction, text)
  }

  const buildThis = async (interaction: APIMessageApplicationCommandInteraction): Promise<void> => {
    const source = interaction.data.resolved.messages[interaction.data.target_id] as Said | undefined
    const text = source ? wordsOf(source.content, deps.application()) : ''
    if (!source || text === '') return reply(interaction, words('That message has no words to build from.', 'refusal'))
    await ask(interaction, text, source)
  }

  const command = (interaction: APIApplicationCommandInteraction): Promise<void> =>
    inTime(interaction, async () => {
      const { name, type } = interaction.data
      if (type === ApplicationCommandType.Message && name === BUILD_THIS)
        return buildThis(interaction as APIMessageApplicationCommandInteraction)
      if (type !== ApplicationCommandType.ChatInput) return
      const typed = interaction as APIChatInputApplicationCommandInteraction
      if (name === BUILDS) return builds(typed)
      if (name === BUILD) return ask(typed, optionOf(typed, 'text').trim())
    })

  const complete = async (interaction: APIApplicationCommandAutocompleteInteraction): Promise<void> => {
    const typed = optionOf(interaction, 'words')
    const { origin } = await originAt(interaction)
    const search = searchIn(typed)
    const systems = await deps.home(origin.team.id, {
      actor: origin.actor,
      quick: true,
      ...(search ? { search } : {}),
    })
    await first(interaction, Answer.ApplicationCommandAutocompleteResult, {
      choices: completions(
        systems.filter((system) => !system.archived),
        typed,
      ),
    })
  }

  return {
    command,
    complete,
    /** Takes a sentence that was chosen. */
    say: (interaction: APIInteraction, sentence: string): Promise<void> =>
      inTime(interaction, () => ask(interaction, sentence)),
  }
}

const optionOf = (
  { data }: APIChatInputApplicationCommandInteraction | APIApplicationCommandAutocompleteInteraction,
  name: string,
): string => {
  const option = data.options?.find((one) => one.name === name)
  return option?.type === ApplicationCommandOptionType.String ? option.value : ''
}
