import type { Toggle } from '../../schemas/generated/architecture.ts'
import { own, toSnake } from '../blueprint/names.ts'
import { type Operation, operationsOf } from '../blueprint/operations.ts'
import { tableOf } from './migrations-physical.ts'
import { type Cast, fixtureOf, type Surface } from './tests-cast.ts'
import { type Actor, type Limit, limitsOf, makeBeyond, makeFor } from './tests-limits.ts'
import { fn, usedNames } from './tests-scene.ts'
import { literal } from './tests-values.ts'

/** Returns tests/test_toggles.py: marks are put once and taken off; undefined where nobody of the tests can. */
export const emitToggleTests = (cast: Cast): string | undefined => {
  const operations = operationsOf(cast.architecture)
  const tests = cast.surfaces.flatMap((surface) =>
    Object.entries(surface.rpc.toggles ?? {}).flatMap(([name, toggle]) => {
      const find = (op: string, method: Operation['method']) =>
        operations.find(
          (each) => `${each.component}.${each.port}` === surface.address && each.op === op && each.method === method,
        )
      return testsOf(cast, surface, name, toggle, {
        on: find(name, 'PUT')!,
        off: find(toggle.off, 'DELETE')!,
        members: find(toggle.members, 'GET')!,
      })
    }),
  )
  if (tests.length === 0) return undefined
  const body = tests.join('\n\n')
  const factories = usedNames(body, cast.factories)
  const helpers = usedNames(body, new Set(['NOBODY', 'Person', 'World', 'ids', 'problem']))
  return `"""Marks that people put on objects: once, for themselves, on what they see."""

${factories.length ? `from tests.factories import ${factories.join(', ')}\n` : ''}from tests.world import ${helpers.join(', ')}


${body}`
}

type Operations = { on: Operation; off: Operation; members: Operation }

const testsOf = (cast: Cast, surface: Surface, name: string, toggle: Toggle, operations: Operations): string[] => {
  const actor = actorOf(cast, surface, operations)
  const link = own(cast.architecture.models, toggle.model)!
  const asks = link.on?.create?.require ?? link.rules?.some(({ check }) => check)
  if (!actor || asks) return []
  const who = actor.name
  const path = `f"${operations.on.path.replace('{id}', "{row['id']}")}"`
  const table = literal(tableOf(toggle.model, link))
  const shown = shownBy(surface, toggle)
  const seesMembers = isUnlimited(cast, surface, operations.members, actor.role!)
  const members = `${who}.get(f"${operations.members.path.replace('{id}', "{row['id']}")}")`
  return [
    fn(
      `${toSnake(surface.component)}_keep_one_${name}_of_one_person`,
      [who],
      [
        `row = ${makeFor(surface.modelName, actor)}`,
        `before = world.count(${table})`,
        `answers = [${who}.put(${path}) for _ in range(2)]`,
        `answers += world.together(${who}.asking("PUT", ${path}) for _ in range(5))`,
        'assert {answer.status_code for answer in answers} == {200}, answers[0].text',
        `assert world.count(${table}) == before + 1`,
        ...shown.map(([field, on]) => `assert answers[-1].json()[${literal(field)}] ${on}`),
        ...(seesMembers ? [`assert ids(${members}) == [${who}.id]`, `assert "email" not in ${members}.text`] : []),
        `answers = [${who}.delete(${path}) for _ in range(2)]`,
        'assert {answer.status_code for answer in answers} == {200}, answers[0].text',
        `assert world.count(${table}) == before`,
        ...shown.map(([field, , off]) => `assert answers[-1].json()[${literal(field)}] ${off}`),
        ...(seesMembers ? [`assert ids(${members}) == []`] : []),
      ],
    ),
    ...unseenTests(cast, surface, name, operations, actor, table),
  ]
}

/** What is not seen is not marked. */
const unseenTests = (
  cast: Cast,
  surface: Surface,
  name: string,
  operations: Operations,
  actor: Actor,
  table: string,
): string[] => {
  const read = surface.operations.get('read')!
  const limits = read.access === 'granted' && limitsOf(cast.byAddress, surface, read, actor.role!)
  const other = `${actor.name}_too`
  const beyond = limits ? makeBeyond(surface.modelName, limits, actor.name, other) : undefined
  const who = actor.name
  return [
    fn(
      `${toSnake(surface.component)}_that_are_not_seen_get_no_${name}`,
      [who, ...(beyond ? [other] : [])],
      [
        `ids = [NOBODY${beyond ? `, ${beyond}["id"]` : ''}]`,
        `before = world.count(${table})`,
        'for id in ids:',
        `    assert problem(${who}.put(f"${operations.on.path}"), 404) == []`,
        `    assert problem(${who}.delete(f"${operations.on.path}"), 404) == []`,
        `assert world.count(${table}) == before`,
      ],
    ),
  ]
}

const isUnlimited = (cast: Cast, surface: Surface, operation: Operation, role: string): boolean =>
  limitsOf(cast.byAddress, surface, operation, role) === undefined

/** Somebody who may put marks on and take them off, and sees the objects: within one limit, where there are any. */
const actorOf = (cast: Cast, surface: Surface, { on, off }: Operations): Actor | undefined => {
  const read = surface.operations.get('read')
  if (!read) return undefined
  const actors = cast.roles.flatMap((role): Actor[] => {
    const all = [on, off, ...(read.access === 'public' ? [] : [read])].map((operation) =>
      limitsOf(cast.byAddress, surface, operation, role),
    )
    if (all.includes(false)) return []
    const limited = all.filter((limits): limits is Limit[] => Array.isArray(limits))
    const [first, ...others] = limited
    if (!first) return [{ name: fixtureOf(role), role, limit: undefined }]
    const limit = first.find(
      ({ field, unknown }) => !unknown && others.every((limits) => limits.some((each) => each.field === field)),
    )
    return limit ? [{ name: fixtureOf(role), role, limit }] : []
  })
  return actors.find(({ limit }) => !limit) ?? actors[0]
}

/** Computed values that tell of the marks: what they are with one of the caller's, and with none. */
const shownBy = ({ model }: Surface, { model: link, of, by }: Toggle): [string, string, string][] =>
  Object.entries(model.computed ?? {}).flatMap(([name, { over }]): [string, string, string][] => {
    if (over?.from !== `${link}.${of}`) return []
    const mine = over.where?.replaceAll(' ', '') === `that.${by}==me.id`
    if (over.take === 'count' && (mine || !over.where)) return [[name, '== 1', '== 0']]
    return over.take === 'exists' && (mine || !over.where) ? [[name, 'is True', 'is False']] : []
  })
