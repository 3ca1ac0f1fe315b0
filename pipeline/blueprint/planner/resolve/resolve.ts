import { listed, plural, sentence, withArticle } from '../language/words.ts'
import { titleFields } from '../lexicon/field-types.ts'
import { gaps } from '../lexicon/gaps.ts'
import { isPersonNoun, vouchedFor } from '../lexicon/people.ts'
import { childThings, contentThings } from '../lexicon/sharing.ts'
import { places } from '../lexicon/system-words.ts'
import type { Fact } from '../read/facts.ts'
import { readField } from '../read/field.ts'
import { keyOf, nounOf } from '../read/noun.ts'
import type { Reader } from '../read/reader.ts'
import { writeOut } from './alias.ts'
import { type Collected, collect, isStored } from './collect.ts'
import { usualFields } from './defaults.ts'
import { addField, addItem } from './items.ts'
import { resolveOnce } from './once.ts'
import { asOneThing } from './one-thing.ts'
import { resolveListing } from './order.ts'
import { resolvePermissions, sortRoles } from './permissions.ts'
import { addChild, addLink, addRef, createThing } from './relate.ts'
import { guestsAreEveryone } from './rights/guests.ts'
import { partiesAreRelations } from './rights/parties.ts'
import { barOpen } from './rights/sound.ts'
import { linkFacts } from './rights/takers.ts'
import { resolveRules } from './rules.ts'
import type { Sketch } from './sketch.ts'
import { settleSpans } from './spans.ts'
import { photosAreFiles, resolveUploads } from './uploads.ts'

/** More things than this are not built from one message. */
const maxThings = 60

/** Weighs the facts of a text against each other. Returns the system they describe, in the planner's own terms. */
export const resolveFacts = (reader: Reader): Sketch => {
  const facts = partiesAreRelations(guestsAreEveryone(writeOut(asOneThing(reader.facts))))
  const collected = collect(facts)
  const sketch: Sketch = {
    title: '',
    things: new Map(),
    accounts: collected.accounts,
    userFields: [],
    signUpRoles: [],
    adminNamed: collected.roles.includes('admin'),
    grantedRoles: [],
    permissions: new Map(),
    barred: new Map(),
    userPermissions: [],
    many: [],
    linkRoles: new Map(),
    assumptions: [],
    notCarried: [],
  }
  for (const candidate of collected.candidates.values())
    if (sketch.things.size < maxThings && isStored(candidate, collected))
      sketch.things.set(candidate.key, createThing(candidate.key))
  // What people upload is what there is, also where a kind of business is named that usually keeps something else.
  if (sketch.things.size === 0 && !facts.some((fact) => fact.kind === 'upload')) archetype(sketch, collected)
  if (sketch.things.size === 0) whatIsLinked(sketch, facts)
  resolveFields(sketch, facts, collected)
  resolveRelations(sketch, facts, collected)
  inferParents(sketch, facts)
  fillBare(sketch, facts, new Set())
  settleSpans(sketch)
  resolveRules(sketch, facts)
  resolveOnce(sketch, facts)
  addDecisions(sketch, facts)
  resolveUploads(sketch, facts, new Set())
  photosAreFiles(sketch, new Set())
  for (const thing of sketch.things.values())
    if (
      /^(?:photo|image|picture|file|document|video)$/.test(thing.key) &&
      !thing.fields.some((field) => field.type === 'url' || field.type === 'file')
    ) {
      addField(thing, readField('optional url')!)
      sketch.assumptions.push(`Each ${thing.words} has a url, the link to where it is kept.`)
    }
  if (sketch.accounts) {
    const roles = collected.roles.filter(
      (role) =>
        !sketch.things.has(role) ||
        facts.some(
          (fact) =>
            (fact.kind === 'access' && fact.who.includes(role)) ||
            (fact.kind === 'role' && fact.name === role && fact.joins),
        ),
    )
    const { signUp, granted } = sortRoles(roles, facts)
    sketch.signUpRoles = signUp.length > 0 ? signUp : ['user']
    sketch.grantedRoles = granted
    oneOfEach(sketch)
    const shared = facts.some((fact) => fact.kind === 'shared')
    const mine = facts.some((fact) => fact.kind === 'mine') && !shared
    resolvePermissions(sketch, [...facts, ...linkFacts(sketch, facts)], mine, shared)
    const vouched = signUp.filter((role) => vouchedFor.test(role))
    const others = sketch.signUpRoles.filter((role) => !vouched.includes(role))
    sketch.signUpRoles = others.length > 0 ? others : ['user']
    sketch.grantedRoles = [...granted, ...vouched]
  } else barOpen(sketch, facts)
  for (const thing of sketch.things.values())
    if (!thing.owned) thing.unique = thing.unique.filter((fields) => !fields.includes('owner_id'))
  resolveListing(sketch, facts)
  noteGaps(sketch, reader)
  return sketch
}

