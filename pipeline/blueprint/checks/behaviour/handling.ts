import type { Answer, Find, Operation, Requirement, RpcPort, Step } from '../../../../schemas/generated/architecture.ts'
import type { Scope } from '../../../expressions/scope.ts'
import { own } from '../../names.ts'
import { handlerRoute } from '../../operations.ts'
import { parametersOf } from '../../scopes.ts'
import type { Path } from '../report.ts'
import { type Checks, checkAt, checkCondition, checkShown, modelAt } from './expression.ts'
import { checkNewName } from './scope-names.ts'
import { checkRequirements, checkShape, checkSteps, storeOf } from './steps.ts'

type Handling = { find?: { [name: string]: Find }; require?: Requirement[]; do?: Step[] }

/** What finds, requires and does: of a handler, an event or a timer (`byItself`: nobody is the caller). Returns the names after it. */
export const checkHandling = (
  checks: Checks,
  component: string,
  path: Path,
  handling: Handling,
  start: Scope,
  what: string,
  byItself = false,
): Scope => {
  let scope = start
  for (const [name, find] of Object.entries(handling.find ?? {})) {
    const at = [...path, 'find', name]
    checkNewName(checks, at, name, scope)
    if (!modelAt(checks, [...at, 'model'], find.model)) continue
    const reached = { ...scope, [name]: { kind: 'row', model: find.model } as const }
    if (find.id !== undefined) checkAt(checks, [...at, 'id'], find.id, scope, ['uuid'])
    if (find.where !== undefined) checkCondition(checks, [...at, 'where'], find.where, reached)
    if (find.id === undefined && find.where === undefined)
      checks.report('step', at, `${what} finds ${name} without an id or a where`)
    if (!canReach(checks, component, find))
      checks.report('step', at, `${what} looks for ${find.model}, and ${component} has no port to it`)
    scope = { ...reached, [name]: { kind: 'row', model: find.model, ...(find.optional ? { nullable: true } : {}) } }
  }
  checkRequirements(checks, [...path, 'require'], handling.require, scope)
  return checkSteps(checks, { component, path: [...path, 'do'], steps: handling.do ?? [], scope, what, byItself })
}

/** By its id a row is also found through the port of another component, as the caller sees it. */
const canReach = ({ architecture }: Checks, component: string, { model, id }: Find): boolean =>
  storeOf(architecture, component, model) ||
  (id !== undefined &&
    Object.values(own(architecture.components, component)?.ports ?? {}).some(
      (port) => port.kind === 'rpc' && port.dir === 'out' && (port as RpcPort).crud === model,
    ))

/** An operation that says what it does: its input, what it handles, its answer. */
export const checkHandler = (
  checks: Checks,
  component: string,
  path: Path,
  port: RpcPort,
  op: string,
  shape: Operation,
  scope: Scope,
): void => {
  const what = `${component}:${op}`
  const { architecture, report } = checks
  const names = parametersOf(handlerRoute(port, op).path)
  for (const name of names)
    if (names.filter((each) => each === name).length > 1 || name === 'input' || name === 'me')
      report('reserved-name', [...path, 'path'], `a part of the path cannot be called '${name}'`)
  if (shape.in !== undefined && shape.in in architecture.models)
    report('unknown-type', [...path, 'in'], `${what} takes the model ${shape.in}; it takes a type`)
  const after = checkHandling(checks, component, path, shape, scope, what, shape.webhook !== undefined)
  if (shape.webhook?.id !== undefined)
    checkAt(checks, [...path, 'webhook', 'id'], shape.webhook.id, scope, ['string', 'uuid', 'int'])
  if (shape.answer) checkAnswer(checks, [...path, 'answer'], shape, shape.answer, after, what)
}

const checkAnswer = (
  checks: Checks,
  path: Path,
  shape: Operation,
  answer: Answer,
  scope: Scope,
  what: string,
): void => {
  const wrong = (message: string, at: Path = path, meant?: { word: string; names: string[] }): void =>
    checks.report('answer', at, `${what} ${message}`, meant)
  const kinds = (['row', 'values', 'redirect'] as const).filter((kind) => answer[kind] !== undefined)
  if (kinds.length !== 1) wrong(kinds.length ? `answers with ${kinds.join(' and ')} at once` : 'answers with nothing')
  if (answer.row !== undefined) {
    const binding = own(scope, answer.row)
    const names = Object.entries(scope).flatMap(([name, { kind }]) => (kind === 'row' ? [name] : []))
    if (binding?.kind !== 'row')
      wrong(`answers with '${answer.row}', which is no row here`, [...path, 'row'], { word: answer.row, names })
    else if (binding.nullable) wrong(`answers with ${answer.row}, which may be missing`, [...path, 'row'])
  }
  if (answer.redirect !== undefined) checkAt(checks, [...path, 'redirect'], answer.redirect, scope, ['string'])
  if (!answer.values) return
  const type = own(checks.architecture.types, shape.out ?? '')
  if (type)
    return checkShape(checks, [...path, 'values'], answer.values, type, scope, (message, meant) =>
      wrong(message, [...path, 'values'], meant),
    )
  for (const [name, text] of Object.entries(answer.values)) {
    const at = [...path, 'values', name]
    checkShown(checks, at, checkAt(checks, at, text, scope), scope)
  }
}
