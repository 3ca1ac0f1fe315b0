import type {
  Architecture,
  Assignments,
  CallStep,
  EmitStep,
  EventPort,
  Field,
  Requirement,
  RpcPort,
  Step,
  StorePort,
} from '../../../../schemas/generated/architecture.ts'
import type { Scope } from '../../../expressions/scope.ts'
import { isRequired, isSystems } from '../../field-kinds.ts'
import { own } from '../../names.ts'
import { eventShape } from '../../scopes.ts'
import { rowsOfEach, stepsOfEach, whenOf } from '../../taken.ts'
import type { Path } from '../report.ts'
import { type Checks, checkAt, checkCondition, checkShown, checkValueFor, modelAt } from './expression.ts'
import { checkNewName } from './scope-names.ts'
import { checkTake } from './takes.ts'

/** Steps at one place: by whom they are done, and with which names. */
export type Doing = {
  component: string | undefined
  path: Path
  steps: readonly Step[]
  scope: Scope
  what: string
  /** What a condition that these steps stand under says is there: `me.id` of `me.id != null`. */
  sure?: ReadonlySet<string>
  /** Nobody asks for it: a timer, an event. */
  byItself?: boolean
}

/** Returns what is not null where a condition is true, as it is written there. */
const sureOf = (condition: string | undefined): string[] =>
  condition === undefined || condition.includes('||')
    ? []
    : condition.split('&&').flatMap((part) => /^\s*([\w.]+) != null\s*$/.exec(part)?.[1] ?? [])

const KINDS = ['create', 'set', 'take', 'delete', 'emit', 'call', 'each'] as const

/** Requirements: conditions. */
export const checkRequirements = (
  checks: Checks,
  path: Path,
  requirements: readonly Requirement[] | undefined,
  scope: Scope,
): void => {
  for (const [index, { check }] of (requirements ?? []).entries())
    checkCondition(checks, [...path, index, 'check'], check, scope)
}

/** Steps, one after another: each of one kind, with names that are known by then. Returns the names after them. */
export const checkSteps = (checks: Checks, doing: Doing): Scope => {
  let scope = doing.scope
  for (const [index, step] of doing.steps.entries()) {
    const sure = new Set([...(doing.sure ?? []), ...sureOf(step.when)])
    const at = { ...doing, path: [...doing.path, index], scope, sure }
    const kinds = KINDS.filter((kind) => step[kind] !== undefined)
    if (kinds.length !== 1)
      wrong(checks, at, kinds.length ? `does ${kinds.join(' and ')} in one step` : 'has a step that does nothing')
    const binding = own(scope, step.take?.of ?? '')
    const when = whenOf(checks.architecture, step, binding?.kind === 'row' ? binding.model : undefined)
    if (when !== undefined) checkCondition(checks, [...at.path, 'when'], when, scope)
    if (step.create) scope = checkCreate(checks, at, step)
    if (step.set) checkSet(checks, at, step)
    if (step.take) {
      const model = writable(checks, at, 'take', step.take.of, step)
      if (model) checkTake(checks, at, step.take, model)
    }
    if (step.delete !== undefined) writable(checks, at, 'delete', step.delete, step)
    if (step.emit) checkEmit(checks, at, step.emit)
    if (step.call) checkCall(checks, at, step.call)
    if (step.each) checkEach(checks, at, step)
  }
  return scope
}

const wrong = (
  { report }: Checks,
  { what, path }: Doing,
  message: string,
  at: Path = [],
  meant?: { word: string; names: Iterable<string> },
): void => report('step', [...path, ...at], `${what} ${message}`, meant)

/** Reports a model whose rows the component has no way to write. */
const checkStore = (checks: Checks, doing: Doing, model: string, at: Path): void => {
  if (!storeOf(checks.architecture, doing.component, model))
    wrong(checks, doing, `writes ${model}, and ${doing.component ?? 'no component'} has no store of it`, at)
}

/** Whether a component has a way to the rows of a model as they are stored. */
export const storeOf = (architecture: Architecture, component: string | undefined, model: string): boolean =>
  Object.values(own(architecture.components, component ?? '')?.ports ?? {}).some(
    (port) => port.kind === 'store' && port.dir === 'out' && (port as StorePort).model === model,
  )

const checkCreate = (checks: Checks, doing: Doing, { create, when }: Step): Scope => {
  const { model: name, values, as } = create!
  const model = modelAt(checks, [...doing.path, 'create', 'model'], name)
  if (!model) return doing.scope
  checkStore(checks, doing, name, ['create'])
  checkAssignments(checks, doing, name, values, ['create', 'values'])
  const states = model.states?.field
  for (const [field, spec] of Object.entries(model.fields))
    if (isRequired(spec) && spec.type !== 'file' && field !== states && !own(values, field))
      wrong(checks, doing, `makes a ${name} without ${field}`, ['create', 'values'])
  if (as === undefined) return doing.scope
  checkNewName(checks, [...doing.path, 'create', 'as'], as, doing.scope)
  return { ...doing.scope, [as]: { kind: 'row', model: name, ...(when === undefined ? {} : { nullable: true }) } }
}

const checkSet = (checks: Checks, doing: Doing, step: Step): void => {
  const { of, values } = step.set!
  const model = writable(checks, doing, 'set', of, step)
  if (model) checkAssignments(checks, doing, model, values, ['set', 'values'])
}

