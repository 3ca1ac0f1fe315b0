import type { Field } from '../../../../../schemas/generated/architecture.ts'
import { isPlural, listed, plural, sentence, singular, toName, withArticle } from '../../language/words.ts'
import type { Outcome, Read } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'
import { targetsOf } from '../extras/targets.ts'
import type { Found } from '../find.ts'
import { findPhrase } from '../places/phrase.ts'
import { dropField } from '../states/apply-sequence.ts'
import { readKeyFacts } from './key-facts.ts'
import { letPost, readingsOf, whatIsPosted } from './posted.ts'
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
      // What they post may be said in another sentence.
      ...(spec.kind === 'device' && !spec.posts && !spec.reads ? { after: 2 } : {}),
      apply: (draft) => (spec.kind === 'device' ? applyDevices(draft, spec) : applyService(draft, spec)),
    }
  )
}

/** "Cars with a plate": what is posted has these. */
const fieldsOf = (spec: KeySpec): string[] => {
  const found =
    spec.kind === 'device'
      ? /^(?:new |all |the )?([\p{L}-]+s) with ((?:an? |the |their |its )?.+)$/iu.exec(spec.posts ?? '')
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
  if (!draft.changing) referTo(draft, made)
  draft.assume(`${sentence(plural(made.words))} have a name; administrators make them and give them their keys.`)
  return made
}

/** "Readings have a meter": no text any more, now that meters are stored. */
const referTo = (draft: BehaviourDraft, devices: Found): void => {
  const names = [devices.key, devices.key.split('_').at(-1)!]
  for (const model of draft.models())
    for (const name of names)
      if (model.name !== devices.name && model.model.fields[name]?.type === 'string') {
        const { optional } = model.model.fields[name]
        dropField(model, name)
        draft.ensureRef(model, devices, { optional: optional === true })
      }
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

const applyDevices = (draft: BehaviourDraft, spec: Extract<KeySpec, { kind: 'device' }>): Outcome => {
  const devices = findPhrase(draft, spec.devices)?.model ?? (spec.keyed ? newDevices(draft, spec.devices) : undefined)
  if (!devices || devices.endpoint.endsWith('.users'))
    return { unresolved: `There is nothing called “${spec.devices}”.` }
  // A field of that name would stand where a new key is answered.
  if (devices.model.fields.api_key && draft.changing)
    return {
      unresolved: `${sentence(plural(devices.words))} have a field “api key”, and no one signs in with it: say “remove the api key from ${plural(devices.words)}” first.`,
    }
  dropField(devices, 'api_key')
  const seen = spec.reads ? targetsOf(draft, spec.reads) : []
  if (!seen) return { unresolved: `There is nothing called “${spec.reads}”.` }
  const posted = spec.posts
    ? whatIsPosted(draft, devices, spec.posts)
    : seen.length > 0 || mayAlreadyPost(draft, devices)
      ? []
      : readingsOf(draft, devices)
  if (!posted) return { unresolved: `It is not clear what “${spec.posts}” are.` }
  const role = giveKeys(draft, devices)
  for (const model of seen) for (const op of ['list', 'read']) draft.grant(role, model, op)
  for (const model of posted) letPost(draft, devices, role, model)
  const what = posted.map((model) => plural(model.words))
  if (what.length === 0 && !mayAnything(draft, role))
    draft.lose(
      `It was not said what ${plural(devices.words)} may do with their key: say “${plural(devices.words)} post readings with an API key”.`,
    )
  // What people make too is theirs as well.
  const alone = posted.filter(({ api }) => api.owner === undefined).map((model) => plural(model.words))
  const shared = posted.filter(({ api }) => api.owner !== undefined).map((model) => plural(model.words))
  const assumptions = [
    ...(spec.assumed
      ? [`${sentence(plural(devices.words))} are no people: each signs in with an API key of its own.`]
      : []),
    ...(alone.length > 0
      ? [`${sentence(listed(alone))} are made by the ${plural(devices.words)} themselves; people read them.`]
      : []),
    ...(shared.length > 0
      ? [`${sentence(listed(shared))} that ${plural(devices.words)} post belong to nobody in person.`]
      : []),
  ]
  return {
    understood: [
      `Each ${devices.words} has an API key of its own, shown once when it is made and replaced or revoked at ${devices.path}/{id}/keys${what.length > 0 ? `; with it it posts its own ${listed(what)}` : ''}${seen.length > 0 ? `; with it it reads ${listed(seen.map((model) => plural(model.words)))}` : ''}.`,
    ],
    ...(assumptions.length > 0 ? { assumptions } : {}),
  }
}

/** Whether another sentence said what devices post. */
const mayAlreadyPost = (draft: BehaviourDraft, { model }: Found): boolean =>
  model.keys !== undefined && mayAnything(draft, model.keys.role)

const mayAnything = (draft: BehaviourDraft, role: string): boolean =>
  (draft.architecture.policies.roles[role] ?? []).length > 0

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
