import type { Step, TakeStep } from '../../schemas/generated/architecture.ts'
import { isRequired } from '../blueprint/field-kinds.ts'
import { ruledFields } from './tests-ruled.ts'
import { onStage, type Stage, type Values } from './tests-situations.ts'

/**
 * Whether steps certainly come through: what they write is told, and is there where it must be, and what they make is not
 * under rules that a made-up row could break.
 */
export const isSafe = (stage: Stage, steps: readonly Step[], values: Values): boolean =>
  steps.every(({ when, create, set, take, each }) => {
    if (when !== undefined && onStage(stage, when, values) === false) return true
    if (take) return isTaken(stage, take, values)
    const model = create?.model ?? (set ? stage.rows[set.of]?.model : undefined)
    const fields = model === undefined ? {} : stage.architecture.models[model]!.fields
    const assigned = create?.values ?? set?.values ?? {}
    if (set && !stage.rows[set.of]) return false
    if (create && (stage.architecture.models[create.model]!.rules?.length ?? 0) > 0) return false
    if (create && Object.entries(fields).some(([name, field]) => isRequired(field) && !(name in assigned))) return false
    // In an empty house there is nothing to go through.
    if (each) return !Object.values(stage.rows).some((row) => row.model === each.model)
    return Object.entries(assigned).every(([name, text]) => {
      const field = fields[name]
      if (!field || field.optional) return true
      const outcome = onStage(stage, text, values)
      return outcome !== null && outcome !== undefined
    })
  })

/** Whether a row certainly goes through a transition: it is in a state for that, what is asked holds, and what goes along is safe. */
const isTaken = (stage: Stage, { of, transition, optional }: TakeStep, values: Values): boolean => {
  const row = stage.rows[of]
  const { states } = (row && stage.architecture.models[row.model]) ?? {}
  const { from, require = [], do: steps = [] } = states?.transitions[transition] ?? {}
  if (!row || !states || !from) return false
  const own = [...values].filter(([key]) => key.startsWith(`${of}.`))
  const asThis: Stage = {
    ...stage,
    scope: { ...stage.scope, this: { kind: 'row', model: row.model } },
    rows: { ...stage.rows, this: row },
  }
  const withThis: Values = new Map([
    ...values,
    ...own.map(([key, value]) => [`this.${key.slice(of.length + 1)}`, value] as const),
  ])
  const state = onStage(asThis, `this.${states.field}`, withThis)
  const met = require.map(({ check }) => onStage(asThis, check, withThis))
  // What certainly cannot go on is left as it is.
  if (optional && ((state !== undefined && !from.some((one) => one === state)) || met.includes(false))) return true
  return from.some((one) => one === state) && met.every((one) => one === true) && isSafe(asThis, steps, withThis)
}

/** Whether what steps write is of no concern to rules and hooks of the rows that they write into. */
export const breaksNothing = (stage: Stage, steps: readonly Step[]): boolean =>
  steps.every(({ create, set, take, delete: gone, each }) => {
    if (create) return stage.architecture.models[create.model]!.on?.create === undefined
    if (each) return true
    const name = set?.of ?? take?.of ?? gone
    if (name === undefined) return true
    const row = stage.rows[name]
    const model = row && stage.architecture.models[row.model]
    if (!row || !model) return false
    // What refers to a row may keep it from going.
    if (gone) return false
    // One row alone is in nobody's way: only what must hold for each by itself counts.
    const checks = (model.rules ?? []).filter(({ check }) => check !== undefined)
    const ruled = ruledFields(stage.architecture, row.model, { ...model, rules: checks })
    if (take)
      return (
        !ruled.has(model.states!.field) && breaksNothing(stage, model.states!.transitions[take.transition]!.do ?? [])
      )
    return model.on?.update === undefined && Object.keys(set!.values).every((field) => !ruled.has(field))
  })
