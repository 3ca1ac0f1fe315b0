import { toSnake, toWords } from '../../../names.ts'
import { plural, singular, toName } from '../../language/words.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { whichRows } from '../lists/which.ts'
import { conditionFor } from '../places/conditions.ts'
import { isNumber, makeNumber } from '../places/fields.ts'
import { becomes } from '../told/as-before.ts'
import { hookOf, type Place, placeOf } from '../told/happenings.ts'
import type { Cause } from './read-consequence.ts'

/**
 * Where something comes about (`places`), of which thing, and the name of its row there. `where`: which row that is; `when`: what
 * must be so, asked once the row is locked, as two who make it so at once do not see each other's rows before.
 */
export type Coming = { subject: Found; places: Place[]; row: string; where?: string; when?: string; this: Found }

/** Returns where a cause comes about, or why it does not. */
export const causeOf = (draft: BehaviourDraft, cause: Cause, target: string): Coming | string => {
  if (cause.kind === 'happens') return ofHappening(draft, cause)
  if (cause.kind === 'rows') return ofRows(draft, cause.rows)
  if (cause.kind === 'value') return ofValue(draft, cause, target)
  const said = cause.of === undefined ? thingOf(draft, target) : draft.findModel(cause.of)
  if (cause.of !== undefined && !said) return `There is nothing called “${cause.of}”.`
  const part = partOf(draft, cause.rows, said)
  if (!part) return `It is not clear which ${cause.rows} are meant.`
  const { child, field, subject } = part
  const row = subject.key
  const one = child.key === row ? 'one' : child.key
  const belongs = `${row}.id == this.${field}`
  const coming = (condition: string, places: Place[]): Coming => ({
    subject,
    places,
    row,
    where: belongs,
    when: condition,
    this: child,
  })
  if (cause.kind === 'count')
    return coming(`${child.name}.filter(${one}, ${one}.${field} == ${row}.id).size() >= ${cause.least}`, [
      hookOf(child, 'create', 'is new'),
    ])
  if (cause.kind === 'all') {
    const done = conditionFor(child, `not ${cause.state}`, one)
    if (!done) return `${plural(child.words)} have no “${cause.state}”.`
    const place = placeOf(draft, {
      kind: 'done',
      thing: child.words,
      done: toName([cause.state.toLowerCase()]),
      fresh: false,
    })
    if (typeof place === 'string') return place
    return coming(`!${child.name}.exists(${one}, ${one}.${field} == ${row}.id && ${inParentheses(done.text)})`, [place])
  }
  return ofSum(draft, { child, field, subject }, cause.field, coming)
}

const inParentheses = (text: string): string => (/\|\|/.test(text) ? `(${text})` : text)

const ofHappening = (draft: BehaviourDraft, { happening }: Extract<Cause, { kind: 'happens' }>): Coming | string => {
  const place = placeOf(draft, happening)
  if (typeof place === 'string') return place
  return { subject: place.model, places: [place], row: 'this', this: place.model }
}

/** Rows by their own values: when they are made so, and when they become so. */
const ofRows = (draft: BehaviourDraft, said: string): Coming | string => {
  const rows = whichRows(draft, said.replace(/^(?:(?:all|any|every|each|the|an?) )+/i, ''))
  if (!rows?.condition) return `It is not clear which rows “${said}” are.`
  return byValue(rows.model, rows.condition)
}

/** "The stock of a product is 0": of what was named, is to become something, or alone has such a number. */
const ofValue = (
  draft: BehaviourDraft,
  { of, field: said, sign, value }: Extract<Cause, { kind: 'value' }>,
  target: string,
): Coming | string => {
  const named = of === undefined ? thingOf(draft, target) : draft.findModel(of)
  const having = (named ? [named] : draft.models()).flatMap((model) => {
    const field = draft.findField(model, said)
    return field && isNumber(model.model.fields[field]!) ? [{ model, field }] : []
  })
  const [one, other] = having
  if (!one || other) return `It is not clear what “${said}” is meant.`
  const literal =
    one.model.model.fields[one.field]!.type === 'float' && Number.isInteger(value) ? `${value}.0` : `${value}`
  return byValue(one.model, `this.${one.field} ${sign} ${literal}`)
}

