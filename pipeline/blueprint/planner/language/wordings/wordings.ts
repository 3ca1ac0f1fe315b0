import { partedBy } from '../makings.ts'
import { copiesLeft } from './copies.ts'
import { limits } from './limits.ts'
import { overlaps } from './overlaps.ts'
import { reports } from './reports.ts'
import { shapes } from './shapes.ts'

/** Ways to say what readers know, each with the sentences that say it plainly; in the order in which they are tried. */
const all = [...limits, ...overlaps, ...copiesLeft, ...reports, ...shapes]

/** Returns a rule or wish said in other words as the sentences that readers know, or undefined. */
export const inOtherWords = (text: string): string[] | undefined =>
  text.length > 200 ? undefined : partedBy(all, text)
