import { listed, peopleOf } from '../../language/words.ts'
import { allOperations, baseVerb, isReading, type Operation, operationsOf } from '../../lexicon/verbs.ts'
import { type Action, readActions } from '../actions.ts'
import { keyOf, type Noun } from '../noun.ts'
import type { Who } from '../people.ts'
import type { Reader } from '../reader.ts'
import { writeActions } from './act.ts'
import { nounFor, pushAccess, pushRight } from './push.ts'
import { gapped, isOperation, modal, subjectOf } from './subjects.ts'

/** "patients see only their own", "admins can do everything", "only managers delete", "the board may not edit them". */
export const readActive = (text: string, reader: Reader): boolean => {
  const subject = subjectOf(text, reader)
  if (!subject) return false
  for (const [i, predicate] of predicatesOf(subject.rest).entries())
    if (!readPredicate(subject.who, predicate, reader) && i === 0) return false
  return true
}

/** Parts "sees all bookings but can only cancel their own" where another "can" begins. */
const predicatesOf = (rest: string): string[] =>
  rest
    .split(
      /(?:\s*,\s*(?:and\s+|but\s+|or\s+)?|\s+(?:and|but|yet)\s+)(?:(?:they|he|she)\s+)?(?:also\s+)?(?=(?:can|may|must|should|could|do|does|are|is)\s+(?:not\s+|only\s+|also\s+|never\s+|allowed\s+|able\s+|just\s+)*[\p{L}]+|can ?not\s|only\s+(?:see|view|read|edit|change|update|delete|remove|cancel|manage)\s)/iu,
    )
    .filter((part) => part.trim() !== '')

/** "sees all of them and sets the status" -> "sees all of them and set the status". */
const plainForm = (text: string): string =>
  text.replace(
    /(,\s*(?:and\s+)?|\s(?:and|or|but)\s+)([\p{L}-]+s)(?=\s+(?:the|an?|their|his|her|its|all|any|them|it|each|every|only|own|[\p{L}]+s\b))/giu,
    (found, joint: string, verb: string) => {
      const base = baseVerb(verb.toLowerCase())
      return base !== verb.toLowerCase() && operationsOf.has(base) ? `${joint}${base}` : found
    },
  )

const refusal =
  /^(.*?)\s*,?\s+(?:and |but |yet )?(?:never|not|(?:can|may|must|should) (?:not|never)) (?:to )?((?:see|view|read|add|create|edit|update|change|modify|alter|touch|delete|remove|write|post|approve|cancel|manage|publish)\b.*)$/i

/** "look but not touch", "see their own results, never change them": what is granted, and what is refused. */
const withoutRefusal = (predicate: string): [string, string?] => {
  const found = refusal.exec(predicate)
  if (!found || !/\S/.test(found[1]!.replace(/^(?:can|may|only|also|just|\s)+/i, ''))) return [predicate]
  const [, kept = '', refused = ''] = found
  const bare = /^(?:(?:can|may|only|also|just)\s+)*[\p{L}-]+$/u.test(kept)
  const object = refused.replace(/^(?:[\p{L}-]+(?:,? (?:or|and) )?)(?:[\p{L}-]+$)?/u, '').trim()
  return [bare && object ? `${kept} ${object}` : kept, refused]
}

const butNot =
  /^(.+?)\s*,?\s+(?:but|and|yet|though) (?:not|never|no|none of)\s+((?:(?:the|any|any of|their|its|his|her|all|all of)\s+)*)([\p{L}-]+(?: [\p{L}-]+)?(?:(?:,? (?:and|or|nor) (?:the |their |its )?|, )[\p{L}-]+(?: [\p{L}-]+)?)*)$/iu
const exceptFor =
  /^(.+?)\s*,?\s+(?:except(?: for)?|apart from|other than|without|excluding)\s+((?:(?:the|any|their|its|his|her)\s+)+)([\p{L}-]+(?: [\p{L}-]+)?(?:(?:,? (?:and|or|nor) (?:the |their |its )?|, )[\p{L}-]+(?: [\p{L}-]+)?)*)$/iu

