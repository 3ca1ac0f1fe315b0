import { isPlural } from '../../language/words.ts'
import { functionWords } from '../../lexicon/function-words.ts'
import { places, pureSystemWords, systemWords } from '../../lexicon/system-words.ts'
import { baseVerb, isKnownVerb, linkNouns, operationsOf } from '../../lexicon/verbs.ts'
import { contentOf, type Noun, nounOf } from '../noun.ts'
import { isThing } from '../thing-list.ts'

const compounds =
  /^(?:sales|sports|goods|savings|customs|arms|news|series|species|status|bus|gas|class|glass|business|process|address|access|press|express|wireless|tennis|canvas|campus|plus|menus)$/

/** "Buildings" of "Buildings stand": a plural is followed by its verb. */
export const subjectNoun = (text: string): string => {
  const words = text.trim().split(/\s+/)
  const at = words.findIndex(
    (one, i) =>
      i < words.length - 1 &&
      /s$|^(?:people|children|men|women)$/i.test(one) &&
      isPlural(one.toLowerCase()) &&
      !compounds.test(one.toLowerCase()) &&
      !isPlural(words[i + 1]!.toLowerCase()),
  )
  return at >= 0 ? words.slice(0, at + 1).join(' ') : text
}

/** The noun at the end of "and keep drivers", "members log catches". */
export const lastNoun = (text: string): string => {
  const words = text.trim().split(/\s+/)
  const from = words.findLastIndex(
    (one, i) =>
      i < words.length - 1 &&
      (functionWords.has(one.toLowerCase()) ||
        /^(?:track|store|manage|keep|record|log|are|is|including|list|tool|system)$/i.test(one) ||
        (isDeed(one) &&
          ((i > 0 && isPlural(words[i - 1]!.toLowerCase())) ||
            (/s$/i.test(one) &&
              baseVerb(one.toLowerCase()) !== one.toLowerCase() &&
              givingVerbs.test(one.toLowerCase()))))),
  )
  return words.slice(from + 1).join(' ')
}

/** The noun of a match, without the verb of "to register players". */
export const nounAt = (text: string, found: RegExpExecArray): string => {
  const noun = lastNoun(found[1]!)
  const [first = '', ...others] = noun.split(' ')
  if (others.length === 0 || !isDeed(first)) return noun
  const before = text.slice(0, found.index + found[0].indexOf(found[1]!) + found[1]!.length - noun.length)
  return /\b(?:to|can|we|i|must|should|will|and|they)\s*$/i.test(before) ||
    (/,\s*$/.test(before) &&
      /^(?:open|submit|create|add|upload|post|write|make|enter|send|see|edit|manage|keep|store)$/.test(first))
    ? others.join(' ')
    : noun
}

/** "offer" in "drivers offer rides". */
const isDeed = (one: string): boolean => {
  const base = baseVerb(one.toLowerCase())
  return isKnownVerb(base) || givingVerbs.test(base)
}

const givingVerbs =
  /^(?:produce|send|generate|get|receive|include|contain|use|cover|run|hold|show|require|issue|emit|consume|play|serve|teach|lead|visit|own|need)s?$/

const isVerbLike = (one: string): boolean =>
  /^(?:need|want|have|has|build|store|keep|track|manage|are|is|take|takes|run|runs|make|create|see|add)$/.test(one) ||
  (operationsOf.has(one) && /^(?:see|view|create|add|delete|edit|manage)$/.test(one))

/** "URL bookmark manager", "wine cellar": the name of a system or of where things are kept. */
export const isProgram = (text: string): boolean => {
  const words = nounOf(text)?.words ?? []
  return (systemWords.has(words.at(-1) ?? '') && !nounOf(text)?.plural) || contentOf(words).join() !== words.join()
}

const judges = /^(?:confirms|approves|rejects|accepts|declines|refuses|closes|assigns|enters|creates|sends|checks)$/

/** "schools reserve seats", "box office confirms reservations": somebody and what they do. */
const isSentence = (words: readonly string[]): boolean =>
  words.some(
    (one, i) =>
      i > 0 &&
      (judges.test(one) ||
        (isPlural(words[i - 1]!) &&
          !compounds.test(words[i - 1]!) &&
          baseVerb(one) === one &&
          (linkNouns.has(one) || operationsOf.has(one)))),
  )

/** False for what is never stored: programs, places, words for everything. `whole` is where it was found. */
export const mayBeThing = (noun: Noun, whole: string): boolean => {
  const last = noun.words.at(-1)!
  const counted = /\b(?:an?|each|every|many|several)\s/i.test(whole)
  if (
    (!isThing(noun) &&
      !(counted && /^(?:work|record|feature|content|support)$/.test(noun.words.join(' '))) &&
      !(noun.plural && /^records?$/.test(noun.words.join(' ')))) ||
    noun.words.some((one) => functionWords.has(one) || /\d/.test(one))
  )
    return false
  if (
    (pureSystemWords.has(last) && !noun.plural && !counted) ||
    /^(?:api|apis|app|backend|system|database|software)$/.test(last) ||
    /^(?:user|account|admin|people|everyone|thing|field|name|title|date|id|idea|story|list|way|day|time|value|number|status|type)$/.test(
      noun.words.join(' '),
    )
  )
    return false
  if (noun.words.join() === 'person' && !/\b(?:people|persons?)\b[^.]{0,40}?\b(?:have|has|with)\b|⟦|:/i.test(whole))
    return false
  if (noun.words.length > 1 && noun.words.some((one, i) => i < noun.words.length - 1 && isVerbLike(one))) return false
  if (isSentence(noun.words)) return false
  if (
    !noun.plural &&
    places.has(last) &&
    !/\b(?:each|every|many|several)\b|\b(?:has|have)\s+(?:an?\s+)?(?:unique\s+)?(?:name|title|code|address|number|label)\b/i.test(
      whole,
    )
  )
    return false
  return true
}
