import { toSnake, toWords } from '../blueprint/names.ts'
import { type Operation, operationsOf } from '../blueprint/operations.ts'
import { argument, type Cast, fixtureOf, limitOf, makeFor, refArguments, type Surface } from './tests-cast.ts'
import { usedNames } from './tests-scene.ts'
import { literal } from './tests-values.ts'

/** The path with an id that nothing has in every place for one. */
const anyPath = (path: string): string => path.replace(/\{\w+\}/g, '00000000-0000-4000-8000-000000000000')

const asTuple = (items: string[]): string => `(${items.map(literal).join(', ')})`

const tables = (cast: Cast, operations: Operation[]): string => {
  const guarded = operations.filter(({ access }) => access !== 'public')
  const granted = operations.filter(({ access }) => access === 'granted')
  const forbidden = granted.flatMap((operation) =>
    cast.roles
      .filter((role) => !operation.grants.has(role))
      .map((role) => [fixtureOf(role), operation.method, anyPath(operation.path)]),
  )
  for (const { method, path } of granted) forbidden.push(['as_nobody', method, anyPath(path)])
  const tests = [
    `@pytest.mark.parametrize(("method", "path"), [${guarded.map(({ method, path }) => asTuple([method, anyPath(path)])).join(', ')}])
def test_nothing_is_done_without_a_token(as_anyone: Person, method: str, path: str) -> None:
    answer = as_anyone.request(method, path)
    assert problem(answer, 401) == []
    assert answer.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize(("method", "path"), [${guarded
      .slice(0, 1)
      .map(({ method, path }) => asTuple([method, anyPath(path)]))
      .join(', ')}])
@pytest.mark.parametrize("token", ["nonsense", UNSIGNED])
def test_a_forged_token_is_as_good_as_none(as_anyone: Person, method: str, path: str, token: str) -> None:
    answer = as_anyone.request(method, path, headers={"Authorization": f"Bearer {token}"})
    assert problem(answer, 401) == []
`,
  ]
  if (forbidden.length > 0)
    tests.push(`@pytest.mark.parametrize(("person", "method", "path"), [${forbidden.map(asTuple).join(', ')}])
def test_who_lacks_the_role_is_refused(
    request: pytest.FixtureRequest, person: str, method: str, path: str
) -> None:
    who: Person = request.getfixturevalue(person)
    assert problem(who.request(method, path), 403) == []
`)
  return tests.join('\n\n')
}

const METHODS = { read: 'GET', update: 'PATCH', delete: 'DELETE' } as const
const DONE = { read: 200, update: 200, delete: 204 } as const
type ItemOp = keyof typeof METHODS
const ITEM_OPS = Object.keys(METHODS) as ItemOp[]

/** The limits that a role has on a surface's items: field (or none) -> the operations under it. */
const limitsOf = (surface: Surface, role: string): Map<string | undefined, ItemOp[]> => {
  const limits = new Map<string | undefined, ItemOp[]>()
  for (const op of ITEM_OPS) {
    const operation = surface.operations.get(op)
    if (operation?.access !== 'granted') continue
    const limit = limitOf(surface, operation, role)
    if (limit !== false) limits.set(limit, [...(limits.get(limit) ?? []), op])
  }
  return limits
}

const send = (person: string, surface: Surface): string => `${person}.touch(method, f"${surface.path}/{row['id']}")`

const reach = (surface: Surface, role: string, limit: string | undefined, ops: ItemOp[]): string => {
  const person = fixtureOf(role)
  const actor = { name: person, role, field: limit }
  const things = toWords(surface.component)
  const name = `${role}_reaches_${toSnake(surface.component)}${limit ? `_by_${limit}` : ''}`
  return `@pytest.mark.parametrize(("method", "status"), [${ops.map((op) => `(${literal(METHODS[op])}, ${DONE[op]})`).join(', ')}])
def test_${name}(world: World, ${person}: Person, method: str, status: int) -> None:
    """Those ${limit ? `whose ${limit} names them` : 'of everybody'}: ${things}."""
    row = ${makeFor(surface.modelName, actor)}
    assert ${send(person, surface)}.status_code == status
`
}

const miss = (surface: Surface, role: string, limit: string, ops: ItemOp[]): string => {
  const person = fixtureOf(role)
  const table = literal(surface.table)
  return `@pytest.mark.parametrize("method", [${ops.map((op) => literal(METHODS[op])).join(', ')}])
def test_${role}_does_not_reach_${toSnake(surface.component)}_of_others_by_${limit}(world: World, ${person}: Person, ${person}_too: Person, method: str) -> None:
    row = ${makeFor(surface.modelName, { name: `${person}_too`, role, field: limit })}
    before = world.row(${table}, row["id"])
    assert problem(${send(person, surface)}, 404) == []
    assert world.row(${table}, row["id"]) == before
`
}

const listsOnly = (surface: Surface, role: string, limit: string): string => {
  const person = fixtureOf(role)
  return `def test_${role}_lists_only_${toSnake(surface.component)}_by_${limit}(world: World, ${person}: Person, ${person}_too: Person) -> None:
    mine = ${makeFor(surface.modelName, { name: person, role, field: limit })}
    ${makeFor(surface.modelName, { name: `${person}_too`, role, field: limit })}
    assert ids(${person}.get(${literal(surface.path)})) == [mine["id"]]
`
}

