import type { Wording } from '../makings.ts'
import { isPlural, participleOf, plural, sentence, singular } from '../words.ts'
import { thing } from './thing.ts'

const day = '((?:mon|tues|wednes|thurs|fri|satur|sun)day)s?'
const clock = '(\\d{1,2}(?::\\d{2})?(?: ?[ap]m)?)'

/** Times of day and days at which something happens again and again, each with the one that readers know. */
const times: readonly (readonly [string, (...found: string[]) => string])[] = [
  [`(?:each|every|once (?:a|per)) week,? (?:always )?on (?:an? )?${day}`, (name) => `every ${name}`],
  [`weekly,? (?:always )?on (?:an? )?${day}`, (name) => `every ${name}`],
  [`(?:always )?on ${day},? (?:each|every|once (?:a|per)) week`, (name) => `every ${name}`],
  [`(?:on|each|every) ${day}`, (name) => `every ${name}`],
  [
    `(?:each|every|once (?:a|per)) (?:day|morning)(?:,| always)? at ${clock}(?: ?o'?clock)?(?: in the morning)?`,
    (hour) => `every day at ${hourOf(hour)}`,
  ],
  [
    `at ${clock}(?: ?o['’]?clock)?(?: in the morning)?,? (?:each|every|once (?:a|per)) (?:day|morning)`,
    (hour) => `every day at ${hourOf(hour)}`,
  ],
  ['(?:nightly|overnight|(?:during|in|at) the night|every single night)', () => 'every night'],
  [
    '(?:every first|every 1st|(?:on )?the (?:first|1st)) (?:day )?of (?:the|each|every|a) month',
    () => 'on the first of each month',
  ],
  [
    '(?:(?:each|every|once (?:a|per)) month|monthly),? (?:always )?on the (?:first|1st)(?: day)?',
    () => 'on the first of each month',
  ],
  ['(?:at|on) the (?:start|beginning) of (?:each|every|the|a) month', () => 'on the first of each month'],
  ['(?:each|every|once (?:a|per)) (week|month|day|night|hour)', (unit) => `every ${unit}`],
  ['weekly', () => 'every week'],
  ['monthly', () => 'every month'],
  ['daily', () => 'every day'],
]
const hourOf = (hour: string): string => (/:|m$/i.test(hour) ? hour : `${hour} am`)

const verbs =
  'flag|delete|remove|cancel|archive|close|expire|lock|hide|publish|unpublish|release|reject|escalate|suspend|deactivate|block|purge|erase'
const systems = '(?:we|the system|the api|the app|it|somebody|the computer|a job|a timer|a task)'
const order = new RegExp(
  `^(?:please )?(?:${systems} )?(?:automatically |should |must |will )*(${verbs})(?:e?s)? (?:all |any |all the |the |every )?(.+)$`,
  'iu',
)
const asState = new RegExp(
  `^(?:please )?(?:${systems} )?(?:automatically |should |must |will )*(?:marks?|sets?|flags?) (?:all |any |all the |the |every )?(.+?) (?:as|to) (\\p{L}+)$`,
  'iu',
)
const passive =
  /^(?:all |any |all the |the |every )?(.+?) (?:is|are|gets?|(?:should|must|will|shall|has to|have to) (?:automatically )?(?:be|get)) (?:automatically )?((?:flagged|marked as \p{L}+)|\p{L}+ed)(?: automatically)?$/iu
const flagGot =
  /^(?:all |any |all the |the |every )?(.+?) (?:gets?|is given|are given|receives?) an? (flag)(?: automatically)?$/iu

/** "Flag all unpaid dues", "unpaid dues get flagged", "the system flags unpaid dues": unpaid dues are flagged. */
const deedOf = (said: string): string | undefined => {
  const text = said.trim().replace(/^[,:] ?/, '')
  const marked = asState.exec(text)
  if (marked) return `${rowsOf(marked[1]!)} are ${marked[2]!.toLowerCase()}`
  const ordered = order.exec(text)
  if (ordered) return `${rowsOf(ordered[2]!)} are ${participleOf(ordered[1]!.toLowerCase().replace(/^flag$/, 'flagg'))}`
  const got = flagGot.exec(text)
  if (got) return `${rowsOf(got[1]!)} are flagged`
  const done = passive.exec(text)
  return done ? `${rowsOf(done[1]!)} are ${done[2]!.toLowerCase()}` : undefined
}

