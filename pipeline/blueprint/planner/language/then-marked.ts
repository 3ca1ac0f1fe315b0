import { isPersonNoun } from '../lexicon/people.ts'
import type { Statement } from './statements.ts'
import { isPlural, pluralPhrase, sentence, singular } from './words.ts'

const verb =
  '(?:(?:approve|accept|confirm|grant) or (?:reject|decline|refuse|deny)|like|favou?rite|bookmark|star|heart|upvote|vote for|vote on|follow|rate|review|score|comment on|reply to|endorse|recommend)'
const people = "(?:(?:the|all|other|any) )*[\\p{L}-]+(?: [\\p{L}-]+)?(?<!')s|people|everybody|everyone|visitors"
const tail =
  '(?: (?:with|from|between|on a scale|by giving|once|only once|at most once|as)\\b[^,;]*)?(?:,? (?:but )?(?:only |at most |just )?one \\p{L}+ (?:per|for each|for every) [\\p{L}-]+)?'
const deed = new RegExp(
  `^(?<before>.+?)(?:,|,? and|;)(?: also| then)? (?:(?<who>${people}) )?(?:can |may |should be able to )?(?:also |then |later )?(?<verb>${verb}) (?<object>them|it|these|those|(?:the )?[\\p{L}-]+(?: (?!of\\b)[\\p{L}-]+)?)(?<others> of (?:the )?(?:others|other (?:people|users|members)))?(?<tail>${tail})$`,
  'iu',
)
const makes =
  /^(?<lead>.*?(?:: | where | in which |, ))?(?<who>(?:(?:the|all|our|registered|signed-in|logged-in) )*[\p{L}-]+s|people|everybody|everyone) (?:can |may |want to |should be able to )?(?:\p{L}+ and )?[\p{L}-]+(?: up| in| out| at| for| through)? (?:their |the |new |own |an? )*(?<thing>[\p{L}-]+(?: (?!with\b|in\b|for\b|to\b|of\b|on\b|at\b|that\b|which\b|by\b|and\b|from\b|about\b|as\b)[\p{L}-]+)?)(?= with\b| in\b| for\b| of\b| on\b| at\b| that\b| about\b| from\b|,|$)/iu
const described =
  /^(?:(?:the|our|all|each|every|an?) )?(?<thing>[\p{L}-]+(?: (?!has\b|have\b)[\p{L}-]+)?) (?:has|have|consists? of|with)\b/iu
const they = new RegExp(`^they (?=(?:can |may |should be able to )?(?:also )?${verb} )`, 'iu')
const marked = new RegExp(`(?<=\\b${verb} )(?:them|it|these|those)\\b`, 'giu')

type Spoken = { who?: string | undefined; thing?: string | undefined }

/** Who was spoken of, and of what; what a sentence does not say is as it was before. */
const spokenIn = (text: string, before: Spoken): Spoken => {
  const { who, thing } = makes.exec(text)?.groups ?? {}
  if (who && isPeople(who)) return { who, thing: isThing(thing) ? thing : before.thing }
  const named = described.exec(text)?.groups?.thing
  return named && isThing(named) && !isPeople(named) ? { ...before, thing: named } : before
}

/** "Referees read the papers and rate them": what is meant was named in the same sentence, whoever they are. */
const speaksOfOthers = (text: string): boolean => {
  const before = deed.exec(text)?.groups?.before
  const thing = before && makes.exec(before)?.groups?.thing
  return thing !== undefined && isThing(thing) && isPlural(thing.split(' ').at(-1)!)
}

const isPeople = (who: string): boolean => {
  const last = who.toLowerCase().split(' ').at(-1)!
  return /^(?:people|everybody|everyone)$/.test(last) || (isPlural(last) && isPersonNoun(singular(last)))
}
const isThing = (thing: string | undefined): boolean =>
  thing !== undefined && !/^(?:them|it|these|those|up|in|there|here)$/i.test(thing)

/**
 * Says deeds that leave a mark in sentences of their own, and names what is marked: "members upload photos and like them",
 * "artists upload photos, and visitors vote for them", "they can rate photos of others".
 */
export const thenMarked = (statements: readonly Statement[]): Statement[] => {
  let spoken: Spoken = {}
  return statements.flatMap((one) => {
    if (one.items || one.text.length > 300) return [one]
    const text = spoken.who ? one.text.replace(they, `${sentence(spoken.who)} `) : one.text
    const parts = partsOf(text)
    const { thing } = spoken
    if (parts.length === 1 && thing && !speaksOfOthers(text)) parts[0] = text.replace(marked, pluralPhrase(thing))
    spoken = spokenIn(parts[0]!, spoken)
    return parts.map((text) => ({ ...one, text }))
  })
}

const partsOf = (text: string): string[] => {
  const found = deed.exec(text)?.groups
  if (!found) return [text]
  const before = partsOf(found.before!)
  const { who, thing } = makes.exec(before[0]!)?.groups ?? {}
  if (!who || !isThing(thing) || !isPeople(who) || (found.who && !isPeople(found.who))) return [text]
  const object = found.object!.replace(/^the /i, '').toLowerCase()
  if (!/^(?:them|it|these|those)$/.test(object) && object !== pluralPhrase(thing!)) return [text]
  return [
    ...before,
    sentence(
      `${found.who ?? who} can ${found.verb} ${pluralPhrase(thing!)}${found.others ?? ''}${tailOf(found.tail!)}`,
    ),
  ]
}

/** "One vote per photo" is so anyway of marks. */
const tailOf = (tail: string): string =>
  tail.replace(/,? (?:but )?(?:only |at most |just )?one (?:vote|like|upvote|rating|review) .+$/iu, '')
