import { isPersonNoun } from '../../lexicon/people.ts'
import type { Wording } from '../makings.ts'
import { participleOf, plural, singular, withArticle } from '../words.ts'
import { baseOfSaid } from './deeds.ts'

const noun = '([\\p{L}-]+)'
const a = '(?:an?|the|each|every|one|any)'
const verb =
  '(review|rate|vote for|book|borrow|join|like|answer|order|buy|attend|enter|apply for|sign up for|register for|comment on|bid on|nominate|adopt|reserve|use|redeem|visit|rent|take|score|judge)'
const verbs = verb.slice(1, -1).split('|')
const again = '(?:twice|two times|more than once|several times|again|a second time|multiple times|repeatedly)'
const refused =
  '(?:is|are|gets?|must be|should be) (?:rejected|refused|forbidden|not (?:allowed|possible|accepted|permitted))'

/** "Reviewed", "reviews", "review" as a verb that is known. */
const verbOfDone = (done: string): string | undefined =>
  verbs.find((one) => {
    const [head = '', ...rest] = one.split(' ')
    return [participleOf(head), ...rest].join(' ') === done.toLowerCase().replace(/\s+/g, ' ')
  })
/** "Votes for": vote for. */
const baseOf = (said: string): string => {
  const [head = '', ...rest] = said.toLowerCase().split(' ')
  return [baseOfSaid(head), ...rest].join(' ')
}
const isPerson = (word: string): boolean => isPersonNoun(singular(word.toLowerCase()))
const one = (word: string): string => withArticle(singular(word.toLowerCase()))
const onceEach = (who: string, does: string, thing: string): string =>
  `${one(who)} can ${does.toLowerCase()} ${one(thing)} only once`
/** People first, then what it is of. */
const perTwo = (whole: string, rows: string, first: string, second: string): string =>
  isPerson(first) === isPerson(second)
    ? whole
    : `Only one ${singular(rows.toLowerCase())} per ${singular((isPerson(first) ? first : second).toLowerCase())} and ${singular((isPerson(first) ? second : first).toLowerCase())}`

const unlike = (things: string, field: string): string =>
  `No two ${plural(singular(things.toLowerCase()))} have the same ${singular(field.toLowerCase())}`
const isValue =
  /^(?:numbers?|names?|codes?|titles?|emails?|slugs?|skus?|labels?|serials?|isbns?|plates?|ids?|usernames?|nicknames?|barcodes?|keys?|addresses|address|phones?|positions?|ranks?)$/i
/** What is its own tells one from another: a number does, a title need not. */
const isMark = /^(?:numbers?|codes?|slugs?|skus?|serials?|isbns?|plates?|ids?|barcodes?|usernames?)$/i
const unlikeValue = (whole: string, things: string, field: string): string =>
  isValue.test(field) ? unlike(things, field) : whole

