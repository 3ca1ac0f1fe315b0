import { allOperations } from '../../lexicon/verbs.ts'
import { looseWho, readWho } from '../people.ts'
import type { Reader } from '../reader.ts'
import { readThingList } from '../thing-list.ts'
import { everybodyMay, ownersOnly, pushAccess } from './push.ts'

const whole =
  /^(?:everything|all(?: the)?(?: data)?|it all|all of it|it|this|the (?:data|list|api)|data|they|(?:every|each)one's data|reading)$/i
const state =
  /^(?:(?:but|and|so)\s+)?(.{1,60}?)\s+(?:are|is|should be|must be|stays?|remains?|be|should stay|should remain|can be|kept|(?:should|must|may|can) (?:not|no longer) be|(?:is|are) (?:not|no longer|not supposed to be))\s+(?:all\s+|always\s+|strictly\s+|completely\s+|kept\s+)?(private|personal|confidential|secret|public(?:ly)?(?: (?:readable|visible|viewable|accessible|available))?|shared|open|world-readable|read-?only)(?: by default)?(?:\s+(?:to|for|by|between|among|with|per)\s+(.+?))?(?: any ?more)?$/i
const belongs =
  /^(?:everything|all(?: the)?(?: data)?|it all|all of it|every \w+|all \w+|(?:my |their |its )?\w+s?)\s+belongs? to (?:the |a |an |one |its |their |his |her |exactly one )?(?:signed[- ]in |logged[- ]in |current |own )?(?:user|person|owner|account|creator|me)\b/i
const alone =
  /^(?:only (?:i|the owner|its owner|their owner)\s+(?:can|may|should)\s+(?:\w+(?:,? (?:and|or) \w+)*)\s+(.+)|(.+?)\s+(?:are|is|should be)\s+(?:only\s+)?visible\s+(?:only\s+)?to\s+(?:me|that user|that person|the owner|their owner|its owner|the (?:user|person) who \w+ (?:it|them))(?:\s+(?:alone|only))?|nobody (?:but|except) (?:me|the owner|its owner)\s+(?:can|may)\s+(?:\w+)\s+(.+))$/i
const apart =
  /^(?:(?:all|keep it|keep them|strictly|completely|everything|make it) )*(?:private|personal|confidential)(?: by default)?(?: (?:per|to each|for each|for every|to every|to the|by) (?:user|person|member|account|owner))?$/i
const openly =
  /^(?:with |and )?(?:public(?:ly)? (?:read(?:able|ing)?(?: access)?|readable|visible)|public (?:to|for) (?:read(?:ing)?|view(?:ing)?|see|browse)|open (?:to|for) (?:read(?:ing)?|view(?:ing)?|brows(?:e|ing))(?: (?:to|for|by) (?:all|everyone|everybody|anyone))?|read(?:ing)? (?:access )?(?:is|should be) public|publicly readable|public listing)$/i

const sharing = /^(?:.{0,40}\b)?(?:shares?|sharing) (?:the same|all|one|a common|everything|the)(?: .{0,40})?$/i

/** "todos are private", "everything is public", "public read access". */
export const readPrivacy = (text: string, reader: Reader): boolean =>
  readSharing(text, reader) ||
  readBelonging(text, reader) ||
  readAlone(text, reader) ||
  readWhole(text, reader) ||
  readState(text, reader)

/** "all flatmates share the same chores". */
const readSharing = (text: string, reader: Reader): boolean => {
  if (
    !sharing.test(text) ||
    !/^(?:we|they|all|everyone|everybody|both|the|users|people|members|our|\p{L}+s)\b/iu.test(text)
  )
    return false
  reader.facts.push({ kind: 'shared' })
  return true
}

const ownerKeeps = (object: string, reader: Reader, accounts: boolean): true => {
  pushAccess(reader, ownersOnly, false, allOperations, object, 'own')
  if (accounts) reader.facts.push({ kind: 'accounts', on: true })
  return true
}

const readBelonging = (text: string, reader: Reader): boolean => {
  if (!belongs.test(text)) return false
  return ownerKeeps(
    /^(?:everything|all|it all)/i.test(text) ? 'everything' : text.split(/\s+belongs?/i)[0]!,
    reader,
    true,
  )
}

const readAlone = (text: string, reader: Reader): boolean => {
  const found = alone.exec(text)
  if (!found) return false
  const said = (found[1] ?? found[2] ?? found[3])!.replace(/^(?:my|their|any|any of (?:it|them|this)|the)\s+/i, '')
  const all = /^(?:it|them|everything|anything|any of (?:it|them|this)|this|any)$/i.test(said)
  return ownerKeeps(all ? 'everything' : said, reader, true)
}

const readWhole = (text: string, reader: Reader): boolean => {
  if (apart.test(text)) return ownerKeeps('everything', reader, false)
  if (!openly.test(text)) return false
  pushAccess(reader, everybodyMay, false, ['list', 'read'], 'everything', 'all')
  return true
}

/** "Defects that are open for more than 14 days": which ones, and for how long, is no word about who sees them. */
const ofSome = /\b(?:that|which|who|if|when|where|while|once)\b/i
const howLong =
  /^(?:(?:more|less|longer|at least|up to|over|about) )?(?:than )?(?:\d+|an?|one|two|three|several|some|too long|ever)\b/i

const readState = (text: string, reader: Reader): boolean => {
  const is = state.exec(text)
  if (!is || ofSome.test(is[1]!) || howLong.test(is[3] ?? '')) return false
  const subject = /^(?:browsing|reading|viewing|looking|searching|read access)$/i.test(is[1]!) ? 'everything' : is[1]!
  const word = is[2]!.toLowerCase()
  // "Tickets are open": not closed yet. That says of nobody that they may see them.
  if (word === 'open' && !is[3] && !whole.test(subject)) return false
  const not = /\b(?:not|no longer)\b/i.test(text.slice(0, text.toLowerCase().lastIndexOf(word)))
  if (readWho(subject) && !/^(?:everything|all)/i.test(subject)) return false
  // "courses with a name and a price are public": the fields are said on the way.
  const described = /^(.{2,30}?)\s+with\s+.+$/i.exec(subject)
  if (described) readThingList(subject, reader, 'named')
  const object = described
    ? described[1]!
    : whole.test(subject)
      ? 'everything'
      : subject.replace(/^(?:(?:all|the|every|each|their|my|our)\s+)+(?:lists? of\s+(?:the\s+|all\s+)?)?/i, '')
  if (word === 'shared') {
    reader.facts.push({ kind: 'shared' })
    return true
  }
  const who = is[3] ? readWho(is[3]) : undefined
  if (/^(?:private|personal|confidential|secret)$/.test(word) && !not) return readPrivate(is[3], object, reader)
  if (not) {
    if (/^private|^personal|^confidential/.test(word)) return false
    pushAccess(reader, everybodyMay, true, allOperations, object, 'all')
    reader.facts.push({ kind: 'accounts', on: true })
    return true
  }
  pushAccess(reader, who ?? everybodyMay, false, ['list', 'read'], object, 'all')
  return true
}

const teams =
  /^(?:the |our |my |a )?(?:team|group|company|club|family|household|office|department|house|lab|firm|class|crew|staff members|members|users|employees|organi[sz]ation|us|people who work here)(?: only)?$/i

/** "private", "private to the team", "confidential, between doctors". */
export const readPrivate = (to: string | undefined, object: string, reader: Reader): boolean => {
  if (to && teams.test(to.trim())) {
    pushAccess(reader, { names: ['signed'], only: true, not: false }, false, allOperations, object, 'all')
    reader.facts.push({ kind: 'accounts', on: true }, { kind: 'shared' })
    return true
  }
  const who = to ? (readWho(to) ?? looseWho(to)) : undefined
  const people = who?.names.filter((name) => !['user', 'signed', 'we', 'owner'].includes(name)) ?? []
  if (!who || people.length === 0 || /\b(?:their|each|own|its)\b/i.test(to!)) return ownerKeeps(object, reader, false)
  pushAccess(reader, { ...who, only: true }, false, allOperations, object, 'all')
  return true
}
