import { oneLine } from '../chat/plain.ts'
import type { System, ThreadState } from './state.ts'

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

/** Returns the one step to a blueprint of this thread that waits while the thread is about another system, or undefined. */
export const waitingElsewhere = (state: ThreadState): string | undefined => {
  const rows = state.revisions.filter((row) => isWaiting(row) && row.systemId !== state.conversation.systemId)
  const newest = rows.at(-1)
  if (!newest) return undefined
  const more = rows.length - 1
  return `${waitingWords(state, newest)}${more > 0 ? ` So ${more === 1 ? 'does 1 more' : `do ${more} more`} of this thread: “systems” lists them.` : ''}`
}

/**
 * Returns what became of the newest blueprint of the system that the thread is about ("blueprint 2 of Todo is approved and
 * built already"), and the one step that leads on from there, where there is one.
 */
export const decidedHere = (state: ThreadState): { text: string; step?: string } | undefined => {
  const { systemId } = state.conversation
  // What only gave way to other words was never decided on.
  const last = state.revisions.findLast((row) => row.systemId === systemId && row.status !== 'superseded')
  if (!last) return undefined
  const name = nameOf(state, last)
  if (last.status === 'rejected') return { text: `${name} was put aside` }
  const build = state.builds.findLast((row) => row.revisionId === last.id)
  const step = '“Try again” builds it once more.'
  switch (build?.status) {
    case 'queued':
    case 'running':
      return { text: `${name} is approved, and its build is under way`, step: '“Status” says how far it is.' }
    case 'failed':
      return { text: `${name} is approved, and its build failed`, step }
    case 'cancelled':
      return { text: `${name} is approved, and its build was cancelled`, step }
    case 'succeeded':
      return { text: `${name} is approved and built already` }
    case undefined:
      return { text: `${name} is approved` }
  }
}

/** Whether a system was never more than blueprints of this thread that were put aside: nothing of it was ever there. */
const neverWas = (state: ThreadState, systemId: string): boolean => {
  const own = state.revisions.filter((row) => row.systemId === systemId)
  return own.length > 0 && own.every(({ status }) => status === 'rejected' || status === 'superseded')
}

/** Whether the system that the thread is about was removed; one whose first blueprint was put aside never was. */
export const isGone = (state: ThreadState, systems: readonly System[]): boolean => {
  const { systemId } = state.conversation
  return systemId !== null && !systems.some(({ id }) => id === systemId) && !neverWas(state, systemId)
}

/**
 * Returns the system that a thread was about before a blueprint was put aside: the last of its blueprints' that was built.
 * One with a blueprint that waits here is come back to by its name alone, so that no word for this one decides on that.
 */
export const systemBefore = (state: ThreadState, aside: string, systems: readonly System[]): string | undefined => {
  const before = state.revisions.findLast(
    (row) => row.systemId !== aside && systems.some(({ id, buildId }) => id === row.systemId && buildId !== null),
  )?.systemId
  return state.revisions.some((row) => row.systemId === before && isWaiting(row)) ? undefined : before
}
