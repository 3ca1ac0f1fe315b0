import { refOf, toSnake, toWords } from '../blueprint/names.ts'
import { isOpen } from '../blueprint/operations.ts'
import { columnOf } from './migrations-physical.ts'
import { bodyFields, type Cast, fixtureOf, parentIdFor, refArguments, type Surface, surfaceAt } from './tests-cast.ts'
import { argument, limitsOf, makeBeyond, makeFor, without } from './tests-limits.ts'
import { bodyFor, usedNames } from './tests-scene.ts'
import { literal } from './tests-values.ts'

const nestedPath = (path: string, field: string, id: string): string => `f"${path.replace(`{${field}}`, `{${id}}`)}"`

/** Making and listing children below their parent. */
const nestedTests = (cast: Cast, surface: Surface): string[] =>
  surface.nested.flatMap((operation) => {
    const field = operation.nestedUnder!
    const parent = surface.parents.find((each) => each.field === field)
    const actor = cast.actorFor(surface, operation.op, parent)
    if (!actor || !parent) return []
    const things = toSnake(surface.component)
    const itself = actor.limit?.field === field && !actor.limit.parent
    const parentId = itself ? `${actor.name}.id` : parentIdFor(cast, parent, actor)
    const path = nestedPath(operation.path, field, 'parent')
    const nowhere = nestedPath(operation.path, field, 'NOBODY')
    if (operation.op === 'list')
      return actor.limit?.fit?.chosen.any.has(field)
        ? []
        : [
            `def test_${things}_are_listed_below_their_${toSnake(field.replace(/_id$/, ''))}(world: World, ${actor.name}: Person) -> None:
    parent, other = ${parentId}, ${parentId}
    row = ${makeFor(surface.modelName, actor, [argument(field, 'parent')])}
    ${makeFor(surface.modelName, actor, [argument(field, 'other')])}
    assert ids(${actor.name}.get(${path})) == [row["id"]]
    assert problem(${actor.name}.get(${nowhere}), 404) == []
`,
          ]
    if (operation.op !== 'create') return []
    const given = argument(field, 'parent')
    const others = without(refArguments(cast, surface, actor), [given])
    const required = bodyFields(surface).some(([name, each]) => name === field && !each.optional)
    if (actor.limit?.fit?.chosen.any.has(field)) return []
    const body = bodyFor(surface, actor, [...(required ? [given] : []), ...others])
    return [
      `def test_${things}_are_made_below_their_${toSnake(field.replace(/_id$/, ''))}(world: World, ${actor.name}: Person) -> None:
    parent = ${parentId}
    body = without(${body}, [${literal(field)}])
    answer = ${actor.name}.post(${path}, json=body)
    assert answer.status_code == 201, answer.text
    assert answer.json()[${literal(field)}] == parent
    assert problem(${actor.name}.post(${nowhere}, json=body), 404) == []
`,
    ]
  })

/** Somebody who may make children but does not see every parent. */
const unseenTests = (cast: Cast, surface: Surface): string[] =>
  surface.parents.flatMap((parent) => {
    const create = surface.operations.get('create')
    const target = surfaceAt(cast, parent.target)
    const read = target?.operations.get('read')
    if (!create || !target || !read || read.access === 'public' || create.access === 'public') return []
    const role = [...cast.roles, ...cast.devices.keys()].find(
      (each) =>
        create.grants.has(each) && cast.canCreate(surface, each) && limitsOf(cast.byAddress, target, read, each),
    )
    const limits = role !== undefined && limitsOf(cast.byAddress, target, read, role)
    if (role === undefined || !limits) return []
    const person = fixtureOf(role)
    const own = limitsOf(cast.byAddress, surface, create, role)
    const actor = { name: person, role, limit: own ? own[0] : undefined }
    const beyond = makeBeyond(target.modelName, limits, person, `${person}_too`)
    if (!beyond) return []
    const unseen = `${beyond}["id"]`
    const given = argument(parent.field, 'unseen')
    const rest = without(refArguments(cast, surface, actor), [given])
    const body = `${toSnake(surface.modelName)}_body(${[given, ...rest].join(', ')})`
    const nested = surface.nested.filter(
      (operation) => operation.nestedUnder === parent.field && (isOpen(operation) || operation.grants.has(role)),
    )
    const nestedLines = nested.map(
      ({ method, path }) =>
        `    assert problem(${person}.request(${literal(method)}, ${nestedPath(path, parent.field, 'unseen')}${method === 'POST' ? ', json=body' : ''}), 404) == []\n`,
    )
    return [
      `def test_${toSnake(surface.component)}_do_not_attach_to_what_${role}_does_not_see_by_${parent.field}(world: World, ${person}: Person, ${person}_too: Person) -> None:
    unseen = ${unseen}
    body = ${body}
    assert problem(${person}.post(${literal(surface.path)}, json=body), 422) == [${literal(parent.field)}]
${nestedLines.join('')}    assert world.count(${literal(surface.table)}) == 0
`,
    ]
  })

