import type { EachStep, Model, Step } from '../../schemas/generated/architecture.ts'
import { isEvent, shapeOfEvent, timersOf } from '../blueprint/background.ts'
import { own } from '../blueprint/names.ts'
import { timerScope } from '../blueprint/scopes.ts'
import { rowsOfEach } from '../blueprint/taken.ts'
import { columnOf, tableOf } from './migrations-physical.ts'
import { argument } from './tests-arguments.ts'
import type { Cast } from './tests-cast.ts'
import { makeFor } from './tests-limits.ts'
import { meet, onStage, type Stage, type Values } from './tests-situations.ts'
import { isSafe } from './tests-steps.ts'
import { literal } from './tests-values.ts'

/**
 * Returns a test for each timer that goes through the rows for which something is true, where rows can be made up for which
 * it is and for which it is not: it changes the one and leaves the other as it is.
 */
export const effectTests = (cast: Cast, admin: string): string[] =>
  timersOf(cast.architecture).flatMap(({ timer, component, port }) => {
    const [step, ...more] = port.do ?? []
    const plain = !more.length && !port.require?.length && !Object.keys(port.find ?? {}).length && !step?.when
    const where = step?.each && rowsOfEach(cast.architecture, step.each)
    return plain && step?.each && where ? effectTest(cast, admin, timer, component, step.each, where) : []
  })

const effectTest = (
  cast: Cast,
  admin: string,
  timer: string,
  component: string,
  { as, model, do: steps }: EachStep,
  where: string,
): string[] => {
  const { architecture } = cast
  const definition = architecture.models[model]!
  if (definition.rules?.length || definition.on) return []
  const stages = presets(definition, as, where).map(
    (fixed): Stage => ({
      architecture,
      scope: { ...timerScope, [as]: { kind: 'row', model } },
      rows: { [as]: { model, refers: {}, fixed } },
      input: {},
    }),
  )
  const fitting = (wanted: boolean) => {
    for (const stage of stages) {
      const values = meet(stage, [{ text: where, wanted }])
      if (values) return { stage, values: withFixed(stage, as, values) }
    }
    return undefined
  }
  const [found, wrong] = [fitting(true), fitting(false)]
  if (!found || !wrong) return []
  const { stage, values: right } = found
  if (steps.some(({ create }) => create && architecture.models[create.model]!.on)) return []
  if (!isSafe(stage, steps, right) || !emitsSafely(cast, stage, component, steps, right)) return []
  const table = literal(tableOf(model, definition))
  const outcomes = steps.flatMap((step) => outcomesOf(stage, as, table, step, right))
  if (!outcomes.length) return []
  return [
    `def test_${timer}_changes_what_it_is_for_and_nothing_else(world: World, ${admin}: Person) -> None:
    right = ${rowOf(as, model, right)}
    wrong = ${rowOf(as, model, wrong.values)}
    before = world.row(${table}, wrong["id"])
    answer = ${admin}.post("/v1/admin/timers/${timer}/run")
    assert answer.status_code == 200, answer.text
    assert answer.json()["rows"] >= 1
${outcomes.map((line) => `    ${line}`).join('\n')}
    assert world.row(${table}, wrong["id"]) == before
`,
  ]
}

const EDGES = ['2000-01-01', '2060-03-01']

/** Days and moments that a condition looks at: as they are, all long ago, all far ahead. */
const presets = (model: Model, as: string, where: string): { [field: string]: unknown }[] => {
  const days = Object.entries(model.fields).filter(
    ([name, { type }]) => (type === 'date' || type === 'datetime') && new RegExp(`\\b${as}\\.${name}\\b`).test(where),
  )
  return [
    {},
    ...EDGES.map((day) =>
      Object.fromEntries(days.map(([name, { type }]) => [name, type === 'date' ? day : `${day}T09:30:00Z`])),
    ),
  ]
}

const withFixed = (stage: Stage, as: string, values: Values): Values =>
  new Map([
    ...Object.entries(stage.rows[as]!.fixed).map(([name, value]) => [`${as}.${name}`, value] as const),
    ...values,
  ])

const rowOf = (as: string, model: string, values: Values): string =>
  makeFor(
    model,
    undefined,
    [...values].map(([key, value]) => argument(key.slice(as.length + 1), literal(value))),
  )

/** What can be told of the row afterwards. */
const outcomesOf = (stage: Stage, as: string, table: string, step: Step, values: Values): string[] => {
  if (step.when !== undefined) return []
  const model = stage.architecture.models[stage.rows[as]!.model]!
  if (step.delete === as && !model.softDelete) return [`assert world.row(${table}, right["id"]) is None`]
  const { states } = model
  if (step.take?.of === as && states) {
    const column = columnOf(states.field, model.fields[states.field]!)
    const { to } = states.transitions[step.take.transition]!
    return [`assert world.value(${table}, right["id"], ${literal(column)}) == ${literal(to)}`]
  }
  if (step.set?.of !== as) return []
  return Object.entries(step.set.values).flatMap(([name, text]) => {
    const field = model.fields[name]
    const outcome = onStage(stage, text, values)
    if (!field || !/^(bool|int|string|text|enum)$/.test(field.type) || outcome === undefined) return []
    const equals = typeof outcome === 'boolean' || outcome === null ? 'is' : '=='
    return [
      `assert world.value(${table}, right["id"], ${literal(columnOf(name, field))}) ${equals} ${literal(outcome)}`,
    ]
  })
}

/** Whether what is emitted has a value wherever it must have one. */
const emitsSafely = (
  { architecture }: Cast,
  stage: Stage,
  component: string,
  steps: readonly Step[],
  values: Values,
): boolean =>
  steps.every(({ emit, call }) => {
    if (call) return onStage(stage, call.url, values) !== undefined
    if (!emit) return true
    const port = own(own(architecture.components, component)?.ports, emit.port)
    const shape = port && isEvent(port) ? (own(architecture.types, shapeOfEvent(port.type)) ?? {}) : {}
    return Object.entries(emit.values).every(([name, text]) => {
      if (shape[name]?.optional || /^(now|today\(\))$/.test(text.trim())) return true
      return (onStage(stage, text, values) ?? null) !== null
    })
  })
