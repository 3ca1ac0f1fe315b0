import { singular } from '../language/words.ts'
import { notLists } from '../lexicon/field-types.ts'
import { determiners, emptyAdjectives, functionWords } from '../lexicon/function-words.ts'
import { errands, places, programNouns, pureSystemWords, systemWords } from '../lexicon/system-words.ts'
import { knownThings } from '../lexicon/things.ts'
import { buildVerbs, trackVerbs } from '../lexicon/verbs.ts'
import { splitItems } from './items.ts'
import { contentOf, nounOf } from './noun.ts'
import { meet, type Reader } from './reader.ts'
import { isThing, readThingList } from './thing-list.ts'

const stop =
  /\s+(?=(?:with|where|for|to|that|which|in which|so|containing|including|having|using|and|based|from|about|who|without|by|like|called|named|on|of|in|at|as|such|whose|via)\b)|\s*(?=[(:,;]|\s-\s)/i
const trackLead =
  /^(?:(?:to|for|of|and|helps?(?: me| us)?(?: to)?|us|me|be able to|a way to|an easy way to|something (?:to|that|for)|that|which|lets? (?:me|us)|allows? (?:me|us) to|somewhere to|a place to|basically|just|easily|simply|can)\s+)*(?:help(?:s|ing)? (?:me |us )?(?:to )?)?(keep(?:s|ing)? (?:an? |the )?(?:track|record|records|tabs|list|overview|stock|log|register|inventory|catalogue|catalog|diary)(?: (?:of|on))?|keep(?:s|ing)?|track(?:s|ing)?(?: of)?|manag(?:e|es|ing)|stor(?:e|es|ing)|record(?:s|ing)?|log(?:s|ging)?|organi[sz](?:e|es|ing)|catalogu?(?:e|es|ing)|register(?:s|ing)?|collect(?:s|ing)?|sav(?:e|es|ing)|maintain(?:s|ing)?|remember(?:s|ing)?|administ(?:er|rate)(?:s|ing)?|handl(?:e|es|ing)|monitor(?:s|ing)?|follow(?:ing)?(?: up)?(?: on)?|document(?:s|ing)?|list(?:s|ing)?|plan(?:s|ning)?|schedul(?:e|es|ing)|shar(?:e|es|ing)|sell(?:s|ing)?|archiv(?:e|es|ing)|not(?:e|es|ing) down|writ(?:e|es|ing) down|add(?:s|ing)?|creat(?:e|es|ing)|enter(?:s|ing)?|view(?:s|ing)?|book(?:s|ing)?(?= (?:an?|our|my|the|rooms|courts|appointments|tables|desks))|see(?:ing)?|publish(?:es|ing)?|post(?:s|ing)?|rat(?:e|es|ing)|review(?:s|ing)?|look(?:s|ing)? after|count(?:s|ing)?|coordinat(?:e|es|ing)|order(?:s|ing)?(?= (?:an?|our|my|the|food|meals|items)))\s+(?:and (?:manage|track|organi[sz]e|share|rate|review|list|view|edit|update|delete|search|store|manag(?:e|ing)|tracking|organi[sz]ing|sharing|rating|browse|schedule|plan)\s+)?(.+)$/i

/** "to keep track of my books", "for managing projects and tasks", "stores recipes". Returns true where it was that. */
export const readTracking = (text: string, reader: Reader): boolean => {
  const found = trackLead.exec(text)
  if (!found) return false
  const verb = found[1]!.toLowerCase()
  const object = found[2]!
  if (/^(?:of|for|with|in|on|by)\b/i.test(object) && !/^of\b/i.test(object)) return false
  if (/\bmy\b/i.test(object.slice(0, 30))) reader.facts.push({ kind: 'mine' })
  else if (/\bour\b/i.test(object.slice(0, 30))) reader.facts.push({ kind: 'shared' })
  const said = splitItems(object)
  const plurals = said.filter(
    (item) => nounOf(item.replace(/\(.*$/, ''))?.plural && !notLists.has(item.trim().toLowerCase()),
  )
  if (reader.last && said.length >= 3 && plurals.length * 2 < said.length && !/\s(?:with|having)\s/i.test(object)) {
    reader.facts.push({ kind: 'fields', of: reader.last, items: said, extends: false })
    return true
  }
  const met = readThingList(
    object.replace(/^of\s+/i, '').replace(/^(?:all\s+)?(?:of\s+)?(?:the\s+|my\s+|our\s+|their\s+)/i, ''),
    reader,
    'tracked',
  )
  if (met.length === 0 && /^(?:add|see|view|keep|list)/.test(verb)) return false
  return met.length > 0
}

/** Reads "a pet adoption site for ... with ... where ...": the noun phrase that names the system, and what follows it. */
export const readHeadline = (text: string, reader: Reader, wish: boolean): string[] => {
  const match = stop.exec(` ${text}`)
  const head = (match ? text.slice(0, Math.max(0, match.index - 1)) : text).trim()
  const rest = match ? text.slice(Math.max(0, match.index - 1)).trim() : ''
  const words = head.toLowerCase().replace(/["`]/g, '').split(/\s+/).filter(Boolean)
  const content = words.filter(
    (word, i) =>
      !determiners.has(word) &&
      !functionWords.has(word) &&
      !/^\d+$/.test(word) &&
      !(emptyAdjectives.has(word) && i < words.length - 1),
  )
  const system = content.some((word) => systemWords.has(word))
  const bare =
    content.length === 0 ||
    content.every((word) => pureSystemWords.has(word) || /^(?:rest|restful|crud|simple)$/.test(word))
  if (system || bare) {
    if (words.some((word) => /^(?:private|personal)$/.test(word))) reader.facts.push({ kind: 'mine' })
    if (words.includes('private')) reader.facts.push({ kind: 'accounts', on: true })
    const named = dropSystemWords(
      content.filter(
        (word) =>
          !/^(?:private|personal|public|shared|collaborative|free|open|open-source|self-hosted|internal)$/.test(word),
      ),
    )
    const program = programOf(content)
    const subject = program
      ? program.split(' ')
      : named.length === 0 && content.some((word) => /^(?:diary|journal|logbook)$/.test(word))
        ? ['entry']
        : named
    if (subject.length > 0) headNoun(subject, reader)
    return followUps(rest)
  }
  if (!wish) return []
  const place = singular(content.at(-1) ?? '')
  if (places.has(place) && !/^(?:s|es)$/.test((content.at(-1) ?? '').slice(place.length))) {
    headNoun(content, reader)
    return followUps(rest)
  }
  const whole = nounOf(head)
  if (
    whole &&
    !whole.plural &&
    !whole.several &&
    /^(?:an?|the|some)$/.test(whole.article) &&
    isThing(whole) &&
    !/^\s*[:(]/.test(rest)
  ) {
    headNoun(
      head
        .replace(/^(?:an?|the|some)\s+/i, '')
        .toLowerCase()
        .split(/\s+/),
      reader,
    )
    return followUps(rest)
  }
  return readThingList(text.replace(/\s+(?:where|so that|in which|because|since)\s+.*$/i, ''), reader, 'named').length >
    0
    ? followUps(/\s(where|so that|in which)\s.*$/i.exec(text)?.[0].trim() ?? '')
    : []
}

const dropSystemWords = (content: readonly string[]): string[] => {
  let words = content.filter(
    (word) =>
      !/^(?:rest|restful|crud|http|json|fastapi|python|web|based|style|ready|online|backend|back-end|little|simple)$/.test(
        word,
      ),
  )
  while (
    words.length > 0 &&
    systemWords.has(words.at(-1)!) &&
    !(
      /^applications?$/.test(words.at(-1)!) &&
      /^(?:job|loan|visa|grant|membership|adoption|leave|college|university|insurance)$/.test(words.at(-2) ?? '')
    )
  )
    words = words.slice(0, -1)
  return words
    .filter((word, i) => !(pureSystemWords.has(word) && i > 0 && !/^applications?$/.test(word)))
    .map((word) => word.replace(/'s?$/, ''))
}

/** What programs of this name keep: a calendar events, a time tracker time entries. */
const programOf = (words: readonly string[]): string | undefined =>
  programNouns.get(words.filter((word) => !pureSystemWords.has(word) || word === 'tracking').join(' '))

const headNoun = (words: readonly string[], reader: Reader): void => {
  const known = words.filter((word) => !trackVerbs.has(word) && !buildVerbs.has(word)).length > 0 ? [...words] : []
  const errand = errands.has(known.at(-1) ?? '') ? ['item'] : known
  const program = programOf(errand) ?? (errand.at(-1) === 'shortener' ? 'link' : undefined)
  const plain = program ? program.split(' ') : contentOf(errand)
  if (plain.length < errand.length && places.has(errand.at(-1)!)) {
    const place = nounOf(errand.join(' '))
    if (place) meet(reader, place, 'place')
  }
  for (const item of splitItems(plain.join(' ').replace(/\//g, ', '))) {
    const noun = nounOf(
      item.replace(/^(?:url|web|photo|email)s?\s+(?=\S)/i, (lead) =>
        knownThings.has(singular(item.slice(lead.length))) ? '' : lead,
      ),
    )
    if (!noun || !isThing(noun)) continue
    const place = places.has(noun.words.at(-1)!) || places.has(noun.words.join('-'))
    meet(reader, noun, place ? 'place' : 'headline')
  }
}

/** The parts behind the name: each is read as a clause of its own; `with ` lists belong to the headline. */
const followUps = (rest: string): string[] => (rest ? [rest.trim()] : [])

/** True where a text begins with the name of a system: "bookmarks api w/ tags", "Movie watchlist with title". */
export const beginsHeadline = (text: string): boolean => {
  const match = stop.exec(` ${text}`)
  const words = (match ? text.slice(0, Math.max(0, match.index - 1)) : text)
    .toLowerCase()
    .replace(/["`]/g, '')
    .trim()
    .split(/\s+/)
  const last = words.at(-1) ?? ''
  if (words.length > 7 || words.some((word) => functionWords.has(word) && !determiners.has(word))) return false
  return pureSystemWords.has(last) || (systemWords.has(last) && words.length > 1)
}
