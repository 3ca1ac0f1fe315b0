import { isPlural } from '../../language/words.ts'
import { allOperations, baseVerb, linkNouns, type Operation, operationsOf } from '../../lexicon/verbs.ts'
import { type Action, readActions } from '../actions.ts'
import { looseWho, readWho, type Who } from '../people.ts'
import type { Reader } from '../reader.ts'
import { writeActions } from './act.ts'
import { pushAccess } from './push.ts'
import { plainVerbs } from './verbs.ts'

/** What stands between the subject and its verbs: "can", "may only", "are not allowed to". */
const modal =
  /^((?:(?:also|still|then|each|all|both|just|always|even|only|however|therefore|therein)\s+)*)(can ?not|can|could|may|might|must|should|shall|will|would|(?:(?:is|are) (?:only |also |not |never )*(?:able|allowed|permitted|entitled|free|supposed) to)|(?:have|has|gets?|gain|gains) (?:full |complete |read |read-only |write |view )?access(?: to)?|gets? to|(?:has|have) (?:only )?the right to|(?:has|have) to|needs? to|wants? to|(?:is|are) in charge of|(?:is|are) responsible for)(?=\s|$)/i
const agentive =
  /^(?:see|view|read|add|create|edit|update|change|delete|remove|manage|post|publish|enter|browse|access|approve|upload|submit|write|touch|moderate|administer|maintain|cancel|assign|close|look)$/
const things =
  /^(?:api|app|application|system|service|site|website|page|platform|backend|tool|program|server|database|list|it|this|that|there|they|everything|data|endpoint|response|request|change|each|you|he|she|one|which|who|what|bot|result|price|status|date|field)s?$/i

const pronouns =
  /^(?:i|we|you|they|he|she|it|me|us|them|him|her|who|which|that|there|here|not|at|in|on|of|to|with|for|everything|anything|nothing)$/i

type Subject = { who: Who; rest: string; modal: boolean }

/** "patients see only their own", "admins can do everything", "only managers delete", "the board may not edit them". */
export const readActive = (text: string, reader: Reader): boolean => {
  const subject = subjectOf(text, reader)
  if (!subject) return false
  for (const [i, predicate] of predicatesOf(subject.rest).entries())
    if (!readPredicate(subject.who, predicate, reader) && i === 0) return false
  return true
}

/** True where a text begins with people and what they may do. */
export const isActive = (text: string): boolean => subjectOf(text, undefined) !== undefined

const aware =
  /^(?:only|just|the|every|each|any|all|no|our|everyone|everybody|anyone|anybody|nobody|staff|people|public|guests?|whoever)\b/i

/** As isActive, for the middle of a sentence, where "customer order number" is no customer who orders. */
export const beginsActive = (text: string): boolean => {
  const said = plainVerbs(text)
  const found = subjectOf(said, undefined, true)
  if (!found) return false
  const head = said.slice(0, said.length - found.rest.length).trim()
  const bare = head.replace(/\s+(?:who|that|with|of|in|from|on|at)\s.*$/i, '')
  if (found.modal) return !/^(?:it|i|we|you|they|me|us|him|her|he|she)$/i.test(head)
  return aware.test(head) || isPlural(bare.split(/\s+/).at(-1)!)
}

/** Finds the shortest beginning that names people and after which a predicate follows. */
const subjectOf = (text: string, reader: Reader | undefined, gaps = false): Subject | undefined => {
  const words = text.split(/\s+/)
  for (let at = 1; at <= Math.min(10, words.length - 1); at += 1) {
    const rest = words.slice(at).join(' ')
    const led = modal.exec(rest)
    if (!led && !beginsPredicate(words, at, gaps || reader?.deed !== undefined)) continue
    const head = words.slice(0, at).join(' ')
    const who =
      readWho(head) ??
      (isAgentive(rest, led?.[0]) || joining.test(rest)
        ? unknownPeople(head, led !== null, joining.test(rest))
        : undefined)
    if (!who) continue
    if (!led && !fitsBare(words, at, who)) continue
    return { who, rest, modal: led !== null }
  }
  return undefined
}

