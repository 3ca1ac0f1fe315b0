import { singular } from '../../language/words.ts'
import { isPersonNoun } from '../../lexicon/people.ts'
import { roleOf } from '../../read/people.ts'
import { type Deed, deedOf, gifts, givenOf, verbs } from './deeds.ts'

/** People who do something to people: "members rate each other from 1 to 5, once, but not themselves". */
export type Among = {
  who: string
  /** About whom, in words; undefined where they are of the same kind. */
  whom?: string
  deed: Deed
  /** The numbers from which to which it is given. */
  scale?: readonly [number, number]
  /** What it has besides, as said: "a text and a date". */
  fields?: string
  /** What it is to: the course that somebody is invited to. */
  to?: string
  /** When it may be done, as said: that is not built. */
  unbuilt?: string
  once: boolean
  notSelf: boolean
}

const each = '(?:each other|one another|themselves and others)'
const others = '(?:others|other people|somebody else|someone else|other users)'
const people = `(?:(?:all|any|every|each|the|our|an?|registered|signed-in) )*[\\p{L}-]+(?: (?:and|or) (?:the )?[\\p{L}-]+)?`
const whom = `(?:${each}|${others}|(?:(?:an?|any|another|other|the other|any other|all other|each other|every other|fellow|their fellow|their|his|her|our|the|each|every|one) )?[\\p{L}-]+)`
const can =
  '(?: (?:can|may|could|should|should be able to|must be able to|are able to|want to|are allowed to)(?: also)?)?'
const also = '(?: (?:also|then|only))?'

const patterns: readonly RegExp[] = [
  new RegExp(`^(?<who>${people})${can}${also} (?<verb>${verbs}) (?<whom>${whom})(?<tail>(?:,? .*)?)$`, 'iu'),
  new RegExp(`^(?:let|allow) (?<who>${people})(?: to)? (?<verb>${verbs}) (?<whom>${whom})(?<tail>(?:,? .*)?)$`, 'iu'),
  new RegExp(
    `^(?<who>${people})${can}${also} (?:writes?|leaves?|sends?|gives?|posts?|makes?|submits?) (?:an? |one |some )?(?<gift>${gifts}) (?:to|of|about|for|on) (?<whom>${whom})(?<tail>(?:,? .*)?)$`,
    'iu',
  ),
  new RegExp(
    `^(?<who>${people})${can}${also} (?:writes?|leaves?|sends?|gives?) (?<whom>${each}) (?:an? |one |some )?(?<gift>${gifts})(?<tail>(?:,? .*)?)$`,
    'iu',
  ),
  new RegExp(
    `^(?<whom>${people}) (?:can|may) be (?<verb>rated|reviewed|evaluated|assessed|nominated|challenged|messaged|invited|reported|praised|graded) by (?<who>${each}|${others}|other [\\p{L}-]+|${people})(?<tail>(?:,? .*)?)$`,
    'iu',
  ),
]

