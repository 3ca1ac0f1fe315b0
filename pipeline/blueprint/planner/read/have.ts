import { childThings } from '../lexicon/sharing.ts'
import { places } from '../lexicon/system-words.ts'
import { splitItems } from './items.ts'
import { contentOf, keyOf, nounOf } from './noun.ts'
import { pushFields } from './parts.ts'
import { roleOf } from './people.ts'
import { meet, type Reader } from './reader.ts'
import { isThing, readThingList } from './thing-list.ts'

export const haves =
  /^(.{1,70}?)\s+(?:(?:should|must|will|can|may|also|each|always|would|could|all|usually|only|typically|needs? to|optionally|just)\s+)*(has(?!\s+to\b)|have(?!\s+to\b)|having|contains?|consists? of|includes?|comprises?|comes? with|carr(?:y|ies)|is made (?:up )?of|are made (?:up )?of|is described by|are described by|is defined by|needs?|requires?|keeps?|stores?|gets?|with|shows?|is identified by|record|want to (?:store|record|know|keep)|holds?|tracks?|gives?|provides?|fills? in|specif(?:y|ies)|states?)\s*(?:(?:the following|following|these|some)(?: (?:fields|attributes|properties|information|details|data))?|fields?|attributes?|properties)?\s*:?\s+(.+)$/is

const pronoun = /^(?:it|they|each|each one|every one|each of them|these|those|all of them|he|she|them)$/i

export const readHave = (found: RegExpExecArray, reader: Reader): boolean => {
  const verb = found[2]!.toLowerCase()
  const subjectText = found[1]!.replace(/^(?:for|about)\s+/i, '').trim()
  if (/^(?:i|we|you)$/i.test(subjectText)) {
    if (/^(?:want|need|has|have|record|store|keep|track|show)/.test(verb))
      return readThingList(found[3]!, reader, 'tracked').length > 0
    return false
  }
  if (
    /^(?:system|api|app|application|service|it|platform|backend|website|the (?:system|api|app|application|service|platform|backend))$/i.test(
      subjectText,
    ) &&
    /^(?:needs?|should|requires?|stores?|keeps?|tracks?|has|have|includes?|contains?)$/.test(verb) &&
    (!reader.last || !/^it$/i.test(subjectText))
  )
    return readThingList(found[3]!, reader, 'named').length > 0
  const plainSubject = subjectText.replace(
    /\s+(?:for|at|from)\s+(?!an?\s|the\s|each\s)(?:our\s+|my\s+)?[\p{L}-]+(?: [\p{L}-]+)?$/iu,
    (tail, at: number) => (nounOf(subjectText.slice(0, at)) && !nounOf(subjectText) ? '' : tail),
  )
  const subjects = pronoun.test(subjectText)
    ? reader.last
      ? [reader.last]
      : []
    : splitItems(plainSubject)
        .map((one) => nounOf(one))
        .filter((one) => one !== undefined)
  if (subjects.length === 0 && /\s(?:of|for|on|in|under|per)\s/i.test(subjectText))
    subjects.push(...readThingList(subjectText, reader, 'named'))
  if (subjects.length === 0 || !subjects.every(isThing)) return false
  if (
    /^(?:need|want|record|show)/.test(verb) &&
    !/^(?:an?|the|its|their|:)/i.test(found[3]!) &&
    subjects[0]!.plural &&
    roleOf(subjectText)
  )
    return false
  const place =
    subjects.length === 1 &&
    places.has(subjects[0]!.words.at(-1)!) &&
    !subjects[0]!.plural &&
    !/^(?:each|every|all)$/.test(subjects[0]!.article)
  if (
    place &&
    !reader.facts.some(
      (fact) => fact.kind === 'thing' && fact.how !== 'place' && keyOf(fact.noun) === keyOf(subjects[0]!),
    )
  ) {
    const items = splitItems(found[3]!)
    if (
      items.filter((item) => nounOf(item.replace(/\s+(?:on|of|for|with|in|per)\s.*$/i, ''))?.plural).length * 2 >=
      items.length
    ) {
      meet(reader, subjects[0]!, 'place')
      const followed = /\s(?:where|so that)\s/i.exec(found[3]!)
      const met = readThingList(followed ? found[3]!.slice(0, followed.index) : found[3]!, reader, 'named')
      if (met.length > 0) return true
    }
  }
  const sole = splitItems(found[3]!)
  const several =
    sole.length === 1 && /^[\p{L}-]+s$/iu.test(sole[0]!) && childThings.has(nounOf(sole[0]!)?.words.at(-1) ?? '')
      ? [`many ${sole[0]!}`]
      : sole
  for (const spoken of subjects) {
    const noun = verb === 'with' ? { ...spoken, words: contentOf(spoken.words) } : spoken
    meet(reader, noun, 'named')
    pushFields(reader, noun, several, false)
  }
  return true
}