/**
 * "See all members but not their payments": what is left out is kept from them, as is all of it where it is only a part
 * that could not be hidden alone (see behaviour/seen). Returns undefined where nothing of the kind is said.
 */
const readLeftOut = (subject: Who, predicate: string, reader: Reader): boolean | undefined => {
  const found = butNot.exec(predicate) ?? exceptFor.exec(predicate)
  const [, kept = '', whose = '', left = ''] = found ?? []
  const [first = ''] = left.toLowerCase().split(/[\s,]/)
  const others =
    /^(?:own|theirs|others?|those|ones?|everyone|everybody|each|more|all|even|only|to|by|in|on|at|for|yet|just)$/
  if (!found || others.test(first) || (whose === '' && isOperation(first)) || /ly$/.test(first)) return undefined
  const before = reader.facts.length
  if (!readPredicate({ ...subject }, kept, reader)) return undefined
  const granted = reader.facts.slice(before).filter((fact) => fact.kind === 'access')
  const about = reader.last
  if (granted.length === 0) {
    reader.facts.splice(before)
    return undefined
  }
  const closed: Who = { names: [...subject.names], only: false, not: false }
  for (const part of left.split(/\s*(?:,|\band\b|\bor\b|\bnor\b)\s*/).filter(Boolean)) {
    const noun = nounFor(part.replace(/^(?:the|their|its) /i, ''), reader)
    if (noun && isStored(noun, reader)) {
      pushRight(reader, closed, true, allOperations, noun, 'all')
      if (/their|its|his|her/i.test(whose) && about && about !== noun)
        reader.facts.push({ kind: 'parent', child: noun, parent: about, optional: false, sure: false })
      continue
    }
    reader.facts.push({
      kind: 'unread',
      text: `${listed(subject.names.map(peopleOf))} ${predicate}`,
    })
    for (const fact of granted) if (fact.noun) pushRight(reader, closed, true, fact.ops, fact.noun, 'all')
  }
  reader.last = about
  return true
}

const isStored = (noun: Noun, reader: Reader): boolean =>
  reader.glossary?.things.has(keyOf(noun)) === true ||
  reader.facts.some((fact) => fact.kind === 'thing' && keyOf(fact.noun) === keyOf(noun))

const readPredicate = (subject: Who, predicate: string, reader: Reader): boolean => {
  const leftOut = readLeftOut(subject, predicate, reader)
  if (leftOut !== undefined) return leftOut
  const [kept, refused] = withoutRefusal(predicate)
  if (refused !== undefined) {
    const before = reader.facts.length
    if (!readPredicate(subject, kept, reader)) return false
    readPredicate(subject, `can not ${refused}`, reader)
    return reader.facts.length > before
  }
  const led = modal.exec(predicate)
  const lead = led?.[2]?.toLowerCase() ?? ''
  let rest = led ? predicate.slice(led[0].length).trim() : predicate
  const who: Who = { ...subject }
  let not = /not$|\bnot\b|\bnever\b/.test(lead)
  // "admins only may delete": nobody else; "interns may only read": nothing else.
  if (/\bonly\b/i.test(led?.[1] ?? '')) who.only = true
  let limited = /\bonly\b|\bread-only\b/.test(lead)
  for (;;) {
    const word =
      /^(do not|does not|not|never|only|just|also|always|even|still|then|be able to|be allowed to|have access to|get to)\s+/i.exec(
        rest,
      )
    if (!word) break
    if (/not|never/i.test(word[1]!)) not = true
    if (/only|just/i.test(word[1]!)) limited = true
    rest = rest.slice(word[0].length)
    if (/access/i.test(word[1]!)) rest = `access ${rest}`
  }
  if (!not && /^(?:\S+)\s+only\b/i.test(rest)) {
    limited = true
    rest = rest.replace(/^(\S+)\s+only\b/i, '$1')
  }
  if (!not && /\S\s+only$/i.test(rest)) {
    limited = true
    rest = rest.replace(/\s+only$/i, '')
  }
  if (limited && !who.only) who.limited = true
  if (rest === '' && /access$/.test(lead)) rest = 'everything'
  if (rest === '') return false
  const ops = nounOps(lead)
  if (ops) {
    writeActions(who, [{ verbs: ['access'], ops, object: rest }], reader, not)
    return true
  }
  if (
    /^(?:do|does|access|accesses|edit|edits|update|updates|change|changes|modify|modifies|touch|touches|see|sees|view|views|read|reads|manage|manages|delete|deletes) (?:everything|anything|it all|all)(?: else)?[.!]?$/i.test(
      rest,
    )
  ) {
    const verb = baseVerb(rest.split(/\s+/)[0]!.toLowerCase())
    const all = wholeOps(verb, who.only)
    pushAccess(reader, who, not, all, 'everything', 'all')
    reader.deed = { verbs: [verb], ops: all }
    return true
  }
  // "Technicians cannot do everything with defects" takes nothing for sure.
  if (not && /^do (?:everything|all) (?:with|to) \S/i.test(rest)) {
    const people = listed(who.names.map(peopleOf))
    reader.facts.push({ kind: 'unread', text: `${people} can not ${rest}` })
    return true
  }
  if (
    !isOperation(
      rest
        .split(/[\s,]/)[0]!
        .toLowerCase()
        .replace(/[^\p{L}-]/gu, ''),
    ) &&
    gapped.test(rest)
  )
    return readGapped(who, rest, reader, not)
  writeActions(who, withoutMaking(readActions(/^\S+s\s/.test(rest) ? plainForm(rest) : rest), who), reader, not)
  return true
}

