import { isDeepStrictEqual } from 'node:util'
import type { Architecture, Field, Model } from '../../../schemas/generated/architecture.ts'
import { isNumbered, storedShapes } from '../field-kinds.ts'
import { hidingModels } from '../hiding.ts'
import { accountModelOf, listOf, own, pluralOf, refOf, registrationOf, shapeOf } from '../names.ts'
import { tellsApart, valueProblem } from '../values.ts'
import { wireName } from '../wire-names.ts'
import { checkNumbers, checkUnnumbered } from './numbers.ts'
import type { Path, Report } from './report.ts'

/** Fields that every row or every request has already. */
const reservedFields = ['version']

/** Models and their fields in themselves and among each other. */
export const checkModels = (architecture: Architecture, report: Report): void => {
  const account = accountModelOf(architecture)
  const tables = new Map<string, string>()
  for (const [name, model] of Object.entries(architecture.models)) {
    const path: Path = ['models', name]
    checkModel(architecture, name, model, account, report)
    for (const place of new Set([model.table ?? pluralOf(name, model), pluralOf(name, model)])) {
      const other = tables.get(place)
      if (other && other !== name) report('column-clash', path, `${name} and ${other} are both called '${place}'`)
      tables.set(place, name)
    }
  }
  checkRefCycles(architecture, report)
  for (const [name, shape] of Object.entries(architecture.types ?? {}))
    for (const [field, spec] of Object.entries(shape)) {
      checkField(architecture, spec, ['types', name, field], report)
      checkUnnumbered(spec, `${name}.${field}`, ['types', name, field], report)
    }
  checkShapes(architecture, report)
}

/** Types that fields hold: none in itself, none with a secret, for what holds it is shown whole. */
const checkShapes = (architecture: Architecture, report: Report): void => {
  const types = architecture.types ?? {}
  const held = (name: string): string[] =>
    Object.values(own(types, name) ?? {}).flatMap((field) => {
      const shape = shapeOf(field.type)
      return shape && own(types, shape) ? [shape] : []
    })
  for (const cycle of cyclesOf(Object.keys(types), held))
    report('type-cycle', ['types', cycle[0]!], `${[...cycle, cycle[0]].join(' -> ')}`)
  for (const name of storedShapes(architecture))
    for (const [field, spec] of Object.entries(types[name]!))
      if (spec.class === 'secret' || spec.class === 'card')
        report('secret-shown', ['types', name, field], `${name}.${field} is a ${spec.class} in a field that is shown`)
}

const checkModel = (
  architecture: Architecture,
  name: string,
  model: Model,
  account: string | undefined,
  report: Report,
) => {
  const path: Path = ['models', name]
  const keys = Object.values(model.fields).filter((field) => field.key)
  if (keys.length !== 1 || keys[0]!.type !== 'uuid')
    report('model-key', path, `${name} has ${keys.length} keys of type uuid`)
  const spelled = new Map<string, string>()
  const columns = new Map<string, string>()
  for (const [fieldName, field] of Object.entries(model.fields)) {
    const at = [...path, 'fields', fieldName]
    if (reservedFields.includes(fieldName) && model.concurrency === 'version')
      report('reserved-name', at, `${name}.${fieldName} is the row version's name`)
    if ((field.column ?? fieldName) === 'deleted_at' && hidingModels(architecture).has(name))
      report('reserved-name', at, `${name}.${fieldName} is where the system keeps when a row was deleted`)
    if (fieldName === 'api_key' && model.keys)
      report('reserved-name', at, `${name} has API keys, and a new one is answered as 'api_key'`)
    const outside = wireName(architecture, fieldName)
    const other = spelled.get(outside)
    if (other) report('casing-clash', at, `${name}.${fieldName} and ${name}.${other} are both written '${outside}'`)
    spelled.set(outside, fieldName)
    const column = field.column ?? fieldName
    if (columns.has(column))
      report('column-clash', at, `${name}.${fieldName} and ${name}.${columns.get(column)} share the column '${column}'`)
    columns.set(column, fieldName)
    if (field.class === 'secret' || field.class === 'card')
      for (const where of ['log', 'response'] as const)
        if (!field.never?.includes(where))
          report('secret-shown', at, `${name}.${fieldName} is a ${field.class} and may appear in a ${where}`)
    if (field.type === 'roles' && name !== account)
      report('roles-field', at, `${name} is not the account model and has a roles field`)
    checkField(architecture, field, at, report)
    checkMade(model, field, `${name}.${fieldName}`, at, report)
    checkNumbers(model, field, `${name}.${fieldName}`, at, report)
  }
  for (const [index, fields] of (model.unique ?? []).entries())
    for (const field of fields)
      if (!own(model.fields, field))
        report('unknown-field', [...path, 'unique', index], `${name} has no field '${field}'`, {
          word: field,
          names: Object.keys(model.fields),
        })
  if (name === account) checkRolesField(architecture, name, model, report)
}

