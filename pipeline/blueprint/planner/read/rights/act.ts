import { wordsOfRole } from '../../../role-words.ts'
import { listed } from '../../language/words.ts'
import { knownThings } from '../../lexicon/things.ts'
import { allOperations, isReading, leavesOwnerOpen, linkNouns, takesBack } from '../../lexicon/verbs.ts'
import type { Action } from '../actions.ts'
import { splitItems } from '../items.ts'
import { keyOf, type Noun, nounOf } from '../noun.ts'
import type { Who } from '../people.ts'
import type { Reader } from '../reader.ts'
import { readObjects } from './objects.ts'
import { nounFor, pushAccess, pushRight, special } from './push.ts'
import { isAssigned, isOwn, takeWhose } from './whose.ts'

const selfService =
  /^(?:(?:to |for |in|up|out|on)\b|(?:an? |their |his |her |own )*(?:accounts?|profiles?|passwords?|emails?(?: address)?|account)$)/i

const decisions: Readonly<Record<string, string>> = {
  approve: 'approved, rejected',
  reject: 'approved, rejected',
  accept: 'accepted, declined',
  decline: 'accepted, declined',
}

/** How often something may be done is not counted. */
const oftenAt = /\S\s+(?:(?:only |just |at most |up to )?(?:once|twice|thrice|(?:two|three|four|five|ten|\d+) times))$/i

/** Writes down what somebody may (or may not) do, one action after the other. */
export const writeActions = (who: Who, actions: readonly Action[], reader: Reader, not: boolean): void => {
  const speaker = who.names.find((name) => !['everyone', 'nobody', 'owner', 'we'].includes(name))
  if (speaker) reader.person = speaker === 'signed' ? 'users' : `${speaker.replaceAll('_', ' ')}s`
  const first = actions.find((action) => action.ops.length > 0)
  if (first) reader.deed = { verbs: first.verbs, ops: first.ops }
  for (const action of actions) {
    const before = reader.facts.length
    const often = oftenAt.exec(action.object)
    if (often && !action.link && !not)
      reader.facts.push({ kind: 'unread', text: `${listed(action.verbs)} ${action.object}` })
    writeAction(who, action, reader, not)
    const decided = action.verbs
      .map((verb) => (Object.hasOwn(decisions, verb) ? decisions[verb] : undefined))
      .find(Boolean)
    if (action.verbs.every((verb) => takesBack.has(verb)) && !not && !who.not)
      for (const fact of reader.facts.slice(before))
        if (fact.kind === 'access')
          fact.takesBack = fact.scope === 'all' && !who.only && leavesOwnerOpen(action.object) ? 'usual' : 'named'
    if (decided) for (const fact of reader.facts.slice(before)) if (fact.kind === 'access') fact.decision = decided
  }
}

/** "Members borrow books from each other": whose they are is not limited. */
const among = /\s+(?:from|with|to|among|between) (?:each other|one another)$/i

const writeAction = (who: Who, said: Action, reader: Reader, not: boolean): void => {
  const action = { ...said, object: said.object.replace(among, '') }
  // "Only the head setter can extend that": no thing, but what was said before.
  if (/^that$/i.test(action.object)) {
    reader.facts.push({
      kind: 'unread',
      text: `${who.only ? 'only ' : ''}${listed(who.names.map(wordsOfRole))} can ${listed(action.verbs)} that`,
    })
    return
  }
  if (readSelfService(who, action, reader)) return
  if (readTakenBack(who, action, reader, not)) return
  if (readTrait(who, action, reader, not)) return
  const limited = who.limited === true
  const whose = takeWhose(action.object, limited || who.only, who.names.includes('everyone'))
  if (whose.others) {
    readOthers(who, action, reader, not, whose.rest)
    return
  }
  const object = whose.rest
  if (keptFromRest(who, action, whose.scope, reader)) return
  // "can only see their own" limits whose rows, "can only see posts" what may be done.
  const scoped: Who =
    whose.scope === 'all' || whose.scope === 'parent' ? who : { ...who, only: who.only || limited, limited: false }
  if (object === '' && reader.last && /^(?:comment|reply|vote|review|rsvp|like)$/.test(action.verbs.at(-1) ?? '')) {
    readObjects('on them', action, { ...scoped, only: false }, not, whose.scope, reader)
    return
  }
  if (action.link && /^(?:\([^()]*\))?$/.test(object) && !/^(?:comment|reply)$/.test(action.verbs.at(-1)!)) {
    makeLink(action, object, scoped, not, whose.scope, reader)
    return
  }
  if (object === '' && action.verbs.length === 1 && /^(?:write|publish|edit|change|modify)$/.test(action.verbs[0]!)) {
    const publishes = /^(?:write|publish)$/.test(action.verbs[0]!)
    const ops = publishes && !isOwn(action.object) ? (['create', 'update', 'delete'] as const) : action.ops
    pushAccess(reader, scoped, not, ops, who.only && whose.scope === 'all' ? 'everything' : '', whose.scope)
    return
  }
  if (
    /^(?:everything|anything|all|any|data|all data|it all|stuff|things|ones|the rest)?(?: else)?(?: at all)?$/i.test(
      object,
    )
  ) {
    pushAccess(reader, scoped, not, action.ops, bareTarget(scoped, action, object, reader), whose.scope)
    return
  }
  if (readState(scoped, action, object, reader, not, whose.scope)) return
  readObjects(object, action, scoped, not, whose.scope, reader)
}

