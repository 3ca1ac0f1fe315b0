import { isDeepStrictEqual } from 'node:util'
import type { Architecture } from '../../../../schemas/generated/architecture.ts'
import { refOf } from '../../names.ts'
import { plural } from '../language/words.ts'
import { gaps } from '../lexicon/gaps.ts'
import { contentThings } from '../lexicon/sharing.ts'
import type { Fact } from '../read/facts.ts'
import { readField } from '../read/field.ts'
import { keyOf, type Noun, nounOf } from '../read/noun.ts'
import type { Reader } from '../read/reader.ts'
import { collect } from '../resolve/collect.ts'
import { isPersonal } from '../resolve/defaults.ts'
import { fieldOf } from '../resolve/order.ts'
import { resolveStructure } from '../resolve/resolve.ts'
import type { Ref, Thing } from '../resolve/sketch.ts'
import { applyAccess } from './access.ts'
import { addAccounts, addRole } from './accounts.ts'
import { type Draft, note } from './draft.ts'
import { addField, insertField, words } from './fields.ts'
import { grantNew } from './grant-new.ts'
import { addModel, forgetModel } from './models.ts'
import { changeClauses, readChange } from './read-change.ts'
import { grantPermissions, rightsOfNew } from './rights-of-new.ts'
import { toSketch } from './sketch.ts'
import { type Entry, entriesOf, findEntry, findField, findNamed } from './view.ts'

/** Carries out what a wish says: new fields, things, relations, rights, orders, accounts. */
export const applyFacts = (draft: Draft, reader: Reader, preferred: Entry | undefined): void => {
  const { architecture } = draft
  reader.facts = reader.facts.map((fact) => asStored(architecture, fact))
  const { facts } = reader
  for (const [topic] of reader.gaps) draft.notCarried.push(gaps.find((gap) => gap.topic === topic)!.text)
  if (facts.some((fact) => fact.kind === 'accounts' && fact.on) && !architecture.policies.authn) addAccounts(draft)
  for (const fact of facts)
    if (fact.kind === 'role' && architecture.policies.authn && fact.name !== 'user') addRole(draft, fact.name)
  if (facts.some((fact) => isThere(draft, fact))) draft.heard = true
  addPersonFields(draft, reader)
  const settled = addStructure(draft, reader)
  for (const fact of facts) {
    if (fact.kind === 'access') {
      if (fact.noun) draft.rights.set(keyOf(fact.noun), [...(draft.rights.get(keyOf(fact.noun)) ?? []), fact])
      if (!fact.noun || !settled.has(keyOf(fact.noun))) applyAccess(draft, fact, preferred)
    }
    if (fact.kind === 'listing') applyOrder(draft, fact.hint, preferred)
    if (fact.kind === 'title' && architecture.system.title !== fact.title) {
      architecture.system.title = fact.title
      note(draft, `Calls it ${fact.title}.`)
    }
    if (fact.kind === 'unread' && fact.text.split(/\s+/).length > 2)
      draft.notCarried.push(`Not understood: “${fact.text.slice(0, 120)}”.`)
  }
}

/** Whether what was said to be stored is stored already. */
const isThere = ({ architecture }: Draft, fact: Fact): boolean => {
  const noun = fact.kind === 'fields' ? fact.of : fact.kind === 'thing' ? fact.noun : undefined
  const entry = noun ? findEntry(architecture, noun.words.join(' ')) : undefined
  if (!entry) return fact.kind === 'accounts' && fact.on && architecture.policies.authn !== undefined
  if (fact.kind === 'thing') return fact.how === 'tracked' || fact.how === 'headline'
  const items = fact.kind === 'fields' ? fact.items : []
  return items.length > 0 && items.every((item) => findField(entry, readField(item)?.name.replaceAll('_', ' ') ?? ''))
}

/** Words for what is there in the system's own words: a model may have another plural than its name's. */
const asStored = (architecture: Architecture, fact: Fact): Fact => {
  const noun = fact.kind === 'fields' ? fact.of : 'noun' in fact ? fact.noun : undefined
  const entry = noun ? findNamed(architecture, keyOf(noun)) : undefined
  if (!noun || !entry || entry.key === keyOf(noun)) return fact
  const words = { ...noun, words: entry.key.split('_') }
  return fact.kind === 'fields' ? { ...fact, of: words } : ({ ...fact, noun: words } as Fact)
}

