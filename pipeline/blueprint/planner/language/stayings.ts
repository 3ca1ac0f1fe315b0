import { lengthWords } from '../behaviour/stays/length.ts'
import { isPersonNoun } from '../lexicon/people.ts'
import { linkNouns } from '../lexicon/verbs.ts'
import type { Wording } from './makings.ts'
import { plural, singular, withArticle } from './words.ts'

const lendings = 'borrow|rent|hire|book|reserve|lend'
const timed =
  'appointment|lesson|slot|session|class|booking|reservation|meeting|shift|treatment|consultation|tour|visit|viewing|interview|exam|workshop|game|match|rental|loan|massage|training'

/** How long something lasts and how many take part, said within another sentence. */
export const stayings: readonly Wording[] = [
  // "members can borrow at most 3 books at once for 14 days"
  [
    new RegExp(
      `^((?:[\\p{L}-]+ )?[\\p{L}-]+ (?:(?:can|may) )?(?:only )?(${lendings}) (?:only )?(?:at most|up to|no more than|a maximum of|max\\.?) .+?) for (?:at most |up to )?(${lengthWords})(?: each| at a time)?$`,
      'iu',
    ),
    (_, limit, verb, length) => `${limit} || A ${linkNouns.get(verb!.toLowerCase())} lasts ${length}`,
  ],
  // "members borrow books for 14 days and can have at most 3 at once"
  [
    new RegExp(
      `^((?:[\\p{L}-]+ )?[\\p{L}-]+) ((?:can |may )?(${lendings}) (?:an? |the )?([\\p{L}-]+) for (?:at most |up to )?${lengthWords}),? (?:and|but)(?: they)? (?:can |may )?(?:only )?(?:keep|have|take|borrow|hold|rent|reserve)? ?((?:at most|up to|no more than|a maximum of) [\\p{L}\\d]+)(?: of them)? (at once|at the same time|at a time|at any time)$`,
      'iu',
    ),
    (_, who, deed, verb, thing, many, once) =>
      `${who} ${deed} || ${who} can ${verb} ${many} ${plural(singular(thing!))} ${once}`,
  ],
  // "members book a kayak for a day or two"
  [
    new RegExp(`^(.+ (?:${lendings})s? .+?) for (?:an?|one) (hour|day|night|week|month) or two$`, 'iu'),
    '$1 for up to two $2s',
  ],
  // "the cafe has appointments of 45 minutes"
  [
    new RegExp(
      `^(.+ (?:[\\p{L}-]+ )?(${timed})(?:s|es)) (?:of|lasting|that last|which last|that take) (${lengthWords})(?: each)?$`,
      'iu',
    ),
    (_, whole, thing, length) => `${whole} || ${withArticle(thing!)} lasts ${length}`,
  ],
  // "a club has a name, a weekday and a maximum of 12 children"
  [
    /^((?:an? |each |every |the )?([\p{L}-]+(?: [\p{L}-]+)?) (?:has|have) .+?),? and (?:a maximum of|at most|room for|space for|up to|no more than) (\d+) ([\p{L}-]+)$/iu,
    (whole, rest, thing, count, people) =>
      isPersonNoun(singular(people!.toLowerCase())) || /^(?:people|children|persons|kids)$/i.test(people!)
        ? `${rest!.replace(/,(?=[^,]*$)/, ' and')} || At most ${count} ${people} per ${singular(thing!.toLowerCase())}`
        : whole!,
  ],
  // "a tour has a title and a start time, and takes 20 visitors"
  [
    /^((?:an? |each |every |the )?([\p{L}-]+(?: [\p{L}-]+)?) (?:has|have) .+?),? and (?:takes?|holds?|seats?|fits?|has room for|have room for|is for|are for) (?:at most |up to )?(\d+) ([\p{L}-]+)$/iu,
    (_, rest, thing, count, people) =>
      `${rest} || ${withArticle(singular(thing!.toLowerCase()))} takes at most ${count} ${people}`,
  ],
  // "subscriptions run for one month and renew automatically"
  [
    new RegExp(
      `^((?:an? |each |every |the |all )?([\\p{L}-]+)) ((?:runs?|lasts?|goes|go|is valid|are valid)(?: for)? ${lengthWords}),? and (?:(?:is|are|gets?) )?(?:then )?((?:renew|extend|continue|prolong)(?:s|ed|ing)?(?: .{0,30})?)$`,
      'iu',
    ),
    '$1 $3 || $1 $4',
  ],
  // "bookings can be made up to 14 days ahead and at least 2 hours ahead"
  [
    new RegExp(
      `^((.+ (?:can|may|must|should)(?: only)?(?: be [\\p{L}]+| [\\p{L}]+(?: [\\p{L}-]+){0,3}?)) (?:at least|at most|up to|no more than|no later than|no earlier than) ${lengthWords}(?: (?:ahead|in advance))?),? (?:and|but) ((?:at least|at most|up to|no more than|no later than|no earlier than) ${lengthWords} (?:ahead|in advance))$`,
      'iu',
    ),
    (_, first, made, second) =>
      `${first!}${/(?:ahead|in advance)$/i.test(first!) ? '' : ' ahead'} || ${made} ${second}`,
  ],
  // "enrolment closes 3 days before the course starts"
  [
    new RegExp(
      `^(?:the )?(enrol+ment|registration|booking|sign-?up|reservation)s? (?:closes?|ends?|stops?|is closed|are closed) (${lengthWords}) (before .+)$`,
      'iu',
    ),
    (_, noun, length, before) => `${plural(noun!.replace('-', ''))} can only be made until ${length} ${before}`,
  ],
]
