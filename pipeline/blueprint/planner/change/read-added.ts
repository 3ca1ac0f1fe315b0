import type { Architecture } from '../../../../schemas/generated/architecture.ts'
import { fieldTypes, looseFields } from '../lexicon/field-types.ts'
import { isPersonNoun } from '../lexicon/people.ts'
import { childThings, listWords } from '../lexicon/sharing.ts'
import { knownThings } from '../lexicon/things.ts'
import { readClause } from '../read/clause.ts'
import { splitItems } from '../read/items.ts'
import { takeLimits } from '../read/limits.ts'
import { keyOf, nounOf } from '../read/noun.ts'
import { roleOf } from '../read/people.ts'
import { meet, type Reader } from '../read/reader.ts'
import { typeOfPhrase } from '../read/type-of.ts'
import { isKnown } from '../resolve/defaults.ts'
import { type Entry, entriesOf, findAnyField, findEntry } from './view.ts'

/** Reads what is to be added, to what, into facts. Returns false where nothing is. */
export const readAdded = (
  object: string,
  architecture: Architecture,
  preferred: Entry | undefined,
  reader: Reader,
): boolean => {
  if (
    /^(?:(?:user|member|basic|simple|proper|some|an?|the|jwt|password|email)\s+)*(?:accounts?|authentication|authorization|log-?ins?|sign-?in|sign-?ups?|users|registration|auth)(?:\s+(?:and|with)\s+(?:log-?in|sign-?in|passwords?|registration|roles|authentication|email).*)?$/i.test(
      object,
    )
  ) {
    reader.facts.push({ kind: 'accounts', on: true })
    return true
  }
  const role =
    /^(?:an?\s+|the\s+)?(?:new\s+)?(?:role\s+(?:called\s+|named\s+|for\s+)?["']?([\p{L}_-]+)["']?|["']?([\p{L}_-]+)["']?\s+role)s?(?:\s+(?:that|who|which|with)\s+(.+))?$/iu.exec(
      object,
    )
  if (role) {
    const name = (role[1] ?? role[2]!).toLowerCase()
    reader.facts.push({ kind: 'role', name })
    const having = /\srole\s+with\s/i.test(` ${object}`) || /\swith\s+(?:read|write|full|view)/i.test(object)
    if (role[3]) readClause(`${name}s ${having ? 'have ' : ''}${role[3]}`, reader, false)
    return true
  }
  const person =
    /^(?:an?\s+|the\s+)?(?:new\s+)?([\p{L}-]+(?: [\p{L}-]+)?)s?\s+(?:who|that|which)\s+((?:can|may|should|must|is|are|only|sees?|manages?|has|have)\b.+)$/iu.exec(
      object,
    )
  const named = person ? roleOf(person[1]!) : undefined
  if (person && named && !/^(?:everyone|we|owner|nobody|signed)$/.test(named)) {
    reader.facts.push({ kind: 'role', name: named })
    readClause(`${person[1]!} ${person[2]!}`, reader, false)
    return true
  }
  const more = moreOf(object, architecture)
  if (more) {
    readAdded(more.first, architecture, preferred, reader)
    const isNew = reader.facts.some((fact) => fact.kind === 'thing')
    if (more.what && isNew) reader.facts.push({ kind: 'unread', text: `${more.what} to ${more.rest}` })
    else if (more.what) readAdded(`${more.what} to ${more.rest}`, architecture, preferred, reader)
    else if (/^(?:an?|some|optional|the)\s/i.test(more.rest)) readAdded(more.rest, architecture, preferred, reader)
    else readClause(more.rest, reader, false)
    return true
  }
  const to =
    /^(.+?)\s+(?:to|on|for|in|onto)\s+(?:each\s+|every\s+|all\s+|the\s+|our\s+|my\s+|a\s+|an\s+)*([\p{L}_-]+(?: [\p{L}_-]+)?)(?:\s+(?:with|which|that)\s+.+)?$/iu.exec(
      object.replace(/\((?:[^()]|\([^()]*\))*\)/g, (inner) => '_'.repeat(inner.length)),
    )
  const target = to ? findEntry(architecture, to[2]!) : undefined
  const list = to && target ? object.slice(0, to[1]!.length) : object
  const valued =
    /^(.+?)\s+(?:with|of|that has|which has)\s+(?:the\s+|these\s+)?(?:possible\s+)?(?:values?|options?|choices?|states?)\s*:?\s*(.+)$/i.exec(
      object,
    )
  if (valued && !/[(]/.test(valued[1]!))
    return readAdded(
      `${valued[1]!} (${valued[2]!.replace(/\s+(?:to|on|for)\s+(?:the\s+|each\s+|all\s+)?\S+$/i, '')})`,
      architecture,
      preferred,
      reader,
    )
  const withParts = /^(.+?)\s+(?:with|that have|having|which have|that has)\s+(.+)$/i.exec(
    (target ? list : object).replace(/\((?:[^()]|\([^()]*\))*\)/g, (inner) => '_'.repeat(inner.length)),
  )
  if (withParts) {
    const head = nounOf(object.slice(0, withParts[1]!.length).replace(/\s+(?:to|on|for)\s+.*$/i, ''))
    if (head && !findEntry(architecture, head.words.join(' '))) {
      meet(reader, head, 'named')
      reader.facts.push({
        kind: 'fields',
        of: head,
        items: splitItems((target ? list : object).slice(-withParts[2]!.length)),
        extends: false,
      })
      if (target)
        reader.facts.push({ kind: 'parent', child: head, parent: nounOf(target.words)!, optional: false, sure: true })
      return true
    }
  }
  const described = /^([\p{L}-]+s(?: [\p{L}-]+s)?|[\p{L}-]+ [\p{L}-]+s)\s*:\s+(.+)$/isu.exec(list)
  const fresh = described ? nounOf(described[1]!) : undefined
  if (described && fresh && !findEntry(architecture, fresh.words.join(' '))) {
    meet(reader, fresh, 'named')
    reader.facts.push({ kind: 'fields', of: fresh, items: splitItems(described[2]!), extends: false })
    if (target)
      reader.facts.push({ kind: 'parent', child: fresh, parent: nounOf(target.words)!, optional: false, sure: true })
    return true
  }
  const fieldItems: string[] = []
  for (const item of splitItems(list)) {
    const parens = /^([^(]+)\((.+)\)\s*$/s.exec(item)
    const noun = nounOf(parens ? parens[1]! : item.replace(/\s*:.*$/, ''))
    const entry = noun ? findEntry(architecture, noun.words.join(' ')) : undefined
    const key = noun ? keyOf(noun) : ''
    const field = findAnyField(architecture, key.replaceAll('_', ' '), target ?? preferred)
    const known = noun !== undefined && isKnown(key) && knownThings.has(key.replaceAll('_', ' '))
    const groups =
      /^(?:category|project|list|folder|group|team|author|customer|company|client|supplier|department|board|workspace|collection|brand|publisher|venue|room|location|member|employee|person|contact)$/.test(
        key,
      )
    const asThing =
      noun !== undefined &&
      (noun.plural ||
        (parens !== null &&
          target !== undefined &&
          splitItems(parens[2]!).length > 1 &&
          (isPersonNoun(key) || groups) &&
          /\b(?:name|email|title)\b/i.test(parens[2]!))) &&
      !entry &&
      field.length === 0 &&
      (!listWords.has(noun.words.at(-1)!) || (parens !== null && splitItems(parens[2]!).length > 1)) &&
      (parens
        ? !/^(?:low|high|yes|no|open)\b/i.test(parens[2]!) && !describesField(parens[2]!)
        : (known && ((!fieldTypes.has(key) && !looseFields.has(key)) || (childThings.has(key) && key !== 'note'))) ||
          groups)
    if (noun && asThing) {
      const child = noun.plural && (childThings.has(noun.words.at(-1)!) || (target !== undefined && !groups))
      meet(reader, noun, 'named')
      if (parens) reader.facts.push({ kind: 'fields', of: noun, items: splitItems(parens[2]!), extends: false })
      const other = target ?? (child ? preferred : undefined)
      if (other)
        reader.facts.push({
          kind: 'parent',
          child: child ? noun : nounOf(other.words)!,
          parent: child ? nounOf(other.words)! : noun,
          optional: !child,
          sure: true,
        })
    } else if (entry && target && entry.name !== target.name)
      reader.facts.push({
        kind: 'parent',
        child: noun!.plural ? noun! : nounOf(target.words)!,
        parent: noun!.plural ? nounOf(target.words)! : noun!,
        optional: true,
        sure: true,
      })
    else fieldItems.push(item)
  }
  if (fieldItems.length > 0) {
    const of = target ?? bestFor(architecture, fieldItems, preferred)
    if (to && !target && !of) return false
    if (of)
      reader.facts.push({
        kind: 'fields',
        of: nounOf(of.words)!,
        items: fieldItems.map((item) =>
          item
            .replace(/\s+field$/i, '')
            .replace(
              /^(?:an? |the )?(?:new )?(?:fields?|columns?|propert(?:y|ies)) (?:called |named |for )?(?=\S)/i,
              '',
            ),
        ),
        extends: true,
      })
  }
  return reader.facts.length > 0
}

/** "A due date to todos, and tell the team": what is added to what, and what else is said; `what`: where that is another such thing. */
const moreOf = (
  object: string,
  architecture: Architecture,
): { first: string; rest: string; what?: string } | undefined => {
  if (/[(:]/.test(object)) return undefined
  const found =
    /^(?<first>(?<what>.+?) to (?:each |every |all |the |our |my )?(?<thing>[\p{L}-]+))(?:, (?:and )?| and )(?:to )?(?<rest>.+)$/iu.exec(
      object,
    )
  const { first = '', what = '', thing = '', rest = '' } = found?.groups ?? {}
  const isThing = (words: string): boolean => findEntry(architecture, words) !== undefined
  if (!found || !isThing(thing)) return undefined
  return isThing(rest.split(/,| and /)[0]!) ? { first, rest, what } : { first, rest }
}

/** The model that a field most likely belongs to where none is named: one that usually has it, else the preferred. */
const bestFor = (
  architecture: Architecture,
  items: readonly string[],
  preferred: Entry | undefined,
): Entry | undefined => naturalFor(architecture, items) ?? preferred

/** The model that usually has such a field. */
export const naturalFor = (architecture: Architecture, items: readonly string[]): Entry | undefined => {
  const noun = nounOf(items[0]!.replace(/[(:].*$/, ''))
  const name = noun ? keyOf(noun) : ''
  return entriesOf(architecture).find(
    (entry) =>
      entry.name !== 'User' &&
      knownThings
        .get(entry.words)
        ?.fields.split(/[,?:=]\s*/)
        .includes(name),
  )
}

/** True where brackets only say of what kind a field is: "(long text, optional)". */
const describesField = (inner: string): boolean =>
  splitItems(inner).every((item) => typeOfPhrase(item.trim()) !== undefined || takeLimits(item).rest === '')