/** "Dues that have not been paid yet", "dues which are still unpaid": unpaid dues. */
const rowsOf = (said: string): string =>
  said
    .replace(/^(?:all|any|every|each|the) /i, '')
    .replace(
      /^([\p{L}-]+) (?:that|which) (?:are|have|is|has) (?:(?:still )?not (?:yet )?(?:been )?(?:yet )?([\p{L}]+ed|paid|sent)|still (un[\p{L}]+|not [\p{L}]+))(?: yet)?$/iu,
      (_, things: string, not: string | undefined, still: string | undefined) =>
        still ? `${still.replace(/^not /i, 'un')} ${things}` : `un${not} ${things}`,
    )
    .replace(/^([\p{L}-]+s) (un\p{L}+)$/iu, '$2 $1')

const timed = (time: string, body: string): string | undefined => {
  const deed = deedOf(body)
  return deed && `${sentence(time)} ${deed}`
}

const atStartOrEnd: readonly Wording[] = times.flatMap(([source, time]): Wording[] => [
  [
    new RegExp(`^(?:automatically )?${source},? (?!and |or |other |second )(\\p{L}.*)$`, 'iu'),
    (whole, ...found) => {
      const groups = partsOf(found)
      return timed(time(...groups.slice(0, -1)), groups.at(-1)!) ?? whole!
    },
  ],
  [
    new RegExp(`^(.+?),? (?:automatically )?${source}$`, 'iu'),
    (whole, body, ...found) => timed(time(...partsOf(found)), body!) ?? whole!,
  ],
])

/** The groups of a replacement, without where it was found and in what. */
const partsOf = (found: readonly unknown[]): string[] =>
  found.slice(
    0,
    found.findIndex((one) => typeof one === 'number'),
  ) as string[]

const length =
  '((?:an?|one|two|three|four|five|six|seven|ten|twelve|fourteen|thirty|sixty|ninety|\\d+) (?:minutes?|hours?|days?|weeks?|months?|years?))'
const doneWord = '([\\p{L}]+(?:ed|en|id|nt|ld))'