const tails: readonly (readonly [RegExp, (said: Among, found: RegExpExecArray) => void])[] = [
  [
    /^,? ((?:after|once|when|if|before|as soon as|as long as|unless) (?!a day\b|a week\b).+)$/iu,
    (said, found) => {
      said.unbuilt = found[1]!
    },
  ],
  [
    /^ to (?:an? )?(?:game|match|duel|race|round|contest|fight)s?(?: with ((?:an? |the )?.+))?$/iu,
    (said, found) => {
      if (found[1]) said.fields = found[1]
    },
  ],
  [/^ for (?:[\p{L}-]+ing(?: [\p{L}-]+)?|bad behaviou?r|abuse|spam|misconduct)(?=,|$)/iu, () => undefined],
  [
    /^ (?:to|for|on|in) (?:an?|the|their|his|her|our|any|one of their) ((?!date|time|text|score|rating)[\p{L}-]+(?: [\p{L}-]+)?)(?=,|$)/iu,
    (said, found) => {
      said.to = found[1]!
    },
  ],
  [
    /^ (?:to|on|in) ((?!others|each)[\p{L}-]+s)(?=,|$)/iu,
    (said, found) => {
      said.to = found[1]!
    },
  ],
  [
    /^,?(?: but)?(?: (?:only|at most|just|exactly))? (?:once|one time|a single time)(?: each| per [\p{L}-]+| only| at most)?(?=,|\s|$)/iu,
    (said) => {
      said.once = true
    },
  ],
  [
    /^,? (?:(?:but|and) )?(?:not|never|except|other than|excluding)(?: for)? (?:themselves|themself|himself|herself|him- or herself|oneself|yourself)(?=,|\s|$)/iu,
    (said) => {
      said.notSelf = true
    },
  ],
  [
    /^,? (?:but|and) (?:nobody|no one|they|people) (?:(?:can|may)(?: ?not)?|cannot) [\p{L}]+ (?:themselves|himself|herself|oneself)(?=,|\s|$)/iu,
    (said) => {
      said.notSelf = true
    },
  ],
  [
    /^,? (?:(?:from|between|with|on|in|using|and|by) )?(?:an? )?(?:score |rating |grade |number |points? |stars? |scale |mark )?(?:of |from |between )?(\d{1,3})(?: star)? ?(?:to|and|-|–) ?(\d{1,3})(?: (?:stars?|points?))?(?=,|\s|$)/iu,
    (said, found) => {
      said.scale = [Number(found[1]), Number(found[2])]
    },
  ],
  [
    /^,? with (?:up to )?(five|5|ten|10|three|3) (?:stars|points)(?=,|\s|$)/iu,
    (said, found) => {
      said.scale = [1, { five: 5, ten: 10, three: 3 }[found[1]!.toLowerCase()] ?? Number(found[1])]
    },
  ],
  [
    /^,? with ((?:an? |the |their |optional )(?!.*\b(?:but|once|themselves)\b).+)$/iu,
    (said, found) => {
      said.fields = found[1]!
    },
  ],
]

const plainWhom = (words: string): string =>
  words
    .toLowerCase()
    .replace(/^(?:(?:an?|any|another|other|the|all|each|every|fellow|their|one|our|registered|signed-in) )+/, '')
    .trim()

const kindOf = (words: string): string => singular(plainWhom(words).split(' ').at(-1)!)

/** Returns what people do to people, or undefined. A sentence that says more than can be read here is left to others. */
export const readAmong = (sentence: string): Among | undefined => {
  for (const pattern of patterns) {
    const found = pattern.exec(sentence.trim())?.groups
    if (!found) continue
    const deed = found.verb
      ? deedOf(found.verb.replace(/^(rat|evaluat|nominat|invit|prais|grad|challeng)ed$/i, '$1e').replace(/ed$/i, ''))
      : givenOf(found.gift!)
    const passive = /\bbe$/.test(sentence.slice(0, sentence.indexOf(found.verb ?? '')).trim())
    const said = deed && between(deed, found.who!, found.whom!, passive)
    if (said && readTails(said, found.tail ?? '')) return said
  }
  return undefined
}

const mutual = new RegExp(`^(?:${each}|${others})$`, 'i')

const between = (deed: Deed, who: string, whom: string, passive: boolean): Among | undefined => {
  const one = passive && mutual.test(who) ? whom : who
  const kinds = one.split(/ (?:and|or) /i)
  if (!kinds.every(isPeople)) return undefined
  const said: Among = { who: one, deed, once: false, notSelf: false }
  if (mutual.test(whom) || (passive && mutual.test(who))) return said
  if (kinds.some((kind) => kindOf(kind) === kindOf(whom))) return said
  return isPeople(whom) ? { ...said, whom: plainWhom(whom) } : undefined
}

const isPeople = (words: string): boolean => {
  const role = roleOf(plainWhom(words))
  return (role !== undefined && !/^(?:nobody|owner|we|everyone)$/.test(role)) || isPersonNoun(kindOf(words))
}

const readTails = (said: Among, tail: string): boolean => {
  let rest = tail
  for (let i = 0; i < 6 && rest.trim() !== ''; i += 1) {
    const next = tails.find(([pattern]) => pattern.test(rest))
    if (!next) return false
    const found = next[0].exec(rest)!
    next[1](said, found)
    rest = rest.slice(found[0].length)
  }
  return rest.trim() === ''
}
