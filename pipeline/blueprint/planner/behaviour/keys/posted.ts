import type { Field } from '../../../../../schemas/generated/architecture.ts'
import { ANYONE } from '../../../names.ts'
import { toField } from '../../assemble/field.ts'
import { listed, plural, toName } from '../../language/words.ts'
import { readField } from '../../read/field.ts'
import { splitItems } from '../../read/items.ts'
import { holdersOf, setHolders } from '../access/holders.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { findPhrase } from '../places/phrase.ts'

const readings =
  /(?:^|_)(?:reading|measurement|event|log|sample|record|report|position|ping|heartbeat|scan|alarm|observation|entry|weighing|metric|signal|status_update|status|update|track|visit|passage|count|value|data_point|datum|data)$/

/** What devices post where it is not said: the readings that are theirs, else those of the system where there is one kind. */
export const readingsOf = (draft: BehaviourDraft, devices: Found): Found[] => {
  const theirs = draft.childrenOf(devices).map(({ model }) => model)
  const found = theirs.filter(({ key }) => readings.test(key))
  if (found.length > 0) return found
  const all = draft
    .models()
    .filter(({ name, key }) => name !== devices.name && /(?:^|_)(?:reading|measurement)$/.test(key))
  if (all.length !== 1) return []
  draft.assume(`The ${plural(devices.words)} post ${plural(all[0]!.words)} with their keys.`)
  return all
}

/** Lets the devices of a role make rows of their own: nobody need be named in them, and who saw such rows sees these. */
export const letPost = (draft: BehaviourDraft, devices: Found, role: string, model: Found): void => {
  const ref = draft.refFrom(model, devices) ?? draft.ensureRef(model, devices)
  const others = holdersOf(draft, model, 'create').filter(
    (one) => model.api.owner !== undefined || one.role === role || one.scope?.startsWith('where '),
  )
  // A field that tells people's rows apart is empty in those of devices.
  const device = model.model.fields[ref]
  if (device && model.api.owner !== undefined && others.some((one) => one.role !== role)) {
    device.optional = true
    if (device.onDelete !== 'cascade') device.onDelete = 'set-null'
  }
  setHolders(draft, model, 'create', [...others.filter((one) => one.role !== role), { role, scope: ref }])
  // A file comes after the row that it is of.
  if (Object.values(model.model.fields).some(({ type }) => type === 'file'))
    setHolders(draft, model, 'update', [...holdersOf(draft, model, 'update'), { role, scope: ref }])
  const owner = model.api.owner === undefined ? undefined : model.model.fields[model.api.owner]
  if (owner) owner.optional = true
  if (!model.api.parent) model.api.parent = ref
  if (owner) seeByParent(draft, model)
  seeWhatItIsOf(draft, devices, role, model)
}

/** What a row refers to is looked up as who sends it sees it: a meter that posts readings of a plot sees that. */
const seeWhatItIsOf = (draft: BehaviourDraft, devices: Found, role: string, model: Found): void => {
  const types = Object.values(model.model.fields).map(({ type }) => type)
  const seen = draft
    .models()
    .filter(
      (one) =>
        one.name !== devices.name &&
        one.name !== model.name &&
        !one.endpoint.endsWith('.users') &&
        types.includes(`ref(${one.name}.id)`) &&
        !one.api.public?.includes('read') &&
        !holdersOf(draft, one, 'read').some(
          (holder) => (holder.role === role || holder.role === ANYONE) && !holder.scope,
        ),
    )
  for (const one of seen) draft.grant(role, one, 'read')
  if (seen.length > 0)
    draft.assume(
      `The ${plural(devices.words)} see all ${listed(seen.map(({ words }) => plural(words)))}, because they post ${plural(model.words)} of them.`,
    )
}

/** Who sees only their own rows sees those, too, that devices post for what is theirs: a reading of their own plot. */
const seeByParent = (draft: BehaviourDraft, model: Found): void => {
  const type = model.model.fields[model.api.parent ?? '']?.type ?? ''
  const parent = draft.models().find(({ name }) => type === `ref(${name}.id)`)
  if (!parent) return
  for (const op of ['list', 'read'])
    setHolders(
      draft,
      model,
      op,
      holdersOf(draft, model, op).map((one) =>
        one.scope === 'own' &&
        holdersOf(draft, parent, 'read').some(({ role, scope }) => role === one.role && scope === 'own')
          ? { ...one, scope: 'parent' }
          : one,
      ),
    )
}

/** What devices measure is a number, unless it is named as something else. */
const measured = (name: string, field: Field): Field =>
  field.type === 'string' &&
  !/(?:^|_)(?:name|title|text|message|status|state|code|id|note|type|kind|number|place|location|address|key|serial|version|tag|event|mode|colour|color|unit|log|error|plate)$/.test(
    name,
  )
    ? { type: 'float' }
    : field

/** What is posted, where nothing is said of what that is. */
const nothingNamed = /^(?:data|values?|it|them|everything|measurements?|readings?)$/i

/** The models of what devices post: by name, by a field they have, else readings that are made of it. */
export const whatIsPosted = (draft: BehaviourDraft, devices: Found, said: string): Found[] | undefined => {
  const text = said
    .replace(/\s*\(.*$/, '')
    .replace(
      /\s+(?:every|each|once|with|at|when|as soon as|in real time|(?:automatically|regularly|periodically|continuously|hourly|daily|by itself|by themselves)$)\b.*$/i,
      '',
    )
    .trim()
  const parts = text.split(/\s*(?:,|\band\b)\s*/).filter(Boolean)
  const named = parts.map((part) => findPhrase(draft, part)?.model)
  if (named.every((model) => model !== undefined && model.name !== devices.name && !model.endpoint.endsWith('.users')))
    return [...new Map(named.map((model) => [model!.name, model!])).values()]
  const holder = draft
    .childrenOf(devices)
    .find(({ model }) => parts.some((part) => draft.findField(model, part) !== undefined))
  if (holder) return [holder.model]
  if (nothingNamed.test(text)) {
    const child =
      draft.childrenOf(devices).find(({ model }) => readings.test(model.key)) ?? draft.childrenOf(devices)[0]
    if (child) return [child.model]
  }
  const fields: { [name: string]: Field } = nothingNamed.test(text) ? { value: { type: 'float' } } : {}
  for (const item of nothingNamed.test(text) ? [] : splitItems(said.replace(/\s+(?:every|each|once) .*$/i, ''))) {
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