/** Adds what facts say of things to a sketch that knows some already (`known`), which keep the fields they have. */
export const resolveStructure = (
  sketch: Sketch,
  facts: readonly Fact[],
  collected: Collected,
  known: ReadonlySet<string>,
): void => {
  for (const candidate of collected.candidates.values())
    if (
      !sketch.things.has(candidate.key) &&
      facts.some(
        (fact) =>
          (fact.kind === 'thing' && keyOf(fact.noun) === candidate.key) ||
          (fact.kind === 'fields' && keyOf(fact.of) === candidate.key) ||
          (fact.kind === 'parent' && (keyOf(fact.child) === candidate.key || keyOf(fact.parent) === candidate.key)),
      ) &&
      isStored(candidate, collected)
    )
      sketch.things.set(candidate.key, createThing(candidate.key))
  resolveFields(sketch, facts, collected)
  resolveRelations(sketch, facts, collected)
  fillBare(sketch, facts, known)
  resolveUploads(sketch, facts, known)
}

/** "Users book courts", and no word of courts beside: what people do something with is what there is. */
const whatIsLinked = (sketch: Sketch, facts: readonly Fact[]): void => {
  for (const fact of facts)
    if (fact.kind === 'many' && fact.via && sketch.things.size < maxThings) {
      const key = keyOf(fact.to)
      if (!isPersonNoun(key)) sketch.things.set(key, createThing(key))
    }
}

/** What hangs together wherever it is usual. */
const familiar: readonly (readonly [string, ...string[]])[] = [
  ['loan', 'book', 'member'],
  ['contact', 'company'],
  ['deal', 'company'],
]

const archetype = (sketch: Sketch, collected: Collected): void => {
  for (const candidate of collected.candidates.values()) {
    if (!candidate.hows.has('place')) continue
    const usual = places.get(candidate.noun.words.at(-1)!) ?? []
    for (const key of usual) sketch.things.set(key, createThing(key))
    if (usual.length > 0)
      sketch.assumptions.push(
        `A ${candidate.noun.words.join(' ')} usually keeps ${listed(usual.map((key) => plural(key)))}.`,
      )
    for (const [child, ...parents] of familiar)
      if ([child, ...parents].every((key) => usual.includes(key!)))
        for (const parent of parents) addChild(sketch, child!, parent)
    if (usual.length === 2) {
      const [first, second] = usual as [string, string]
      if (
        /^(?:loan|comment|reply|appointment|adoption|donation|match|ticket|screening|booking|batch|repair|sample|prescription|contact|deal|transaction)$/.test(
          second,
        )
      )
        addChild(sketch, second, first)
    }
  }
}