/** "members add, but only editors publish": publishing is then a change of what others made. */
const withoutMaking = (actions: readonly Action[], who: Who): Action[] =>
  actions.map((action) =>
    who.only && action.verbs.includes('publish') && !action.verbs.some((verb) => isMaking(verb))
      ? { ...action, ops: action.ops.filter((op) => op !== 'create') }
      : action,
  )

const isMaking = (verb: string): boolean => verb !== 'publish' && operationsOf.get(verb)?.includes('create') === true

/** "can do everything", "sees all", "only the secretary changes anything". */
const wholeOps = (verb: string, only: boolean): readonly Operation[] => {
  if (/^(?:see|view|read)$/.test(verb)) return ['list', 'read']
  if (verb === 'delete') return ['delete']
  if (/^(?:edit|update)$/.test(verb)) return only ? ['update'] : ['list', 'read', 'update']
  if (/^(?:change|touch|modify)$/.test(verb)) return only ? ['create', 'update', 'delete'] : allOperations
  return allOperations
}

/** "pupils only their own", "moderators everything": the verb is the one before, or seeing where there is none. */
const readGapped = (who: Who, rest: string, reader: Reader, not: boolean): boolean => {
  const deed = reader.deed
  const whole = /^(?:everything|anything)\b/i.test(rest)
  if (!deed && whole) {
    pushAccess(reader, who, not, allOperations, 'everything', 'all')
    return true
  }
  const reads = deed?.ops.every(isReading)
  const ops: readonly Operation[] = !deed || (!whole && reads && who.limited) ? allOperations : deed.ops
  const limits: Who = { ...who, limited: false, only: who.only || who.limited === true }
  const own = /\b(?:own|theirs)\b|^what|^the ones/i.test(rest)
  writeActions(
    own ? limits : { ...who, limited: false },
    [{ verbs: deed?.verbs ?? ['see'], ops: own && reads ? ['list', 'read'] : ops, object: rest }],
    reader,
    not,
  )
  return true
}

/** "have read access to", "are in charge of". */
const nounOps = (lead: string): readonly Operation[] | undefined => {
  // Access as such is to see; more has to be said.
  if (/access(?: to)?$/.test(lead))
    return /\b(?:full|complete|total|unrestricted|unlimited|write|edit|editing|admin)\b/.test(lead)
      ? allOperations
      : ['list', 'read']
  return /(?:in charge of|responsible for)$/.test(lead) ? allOperations : undefined
}
