import type { Requirement, Transition } from '../../schemas/generated/architecture.ts'
import { own, refOf, toKebab, toSnake } from '../blueprint/names.ts'
import { transitionScope } from '../blueprint/scopes.ts'
import { columnOf } from './migrations-physical.ts'
import type { Cast, Surface } from './tests-cast.ts'
import { type Actor, argument, makeFor } from './tests-limits.ts'
import { fn, type Scene, sceneOf, usedNames, withParams } from './tests-scene.ts'
import { type Demand, inputValue, meet, onStage, type Stage, type Values } from './tests-situations.ts'
import { isSafe } from './tests-steps.ts'
import { literal } from './tests-values.ts'

/** Returns tests/test_states.py: every transition from every state; undefined in a system without states. */
export const emitStateTests = (cast: Cast): string | undefined => {
  const tests = cast.surfaces.flatMap((surface) => stateTests(cast, surface))
  if (tests.length === 0) return undefined
  const body = tests.join('\n\n')
  const factories = usedNames(body, cast.factories)
  const helpers = usedNames(body, new Set(['NOBODY', 'Person', 'World', 'ids', 'problem', 'soon', 'soon_day']))
  return `"""The states: every step from where it may be taken, and from where it may not."""

${/@pytest/.test(body) ? 'import pytest\n\n' : ''}${factories.length ? `from tests.factories import ${factories.join(', ')}\n` : ''}from tests.world import ${helpers.join(', ')}


${body}`
}

const stateTests = (cast: Cast, surface: Surface): string[] => {
  const { states } = surface.model
  if (!states) return []
  return [
    ...fixedTests(cast, surface, states.field),
    ...Object.entries(states.transitions).flatMap(([name, transition]) => {
      const scene = sceneOf(cast, surface, name)
      // Where a grant depends on the state, rows in other states are not there for who has it.
      return scene && !scene.surface.fixed?.has(states.field)
        ? transitionTests(scene, states.field, name, transition)
        : []
    }),
  ]
}

/** The state is no client's to write. */
const fixedTests = (cast: Cast, surface: Surface, field: string): string[] => {
  const scene = sceneOf(cast, surface, 'update')
  const state = surface.model.fields[field]?.values?.at(-1)
  if (!scene || !state) return []
  const who = scene.actor.name
  return [
    fn(
      `${toSnake(surface.component)}_do_not_change_their_${field}_by_themselves`,
      [who],
      [
        `row = ${scene.make()}`,
        `answer = ${who}.patch(f"${surface.path}/{row['id']}", json={${literal(field)}: ${literal(state)}})`,
        `assert problem(answer, 422) == [${literal(field)}]`,
      ],
    ),
  ]
}

const ME = 'the id of who does it'

/** What a row says that only its person may touch. */
const mine = ({ limit }: Actor): { [field: string]: string } =>
  limit && !limit.parent && !limit.fit ? { [limit.field]: ME } : {}

/** Where one row, `this`, takes a step: it is in the state from which it does. */
const stageOf = ({ cast, surface, actor }: Scene, field: string, from: string, transition: Transition): Stage => ({
  architecture: cast.architecture,
  scope: transitionScope(cast.architecture, surface.modelName, transition),
  rows: { this: { model: surface.modelName, refers: {}, fixed: { [field]: from, ...mine(actor) } } },
  me: { id: ME, roles: actor.role ? [actor.role] : [] },
  input: own(cast.architecture.types, transition.in ?? '') ?? {},
})

/** What the row is after the step, as far as that can be told: its new state, and what is written with it. */
const afterOf = (stage: Stage, field: string, transition: Transition, values: Values) => {
  const after: { [name: string]: unknown } = { [field]: transition.to }
  for (const { set, when } of transition.do ?? []) {
    if (when !== undefined || set?.of !== 'this') break
    for (const [name, text] of Object.entries(set.values)) {
      const outcome = onStage(stage, text, values)
      const { type } = stage.architecture.models[stage.rows.this!.model]!.fields[name]!
      const moment = (type === 'date' || type === 'datetime') && typeof outcome === 'number'
      const input = /^input\.(\w+)$/.exec(text.trim())?.[1]
      after[name] =
        text.trim() === 'now'
          ? '2030-01-01T00:00:00Z'
          : input
            ? inputValue(stage, values, input)
            : moment
              ? new Date(outcome).toISOString()
              : outcome
    }
  }
  return after
}

/** Returns values with which the step can be taken; undefined where they are not found. */
const fitting = (scene: Scene, stage: Stage, field: string, transition: Transition): Values | undefined => {
  const required = (transition.require ?? []).map(({ check }): Demand => ({ text: check, wanted: true }))
  const checks = (scene.surface.model.rules ?? []).flatMap(({ check }) => (check ? [check] : []))
  const ruled = (values: Values): Demand[] => {
    const after = afterOf(stage, field, transition, values)
    return checks.map((text) => ({ text, wanted: true, of: 'this', after }))
  }
  const first = meet(stage, [...required, ...ruled(new Map())])
  // What a step writes depends on what was sent: once more, with that.
  const values = first && meet(stage, [...required, ...ruled(first)])
  const free = [...(values?.keys() ?? [])].every((key) => !scene.surface.fixed?.has(key.slice('this.'.length)))
  return values && free && isSafe(stage, transition.do ?? [], values) ? values : undefined
}

