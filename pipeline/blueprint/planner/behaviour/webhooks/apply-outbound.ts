import type { Hook, Step } from '../../../../../schemas/generated/architecture.ts'
import { refOf } from '../../../names.ts'
import { plural, sentence, withArticle } from '../../language/words.ts'
import { holdersOf, peopleRoles } from '../access/holders.ts'
import type { Outcome, Read } from '../behaviour.ts'
import { tiesOf } from '../between.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { conditionFor } from '../places/conditions.ts'
import { isNumber } from '../places/fields.ts'
import { becomes } from '../told/as-before.ts'
import { type OutboundSpec, readOutbound } from './read-outbound.ts'

/** "Subscribers' URLs are told when a parcel changes", "POST to https://... when an order is paid". */
export const readOutboundHooks: Read = (said) => {
  const spec = readOutbound(said)
  return spec && { said, rest: [], after: 6, apply: (draft) => applyOutbound(draft, spec) }
}

const applyOutbound = (draft: BehaviourDraft, spec: OutboundSpec): Outcome => {
  const to = spec.to === undefined ? undefined : draft.findModel(spec.to)
  const model = draft.findModel(spec.what) ?? (to && tiesOf(draft, to))
  if (!model || model.endpoint.endsWith('.users')) return { unresolved: `There is nothing called “${spec.what}”.` }
  if (areAccounts(draft, spec))
    return { unresolved: 'Who subscribed has an account and no address that could be called.' }
  const { ports } = draft.architecture.components[model.component]!
  const port =
    Object.entries(ports).find(([, one]) => one.kind === 'rpc' && one.dir === 'out' && one.external)?.[0] ?? 'outside'
  ports[port] ??= { dir: 'out', kind: 'rpc', external: true }
  const subscriptions = spec.url ? undefined : ensureSubscriptions(draft, model, spec)
  const words: string[] = []
  const kinds =
    spec.event === 'change'
      ? (['create', 'update', 'delete'] as const)
      : typeof spec.event === 'string'
        ? [spec.event]
        : []
  for (const kind of kinds) {
    addHook(
      model,
      kind,
      callStep(
        model,
        port,
        `${model.key}_${{ create: 'created', update: 'updated', delete: 'deleted' }[kind]}`,
        spec,
        subscriptions,
      ),
    )
    words.push({ create: 'made', update: 'changed', delete: 'deleted' }[kind])
  }
  if (typeof spec.event !== 'string' && 'sign' in spec.event) {
    const { field, sign, value } = spec.event
    const name = draft.findField(model, field)
    if (!name || !isNumber(model.model.fields[name]!))
      return { unresolved: `${sentence(withArticle(model.words))} has no number “${field}”.` }
    const step = callStep(
      model,
      port,
      `${model.key}_${name}_${sign.startsWith('<') ? 'low' : 'high'}`,
      spec,
      subscriptions,
    )
    const is = (row: string): string => `${row}.${name} ${sign} ${value}`
    addHook(model, 'update', { when: `${is('this')} && !(${is('was')})`, ...step })
    addHook(model, 'create', { when: is('this'), ...structuredClone(step) })
    words.push(`${sign.startsWith('<') ? 'below' : 'above'} ${value} in its ${field}`)
  } else if (typeof spec.event !== 'string' && 'field' in spec.event) {
    const { field } = spec.event
    const told = onFields(draft, model, field, callStep(model, port, `${model.key}_updated`, spec, subscriptions))
    if (!told) return { unresolved: `${sentence(withArticle(model.words))} has no “${field}” that could change.` }
    words.push(`given another ${field}`)
  } else if (typeof spec.event !== 'string') {
    const told = onState(
      model,
      spec.event.state,
      callStep(model, port, `${model.key}_${spec.event.state.replace(/-/g, '_')}`, spec, subscriptions),
    )
    if (!told) return { unresolved: `Nothing of ${withArticle(model.words)} says that it is ${spec.event.state}.` }
    words.push(spec.event.state)
  }
  const who = spec.url ?? `the address of every subscription (${subscriptions!.path})`
  return {
    understood: [
      `When ${withArticle(model.words)} is ${words.join(', ').replace(/, ([^,]*)$/, ' or $1')}, ${who} is called by POST, again and again for a day until it answers.`,
    ],
    ...(subscriptions
      ? {
          assumptions: [
            `${sentence(plural(subscriptions.words))} hold the address that is called${spec.signed ? ' and the secret that signs the calls' : ''}.`,
          ],
        }
      : {}),
  }
}

/** "Subscribers are told", where people subscribe with their accounts and nothing is said of addresses: they get notifications. */
const areAccounts = (draft: BehaviourDraft, { url, said }: OutboundSpec): boolean => {
  const account = draft.userModel()
  return (
    url === undefined &&
    account !== undefined &&
    !/url|hook|call|endpoint|listener|\bpost\b|address/i.test(said) &&
    draft
      .models()
      .some(
        (one) =>
          /subscri/.test(one.key) &&
          draft.refFrom(one, account) !== undefined &&
          !Object.values(one.model.fields).some(({ type }) => type === 'url'),
      )
  )
}

