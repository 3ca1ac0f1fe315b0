import type { Full, Occupant } from '../../../queue/store/limits.ts'
import { oneLine } from '../../chat/plain.ts'
import { distinctTitle } from '../../chat/systems.ts'

export const countOf = (systems: number): string => (systems === 1 ? '1 system' : `${systems} systems`)

/** Names that a refusal holds; a team that runs more looks at its list. */
const NAMED = 8

const named = (systems: Occupant[]): string => {
  const names = systems.slice(0, NAMED).map((system) => oneLine(distinctTitle(system, systems), 60))
  const more = systems.length - names.length
  if (more > 0) return `${names.join(', ')} and ${more} more`
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : (names[0] ?? '')
}

/** Returns why nothing more may run, and what to stop before one can `again`, such as "press Approve again". */
export const fullWords = ({ limit, occupants }: Full, again: string): string => {
  const running = occupants.filter((one) => one.running)
  const coming = occupants.filter((one) => !one.running)
  const said = [
    ...(running.length > 0 ? [`${named(running)} ${running.length > 1 ? 'run' : 'runs'}`] : []),
    ...(coming.length > 0 ? [`${named(coming)} ${coming.length > 1 ? 'are' : 'is'} about to`] : []),
  ].join(', and ')
  const first = running[0]
  const way = first
    ? `Stop one that is not needed, for example with “stop ${first.slug}”, then ${again}.`
    : `Wait for it or cancel it, then ${again}.`
  return `At most ${countOf(limit)} of this team may run at once: ${said}. ${way} Nothing was done.`
}
