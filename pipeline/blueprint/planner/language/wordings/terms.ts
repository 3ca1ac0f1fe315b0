import type { Wording } from '../makings.ts'
import { plural, sentence, singular } from '../words.ts'
import { thing } from './thing.ts'

const length = '((?:\\d+|an?|one|two|three|four|five|six|seven|ten) (?:hours?|days?|weeks?|months?))'
const day = '((?:end|closing|due|start|deadline|last)(?:[ -](?:date|day|time))?|deadline)'

/** Until when something may be done, said in other words. */
export const terms: readonly Wording[] = [
  // "after the end date nobody can donate"
  [
    new RegExp(
      `^after (?:the|its|their) ${day}(?: of (?:an?|the|its) [\\p{L}-]+)?,? (?:nobody|no one) (?:can|may) ([\\p{L}]+(?: [\\p{L} -]+)?)$`,
      'iu',
    ),
    'Nobody can $2 after the $1',
  ],
  // "no donations after the end date of the campaign"
  [
    new RegExp(
      `^no (?:more |new )?([\\p{L}-]+s) after (?:the|its|their) ${day} of (?:an?|the|its) ([\\p{L}-]+)$`,
      'iu',
    ),
    (_, rows, until, one) => `${sentence(rows!)} can only be made until the ${until} of the ${one}`,
  ],
  // "a closed ticket can be reopened within 7 days"
  [
    new RegExp(
      `^(?:an? |the |all )?(closed|resolved|solved|completed|fixed|done|finished|archived) ${thing} (?:can|may) (?:only )?be (?:re-?opened|opened again) (?:with)?in ${length}(?: (?:after (?:that|it was closed|closing)|of (?:closing|being closed)))?$`,
      'iu',
    ),
    (_, state, what, time) => {
      const one = singular(what!.toLowerCase())
      return `A ${state!.toLowerCase()} ${one} can be reopened || ${sentence(plural(one))} can be reopened within ${time} after it was ${state!.toLowerCase()}`
    },
  ],
]