const relative =
  /^(.+?)\s+(?:(?:in|on|at|to|for|by|with|of|from|about) (?:which|whom)|where|whose|that (?:they|he|she|concern|mention|name))\b/i

/** "Only see cases in which they are named": which ones is not known, so that they see none rather than all. */
const keptFromRest = (who: Who, action: Action, scope: string, reader: Reader): boolean => {
  const [, things] = relative.exec(action.object) ?? []
  const reads = action.ops.length > 0 && action.ops.every(isReading)
  if (!things || !who.limited || !reads || scope !== 'all') return false
  pushAccess(reader, { ...who, limited: false }, true, action.ops, things, 'all')
  reader.facts.push({ kind: 'unread', text: `${listed(action.verbs)} ${action.object}` })
  return true
}

/** "donors can donate (amount, message)": what the verb leaves behind is theirs to make. */
const makeLink = (
  action: Action,
  object: string,
  who: Who,
  not: boolean,
  scope: Parameters<typeof pushAccess>[5],
  reader: Reader,
): void => {
  const noun = nounOf(action.link!)
  if (!noun) return
  const by = who.names.find((name) => !special.has(name)) ?? 'user'
  reader.facts.push({ kind: 'thing', noun, how: 'acted', by })
  if (object) reader.facts.push({ kind: 'fields', of: noun, items: splitItems(object.slice(1, -1)), extends: false })
  pushRight(reader, who, not, ['create'], noun, scope)
  const others = action.ops.filter((op) => op !== 'create')
  if (others.length > 0) pushRight(reader, who, not, others, noun, scope)
}

/** Where no object is named: what was spoken of last, unless reading in general is meant. */
const bareTarget = (who: Who, action: Action, object: string, reader: Reader): string => {
  const browses = who.names.some((name) => /^(?:everyone|guest|visitor)$/.test(name)) && action.ops.every(isReading)
  const whole = object !== '' || /everything|anything|\ball\b/i.test(action.object)
  return !browses && !whole && !who.limited && reader.last ? '' : 'everything'
}

/** "Guests can cancel": what they themselves made, never whatever was spoken of last. */
const readTakenBack = (who: Who, action: Action, reader: Reader, not: boolean): boolean => {
  if (!action.verbs.every((verb) => takesBack.has(verb)) || !bareDeed.test(action.object)) return false
  const made = madeBy(who, reader)
  if (!made) return false
  pushRight(reader, who, not, action.ops, made, not || who.only ? 'all' : 'own')
  return true
}

const bareDeed =
  /^(?:(?:again|online|themselves|for free|free of charge|any ?time|at any time|whenever they (?:like|want)|(?:for |by |until |till |up to |within |before |after |not later than |no later than |at least |at the latest )(?!all\b).*)?)$/i

/** What some people leave behind: a booking where they book, a request where they make requests. */
const madeBy = (who: Who, reader: Reader): Noun | undefined => {
  for (const fact of reader.facts.toReversed()) {
    if (fact.kind === 'many' && fact.from.article === '@who' && who.names.some((name) => fact.from.words[0] === name)) {
      const noun = nounOf(linkNouns.get(fact.via?.split('|')[0] ?? '') ?? '')
      if (noun) return noun
    }
    if (
      fact.kind === 'access' &&
      !fact.not &&
      fact.noun &&
      fact.ops.includes('create') &&
      fact.who.some((name) => who.names.includes(name))
    )
      return fact.noun
  }
  return undefined
}

