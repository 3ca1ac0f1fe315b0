import type { Model } from '../../../../schemas/generated/architecture.ts'
import { own } from '../../names.ts'
import { transitionScope } from '../../scopes.ts'
import type { Path } from '../report.ts'
import { type Checks, fieldAt } from './expression.ts'
import { checkRequirements, checkSteps } from './steps.ts'

/** States: an enum with a first value, transitions between its values, each of which can be reached. */
export const checkStates = (checks: Checks, component: string | undefined, name: string, model: Model): void => {
  const { states } = model
  if (!states) return
  const path: Path = ['models', name, 'states']
  const { report, architecture } = checks
  const field = fieldAt(checks, [...path, 'field'], name, model, states.field)
  if (!field) return
  const values = field.values ?? []
  if (field.type !== 'enum' || typeof field.default !== 'string')
    report('states-shape', [...path, 'field'], `${name}.${states.field} is ${field.type} without a first state`)
  for (const [op, transition] of Object.entries(states.transitions)) {
    const at = [...path, 'transitions', op]
    for (const [index, state] of transition.from.entries()) known(checks, [...at, 'from', index], op, state, values)
    known(checks, [...at, 'to'], op, transition.to, values)
    if (transition.in !== undefined && !own(architecture.types, transition.in))
      report('unknown-type', [...at, 'in'], `${name}:${op} takes the type '${transition.in}'`, {
        word: transition.in,
        names: Object.keys(architecture.types ?? {}),
      })
    const scope = transitionScope(architecture, name, transition)
    checkRequirements(checks, [...at, 'require'], transition.require, scope)
    checkSteps(checks, { component, path: [...at, 'do'], steps: transition.do ?? [], scope, what: `${name}:${op}` })
  }
  const reached = new Set([field.default])
  for (let before = -1; before !== reached.size; ) {
    before = reached.size
    for (const { from, to } of Object.values(states.transitions))
      if (from.some((state) => reached.has(state))) reached.add(to)
  }
  for (const state of values)
    if (!reached.has(state)) report('state-unreachable', path, `no ${name} ever becomes ${state}`)
}

const known = ({ report }: Checks, path: Path, op: string, state: string, values: readonly string[]): void => {
  if (!values.includes(state))
    report('states-shape', path, `the transition ${op} names the state '${state}'`, { word: state, names: values })
}
