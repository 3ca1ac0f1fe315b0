import { setTimeout as sleep } from 'node:timers/promises'
import {
  InteractionResponseType as Answer,
  type APIInteraction,
  type APIMessageComponentInteraction,
  type APIModalSubmitInteraction,
  ComponentType,
  TextInputStyle,
} from 'discord.js'
import type { Logger } from 'pino'
import type { ChatEvent, Mention } from '../../schemas/generated/chat-event.ts'
import { oneLine } from '../chat/plain.ts'
import { type Answers, userOf } from './answers.ts'
import type { DiscordDeps } from './deps.ts'
import type { Directory } from './directory.ts'
import { teamId } from './events.ts'
import type { Pressed } from './press-id.ts'
import type { Payload } from './render/face.ts'
import { words } from './say.ts'

/** Milliseconds of the three seconds that Discord waits for, with some for the way there. */
const PATIENCE = 2_300
/** Characters that Discord takes in a text field. */
const ASKED = 4_000

/** What was filled in where a button asked for it: words, or a person. */
export type Filled = { text?: string; person?: Mention }

/** Returns what takes the press of a card's button. */
export const createPresses = (
  deps: Pick<DiscordDeps, 'lookup'> & {
    answers: Answers
    directory: Directory
    onEvent: (event: ChatEvent) => Promise<void>
    log: Logger
  },
) => {
  const { directory } = deps
  const { first, privately, afterwards, originAt } = deps.answers

  /** Stores an event, then says that it arrived; a store that is slow does not let the press look lost. */
  const settle = async (interaction: APIInteraction, event: ChatEvent): Promise<void> => {
    const stored = deps.onEvent(event).then(
      () => true,
      (error: unknown) => {
        deps.log.warn({ err: error }, 'a press could not be stored')
        return false
      },
    )
    const lost = (): Payload => words('That could not be written down. Press it again in a moment.', 'refusal')
    const soon = await Promise.race([stored, sleep(PATIENCE, 'late' as const, { ref: false })])
    if (soon === false) return privately(interaction, lost())
    await first(interaction, Answer.DeferredMessageUpdate)
    if (soon === 'late' && !(await stored)) await afterwards(interaction, lost())
  }

  return async (
    interaction: APIMessageComponentInteraction | APIModalSubmitInteraction,
    shortId: string,
    filled?: Filled,
  ): Promise<void> => {
    const place = await directory.place(interaction.channel!.id)
    const pressed = await deps.lookup({ team: teamId(place, userOf(interaction).id), thread: place.id }, shortId)
    if (!pressed)
      return privately(interaction, words('This is no longer offered here: something newer took its place.', 'refusal'))
    if (pressed.button.ask !== undefined && filled === undefined)
      return first(interaction, Answer.Modal, modalOf(shortId, pressed))
    const { origin } = await originAt(interaction)
    await settle(interaction, {
      type: 'press',
      platform: 'discord',
      id: interaction.id,
      ...origin,
      at: new Date().toISOString(),
      card: pressed.card,
      button: pressed.button.id,
      ...(pressed.button.value === undefined ? {} : { value: pressed.button.value }),
      ...filled,
    })
  }
}

/** Returns the field that a button asks to be filled in: title 45, label 45 characters. */
const modalOf = (shortId: string, { button }: Pressed) => ({
  custom_id: shortId,
  title: oneLine(button.label, 45),
  components: [
    {
      type: ComponentType.Label,
      label: oneLine(button.ask ?? button.label, 45),
      ...((button.ask?.length ?? 0) > 45 ? { description: oneLine(button.ask!, 100) } : {}),
      component:
        button.pick === 'person'
          ? { type: ComponentType.UserSelect, custom_id: 'person', required: true }
          : {
              type: ComponentType.TextInput,
              custom_id: 'text',
              style: TextInputStyle.Paragraph,
              required: true,
              max_length: ASKED,
            },
    },
  ],
})

/** Returns what was filled into that field; undefined where a bot was chosen, who looks after nothing. */
export const filledIn = ({ data }: APIModalSubmitInteraction): Filled | undefined => {
  for (const row of data.components) {
    if (row.type !== ComponentType.Label) continue
    if (row.component.type === ComponentType.TextInput) return { text: row.component.value.trim() }
    if (row.component.type !== ComponentType.UserSelect) continue
    const id = row.component.values[0] ?? ''
    const user = data.resolved?.users?.[id]
    if (!user || user.bot) return undefined
    const name = data.resolved?.members?.[id]?.nick ?? user.global_name ?? user.username
    return { person: { kind: 'person', id, name: oneLine(name, 200) || id } }
  }
  return { text: '' }
}
