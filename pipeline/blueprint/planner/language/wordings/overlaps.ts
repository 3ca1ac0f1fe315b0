import type { Wording } from '../makings.ts'
import { plural, singular, withArticle } from '../words.ts'
import { thing } from './thing.ts'

const apart =
  '(?:at (?:the same|one|a|any one|any|any given|a given) (?:time|moment)|at once|simultaneously|in parallel|for the same time|for overlapping times)'

/** What has a time of its own, so that two of it may meet. */
const timed =
  '((?:[\\p{L}-]+ )?(?:appointment|booking|reservation|slot|lesson|session|class|meeting|shift|treatment|consultation|visit|match|game|exam|rental|stay|flight|trip|ride|tour|delivery|job|interview|viewing))'

/** What must not be at the same time for one of another, said in other words than "two bookings of one room must not overlap". */
export const overlaps: readonly Wording[] = [
  // "instructors are not allowed to lead two courses at the same time"
  [
    new RegExp(
      `^(?:an?|each|every|one|the|no|all)? ?${thing} (?:can ?not|may not|must not|should not|are not allowed to|is not allowed to|are never to|never) (?:lead|teach|give|run|guide|supervise|conduct|chair|drive|host|instruct|coach|perform|play|officiate|referee|umpire) (?:in |at )?(?:two|more than one|several|multiple) ([\\p{L}-]+s) ${apart}$`,
      'iu',
    ),
    (_, who, what) => `two ${plural(singular(what!))} of the same ${singular(who!.toLowerCase())} must not overlap`,
  ],
  // "each dentist has at most one appointment at any time"
  [
    new RegExp(
      `^(?:an?|each|every|one|the|any) ${thing} (?:(?:can|may) (?:only )?have|has|takes|does|gets|can take) (?:only|at most|no more than|not more than|just|exactly|never more than|up to) (?:one|1|a single) ${timed} ${apart}$`,
      'iu',
    ),
    (_, one, other) => `two ${plural(other!)} of the same ${one} must not overlap`,
  ],
  // "reject appointments that overlap with another one of the dentist"
  [
    new RegExp(
      `^(?:reject|refuse|forbid|prevent|disallow|do not (?:accept|allow|take)|never (?:accept|allow|take)) (?:any |all |an? )?${thing} (?:that|which) (?:overlaps?|clash(?:es)?|collides?|conflicts?)(?: with (?:an?other|any other|existing|other)(?: one| ones|s)?(?: [\\p{L}-]+)?)? (?:of|for|with|by) (?:the same|the|that|one|an?) ${thing}$`,
      'iu',
    ),
    (_, other, one) => `two ${plural(singular(other!))} of the same ${one} must not overlap`,
  ],
  // "there must be no two appointments with the same dentist at the same time"
  [
    new RegExp(
      `^(?:there (?:must|may|can|should) (?:be no|not be|never be)|there are (?:no|never)|no|never)(?: any)? two ${thing} (?:with|of|for|in|on|at|by) (?:the same|one|a single|an?|any) ${thing} ${apart}$`,
      'iu',
    ),
    'two $1 of the same $2 must not overlap',
  ],
  // "a dentist is never booked twice at the same time", "make sure a dentist is not double booked"
  [
    new RegExp(
      `^(?:(?:please )?(?:make sure|ensure|see to it|take care)(?: that)? )?(?:an?|the|no|each|every) ${thing} (?:is|gets|must be|may be|can be|should be|are) (?:never|not) (?:double[- ]booked|booked (?:twice|two times|more than once))(?: ${apart})?$`,
      'iu',
    ),
    (_, one) => `${withArticle(singular(one!.toLowerCase()))} can not be double-booked`,
  ],
  // "no double bookings of a dentist"
  [
    new RegExp(
      `^(?:(?:no|never|prevent|avoid|forbid|reject|do not allow|there must be no)(?: any)? double[- ]bookings?) (?:of|for|with|on) (?:(?:an?|the|one|the same|any) )?${thing}$`,
      'iu',
    ),
    (_, one) => `${withArticle(singular(one!.toLowerCase()))} can not be double-booked`,
  ],
]
