import {
  type APIInteraction,
  type APIMessageComponentInteraction,
  type APIModalSubmitInteraction,
  ComponentType,
  InteractionType,
} from 'discord.js'
import type { Logger } from 'pino'
import type { ChatEvent } from '../../schemas/generated/chat-event.ts'
import { createAnswers } from './answers.ts'
import type { Api } from './api.ts'
import { createAsks } from './asks.ts'
import type { DiscordDeps } from './deps.ts'
import type { Directory } from './directory.ts'
import { SAY } from './home.ts'
import type { Listener } from './listen.ts'
import { isPressId } from './press-id.ts'
import { createPresses, filledIn } from './presses.ts'
import { type Whispers, words } from './say.ts'

/** Returns what answers presses, choices, filled-in fields and commands. */
export const createInteractions = (
  deps: Pick<DiscordDeps, 'lookup' | 'home'> & {
    api: Api
    directory: Directory
    listener: Pick<Listener, 'openThread'>
    whispers: Whispers
    application: () => string
    onEvent: (event: ChatEvent) => Promise<void>
    log: Logger
  },
) => {
  const answers = createAnswers(deps)
  const asks = createAsks({ ...deps, answers })
  const press = createPresses({ ...deps, answers })

  const component = async (interaction: APIMessageComponentInteraction): Promise<void> => {
    const { data } = interaction
    const [chosen] = data.component_type === ComponentType.StringSelect ? data.values : []
    if (data.custom_id === SAY && chosen) return asks.say(interaction, chosen)
    const shortId = chosen ?? data.custom_id
    if (isPressId(shortId)) return press(interaction, shortId)
    return answers.privately(interaction, words('This is no longer offered here.', 'refusal'))
  }

  const filled = (interaction: APIModalSubmitInteraction): Promise<void> => {
    const found = filledIn(interaction)
    if (found) return press(interaction, interaction.data.custom_id, found)
    return answers.privately(interaction, words('Choose a person: a bot looks after nothing.', 'refusal'))
  }

  const handle = (interaction: APIInteraction): Promise<void> => {
    switch (interaction.type) {
      case InteractionType.ApplicationCommand:
        return asks.command(interaction)
      case InteractionType.ApplicationCommandAutocomplete:
        return asks.complete(interaction)
      case InteractionType.MessageComponent:
        return component(interaction)
      case InteractionType.ModalSubmit:
        return filled(interaction)
      default:
        return Promise.resolve()
    }
  }

  return {
    /** Answers an interaction. Rejects where even that failed; nobody hears of it but the log. */
    take: async (interaction: APIInteraction): Promise<void> => {
      if (!interaction.channel || !(interaction.member ?? interaction.user)) return
      // Completion is no answer that another could follow.
      if (interaction.type === InteractionType.ApplicationCommandAutocomplete) return handle(interaction)
      return answers.during(interaction, () => handle(interaction))
    },
  }
}