const resolveFields = (sketch: Sketch, facts: readonly Fact[], collected: Collected): void => {
  for (const fact of facts) {
    if (fact.kind !== 'fields') continue
    const key = keyOf(fact.of)
    if (sketch.accounts && /^(?:user|account|people|person)$/.test(key) && !sketch.things.has(key)) {
      const account = createThing('user')
      for (const item of fact.items) {
        const noun = nounOf(item)
        const theirs = noun?.plural ? sketch.things.get(keyOf(noun)) : undefined
        if (theirs) theirs.owned = true
        else addItem(sketch, account, item, false, collected)
      }
      sketch.userFields.push(
        ...account.fields.filter(
          (field) => !/^(?:email|password|password_hash|roles?|username_or_email)$/.test(field.name),
        ),
      )
      continue
    }
    if (sketch.accounts && collected.roles.includes(key) && !sketch.things.has(key))
      for (const item of fact.items) {
        const noun = nounOf(item)
        const owned = noun ? sketch.things.get(keyOf(noun)) : undefined
        if (owned) owned.owned = true
      }
    const thing = sketch.things.get(key)
    if (thing) for (const item of fact.items) addItem(sketch, thing, item, fact.extends, collected)
  }
  const pairs = sketch.many
  for (const [one, other, optional] of pairs) {
    if (pairs.some(([a, b]) => a === other && b === one)) {
      if (
        one < other ||
        !pairs.some(
          ([a, b], i) => a === other && b === one && i < pairs.findIndex(([c, d]) => c === one && d === other),
        )
      )
        addLink(sketch, { kind: 'many', from: nounFor(one), to: nounFor(other) }, false)
    } else if (
      one !== other &&
      !facts.some(
        (fact) =>
          fact.kind === 'many' &&
          !fact.via &&
          [keyOf(fact.from), keyOf(fact.to)].sort().join() === [one, other].sort().join(),
      )
    )
      addChild(sketch, other, one, optional)
  }
}

const nounFor = (key: string) => ({ words: key.split('_'), plural: true, several: false, article: '' })

/** "The defects of tenants" are those that they report: whose one is, is known. */
const isMadeBy = (sketch: Sketch, facts: readonly Fact[], child: string, role: string): boolean =>
  sketch.things.get(child)!.owned ||
  facts.some(
    (fact) =>
      fact.kind === 'access' &&
      !fact.not &&
      fact.noun !== undefined &&
      keyOf(fact.noun) === child &&
      fact.ops.includes('create') &&
      fact.who.includes(role),
  )

const resolveRelations = (sketch: Sketch, facts: readonly Fact[], collected: Collected): void => {
  for (const fact of facts) {
    if (fact.kind === 'parent') {
      const [child, parent] = [keyOf(fact.child), keyOf(fact.parent)]
      if (sketch.things.has(child) && sketch.things.has(parent)) addChild(sketch, child, parent, fact.optional)
      else if (
        sketch.things.has(child) &&
        sketch.accounts &&
        collected.roles.includes(parent) &&
        fact.sure &&
        !(fact.parent.plural && isMadeBy(sketch, facts, child, parent))
      )
        addRef(sketch, child, 'user', { field: `${parent}_id`, optional: true, onDelete: 'set-null' })
    }
    if (fact.kind === 'nested' && sketch.things.has(keyOf(fact.of)))
      addRef(sketch, keyOf(fact.of), keyOf(fact.of), { field: 'parent_id', optional: true })
    if (fact.kind === 'many') {
      const from = keyOf(fact.from)
      const byAccount =
        sketch.accounts &&
        !sketch.things.has(from) &&
        (fact.from.article === '@who' || collected.roles.includes(from) || from === 'user')
      if (!byAccount && !sketch.things.has(from) && fact.from.article === '@who' && sketch.things.has(keyOf(fact.to)))
        sketch.things.set(from, createThing(from))
      const key = addLink(sketch, fact, byAccount)
      if (key && byAccount) sketch.linkRoles.set(key, [...new Set([...(sketch.linkRoles.get(key) ?? []), from])])
    }
  }
}

