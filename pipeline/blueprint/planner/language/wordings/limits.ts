import type { Wording } from '../makings.ts'
import { sentence, singular, singularPhrase } from '../words.ts'
import { thing } from './thing.ts'

const number = '(\\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|sixteen|twenty|thirty)'
const people =
  '([\\p{L}-]+(?: (?!can\\b|may\\b|fit\\b|have\\b|has\\b|per\\b|in\\b|for\\b|of\\b|at\\b|on\\b|an?\\b|each\\b|every\\b)[\\p{L}-]+)?)'
const per = '(?:per|for each|for every|of each|in each|in every|for an?|of an?|in an?|on each|on an?|an?)'
const places = '(?:places|seats|spots|slots|spaces|beds|berths|desks|chairs)'
const join =
  '(?:book|join|attend|reserve|enrol(?:l)? in|sign up for|register for|take part in|participate in|come to|be in|visit|take|use|hire|rent)'

/** What is made of things and is no row of theirs: who books two courts has two bookings. */
const booked = '(?!book|reserve|rent|borrow|hire|order|buy|visit|use|see|be\\b|go\\b)'
const period = '(day|week|month|year)'
const inAPeriod = `(?:(?:on|in|within|during) (?:the same|one|a|any one|any) |per |a |each |every )${period}`
const atMost = (most: string, things: string): string =>
  `at most ${most} ${/^(?:one|1)$/i.test(most) ? singularPhrase(things) : things}`