/** What there is only once, said in other words than "a member can review a book only once", "no two plots share a number". */
export const uniques: readonly Wording[] = [
  // "one singer has only one part for each rehearsal": each of them
  [
    /^one ([\p{L}-]+(?: [\p{L}-]+)?) (has|gets|casts|gives|makes) (only |just |at most |no more than )?one ([\p{L}-]+(?: [\p{L}-]+)?) (?:for each|for every|per|in each|at each) ([\p{L}-]+(?: [\p{L}-]+)?)$/iu,
    'Each $1 $2 only one $4 per $5',
  ],
  // "invoice numbers are unique and go up one by one"
  [
    /^(?:the |all )?([\p{L}-]+) numbers (?:(?:must|should|have to|need to)(?: all)? be|are) unique,? and (?:should |must )?(?:always )?(?:go up|count up|increase|rise|run|are counted up|be counted up|are consecutive|be consecutive|consecutive|without gaps)(?: by one| one by one| automatically| consecutively| without gaps)*$/iu,
    (_, things) => `${plural(singular(things!.toLowerCase()))} get a running number`,
  ],
  [
    /^(?:the |all )?([\p{L}-]+) numbers (?:must |should )?(?:always )?(?:go up|count up|increase|rise|run)(?: by one| one by one| automatically| consecutively| without gaps)+$/iu,
    (_, things) => `${plural(singular(things!.toLowerCase()))} get a running number`,
  ],
  // "no member reviews a book more than once", "a book can be reviewed only once by each member"
  [
    new RegExp(`^no ${noun} ([\\p{L}]+s(?: (?:for|on|in|up for))?) (?:${a}|the same) ${noun} ${again}$`, 'iu'),
    (whole, who, does, thing) => (verbs.includes(baseOf(does!)) ? onceEach(who!, baseOf(does!), thing!) : whole!),
  ],
  [
    new RegExp(
      `^(?:${a} )?${noun} (?:can|may|must) (?:only )?be ([\\p{L}]+) (?:only |just |at most )?(?:once|one time) by (?:${a}|the same) ${noun}$`,
      'iu',
    ),
    (whole, thing, done, who) => {
      const does = verbOfDone(done!)
      return does && isPerson(who!) ? onceEach(who!, does, thing!) : whole!
    },
  ],
  [
    new RegExp(
      `^(?:${a} )?${noun} (?:can|may) (?:only )?be (voted for|bid on|commented on) (?:only |just )?once by (?:${a}|the same) ${noun}$`,
      'iu',
    ),
    (_, thing, done, who) => onceEach(who!, done!.replace(/^voted/i, 'vote').replace(/^commented/i, 'comment'), thing!),
  ],
  // "members cannot review a book a second time", "a member who has reviewed a book cannot review it again"
  [
    new RegExp(
      `^(?:${a} )?${noun} (?:can ?not|cannot|may not|must not) ${verb} (?:${a}|the same) ${noun} (?:a second time|multiple times|repeatedly)$`,
      'iu',
    ),
    (_, who, does, thing) => onceEach(who!, does!, thing!),
  ],
  [
    new RegExp(
      `^(?:${a} )?${noun} (?:who|that) (?:has|have) (?:already )?[\\p{L}]+(?: for| on)? (?:${a}) ${noun} (?:can ?not|cannot|may not|must not) ${verb} (?:it|that [\\p{L}-]+|the same [\\p{L}-]+) (?:again|twice|a second time)$`,
      'iu',
    ),
    (_, who, thing, does) => onceEach(who!, does!, thing!),
  ],
  [
    new RegExp(
      `^(?:you|people|everyone|everybody|one) (?:can|may) (?:only )?${verb} (?:${a}|the same) ${noun} (?:only |just |at most )?once$`,
      'iu',
    ),
    (_, does, thing) => `Nobody can ${does!.toLowerCase()} the same ${singular(thing!.toLowerCase())} twice`,
  ],
  // "at most one review per book and member", "every member has one review for each book at most"
  [
    new RegExp(
      `^(?:there (?:is|can be|may be) )?(?:only|at most|no more than|just|max(?:imum)?\\.?)? ?one ${noun} (?:per|for each|for every) ${noun} and ${noun}$`,
      'iu',
    ),
    (whole, rows, first, second) => (isPerson(first!) ? whole! : perTwo(whole!, rows!, first!, second!)),
  ],
  [
    new RegExp(
      `^(?:each|every|an?) ${noun} (?:has|can have|may have|gets|can write|can make|writes|makes) (?:only |at most )?one ${noun} (?:per|for each|for every|of each|of every) ${noun} at most$`,
      'iu',
    ),
    (whole, who, rows, thing) => perTwo(whole!, rows!, who!, thing!),
  ],
  [
    new RegExp(`^${noun} (?:is|are|must be|should be) unique (?:per|for each|by|for) ${noun} and ${noun}$`, 'iu'),
    (whole, rows, first, second) => perTwo(whole!, rows!, first!, second!),
  ],
  [
    new RegExp(
      `^(?:no two|there (?:are|must be|can be) no two|never two) ${noun} (?:of|for|on) (?:${a}|the same) ${noun} (?:by|from|of) the same ${noun}$`,
      'iu',
    ),
    (whole, rows, thing, who) => perTwo(whole!, rows!, who!, thing!),
  ],
  [
    new RegExp(
      `^(?:a second|another|a further) ${noun} (?:of|for|on) the same ${noun} (?:by|from) (?:${a}|the same) ${noun} ${refused}$`,
      'iu',
    ),
    (whole, rows, thing, who) => perTwo(whole!, rows!, who!, thing!),
  ],
  // "every plot has its own number", "plots must not share a number", "plots have different numbers"
  [
    new RegExp(`^(?:each|every) ${noun} (?:has|gets|must have|needs) (?:its|their|his|her) own ${noun}$`, 'iu'),
    (whole, thing, field) => (isMark.test(field!) ? unlike(thing!, field!) : whole!),
  ],
  [
    new RegExp(`^${noun} (?:must|may|should|can) (?:not|never) (?:share|have) (?:an?|the same|their) ${noun}$`, 'iu'),
    (whole, thing, field) => unlikeValue(whole!, thing!, field!),
  ],
  [
    new RegExp(
      `^(?:all |the )?${noun} (?:have|must have|need|must all have|all have) (?:different|distinct|unique) ${noun}$`,
      'iu',
    ),
    (whole, thing, field) => unlikeValue(whole!, thing!, field!),
  ],
  // "a plot number is only used once", "a number belongs to only one plot"
  [
    new RegExp(
      `^(?:${a} )?${noun} ${noun} (?:is|are|must be|may be|can be) (?:only|never) (?:used|given|taken|assigned) (?:once|twice|more than once)$`,
      'iu',
    ),
    (whole, thing, field) => unlikeValue(whole!, thing!, field!),
  ],
  [
    new RegExp(
      `^(?:an?|the|each|every|the same) ${noun} (?:belongs to|is (?:used )?for|may (?:only )?be used for|can (?:only )?be used for|is given to|may (?:only )?be given to|can (?:only )?be given to|goes to) (?:only |at most )?one ${noun}(?: only)?$`,
      'iu',
    ),
    (whole, field, thing) => (/\bonly\b|at most/i.test(whole!) ? unlikeValue(whole!, thing!, field!) : whole!),
  ],
  [
    new RegExp(
      `^(?:the same|one|an?) ${noun} (?:can ?not|cannot|must not|may not|is never|must never be|can never be)(?: be)? (?:given|used|assigned) (?:to|for|by) (?:two|several|more than one) ${noun}$`,
      'iu',
    ),
    (whole, field, thing) => unlikeValue(whole!, thing!, field!),
  ],
  [
    new RegExp(`^(?:never|do not|not) give two ${noun} the same ${noun}$`, 'iu'),
    (whole, thing, field) => unlikeValue(whole!, thing!, field!),
  ],
  [
    new RegExp(
      `^(?:the )?${noun} of ${noun} (?:must not|may not|can ?not|cannot|should not|never) (?:repeat|be repeated|recur|be duplicated)$`,
      'iu',
    ),
    (whole, field, thing) => unlikeValue(whole!, thing!, field!),
  ],
  [
    new RegExp(
      `^(?:no )?(?:duplicate|double|repeated) ${noun} ${noun}(?: ${refused}| are (?:forbidden|not allowed))?$`,
      'iu',
    ),
    (whole, thing, field) =>
      /^no |\b(?:not|forbidden|rejected|refused)\b/i.test(whole!) ? unlikeValue(whole!, thing!, field!) : whole!,
  ],
  [
    new RegExp(`^(?:no (?:duplicate|double) ${noun}|(?:duplicate|double) ${noun} ${refused})$`, 'iu'),
    (whole, field, other) =>
      isValue.test((field ?? other)!) ? `Each ${singular((field ?? other)!)} can exist only once` : whole!,
  ],
  [
    new RegExp(
      `^(?:there (?:are|must be|may be|can be) )no two ${noun} (?:with|of|that have|which have) the same ${noun}$`,
      'iu',
    ),
    (_, thing, field) => unlike(thing!, field!),
  ],
  [
    new RegExp(
      `^an? ${noun} with the same ${noun} as (?:another|an existing one|another [\\p{L}-]+|one that is there) ${refused}$`,
      'iu',
    ),
    (_, thing, field) => unlike(thing!, field!),
  ],
]