/** "managers approve or reject them": a state to write the decision to, where the thing has none. */
const addDecisions = (sketch: Sketch, facts: readonly Fact[]): void => {
  for (const fact of facts) {
    if (fact.kind !== 'access' || !fact.decision || !fact.noun) continue
    const thing = sketch.things.get(keyOf(fact.noun))
    if (!thing || thing.fields.some((field) => /status|state|stage|approved|decision/.test(field.name))) continue
    addField(thing, readField(`status (pending, ${fact.decision})`)!)
    sketch.assumptions.push(`${sentence(withArticle(thing.words))} is pending at first.`)
  }
}

/** Things that hang on another by their nature get it where the text names a likely one and no relation. */
const inferParents = (sketch: Sketch, facts: readonly Fact[]): void => {
  for (const fact of facts) {
    if (fact.kind !== 'access' || fact.not || !fact.noun || !fact.ops.includes('create') || sketch.accounts) continue
    const thing = sketch.things.get(keyOf(fact.noun))
    for (const who of fact.who)
      if (thing && sketch.things.has(who) && who !== thing.key)
        addRef(sketch, thing.key, who, { optional: true, nested: true })
  }
  for (const thing of sketch.things.values()) {
    const natural = naturalParents.get(thing.key.split('_').at(-1)!) ?? naturalParents.get(thing.key)
    if (!natural || thing.refs.length > 0) continue
    const others = [...sketch.things.values()].filter((other) => other !== thing && !isPersonNoun(other.key))
    const parent =
      others.find((other) => natural.includes(other.key)) ??
      (natural.includes('*')
        ? others.find((other) => contentThings.has(other.key) && !childThings.has(other.key))
        : undefined)
    if (parent) addChild(sketch, thing.key, parent.key)
  }
}

const any = ['*']
const naturalParents: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    comment: any,
    reply: ['comment', 'thread', 'topic', 'post', 'message', 'ticket', 'question', 'review'],
    review: any,
    rating: any,
    like: any,
    vote: ['option', 'poll', 'idea', 'post', 'proposal', 'photo', 'question', 'feature'],
    answer: ['question'],
    question: ['quiz', 'survey', 'exam', 'test'],
    option: ['poll', 'question'],
    order_item: ['order'],
    order_line: ['order'],
    line_item: ['invoice', 'order', 'quote'],
    episode: ['podcast', 'season', 'show', 'series'],
    chapter: ['book', 'course'],
    lesson: ['course', 'module'],
    subtask: ['task', 'todo'],
    column: ['board'],
    card: ['column', 'list', 'board', 'deck'],
    message: ['channel', 'conversation', 'room', 'thread', 'chat'],
    thread: ['board', 'forum', 'category'],
    topic: ['forum', 'category'],
    milestone: ['project'],
    sprint: ['project'],
    exercise: ['workout'],
    inspection: ['hive'],
    seat: ['room', 'venue', 'screen'],
    song: ['album'],
    variant: ['product'],
  }),
)

/** Members borrow tools, and a loan has a tool and a member: that is whose the loan is, and no second person. */
const oneOfEach = (sketch: Sketch): void => {
  for (const [key, roles] of sketch.linkRoles) {
    const thing = sketch.things.get(key)
    for (const role of roles)
      if (thing?.owned && sketch.signUpRoles.includes(role))
        thing.refs = thing.refs.filter(({ field, to }) => to !== 'user' || field !== `${role}_id`)
  }
}

