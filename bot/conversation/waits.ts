import { oneLine } from '../chat/plain.ts'
import type { ThreadState } from './state.ts'

type Waiting = ThreadState['revisions'][number]

const isWaiting = (revision: Waiting): boolean => revision.status === 'proposed'

/** Returns the blueprint that waits for approval and is of the system that the thread is about, or undefined. */
export const waitingHere = ({ revisions, conversation }: ThreadState): Waiting | undefined =>
  revisions.findLast((row) => isWaiting(row) && row.systemId === conversation.systemId)

/** Returns the name of a blueprint: "blueprint 2 of Todo". */
export const nameOf = ({ systems }: ThreadState, { systemId, number }: Waiting): string =>
  `blueprint ${number} of ${oneLine(systems.get(systemId)?.title ?? 'a system', 80)}`

/** Returns the sentence that says where a blueprint is found again. */
export const waitingWords = (state: ThreadState, revision: Waiting): string => {
  const slug = state.systems.get(revision.systemId)?.slug ?? ''
  const name = nameOf(state, revision)
  return `${name.charAt(0).toUpperCase()}${name.slice(1)} goes on waiting for approval: “open ${slug}” comes back to it.`
}

/** Returns a sentence for each blueprint of this thread that waits while the thread is about another system. */
export const waitingElsewhere = (state: ThreadState, about = state.conversation.systemId): string[] =>
  state.revisions.filter((row) => isWaiting(row) && row.systemId !== about).map((row) => waitingWords(state, row))
