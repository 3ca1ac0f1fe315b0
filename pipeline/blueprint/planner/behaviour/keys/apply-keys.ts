import type { Field } from '../../../../../schemas/generated/architecture.ts'
import { toField } from '../../assemble/field.ts'
import { isPlural, listed, plural, sentence, singular, toName, withArticle } from '../../language/words.ts'
import { readField } from '../../read/field.ts'
import { splitItems } from '../../read/items.ts'
import { holdersOf, setHolders } from '../access/holders.ts'
import type { Outcome, Read } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'
import { targetsOf } from '../extras/targets.ts'
import type { Found } from '../find.ts'
import { findPhrase } from '../places/phrase.ts'
import { readKeyFacts } from './key-facts.ts'
import { type KeySpec, readKeySentence } from './read-keys.ts'

/** "Hives post their weight with an API key", "the ERP reads orders with an API key". */
export const readKeys: Read = (said) => {
  const facts = readKeyFacts(said)
  if (facts) return facts
  const spec = readKeySentence(said)
  return (
    spec && {
      said,
      rest: ['With user accounts', ...fieldsOf(spec)],
      ...(spec.kind === 'device' && spec.keyed ? { founds: foundsOf(spec.devices) } : {}),
      apply: (draft) => (spec.kind === 'device' ? applyDevices(draft, spec) : applyService(draft, spec)),
    }
  )
}

/** "Cars with a plate": what is posted has these. */
const fieldsOf = (spec: KeySpec): string[] => {
  const found =
    spec.kind === 'device'
      ? /^(?:new |all |the )?([\p{L}-]+s) with ((?:an? |the |their |its ).+)$/iu.exec(spec.posts ?? '')
      : null
  return found && isPlural(found[1]!.toLowerCase()) ? [`${sentence(found[1]!)} have ${found[2]!}`] : []
}

/** Devices of which nothing else is said: who signs up sees them, administrators look after them and their keys. */
const foundsOf = (said: string): string[] => {
  const devices = plural(singular(bare(said)))
  return [`${sentence(devices)} have a name`, `Only admins can add, change and delete ${devices}`]
}

const bare = (said: string): string => said.toLowerCase().replace(/^(?:(?:an?|the|all|each|every|our) )+/, '')

/** Devices that nobody spoke of before: administrators make them and give them their keys. */
const newDevices = (draft: BehaviourDraft, said: string): Found => {
  const made = draft.ensureModel(toName([singular(bare(said))]), nameOnly(), { ungranted: true })
  draft.ensureAccounts()
  grantAll(draft, made)
  draft.assume(`${sentence(plural(made.words))} have a name; administrators make them and give them their keys.`)
  return made
}

/** Lets administrators do everything with whoever has a key. */
const grantAll = (draft: BehaviourDraft, model: Found): void => {
  for (const op of ['create', 'list', 'read', 'update', 'delete']) draft.grant('admin', model, op)
}

const nameOnly = (): { name: Field } => ({ name: { type: 'string', min: 1, max: 100, unique: true } })

/** Makes the rows of a model callers with a key. Returns their role. */
const giveKeys = (draft: BehaviourDraft, model: Found): string => {
  draft.ensureAccounts()
  const { roles } = draft.architecture.policies
  const role = model.model.keys?.role ?? (Object.hasOwn(roles, model.key) ? `${model.key}_key` : model.key)
  model.model.keys = { role }
  const { admin, ...others } = roles
  if (!Object.hasOwn(roles, role))
    draft.architecture.policies.roles = { ...others, [role]: [], ...(admin ? { admin } : {}) }
  return role
}

const readings =
  /(?:^|_)(?:reading|measurement|event|log|sample|record|report|position|ping|heartbeat|scan|alarm|observation|entry|weighing|metric|signal|status_update|status|update|track|visit|passage|count|value|data_point|datum|data)$/

