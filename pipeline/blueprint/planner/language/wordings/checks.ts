import { isPersonNoun } from '../../lexicon/people.ts'
import type { Wording } from '../makings.ts'
import { singular, withArticle } from '../words.ts'
import { thing } from './thing.ts'

const noun = '([\\p{L}-]+)'
const field =
  '((?:number of )?[\\p{L}-]+(?: (?!is\\b|are\\b|must\\b|can\\b|may\\b|has\\b|have\\b|of\\b|never\\b|always\\b|lies?\\b|to\\b|and\\b|or\\b|cannot\\b|should\\b|goes\\b|ranges?\\b)[\\p{L}-]+)?)'
const number = '(-?\\d+(?:\\.\\d+)?|zero)'
const must = '(?:must|has to|have to|should|needs? to|can only|may only)(?: always)?'
const refused =
  '(?:is|are|must be|should be) (?:rejected|refused|forbidden|not (?:allowed|possible|accepted|permitted))'
const starts = '(?:starts?|begins?)'
const ends = '(?:ends?|finish(?:es)?|stops?)'

/** "Number of seats": seats. */
const value = (words: string): string => words.replace(/^(?:the )?(?:number|count) of /i, '')
const digits = (number: string): string => number.replace(/^zero$/i, '0')
const countOf = /^(?:number of |seats$|places$)/i
/** "Due dates": the due date; of what it is, where that is said. */
const theField = (words: string, of?: string): string =>
  `The ${countOf.test(words) ? value(words).toLowerCase() : singular(words.toLowerCase())}${of ? ` of ${withArticle(singular(of.toLowerCase()))}` : ''}`

const price = /^(?:cost|costs|price|priced)$/i
const isAge = /^(?:age|ages)$/i

/** Numbers that have a least value of their own: of an age it is said of the field. */
const isValue = (word: string): boolean =>
  isAge.test(word) ||
  /^(?:prices?|amounts?|quantit(?:y|ies)|stocks?|balances?|ratings?|scores?|weights?|sizes?|lengths?|numbers?|counts?|durations?|capacit(?:y|ies)|seats|it|they|there|temperatures?|grades?|levels?|points)$/i.test(
    word,
  )

/** Whether so many years are meant: years are spoken of, or it is somebody. */
const meansYears = (said: string, who: string, cue: RegExp): boolean =>
  cue.test(said) &&
  !isValue(who) &&
  (/\byears?\b|\bolder\b|\byounger\b|\bage\b/i.test(said) ||
    isPersonNoun(singular(who.toLowerCase().split(' ').at(-1)!)))

