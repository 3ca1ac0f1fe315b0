import type { Button } from '../../../schemas/generated/card.ts'
import type { PressEvent } from '../../../schemas/generated/chat-event.ts'
import type { System } from '../state.ts'
import { answer, refuse, say, type Turn, type TurnContext } from '../turns/turn.ts'
import { knownPeople, peopleNamed } from './people.ts'
import { onSystemTurn } from './turns.ts'
import { forkName } from './words.ts'

/** Whose ids the page and the terminal send is not vouched for by a platform: only people of the team are taken. */
const chosen = async (context: TurnContext<PressEvent>): Promise<{ id: string; name: string } | undefined> => {
  const { event, db, state } = context
  const { teamId } = state.conversation
  if (event.text?.trim()) return (await peopleNamed(db, teamId)([event.text.trim().replace(/^@/, '')]))[0]
  const { person } = event
  if (person?.kind !== 'person') return undefined
  if (event.platform === 'slack' || event.platform === 'discord') return person
  return (await knownPeople(db, teamId)).find(({ id }) => id === person.id)
}

const instead = (button: Button): Turn =>
  answer(say(`Write it in a sentence: ${button.say ?? button.label}`, { tone: 'plain' }))

/** Does what a button wants of the team: each of them is a sentence too, and is held to the same rights. */
export const teamPress = async (context: TurnContext<PressEvent>, button: Button, system: System): Promise<Turn> => {
  const { event } = context
  switch (button.id) {
    case 'hand-over': {
      if (!event.person && !event.text?.trim()) return instead(button)
      const to = await chosen(context)
      if (!to) return refuse('I do not know this person here. Nothing was done.')
      return onSystemTurn(context, { kind: 'hand-over', system: undefined, to: { kind: 'person', ...to } }, system)
    }
    case 'fork': {
      const text = event.text?.trim()
      if (!text) return instead(button)
      const as = forkName(text)
      return as
        ? onSystemTurn(context, { kind: 'fork', system: undefined, as }, system)
        : refuse(
            'A name begins with a letter and has at most 40 letters, digits, blanks and hyphens. Nothing was done.',
          )
    }
    case 'subscribe':
    case 'unsubscribe':
    case 'archive':
    case 'restore':
      return onSystemTurn(context, { kind: button.id, system: undefined }, system)
    default:
      return refuse('I do not know this button. Nothing was done.')
  }
}
