import type { Field, Operation, Step } from '../../../../../schemas/generated/architecture.ts'
import { toField } from '../../assemble/field.ts'
import { isPlural, plural, sentence, singular, toModel, toName, withArticle } from '../../language/words.ts'
import { readField } from '../../read/field.ts'
import { splitItems } from '../../read/items.ts'
import type { Outcome, Read } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { assignmentOf } from '../timers/assign.ts'
import { readHookDesk } from './desk.ts'
import { type InboundSpec, readInbound } from './read-inbound.ts'

/** "Carriers send us status updates by webhook", "Stripe calls us when a payment succeeded". */
export const readInboundHooks: Read = (said) => {
  const known = readHookDesk(said)
  if (known) return known
  const spec = readInbound(said)
  return spec && { said, rest: [], apply: (draft) => applyInbound(draft, spec) }
}

const applyInbound = (draft: BehaviourDraft, spec: InboundSpec): Outcome => {
  const missing = nothingCalled(draft, spec)
  if (missing) return { unresolved: `There is nothing called “${missing}”.` }
  const model = rowMeant(draft, spec)
  if (!model && isPayment(spec))
    return { unresolved: 'It is not clear what is paid: say “Stripe tells us by webhook when an order is paid”.' }
  if (!model) return { unresolved: 'It is not clear what the calls are about.' }
  const reference = referenceOf(draft, model)
  const callers = callersOf(spec.sender)
  const sender = toName([singular(spec.sender.toLowerCase().replace(/'s$/, ''))]) || 'partner'
  const shape: { [name: string]: Field } = {}
  for (const item of splitItems(spec.fields ?? '')) {
    const field = readField(item)
    // "A parcel number" of a parcel is its number.
    if (field && field.name !== reference && field.name !== `${model.key}_${reference}`)
      shape[field.name] = toField(field)
  }
  shape[reference] = { ...plain(model.model.fields[reference]!) }
  const steps: Step[] = []
  const words: string[] = []
  const event = eventOf(draft, model, spec)
  const outcome = outcomeOf(spec)
  if (outcome) {
    const { values, added } = assignmentOf(draft, model, outcome, model.key)
    steps.push({ set: { of: model.key, values } })
    words.push(`the ${model.words} becomes ${outcome}`)
    if (added) draft.assume(added)
  } else {
    const copied = copiedFields(draft, model, shape, event !== undefined)
    if (copied.length > 0) {
      steps.push({
        set: {
          of: model.key,
          values: Object.fromEntries(copied.map((name) => [name, sentValue(shape[name]!, name, model.key)])),
        },
      })
      words.push(
        `${copied.map((name) => name.replaceAll('_', ' ')).join(' and ')} of the ${model.words} follow${copied.length > 1 ? '' : 's'}`,
      )
    }
  }
  if (event) {
    steps.push({ create: { model: event.name, values: eventValues(draft, event, model, shape, outcome) } })
    words.push(`${withArticle(event.words)} is kept`)
  }
  if (steps.length === 0) return { unresolved: `It is not clear what a call changes in ${plural(model.words)}.` }
  const type = freeType(draft, `${toModel(sender)}Update`)
  draft.architecture.types = { ...draft.architecture.types, [type]: shape }
  const name = `${sender}_webhook`
  const op: Operation = {
    description: `Webhook of ${callers} (${spec.signed ? 'signed' : 'not signed'}): ${words.join(', ')}.`,
    in: type,
    public: true,
    path: `/webhooks/${sender.replaceAll('_', '-')}`,
    find: { [model.key]: { model: model.name, where: `${model.key}.${reference} == input.${reference}` } },
    do: steps,
    webhook: { ...(spec.signed ? { secret: sender } : {}), ...(shape.event_id ? { id: 'input.event_id' } : {}) },
  }
  model.api.ops = { ...model.api.ops, [name]: op }
  return {
    understood: [
      `Webhook of ${callers}: POST ${model.path}/webhooks/${sender.replaceAll('_', '-')} with ${Object.keys(shape)
        .map((one) => one.replaceAll('_', ' '))
        .join(', ')}: ${words.join(', ')}.`,
    ],
    assumptions: [
      spec.signed
        ? `Calls are signed with the secret “${sender}” of the deployment, in the header X-Signature.`
        : `Calls of ${callers} are not signed: whoever knows the address may call; say “only accept webhooks that are signed” to change that.`,
    ],
  }
}

/** "Carriers" at the beginning of a sentence are carriers; Stripe stays Stripe. */
const callersOf = (sender: string): string => {
  const name = sender.replace(/^(?:the|our) /i, '')
  return isPlural(name.toLowerCase()) ? name.charAt(0).toLowerCase() + name.slice(1) : name
}

const plain = (field: Field): Field => {
  const {
    unique: _unique,
    index: _index,
    key: _key,
    default: _default,
    optional: _optional,
    column: _column,
    from: _from,
    length: _length,
    ...rest
  } = field
  return /^(?:code|slug)$/.test(field.type) ? { type: 'string', min: 1, max: 100 } : rest
}

const freeType = (draft: BehaviourDraft, name: string): string => {
  const taken = (one: string): boolean =>
    Object.hasOwn(draft.architecture.types ?? {}, one) || Object.hasOwn(draft.architecture.models, one)
  return [name, `${name}Call`, `${name}Hook`, `${name}Call2`].find((one) => !taken(one)) ?? `${name}Call3`
}

const isPayment = (spec: InboundSpec): boolean =>
  /\b(?:payments?|paid|pays|charges?|checkouts?)\b/i.test(`${spec.follows ?? ''} ${spec.what}`)

/** "When a part arrives", where no parts are kept: what the calls are about is not there. */
const nothingCalled = (draft: BehaviourDraft, spec: InboundSpec): string | undefined => {
  if (isPayment(spec) || draft.mentioned(`${spec.follows ?? ''} ${spec.what}`).length > 0) return undefined
  const noun =
    /^(?:an?|one of the|the|new|their|our) ([\p{L}-]+) (?:is|are|was|has|have|gets?|arrives?|ships?|leaves?|fails?|comes?|changes?|starts?|ends?|expires?|moves?|becomes?|goes)\b/iu.exec(
      spec.what.trim(),
    )?.[1]
  return noun &&
    !/^(?:status|state|position|update|data|message|event|value|reading|it|something|delivery)s?$/i.test(noun)
    ? noun
    : undefined
}

const payable = (model: Found): boolean =>
  /(?:order|invoice|bill|booking|reservation|payment|due|fee|fine|ticket|subscription|donation|purchase|sale|rent|registration|enrol+ment|cart|basket|membership)$/.test(
    model.key,
  ) || Object.keys(model.model.fields).some((name) => /(?:^|_)(?:paid|amount|price|total|fee|cost)(?:_|$)/.test(name))

/** What the calls are about: named, spoken of, or the model that has a number and a state. */
const rowMeant = (draft: BehaviourDraft, spec: InboundSpec): Found | undefined => {
  const text = `${spec.follows ?? ''} ${spec.what}`
  const named = draft.mentioned(text).filter((model) => !isEvent(draft, model))
  if (named.length > 0) return named[0]
  const parent = draft.mentioned(text).flatMap((model) => parentOf(draft, model) ?? [])[0]
  if (parent) return parent
  const tellable = (model: Found): boolean =>
    Object.entries(model.model.fields).some(([name, field]) => isReference(name, field))
  const all = draft.models().filter((model) => !isEvent(draft, model) && (!isPayment(spec) || payable(model)))
  const last = draft.it()
  const it = last && all.some(({ name }) => name === last.name) ? last : undefined
  return (
    all.find((model) => tellable(model) && stateOf(model) !== undefined) ??
    (it && !isEvent(draft, it) && tellable(it) ? it : undefined) ??
    all.find(tellable) ??
    (it && !isEvent(draft, it) ? it : all[0])
  )
}

const events =
  /(?:^|_)(?:event|update|scan|status_update|history|movement|step|log|entry|checkpoint|message|notice|report|stop)$/
const isEvent = (draft: BehaviourDraft, model: Found): boolean =>
  events.test(model.key) && parentOf(draft, model) !== undefined

const parentOf = (draft: BehaviourDraft, model: Found): Found | undefined =>
  draft.models().find((one) => one.name !== model.name && draft.refFrom(model, one) !== undefined)

/** The rows in which each call is kept. */
const eventOf = (draft: BehaviourDraft, model: Found, spec: InboundSpec): Found | undefined => {
  const children = draft.childrenOf(model).map((child) => child.model)
  const named = draft
    .mentioned(`${spec.what} ${spec.follows ?? ''}`)
    .find((one) => children.some(({ name }) => name === one.name))
  return named ?? children.find(({ key }) => events.test(key))
}

const isReference = (name: string, field: Field): boolean =>
  /^(?:string|code|slug|uuid|int)$/.test(field.type) &&
  !field.key &&
  (field.unique === true ||
    field.type === 'code' ||
    /(?:^|_)(?:number|code|reference|ref|tracking|tracking_id|external_id|order_id|key|nr|no|sku|identifier)$/.test(
      name,
    ))

/** The field by which the outside names a row; a reference is added where there is none. */
const referenceOf = (draft: BehaviourDraft, model: Found): string => {
  const fields = Object.entries(model.model.fields)
  const found =
    fields.find(([name, field]) => isReference(name, field) && /track|reference|external|number/.test(name)) ??
    fields.find(([name, field]) => isReference(name, field))
  if (found) {
    if (!draft.changing && found[1].type === 'string') found[1].unique = true
    return found[0]
  }
  draft.assume(`${sentence(plural(model.words))} have a reference by which they are named from outside.`)
  return draft.ensureField(model, 'reference', { type: 'string', min: 1, max: 100, unique: true })
}

const stateOf = (model: Found): string | undefined =>
  Object.entries(model.model.fields).find(([name]) => /(?:^|_)(?:status|state|stage)$/.test(name))?.[0]

/** "a payment succeeded", "the order is marked as paid" -> paid. */
const outcomeOf = (spec: InboundSpec): string | undefined => {
  const text = `${spec.follows ?? ''} | ${spec.what}`.toLowerCase()
  if (/^\s*(?:all |new |the )*(?:payments?|paid [\p{L}-]+)\s*$/u.test(spec.what.toLowerCase())) return 'paid'
  const marked = /(?:marked|set|changed|moved|updated|switched) (?:as|to) ["']?([\p{L}-]+)/u.exec(text)?.[1]
  if (marked) return marked
  if (
    /\bpayment.*\b(?:succeed|succeeded|succeeds|successful|completed|received|went through|arrives?|is made|confirmed)\b|\b(?:is|was|has been|gets) paid\b/.test(
      text,
    )
  )
    return 'paid'
  const moved = /\b(?:an?|the|their|our) [\p{L}-]+ (arrives?|ships?|leaves?|fails?|expires?)\b/u.exec(text)?.[1]
  if (moved)
    return { arrive: 'arrived', ship: 'shipped', leave: 'left', fail: 'failed', expire: 'expired' }[
      moved.replace(/s$/, '')
    ]
  const state =
    /\b(?:is|was|has been|have been|are|gets|becomes|been) ((?!sent|received|called|there|about|updated|changed|new|kept|stored|recorded|created|told)[\p{L}]+(?:ed|en|id|nt|ost))\b/u.exec(
      text,
    )?.[1]
  return state
}

/** Fields of the row that a call writes: those that were named, else its state and its place. */
const copiedFields = (
  draft: BehaviourDraft,
  model: Found,
  shape: { [name: string]: Field },
  kept: boolean,
): string[] => {
  const own = (name: string): boolean => Object.hasOwn(model.model.fields, name)
  const named = Object.keys(shape).filter((name) => own(name) && !isReference(name, model.model.fields[name]!))
  for (const name of named)
    shape[name] = {
      ...plain(model.model.fields[name]!),
      ...(model.model.fields[name]!.optional ? { optional: true } : {}),
    }
  const state = stateOf(model)
  if (
    state &&
    !named.includes(state) &&
    !Object.keys(shape).some((name) => name !== state && /status|state/.test(name))
  ) {
    shape[state] = plain(model.model.fields[state]!)
    return [state, ...named]
  }
  const sent = Object.keys(shape).filter(
    (name) =>
      !own(name) && /^(?:string|text|int|float|decimal|bool|date|datetime|time|enum|url)$/.test(shape[name]!.type),
  )
  if (!state && named.length === 0 && sent.length > 0 && !kept) {
    for (const name of sent) draft.ensureField(model, name, { ...plain(shape[name]!), optional: true })
    return sent
  }
  if (!state && named.length === 0) {
    draft.ensureField(model, 'status', { type: 'string', max: 100, optional: true })
    shape.status = { type: 'string', min: 1, max: 100 }
    return ['status']
  }
  return named
}

const sentValue = (field: Field, name: string, row: string): string =>
  field.optional ? `input.${name} != null ? input.${name} : ${row}.${name}` : `input.${name}`

/** What is kept of a call: the row, and of the other fields what was sent. */
const eventValues = (
  draft: BehaviourDraft,
  event: Found,
  model: Found,
  shape: { [name: string]: Field },
  outcome: string | undefined,
): { [field: string]: string } => {
  const values: { [field: string]: string } = { [draft.refFrom(event, model)!]: `${model.key}.id` }
  for (const [name, field] of Object.entries(event.model.fields)) {
    if (Object.hasOwn(values, name) || field.key || field.set || /^ref\(/.test(field.type)) continue
    if (outcome && /status|state/.test(name) && !Object.hasOwn(shape, name)) {
      if (!field.values || field.values.includes(outcome)) values[name] = `"${outcome}"`
      continue
    }
    if (/^(?:date|datetime)$/.test(field.type) && !Object.hasOwn(shape, name)) {
      values[name] = field.type === 'date' ? 'today()' : 'now'
      continue
    }
    if (!Object.hasOwn(shape, name))
      shape[name] = { ...plain(field), ...(field.optional || field.default !== undefined ? { optional: true } : {}) }
    if (shape[name]!.type !== plain(field).type) continue
    if (shape[name]!.optional && !field.optional) continue
    values[name] = `input.${name}`
  }
  return values
}