/** Gives the things of which no field was named their usual ones, and a headline its title. */
const fillBare = (sketch: Sketch, facts: readonly Fact[], known: ReadonlySet<string>): void => {
  for (const thing of sketch.things.values()) {
    if (known.has(thing.key) || thing.exact) continue
    const said = facts.filter((fact) => fact.kind === 'fields' && keyOf(fact.of) === thing.key)
    const exact = said.some((fact) => fact.kind === 'fields' && !fact.extends) && thing.fields.length > 0
    if (exact) continue
    if (thing.fields.filter((field) => !field.type.startsWith('list(')).length >= 3) continue
    if (thing.fields.length > 0 && thing.fields.some((field) => titleFields.slice(0, 8).includes(field.name))) continue
    const isLink = thing.refs.length + (thing.owned ? 1 : 0) >= 2 && thing.unique.length > 0
    if (isLink && !said.length) continue
    // "a request has a box": what it is for is all that was named.
    if (/^(?:request|claim|nomination)$/.test(thing.key) && said.length > 0 && thing.refs.length > 0) continue
    const { fields, known: usualThing } = usualFields(thing.key)
    const named = thing.fields
    if (thing.refs.length > 0 && !usualThing && named.length === 0 && thing.refs.length >= 2) continue
    if (named.some((field) => ['name', 'title'].includes(field.name)) && !usualThing) continue
    const timed = thing.refs.some(({ to }) =>
      sketch.things.get(to)?.fields.some((field) => /^(?:date|datetime|time)$/.test(field.type)),
    )
    const usual = fields.filter(
      (field) =>
        !thing.refs.some((ref) => ref.field === `${field.name}_id`) &&
        // What is booked has its own time: a seat in a session is taken when the session is.
        !(timed && /booking|reservation|registration|signup/.test(thing.key) && /^date/.test(field.type)),
    )
    thing.fields = []
    const link = thing.refs.length > 0 && sketch.linkRoles.has(thing.key)
    for (const field of usual)
      thing.fields.push(
        thing.spans && /^(?:starts?|ends?)_/.test(field.name)
          ? { ...field, said: 'required' }
          : link && field.type !== 'bool' && field.default === undefined
            ? { ...field, said: 'optional' }
            : field,
      )
    for (const field of named) addField(thing, field)
    if (usual.length > 0)
      sketch.assumptions.push(
        `${sentence(plural(thing.words))} get the usual fields: ${listed(usual.map((field) => field.words + (field.said === 'optional' ? ' (optional)' : '')))}.`,
      )
  }
}

const noteGaps = (sketch: Sketch, reader: Reader): void => {
  for (const [topic, clause] of reader.gaps) {
    const gap = gaps.find((one) => one.topic === topic)!
    sketch.notCarried.push(`“${clip(clause)}”: ${gap.text}`)
  }
  for (const fact of reader.facts)
    if (fact.kind === 'unbuilt') sketch.notCarried.push(`Not built: “${clip(fact.text)}”. ${fact.why}`)
  for (const fact of reader.facts.filter((one) => one.kind === 'unread').slice(0, 5))
    if (
      fact.kind === 'unread' &&
      worthTelling(fact.text.replace(/,? (?:with )?no (?:log-?in|sign-?in|accounts?)$/i, ''))
    )
      sketch.notCarried.push(`Not understood, so not built: “${clip(fact.text)}”.`)
}

const clip = (text: string): string => (text.length > 120 ? `${text.slice(0, 117)}...` : text)
/** "Library for our village": what it is called, and for whom. */
const title =
  /^(?:an? |the |our )?[\p{L}-]+(?: [\p{L}-]+)? for (?:our|an?|the|my|all) (?!.*\b(?:only|can|may|must|is|are)\b)[\p{L}' -]{3,40}$/iu
const worthTelling = (text: string): boolean =>
  !nounOf(text) &&
  !title.test(text) &&
  text.split(/\s+/).length >= 3 &&
  !/^(?:(?:we|i) (?:are|am|have been|work|run|live|love)|my name|our (?:company|team|shop|club)|this is|it is for|thanks?|thank you|hi|hello|hey|cheers|please|that is (?:it|all)|nothing (?:fancy|else)|keep it simple|nice|great|cool|i (?:hope|think|guess)|let me know|sorry)\b/i.test(
    text,
  )
