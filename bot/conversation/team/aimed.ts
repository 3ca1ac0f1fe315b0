import { isName } from '../commands.ts'
import { type Names, stripName } from '../names.ts'
import type { TeamWish } from './words.ts'

/**
 * Whether what reads like a wish of the team is one: "archive shifts older than a year" is about the rows of a system, and
 * "team: add a logo" about a system that is called Team. `mentions` tells whether words are of the system at hand.
 */
export const isForTeam = (
  wish: TeamWish,
  names: Pick<Names, 'systems'>,
  mentions: (text: string) => boolean,
): boolean => {
  if (wish.kind === 'no-rule') return stripName('team', names).kind !== 'system'
  if (!('system' in wish)) return true
  const named = stripName(wish.system, names)
  return named.kind !== 'unknown' || (isName(named.text) && !mentions(named.text))
}
