import type { Model, Step } from '../../../../../schemas/generated/architecture.ts'
import { sentence, toName, withArticle } from '../../language/words.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { transitionsOf } from '../states/apply-sequence.ts'
import { verbOf } from '../states/verbs.ts'
import { becomes } from './as-before.ts'
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
export const placeOf = (draft: BehaviourDraft, said: Happening): Place | string => {
  const happening = aboutField(draft, said)
  const model = modelOf(draft, happening)
  if (!model) return `There is no “${happening.thing}” of which this could be told.`
  const shape = model.model
  switch (happening.kind) {
    case 'created':
      return hookOf(model, 'create', 'is new')
    case 'changed':
      if (happening.field === undefined && happening.way) return `It is not said what of ${model.words} that is.`
      return happening.field === undefined ? hookOf(model, 'update', 'was changed') : onField(draft, model, happening)
    case 'state': {
      const all = Object.keys(shape.states?.transitions ?? {})
      const wanted =
        happening.to === undefined ? all : all.filter((name) => shape.states!.transitions[name]!.to === happening.to)
      if (wanted.length > 0) return onTransitions(model, wanted, `is now ' + this.${shape.states!.field} + '`)
      const field = Object.keys(shape.fields).find((name) => /^(?:status|state|stage|phase)$/.test(name))
      if (!field) return `${model.words} has no status.`
      return hookOf(
        model,
        'update',
        `is now ' + this.${field} + '`,
        happening.to === undefined
          ? `this.${field} != was.${field}`
          : becomes(`this.${field} == '${happening.to}'`, shape),
      )
    }
    case 'crosses': {
      const field =
        draft.findField(model, happening.field) ?? (/^stock$/i.test(happening.field) ? piecesOf(model) : undefined)
      if (!field || !/^(?:int|float|decimal)$/.test(shape.fields[field]!.type))
        return `${model.words} has no number “${happening.field}”.`
      const limit = limitOf(draft, model, happening.limit)
      if (limit === undefined) return `“${happening.limit}” is no number of ${model.words}.`
      const words = `has ${field.replaceAll('_', ' ')} ${happening.below ? 'below' : 'above'} the limit`
      const beyond = `this.${field} ${happening.below ? '<' : '>'} ${limit}`
      const changed = hookOf(model, 'update', words, becomes(beyond, shape))
      return happening.entered ? both(hookOf(model, 'create', words, beyond), changed) : changed
    }
    case 'done': {
      const steps = transitionsOf(shape, verbOf(happening.done)).filter(
        (name) => happening.fresh === false || shape.states!.transitions[name]!.to === happening.done,
      )
      if (steps.length > 0) return onTransitions(model, steps, `was ${happening.done.replaceAll('_', ' ')}`)
      const first = shape.states && shape.fields[shape.states.field]?.default
      if (happening.fresh || makes.test(happening.done) || first === happening.done)
        return hookOf(model, 'create', 'is new')
      if (ends.test(happening.done)) return hookOf(model, 'delete', 'was deleted')
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
      if (/^(?:change|edit|update|modif)/.test(verb)) return hookOf(model, 'update', 'was changed')
      if (/^(?:delete|remove)/.test(verb)) return hookOf(model, 'delete', 'was deleted')
      return hookOf(model, 'create', 'is new')
    }
  }
}

/** What is so as soon as it is entered, and whenever it comes to be so. */
const both = (first: Place, other: Place): Place => ({
  ...first,
  add: (steps) => {
    first.add(steps)
    other.add(steps)
  },
})

/** How many there are, whatever it is called: "how many we have", "count", "bottles left". */
const piecesOf = ({ model }: Found): string | undefined =>
  Object.entries(model.fields).find(
    ([name, { type }]) =>
      type === 'int' &&
      /^(?:count|quantity|amount|number|pieces|copies|bottles|units|in_stock|available|left|how_many\w*|number_of_\w+|\w+_(?:count|left|in_stock))$/.test(
        name,
      ),
  )?.[0]

/** "The price changes": of no thing that is called so, but of what was spoken of and has one, or of the only one that has. */
const aboutField = (draft: BehaviourDraft, happening: Happening): Happening => {
  const whole = wholeField(draft, happening)
  if (whole) return whole
  const changes =
    (happening.kind === 'changed' && happening.field === undefined) ||
    (happening.kind === 'deed' && /^(?:change|edit|update|modif|alter)/i.test(happening.verb))
  if (!changes || /^(?:it|they|them)$/i.test(happening.thing) || draft.findModel(happening.thing)) return happening
  const having = draft.models().filter((model) => fieldOf(draft, model, happening.thing) !== undefined)
  const it = draft.it()
  const model = having.find(({ name }) => name === it?.name) ?? (having.length === 1 ? having[0] : undefined)
  const way = happening.kind === 'changed' && happening.way ? { way: happening.way } : {}
  return model ? { kind: 'changed', thing: model.words, field: happening.thing, ...way } : happening
}