const joining = /^(?:can |must |may )?(?:register|sign up|log in|sign in)\b/i

/** A noun that no list knows is people where only people do such things: "the board sees all", "only HR may edit". */
const unknownPeople = (head: string, led: boolean, joins: boolean): Who | undefined => {
  const noun = head.replace(/^(?:(?:and|but|only|just|the|our|an?|every|each|all|no one but|nobody but)\s+)+/gi, '')
  if (/[,:;(]/.test(noun) || noun.split(/\s+/).some((word) => isOperation(word) || pronouns.test(word)))
    return undefined
  if (things.test(noun.split(/\s+/).at(-1)!) || things.test(noun)) return undefined
  if (!led && !/^(?:(?:and|but)\s+)?(?:only\s+|the\s+|our\s+)/i.test(head) && !joins) return undefined
  return looseWho(head)
}

const isAgentive = (rest: string, lead: string | undefined): boolean => {
  const verb = rest
    .slice(lead?.length ?? 0)
    .replace(/^(?:\s|not |only |also |then |even |still |to )+/i, '')
    .split(/[\s,]/)[0]!
    .toLowerCase()
  return agentive.test(lead === undefined ? baseVerb(verb) : verb)
}

const gapped =
  /^(?:(?:only|just|see|sees)\s+)?(?:(?:their|his|her) own\b|theirs$|what (?:they|he|she)\b|the ones they\b|everything\b|anything\b|all(?: of (?:them|it))?$)/i

const beginsPredicate = (words: readonly string[], at: number, gaps: boolean): boolean => {
  const verb = words[at]!.toLowerCase().replace(/[^\p{L}-]/gu, '')
  if (/^(?:only|also|never|just|do|does|always)$/.test(verb)) {
    const plain = words
      .slice(at)
      .join(' ')
      .replace(/^(?:(?:do|does|only|also|never|just|always|not)\s+)+/i, '')
    return isOperation(plain.split(/[\s,]/)[0]!.toLowerCase()) || gapped.test(plain)
  }
  if (isOperation(verb)) return true
  return gaps && gapped.test(words.slice(at).join(' '))
}

const isOperation = (verb: string): boolean => {
  const base = baseVerb(verb)
  return (
    (operationsOf.has(base) || linkNouns.has(base)) &&
    (verb === base || verb === `${base}s` || verb === `${base}es` || verb === base.replace(/y$/, 'ies'))
  )
}

/** Keeps nouns that look like verbs from being read as such: "orders list the ..." is none, "staff order ..." is. */
const fitsBare = (words: readonly string[], at: number, who: Who): boolean => {
  const verb = words[at]!.toLowerCase().replace(/[^\p{L}-]/gu, '')
  if (!isOperation(verb)) return true
  if (
    at >= words.length - 1 &&
    !who.only &&
    !/^(?:browse|read|look|search|watch|write|comment|participate|vote)s?$/.test(verb) &&
    !(/^(?:the|our)$/i.test(words[0]!) && /^(?:delete|edit|update|approve|manage|moderate|maintain)s?$/.test(verb))
  )
    return false
  if (!who.only && who.names.every((name) => name === 'we')) return false
  return !(
    /^(?:order|list|book|report|file|place|note|comment|plan|log|record)s?$/.test(verb) &&
    /^(?:has|have|is|are|can|with|\()$/.test(words[at + 1]?.toLowerCase() ?? 'has')
  )
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

const readPredicate = (subject: Who, predicate: string, reader: Reader): boolean => {
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
  const reads = deed?.ops.every((op) => op === 'list' || op === 'read')
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
  if (/access(?: to)?$/.test(lead)) return /\bread/.test(lead) ? ['list', 'read'] : allOperations
  return /(?:in charge of|responsible for)$/.test(lead) ? allOperations : undefined
}