const applyDevices = (draft: BehaviourDraft, spec: Extract<KeySpec, { kind: 'device' }>): Outcome => {
  const devices = findPhrase(draft, spec.devices)?.model ?? (spec.keyed ? newDevices(draft, spec.devices) : undefined)
  if (!devices || devices.endpoint.endsWith('.users'))
    return { unresolved: `There is nothing called “${spec.devices}”.` }
  const posted = spec.posts
    ? whatIsPosted(draft, devices, spec.posts)
    : draft
        .childrenOf(devices)
        .filter(({ model }) => readings.test(model.key))
        .map(({ model }) => model)
  if (!posted) return { unresolved: `It is not clear what “${spec.posts}” are.` }
  const role = giveKeys(draft, devices)
  for (const model of posted) {
    const ref = draft.refFrom(model, devices) ?? draft.ensureRef(model, devices)
    const others = holdersOf(draft, model, 'create').filter(
      (one) => model.api.owner !== undefined || one.role === role || one.scope?.startsWith('where '),
    )
    setHolders(draft, model, 'create', [...others.filter((one) => one.role !== role), { role, scope: ref }])
    if (!model.api.parent) model.api.parent = ref
  }
  const what = posted.map((model) => plural(model.words))
  // What people make too is theirs as well.
  const alone = posted.filter(({ api }) => api.owner === undefined).map((model) => plural(model.words))
  return {
    understood: [
      `Each ${devices.words} has an API key of its own, shown once when it is made and replaced or revoked at ${devices.path}/{id}/keys${what.length > 0 ? `; with it it posts its own ${listed(what)}` : ''}.`,
    ],
    ...(alone.length > 0
      ? {
          assumptions: [
            `${sentence(listed(alone))} are made by the ${plural(devices.words)} themselves; people read them.`,
          ],
        }
      : {}),
  }
}

/** What devices measure is a number, unless it is named as something else. */
const measured = (name: string, field: Field): Field =>
  field.type === 'string' &&
  !/(?:^|_)(?:name|title|text|message|status|state|code|id|note|type|kind|number|place|location|address|key|serial|version|tag|event|mode|colour|color|unit|log|error|plate)$/.test(
    name,
  )
    ? { type: 'float' }
    : field