const texts = /^(string|text|email|url|phone|enum)$/

/** What the system makes by itself: a slug from a text of the same row, a code of some length. */
const checkMade = (model: Model, field: Field, name: string, path: Path, report: Report): void => {
  if (field.type !== 'code' && field.length !== undefined)
    report('field-made', path, `${name} has a length and is no code`)
  if (field.type !== 'slug' && field.from !== undefined)
    report('field-made', path, `${name} is made from '${field.from}' and is no slug`)
  if (field.type !== 'slug') return
  const source = own(model.fields, field.from ?? '')
  if (!source || !texts.test(source.type) || source.never?.includes('response'))
    report('field-made', path, `${name} is made from '${field.from ?? ''}', which is no text that is shown`, {
      word: field.from ?? '',
      names: Object.keys(model.fields).filter((each) => texts.test(model.fields[each]!.type)),
    })
}

const checkRolesField = (architecture: Architecture, name: string, model: Model, report: Report): void => {
  const fields = Object.entries(model.fields).filter(([, field]) => field.type === 'roles')
  if (fields.length !== 1)
    return report('roles-field', ['models', name], `${name} has ${fields.length} fields of type roles`)
  const [fieldName, field] = fields[0]!
  const known = Object.keys(architecture.policies.roles)
  if (field.choice) checkChoice(architecture, field, ['models', name, 'fields', fieldName], report)
  for (const role of Array.isArray(field.default) ? field.default : [])
    if (!known.includes(String(role)))
      report('roles-field', ['models', name, 'fields', fieldName], `the role '${role}' is not in policies.roles`, {
        word: String(role),
        names: known,
      })
}

/** Who signs up can only choose where they are asked, and between what there is. */
const checkChoice = (architecture: Architecture, { default: roles }: Field, path: Path, report: Report): void => {
  const all = Array.isArray(roles) ? roles : []
  const asked = registrationOf(architecture)?.role
  if (all.length < 2) report('roles-field', path, 'there are not two roles to choose from')
  else if (asked?.type !== 'enum' || !isDeepStrictEqual(asked.values, [...all, 'all']))
    report('roles-field', path, `who signs up is not asked for a role, one of ${[...all, 'all'].join(', ')}`)
}