/** Fields of the account itself: on the model, in sign-up, and in the list of people. */
const addPersonFields = (draft: Draft, reader: Reader): void => {
  const { architecture } = draft
  const user = architecture.policies.authn ? architecture.models.User : undefined
  const users = architecture.components.accounts?.ports.users
  if (!user || users?.kind !== 'rpc') return
  const entry = {
    name: 'User',
    key: 'user',
    words: 'user',
    model: user,
    component: 'accounts',
    api: users,
    path: '/v1/users',
  }
  const registration = architecture.types?.Registration ?? architecture.types?.AccountRegistration
  for (const fact of reader.facts) {
    if (fact.kind !== 'fields' || !/^(?:user|account|person)$/.test(keyOf(fact.of))) continue
    for (const item of fact.items) {
      const field = readField(item)
      if (!field || Object.hasOwn(user.fields, field.name) || !addField(draft, entry, field)) continue
      if (registration) registration[field.name] = { ...user.fields[field.name]! }
    }
  }
}

/**
 * Reads the facts against a sketch of what is there, and adds what the sketch then has more. Returns the things whose rights
 * are all settled by that.
 */
const addStructure = (draft: Draft, reader: Reader): ReadonlySet<string> => {
  const { architecture } = draft
  const settled = new Set<string>()
  for (const fact of reader.facts) {
    if (fact.kind !== 'fields' || fact.extends) continue
    const bare = entriesOf(architecture).find((entry) => entry.key === keyOf(fact.of) && draft.bare.has(entry.name))
    if (!bare) continue
    reader.facts.push(...parentsOf(architecture, bare, fact.of), ...(draft.rights.get(bare.key) ?? []))
    draft.rights.delete(bare.key)
    forgetModel(draft, bare)
  }
  const sketch = toSketch(architecture)
  const before = new Map(
    [...sketch.things].map(([key, thing]) => [
      key,
      {
        fields: new Set(thing.fields.map((field) => field.name)),
        refs: new Set(thing.refs.map((ref) => ref.field)),
        parent: thing.parent,
      },
    ]),
  )
  const facts = reader.facts.filter(
    (fact) =>
      fact.kind === 'thing' ||
      fact.kind === 'fields' ||
      fact.kind === 'upload' ||
      fact.kind === 'parent' ||
      fact.kind === 'many' ||
      fact.kind === 'nested',
  )
  const structural = facts.filter(
    (fact) =>
      fact.kind !== 'thing' ||
      fact.how !== 'acted' ||
      !reader.facts.some(
        (one) =>
          one.kind === 'access' &&
          one.noun &&
          keyOf(one.noun) === keyOf(fact.noun) &&
          !findEntry(architecture, fact.noun.words.join(' ')) &&
          one.ops.every((op) => op !== 'create'),
      ),
  )
  const collected = collect(reader.facts)
  resolveStructure(
    sketch,
    structural,
    {
      ...collected,
      accounts: sketch.accounts,
      roles: [...Object.keys(architecture.policies.roles), ...collected.roles],
    },
    new Set(before.keys()),
  )
  const fresh = [...sketch.things.values()].filter((thing) => !before.has(thing.key))
  for (const thing of inOrder(fresh)) {
    if (
      sketch.accounts &&
      (isPersonal(thing.key) ||
        thing.owned ||
        /^(?:comment|reply|review|rating|vote|like|answer|note)$/.test(thing.key) ||
        (contentThings.has(thing.key) && thing.parent))
    )
      thing.owned = true
    const permissions = rightsOfNew(architecture, sketch, thing, [...reader.facts, ...toldOf(draft, thing, reader)])
    const entry = addModel(draft, thing)
    if (!facts.some((fact) => fact.kind === 'fields' && keyOf(fact.of) === thing.key)) draft.bare.add(entry.name)
    if (permissions) {
      grantPermissions(draft, `${entry.component}.api`, permissions)
      if (permissions.length > 0) settled.add(thing.key)
    } else grantNew(draft, entry, thing.owned)
  }
  for (const thing of sketch.things.values()) {
    const known = before.get(thing.key)
    const entry = known ? entriesOf(architecture).find((one) => one.key === thing.key) : undefined
    if (!known || !entry) continue
    for (const field of thing.fields) if (!known.fields.has(field.name)) addField(draft, entry, field)
    for (const ref of thing.refs) if (!known.refs.has(ref.field)) addReference(draft, entry, ref, thing)
  }
  draft.assumptions.push(...sketch.assumptions)
  draft.notCarried.push(...sketch.notCarried)
  return settled
}

/** What a model belongs to, as facts about it: it stays so where the model is added again with the fields then named. */
const parentsOf = (architecture: Architecture, { model }: Entry, child: Noun): Fact[] =>
  Object.values(model.fields).flatMap(({ type, optional }) => {
    const to = refOf(type)?.model
    const entry = entriesOf(architecture).find(({ name }) => name === to && name !== 'User')
    const parent = entry && nounOf(entry.words)
    return parent ? [{ kind: 'parent', child, parent, optional: optional === true, sure: true } as const] : []
  })