/** Who subscribed: to one row of the model, or to all where none is named. */
const ensureSubscriptions = (draft: BehaviourDraft, model: Found, { signed, said }: OutboundSpec): Found => {
  const urlOf = (one: Found): boolean => Object.values(one.model.fields).some(({ type }) => type === 'url')
  const there = draft.models().find((one) => /subscri|web_?hook|callback|listener/.test(one.key) && urlOf(one))
  // "Partners have a URL. Partners are called when ...": at that address.
  const spoken = draft
    .models()
    .find((one) => one.name !== model.name && urlOf(one) && new RegExp(`\\b${plural(one.words)}\\b`, 'i').test(said))
  const named = there ?? spoken ?? draft.models().find((one) => /subscri|web_?hook|callback|listener/.test(one.key))
  if (named) {
    if (!urlOf(named)) draft.ensureField(named, 'url', { type: 'url' })
    if (signed) addSecret(draft, named)
    return named
  }
  const made = draft.ensureModel(
    'subscription',
    { url: { type: 'url' } },
    {
      refs: [{ to: model, optional: seenByAll(draft, model), onDelete: 'cascade' }],
      parent: `${model.key}_id`,
      owned: draft.userModel() !== undefined,
    },
  )
  if (signed) addSecret(draft, made)
  return made
}

/** Whether whoever may see rows sees all of them: else nobody subscribes to those of all. */
const seenByAll = (draft: BehaviourDraft, model: Found): boolean => {
  const readers = holdersOf(draft, model, 'read')
  return (
    draft.userModel() === undefined ||
    model.api.public?.includes('read') === true ||
    peopleRoles(draft).every((role) => readers.some((one) => one.role === role && one.scope === undefined))
  )
}

/** Gives those who subscribe a secret, with which calls to them are signed. */
export const addSecret = (draft: BehaviourDraft, model: Found): void => {
  if (Object.keys(model.model.fields).some((name) => /secret/.test(name))) return
  draft.ensureField(model, 'secret', {
    type: 'string',
    min: 8,
    max: 100,
    optional: true,
    class: 'secret',
    never: ['log', 'response'],
  })
}

/** What is sent: what happened, which row, and its plain values. */
const bodyOf = (model: Found, event: string): { [name: string]: string } => ({
  event: `"${event}"`,
  id: 'this.id',
  ...Object.fromEntries(
    Object.entries(model.model.fields)
      .filter(
        ([, field]) =>
          !field.key &&
          field.class === undefined &&
          !field.never &&
          !field.set &&
          /^(?:string|text|int|float|decimal|bool|date|datetime|enum|url|slug|code|uuid)$/.test(field.type),
      )
      .slice(0, 20)
      .map(([name]) => [name, `this.${name}`]),
  ),
})

const callStep = (
  model: Found,
  port: string,
  event: string,
  spec: OutboundSpec,
  subscriptions: Found | undefined,
): Step => {
  const body = bodyOf(model, event)
  if (!subscriptions) return { call: { port, url: `"${spec.url!}"`, body } }
  const fields = Object.entries(subscriptions.model.fields)
  const url = fields.find(([, field]) => field.type === 'url')![0]
  const ref = fields.find(([, field]) => refOf(field.type)?.model === model.name)
  const secret = fields.find(([name, field]) => /secret/.test(name) && field.type === 'string')?.[0]
  const active = fields.find(([name, field]) => field.type === 'bool' && /^(?:is_)?(?:active|enabled)$/.test(name))?.[0]
  const row = subscriptions.key
  const about = ref
    ? [
        `${ref[1].optional ? `(${row}.${ref[0]} == null || ${row}.${ref[0]} == this.id)` : `${row}.${ref[0]} == this.id`}`,
      ]
    : []
  const where = [...about, ...(active ? [`${row}.${active}`] : [])].join(' && ')
  return {
    each: {
      as: row,
      model: subscriptions.name,
      ...(where ? { where: where.startsWith('(') && !where.includes(' && ') ? where.slice(1, -1) : where } : {}),
      do: [{ call: { port, url: `${row}.${url}`, body, ...(secret ? { secret: `${row}.${secret}` } : {}) } }],
    },
  }
}

const addHook = (model: Found, kind: 'create' | 'update' | 'delete', step: Step): void => {
  const hook: Hook = model.model.on?.[kind] ?? {}
  model.model.on = { ...model.model.on, [kind]: { ...hook, do: [...(hook.do ?? []), structuredClone(step)] } }
}

/** By the transition that leads there, else when a row is made or changed so that it is in that state. */
const onState = (model: Found, state: string, step: Step): boolean => {
  const steps = Object.values(model.model.states?.transitions ?? {}).filter(
    ({ to }) => to.replace(/_/g, ' ') === state.replace(/[-_]/g, ' '),
  )
  if (steps.length > 0) {
    for (const transition of steps) transition.do = [...(transition.do ?? []), structuredClone(step)]
    return true
  }
  const condition = conditionFor(model, state, 'this')
  if (!condition) return false
  addHook(model, 'create', { when: condition.text, ...step })
  addHook(model, 'update', { when: becomes(condition.text, model.model), ...step })
  return true
}

/** Fields that say together what has one name. */
const together: { readonly [word: string]: RegExp } = {
  position: /^(?:latitude|longitude|lat|lng|lon|position|location)$/,
  location: /^(?:latitude|longitude|lat|lng|lon|position|location|place)$/,
}

/** When a field has another value than before; by the transitions where the field is a state. */
const onFields = (draft: BehaviourDraft, model: Found, said: string, step: Step): boolean => {
  const { fields, states } = model.model
  const names = Object.keys(fields)
  const named = draft.findField(model, said)
  const isState = /^(?:status|state|stage)$/i.test(said)
  const found = named
    ? [named]
    : isState
      ? names.filter((name) => /^(?:status|state|stage|phase)$/.test(name)).slice(0, 1)
      : names.filter((name) => together[said.toLowerCase()]?.test(name))
  if (states && found.includes(states.field)) {
    for (const transition of Object.values(states.transitions))
      transition.do = [...(transition.do ?? []), structuredClone(step)]
    return true
  }
  if (found.length === 0) return false
  addHook(model, 'update', { when: found.map((name) => `this.${name} != was.${name}`).join(' || '), ...step })
  return true
}