const listsAll = (surface: Surface, role: string): string => {
  const person = fixtureOf(role)
  return `def test_${role}_lists_${toSnake(surface.component)}_of_everybody(world: World, ${person}: Person) -> None:
    made = {${makeFor(surface.modelName, undefined)}["id"] for _ in range(2)}
    assert made <= set(ids(${person}.get(${literal(surface.path)}, params={"limit": ${Math.min(surface.rpc.list?.maxPage ?? 20, 100)}})))
`
}

/** A role that may make things makes them; where it is limited, only for themselves. */
const creates = (cast: Cast, surface: Surface, role: string): string[] => {
  const create = surface.operations.get('create')
  const limit = create?.access === 'granted' ? limitOf(surface, create, role) : false
  if (limit === false || !cast.canCreate(surface, role)) return []
  const person = fixtureOf(role)
  const actor = { name: person, role, field: limit }
  const body = (extra: string[]) =>
    `${toSnake(surface.modelName)}_body(${[...refArguments(cast, surface, actor).filter((text) => !extra.some((each) => text.startsWith(`${each.split('=')[0]}=`))), ...extra].join(', ')})`
  const things = toSnake(surface.component)
  const owner = surface.rpc.owner
  const given = limit && limit !== owner ? [argument(limit, `${person}.id`)] : []
  const tests = [
    `def test_${role}_makes_${things}(world: World, ${person}: Person) -> None:
    answer = ${person}.post(${literal(surface.path)}, json=${body(given)})
    assert answer.status_code == 201, answer.text
${owner ? `    assert answer.json()[${literal(owner)}] == ${person}.id\n` : ''}    assert world.count(${literal(surface.table)}) == 1
`,
  ]
  if (limit)
    tests.push(`def test_${role}_makes_no_${things}_for_others(world: World, ${person}: Person, ${person}_too: Person) -> None:
    answer = ${person}.post(${literal(surface.path)}, json=${body([argument(limit, `${person}_too.id`)])})
    assert problem(answer, 403) == []
    assert world.count(${literal(surface.table)}) == 0
`)
  else if (owner)
    tests.push(`def test_${role}_makes_${things}_for_others(world: World, ${person}: Person, as_nobody: Person) -> None:
    answer = ${person}.post(${literal(surface.path)}, json=${body([argument(owner, 'as_nobody.id')])})
    assert answer.status_code == 201, answer.text
    assert answer.json()[${literal(owner)}] == as_nobody.id
`)
  return tests
}

const surfaceTests = (cast: Cast, surface: Surface, role: string): string[] => {
  const tests: string[] = []
  for (const [limit, ops] of limitsOf(surface, role)) {
    tests.push(reach(surface, role, limit, ops))
    if (limit) tests.push(miss(surface, role, limit, ops))
  }
  const list = surface.operations.get('list')
  const limit = list?.access === 'granted' ? limitOf(surface, list, role) : false
  if (limit === undefined) tests.push(listsAll(surface, role))
  else if (limit) tests.push(listsOnly(surface, role, limit))
  tests.push(...creates(cast, surface, role))
  return tests
}

/** What people who are not signed in may do. */
const publicTests = (surface: Surface): string[] => {
  const open = ITEM_OPS.filter((op) => surface.operations.get(op)?.access === 'public')
  if (open.length === 0) return []
  return [
    `@pytest.mark.parametrize(("method", "status"), [${open.map((op) => `(${literal(METHODS[op])}, ${DONE[op]})`).join(', ')}])
def test_everybody_reaches_${toSnake(surface.component)}(world: World, as_anyone: Person, method: str, status: int) -> None:
    row = ${makeFor(surface.modelName, undefined)}
    assert ${send('as_anyone', surface)}.status_code == status
`,
  ]
}

/** Returns tests/test_policies.py: every operation, for every role and for strangers. */
export const emitPolicyTests = (cast: Cast): string => {
  const operations = operationsOf(cast.architecture)
  const tests = cast.accountModel ? [tables(cast, operations)] : []
  for (const surface of cast.surfaces) {
    tests.push(...publicTests(surface))
    for (const role of cast.roles) tests.push(...surfaceTests(cast, surface, role))
  }
  const body = tests.join('\n\n')
  const makes = usedNames(body, cast.factories)
  const helpers = usedNames(body, new Set(['Person', 'World', 'ids', 'problem']))
  // {"alg": "none"} and a subject, without a signature.
  const unsigned =
    '"eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.eyJzdWIiOiIwMDAwMDAwMC0wMDAwLTQwMDAtODAwMC0wMDAwMDAwMDAwMDAifQ."'
  return `"""Who may do what: every operation, for every role and for people who are not signed in."""

import pytest

${makes.length ? `from tests.factories import ${makes.join(', ')}\n` : ''}from tests.world import ${helpers.join(', ')}

${/\bUNSIGNED\b/.test(body) ? `UNSIGNED = ${unsigned}\n` : ''}

${body}`
}