/** "sign up", "log in", "change their password": what every account can do. */
const readSelfService = (who: Who, action: Action, reader: Reader): boolean => {
  if (
    /^(?:log|sign|register|logout|login|signup|authenticate)$/.test(action.verbs.at(-1)!) &&
    (action.object === '' ||
      /^(?:in|up|out|on|with|for an account|an account|and|themselves|using)\b/i.test(action.object))
  ) {
    reader.facts.push({ kind: 'accounts', on: true })
    const joins = /^(?:register|signup)$/.test(action.verbs.at(-1)!) || /^up\b/i.test(action.object)
    for (const name of who.names)
      if (!special.has(name)) reader.facts.push({ kind: 'role', name, ...(joins ? { joins: true } : {}) })
    return true
  }
  if (!selfService.test(action.object) || !/account|profile|password/i.test(action.object)) return false
  reader.facts.push({ kind: 'accounts', on: true })
  return true
}

/** What is said of other people's rows: who may not see them has only their own. */
const readOthers = (who: Who, action: Action, reader: Reader, not: boolean, target: string): void => {
  const object = /^(?:the |all |any |ones?|data|things?|stuff|rows|entries|everything|anything)*$/i.test(target)
    ? reader.last
      ? ''
      : 'everything'
    : target
  const nobody = who.not || who.names.includes('nobody')
  if (!not && !nobody) {
    pushAccess(reader, { ...who, only: false, limited: false }, false, action.ops, object, 'all')
    if (who.only)
      pushAccess(
        reader,
        { names: ['user'], only: true, not: false },
        false,
        ['create', 'list', 'read', 'update'],
        object,
        'own',
      )
    return
  }
  const reads = action.ops.some(isReading)
  const names = nobody || who.names.includes('everyone') ? ['user'] : who.names
  const own: Who = { names, only: true, not: false, ...(who.barred ? { barred: who.barred } : {}) }
  pushAccess(reader, own, false, reads ? allOperations : action.ops, object, 'own')
}

/** "staff change its status (open, closed)" speaks of a field of what was named before. */
const readTrait = (who: Who, action: Action, reader: Reader, not: boolean): boolean => {
  const trait = /^(?:its|their|the)\s+([\p{L}-]+(?: [\p{L}-]+)?)\s*(\([^)]*\))?(?:\s+(?:to|from|as)\s+.*)?$/iu.exec(
    action.object,
  )
  if (
    !trait ||
    isOwn(action.object) ||
    isAssigned(action.object) ||
    !reader.last ||
    action.ops.length !== 1 ||
    action.ops[0] !== 'update'
  )
    return false
  if (!isTrait(trait[1]!, reader)) return false
  reader.facts.push({ kind: 'rule', subject: trait[1]!, note: trait[2] ?? '', of: reader.last })
  pushAccess(reader, who, not, ['update'], '', 'all')
  return true
}

/** "their status" speaks of what was named before; "their orders" of what somebody owns. */
const isTrait = (text: string, reader: Reader): boolean => {
  const noun = nounOf(text)
  return (
    noun !== undefined &&
    !noun.plural &&
    !reader.facts.some((fact) => fact.kind === 'thing' && keyOf(fact.noun) === keyOf(noun)) &&
    !knownThings.has(noun.words.join(' '))
  )
}

/** "mark tasks as done", "change the status of orders". */
const readState = (
  who: Who,
  action: Action,
  object: string,
  reader: Reader,
  not: boolean,
  scope: Parameters<typeof pushAccess>[5],
): boolean => {
  const state = /^(.+?)\s+as\s+(?:an?\s+)?(?:either\s+)?([\p{L}-]+(?: [\p{L}-]+)?)(?:\s+or\s+([\p{L}-]+))?$/iu.exec(
    object,
  )
  if (state && /^(?:mark|flag|set|tag)$/.test(action.verbs[0] ?? '')) {
    const noun = nounFor(state[1]!, reader)
    if (noun) reader.facts.push({ kind: 'rule', subject: `@mark ${state[2]}`, note: state[3] ?? '', of: noun })
    pushAccess(reader, who, not, ['update'], state[1]!, scope)
    return true
  }
  const part =
    /^(?:the\s+)?(.{2,40}?)\s+of\s+(?:an?\s+|the\s+|their\s+|any\s+|every\s+|each\s+|all\s+)?(.{2,40})$/i.exec(object)
  if (!part || action.ops.length !== 1 || action.ops[0] !== 'update' || !nounOf(part[2]!)) return false
  reader.facts.push({ kind: 'rule', subject: part[1]!, note: '', of: nounOf(part[2]!) })
  pushAccess(reader, who, not, ['update'], part[2]!, scope)
  return true
}