/** What happens by itself, and when, said in other words than "every Monday unpaid dues are flagged". */
export const timers: readonly Wording[] = [
  // "a nightly job flags unpaid dues"
  [
    /^(?:an?|our|the) (nightly|daily|weekly|monthly) (?:job|task|run|timer|process) (.+)$/iu,
    (whole, often, body) => {
      const deed = deedOf(body!)
      const unit = { nightly: 'night', daily: 'day', weekly: 'week', monthly: 'month' }[often!.toLowerCase()]
      return deed ? `Every ${unit} ${deed}` : whole!
    },
  ],
  ...atStartOrEnd,
  // "after a week unpaid orders are cancelled"
  [
    new RegExp(
      `^after ${length},? (?:all |the )?([\\p{L}-]+ [\\p{L}-]+s) (?:are|get) (?:automatically )?${doneWord}$`,
      'iu',
    ),
    (_, long, rows, deed) => `${sentence(rows!)} are ${deed} after ${long}`,
  ],
  [
    new RegExp(`^after ${length},? (?:an? |the |all )?([\\p{L}-]+(?: [\\p{L}-]+)?) (expires?|lapses?)$`, 'iu'),
    (_, long, rows) => `${sentence(plural(singular(rows!)))} expire after ${long}`,
  ],
  [
    new RegExp(
      `^after ${length},? (?:all |the )?([\\p{L}-]+s) (?:are|get) (?:automatically )?(deleted|removed|archived)$`,
      'iu',
    ),
    (_, long, rows, deed) => `${sentence(rows!)} are ${deed} after ${long}`,
  ],
  // "unpaid orders get cancelled automatically after a week"
  [
    new RegExp(
      `^(?:all |the )?(.+?) gets? (?:automatically )?${doneWord}(?: automatically)? (after ${length}|(?:if|when|once) .+)$`,
      'iu',
    ),
    (_, rows, deed, rest) => `${sentence(rows!)} ${isPlural(rows!.split(' ').at(-1)!) ? 'are' : 'is'} ${deed} ${rest}`,
  ],
  [
    new RegExp(`^(?:automatically )?(${verbs}) (?:all |the )?([\\p{L}-]+ [\\p{L}-]+s) after ${length}$`, 'iu'),
    (_, verb, rows, long) =>
      `${sentence(rows!)} are ${participleOf(verb!.toLowerCase().replace(/^flag$/, 'flagg'))} after ${long}`,
  ],
  // "reservations expire 14 days after they are made", "open reservations that are still there after 14 days expire"
  [
    new RegExp(
      `^(?:an? |the |all )?${thing} (?:expires?|lapses?) ${length} after (?:it|they) (?:is|are|was|were) (?:made|created|placed|booked|entered|added)$`,
      'iu',
    ),
    (_, what, long) => `${sentence(plural(singular(what!.toLowerCase())))} expire after ${long}`,
  ],
  [
    new RegExp(
      `^(?:an? |the |all )?${thing} (?:that|which) (?:is|are|stays?|remains?) (?:still )?(open|pending|unpaid|unconfirmed|new) (?:after|for) ${length} (?:expires?|lapses?)$`,
      'iu',
    ),
    (_, what, state, long) => `${sentence(state!)} ${plural(singular(what!.toLowerCase()))} expire after ${long}`,
  ],
  // "drafts more than 30 days old are deleted", "articles that stay drafts for 30 days are deleted"
  [
    new RegExp(
      `^(.+?) (?:(?:that|which) are )?(?:more than|over) ${length} old (?:are|get) (deleted|removed|archived)$`,
      'iu',
    ),
    '$1 older than $2 are $3',
  ],
  [
    new RegExp(
      `^(?:an? |the |all )?${thing} (?:that|which) (?:stays?|remains?|is|are) (?:still )?(?:an? |in )?(draft)s? (?:for|after) (?:more than )?${length} (?:is|are|gets?) (deleted|removed|archived)$`,
      'iu',
    ),
    (_, what, state, long, deed) =>
      `${sentence(state!)} ${plural(singular(what!.toLowerCase()))} older than ${long} are ${deed}`,
  ],
  // "if an order is not paid within a week, it is cancelled"
  [
    new RegExp(
      `^(?:if|when|once|as soon as) (?:an?|the) ${thing} (?:is|was|has) not (?:been )?${doneWord} (?:within|in|after|for) ${length},? (?:then )?(?:it|the \\1) (?:is|gets|must be|should be|will be) (?:automatically )?${doneWord}(?: automatically)?$`,
      'iu',
    ),
    (_, what, not, long, deed) =>
      `${sentence(plural(singular(what!.toLowerCase())))} that are not ${not} within ${long} are ${deed}`,
  ],
  [
    new RegExp(
      `^(?:if|when|once|as soon as) (?:an?|the) ${thing} (?:is|was|has) not (?:been )?${doneWord} (?:within|in|after|for) ${length},? (?:then )?(?:it|the [\\p{L}-]+) (?:expires|lapses)(?: automatically)?$`,
      'iu',
    ),
    (_, what, not, long) =>
      `${sentence(plural(singular(what!.toLowerCase())))} expire if they are not ${not} within ${long}`,
  ],
  [
    new RegExp(
      `^(?:an? |the |all )?${thing} (?:(?:that|which) (?:is|are|has|have|was|were) )?not (?:been )?${doneWord} (?:within|in|after|for) ${length} (?:expires?|lapses?)$`,
      'iu',
    ),
    (_, what, not, long) =>
      `${sentence(plural(singular(what!.toLowerCase())))} expire if they are not ${not} within ${long}`,
  ],
  // "cases are archived a year after they are closed", "a year after it was closed, a case is archived"
  [
    new RegExp(
      `^(?:an? |the |all )?${thing} (?:is|are|gets?) (?:automatically )?${doneWord} ${length} after (?:it|they) (?:is|are|was|were|has been|have been) ${doneWord}$`,
      'iu',
    ),
    (whole, what, deed, long, after) => aged(whole!, what!, deed!, long!, after!),
  ],
  [
    new RegExp(
      `^${length} after (?:it|they) (?:is|are|was|were|has been|have been) ${doneWord},? (?:an? |the |all )?${thing} (?:is|are|gets?) (?:automatically )?${doneWord}$`,
      'iu',
    ),
    (whole, long, after, what, deed) => aged(whole!, what!, deed!, long!, after!),
  ],
  [
    new RegExp(
      `^(?:automatically )?(${verbs}) (?:all |the |an? )?${thing} ${length} after (?:it|they) (?:is|are|was|were|has been|have been) ${doneWord}$`,
      'iu',
    ),
    (whole, verb, what, long, after) =>
      aged(whole!, what!, participleOf(verb!.toLowerCase().replace(/^flag$/, 'flagg')), long!, after!),
  ],
  [
    new RegExp(
      `^(?:if|when|once) (?:an?|the) ${thing} (?:has been|is|was) ${doneWord} for (?:more than |over )?${length},? (?:it|the \\1) (?:is|gets) (?:automatically )?${doneWord}$`,
      'iu',
    ),
    (whole, what, after, long, deed) => aged(whole!, what!, deed!, long!, after!),
  ],
]

/** When a row was made is known anyway; when it came to a state is what "closed for a year" means. */
const aged = (whole: string, what: string, deed: string, long: string, after: string): string =>
  /^(?:made|created|added|entered|placed|booked)$/i.test(after)
    ? whole
    : `${sentence(plural(singular(what.toLowerCase())))} that have been ${after} for ${long} are ${deed}`