/** "The number of copies changes": of no thing called copies, but a field of that name. */
const wholeField = (draft: BehaviourDraft, happening: Happening): Happening | undefined => {
  if (happening.kind !== 'changed' || !happening.field || draft.findModel(happening.thing)) return undefined
  const names = [`${happening.field} of ${happening.thing}`, happening.thing]
  const it = draft.it()
  for (const model of [...(it ? [it] : []), ...draft.models()])
    for (const field of names)
      if (fieldOf(draft, model, field) !== undefined) return { ...happening, thing: model.words, field }
  return undefined
}

/** Where nothing was spoken of: what alone can become so, or all that there is. */
const onlyOne = (draft: BehaviourDraft, happening: Happening): Found | undefined => {
  const models = draft.models().filter(({ name }) => name !== draft.userModel()?.name)
  const becomes = happening.kind === 'done' ? happening.done : happening.kind === 'state' ? happening.to : undefined
  const able = models.filter(({ model }) =>
    Object.values(model.states?.transitions ?? {}).some((step) => step.to === becomes),
  )
  return able.length === 1 ? able[0] : models.length === 1 ? models[0] : undefined
}

const modelOf = (draft: BehaviourDraft, happening: Happening): Found | undefined => {
  const account = draft.userModel()?.name
  const found = /^(?:it|they|them)$/i.test(happening.thing)
    ? (draft.it() ?? onlyOne(draft, happening))
    : draft.findModel(happening.thing)
  const named = found?.name === account ? undefined : found
  if (happening.kind === 'deed') {
    const verb = happening.verb.toLowerCase().replace(/s$/, '')
    const made =
      draft.exactModel(verb) ??
      draft.exactModel(toName([verb.replace(/ie$/, 'y')])) ??
      draft.exactModel(nounOf[verb] ?? '')
    if (made && made.name !== account && (!named || draft.refFrom(made, named))) return made
  }
  // "When the quantity falls under the reorder level": of what has both.
  if (happening.kind === 'crosses' && /^(?:it|they|them)$/i.test(happening.thing)) {
    const limited = (model: Found): boolean => limitOf(draft, model, happening.limit) !== undefined
    const having = draft.models().filter((model) => draft.findField(model, happening.field) && limited(model))
    return having.find(({ name }) => name === named?.name) ?? having[0] ?? named
  }
  // "A patient reports a pain level above 7": of the patient's entry, which has it.
  if (
    happening.kind === 'crosses' &&
    named &&
    !draft.findField(named, happening.field) &&
    !/^stock$/i.test(happening.field)
  ) {
    const having = draft.models().filter((model) => draft.findField(model, happening.field))
    if (having.length === 1) return having[0]
  }
  return (
    named ??
    (happening.kind === 'crosses' ? draft.models().find((model) => draft.findField(model, happening.field)) : undefined)
  )
}

/** The things that are made by a deed: who comments on a post makes a comment. */
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

/** A row is made, changed so that `when` holds, or deleted. */
export const hookOf = (model: Found, op: 'create' | 'update' | 'delete', words: string, when?: string): Place => ({
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

const ways = { up: '>', down: '<' } as const

/** One field of a row has another value than before. */
const onField = (
  draft: BehaviourDraft,
  model: Found,
  { field: said, way }: Extract<Happening, { kind: 'changed' }>,
): Place | string => {
  const field = fieldOf(draft, model, said!)
  if (!field) return `${sentence(withArticle(model.words))} has no “${said}” that could change.`
  const { states, fields } = model.model
  if (states?.field === field)
    return onTransitions(model, Object.keys(states.transitions), `is now ' + this.${field} + '`)
  const isAmount = /^(?:int|float|decimal|date|datetime)$/.test(fields[field]!.type)
  const sign = way && isAmount ? ways[way] : '!='
  const words = field.replace(/_id$/, '').replaceAll('_', ' ')
  const how = sign === '!=' ? 'new' : way === 'up' ? 'higher' : 'lower'
  const isCount = fields[field]!.type === 'int' && /[^s]s$/.test(words)
  const what = isCount ? `${how === 'new' ? 'another' : `a ${how}`} number of ${words}` : `a ${how} ${words}`
  return hookOf(model, 'update', `has ${what}`, `this.${field} ${sign} was.${field}`)
}

/** The field that words name, or the one that says in which state a thing is. */
const fieldOf = (draft: BehaviourDraft, model: Found, said: string): string | undefined => {
  const field = draft.findField(model, said)
  if (field && !model.model.fields[field]!.key && !model.model.fields[field]!.set) return field
  return /^(?:status|state|stage|phase)$/i.test(said)
    ? Object.keys(model.model.fields).find((name) => /^(?:status|state|stage|phase)$/.test(name))
    : undefined
}

/** A yes-or-no field or a value of an enum: when a change makes it so. */
const onValue = (model: Found, value: string): Place | string => {
  const condition = conditionOn(model.model, value)
  return condition
    ? hookOf(model, 'update', `is ${value.replaceAll('_', ' ')}`, becomes(condition, model.model))
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