const transitionTests = (scene: Scene, field: string, name: string, transition: Transition): string[] => {
  const { surface, actor } = scene
  const who = actor.name
  const path = `f"${surface.path}/{row['id']}/${toKebab(name)}"`
  const states = surface.model.fields[field]?.values ?? []
  const wrong = states.filter((state) => !transition.from.includes(state))
  const things = toSnake(surface.component)
  const table = literal(surface.table)
  const tests: string[] = []
  const right = transition.from.flatMap((from) => {
    const stage = stageOf(scene, field, from, transition)
    const values = fitting(scene, stage, field, transition)
    return values ? [{ from, stage, values }] : []
  })
  const [example] = right
  const json = example
    ? sent(example.stage, example.values)
    : sent(stageOf(scene, field, transition.from[0], transition), new Map())
  for (const { from, stage, values } of right) {
    tests.push(
      fn(
        `${name}_takes_${things}_from_${toSnake(from).replace(/\W/g, '_')}_to_${toSnake(transition.to).replace(/\W/g, '_')}`,
        [who],
        [
          `row = ${rowIn(scene, field, from, values)}`,
          `answer = ${who}.post(${path}${sent(stage, values)})`,
          'assert answer.status_code == 200, answer.text',
          `assert answer.json()[${literal(field)}] == ${literal(transition.to)}`,
          ...(surface.model.concurrency === 'version' ? [`assert answer.headers["etag"] != '"1"'`] : []),
          `assert world.value(${table}, row["id"], ${literal(columnOf(field, surface.model.fields[field]!))}) == ${literal(transition.to)}`,
        ],
      ),
    )
  }
  if (example) tests.push(onceTest(scene, field, name, path, example))
  if (wrong.length > 0)
    tests.push(
      withParams(
        `${name}_takes_no_${things}_from_elsewhere`,
        scene,
        'state: str',
        [
          `row = ${scene.make([argument(field, 'state')])}`,
          `before = world.row(${table}, row["id"])`,
          `answer = ${who}.post(${path}${json})`,
          'assert problem(answer, 409) == []',
          `assert world.row(${table}, row["id"]) == before`,
        ],
        `@pytest.mark.parametrize("state", [${wrong.map(literal).join(', ')}])`,
      ),
    )
  return [...tests, ...requireTests(scene, field, name, path, transition)]
}

type Right = { from: string; stage: Stage; values: Values }

/** The same request again, with the same key, does not take the step again. */
const onceTest = (scene: Scene, field: string, name: string, path: string, { from, stage, values }: Right): string =>
  fn(
    `${name}_happens_once_for_one_idempotency_key_of_${toSnake(scene.surface.component)}`,
    [scene.actor.name],
    [
      `row = ${rowIn(scene, field, from, values)}`,
      'key = {"Idempotency-Key": "the same key"}',
      `answers = [${scene.actor.name}.post(${path}${sent(stage, values)}, headers=key) for _ in range(2)]`,
      'assert [answer.status_code for answer in answers] == [200, 200], answers[1].text',
      'assert answers[0].json() == answers[1].json()',
    ],
  )

/** A test for each requirement that can be left unmet while those before it are met. */
const requireTests = (scene: Scene, field: string, name: string, path: string, transition: Transition): string[] =>
  (transition.require ?? []).flatMap((requirement: Requirement, at) => {
    const [from = ''] = transition.from
    const stage = stageOf(scene, field, from, transition)
    const before = transition.require!.slice(0, at).map(({ check }): Demand => ({ text: check, wanted: true }))
    const values = meet(stage, [...before, { text: requirement.check, wanted: false }])
    if (!values || [...values.keys()].some((key) => scene.surface.fixed?.has(key.slice('this.'.length)))) return []
    const status = requirement.status ?? 409
    return [
      fn(
        `${name}_of_${toSnake(scene.surface.component)}_is_refused_by_requirement_${at + 1}`,
        [scene.actor.name],
        [
          `row = ${rowIn(scene, field, from, values)}`,
          `answer = ${scene.actor.name}.post(${path}${sent(stage, values)})`,
          `assert answer.status_code == ${status}, answer.text`,
          `assert answer.json()["detail"] == ${literal(requirement.message)}`,
          `assert world.value(${literal(scene.surface.table)}, row["id"], ${literal(columnOf(field, scene.surface.model.fields[field]!))}) == ${literal(from)}`,
        ],
      ),
    ]
  })

/** Returns the row that a step begins with. */
const rowIn = ({ surface, actor }: Scene, field: string, from: string, values: Values): string => {
  const own = [...values].filter(([key]) => key.startsWith('this.'))
  return makeFor(surface.modelName, actor, [
    argument(field, literal(from)),
    ...own.map(([key, value]) => argument(key.slice(5), literal(value))),
  ])
}

/** Returns the argument with the body; nothing where none is sent. */
const sent = (stage: Stage, values: Values): string => {
  const items = Object.keys(stage.input).flatMap((name) => {
    const ref = refOf(stage.input[name]!.type)
    const text = ref ? `${makeFor(ref.model, undefined)}["id"]` : literal(inputValue(stage, values, name))
    return [`${literal(name)}: ${text}`]
  })
  return items.length ? `, json={${items.join(', ')}}` : ''
}