/** How many of one there may be for another, said in other words than "at most 12 people per course". */
export const limits: readonly Wording[] = [
  // "no course may have over 15 participants", "never more than 15 participants in a course"
  [
    new RegExp(
      `^no ([\\p{L}-]+(?: (?!can\\b|may\\b|has\\b|takes\\b)[\\p{L}-]+)?) (?:(?:can|may|must|should|is allowed to) )?(?:has|have|takes?|holds?|sleeps?|seats?|gets?) (?:over|above|more than) ${number.replace('one|', '')} ([\\p{L}-]+)$`,
      'iu',
    ),
    (_, of, most, things) => `${sentence(atMost(most!, things!))} per ${of}`,
  ],
  // "12 hikers is the most a hike can take", "fifteen is the most participants a course takes"
  [
    new RegExp(
      `^${number} ([\\p{L}-]+) (?:is|are) the (?:most|maximum)(?: that)? (?:an?|each|every|the|any) ([\\p{L}-]+) (?:(?:can|may) )?(?:takes?|holds?|haves?|has|have|fits?)$`,
      'iu',
    ),
    (_, most, things, of) => `${sentence(atMost(most!, things!))} per ${of}`,
  ],
  // "a workshop is full with 20 guests", "a room sleeps at most 4 students", "a boat seats six rowers"
  [
    new RegExp(
      `^(?:an?|each|every|the) ([\\p{L}-]+) (?:is|counts as) (?:full|booked out|sold out) (?:with|at|once there are|when there are|as soon as there are|once it has|when it has) ${number} ([\\p{L}-]+)$`,
      'iu',
    ),
    (_, of, most, things) => `${sentence(atMost(most!, things!))} per ${of}`,
  ],
  [
    new RegExp(
      `^(?:an?|each|every|the) ([\\p{L}-]+) (?:can )?(?:sleeps?|seats?|houses?|accommodates?) (?:(?:at most|up to|no more than|only) )?${number} ([\\p{L}-]+)$`,
      'iu',
    ),
    (_, of, most, things) => `${sentence(atMost(most!, things!))} per ${of}`,
  ],
  // "a player cannot play two matches on the same day", "no cook works more than three shifts a week"
  [
    new RegExp(
      `^(?:(?:an?|each|every|the same|one|any) ([\\p{L}-]+(?: [\\p{L}-]+)?) (?:can ?not|must not|may not|should not|can never|may never) |no ([\\p{L}-]+(?: (?!can\\b|may\\b|must\\b|should\\b)[\\p{L}-]+)?) (?:(?:can|may|must|should) )?)${booked}[\\p{L}]+ (?:(two)|more than ${number}) ([\\p{L}-]+(?: [\\p{L}-]+)?) ${inAPeriod}$`,
      'iu',
    ),
    (_, who, nobody, two, most, things, unit) =>
      `A ${who ?? nobody} can have ${atMost(two ? 'one' : most!, things!)} per ${unit}`,
  ],
  // "a member cannot book two courts on the same day"
  [
    new RegExp(
      `^(?:an?|each|every|the same|one|any) ([\\p{L}-]+) (?:can ?not|must not|may not|should not|can never|may never) (book|reserve|rent|borrow|hire) (?:(two)|more than ${number}) ([\\p{L}-]+(?: [\\p{L}-]+)?) ${inAPeriod}$`,
      'iu',
    ),
    (_, who, verb, two, most, things, unit) =>
      `A ${who} may ${verb} ${atMost(two ? 'one' : most!, things!)} per ${unit}`,
  ],
  // "a cook has at most two shifts per day", "each cook may work only one shift a day"
  [
    new RegExp(
      `^(?:an?|each|every|one|any) ([\\p{L}-]+(?: (?!can\\b|may\\b|must\\b|should\\b)[\\p{L}-]+)?) (?:(?:can|may|must|should)(?: only)? )?${booked}[\\p{L}]+ (?:at most|only|no more than|not more than|a maximum of|up to|just) ${number} (?!times?\\b|hours?\\b|minutes?\\b|days?\\b)([\\p{L}-]+(?: [\\p{L}-]+)?) ${inAPeriod}$`,
      'iu',
    ),
    (_, who, most, things, unit) => `A ${who} can have ${atMost(most!, things!)} per ${unit}`,
  ],
  // "we can only take one wedding per day"
  [
    new RegExp(
      `^(?:we|i|the [\\p{L}-]+) (?:(?:can|may|could|want to|will) )?(?:only |at most )?(?:take|do|host|accept|handle|manage|serve|hold|have|fit in)(?: on)? (only |at most |no more than |not more than |a maximum of |up to )?${number} ${thing} (?:per|a|each|every|on the same|in one|in a) (hour|day|weekend|week|month|year)$`,
      'iu',
    ),
    (whole, most, max, what, period) =>
      most || /^\S+ (?:[\p{L}-]+ )?(?:can |may |could |want to |will )?(?:only|at most) /iu.test(whole!)
        ? `at most ${max} ${what} per ${period}`
        : whole!,
  ],
  // "pupils order a meal for a day, at most one meal per day"
  [
    new RegExp(
      `^((?:the |all )?[\\p{L}-]+s|people) ((?:can |may )?(order|book|reserve|borrow|rent|take|request)s? (?:an?|one) ${thing}(?: [^;]+?)?), (?:but |and )?(?:at most|only|no more than|not more than) (one|two|three|\\d+) (?!times?\\b)([\\p{L}-]+) (?:per|a|each) (day|week|month)$`,
      'iu',
    ),
    '$1 $2 || $1 can $3 at most $5 $6 per $7',
  ],
  // "pupils can borrow at most three books at a time"
  [
    new RegExp(
      `^((?:the |all )?[\\p{L}-]+s|people) (?:can |may )?(borrow|rent|hire|check out) (?:at most|up to|only|no more than|not more than|a maximum of) ${number} ([\\p{L}-]+s) (at a time|at once|at the same time|simultaneously)$`,
      'iu',
    ),
    (_, who, verb, max, what, once) =>
      `${who} can ${verb} ${what} || ${who} can ${verb} at most ${max} ${what} ${once}`,
  ],
  // "up to 12 members can book each course"
  [
    new RegExp(
      `^(?:only |just )?(?:up to|at most|no more than|not more than|max(?:imum)?\\.?|a maximum of) ${number} ${people} (?:can|may|could) (?:only )?${join} (?:an?|the|each|every|one|any|the same|one and the same) ${thing}$`,
      'iu',
    ),
    'at most $1 $2 per $3',
  ],
  // "the limit per course is 12 people", "the maximum number of people in a course is 12"
  [
    new RegExp(
      `^(?:the |our )?(?:limit|maximum|max|upper limit|cap|capacity|maximum capacity|maximum size|(?:maximum|max) (?:number|count)(?: of ([\\p{L}-]+))?) ${per} ${thing} is(?: set to| at)? ${number}(?! ?(?:[kmg]b|kilo|mega|giga|euros?|dollars?|minutes?|hours?|days?)\\b)(?: ([\\p{L}-]+))?$`,
      'iu',
    ),
    (_, of, one, max, who) => `at most ${max} ${of ?? who ?? 'people'} per ${one}`,
  ],
  // "a course is full with 12 members", "a course is full when 12 people have booked it"
  [
    new RegExp(
      `^(?:(?:an?|the|each|every|all) )?${thing} (?:is|are|counts? as|gets?|becomes?) full (?:with|at|when|once|after|as soon as|if) (?:(?:there are|it has|they have|it reaches|they reach) )?${number}(?: ${people}(?: (?:have|are) (?:booked|joined|reserved|enrolled|registered|signed up|taken|in)(?: (?:it|them|for it|in it|up|in))?)?)?$`,
      'iu',
    ),
    (_, one, max, who) => `at most ${max} ${who ?? 'people'} per ${singular(one!.toLowerCase())}`,
  ],
  // "there are 12 places in each course"
  [
    new RegExp(
      `^there (?:are|is) (?:only |just |exactly )?${number} (?:${places}) (?:in|on|at|per|for) (?:(?:an?|each|every|the) )?${thing}$`,
      'iu',
    ),
    'at most $1 people per $2',
  ],
  // "maximum 12 participants a course"
  [
    new RegExp(
      `^(?:at most|no more than|not more than|max(?:imum)?\\.?|a maximum of|up to|only) ${number} ${people} (?:an?|each|every) ${thing}$`,
      'iu',
    ),
    'at most $1 $2 per $3',
  ],
  // "limit courses to 12 participants", "limit bookings to 12 per course"
  [
    new RegExp(
      `^(?:please )?(?:limit|restrict|cap) (?:the number of |the )?${thing} (?:to|at) (?:at most )?${number} per ${thing}$`,
      'iu',
    ),
    'at most $2 $1 per $3',
  ],
  [
    new RegExp(
      `^(?:please )?(?:limit|restrict|cap) (?:the number of |the )?${thing} (?:per|in|of|for) (?:(?:an?|each|every) )?${thing} (?:to|at) (?:at most )?${number}$`,
      'iu',
    ),
    'at most $3 $1 per $2',
  ],
  [
    new RegExp(
      `^(?:please )?(?:limit|restrict|cap) (?:the |all |each |every |an? )?${thing} (?:to|at) (?:at most )?${number} (people|persons|participants|attendees|members|users|guests|players|pupils|students|bookings|registrations|visitors|children)$`,
      'iu',
    ),
    (_, one, max, who) => `at most ${max} ${who} per ${singular(one!.toLowerCase())}`,
  ],
  // "allow at most 12 bookings for a course"
  [
    new RegExp(
      `^(?:please )?(?:allow|permit|accept|take) (?:only|at most|up to|no more than|a maximum of|max(?:imum)?\\.?) ${number} ${people} (?:${per}) ${thing}$`,
      'iu',
    ),
    'at most $1 $2 per $3',
  ],
  // "nobody can book a course that already has 12 bookings", "once it has 12 bookings, a course cannot be booked"
  [
    new RegExp(
      `^(?:nobody|no one|you can ?not|you cannot|people can ?not|one can ?not)(?: else)? ?(?:can |may )?${join} (?:an? |the |any )?${thing} (?:that|which|if it|when it|once it|when there are|if there are) (?:already )?(?:has |have |reached |with )?(?:already )?${number} ${people}$`,
      'iu',
    ),
    'at most $2 $3 per $1',
  ],
  [
    new RegExp(
      `^an? ${thing} with ${number} ${people} (?:is full|can ?not be (?:booked|joined|reserved)(?: any ?more| again)?|takes no more|accepts no more)(?: [\\p{L}-]+)?$`,
      'iu',
    ),
    'at most $2 $3 per $1',
  ],
  // "twelve people fit in a course", "a course fits 12"
  [
    new RegExp(
      `^(?:only |just )?${number} ${people} (?:fit|can fit|have room|find room|can be) (?:in|into|on|at|in each|in one) (?:(?:an?|each|every|one|the) )?${thing}$`,
      'iu',
    ),
    'at most $1 $2 per $3',
  ],
]
