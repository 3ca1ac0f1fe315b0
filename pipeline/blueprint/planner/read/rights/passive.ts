import { grantedRoles } from '../../lexicon/people.ts'
import { allOperations, baseVerb, type Operation, operationsOf } from '../../lexicon/verbs.ts'
import { splitItems } from '../items.ts'
import { looseWho, readWho, type Who } from '../people.ts'
import type { Reader } from '../reader.ts'
import { readThingList } from '../thing-list.ts'
import { ownersOnly, pushAccess } from './push.ts'

const participles =
  /^(?:visible|shown|viewed|seen|read|readable|accessed|accessible|edited|editable|changed|modified|updated|deleted|removed|created|added|managed|made|written|posted|published|browsed|listed|viewable|approved|closed|assigned|cancelled|canceled|public|private|available|open|writable|shared|entered|recorded|registered|handled|touched|maintained|curated|administered|submitted|done|found|searched|searchable|looked-at)$/i
const passive =
  /^(.{1,80}?)\s+(?:(can|may|should|must|are|is|can ?not|will)\s+)?((?:not|never) )?(only )?(?:be )?(only )?((?:(?:publicly )?[\p{L}-]+)(?:(?:,| and| or|, and|, or) (?:be )?[\p{L}-]+){0,4}) (only )?(?:by|to|for) (.+)$/iu

const others =
  /^(?:(?:all |any )?other (?:\p{L}+)|others|anyone else|anybody else|each other|someone else|strangers)$/iu

const agents =
  /\b(?:is|are|be)\s+(?:only\s+)?(?:created|added|entered|edited|changed|updated|deleted|removed|managed|maintained|approved|published|seen|read|viewed|visible|readable|shown|editable)\b.*?\s(?:by|to|for)\s+(?:only\s+)?(.{2,40}?)(?:\s+(?:and|but)\s+.*)?$/i

/** True for a sentence such as "surveys are created by analysts and shown to all": who does it is staff, or everybody. */
export const isPassiveRight = (text: string): boolean => {
  const by = text.length < 200 ? agents.exec(text)?.[1] : undefined
  const names = by ? (readWho(by)?.names ?? []) : []
  return names.some(
    (name) => ['everyone', 'signed', 'admin'].includes(name) || grantedRoles.has(name.split('_').at(-1)!),
  )
}

/** "created by analysts and shown to all": two rights of one subject. */
const twice =
  /^(.{2,60}?)\s+((?:is|are|can be|may be|must be)\s+.+?\s(?:by|to|for)\s+.+?)\s+(?:and|but)\s+((?:only\s+)?(?:created|added|edited|changed|updated|deleted|removed|managed|maintained|approved|published|seen|read|viewed|visible|readable|shown|editable)\s+(?:only\s+)?(?:by|to|for)\s+.+)$/i

/** "posts can only be deleted by admins", "projects are visible to everyone". */
export const readPassive = (text: string, reader: Reader): boolean => {
  const both = twice.exec(text)
  if (both) {
    const verb = /^(?:is|are|can be|may be|must be)/i.exec(both[2]!)![0]
    return [both[2]!, `${verb} ${both[3]!}`].map((part) => readPassive(`${both[1]!} ${part}`, reader)).every(Boolean)
  }
  const found = passive.exec(
    /^(?:(?:only |publicly )?(?:visible|readable|editable|writable|accessible|viewable)) (?:only )?(?:to|by|for)\s/i.test(
      text,
    )
      ? `everything is ${text}`
      : text,
  )
  if (!found) return false
  const verbs = found[6]!
    .toLowerCase()
    .replace(/publicly /, '')
    .split(/\s*(?:,|\band\b|\bor\b)\s*(?:be\s+)?/)
    .filter(Boolean)
  if (verbs.length === 0 || !verbs.every((verb) => participles.test(verb))) return false
  const said = found[8]!
  const only = [found[4], found[5], found[7]].some(Boolean) || /^(?:only|nobody but|no one but)/i.test(said)
  const by = said
    .replace(/\s+(and|or)\s+(?:to|by|for)\s+/gi, ' $1 ')
    .replace(/^(?:only|just)\s+/i, '')
    .replace(/\s+only$/i, '')
    .replace(/\s+without\s+.*$/i, '')
  const refused = found[3] !== undefined || /not/i.test(found[2] ?? '')
  if (refused && others.test(by)) {
    pushAccess(reader, ownersOnly, false, allOperations, subjectsOf(found[1]!)[0]!, 'own')
    reader.facts.push({ kind: 'accounts', on: true })
    return true
  }
  const modal = /^(?:can|may|must|should)$/i.test(found[2] ?? '')
  const who = readWho(by) ?? (modal || only ? looseWho(by) : undefined)
  if (!who) return false
  // "can not be deleted by anyone": not by an administrator either.
  if (refused && /^(?:anyone|anybody)$/i.test(by.trim())) Object.assign(who, { names: ['nobody'], barred: ['admin'] })
  if (who.names.includes('we')) Object.assign(who, { names: ['owner'], only: true })
  const kept = verbs.some((verb) => /^(?:managed|maintained|curated|administered)$/.test(verb))
  const right: Who = { ...who, only: only || modal || kept || who.only }
  const ops = [...new Set(verbs.flatMap(opsOfParticiple))]
  const subject = found[1]!
  const objects = subjectsOf(subject)
  if (/\([^)]*,/.test(subject)) readThingList(subject, reader, 'named')
  for (const object of objects)
    pushAccess(reader, right, refused, ops, object, who.names.includes('owner') ? 'own' : 'all')
  return true
}

const subjectsOf = (said: string): string[] => {
  const subject = said.replace(/^(?:(?:and|but|so)\s+)?(?:the|all|every|each|any)\s+/i, '')
  const whole = /^(?:browsing|reading|viewing|looking|searching|everything|it all|all of (?:it|this)|this|data)$/i.test(
    subject,
  )
  return whole ? ['everything'] : splitItems(subject.replace(/^lists? of\s+(?:the\s+|all\s+)?/i, ''))
}

export const opsOfParticiple = (word: string): readonly Operation[] => {
  if (
    /^(?:visible|shown|viewed|seen|read|readable|browsed|listed|viewable|public|available|open|shared|found|search\w*)$/.test(
      word,
    )
  )
    return ['list', 'read']
  if (/^(?:managed|maintained|curated|administered)$/.test(word)) return ['create', 'update', 'delete']
  if (/^(?:accessed|accessible|private|touched|handled)$/.test(word)) return allOperations
  if (/^(?:editable|writable)$/.test(word)) return ['update']
  return operationsOf.get(baseVerb(word)) ?? ['update']
}
