import { linkNouns, type Operation } from '../../lexicon/verbs.ts'
import type { Action } from '../actions.ts'
import type { Scope } from '../facts.ts'
import { splitItems } from '../items.ts'
import { takeLimits } from '../limits.ts'
import { keyOf, type Noun, nounOf } from '../noun.ts'
import { readWho, type Who } from '../people.ts'
import type { Reader } from '../reader.ts'
import { readThingList } from '../thing-list.ts'
import { nounFor, pushAccess, pushRight, special } from './push.ts'

const prepositional = /^(?:on|to|in|for|into|at|with|from|of|about)\s+/i
const linkingVerbs =
  /^(?:borrow|rent|hire|rate|review|like|follow|favorite|favourite|bookmark|reserve|attend|adopt|lend|loan|enroll|enrol|join|subscribe|sponsor|rsvp|star|book|vote|bid|buy|purchase|visit|watch|volunteer|apply|order)$/

/** What somebody may or may not do, and to whose; `by` is the role that acts. */
type Deed = { action: Action; who: Who; not: boolean; scope: Scope; by: string; reader: Reader }

/** Reads what somebody may do something with, and what that leaves behind ("borrow books": a loan). */
export const readObjects = (
  said: string,
  action: Action,
  who: Who,
  not: boolean,
  scope: Scope,
  reader: Reader,
): void => {
  const object = withoutDirection(said, action)
  const by = who.names.find((name) => !special.has(name)) ?? 'user'
  const deed = { action, who, not, scope, by, reader }
  if ([readPronoun, readSpoken, readAnswered, readChoice, readLinks].some((read) => read(object, deed))) return
  const made = action.verbs.length === 1 && action.verbs[0] === 'list' && !special.has(by) && /\swith\s|\(/.test(object)
  const ops: readonly Operation[] = made ? ['create'] : action.ops
  const things = readThingList(
    takeContent(object, reader).replace(
      /^([\p{L}-]+(?: [\p{L}-]+)?) or (?:any )?([\p{L}-]+(?: [\p{L}-]+)?)$/iu,
      '$1, $2',
    ),
    reader,
    'acted',
    by,
  )
  if (things.length === 0) return
  reader.recent = things
  const flag = action.verbs.map((verb) => flags[verb]).find(Boolean)
  if (flag) for (const noun of things) reader.facts.push({ kind: 'rule', subject: `@mark ${flag}`, note: '', of: noun })
  for (const noun of things) pushRight(reader, who, not, ops, noun, scope)
}

const withoutDirection = (said: string, action: Action): string =>
  withoutList(
    action.verbs.some((verb) => /^(?:look|listen|browse|search|check)$/.test(verb))
      ? said.replace(/^(?:at|through|for|in|to)\s+(?:the\s+)?/i, '')
      : said,
  ).replace(/^(?:at|through)\s+(?=(?:it|them|these|those|all|the|every)\b)/i, '')

/** "the list of members", "the member list" -> members. */
const withoutList = (said: string): string =>
  said
    .replace(/^(?:the\s+|a\s+)?lists?\s+of\s+(?:the\s+|all\s+)?/i, '')
    .replace(
      /^(?:the\s+)?(member|customer|employee|student|patient|user|guest|participant|volunteer)(?:s|'s|s')?\s+list$/i,
      '$1s',
    )

const readPronoun = (object: string, deed: Deed): boolean => {
  const { action, who, not, scope, reader } = deed
  const bracket = /^(it|them|these|those)\s*\(([^()]+)\)$/i.exec(object)
  if (bracket && reader.last) {
    reader.facts.push({ kind: 'fields', of: reader.last, items: splitItems(bracket[2]!), extends: true })
    return readPronoun(bracket[1]!, deed)
  }
  if (
    !/^(?:it|this|that|them|they|these|those|ones?|their|(?:them|they) (?:all|both)|(?:all|any|every one|both) of (?:them|these|those|it)|all these)$/i.test(
      object,
    )
  )
    return false
  const recent = reader.recent ?? []
  const last = reader.last ? keyOf(reader.last) : ''
  if (!/^(?:it|one)$/i.test(object) && recent.length > 1 && recent.some((noun) => keyOf(noun) === last))
    for (const noun of recent) pushRight(reader, who, not, action.ops, noun, scope)
  else pushAccess(reader, who, not, action.ops, '', scope)
  return true
}

/** "answer questions", where an answer is a thing of its own: what is made is the answer, and the question stays as it is. */
const readAnswered = (object: string, deed: Deed): boolean => {
  const { action, reader } = deed
  const [verb = ''] = action.verbs
  const child = action.verbs.length === 1 && /^(?:answer|grade|score)$/.test(verb) ? nounOf(verb) : undefined
  const parent = child ? nounFor(object.replace(/^(?:the|all|any|each|every|an?) /i, ''), reader) : undefined
  if (!child || !parent || !reader.glossary?.described.has(verb) || keyOf(parent) === verb) return false
  linkThing(child, parent, deed)
  return true
}

/** "comment on posts", "vote for an option with ...": what is said of something is a thing of its own. */
const readSpoken = (object: string, deed: Deed): boolean => {
  const { action, reader } = deed
  const spoken = action.verbs.filter((verb) => /^(?:comment|reply|vote|like|review|rate|follow)$/.test(verb))
  if (!prepositional.test(object) || !(action.link || spoken.length > 0)) return false
  const [about = object, having] = object.split(/\s+(?:with|giving|including)\s+/i)
  const parent = nounFor(about.replace(prepositional, '').replace(/,.*$/, ''), reader)
  if (!parent || /^others?$/i.test(parent.words.join(' '))) return true
  for (const verb of spoken.length > 0 ? spoken : [action.verbs.at(-1)!]) {
    const child = nounOf(/^(?:comment|reply)$/.test(verb) ? verb : (linkNouns.get(verb) ?? verb))
    if (!child) continue
    linkThing(child, parent, deed)
    // Nobody enrols twice in one course.
    if (onceVerbs.test(verb)) reader.facts.push({ kind: 'many', from: doer(deed.by), to: parent, via: `${verb}|` })
    if (having)
      reader.facts.push({
        kind: 'fields',
        of: child,
        items: splitItems(having).filter((item) => !/^(?:paying|by|through|via)\b/i.test(item)),
        extends: false,
      })
  }
  return true
}

const onceVerbs = /^(?:enroll|enrol|subscribe)$/

/** Whoever does something, as one side of what that leaves behind. */
const doer = (by: string): Noun => ({ words: [by], plural: true, several: false, article: '@who' })

/** "answer yes, no or maybe". */
const readChoice = (object: string, deed: Deed): boolean => {
  const { action, reader } = deed
  const choice = /^(?:\(?(?:[\p{L}]+(?: [\p{L}]+)?)(?:\s*,\s*[\p{L}]+){0,6}\s*,?\s*or\s+[\p{L}]+\)?)$/iu.test(object)
  if (!choice || !action.link || !reader.last) return false
  const child = nounOf(action.link)!
  linkThing(child, reader.last, deed)
  const items = [`response (${object.replace(/[()]/g, '')})`]
  reader.facts.push({ kind: 'fields', of: child, items, extends: false })
  return true
}

/** "members can borrow books": the loan is a thing of its own, tied to the book and to who borrows. */
const readLinks = (object: string, deed: Deed): boolean => {
  const { action, who, not, scope, by, reader } = deed
  const links = action.verbs.filter((verb) => action.link !== undefined && linkingVerbs.test(verb))
  if (links.length === 0 || readWho(object)) return false
  const target = object.replace(
    /\s+(?:from|with|between|on a scale|out of|to|using|at|by|for|in|on|via|through|under|over|online|together|themselves|remotely|digitally|anonymously)\b.*$/i,
    '',
  )
  const noun = nounFor(target, reader)
  if (!noun) return false
  reader.facts.push({
    kind: 'access',
    who: who.names,
    only: false,
    not: false,
    ops: [],
    object: target,
    noun,
    scope: 'all',
  })
  const having = /\s+with\s+(.+)$/i.exec(object)?.[1]
  for (const verb of links) {
    const made = linkNouns.get(verb)
    if (having && made)
      reader.facts.push({ kind: 'fields', of: nounOf(made)!, items: splitItems(having), extends: false })
  }
  for (const verb of links)
    reader.facts.push({
      kind: 'many',
      from: doer(by),
      to: noun,
      via: `${verb}|${object.slice(target.length).trim()}`,
    })
  const rest = action.ops.filter((op) => op !== 'create')
  if (rest.length > 0) pushAccess(reader, who, not, rest, target, scope)
  return true
}

/** "post tweets of up to 280 characters": the limit is of the thing's content. */
const takeContent = (object: string, reader: Reader): string => {
  const { rest, limits } = takeLimits(object)
  const limited = limits.type === 'string' ? nounOf(rest.replace(/\s+of$/i, '')) : undefined
  if (!limited) return object
  reader.facts.push({
    kind: 'fields',
    of: limited,
    items: [`content ${object.slice(object.search(/\b(?:of|up to|at most|with|max)\b/i))}`],
    extends: false,
  })
  return rest.replace(/\s+of$/i, '')
}

/** Verbs that leave a yes or no behind. */
const flags: Readonly<{ [verb: string]: string | undefined }> = {
  lock: 'locked',
  pin: 'pinned',
  archive: 'archived',
  star: 'starred',
  hide: 'hidden',
  complete: 'completed',
  finish: 'finished',
}

const linkThing = (child: Noun, parent: Noun, { by, who, not, scope, reader }: Deed): void => {
  reader.facts.push({ kind: 'thing', noun: child, how: 'acted', by })
  reader.facts.push({ kind: 'parent', child, parent, optional: false, sure: true })
  reader.facts.push({
    kind: 'access',
    who: who.names,
    only: who.only,
    not,
    ops: ['create'],
    object: child.words.join(' '),
    noun: child,
    scope,
  })
}