const checkField = (architecture: Architecture, field: Field, path: Path, report: Report): void => {
  const name = path.filter((part) => part !== 'models' && part !== 'fields' && part !== 'types').join('.')
  const shape = shapeOf(field.type)
  if (shape && !own(architecture.types, shape))
    report('unknown-type', path, `${name} holds the type '${shape}'`, {
      word: shape,
      names: Object.keys(architecture.types ?? {}),
    })
  const ref = refOf(field.type)
  if (ref) {
    const target = own(architecture.models, ref.model)
    if (!target)
      report('unknown-model', path, `${name} refers to '${ref.model}'`, {
        word: ref.model,
        names: Object.keys(architecture.models),
      })
    else if (!own(target.fields, ref.field)?.key)
      report('ref-target', path, `${name} refers to ${ref.model}.${ref.field}, which is not its key`)
  }
  if (field.onDelete && (!ref || (field.onDelete === 'set-null' && !field.optional)))
    report('on-delete', path, `${name} has onDelete: ${field.onDelete}`)
  if ((field.type === 'enum') !== (field.values !== undefined))
    report('enum-values', path, `${name} is of type ${field.type}`)
  if (field.unique && !tellsApart(field.type)) report('field-unique', path, `${name} is of type ${field.type}`)
  if (field.scale !== undefined && field.type !== 'decimal')
    report('field-scale', path, `${name} is of type ${field.type}`)
  if (field.set && !isNumbered(field) && (field.type !== 'datetime' || field.optional || field.default !== undefined))
    report('field-set', path, `${name} cannot be set by the system`)
  if ((field.type === 'file') !== (field.file !== undefined))
    report('file-rules', path, `${name} is of type ${field.type}`)
  if (field.type === 'file' && path[0] === 'types')
    report('file-rules', path, `${name} is in a type, which has no row that a file could belong to`)
  checkLimits(field, name, path, report)
  if (field.default !== undefined && field.type !== 'roles') {
    const problem = valueProblem(field, field.default)
    if (problem) report('field-default', path, `the default of ${name} ${problem}`)
  }
}

const limited = /^(string|text|email|url|phone|int|float|decimal|date|datetime|list)/

const checkLimits = (field: Field, name: string, path: Path, report: Report): void => {
  if (field.min === undefined && field.max === undefined) return
  if (!limited.test(field.type))
    return report('field-limits', path, `${name} is of type ${field.type}, which has no limits`)
  const isTime = field.type === 'date' || field.type === 'datetime'
  for (const limit of [field.min, field.max])
    if (limit !== undefined && (typeof limit === 'string') !== isTime)
      return report('field-limits', path, `${name} has the limit ${limit}`)
  const counts = listOf(field.type) !== undefined || /^(string|text|email|url|phone)/.test(field.type)
  if (
    counts &&
    [field.min, field.max].some((limit) => typeof limit === 'number' && (limit < 0 || !Number.isInteger(limit)))
  )
    report('field-limits', path, `${name} has a length that is no whole number`)
  if (field.min !== undefined && field.max !== undefined && field.min > field.max)
    report('field-limits', path, `${name} has min ${field.min} above max ${field.max}`)
}

/** Self references are fine: a row may point at an older one of its table. */
const checkRefCycles = (architecture: Architecture, report: Report): void => {
  const targets = (name: string): string[] =>
    Object.values(own(architecture.models, name)?.fields ?? {}).flatMap((field) => {
      const ref = refOf(field.type)
      return ref && ref.model !== name && own(architecture.models, ref.model) ? [ref.model] : []
    })
  for (const cycle of cyclesOf(Object.keys(architecture.models), targets))
    report('ref-cycle', ['models', cycle[0]!], `${[...cycle, cycle[0]].join(' -> ')}`)
}

/** Returns one cycle for each place where a depth-first walk comes back to where it is; iterative, so that size is no matter. */
export const cyclesOf = (nodes: string[], next: (node: string) => string[]): string[][] => {
  const state = new Map<string, 'open' | 'done'>()
  const cycles: string[][] = []
  for (const root of nodes) {
    if (state.has(root)) continue
    const stack = [{ node: root, rest: next(root) }]
    state.set(root, 'open')
    while (stack.length > 0) {
      const top = stack.at(-1)!
      const child = top.rest.pop()
      if (child === undefined) {
        state.set(top.node, 'done')
        stack.pop()
      } else if (state.get(child) === 'open')
        cycles.push(stack.slice(stack.findIndex((entry) => entry.node === child)).map((entry) => entry.node))
      else if (!state.has(child)) {
        state.set(child, 'open')
        stack.push({ node: child, rest: next(child) })
      }
    }
  }
  return cycles
}
