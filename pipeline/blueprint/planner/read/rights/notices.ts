import { allOperations, type Operation } from '../../lexicon/verbs.ts'
import { looseWho, readWho, type Who } from '../people.ts'
import type { Reader } from '../reader.ts'
import { readActive } from './active.ts'
import { readLoginFor, readNeeds, writeRight } from './login.ts'
import { opsOf, reading } from './nouns.ts'
import { pushAccess } from './push.ts'
import { isDeed } from './signs.ts'
import { readPrivate } from './states.ts'
import { readEntry } from './table.ts'

/** Rights said with nouns and without a verb: "staff only", "public read, admin write", "login required to post". */
export const readNotice = (text: string, reader: Reader): boolean =>
  readExcept(text, reader) ||
  readLine(text, reader) ||
  readOnlyFor(text, reader) ||
  readTeamOnly(text, reader) ||
  readTable(text, reader) ||
  readLoginFor(text, reader) ||
  readNeeds(text, reader)

const push = (reader: Reader, who: Who, ops: readonly Operation[], object: string): void => {
  const reads = ops.every((op) => reading.includes(op))
  const open = who.names.includes('everyone')
  // "write access for editors" keeps others from writing; "read access for guests" opens.
  const only = who.only || (!open && !reads)
  writeRight(reader, { ...who, only, limited: reads && !open }, ops, object)
  if (!open) reader.facts.push({ kind: 'accounts', on: true })
}

/** "read only for everybody except the archivist, who can do anything". */
const readExcept = (text: string, reader: Reader): boolean => {
  const found =
    /^(?:(?:it|this|everything|all of it|the \w+) (?:is|are|should be) )?(?:read[- ]?only|view[- ]?only) (?:for|to) (.{2,30}?),? (?:except(?: for)?|but not(?: for)?|apart from|other than) (.{2,40}?)(?:,? who .+)?$/i.exec(
      text,
    )
  const readers = found ? readWho(found[1]!) : undefined
  const writers = found ? looseWho(found[2]!) : undefined
  if (!readers || !writers) return false
  push(reader, readers, reading, 'everything')
  pushAccess(reader, { ...writers, only: true }, false, ['create', 'update', 'delete'], 'everything', 'all')
  reader.facts.push({ kind: 'accounts', on: true })
  return true
}

/** "curators: create and update artworks". */
const readLine = (text: string, reader: Reader): boolean => {
  const found = /^([^:(]{2,30}):\s*([^:]{2,80})$/.exec(text)
  if (!found || !readWho(found[1]!) || readEntry(text) || !isDeed(found[2]!)) return false
  reader.facts.push({ kind: 'accounts', on: true })
  return readActive(`${found[1]} can ${found[2]!.replace(/^(?:can|may)\s+/i, '')}`, reader)
}

/** "staff only", "for members only", "only for the team", "internal use only". */
const readOnlyFor = (text: string, reader: Reader): boolean => {
  const found =
    /^(?:(?:it|this|everything|all of this) (?:is|should be) )?(?:(?:strictly |just )?(?:only )?for )?(?:the |our )?([\p{L}-]+(?: [\p{L}-]+)?)(?: (?:use|eyes|access))? only$|^(?:(?:it|this|everything) (?:is|should be) )?(?:only|just|exclusively) for (?:the |our )?([\p{L}-]+(?: [\p{L}-]+)?)$/iu.exec(
      text,
    )
  const said = found?.[1] ?? found?.[2]
  if (!said || opsOf(said)) return false
  if (
    /^(?:internal(?:ly)?|in-house|team|company|office|family|logged-in users?|signed-in users?|users?|members)$/i.test(
      said,
    )
  )
    return readPrivate('the team', 'everything', reader)
  const who = readWho(said)
  if (!who || who.names.some((name) => name === 'everyone' || name === 'nobody' || name === 'we')) return false
  push(reader, { ...who, only: true }, allOperations, 'everything')
  return true
}

/** "private to the team", "internal to our company". */
const readTeamOnly = (text: string, reader: Reader): boolean => {
  const found =
    /^(?:(.{2,40}?),?\s+)?(?:strictly )?(?:private|internal|confidential|restricted|limited)(?: (?:to|for|within|inside) (.+))$/i.exec(
      text,
    )
  if (!found || /\b(?:are|is|be|was|deleting|editing|adding)\b/i.test(found[1] ?? '')) return false
  return !found[1] && readPrivate(found[2], 'everything', reader)
}

/** "public read, admin write", "read access for all, write access for members", "editors: create and edit". */
const readTable = (text: string, reader: Reader): boolean => {
  const whole = readEntry(text)
  const parts = whole
    ? [text]
    : text.split(/\s*[,;]\s*(?:and\s+|but\s+)?|\s+(?:and|but)\s+(?=\S+ (?:read|write|edit|create|delete|full|only))/i)
  const entries = parts.map(readEntry)
  if (!entries.every((entry) => entry !== undefined)) return false
  for (const { who, ops } of entries as { who: Who; ops: readonly Operation[] }[]) push(reader, who, ops, 'everything')
  return true
}
