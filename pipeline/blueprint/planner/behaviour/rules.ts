import type { Model, Requirement, Rule } from '../../../../schemas/generated/architecture.ts'
import { toName } from '../language/words.ts'
import type { Found } from './find.ts'

/** Adds a rule unless the model has the same one. Its name is made free: no_overlap, no_overlap_2. */
export const addRule = (model: Found, rule: Rule): void => {
  const rules = model.model.rules ?? []
  const { name, message, ...meaning } = rule
  if (rules.some(({ name: _, message: __, ...other }) => JSON.stringify(other) === JSON.stringify(meaning))) return
  model.model.rules = [...rules, { name: freeName(name, new Set(rules.map((one) => one.name))), message, ...meaning }]
}

/** Makes a field exact, since what is added up or compared for ever is: whether it is. A field that has rows stays as it is. */
export const makeExact = (model: Found, name: string, changing: boolean): boolean => {
  const field = model.model.fields[name]
  if (field?.type !== 'float') return field !== undefined
  if (changing) return false
  model.model.fields[name] = { ...field, type: 'decimal', scale: 3 }
  return true
}

/** Makes a line of text a number: what has a least and a most, or is added up, is one. */
export const makeNumber = (model: Found, name: string, whole = false): void => {
  const { list } = model.api
  if (model.model.fields[name]?.type !== 'string') return
  model.model.fields[name] = whole ? { type: 'int' } : { type: 'decimal', scale: 2 }
  if (!list) return
  list.search = list.search.filter((one) => one !== name)
  if (!list.range?.includes(name)) list.range = [...(list.range ?? []), name]
}

/** Returns a name of at most 48 signs that is not taken. */
const freeName = (wish: string, taken: ReadonlySet<string>): string => {
  const base = toName([wish]) || 'rule'
  let name = base
  for (let i = 2; taken.has(name); i += 1) name = `${base.slice(0, 44)}_${i}`
  return name
}

const over =
  /^(?:cancel+ed|rejected|declined|refused|withdrawn|expired|no_?show|void|voided|denied|deleted|removed|revoked)$/
const closed =
  /^(?:returned|closed|done|finished|completed|complete|ended|over|archived|checked_out|collected|resolved|paid|delivered|inactive|expired|past|fulfilled)$/
const closing =
  /^(?:returned|brought_back|ended|closed|finished|checked_out|left|checked_in|completed|collected)_(?:at|on)$|^(?:return_date|end_date)$/

const stateOf = (model: Found): [string, string[]] | undefined => {
  const fields = Object.entries(model.model.fields).filter(([, field]) => field.values)
  const found =
    fields.find(([name]) => /(?:^|_)(?:status|state|stage|phase)$/.test(name)) ??
    fields.find(([, field]) => field.values!.some((value) => over.test(value.toLowerCase())))
  return found ? [found[0], [...found[1].values!]] : undefined
}

/** Returns the conditions under which a row still counts: not cancelled, not rejected; `[]` where there is no such state. */
export const standing = (model: Found): string[] => {
  const state = stateOf(model)
  const fields = Object.entries(model.model.fields)
  return [
    ...(state
      ? state[1].filter((value) => over.test(value.toLowerCase())).map((value) => `this.${state[0]} != ${quote(value)}`)
      : []),
    ...fields.flatMap(([name, field]) =>
      /^(?:is_)?(?:cancel+ed|void|voided|rejected)$/.test(name) && field.type === 'bool'
        ? [`!this.${name}`]
        : /^(?:cancel+ed|voided|rejected|withdrawn)_(?:at|on)$/.test(name)
          ? [`this.${name} == null`]
          : [],
    ),
  ]
}

/** Returns the conditions under which a row is still going on: lent and not returned, open; with `standing`. */
export const ongoing = (model: Found): string[] => {
  const state = stateOf(model)
  const own = Object.entries(model.model.fields).flatMap(([name, field]) =>
    closing.test(name) && field.optional && /^date/.test(field.type)
      ? [`this.${name} == null`]
      : /^(?:is_)?(?:returned|closed|done|finished|completed)$/.test(name) && field.type === 'bool'
        ? [`!this.${name}`]
        : [],
  )
  // An end that is agreed does not say that it is over, where another field does.
  const ends = own.length > 1 ? own.filter((one) => one !== 'this.end_date == null') : own
  const states =
    own.length === 0 && state
      ? state[1]
          .filter((value) => closed.test(value.toLowerCase()))
          .map((value) => `this.${state[0]} != ${quote(value)}`)
      : []
  return [...ends, ...states, ...standing(model)]
}

/** Whether something of a row says that it is still going on, or no longer. */
export const saysOngoing = (model: Found): boolean => ongoing(model).length > standing(model).length

/** Returns conditions as one `where`, or nothing for a spread. */
export const where = (conditions: readonly string[]): { where?: string } =>
  conditions.length > 0 ? { where: [...new Set(conditions)].join(' && ') } : {}

const quote = (value: string): string => `'${value}'`

/** An operation that makes, changes or deletes a row. */
export type RowOp = 'create' | 'update' | 'delete'

/** Adds what is required when a row is made, changed or deleted. */
export const requireOn = (model: Found, op: RowOp, said: Requirement): void => {
  const requirement = { ...said, check: op === 'create' ? orAbsent(model, said.check) : said.check }
  const on = model.model.on ?? {}
  const hook = on[op] ?? {}
  const there = hook.require ?? []
  if (there.some(({ check }) => check === requirement.check)) return
  model.model.on = { ...on, [op]: { ...hook, require: [...there, requirement] } }
}

/** Asks something before a step is taken, whoever takes it. */
export const requireOnStep = (model: Found, transition: string, requirement: Requirement): void => {
  const step = model.model.states!.transitions[transition]!
  const there = step.require ?? []
  if (!there.some(({ check }) => check === requirement.check)) step.require = [...there, requirement]
}

/** Takes requirements away, and what is empty then. Returns whether there were some. */
export const dropRequired = (model: Model, op: RowOp, which: (requirement: Requirement) => boolean): boolean => {
  const hook = model.on?.[op]
  const left = hook?.require?.filter((one) => !which(one))
  if (!hook || !left || left.length === hook.require!.length) return false
  if (left.length > 0) hook.require = left
  else delete hook.require
  dropEmptyHook(model, op)
  return true
}

/** Takes away a hook in which nothing is left. */
export const dropEmptyHook = (model: Model, op: RowOp): void => {
  if (Object.keys(model.on![op]!).length === 0) delete model.on![op]
  if (Object.keys(model.on!).length === 0) delete model.on
}

/** What may be left out may be left out: a requirement about optional values is one of those that are given. */
const orAbsent = ({ model }: Found, check: string): string => {
  const missing = [...new Set([...check.matchAll(/\bthis\.(\w+)/g)].map(([, name]) => name!))].filter(
    (name) =>
      (model.fields[name]?.optional || model.fields[`${name}_id`]?.optional) &&
      !new RegExp(`\\bthis\\.${name}(?:_id)? [!=]= null`).test(check),
  )
  const absent = missing.map((name) => `this.${model.fields[name] ? name : `${name}_id`} == null`)
  if (absent.length === 0) return check
  return [...absent, /&&/.test(check) ? `(${check})` : check].join(' || ')
}
