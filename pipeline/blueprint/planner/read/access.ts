import { knownThings } from '../lexicon/things.ts'
import { allOperations, baseVerb, linkNouns, type Operation, operationsOf } from '../lexicon/verbs.ts'
import { type Action, readActions } from './actions.ts'
import type { Scope } from './facts.ts'
import { splitItems } from './items.ts'
import { takeLimits } from './limits.ts'
import { contentOf, keyOf, nounOf } from './noun.ts'
import { readWho, type Who } from './people.ts'
import type { Reader } from './reader.ts'
import { isThing, readThingList } from './thing-list.ts'

const own =
  /\b(?:(?:only )?(?:(?:his or her|his\/her|their|his|her|its|your|my|our|one's) )?own(?: ones?)?|theirs|mine|(?:that|which|what) (?:they|he|she|i|we|you|(?:the )?users?) (?:have |has )?(?:created?|made|make|own|owns|posted|wrote|written|added|entered|submitted|uploaded|reported|logged|opened|filed|placed|booked|recorded|started|published|listed|registered|belongs?)(?: themselves)?|(?:that|which) belongs? to them|what belongs to them|what is theirs|(?:they|he|she|i|you) (?:own|created|made|reported|logged|posted|wrote|added|submitted|uploaded|opened|filed|placed|booked|recorded|published|entered)(?: themselves)?|created by them(?:selves)?|made by them)\b/i
const possessive = /\b(?:their|his|her|my)\b/i
const assigned =
  /\b(?:assigned to (?:them|him|her|me)|they are assigned(?: to)?|(?:that|which) (?:they|he|she|i) (?:are|is|am) assigned(?: to)?|in which they are assigned|they are responsible for|(?:that|which) name them)\b/i
const modal =
  /^(.{1,80}?)\s+(can ?not|can|could|may|must|should|shall|will|would|are able to|is able to|are allowed to|is allowed to|are permitted to|is permitted to|have access to|has access to|get access to|gets access to|get to|gets to|has to|have to|needs? to|wants? to|are only allowed to|is only allowed to|have (?:full|complete|read|read-only|write) access to|has (?:full|complete|read|read-only|write) access to|are in charge of|is in charge of|is responsible for|are responsible for)\s+(.+)$/i
const bareOwn =
  /^(?:(?:can )?(?:only )?(?:see|view|access|read|edit|manage|have|get)s? )?(?:only )?(?:their|his|her) own\b/i
const participles =
  /^(?:visible|viewed|seen|read|readable|accessed|accessible|edited|editable|changed|modified|updated|deleted|removed|created|added|managed|made|written|posted|published|browsed|listed|viewable|approved|closed|assigned|cancelled|canceled|public|private|available|open|writable|shared|entered|recorded|registered|handled|touched|maintained|curated|administered)$/i

/** Reads a clause about who may do what. Returns true where it was one. */
export const readAccess = (clause: string, reader: Reader): boolean => {
  const they = reader.person && /^(?:they|he or she|he|she)\s+(?!(?:are|is|have|has|were|was)\b)/i.test(clause.trim())
  const text = they ? clause.trim().replace(/^\S+(?:\s+or\s+she)?/i, reader.person!) : clause.trim()
  return readPassive(text, reader) || readPrivacy(text, reader) || readActive(text, reader) || readBare(text, reader)
}

const readActive = (text: string, reader: Reader): boolean => {
  const found = modal.exec(text)
  if (!found) return false
  const who = readWho(found[1]!)
  if (!who) return false
  const verb = found[2]!.toLowerCase()
  let rest = found[3]!.trim()
  if (
    /\bwithout (?:an? |any )?(?:accounts?|logging in|signing (?:in|up)|log-?in|sign-?in|sign-?up|registration|registering)\b/i.test(
      rest,
    )
  ) {
    rest = rest.replace(
      /\s*\bwithout (?:an? |any )?(?:accounts?|logging in|signing (?:in|up)|log-?in|sign-?in|sign-?up|registration|registering)\b/i,
      '',
    )
    who.names = ['everyone']
  }
  const not = /not$/.test(verb) || /^not\b/i.test(rest)
  rest = rest
    .replace(/^(?:not|also|always|even|still|just|then)\s+/i, '')
    .replace(/^(?:be able to|be allowed to|have access to|get to)\s+/i, '')
  let restricted = false
  if (/^only\s+/i.test(rest)) {
    restricted = true
    rest = rest.replace(/^only\s+/i, '')
  }
  if (/access to$/.test(verb)) {
    const read = /read/.test(verb)
    emit(
      who,
      [{ verbs: ['access'], ops: read ? ['list', 'read'] : allOperations, object: rest }],
      reader,
      not,
      restricted,
    )
    return true
  }
  if (/(?:in charge of|responsible for)$/.test(verb)) {
    emit(who, [{ verbs: ['manage'], ops: allOperations, object: rest }], reader, not, restricted)
    return true
  }
  if (
    /^(?:do|access|edit|change|see|manage) (?:everything|anything|it all|all)(?: else)?[.!]?$/i.test(rest) ||
    /^everything$/i.test(rest)
  ) {
    const ops =
      /^(?:see|access)/i.test(rest) && !/^access/i.test(rest)
        ? (['list', 'read'] as const)
        : /^(?:edit|change)/i.test(rest)
          ? allOperations
          : allOperations
    for (const name of who.names) access(reader, { ...who, names: [name] }, not, ops, 'everything', 'all')
    return true
  }
  emit(who, readActions(rest), reader, not, restricted)
  return true
}

/** "patients see only their own", "admins manage everything", "only managers delete", "nurses record vitals". */
const readBare = (text: string, reader: Reader): boolean => {
  const words = text.split(/\s+/)
  for (let at = 1; at <= Math.min(5, words.length - 1); at += 1) {
    const who = readWho(words.slice(0, at).join(' '))
    if (!who) continue
    const rest = words.slice(at).join(' ')
    const verb = words[at]!.toLowerCase().replace(/[^\p{L}-]/gu, '')
    const base = baseVerb(verb)
    if (/^(?:only|also|never|just|do|does|always)$/.test(verb)) {
      const plain = rest.replace(/^(?:do not|does not|only|also|never|just|always)\s+/i, '')
      const not = /^(?:never|do not|does not)/i.test(rest)
      if (operationsOf.has(baseVerb(plain.split(/\s+/)[0]!.toLowerCase())) || bareOwn.test(plain)) {
        emit(
          who,
          /^(?:their|his|her) own/i.test(plain)
            ? [{ verbs: ['see'], ops: allOperations, object: plain }]
            : readActions(plain),
          reader,
          not,
          /^only/i.test(rest),
        )
        return true
      }
      return false
    }
    if (
      (!operationsOf.has(base) && !linkNouns.has(base)) ||
      (verb !== base && verb !== `${base}s` && verb !== `${base}es` && verb !== base.replace(/y$/, 'ies'))
    )
      continue
    if (at >= words.length - 1 && !who.only) return false
    if (!who.only && who.names.every((name) => name === 'we')) return false
    if (
      /^(?:order|list|book|report|file|place|note|comment|plan|log|record)s?$/.test(verb) &&
      /^(?:has|have|is|are|can|with|\()$/.test(words[at + 1]?.toLowerCase() ?? 'has')
    )
      continue
    const restricted = /^\S+\s+only\b/i.test(rest)
    emit(who, readActions(rest.replace(/^(\S+)\s+only\b/i, '$1')), reader, false, restricted)
    return true
  }
  return false
}

/** "posts can only be deleted by admins", "projects are visible to everyone". */
const readPassive = (text: string, reader: Reader): boolean => {
  const found =
    /^(.{1,80}?)\s+(?:(can|may|should|must|are|is|can ?not|will)\s+)?(not )?(only )?(?:be )?(only )?((?:(?:publicly )?[\p{L}-]+)(?:(?:,| and| or|, and|, or) (?:be )?[\p{L}-]+){0,4}) (only )?(?:by|to|for) (.+)$/iu.exec(
      text,
    )
  if (!found) return false
  const verbs = found[6]!
    .toLowerCase()
    .replace(/publicly /, '')
    .split(/\s*(?:,|\band\b|\bor\b)\s*(?:be\s+)?/)
    .filter(Boolean)
  if (verbs.length === 0 || !verbs.every((verb) => participles.test(verb))) return false
  const only =
    found[4] !== undefined ||
    found[5] !== undefined ||
    found[7] !== undefined ||
    /^(?:only|nobody but|no one but)/i.test(found[8]!)
  const who = readWho(
    found[8]!
      .replace(/^(?:only|just)\s+/i, '')
      .replace(/\s+only$/i, '')
      .replace(/\s+who (?:created|made|wrote|own|owns|posted|added) (?:it|them)$/i, (tail) => tail),
  )
  if (!who) return false
  const ops = [...new Set(verbs.flatMap(opsOfParticiple))]
  if (who.names.includes('we')) Object.assign(who, { names: ['owner'], only: true })
  const restricted =
    only ||
    /^(?:can|may|must|should)$/i.test(found[2] ?? '') ||
    verbs.some((verb) => /^(?:managed|maintained|curated|administered)$/.test(verb))
  for (const object of splitItems(
    /^(?:browsing|reading|viewing|looking|searching)$/i.test(found[1]!)
      ? 'everything'
      : found[1]!.replace(/^(?:the|all|every|each|any)\s+/i, ''),
  ))
    access(
      reader,
      { ...who, only: restricted || who.only },
      found[3] !== undefined || /not/i.test(found[2] ?? ''),
      ops,
      object,
      who.names.includes('owner') ? 'own' : 'all',
    )
  return true
}

const opsOfParticiple = (word: string): readonly Operation[] => {
  if (/^(?:visible|viewed|seen|read|readable|browsed|listed|viewable|public|available|open|shared)$/.test(word))
    return ['list', 'read']
  if (/^(?:managed|maintained|curated|administered)$/.test(word)) return ['create', 'update', 'delete']
  if (/^(?:accessed|accessible|private|touched|handled)$/.test(word)) return allOperations
  if (/^(?:editable|writable)$/.test(word)) return ['update']
  return operationsOf.get(baseVerb(word)) ?? ['update']
}

/** "todos are private", "everything is public", "public read access", "read-only for visitors". */
const readPrivacy = (text: string, reader: Reader): boolean => {
  const is =
    /^(?:(?:but|and|so)\s+)?(.{1,60}?)\s+(?:are|is|should be|must be|stays?|remains?|be|should stay|should remain|can be|kept)\s+(?:all\s+|always\s+|strictly\s+|completely\s+|kept\s+)?(private|personal|confidential|public(?:ly)?(?: (?:readable|visible|viewable|accessible|available))?|shared|open|world-readable|read-?only)(?:\s+(?:to|for|by|between|among|with|per)\s+(.+))?$/i.exec(
      text,
    )
  if (
    /^(?:everything|all(?: the)?(?: data)?|it all|all of it|every \w+|all \w+|(?:my |their |its )?\w+s?)\s+belongs? to (?:the |a |an |one |its |their |his |her |exactly one )?(?:signed[- ]in |logged[- ]in |current |own )?(?:user|person|owner|account|creator|me)\b/i.test(
      text,
    )
  ) {
    access(
      reader,
      { names: ['owner'], only: true, not: false },
      false,
      allOperations,
      /^(?:everything|all|it all)/i.test(text) ? 'everything' : text.split(/\s+belongs?/i)[0]!,
      'own',
    )
    reader.facts.push({ kind: 'accounts', on: true })
    return true
  }
  const alone =
    /^(?:only (?:i|the owner|its owner|their owner)\s+(?:can|may|should)\s+(?:\w+(?:,? (?:and|or) \w+)*)\s+(.+)|(.+?)\s+(?:are|is|should be)\s+(?:only\s+)?visible\s+(?:only\s+)?to\s+(?:me|the owner|their owner|its owner|the (?:user|person) who \w+ (?:it|them))(?:\s+(?:alone|only))?|nobody (?:but|except) (?:me|the owner|its owner)\s+(?:can|may)\s+(?:\w+)\s+(.+))$/i.exec(
      text,
    )
  if (alone) {
    const said = (alone[1] ?? alone[2] ?? alone[3])!.replace(/^(?:my|their|any|any of (?:it|them|this)|the)\s+/i, '')
    const object = /^(?:it|them|everything|anything|any of (?:it|them|this)|this|any)$/i.test(said)
      ? 'everything'
      : said
    access(reader, { names: ['owner'], only: true, not: false }, false, allOperations, object, 'own')
    reader.facts.push({ kind: 'accounts', on: true })
    return true
  }
  if (
    /^(?:(?:all|keep it|keep them|strictly|completely|everything|make it) )*(?:private|personal|confidential)(?: (?:per|to each|for each|for every|to every|to the|by) (?:user|person|member|account|owner))?$/i.test(
      text,
    )
  ) {
    access(reader, { names: ['owner'], only: true, not: false }, false, allOperations, 'everything', 'own')
    return true
  }
  if (!is) {
    if (
      /^(?:with |and )?(?:public(?:ly)? (?:read(?:able|ing)?(?: access)?|readable|visible)|read(?:ing)? (?:access )?(?:is|should be) public|publicly readable|public listing)$/i.test(
        text,
      )
    ) {
      access(reader, { names: ['everyone'], only: false, not: false }, false, ['list', 'read'], 'everything', 'all')
      return true
    }
    return false
  }
  const subject = /^(?:browsing|reading|viewing|looking|searching|read access)$/i.test(is[1]!) ? 'everything' : is[1]!
  const state = is[2]!.toLowerCase()
  if (readWho(subject) && !/^(?:everything|all)/i.test(subject)) return false
  const object =
    /^(?:everything|all(?: data)?|it|this|the (?:data|list|api)|data|they|all of it|(?:every|each)one's data|reading|all \w+)$/i.test(
      subject,
    ) && !/^all (?!data)\w+/i.test(subject)
      ? 'everything'
      : subject.replace(/^(?:all|the|every|each|their|my|our)\s+/i, '')
  if (/^(?:private|personal|confidential)$/.test(state)) {
    const who = is[3] ? readWho(is[3]) : undefined
    const people = who?.names.filter((name) => !['user', 'signed', 'we', 'owner'].includes(name)) ?? []
    if (who && people.length > 0 && !/\b(?:their|each|own|its)\b/i.test(is[3]!))
      access(reader, { ...who, only: true }, false, allOperations, object, 'all')
    else access(reader, { names: ['owner'], only: true, not: false }, false, allOperations, object, 'own')
    return true
  }
  if (state === 'shared') {
    reader.facts.push({ kind: 'shared' })
    return true
  }
  const who = is[3] ? readWho(is[3]) : undefined
  access(reader, who ?? { names: ['everyone'], only: false, not: false }, false, ['list', 'read'], object, 'all')
  return true
}

const selfService =
  /^(?:(?:to |for |in|up|out|on)\b|(?:an? |their |his |her |own )*(?:accounts?|profiles?|passwords?|emails?(?: address)?|account)$)/i

const decisions: Readonly<Record<string, string>> = {
  approve: 'approved, rejected',
  reject: 'approved, rejected',
  accept: 'accepted, declined',
  decline: 'accepted, declined',
}

const emit = (who: Who, actions: readonly Action[], reader: Reader, not: boolean, restricted: boolean): void => {
  const speaker = who.names.find((name) => !['everyone', 'nobody', 'owner', 'we'].includes(name))
  if (speaker) reader.person = speaker === 'signed' ? 'users' : `${speaker.replaceAll('_', ' ')}s`
  for (const action of actions) {
    const before = reader.facts.length
    emitAction(who, action, reader, not, restricted)
    const decided = action.verbs
      .map((verb) => (Object.hasOwn(decisions, verb) ? decisions[verb] : undefined))
      .find(Boolean)
    if (decided) for (const fact of reader.facts.slice(before)) if (fact.kind === 'access') fact.decision = decided
  }
}

const emitAction = (who: Who, action: Action, reader: Reader, not: boolean, restricted: boolean): void => {
  if (
    /^(?:log|sign|register|logout|login|signup|authenticate)$/.test(action.verbs.at(-1)!) &&
    (action.object === '' ||
      /^(?:in|up|out|on|with|for an account|an account|and|themselves|using)\b/i.test(action.object))
  ) {
    reader.facts.push({ kind: 'accounts', on: true })
    for (const name of who.names) if (!special.has(name)) reader.facts.push({ kind: 'role', name })
    return
  }
  if (selfService.test(action.object) && /account|profile|password/i.test(action.object)) {
    reader.facts.push({ kind: 'accounts', on: true })
    return
  }
  const others =
    /\b(?:each other's|one another's|other people's|others'|other users'|other people|someone else's)\s+(.+)$/i.exec(
      action.object,
    )
  if (others && (not || who.only)) {
    const target = others[1]!
    if (!not) access(reader, { ...who, only: false }, false, action.ops, target, 'all')
    access(
      reader,
      { names: not ? who.names : ['user'], only: true, not: false },
      false,
      not ? allOperations : ['create', 'list', 'read', 'update'],
      target,
      'own',
    )
    return
  }
  let object = action.object
  const trait = /^(?:its|their|the)\s+([\p{L}-]+(?: [\p{L}-]+)?)\s*(\([^)]*\))?(?:\s+(?:to|from|as)\s+.*)?$/iu.exec(
    object,
  )
  if (
    trait &&
    !own.test(object) &&
    reader.last &&
    action.ops.length === 1 &&
    action.ops[0] === 'update' &&
    isTrait(trait[1]!, reader)
  ) {
    reader.facts.push({ kind: 'rule', subject: trait[1]!, note: trait[2] ?? '', of: reader.last })
    access(reader, { ...who, only: restricted || who.only }, not, ['update'], '', 'all')
    return
  }
  const scope: Scope = assigned.test(object)
    ? 'assigned'
    : own.test(object) ||
        (restricted && possessive.test(object)) ||
        (possessive.test(object.split(/\s+/).slice(0, 2).join(' ')) && !who.names.includes('everyone'))
      ? 'own'
      : 'all'
  object = object
    .replace(assigned, ' ')
    .replace(/\bnot\b.*$/i, '')
    .replace(/\b(?:but|except|unless|without|instead of)\b.*$/i, '')
  object = object
    .replace(own, ' ')
    .replace(
      /^(?:only|just|all|any|every|each|everyone's|everybody's|other people's|others'|other users'|the)\s+(?:of\s+)?(?:the\s+)?/i,
      '',
    )
    .replace(/\s+/g, ' ')
    .trim()
  const limited = restricted || who.only
  if (object === '' && reader.last && /^(?:comment|reply|vote|review|rsvp|like)$/.test(action.verbs.at(-1) ?? '')) {
    emitObjects('on them', action, { ...who, only: false }, not, scope, reader)
    return
  }
  if (object === '' && action.verbs.length === 1 && /^(?:write|publish|edit|change|modify)$/.test(action.verbs[0]!)) {
    access(
      reader,
      { ...who, only: limited },
      not,
      /^(?:write|publish)$/.test(action.verbs[0]!) ? ['create', 'update', 'delete'] : action.ops,
      limited && !reader.last ? 'everything' : limited ? 'everything' : '',
      scope,
    )
    return
  }
  if (/^(?:everything|anything|all|data|all data|it all|stuff|things|ones)?(?: else)?$/i.test(object)) {
    const target =
      !(
        who.names.some((name) => /^(?:everyone|guest|visitor)$/.test(name)) &&
        action.ops.every((op) => op === 'list' || op === 'read')
      ) &&
      object === '' &&
      reader.last &&
      !/everything|anything|all/i.test(action.object)
        ? ''
        : 'everything'
    access(reader, { ...who, only: limited }, not, action.ops, target, scope)
    return
  }
  const state = /^(.+?)\s+as\s+(?:an?\s+)?(?:either\s+)?([\p{L}-]+(?: [\p{L}-]+)?)(?:\s+or\s+([\p{L}-]+))?$/iu.exec(
    object,
  )
  if (state && /^(?:mark|flag|set|tag)$/.test(action.verbs[0] ?? '')) {
    const target = state[1]!
    const noun = nounFor(target, reader)
    if (noun) reader.facts.push({ kind: 'rule', subject: `@mark ${state[2]}`, note: state[3] ?? '', of: noun })
    access(reader, { ...who, only: limited }, not, ['update'], target, scope)
    return
  }
  const part =
    /^(?:the\s+)?(.{2,40}?)\s+of\s+(?:an?\s+|the\s+|their\s+|any\s+|every\s+|each\s+|all\s+)?(.{2,40})$/i.exec(object)
  if (part && action.ops.length === 1 && action.ops[0] === 'update' && nounOf(part[2]!)) {
    reader.facts.push({ kind: 'rule', subject: part[1]!, note: '', of: nounOf(part[2]!) })
    access(reader, { ...who, only: limited }, not, ['update'], part[2]!, scope)
    return
  }
  emitObjects(object, action, { ...who, only: limited }, not, scope, reader)
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

const nounFor = (text: string, reader: Reader) => {
  if (/^(?:it|them|they|these|those|one|ones)$/i.test(text.trim())) return reader.last
  const noun = nounOf(text)
  return noun && isThing(noun)
    ? { ...noun, words: noun.words.length > 1 ? noun.words : contentOf(noun.words) }
    : undefined
}

const prepositional = /^(?:on|to|in|for|into|at|with|from|of|about)\s+/i

const emitObjects = (said: string, action: Action, who: Who, not: boolean, scope: Scope, reader: Reader): void => {
  let object = (
    action.verbs.some((verb) => /^(?:look|browse|search|check)$/.test(verb))
      ? said.replace(/^(?:at|through|for|in)\s+(?:the\s+)?/i, '')
      : said
  ).replace(/^(?:at|through)\s+(?=(?:it|them|these|those|all|the|every)\b)/i, '')
  const pronoun = /^(?:it|them|they|these|those|ones?|their|them all|all of them|any of them)$/i.test(object)
  if (
    pronoun &&
    !/^(?:it|one)$/i.test(object) &&
    (reader.recent?.length ?? 0) > 1 &&
    reader.recent?.some((noun) => keyOf(noun) === (reader.last ? keyOf(reader.last) : ''))
  ) {
    for (const noun of reader.recent ?? [])
      reader.facts.push({
        kind: 'access',
        who: who.names,
        only: who.only,
        not: not || who.not,
        ops: action.ops,
        object: noun.words.join(' '),
        noun,
        scope,
      })
    return
  }
  if (pronoun) {
    access(reader, who, not, action.ops, '', scope)
    return
  }
  const by = who.names.find((name) => !special.has(name)) ?? 'user'
  const role = readWho(object)
  const spoken = action.verbs.filter((verb) => /^(?:comment|reply|vote|like|review|rate|follow)$/.test(verb))
  if (prepositional.test(object) && (action.link || spoken.length > 0)) {
    const [about = object, having] = object.split(/\s+(?:with|giving|including)\s+/i)
    const parent = nounFor(about.replace(prepositional, '').replace(/,.*$/, ''), reader)
    if (!parent || /^others?$/i.test(parent.words.join(' '))) return
    const verbs = spoken.length > 0 ? spoken : [action.verbs.at(-1)!]
    for (const verb of verbs) {
      const child = nounOf(/^(?:comment|reply)$/.test(verb) ? verb : (linkNouns.get(verb) ?? verb))
      if (child) linkThing(child, parent, by, who, not, scope, reader)
      if (child && having)
        reader.facts.push({
          kind: 'fields',
          of: child,
          items: splitItems(having).filter((item) => !/^(?:paying|by|through|via)\b/i.test(item)),
          extends: false,
        })
    }
    return
  }
  const choice = /^(?:\(?(?:[\p{L}]+(?: [\p{L}]+)?)(?:\s*,\s*[\p{L}]+){0,6}\s*,?\s*or\s+[\p{L}]+\)?)$/iu.test(object)
  if (choice && action.link && reader.last) {
    const child = nounOf(action.link)!
    linkThing(child, reader.last, by, who, not, scope, reader)
    reader.facts.push({
      kind: 'fields',
      of: child,
      items: [`response (${object.replace(/[()]/g, '')})`],
      extends: false,
    })
    return
  }
  const links = action.verbs.filter(
    (verb) =>
      action.link !== undefined &&
      /^(?:borrow|rent|hire|rate|review|like|follow|favorite|favourite|bookmark|reserve|attend|adopt|lend|loan|enroll|enrol|join|subscribe|sponsor|rsvp|star|book|vote|bid|buy|purchase|visit|watch|volunteer|apply|order)$/.test(
        verb,
      ),
  )
  if (links.length > 0 && !role) {
    const target = object.replace(/\s+(?:from|with|between|on a scale|out of|to|using|at|by|for)\b.*$/i, '')
    const noun = nounFor(target, reader)
    if (noun) {
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
          from: { words: [by], plural: true, several: false, article: '@who' },
          to: noun,
          via: `${verb}|${object.slice(target.length).trim()}`,
        })
      const others = action.ops.filter((op) => op !== 'create')
      if (others.length > 0) access(reader, who, not, others, target, scope)
      return
    }
  }
  const made = action.verbs.length === 1 && action.verbs[0] === 'list' && !special.has(by) && /\swith\s|\(/.test(object)
  const ops: readonly Operation[] = made ? ['create'] : action.ops
  const { rest: unlimited, limits } = takeLimits(object)
  if (limits.type === 'string' && nounOf(unlimited.replace(/\s+of$/i, ''))) {
    const limited = nounOf(unlimited.replace(/\s+of$/i, ''))!
    reader.facts.push({
      kind: 'fields',
      of: limited,
      items: [`content ${object.slice(object.search(/\b(?:of|up to|at most|with|max)\b/i))}`],
      extends: false,
    })
    object = unlimited.replace(/\s+of$/i, '')
  }
  const things = readThingList(
    object.replace(/^([\p{L}-]+(?: [\p{L}-]+)?) or (?:any )?([\p{L}-]+(?: [\p{L}-]+)?)$/iu, '$1, $2'),
    reader,
    'acted',
    by,
  )
  if (things.length === 0) return
  reader.recent = things
  const flag = action.verbs.map((verb) => flags[verb]).find(Boolean)
  if (flag) for (const noun of things) reader.facts.push({ kind: 'rule', subject: `@mark ${flag}`, note: '', of: noun })
  for (const noun of things)
    reader.facts.push({
      kind: 'access',
      who: who.names,
      only: who.only,
      not: not || who.not,
      ops,
      object: noun.words.join(' '),
      noun,
      scope,
    })
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

const linkThing = (
  child: ReturnType<typeof nounOf> & object,
  parent: ReturnType<typeof nounOf> & object,
  by: string,
  who: Who,
  not: boolean,
  scope: Scope,
  reader: Reader,
): void => {
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

const special = new Set(['everyone', 'signed', 'nobody', 'we', 'owner', 'user'])

const access = (
  reader: Reader,
  who: Who,
  not: boolean,
  ops: readonly Operation[],
  object: string,
  scope: Scope,
): void => {
  const noun =
    object === '' ? reader.last : object === 'everything' ? undefined : (nounFor(object, reader) ?? reader.last)
  if (object !== 'everything' && !noun) {
    reader.facts.push({
      kind: 'access',
      who: who.names,
      only: who.only,
      not: not || who.not,
      ops,
      object: 'everything',
      scope,
    })
    return
  }
  reader.facts.push({
    kind: 'access',
    who: who.names,
    only: who.only,
    not: not || who.not,
    ops,
    object: object === 'everything' ? object : noun!.words.join(' '),
    noun,
    scope,
  })
}