/** The thing that words name; of "it" what was spoken of is not known yet. */
const thingOf = (draft: BehaviourDraft, words: string): Found | undefined =>
  /^(?:it|they|them|this|that)$/i.test(words.trim()) ? undefined : draft.findModel(words.replace(/^its /i, ''))

const byValue = (model: Found, condition: string): Coming => {
  return {
    subject: model,
    places: [
      hookOf(model, 'create', 'is new', condition),
      hookOf(model, 'update', 'was changed', becomes(condition, model.model)),
    ],
    row: 'this',
    this: model,
  }
}

type Part = { child: Found; field: string; subject: Found }

/** The rows that belong to something: "votes" of an idea, "teams" of a tournament by their registrations. */
const partOf = (draft: BehaviourDraft, rows: string, subject: Found | undefined): Part | undefined => {
  const noun = singular(rows.trim().toLowerCase().split(/\s+/).at(-1)!)
  if (subject) {
    const children = [...draft.childrenOf(subject), ...marksOf(draft, subject)]
    const thing = draft.findModel(rows)
    const found =
      children.find(({ model: { key } }) => key === noun || key.endsWith(`_${noun}`)) ??
      children.find(({ model }) => thing !== undefined && draft.refFrom(model, thing) !== undefined)
    return found && { child: found.model, field: found.field, subject }
  }
  const child = draft.findModel(rows)
  if (!child) return undefined
  const owners = draft.models().flatMap((one) => {
    const field = draft.refFrom(child, one)
    return field ? [{ child, field, subject: one }] : []
  })
  return owners.length === 1 ? owners[0] : owners.find(({ subject: one }) => one.name === draft.it()?.name)
}

/** The rows of what people vote for or like, which nobody reaches by themselves. */
const marksOf = (draft: BehaviourDraft, subject: Found): { model: Found; field: string }[] =>
  Object.values(subject.api.toggles ?? {}).map(({ model: name, of }) => ({
    model: { ...subject, name, key: toSnake(name), words: toWords(name), model: draft.architecture.models[name]! },
    field: of,
  }))

/** What rows add up to reaches what the thing that they belong to says. */
const ofSum = (
  draft: BehaviourDraft,
  { child, field, subject }: Part,
  said: string,
  coming: (condition: string, places: Place[]) => Coming,
): Coming | string => {
  const goal = draft.findField(subject, said)
  const goalType = goal === undefined ? undefined : subject.model.fields[goal]!
  if (goal && !isNumber(goalType!) && !draft.changing) makeNumber(subject, goal)
  if (!goal || !isNumber(subject.model.fields[goal]!)) return `${subject.words} has no number “${said}”.`
  const amounts = Object.entries(child.model.fields).filter(([, one]) => isNumber(one) && !one.set)
  const [amount, other] = amounts.filter(([name]) => amounts.length === 1 || /amount|total|price|sum|value/.test(name))
  if (!amount || other) return `It is not clear what of ${plural(child.words)} is added up.`
  const from = `${child.name}.${field}`
  const known = Object.entries(subject.model.computed ?? {}).find(
    ([, { over }]) => over?.from === from && over.take === 'sum' && over.field === amount[0] && !over.where,
  )?.[0]
  const name = known ?? `${child.key}_total`
  if (!known)
    subject.model.computed = {
      ...subject.model.computed,
      [name]: { type: amount[1].type as 'decimal', over: { from, take: 'sum', field: amount[0] } },
    }
  const row = subject.key
  return coming(`${row}.${name} >= ${row}.${goal}`, [
    hookOf(child, 'create', 'is new'),
    hookOf(child, 'update', 'was changed', `this.${amount[0]} != was.${amount[0]}`),
  ])
}
