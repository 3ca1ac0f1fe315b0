import type { CardPerson } from '../../schemas/generated/card.ts'
import type { Mention } from '../../schemas/generated/chat-event.ts'
import { forkName } from '../conversation/team/words.ts'

/**
 * Returns the sentence that a form of the team's page says in a system's thread, so that it is held to the same rights and
 * written down as if it had been typed; undefined where the form holds nothing that can be said.
 */
export const sentenceOf = (
  slug: string,
  form: Record<string, string | undefined>,
  people: readonly CardPerson[],
): { text: string; mentions?: Mention[] } | undefined => {
  switch (form.wish) {
    case 'hand-over': {
      const person = people.find(({ id }) => id === form.person)
      return (
        person && {
          text: `hand over ${slug} to @${person.name}`,
          mentions: [{ kind: 'person', ...person }],
        }
      )
    }
    case 'fork': {
      const name = forkName(form.as ?? '')
      return name === undefined ? undefined : { text: `fork ${slug} as ${name}` }
    }
    case 'subscribe':
      return { text: `subscribe to ${slug}` }
    case 'archive':
      return { text: `archive ${slug}` }
    case 'restore':
      return { text: `bring back ${slug}` }
    default:
      return undefined
  }
}
