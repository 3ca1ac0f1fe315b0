import type { Step } from '../../schemas/generated/architecture.ts'
import { isRequired } from '../blueprint/field-kinds.ts'
import { ruledFields } from './tests-ruled.ts'
import { onStage, type Stage, type Values } from './tests-situations.ts'

/**
 * Whether steps certainly come through: what they write is told, and is there where it must be, and what they make is not
 * under rules that a made-up row could break.
 */
export const isSafe = (stage: Stage, steps: readonly Step[], values: Values): boolean =>
  steps.every(({ when, create, set, each }) => {
    if (when !== undefined && onStage(stage, when, values) === false) return true
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

/** Whether what steps write is of no concern to rules and hooks of the rows that they write into. */
export const breaksNothing = (stage: Stage, steps: readonly Step[]): boolean =>
  steps.every(({ create, set, delete: gone, each }) => {
    if (create) return stage.architecture.models[create.model]!.on?.create === undefined
    if (each) return true
    const name = set?.of ?? gone
    if (name === undefined) return true
    const row = stage.rows[name]
    const model = row && stage.architecture.models[row.model]
    if (!row || !model) return false
    // What refers to a row may keep it from going.
    if (gone) return false
    // One row alone is in nobody's way: only what must hold for each by itself counts.
    const checks = (model.rules ?? []).filter(({ check }) => check !== undefined)
    const ruled = ruledFields(stage.architecture, row.model, { ...model, rules: checks })
    return model.on?.update === undefined && Object.keys(set!.values).every((field) => !ruled.has(field))
  })