/** Who is said to do what with a new thing in other sentences of the same change: "add alarms; technicians make alarms". */
const toldOf = (draft: Draft, { key, words: said }: Thing, reader: Reader): Fact[] =>
  draft.told
    .filter((text) => new RegExp(`\\b(?:${said}|${plural(said)})\\b`, 'i').test(text))
    .flatMap(changeClauses)
    .flatMap((clause) => readChange(clause, draft.architecture, undefined).facts)
    .filter(
      (fact) =>
        fact.kind === 'access' &&
        fact.noun !== undefined &&
        keyOf(fact.noun) === key &&
        !reader.facts.some((one) => isDeepStrictEqual(one, fact)),
    )

/** Parents before children, so that a link finds its target. */
const inOrder = (things: readonly Thing[]): Thing[] => {
  const left = [...things]
  const done: Thing[] = []
  while (left.length > 0) {
    const at = Math.max(
      0,
      left.findIndex((thing) =>
        thing.refs.every((ref) => ref.to === thing.key || !left.some((other) => other.key === ref.to)),
      ),
    )
    done.push(...left.splice(at, 1))
  }
  return done
}

const addReference = (draft: Draft, entry: Entry, ref: Ref, thing: Thing): void => {
  const { architecture } = draft
  const target = ref.to === 'user' ? undefined : entriesOf(architecture).find((one) => one.key === ref.to)
  if (ref.to !== 'user' && !target) return
  insertField(entry, ref.field, {
    type: `ref(${target?.name ?? 'User'}.id)`,
    index: true,
    optional: true,
    onDelete: 'set-null',
  })
  note(
    draft,
    `${entry.words.charAt(0).toUpperCase()}${entry.words.slice(1)} entries can belong to a ${ref.to.replaceAll('_', ' ')} (${words(ref.field)}, optional).`,
  )
  if (!target || target.name === entry.name) return
  if (thing.parent === ref.field && !entry.api.parent) entry.api.parent = ref.field
  const { ports } = architecture.components[entry.component]!
  const base = ref.field.replace(/_id$/, '')
  const port = Object.hasOwn(ports, base) ? `${base}_ref` : base
  architecture.components[entry.component]!.ports = {
    ...ports,
    [port]: { dir: 'out', kind: 'rpc', crud: target.name, only: ['read'], field: ref.field },
  }
  architecture.links.push({ from: `${entry.component}.${port}`, to: `${target.component}.api`, onFailure: 'hard' })
}

const applyOrder = (
  draft: Draft,
  hint: Extract<Reader['facts'][number], { kind: 'listing' }>['hint'],
  preferred: Entry | undefined,
): void => {
  const sketch = toSketch(draft.architecture)
  const entries = entriesOf(draft.architecture).filter((entry) => entry.name !== 'User')
  const named = hint.of ? findEntry(draft.architecture, hint.of.words.join(' ')) : undefined
  const candidates = named ? [named] : [...(preferred ? [preferred] : []), ...entries]
  for (const said of hint.fields) {
    const found = candidates
      .map((entry) => ({ entry, field: fieldOf(sketch.things.get(entry.key)!, said) }))
      .find((one) => one.field !== undefined)
    if (!found?.field) {
      draft.problem ??= {
        text: `There is no “${said.replace(/^@/, '')}” to go by.`,
        help: `There is ${entries
          .map((entry) => `${plural(entry.words)}: ${Object.keys(entry.model.fields).join(', ')}`)
          .join('; ')
          .slice(0, 300)}.`,
      }
      return
    }
    const { list } = found.entry.api
    if (!list) continue
    if (hint.how === 'sort') {
      const order = `${hint.descending ? '-' : ''}${found.field}`
      if (list.order === order) {
        draft.heard = true
        continue
      }
      list.order = order
      if (!list.sort.includes(found.field)) list.sort.push(found.field)
      note(
        draft,
        `Lists of ${plural(found.entry.words)} come by ${words(found.field)}${hint.descending ? ', greatest first' : ''}.`,
      )
    } else {
      const key = hint.how === 'search' ? 'search' : 'filter'
      if (hint.only && list[key].length > 1) {
        list[key] = [found.field]
        note(draft, `${plural(found.entry.words)} can be found by ${words(found.field)} alone.`, 'major')
        continue
      }
      if (list[key].includes(found.field)) {
        draft.heard = true
        continue
      }
      list[key].push(found.field)
      note(draft, `${plural(found.entry.words)} can be found by ${words(found.field)}.`)
    }
    return
  }
}
