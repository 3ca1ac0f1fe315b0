import { isPlural } from '../../language/words.ts'
import { functionWords } from '../../lexicon/function-words.ts'
import { keyOf, type Noun, nounOf } from '../noun.ts'
import type { Glossary } from './glossary.ts'

const quantifier =
  /^(?:(one or more|zero or more|one to many|at least one|at least two|two or more|many|several|multiple|some|any number of|a number of|a list of|lots of|various|all the|all|any|more than one|a couple of|a few)|(two|both|three|2|3)|(exactly one|only one|just one|at most one|zero or one|(?:an?|one) (?:pair|piece|set|copy|member|part) of(?:\s+(?:an?|the))?|one of the|one|an?|the|this|that|each|every|its|their|his|her|my|our|which|what|another|exactly|other|different|different kinds of))\s+/i

export type Taken = {
  noun: Noun
  /** How many were said: `one` of it, `many`, `two`, or nothing but the noun. */
  number: 'one' | 'many' | 'two' | 'bare'
  article: string
  /** Words between the article and the thing that are not part of its name: "home" in "a home team". */
  modifier: string
  rest: string
}

/** Reads a thing of the glossary at the beginning of a text. */
export const takeThing = (text: string, glossary: Glossary): Taken | undefined => {
  let rest = text.trimStart()
  let number: Taken['number'] = 'bare'
  let article = ''
  for (let i = 0; i < 3; i += 1) {
    const found = quantifier.exec(rest)
    if (!found) break
    if (number === 'bare') number = found[3] ? 'one' : found[1] ? 'many' : 'two'
    article ||= found[0].trim().toLowerCase()
    rest = rest.slice(found[0].length)
  }
  const words = /^[\p{L}][\p{L}\d'-]*(?: [\p{L}][\p{L}\d'-]*){0,4}/u.exec(rest)?.[0].split(' ') ?? []
  for (let skipped = 0; skipped <= Math.min(2, words.length - 1); skipped += 1) {
    if (skipped > 0 && (functionWords.has(words[skipped - 1]!.toLowerCase()) || article === '')) break
    for (let end = Math.min(words.length, skipped + 4); end > skipped; end -= 1) {
      const noun = known(words.slice(skipped, end).join(' ').toLowerCase(), glossary)
      if (!noun) continue
      const last = words[end - 1]!.toLowerCase()
      const many = isPlural(last)
      if (number === 'one' && many && !/^(?:the|its|their|my|our|which|what|his|her|.*of(?: the| an?)?)$/.test(article))
        continue
      if (number === 'one' && many && !/ of/.test(article)) number = 'bare'
      return {
        noun: { ...noun, plural: many },
        number,
        article,
        modifier: words.slice(0, skipped).join(' ').toLowerCase(),
        rest: rest.slice(words.slice(0, end).join(' ').length),
      }
    }
  }
  return undefined
}

const keys = new Map<string, string>()

/** The thing of these words, or the only one whose name ends with them: "tracks" of subtitle tracks. */
const known = (text: string, glossary: Glossary): Noun | undefined => {
  let key = keys.get(text)
  if (key === undefined) {
    const spoken = nounOf(text)
    key = !spoken || spoken.article ? '' : keyOf(spoken)
    if (keys.size < 20_000) keys.set(text, key)
  }
  return key === '' ? undefined : glossary.get(key)
}