const HIDES = {
  cascade: (table: string) => [
    'assert answer.status_code == 204, answer.text',
    `assert world.value(${table}, row["id"], "deleted_at") is not None`,
  ],
  restrict: (table: string) => [
    'assert problem(answer, 409) == []',
    `assert world.row(${table}, row["id"]) is not None`,
  ],
  'set-null': (table: string, column: string) => [
    'assert answer.status_code == 204, answer.text',
    `assert world.value(${table}, row["id"], ${literal(column)}) == target`,
  ],
} satisfies { [rule: string]: (table: string, column: string) => string[] }

/** `!Child.exists(c, c.ref == this.id)`: nothing refers to what is deleted. */
const isNobodys = (check: string, child: string, ref: string): boolean =>
  new RegExp(`^!${child}\\.exists\\((\\w+), \\1\\.${ref} == this\\.id\\)$`).test(check)

/** What becomes of rows when what they refer to is deleted. */
const deletionTests = (cast: Cast, surface: Surface): string[] =>
  Object.entries(surface.model.fields).flatMap(([name, field]) => {
    const ref = refOf(field.type)
    const target = ref && cast.surfaces.find((each) => each.modelName === ref.model && each.operations.has('delete'))
    const actor = target && cast.actorFor(target, 'delete')
    if (!ref || !target || !actor || ref.model === surface.modelName) return []
    const table = literal(surface.table)
    const rule = field.onDelete ?? (field.optional ? 'set-null' : 'restrict')
    const outcome = {
      cascade: ['assert answer.status_code == 204, answer.text', `assert world.row(${table}, row["id"]) is None`],
      restrict: ['assert problem(answer, 409) == []', `assert world.row(${table}, row["id"]) is not None`],
      'set-null': [
        'assert answer.status_code == 204, answer.text',
        `assert world.value(${table}, row["id"], ${literal(columnOf(name, field))}) is None`,
        `assert world.row(${table}, row["id"]) is not None`,
      ],
    }[rule]
    const asked = (target.model.on?.delete?.require ?? []).find(({ check }) => check.includes(`${surface.modelName}.`))
    // Whether the row is in the way is only known where it is asked in so many words.
    if (asked && !isNobodys(asked.check, surface.modelName, name)) return []
    const hides = target.model.softDelete ? HIDES[rule](table, columnOf(name, field)) : undefined
    const refused = asked && [
      `assert problem(answer, ${asked.status ?? 409}) == []`,
      `assert answer.json()["detail"] == ${literal(asked.message)}`,
      `assert world.row(${table}, row["id"]) is not None`,
    ]
    const words = asked ? 'hold' : { cascade: 'go_with', restrict: 'hold', 'set-null': 'outlive' }[rule]
    return [
      `def test_${toSnake(surface.component)}_${words}_their_${name}(world: World, ${actor.name}: Person) -> None:
    target = ${makeFor(ref.model, actor)}["id"]
    row = ${makeFor(surface.modelName, undefined, [argument(name, 'target')])}
    answer = ${actor.name}.delete(f"${target.path}/{target}")
${(refused ?? hides ?? outcome).map((line) => `    ${line}\n`).join('')}`,
    ]
  })

/** Returns tests/test_links.py: what holds between components; undefined where nothing does. */
export const emitLinkTests = (cast: Cast): string | undefined => {
  const tests = cast.surfaces.flatMap((surface) => [
    ...nestedTests(cast, surface),
    ...unseenTests(cast, surface),
    ...deletionTests(cast, surface),
  ])
  if (tests.length === 0) return undefined
  const body = tests.join('\n\n')
  const factories = usedNames(body, cast.factories)
  const helpers = usedNames(
    body,
    new Set(['NOBODY', 'Person', 'World', 'ids', 'problem', 'soon', 'soon_day', 'without']),
  )
  return `"""What holds between the components: ${toWords(cast.architecture.system.name)}."""

${factories.length ? `from tests.factories import ${factories.join(', ')}\n` : ''}from tests.world import ${helpers.join(', ')}


${body}`
}