/** Returns the model of a row that a step may write. */
const writable = (
  checks: Checks,
  doing: Doing,
  kind: 'set' | 'take' | 'delete',
  name: string,
  step: Step,
): string | undefined => {
  const binding = own(doing.scope, name)
  const rows = Object.entries(doing.scope).flatMap(([each, { kind: is }]) => (is === 'row' ? [each] : []))
  const at: Path = kind === 'delete' ? ['delete'] : [kind, 'of']
  if (binding?.kind !== 'row') {
    wrong(checks, doing, `writes '${name}', which is no row here`, at, { word: name, names: rows })
    return undefined
  }
  if (binding.past) wrong(checks, doing, `writes ${name}, which is the row as it was before`, at)
  if (binding.nullable && !new RegExp(`\\b${name} != null\\b`).test(step.when ?? ''))
    wrong(checks, doing, `writes ${name}, which may be missing; say \`when: ${name} != null\``, at)
  checkStore(checks, doing, binding.model, at)
  return binding.model
}

const checkAssignments = (checks: Checks, doing: Doing, name: string, values: Assignments, at: Path): void => {
  const model = own(checks.architecture.models, name)
  for (const [field, text] of Object.entries(values)) {
    const path = [...doing.path, ...at, field]
    const spec = own(model?.fields, field)
    if (!spec)
      wrong(checks, doing, `sets ${name}.${field}, which is no field`, [...at, field], {
        word: field,
        names: Object.keys(model?.fields ?? {}),
      })
    else if (isSystems(spec) || spec.type === 'file')
      wrong(checks, doing, `sets ${name}.${field}, which the system writes`, [...at, field])
    else if (model?.states?.field === field)
      wrong(checks, doing, `sets ${name}.${field}, which transitions change: take the row through one`, [...at, field])
    else checkValueFor(checks, path, text, doing.scope, field, spec, doing.sure?.has(text.trim()))
  }
}

/** Values for the fields of a type: all that are needed, none that it does not have, no secrets. */
export const checkShape = (
  checks: Checks,
  path: Path,
  values: Assignments,
  shape: { [name: string]: Field },
  scope: Scope,
  missing: (message: string, meant?: { word: string; names: string[] }) => void,
): void => {
  for (const [name, text] of Object.entries(values)) {
    const field = own(shape, name)
    if (!field) missing(`gives ${name}, which is not in the type`, { word: name, names: Object.keys(shape) })
    else checkShown(checks, [...path, name], checkValueFor(checks, [...path, name], text, scope, name, field), scope)
  }
  for (const [name, field] of Object.entries(shape))
    if (isRequired(field) && !own(values, name)) missing(`does not give ${name}`)
}

const checkEmit = (checks: Checks, doing: Doing, { port: name, values }: EmitStep): void => {
  const ports = own(checks.architecture.components, doing.component ?? '')?.ports ?? {}
  const port = own(ports, name)
  if (port?.kind !== 'event' || port.dir !== 'out')
    return wrong(
      checks,
      doing,
      `emits by '${name}', which is no event port out of ${doing.component}`,
      ['emit', 'port'],
      {
        word: name,
        names: Object.keys(ports),
      },
    )
  const shape = eventShape(checks.architecture, port as EventPort)
  if (!shape) return
  checkShape(checks, [...doing.path, 'emit', 'values'], values, shape, doing.scope, (message, meant) =>
    wrong(checks, doing, `emits by ${name} and ${message}`, ['emit', 'values'], meant),
  )
}

const checkCall = (checks: Checks, doing: Doing, { port: name, url, body, secret }: CallStep): void => {
  const ports = own(checks.architecture.components, doing.component ?? '')?.ports ?? {}
  const port = own(ports, name)
  if (port?.kind !== 'rpc' || port.dir !== 'out' || !(port as RpcPort).external)
    wrong(checks, doing, `calls by '${name}', which is no external port out of ${doing.component}`, ['call', 'port'], {
      word: name,
      names: Object.keys(ports),
    })
  const path = [...doing.path, 'call']
  checkAt(checks, [...path, 'url'], url, doing.scope, ['string'])
  if (secret !== undefined) checkAt(checks, [...path, 'secret'], secret, doing.scope, ['string'])
  for (const [key, text] of Object.entries(body))
    checkShown(checks, [...path, 'body', key], checkAt(checks, [...path, 'body', key], text, doing.scope), doing.scope)
}

const checkEach = (checks: Checks, doing: Doing, { each }: Step): void => {
  const { as, model, where } = each!
  const path = [...doing.path, 'each']
  if (!modelAt(checks, [...path, 'model'], model)) return
  checkStore(checks, doing, model, ['each', 'model'])
  checkNewName(checks, [...path, 'as'], as, doing.scope)
  const scope: Scope = { ...doing.scope, [as]: { kind: 'row', model } }
  const asked = rowsOfEach(checks.architecture, each!)
  if (asked !== undefined) checkCondition(checks, [...path, 'where'], asked, scope)
  const sure = new Set([...(doing.sure ?? []), ...sureOf(where)])
  checkSteps(checks, { ...doing, path: [...path, 'do'], steps: stepsOfEach(each!), scope, sure })
}