/** The models of what devices post: by name, by a field they have, else readings that are made of it. */
const whatIsPosted = (draft: BehaviourDraft, devices: Found, said: string): Found[] | undefined => {
  const text = said
    .replace(/\s*\(.*$/, '')
    .replace(/\s+(?:every|each|once|with|at|when|as soon as|in real time)\b.*$/i, '')
    .trim()
  const parts = text.split(/\s*(?:,|\band\b)\s*/).filter(Boolean)
  const named = parts.map((part) => findPhrase(draft, part)?.model)
  if (named.every((model) => model !== undefined && model.name !== devices.name && !model.endpoint.endsWith('.users')))
    return [...new Map(named.map((model) => [model!.name, model!])).values()]
  const holder = draft
    .childrenOf(devices)
    .find(({ model }) => parts.some((part) => draft.findField(model, part) !== undefined))
  if (holder) return [holder.model]
  if (/^(?:data|values?|it|them|everything|measurements?|readings?)$/i.test(text)) {
    const child =
      draft.childrenOf(devices).find(({ model }) => readings.test(model.key)) ?? draft.childrenOf(devices)[0]
    if (child) return [child.model]
  }
  const fields: { [name: string]: Field } = {}
  for (const item of splitItems(said.replace(/\s+(?:every|each|once) .*$/i, ''))) {
    const spec = readField(item)
    if (spec) fields[spec.name] = measured(spec.name, toField({ ...spec, said: 'required' }))
  }
  if (Object.keys(fields).length === 0) return undefined
  const name = draft.exactModel('reading') ? toName([devices.key, 'reading']) : 'reading'
  const model = draft.ensureModel(name, fields, { refs: [{ to: devices }], parent: `${devices.key}_id` })
  likeDevices(draft, devices, model)
  for (const op of ['update', 'delete']) setHolders(draft, model, op, [])
  draft.assume(`What ${plural(devices.words)} post is kept as ${plural(model.words)}, each with its time.`)
  return [model]
}

/** Who sees only their own devices sees only what those post. */
const likeDevices = (draft: BehaviourDraft, devices: Found, model: Found): void => {
  const reads = holdersOf(draft, devices, 'read')
  for (const op of ['list', 'read', 'update', 'delete'])
    setHolders(
      draft,
      model,
      op,
      holdersOf(draft, model, op).map((one) =>
        one.scope === undefined &&
        reads.some(({ role }) => role === one.role) &&
        !reads.some(({ role, scope }) => role === one.role && scope === undefined)
          ? { ...one, scope: 'parent' }
          : one,
      ),
    )
}

/**
 * Whose rows have the key: what they named, where it is kept already, else services. A second program that may do other
 * things is a thing of its own, so that neither may what the other may.
 */
const callerOf = (
  draft: BehaviourDraft,
  spec: Extract<KeySpec, { kind: 'service' }>,
  objects: readonly Found[],
): { caller: Found; role: string } => {
  const own = toName([singular(bare(spec.name))])
  const there = draft.exactModel(own) ?? findPhrase(draft, spec.name)?.model
  if (there && !there.endpoint.endsWith('.users') && !objects.some(({ name }) => name === there.name))
    return { caller: there, role: giveKeys(draft, there) }
  const services = draft.exactModel('service')
  const known = services?.model.keys && services.model.description === whose(own)
  const key = services && !known && !mayAlready(draft, services, spec.ops, objects) ? own : 'service'
  const caller = draft.ensureModel(key, nameOnly(), { ungranted: true })
  if (key === 'service') caller.model.description ??= whose(own)
  const role = giveKeys(draft, caller)
  grantAll(draft, caller)
  return { caller, role }
}

/** What is written of services, by which the program is found again that they were made for. */
const whose = (program: string): string => `Programs that sign in with a key: ${program.replaceAll('_', ' ')}.`

/** Whether keys of a model may do all this anyway, so that one more of them gets nothing that others have not. */
const mayAlready = (
  draft: BehaviourDraft,
  { model }: Found,
  ops: readonly string[],
  objects: readonly Found[],
): boolean => {
  const lines = draft.architecture.policies.roles[model.keys?.role ?? ''] ?? []
  const wanted = objects.flatMap(({ endpoint }) => ops.map((op) => `${endpoint}:${op}`))
  return wanted.length === lines.length && wanted.every((line) => lines.includes(line))
}

const applyService = (draft: BehaviourDraft, spec: Extract<KeySpec, { kind: 'service' }>): Outcome => {
  const objects = spec.objects
    ? targetsOf(draft, spec.objects.replace(/\s+(?:through|over|from|in) .*$/i, ''))
    : draft.models()
  if (!objects) return { unresolved: `There is nothing called “${spec.objects}”.` }
  const { caller, role } = callerOf(draft, spec, objects)
  for (const model of objects) for (const op of spec.ops) draft.grant(role, model, op)
  const named = spec.name.replace(/^(?:the|our) /i, '')
  const program = isPlural(named.split(' ')[0]!) ? named : withArticle(named)
  if (spec.ops.length === 0) {
    draft.lose(
      `It was not said what ${program} may do with its key: say “${bare(spec.name)} reads ${plural(objects[0]?.words ?? 'thing')} with an API key”.`,
    )
    return { understood: [`${sentence(program)} signs in with an API key that an admin makes at ${caller.path}.`] }
  }
  const verbs = listed([
    ...new Set(
      spec.ops.map(
        (op) => ({ list: 'read', read: 'read', create: 'add', update: 'change', delete: 'delete' })[op] ?? op,
      ),
    ),
  ])
  return {
    understood: [
      `Other programs (${program}) sign in with an API key that an admin makes at ${caller.path}; they may ${verbs} ${listed(objects.map((model) => plural(model.words)))}.`,
    ],
  }
}
