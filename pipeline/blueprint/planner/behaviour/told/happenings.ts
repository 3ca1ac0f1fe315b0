import type { Model, Step } from '../../../../../schemas/generated/architecture.ts'
import { toName } from '../../language/words.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { transitionsOf } from '../states/apply-sequence.ts'
import { verbOf } from '../states/verbs.ts'
import type { Happening } from './read-told.ts'

/** Where in a model something happens: what is to be done then is added by `add`. `words`: "was printed", "is new". */
export type Place = {
  model: Found
  words: string
  add: (steps: readonly Step[]) => void
  hook?: 'create' | 'update' | 'delete'
}

const makes =
  /^(?:created|added|made|placed|submitted|posted|filed|registered|reported|entered|booked|requested|uploaded|written|received|opened|recorded|published|sent|ordered|raised|logged|issued|reserved|given|bought|borrowed|lent|rented|left|scheduled|planned|signed_up)$/
const ends = /^(?:deleted|removed|erased|destroyed)$/

/** Returns the place of what happens, or why there is none. */
export const placeOf = (draft: BehaviourDraft, happening: Happening): Place | string => {
  const model = modelOf(draft, happening)
  if (!model) return `There is no “${happening.thing}” of which this could be told.`
  const shape = model.model
  switch (happening.kind) {
    case 'created':
      return onHook(model, 'create', 'is new')
    case 'changed':
      return onHook(model, 'update', 'was changed')
    case 'state': {
      const all = Object.keys(shape.states?.transitions ?? {})
      const wanted =
        happening.to === undefined ? all : all.filter((name) => shape.states!.transitions[name]!.to === happening.to)
      if (wanted.length > 0) return onTransitions(model, wanted, `is now ' + this.${shape.states!.field} + '`)
      const field = Object.keys(shape.fields).find((name) => /^(?:status|state|stage|phase)$/.test(name))
      if (!field) return `${model.words} has no status.`
      return onHook(
        model,
        'update',
        `is now ' + this.${field} + '`,
        happening.to === undefined ? undefined : `this.${field} == '${happening.to}'`,
      )
    }
    case 'crosses': {
      const field = draft.findField(model, happening.field)
      if (!field || !/^(?:int|float|decimal)$/.test(shape.fields[field]!.type))
        return `${model.words} has no number “${happening.field}”.`
      const limit = limitOf(draft, model, happening.limit)
      if (limit === undefined) return `“${happening.limit}” is no number of ${model.words}.`
      return onHook(
        model,
        'update',
        `has ${field.replaceAll('_', ' ')} ${happening.below ? 'below' : 'above'} the limit`,
        `this.${field} ${happening.below ? '<' : '>'} ${limit}`,
      )
    }
    case 'done': {
      const steps = transitionsOf(shape, verbOf(happening.done)).filter(
        (name) => happening.fresh === false || shape.states!.transitions[name]!.to === happening.done,
      )
      if (steps.length > 0) return onTransitions(model, steps, `was ${happening.done.replaceAll('_', ' ')}`)
      const first = shape.states && shape.fields[shape.states.field]?.default
      if (happening.fresh || makes.test(happening.done) || first === happening.done)
        return onHook(model, 'create', 'is new')
      if (ends.test(happening.done)) return onHook(model, 'delete', 'was deleted')
      return onValue(model, happening.done)
    }
    case 'deed': {
      const verb = happening.verb
        .toLowerCase()
        .replace(/(ch|sh|ss|x)es$/, '$1')
        .replace(/ies$/, 'y')
        .replace(/s$/, '')
      const steps = transitionsOf(shape, verb)
      if (steps.length > 0)
        return onTransitions(model, steps, `was ${shape.states!.transitions[steps[0]!]!.to.replaceAll('_', ' ')}`)
      if (/^(?:change|edit|update|modif)/.test(verb)) return onHook(model, 'update', 'was changed')
      if (/^(?:delete|remove)/.test(verb)) return onHook(model, 'delete', 'was deleted')
      return onHook(model, 'create', 'is new')
    }
  }
}

/** The things that are made by a deed: who comments on a post makes a comment. */
const modelOf = (draft: BehaviourDraft, happening: Happening): Found | undefined => {
  const account = draft.userModel()?.name
  const found = /^(?:it|they|them)$/i.test(happening.thing) ? draft.it() : draft.findModel(happening.thing)
  const named = found?.name === account ? undefined : found
  if (happening.kind === 'deed') {
    const verb = happening.verb.toLowerCase().replace(/s$/, '')
    const made =
      draft.exactModel(verb) ??
      draft.exactModel(toName([verb.replace(/ie$/, 'y')])) ??
      draft.exactModel(nounOf[verb] ?? '')
    if (made && made.name !== account && (!named || draft.refFrom(made, named))) return made
  }
  return (
    named ??
    (happening.kind === 'crosses' ? draft.models().find((model) => draft.findField(model, happening.field)) : undefined)
  )
}

const nounOf: { readonly [verb: string]: string } = {
  bid: 'bid',
  replie: 'reply',
  answer: 'answer',
  book: 'booking',
  order: 'order',
  enrol: 'enrollment',
  enroll: 'enrollment',
  borrow: 'loan',
  reserve: 'reservation',
  apply: 'application',
  register: 'registration',
  donate: 'donation',
  appl: 'application',
  rate: 'rating',
  review: 'review',
}

const onHook = (model: Found, op: 'create' | 'update' | 'delete', words: string, when?: string): Place => ({
  model,
  words,
  hook: op,
  add: (steps) => {
    const { model: shape } = model
    shape.on ??= {}
    const hook = shape.on[op] ?? {}
    const guarded =
      when === undefined
        ? steps
        : steps.map((step) => ({ ...step, when: step.when ? `${when} && ${step.when}` : when }))
    shape.on[op] = { ...hook, do: [...(hook.do ?? []), ...guarded] }
  },
})

const onTransitions = (model: Found, names: readonly string[], words: string): Place => ({
  model,
  words,
  add: (steps) => {
    for (const name of names) {
      const step = model.model.states!.transitions[name]!
      step.do = [...(step.do ?? []), ...steps]
    }
  },
})

/** A yes-or-no field or a value of an enum: when it is so after a change. */
const onValue = (model: Found, value: string): Place | string => {
  const condition = conditionOn(model.model, value)
  return condition
    ? onHook(model, 'update', `is ${value.replaceAll('_', ' ')}`, condition)
    : `I do not know when a ${model.words} is ${value.replaceAll('_', ' ')}.`
}

const conditionOn = (model: Model, value: string): string | undefined => {
  for (const [name, field] of Object.entries(model.fields)) {
    if (field.type === 'bool' && (name === value || name === `is_${value}`)) return `this.${name}`
    if (field.type === 'enum' && field.values?.includes(value)) return `this.${name} == '${value}'`
    if (field.optional && /^(?:date|datetime)$/.test(field.type) && (name === `${value}_at` || name === `${value}_on`))
      return `this.${name} != null`
  }
  return undefined
}

const numbers: { readonly [word: string]: string } = { zero: '0', one: '1', two: '2', three: '3', five: '5', ten: '10' }

const limitOf = (draft: BehaviourDraft, model: Found, said: string): string | undefined => {
  const plain = said.toLowerCase().replace(/^(?:its|the) /, '')
  if (/^-?\d/.test(plain)) return plain
  if (numbers[plain]) return numbers[plain]
  const field = draft.findField(model, plain)
  return field ? `this.${field}` : undefined
}