/** What holds for the values of a row, said in other words than "the end must be after the start", "the price must be at least 0". */
export const checks: readonly Wording[] = [
  // "events that end before they start are rejected", "no event ends before it starts", "an event ends after it starts"
  [
    new RegExp(`^(?:an?|each|every|the) ${noun} (?:always )?${ends} (?:only )?after it ${starts}$`, 'iu'),
    (_, what) => `The end of ${withArticle(what!)} must be after the start`,
  ],
  [
    new RegExp(`^no ${noun} (?:can |may |must )?${ends} before it ${starts}$`, 'iu'),
    (_, what) => `The end of ${withArticle(what!)} must be after the start`,
  ],
  [
    new RegExp(
      `^(?:(?:reject|refuse|forbid|do not (?:accept|allow)) ${noun} (?:that|which) ${ends} before they ${starts}|${noun} (?:that|which) ${ends} before they ${starts} ${refused})$`,
      'iu',
    ),
    (_, what, other) => `The end of ${withArticle(singular((what ?? other)!.toLowerCase()))} must be after the start`,
  ],
  [
    new RegExp(
      `^the end(?: of (?:an?|the|each|every) ${noun})? (?:always )?(?:lies|is|comes) (?:always )?after (?:the|its) start$`,
      'iu',
    ),
    (_, what) => `The end${what ? ` of ${withArticle(what)}` : ''} must be after the start`,
  ],
  // "the price is never negative", "negative prices are not allowed", "the price must be 0 or higher"
  [
    new RegExp(
      `^(?:the |an? |all )?${field}(?: of (?:an?|the|each|every|all) ${noun})? (?:is|are|(?:can|may|must|should) (?:never|not) be|can ?not be|cannot be|never gets?|never becomes?)(?: never| not)? negative$`,
      'iu',
    ),
    (whole, words, of) => (/never|not/i.test(whole!) ? `${theField(words!, of)} must be at least 0` : whole!),
  ],
  [
    new RegExp(
      `^(?:there (?:are|must be|may be) )?(?:no|never|do not allow|not allow|do not accept|reject) negative ${noun}$`,
      'iu',
    ),
    (_, words) => `${theField(words!)} must be at least 0`,
  ],
  [new RegExp(`^negative ${noun} ${refused}$`, 'iu'), (_, words) => `${theField(words!)} must be at least 0`],
  [
    new RegExp(
      `^(?:an?|the|each|every|no) ${noun} (?:never has|can ?not have|cannot have|must not have|may not have|can never have|may have|must never have|has) (?:an? )?negative ${noun}$`,
      'iu',
    ),
    (whole, of, words) => (/^no |never|not/i.test(whole!) ? `${theField(words!, of)} must be at least 0` : whole!),
  ],
  [
    new RegExp(`^${noun} (?:under|below|younger than) (\\d{1,2})(?: years(?: old)?)? ${refused}$`, 'iu'),
    (whole, who, age) =>
      !isPersonNoun(singular(who!.toLowerCase()))
        ? whole!
        : `${withArticle(singular(who!.toLowerCase()))} must be at least ${age} years old`,
  ],
  [
    new RegExp(
      `^(?:an? |the )?${field} (?:below|under|of less than|less than|smaller than) ${number} ${refused}$`,
      'iu',
    ),
    (_, words, least) => `${theField(words!)} must be at least ${digits(least!)}`,
  ],
  [
    new RegExp(
      `^(?:the |an? |all )?${field}(?: of (?:an?|the|each|every|all) ${noun})? (?:is|are|${must} be) (?:always )?${number} or (?:more|higher|above|greater|over|larger)$`,
      'iu',
    ),
    (whole, words, of, least) =>
      /\d|zero/i.test(words!) ? whole! : `${theField(words!, of)} must be at least ${digits(least!)}`,
  ],
  [
    new RegExp(
      `^(?:the |an? |all )?${field}(?: of (?:an?|the|each|every|all) ${noun})? (?:is|are) never (?:below|under|less than|smaller than|lower than) ${number}$`,
      'iu',
    ),
    (_, words, of, least) => `${theField(words!, of)} must be at least ${digits(least!)}`,
  ],
  [
    new RegExp(
      `^(?:no )?${noun} (?:can ?not|cannot|must not|may not|never|can|may) (costs?) less than ${number}(?: [\\p{L}€$]+)?$`,
      'iu',
    ),
    (whole, what, word, least) =>
      price.test(word!) && /^no |not|never/i.test(whole!)
        ? `${theField('price', what!)} must be at least ${digits(least!)}`
        : whole!,
  ],
  [
    new RegExp(`^only positive ${noun} (?:are|is) (?:allowed|accepted|possible|permitted)$`, 'iu'),
    (_, words) => `${theField(words!)} must be positive`,
  ],
  [
    new RegExp(
      `^(?:an?|each|every) ${noun} (?:must|has to|needs to|should|can only) have (?:only )?an? positive ${noun}$`,
      'iu',
    ),
    (_, of, words) => `${theField(words!, of)} must be positive`,
  ],
  // "members must be 18 or older", "nobody under 18 can be a member", "the minimum age is 18"
  [
    new RegExp(
      `^(?:(?:an?|the|every|each|all) )?${noun} (?:are|is|${must} be) (?:always )?(?:at least )?(\\d{1,2})(?: years(?: old| of age)?)?(?: or (?:older|over|above))?$`,
      'iu',
    ),
    (whole, who, age) =>
      meansYears(whole!, who!, /\b(?:at least|or older|or over|years? old|years of age)\b/i)
        ? `${withArticle(singular(who!.toLowerCase()))} must be at least ${age} years old`
        : whole!,
  ],
  [
    new RegExp(
      `^(?:nobody|no one|no person|people) (?:under|below|younger than) (\\d{1,2})(?: years(?: old)?)? (?:can|may|must|cannot|can ?not)(?: not)? (?:be|become|register as|join as|sign up as) (?:an? )?${noun}$`,
      'iu',
    ),
    (_, age, who) => `${withArticle(singular(who!.toLowerCase()))} must be at least ${age} years old`,
  ],
  [
    new RegExp(
      `^only (?:people|persons|those|adults) (?:of|over|from|aged|older than|who are|that are)?(?: at least)? ?(\\d{1,2})(?: years(?: old| of age)?)?(?: or older)? (?:can|may) (?:be|become) (?:an? )?${noun}$`,
      'iu',
    ),
    (_, age, who) => `${withArticle(singular(who!.toLowerCase()))} must be at least ${age} years old`,
  ],
  [
    new RegExp(
      `^(?:(?:an?|the|every|each|all|no) )?${noun} (?:is|are|(?:must|may|should|can) (?:not |never )?be|can ?not be|cannot be) (?:younger than|under|below the age of|below) (\\d{1,2})(?: years(?: old)?)?$`,
      'iu',
    ),
    (whole, who, age) =>
      meansYears(whole!, who!.replace(/^no /i, ''), /^no |\b(?:not|never|cannot)\b/i)
        ? `${withArticle(singular(who!.replace(/^no /i, '').toLowerCase()))} must be at least ${age} years old`
        : whole!,
  ],
  [
    new RegExp(
      `^(?:you|people|one|someone) (?:must|have to|has to|need to) be (?:at least )?(\\d{1,2})(?: years(?: old)?)?(?: or older)? to (?:be|become|register as|join as) (?:an? )?${noun}$`,
      'iu',
    ),
    (_, age, who) => `${withArticle(singular(who!.toLowerCase()))} must be at least ${age} years old`,
  ],
  [
    new RegExp(
      `^the (minimum|lowest|smallest|maximum|highest|largest) ${field}(?: (?:of|for) (?:an?|the|each|every|all) ${noun})? is ${number}(?: years)?$`,
      'iu',
    ),
    (_, end, words, of, limit) =>
      `${theField(words!, of)} must be ${/^(?:min|low|small)/i.test(end!) ? 'at least' : 'at most'} ${digits(limit!)}`,
  ],
  // "the quantity ranges from 1 to 10", "only quantities between 1 and 10 are allowed"
  [
    new RegExp(
      `^(?:the |an? )?${field}(?: of (?:an?|the|each|every) ${noun})? (?:goes?|ranges?|runs?|reach(?:es)?|var(?:y|ies)) (?:from|between) ${number} (?:to|and) ${number}$`,
      'iu',
    ),
    (_, words, of, from, to) => `${theField(words!, of)} must be between ${digits(from!)} and ${digits(to!)}`,
  ],
  [
    new RegExp(
      `^(?:only ${field} (?:between|from) ${number} (?:and|to) ${number} are (?:allowed|accepted|possible|permitted)|(?:allow|accept|permit)(?: only)? ${field} (?:between|from) ${number} (?:and|to) ${number})$`,
      'iu',
    ),
    (_, words, from, to, words2, from2, to2) =>
      `${theField((words ?? words2)!)} must be between ${digits((from ?? from2)!)} and ${digits((to ?? to2)!)}`,
  ],
  [
    new RegExp(
      `^the (?:minimum|lowest|smallest) ${field} is ${number},? (?:and )?the (?:maximum|highest|largest)(?: [\\p{L}]+)?(?: is)? ${number}$`,
      'iu',
    ),
    (_, words, from, to) => `${theField(words!)} must be between ${digits(from!)} and ${digits(to!)}`,
  ],
  [
    new RegExp(
      `^(?:an?|each|every|the) ${noun} has an? ${field} (?:of|from|between) ${number} (?:to|and) ${number}$`,
      'iu',
    ),
    (_, of, words, from, to) => `${theField(words!, of)} must be between ${digits(from!)} and ${digits(to!)}`,
  ],
  [
    new RegExp(
      `^(?:an?|the|each|every) ${field} (?:is|must be|has to be) an? (?:whole )?number (?:from|between) ${number} (?:to|and) ${number}$`,
      'iu',
    ),
    (_, words, from, to) => `${theField(words!)} must be between ${digits(from!)} and ${digits(to!)}`,
  ],
  [
    new RegExp(
      `^(?:an?|each|every|the) ${noun} has (?:at least|minimum) ${number} and (?:at most|no more than|not more than|maximum) ${number} ${noun}$`,
      'iu',
    ),
    (_, of, from, to, words) =>
      `The ${words!.toLowerCase()} of ${withArticle(of!)} must be between ${digits(from!)} and ${digits(to!)}`,
  ],
  [
    new RegExp(`^(?:the )?${field} (?:must be|has to be|have to be|are|is) between ${number} and ${number}$`, 'iu'),
    (whole, words, from, to) =>
      /^number of /i.test(words!) ? `${theField(words!)} must be between ${digits(from!)} and ${digits(to!)}` : whole!,
  ],
  // "due dates lie in the future", "no due dates in the past", "the due date must be later than today"
  [
    new RegExp(
      `^(?:the |an? |all )?${field}(?: of (?:an?|the|each|every|all) ${noun})? (?:always )?(?:lies?|${must} (?:lie|be)) (?:always )?(?:in the (future|past)|(?:later than|after) (today))$`,
      'iu',
    ),
    (_, words, of, side) => `${theField(words!, of)} must be in the ${side ?? 'future'}`,
  ],
  [
    new RegExp(`^only ${field} in the (future|past) are (?:allowed|accepted|possible|permitted)$`, 'iu'),
    (_, words, side) => `${theField(words!)} must be in the ${side!.toLowerCase()}`,
  ],
  [
    new RegExp(
      `^(?:(?:there (?:are|must be|may be) )?no|never|do not allow|reject) ${field} in the (past|future)$`,
      'iu',
    ),
    (_, words, side) => `${theField(words!)} must not be in the ${side!.toLowerCase()}`,
  ],
  [
    new RegExp(`^${field} in the (past|future) ${refused}$`, 'iu'),
    (_, words, side) => `${theField(words!)} must not be in the ${side!.toLowerCase()}`,
  ],
  [
    new RegExp(
      `^(?:(?:an?|the|every|each|all|no) )?${thing} (?:can ?not|cannot|must not|may not|can|may|is never|are never)(?: be)? due in the (past)$`,
      'iu',
    ),
    (whole, what, side) =>
      /^no |not|never/i.test(whole!)
        ? `The due date of ${withArticle(singular(what!.toLowerCase()))} must not be in the ${side}`
        : whole!,
  ],
]
