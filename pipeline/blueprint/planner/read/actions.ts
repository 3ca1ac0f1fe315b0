import { sliceText, tokenize } from '../language/tokens.ts'
import { isPlural } from '../language/words.ts'
import { functionWords } from '../lexicon/function-words.ts'
import {
  allOperations,
  baseVerb,
  isKnownVerb,
  linkNouns,
  type Operation,
  operationsOf,
  trackVerbs,
} from '../lexicon/verbs.ts'

/** Some verbs and what they are done to: "create and edit | their own posts". `link` is the noun that a verb like "borrow" leaves behind. */
export type Action = { verbs: string[]; ops: readonly Operation[]; link?: string; object: string }

const adverbs = new Set(
  'also only then just easily quickly always even still not never freely simply fully directly themselves be able to either both self'.split(
    ' ',
  ),
)
const soft = new Set('and or , / & then plus as well'.split(' '))
/** Words that are more often nouns than verbs where a list of objects goes on. */
const nounLike = new Set(
  'comment order list book review vote rate like follow note report file place question answer plan schedule store log record post offer share track reply request claim loan bid host check watch search access open set draft issue flag lock mark project message count start cost change return finish cancel process answer request set open close assign process sell watch host'.split(
    ' ',
  ),
)

/** Returns the actions of a predicate such as "create, edit and delete their own posts and comment on others". */
export const readActions = (text: string): Action[] => {
  const tokens = tokenize(text)
  const actions: Action[] = []
  let i = 0
  while (i < tokens.length && actions.length < 12) {
    const verbs: string[] = []
    while (i < tokens.length) {
      const word = tokens[i]!.lower
      const base = baseVerb(word)
      if (
        tokens[i]!.kind === 'word' &&
        isKnownVerb(base) &&
        (verbs.length === 0 || /^(?:and|or|,|\/|&|then|also|even|only|to)$/.test(tokens[i - 1]!.lower))
      ) {
        verbs.push(base)
        i += 1
      } else if (word === 'to' && verbs.at(-1) === 'reply') break
      else if (soft.has(word) || adverbs.has(word)) i += 1
      else break
    }
    if (verbs.length === 0) {
      const unknown = tokens[i]
      if (!unknown) break
      i += 1
      if (unknown.kind === 'word' && !functionWords.has(unknown.lower) && actions.length === 0 && i < tokens.length)
        verbs.push(unknown.lower)
      else continue
    }
    const start = i
    while (
      i < tokens.length &&
      !beginsAction(
        tokens.map((token) => token.lower),
        i,
      )
    )
      i += 1
    const link = verbs.map((verb) => linkNouns.get(verb)).find(Boolean)
    actions.push({
      verbs,
      ops: [...new Set(verbs.flatMap((verb) => operationsOf.get(verb) ?? (trackVerbs.has(verb) ? allOperations : [])))],
      ...(link ? { link } : {}),
      object: sliceText(text, tokens, start, i)
        .replace(/^[\s,]+|[\s,]+$/g, '')
        .replace(/(?:,|\band\b|\bor\b)+\s*$/i, '')
        .trim(),
    })
  }
  return actions
}

/** True where "and edit", ", delete" or "and comment on" goes on with another verb rather than another object. */
const beginsAction = (words: readonly string[], at: number): boolean => {
  let depth = 0
  let colon = false
  for (let i = 0; i < at; i += 1) {
    if (words[i] === '(') depth += 1
    if (words[i] === ')') depth -= 1
    if (words[i] === ':') colon = true
  }
  if (depth > 0 || (colon && words[at] === ',')) return false
  if (!soft.has(words[at]!) || at + 1 >= words.length) return false
  let next = at + 1
  while (next < words.length && (soft.has(words[next]!) || adverbs.has(words[next]!))) next += 1
  const word = words[next]
  if (!word || !isKnownVerb(baseVerb(word))) return false
  const base = word === baseVerb(word) || /ing$/.test(word)
  if (!base) return false
  if (!nounLike.has(word)) return true
  const after = words[next + 1]
  return (
    after !== undefined &&
    (isPlural(after) ||
      /^(?:an?|the|their|its|his|her|my|our|your|them|it|on|to|for|in|all|any|other|own|others|new|each|every|one|from|with)$/.test(
        after,
      ))
  )
}
