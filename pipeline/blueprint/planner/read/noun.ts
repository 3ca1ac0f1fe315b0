import { isPlural, singular } from '../language/words.ts'
import { determiners, emptyAdjectives, functionWords, severalWords } from '../lexicon/function-words.ts'
import { isPersonNoun } from '../lexicon/people.ts'
import { collectionWords, containers, errands, places, programNouns, recordWords } from '../lexicon/system-words.ts'
import { knownThings } from '../lexicon/things.ts'

/** A noun phrase: its words in lower case, the last in the singular. */
export type Noun = { words: string[]; plural: boolean; several: boolean; article: string }

const article = /^(?:an?|the|each|every|all|any|some|no|one)$/

const once = /^(?:once|twice|thrice|again|afterwards|anymore)$/
const severalTimes = /^(?:two|three|four|five|six|ten|several|many|\d+)$/

/** Returns the noun phrase that a short text consists of, or undefined where it is none. */
export const nounOf = (text: string): Noun | undefined => {
  // An address is no name of anything.
  if (/\bhttps?\b/i.test(text)) return undefined
  if (/[,;]/.test(text.replace(/\([^)]*\)?/g, ''))) return undefined
  let words = text
    .toLowerCase()
    .replace(/^.*\p{L}(?:'s|s')\s+(?=\p{L})/u, '')
    .replace(/\([^)]*\)?/g, ' ')
    .replace(/["`]/g, '')
    .replace(/_/g, ' ')
    .replace(/'s?(?=\s|$)/g, '')
    .replace(/[^\p{L}\p{N}' -]/gu, ' ')
    .trim()
    .split(/\s+/)
    .filter(Boolean)
  // "A ticket once", "a photo again": how often is no part of a name.
  if (once.test(words.at(-1) ?? '')) words = words.slice(0, -1)
  else if (words.length > 2 && words.at(-1) === 'times' && severalTimes.test(words.at(-2)!)) words = words.slice(0, -2)
  let several = false
  let first = ''
  while (words.length > 0) {
    const word = words[0]!
    const upTo = words.findIndex((one, i) => i > 0 && one === 'of')
    const collection =
      upTo > 0 &&
      upTo <= 2 &&
      words
        .slice(0, upTo)
        .some(
          (one) =>
            collectionWords.has(one) ||
            collectionWords.has(singular(one)) ||
            /^(?:lots?|plenty|one|each|all|any|some|most|many)$/.test(one),
        )
    if (collection && words.length > upTo + 1) {
      several = true
      words = words.slice(upTo + 1)
    } else if (
      determiners.has(word) ||
      (emptyAdjectives.has(word) && words.length > 1) ||
      /^(?:optional|optionally|unique|also|only|just|and|or|other|personal|public|private|shared|zero|two|three|four|five|\d+)$/.test(
        word,
      )
    ) {
      if (words.length === 1 && ((!article.test(word) && !determiners.has(word)) || /^lots?$/.test(word))) break
      if (severalWords.has(word) && word !== 'any') several = true
      if (!first) first = word
      words = words.slice(1)
    } else break
  }
  if (words.some((word) => !/[\p{L}\p{N}]/u.test(word))) return undefined
  if (
    words.length === 0 ||
    words.length > 5 ||
    words.some((word) => functionWords.has(word) && word !== 'own' && !(words.length === 1 && word === 'lots'))
  )
    return undefined
  if (
    words.length > 1 &&
    recordWords.has(singular(words.at(-1)!)) &&
    (!/^(?:records?|entry|entries|items?)$/.test(words.at(-1)!) ||
      isPersonNoun(singular(words.at(-2)!)) ||
      knownThings.has(singular(words.at(-2)!))) &&
    !/^(?:journal|diary|time|log|calendar|medical|health|blog|dictionary|line|order|menu|inventory|work|contact)$/.test(
      words.at(-2)!,
    )
  )
    words = words.slice(0, -1)
  if (
    words.length > 1 &&
    words.at(-1) === 'list' &&
    /^(?:todo|task|shopping|grocery|book|reading|wish|packing|price)$/.test(words.at(-2)!) === false
  )
    several = true
  const last = words.at(-1)!
  if (!/\p{L}/u.test(last) || last.length < 2) return undefined
  return {
    words: [...words.slice(0, -1).map((word) => word.replace(/'s$/, '')), singular(last)],
    plural: isPlural(last),
    several,
    article: first,
  }
}

/** Returns the key under which a thing is known: its words joined by `_`. */
export const keyOf = (noun: Noun): string =>
  noun.words
    .join('_')
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[_0-9]+|_+$/g, '')

/** "movie watchlist" -> "movie", "wine cellar" -> "wine", "shopping list" -> "item"; other nouns stay as they are. */
export const contentOf = (words: readonly string[]): string[] => {
  const last = words.at(-1) ?? ''
  const before = words.slice(0, -1)
  if (before.length === 0) return programNouns.get(last)?.split(' ') ?? [...words]
  if (last === 'book' && /^(?:address|phone|telephone)$/.test(before.at(-1)!)) return ['contact']
  if (last === 'book' && /^(?:guest|visitor|cash|log)$/.test(before.at(-1)!)) return ['entry']
  if (containers.has(last) && errands.has(before.at(-1)!)) return ['item']
  if (containers.has(last) && before.length === 1 && before[0] === 'reading') return ['book']
  if (last === 'list' && before.length === 1 && before[0] === 'guest') return ['guest']
  const known =
    knownThings.has(before.map((word, i) => (i === before.length - 1 ? singular(word) : word)).join(' ')) ||
    knownThings.has(singular(before.at(-1)!))
  if (
    places.has(last)
      ? known && !/^(?:club|community|team|company|network|group)$/.test(last)
      : containers.has(last) &&
        (known ||
          isPlural(before.at(-1)!) ||
          /^(?:watchlist|wishlist|collection|list|catalogue|catalog|inventory|library|archive|database)$/.test(last))
  )
    return [...before.slice(0, -1), singular(before.at(-1)!)]
  return [...words]
}
