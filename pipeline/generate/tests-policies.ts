import { ANYONE, own, toSnake, toWords } from '../blueprint/names.ts'
import { isOpen, type Operation, operationsOf } from '../blueprint/operations.ts'
import { type Cast, fixtureOf, needsOwner, refArguments, type Surface } from './tests-cast.ts'
import {
  argument,
  isPersonal,
  type Limit,
  limitsOf,
  makeBeyond,
  makeFor,
  scopesOf,
  valueFor,
  without,
} from './tests-limits.ts'
import { mayFit } from './tests-parents.ts'
import { bodyFor, usedNames } from './tests-scene.ts'
import { literal } from './tests-values.ts'

/** The path with an id that nothing has in every place for one. */
const anyPath = (path: string): string => path.replace(/\{\w+\}/g, '00000000-0000-4000-8000-000000000000')

const asTuple = (items: string[]): string => `(${items.map(literal).join(', ')})`

const tables = (cast: Cast, operations: Operation[]): string => {
  const guarded = operations.filter((operation) => !isOpen(operation))
  const granted = guarded.filter(({ access }) => access === 'granted')
  const forbidden = granted.flatMap((operation) =>
    [...cast.roles, ...cast.devices.keys()]
      .filter((role) => !operation.grants.has(role))
      .map((role) => [fixtureOf(role), operation.method, anyPath(operation.path)]),
  )
  if (cast.accountModel) for (const { method, path } of granted) forbidden.push(['as_nobody', method, anyPath(path)])
  const tests = [
    `@pytest.mark.parametrize(("method", "path"), [${guarded.map(({ method, path }) => asTuple([method, anyPath(path)])).join(', ')}])
def test_nothing_is_done_without_a_token(as_anyone: Person, method: str, path: str) -> None:
    answer = as_anyone.request(method, path)
    assert problem(answer, 401) == []
    assert answer.headers["www-authenticate"].startswith("${challengeOf(cast)}")
`,
  ]
  if (cast.accountModel)
    tests.push(`@pytest.mark.parametrize(("method", "path"), [${guarded
      .slice(0, 1)
      .map(({ method, path }) => asTuple([method, anyPath(path)]))
      .join(', ')}])
@pytest.mark.parametrize("token", ["nonsense", UNSIGNED])
def test_a_forged_token_is_as_good_as_none(as_anyone: Person, method: str, path: str, token: str) -> None:
    answer = as_anyone.request(method, path, headers=token_headers(token))
    assert problem(answer, 401) == []
`)
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

/** Somebody else who has a role. What anyone has, somebody without roles has too. */
const otherOf = (role: string): string => (role === ANYONE ? 'as_nobody' : `${fixtureOf(role)}_too`)

/** The word that a 401 begins its challenge with. */
const challengeOf = (cast: Cast): string =>
  cast.accountModel ? (cast.architecture.http?.token?.scheme ?? 'Bearer') || 'Bearer' : 'ApiKey'

const METHODS = { read: 'GET', update: 'PATCH', delete: 'DELETE' } as const
const DONE = { read: 200, update: 200, delete: 204 } as const
type ItemOp = keyof typeof METHODS
const ITEM_OPS = Object.keys(METHODS) as ItemOp[]

/** What can be done to a row as the tests make it. */
const doable = (cast: Cast, surface: Surface): ItemOp[] =>
  ITEM_OPS.filter((op) => op !== 'delete' || !cast.undeletable.has(surface.modelName))

/** The item operations of a role, together where the same limits hold. */
type Reach = { limits: Limit[] | undefined; ops: ItemOp[] }

const reachesOf = (cast: Cast, surface: Surface, role: string): Reach[] => {
  const reaches = new Map<string, Reach>()
  for (const op of ITEM_OPS) {
    const operation = surface.operations.get(op)
    const limits = operation?.access === 'granted' && limitsOf(cast.byAddress, surface, operation, role)
    if (limits === false) continue
    const known = reaches.get(nameOf(limits))
    if (known) known.ops.push(op)
    else reaches.set(nameOf(limits), { limits, ops: [op] })
  }
  return [...reaches.values()]
}

const nameOf = (limits: readonly Limit[] | undefined): string => (limits ?? []).map(({ field }) => field).join('_or_')

const send = (person: string, surface: Surface): string => `${person}.touch(method, f"${surface.path}/{row['id']}")`
const methodsOf = (ops: readonly ItemOp[]): string => ops.map((op) => literal(METHODS[op])).join(', ')

const reach = (surface: Surface, role: string, limit: Limit | undefined, ops: ItemOp[]): string => {
  const person = fixtureOf(role)
  const things = toWords(surface.component)
  const whose = limit?.fit
    ? `for which ${limit.field.replace('_', ' ')} of the grants is true`
    : limit?.parent
      ? `whose ${limit.field} they see, whoever made them`
      : `whose ${limit?.field} names them`
  return `@pytest.mark.parametrize(("method", "status"), [${ops.map((op) => `(${literal(METHODS[op])}, ${DONE[op]})`).join(', ')}])
def test_${role}_reaches_${toSnake(surface.component)}${limit ? `_by_${limit.field}` : ''}(world: World, ${person}: Person, method: str, status: int) -> None:
    """Those ${limit ? whose : 'of everybody'}: ${things}."""
    row = ${makeFor(surface.modelName, { name: person, role, limit })}
    assert ${send(person, surface)}.status_code == status
`
}

/** What is within a role's limits for somebody else is a 404. */
const miss = (surface: Surface, role: string, limits: Limit[], ops: ItemOp[]): string[] => {
  const person = fixtureOf(role)
  const other = otherOf(role)
  const row = makeBeyond(surface.modelName, limits, person, other)
  const name = `${role}_does_not_reach_${toSnake(surface.component)}_of_others_by_${nameOf(limits)}`
  return row ? [outOfReach(surface, name, [person, other], row, ops)] : []
}

const outOfReach = (surface: Surface, name: string, people: string[], row: string, ops: ItemOp[]): string => {
  const table = literal(surface.table)
  return `@pytest.mark.parametrize("method", [${methodsOf(ops)}])
def test_${name}(world: World, ${people.map((person) => `${person}: Person`).join(', ')}, method: str) -> None:
    row = ${row}
    before = world.row(${table}, row["id"])
    assert problem(${send(people[0]!, surface)}, 404) == []
    assert world.row(${table}, row["id"]) == before
`
}

/** What a role sees through a parent and may not change. */
const readsOnly = (surface: Surface, role: string, reaches: Reach[]): string[] => {
  const seen = reaches.find(({ ops }) => ops.includes('read'))?.limits?.find(({ parent }) => parent)
  const ops = reaches.flatMap(({ limits, ops }) => (limits?.every(({ parent, fit }) => !parent && !fit) ? ops : []))
  if (!seen || ops.length === 0) return []
  const person = fixtureOf(role)
  const name = `${role}_only_reads_${toSnake(surface.component)}_of_others_by_${seen.field}`
  return [outOfReach(surface, name, [person], makeFor(surface.modelName, { name: person, role, limit: seen }), ops)]
}

const listsOnly = (surface: Surface, role: string, limits: Limit[]): string => {
  const person = fixtureOf(role)
  const other = otherOf(role)
  const mine = limits
    .filter(({ unknown }) => !unknown)
    .map((limit) => `${makeFor(surface.modelName, { name: person, role, limit })}["id"]`)
  const beyond = makeBeyond(surface.modelName, limits, person, other)
  return `def test_${role}_lists_only_${toSnake(surface.component)}_by_${nameOf(limits)}(world: World, ${person}: Person, ${other}: Person) -> None:
    mine = {${mine.join(', ')}}
${
  isPersonal(limits)
    ? `    assert ids(${other}.get(${literal(surface.path)})) == []
`
    : ''
}${beyond ? `    ${beyond}\n` : ''}    assert set(ids(${person}.get(${literal(surface.path)}))) == mine
`
}

/** Below a parent that one sees is what others made there; who does not see the parent gets a 404. */
const listsBelow = (surface: Surface, role: string, limits: Limit[]): string[] => {
  const limit = limits.find(({ parent }) => parent)
  const nested = surface.nested.find(({ op, nestedUnder }) => op === 'list' && nestedUnder === limit?.field)
  if (!limit?.parent || !nested) return []
  const person = fixtureOf(role)
  const other = otherOf(role)
  const theirs = limit.parent.limits && isPersonal([limit])
  const path = `f"${nested.path.replace(`{${limit.field}}`, `{row['${limit.field}']}`)}"`
  return [
    `def test_${role}_sees_${toSnake(surface.component)}_of_others_below_their_${limit.field}(world: World, ${person}: Person${theirs ? `, ${other}: Person` : ''}) -> None:
    row = ${makeFor(surface.modelName, { name: person, role, limit })}
    assert ids(${person}.get(${path})) == [row["id"]]
${
  theirs
    ? `    assert problem(${other}.get(${path}), 404) == []
`
    : ''
}`,
  ]
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
  const limits = create?.access === 'granted' && limitsOf(cast.byAddress, surface, create, role)
  if (limits === false || !cast.canCreate(surface, role) || needsOwner(surface, role, cast.devices)) return []
  const person = fixtureOf(role)
  const other = otherOf(role)
  const limit = limits?.[0]
  const actor = { name: person, role, limit }
  const body = (extra: string[]) =>
    bodyFor(surface, actor, [...without(refArguments(cast, surface, actor), extra), ...extra])
  const things = toSnake(surface.component)
  const owner = surface.rpc.owner
  const given = limit && !limit.fit && limit.field !== owner ? [argument(limit.field, valueFor(limit, person))] : []
  const tests = [
    `def test_${role}_makes_${things}(world: World, ${person}: Person) -> None:
${limit?.fit ? `    body = ${body(given)}\n    before = world.count(${literal(surface.table)})\n` : ''}    answer = ${person}.post(${literal(surface.path)}, json=${limit?.fit ? 'body' : body(given)})
    assert answer.status_code == 201, answer.text
${
  owner && !cast.devices.has(role)
    ? `    assert answer.json()[${literal(owner)}] == ${person}.id
`
    : ''
}    assert world.count(${literal(surface.table)}) == ${limit?.fit ? 'before + 1' : '1'}
`,
  ]
  if (limits?.every(({ fit }) => fit)) tests.push(...makesNothingElse(cast, surface, role, limits))
  if (limit?.fit) return tests
  if (role === ANYONE) return tests
  // Through a parent one writes in one's own name; a limit that is no owner's does not say whose a row is.
  const named = limits?.some(({ parent }) => parent) || !limit ? owner : limit.field
  const theirs = named && !scopesOf(create!, role).includes(undefined) && argument(named, `${other}.id`)
  if (theirs)
    tests.push(`def test_${role}_makes_no_${things}_for_others(world: World, ${person}: Person, ${other}: Person) -> None:
    answer = ${person}.post(${literal(surface.path)}, json=${body([...without(given, [theirs]), theirs])})
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

/** A row of which none of the conditions is true is not made. */
const makesNothingElse = (cast: Cast, surface: Surface, role: string, limits: readonly Limit[]): string[] => {
  const person = fixtureOf(role)
  const [limit, ...others] = limits
  const beyond = others.length === 0 ? limit?.fit?.bodyBeyond?.(person) : undefined
  if (!beyond || mayFit(cast, surface, role, limit!.fit!, beyond)) return []
  const given = refArguments(cast, surface, { name: person, role, limit })
  const body = `${toSnake(surface.modelName)}_body(${[...without(given, beyond), ...beyond].join(', ')})`
  return [
    `def test_${role}_makes_no_${toSnake(surface.component)}_beyond_what_is_allowed(world: World, ${person}: Person) -> None:
    body = ${body}
    before = world.count(${literal(surface.table)})
    assert problem(${person}.post(${literal(surface.path)}, json=body), 403) == []
    assert world.count(${literal(surface.table)}) == before
`,
  ]
}

const surfaceTests = (cast: Cast, surface: Surface, role: string): string[] => {
  const tests: string[] = []
  const reaches = reachesOf(cast, surface, role)
  const byField = Map.groupBy(
    reaches.flatMap(({ limits, ops }) =>
      (limits ?? [undefined]).filter((limit) => !limit?.unknown).map((limit) => ({ limit, ops })),
    ),
    ({ limit }) => limit?.field,
  )
  for (const group of byField.values()) {
    const done = doable(cast, surface).filter((op) => group.some(({ ops }) => ops.includes(op)))
    if (done.length > 0) tests.push(reach(surface, role, group[0]!.limit, done))
  }
  for (const { limits, ops } of reaches) if (limits) tests.push(...miss(surface, role, limits, ops))
  tests.push(...readsOnly(surface, role, reaches))
  const list = surface.operations.get('list')
  const limits = list?.access === 'granted' && limitsOf(cast.byAddress, surface, list, role)
  if (limits === undefined) tests.push(listsAll(surface, role))
  else if (limits) tests.push(listsOnly(surface, role, limits), ...listsBelow(surface, role, limits))
  tests.push(...creates(cast, surface, role))
  return tests
}

/** What people who are not signed in may do. */
const publicTests = (cast: Cast, surface: Surface): string[] => {
  const open = doable(cast, surface).filter((op) => surface.operations.get(op)?.access === 'public')
  if (open.length === 0) return []
  return [
    `@pytest.mark.parametrize(("method", "status"), [${open.map((op) => `(${literal(METHODS[op])}, ${DONE[op]})`).join(', ')}])
def test_everybody_reaches_${toSnake(surface.component)}(world: World, as_anyone: Person, method: str, status: int) -> None:
    row = ${makeFor(surface.modelName, undefined)}
    assert ${send('as_anyone', surface)}.status_code == status
`,
  ]
}

/** What is said of conditions for which the tests know no row, or none for which they are not true. */
const untried = (cast: Cast): string => {
  const lines = cast.surfaces.flatMap(({ address, fits }) =>
    [...fits]
      .filter(([, { somebody }]) => !somebody.stored || !somebody.beyond)
      .map(([condition, { somebody }]) => {
        const what = somebody.stored ? 'for which it is not true' : 'for which it is true'
        return `- ${address} where ${condition}: no row ${what}`.replaceAll('\\', '\\\\').replaceAll('"', "'")
      }),
  )
  return lines.length ? `\n\nNot tried, because the tests cannot make the rows:\n\n${lines.join('\n')}\n` : ''
}

/** Returns tests/test_policies.py: every operation, for every role and for strangers. */
export const emitPolicyTests = (cast: Cast): string => {
  const operations = operationsOf(cast.architecture)
  const tests = cast.accountModel || cast.devices.size ? [tables(cast, operations)] : []
  const acting = own(cast.architecture.policies.roles, ANYONE) ? [ANYONE, ...cast.roles] : cast.roles
  for (const surface of cast.surfaces) {
    tests.push(...publicTests(cast, surface))
    for (const role of acting) tests.push(...surfaceTests(cast, surface, role))
    for (const [role, model] of cast.devices)
      if (model !== surface.modelName) tests.push(...surfaceTests(cast, surface, role))
  }
  const body = tests.join('\n\n')
  const makes = usedNames(body, cast.factories)
  const helpers = usedNames(body, new Set(['Person', 'World', 'ids', 'problem', 'soon', 'soon_day']))
  // {"alg": "none"} and a subject, without a signature.
  const unsigned =
    '"eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.eyJzdWIiOiIwMDAwMDAwMC0wMDAwLTQwMDAtODAwMC0wMDAwMDAwMDAwMDAifQ."'
  return `"""Who may do what: every operation, for every role and for people who are not signed in.${untried(cast)}"""

import pytest

${makes.length ? `from tests.factories import ${makes.join(', ')}\n` : ''}${/\btoken_headers\(/.test(body) ? 'from tests.wire import token_headers\n' : ''}from tests.world import ${helpers.join(', ')}

${/\bUNSIGNED\b/.test(body) ? `UNSIGNED = ${unsigned}\n` : ''}

${body}`
}
