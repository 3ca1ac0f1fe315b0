import type { Glossary } from './glossary.ts'
import { takeThing } from './take.ts'

const modal = '(?:(?:can|may|must|should|will|could|also|always|usually|each|all|then|only|optionally)\\s+){0,3}'
const finite =
  'has|have|is|are|be|was|were|belongs?|contains?|consists?|includes?|needs?|gets?|links?|connects?|joins?|takes? place|happens?|lives?|sits?|stands?|refers?|references|plays?|uses?|produces?|sends?|attends?|covers?|leads?|works? (?:at|in|for|on)|goes|comes?|appears?|starts?|ends?|enrol+s?|registers?|books?|borrows?|rents?'
const verbAfter = new RegExp(`^(?:\\s*⟦\\d{1,3}⟧)?\\s+${modal}(?:${finite})\\b(?!-)`, 'i')
const storing =
  '(?:need|want|store|record|keep|note|track|save|log|know|remember|write|register|collect|enter|capture|measure)'
const headAfter =
  /^(?:\s+(?:of|per|for|on|in|at|to)\s+(?:(?:an?|the|each|every)\s+)?[\p{L}-]+(?: [\p{L}-]+)?)?\s*(?::|\s-)\s/u
const pronoun = /^(?:it|they|each|these|each one|every one)\s+(?:has|have|is|are|belongs?|contains?)\s/i
const speaker = new RegExp(
  `^(?:for (?:each|every|an?) |(?:we|i|they|you|people)\\s+(?:(?:also|just|then|want to|need to|would like to|have to)\\s+)*${storing}\\b)`,
  'i',
)
const separator =
  /\s*;\s+(?:and\s+|but\s+)?|\s+-\s+|,\s+(?:(?:and|while|where|whereas|but|then|plus|so)\s+)?|\s+(?:and|while|where|whereas|but|plus)\s+|:\s+/gi

/** True where a text begins with a thing and what it does, or with "for each book we store". */
export const beginsStatement = (text: string, glossary: Glossary, strong = false): boolean => {
  const plain = text.replace(/^(?:(?:also|then|that|there|here)\s+)+/i, '')
  if (speaker.test(plain)) return true
  if (
    strong &&
    (pronoun.test(plain) ||
      /^(?:find|search|filter|sort|everyone|anyone|everybody|only|no|nobody|public|private|show|let|users?|admins?)\b/i.test(
        plain,
      ))
  )
    return true
  if (/^(?:which|that|who|whether|if|when|how|what)\b/i.test(plain)) return false
  const thing = takeThing(plain, glossary)
  if (!thing || thing.modifier) return false
  if (strong && (thing.noun.plural || thing.number === 'bare') && headAfter.test(thing.rest)) return true
  if (thing.number === 'bare' && !thing.noun.plural) return strong && /^\s+(?:has|have|belongs?)\s/i.test(thing.rest)
  const said = thing.rest.replace(
    /^\s+(?:that |which )?(?:i|we|they|you|people|users)\s+\p{L}+(?=\s+(?:has|have|is|are)\b)/iu,
    '',
  )
  if (verbAfter.test(said)) return true
  const acts =
    /^\s+(?!of\b|for\b|with\b|and\b|or\b|in\b|on\b|at\b|to\b|by\b|per\b)\p{L}+(?: part)?(?:\s+(?:in|on|at|for|to|from|with))?\s+(.{2,60})$/isu.exec(
      said,
    )
  return strong && acts !== null && thing.noun.plural && takeThing(acts[1]!, glossary) !== undefined
}

/** Parts a packed sentence where another statement about a known thing begins. */
export const statementsIn = (text: string, glossary: Glossary): string[] => {
  const parts: string[] = []
  let from = 0
  for (const found of text.matchAll(separator)) {
    const after = found.index + found[0].length
    if (
      found.index === 0 ||
      !beginsStatement(text.slice(after, after + 200), glossary, /[;:]|\s-\s|,\s+(?:and|while)\s/.test(found[0]))
    )
      continue
    if (/^\s+-\s+$/.test(found[0]) && !/\b(?:we|i)\b|:/i.test(text.slice(after, after + 60))) continue
    if (/\b(?:whether|if|when|because|how|for (?:each|every) [\p{L} ]{2,30})$/iu.test(text.slice(from, found.index)))
      continue
    parts.push(text.slice(from, found.index))
    from = after
  }
  parts.push(text.slice(from))
  return parts.map((part) => part.trim()).filter(Boolean)
}

const nextVerb =
  /(?:,\s+(?:and\s+|but\s+)?|\s+(?:and|but)\s+)(?=(?:also\s+|each\s+|always\s+|usually\s+)?(?:(?:can|may|must|should|will)\s+(?:also\s+)?(?:have|be|belong|contain)|has|have|is|are|belongs?|contains?|consists?|includes?|needs|takes? place|happens?|lives?|sits?|stands?|refers?|plays? (?:at|in|on)|comes? from|goes to|go to|lasts|costs)\s)/gi

/** Parts "is for a room and has a start, and belongs to a client" into what is said of one subject. */
export const predicatesIn = (text: string): string[] => {
  const parts: string[] = []
  let from = 0
  for (const found of text.matchAll(nextVerb)) {
    const before = text.slice(from, found.index)
    if (
      /\b(?:whether|if|which|who|that|when|where)\b[^,]*$/i.test(before) &&
      !/^\s*(?:has|have)\b/i.test(text.slice(found.index + found[0].length))
    )
      continue
    if (/\b(?:whether|if)\b[^,]*$/i.test(before)) continue
    parts.push(before)
    from = found.index + found[0].length
  }
  parts.push(text.slice(from))
  return parts.map((part) => part.trim()).filter(Boolean)
}
