import { listWords } from '../lexicon/sharing.ts'
import { knownThings } from '../lexicon/things.ts'
import { isKnown } from '../resolve/defaults.ts'
import { splitItems } from './items.ts'
import { keyOf, nounOf } from './noun.ts'
import { isThing } from './thing-list.ts'

/** "tenants, leases, payments": bare plurals of which most are known as things. */
export const allThings = (text: string): boolean => {
  const nouns = splitItems(text).map((item) =>
    /[(:]/.test(item) || /^(?:an?|the|its|their)\s/i.test(item) ? undefined : nounOf(item),
  )
  return (
    nouns.length > 1 &&
    nouns.every((noun) => noun?.plural && isThing(noun) && !listWords.has(noun.words.at(-1)!)) &&
    nouns.filter((noun) => noun && knownThings.has(noun.words.join(' '))).length * 2 > nouns.length
  )
}

/** "items with a name and a price", "books (title, author), members (name)": things with their parts, not fields. */
export const listsThings = (text: string): boolean => {
  const first =
    /^(?:an?\s+|the\s+)?([\p{L}-]+(?: [\p{L}-]+)?)\s+(?:with|having|that have|which have)\s/iu.exec(text) ??
    /^([\p{L}-]+s)\s*\([^)]*,[^)]*\)/iu.exec(text)
  const noun = first ? nounOf(first[1]!) : undefined
  return (
    noun?.plural === true &&
    ((text.match(/\swith\s/gi) ?? []).length > 1 ||
      isKnown(keyOf(noun)) ||
      /^(?:[\p{L}-]+s)\s+(?:with|having)\s+(?:an?|the|its|their)\s/iu.test(text) ||
      /\([^)]*,[^)]*\)\s*(?:,|and)\s*[\p{L}-]+s\s*\(/iu.test(text))
  )
}
