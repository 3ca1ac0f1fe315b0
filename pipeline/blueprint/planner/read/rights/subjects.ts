import { isPlural, plural } from '../../language/words.ts'
import { baseVerb, linkNouns, operationsOf } from '../../lexicon/verbs.ts'
import { looseWho, readWho, type Who } from '../people.ts'
import type { Reader } from '../reader.ts'
import { plainVerbs } from './verbs.ts'

/** What stands between the subject and its verbs: "can", "may only", "are not allowed to". */
export const modal =
  /^((?:(?:also|still|then|each|all|both|just|always|even|only|however|therefore|therein)\s+)*)(can ?not|can|could|may|might|must|should|shall|will|would|(?:(?:is|are) (?:only |also |not |never )*(?:able|allowed|permitted|entitled|free|supposed) to)|(?:have|has|gets?|gain|gains) (?:full |complete |read |read-only |write |view )?access(?: to)?|gets? to|(?:has|have) (?:only )?the right to|(?:has|have) to|needs? to|wants? to|(?:is|are) in charge of|(?:is|are) responsible for)(?=\s|$)/i
const agentive =
  /^(?:see|view|read|add|create|edit|update|change|delete|remove|manage|post|publish|enter|browse|access|approve|upload|submit|write|touch|moderate|administer|maintain|cancel|assign|close|look)$/
const things =
  /^(?:api|app|application|system|service|site|website|page|platform|backend|tool|program|server|database|list|it|this|that|there|they|everything|data|endpoint|response|request|change|each|you|he|she|one|which|who|what|bot|result|price|status|date|field)s?$/i

const pronouns =
  /^(?:i|we|you|they|he|she|it|me|us|them|him|her|who|which|that|there|here|not|at|in|on|of|to|with|for|everything|anything|nothing)$/i

type Subject = { who: Who; rest: string; modal: boolean }

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
export const subjectOf = (text: string, reader: Reader | undefined, gaps = false): Subject | undefined => {
  const both = reader && bothOf(text, reader)
  if (both) return both
  const words = text.split(/\s+/)
  for (let at = 1; at <= Math.min(10, words.length - 1); at += 1) {
    const rest = words.slice(at).join(' ')
    const led = modal.exec(rest)
    if (led && undergone.test(rest.slice(led[0].length))) continue
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

/** What must be inspected does nothing. */
const undergone =
  /^ (?:not |only |always |ever )?be (?!(?:signed|logged|registered|allowed|invited|able|approved|verified|assigned)\b)[\p{L}]+(?:ed|en|wn)(?: (?:every|once|twice|at least|again|within|before|by|in|on|at) .+)?$/iu

/** "both write replies": the two kinds of people who were spoken of last. */
const bothOf = (text: string, reader: Reader): Subject | undefined => {
  const said = /^(?:and |but )?(?:they )?both(?: of them)? (?=\S)/i.exec(text)
  if (!said) return undefined
  const named = reader.facts.flatMap((fact) => (fact.kind === 'access' ? fact.who : []))
  const roles = [...new Set(named)].filter((name) => !['everyone', 'nobody', 'owner', 'we', 'signed'].includes(name))
  const who = roles.length < 2 ? undefined : readWho(roles.slice(-2).map(people).join(' and '))
  const rest = text.slice(said[0].length)
  return who && { who, rest, modal: modal.test(rest) }
}

const people = (role: string): string => plural(role.replaceAll('_', ' '))

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

/** "their own", "everything": an object without its verb. */
export const gapped =
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

/** True for a verb that is an operation, in its base form or that of the third person. */
export const isOperation = (verb: string): boolean => {
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
