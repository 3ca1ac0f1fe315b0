import { partedBy } from '../makings.ts'
import { askedFields } from './asked-fields.ts'
import { booked } from './booked.ts'
import { checks } from './checks.ts'
import { conditions } from './conditions.ts'
import { copiesLeft } from './copies.ts'
import { effects } from './effects.ts'
import { files } from './files.ts'
import { guards } from './guards.ts'
import { kept } from './kept.ts'
import { lendings } from './lending.ts'
import { limits } from './limits.ts'
import { lists } from './lists.ts'
import { logins } from './logins.ts'
import { moments } from './moments.ts'
import { nouns } from './nouns.ts'
import { outside } from './outside.ts'
import { overlaps } from './overlaps.ts'
import { parts } from './parts.ts'
import { ratings } from './ratings.ts'
import { reports } from './reports.ts'
import { rights } from './rights.ts'
import { shapes } from './shapes.ts'
import { someSee } from './some-see.ts'
import { staffed } from './staffed.ts'
import { states } from './states.ts'
import { steps } from './steps.ts'
import { takers } from './takers.ts'
import { terms } from './terms.ts'
import { things } from './things.ts'
import { timers } from './timers.ts'
import { tellings } from './told.ts'
import { uniques } from './uniques.ts'
import { webhooks } from './webhooks.ts'
import { whoAndWhen } from './who-and-when.ts'

/** Ways to say what readers know, each with the sentences that say it plainly; in the order in which they are tried. */
const all = [
  ...someSee,
  ...staffed,
  ...askedFields,
  ...nouns,
  ...booked,
  ...ratings,
  ...parts,
  ...guards,
  ...limits,
  ...overlaps,
  ...copiesLeft,
  ...lendings,
  ...reports,
  ...lists,
  ...shapes,
  ...kept,
  ...conditions,
  ...rights,
  ...webhooks,
  ...outside,
  ...files,
  ...things,
  ...terms,
  ...states,
  ...steps,
  ...takers,
  ...whoAndWhen,
  ...moments,
  ...tellings,
  ...timers,
  ...uniques,
  ...checks,
  ...effects,
  ...logins,
]

/** Returns a rule or wish said in other words as the sentences that readers know, or undefined. */
export const inOtherWords = (text: string, times = 3): string[] | undefined =>
  text.length > 200 || times === 0
    ? undefined
    : partedBy(all, text)?.flatMap((plain) => inOtherWords(plain, times - 1) ?? [plain])
