import type { Field } from '../../schemas/generated/architecture.ts'
import { listOf, refOf, toSnake, toWords } from '../blueprint/names.ts'
import { filterName, isShown } from './emit-names.ts'
import {
  type Actor,
  argument,
  bodyFields,
  type Cast,
  makeFor,
  parentIdFor,
  refArguments,
  type Surface,
} from './tests-cast.ts'
import { invalidValues } from './tests-invalid.ts'
import { isText, literal, ordered, otherSample, sample } from './tests-values.ts'

type Scene = { cast: Cast; surface: Surface; actor: Actor; word: string; make: (extra?: string[]) => string }

const sceneOf = (cast: Cast, surface: Surface, op: string): Scene | undefined => {
  const actor = cast.actorFor(surface, op)
  const word = toSnake(surface.modelName)
  return actor && { cast, surface, actor, word, make: (extra = []) => makeFor(surface.modelName, actor, extra) }
}

const fn = (name: string, fixtures: string[], body: string[], decorators: string[] = []): string =>
  `${decorators.map((line) => `${line}\n`).join('')}def test_${name}(${['world: World', ...fixtures.map((text) => `${text}: Person`)].join(', ')}) -> None:\n${body.map((line) => `    ${line}`).join('\n')}\n`

const param = (names: string[], rows: string[]): string =>
  `@pytest.mark.parametrize((${names.map(literal).join(', ')}), [${rows.join(', ')}])`

const withParams = (name: string, scene: Scene, params: string, body: string[], decorator: string): string =>
  `${decorator}\ndef test_${name}(world: World, ${scene.actor.name}: Person, ${params}) -> None:\n${body.map((line) => `    ${line}`).join('\n')}\n`

/** ruff wants `is` for what there is one of. */
const equals = (left: string, value: unknown): string =>
  `assert ${left} ${typeof value === 'boolean' || value === null ? 'is' : '=='} ${literal(value)}`

const bodyCall = (scene: Scene, extra: string[] = []): string =>
  `${scene.word}_body(${[...refArguments(scene.cast, scene.surface, scene.actor), ...extra].join(', ')})`

/** Fields whose value can be sent and seen again. */
const plainFields = (surface: Surface): [string, Field][] =>
  bodyFields(surface).filter(
    ([name, field]) => isShown(field) && !refOf(field.type) && sample(name, field) !== undefined,
  )

const changeable = (surface: Surface): [string, Field] | undefined =>
  plainFields(surface).find(([name, field]) => otherSample(name, field) !== undefined)

const createTests = (scene: Scene): string[] => {
  const { surface, actor, word } = scene
  const who = actor.name
  const path = literal(surface.path)
  const table = literal(surface.table)
  const shown = plainFields(surface)
  const owner = surface.rpc.owner
  const sent = shown.map(([name, field]) => argument(name, literal(sample(name, field))))
  const keepsOwner = owner && actor.role ? [`assert answer.json()[${literal(owner)}] == ${who}.id`] : []
  const tests = [
    fn(
      `create_returns_what_was_sent`,
      [who],
      [
        `body = ${bodyCall(scene, sent)}`,
        `answer = ${who}.post(${path}, json=body)`,
        'assert answer.status_code == 201, answer.text',
        `assert shown(answer.json(), body) == ${hiddenIn(surface) ? `without(body, ${literal(hiddenIn(surface))})` : 'body'}`,
        ...keepsOwner,
        `assert answer.headers["location"].endswith(f"${surface.path}/{answer.json()['id']}")`,
        `assert world.row(${table}, answer.json()["id"]) is not None`,
      ],
    ),
  ]
  const defaults = shown.filter(([, field]) => field.default !== undefined)
  const empty = shown.filter(([, field]) => field.optional && field.default === undefined)
  if (defaults.length + empty.length > 0)
    tests.push(
      fn(
        'create_fills_in_what_was_left_out',
        [who],
        [
          `${who === '' ? '' : 'answer'} = ${who}.post(${path}, json=${bodyCall(scene)})`,
          'assert answer.status_code == 201, answer.text',
          ...defaults.map(([name, field]) => equals(`answer.json()[${literal(name)}]`, field.default)),
          ...empty.map(([name]) => `assert answer.json()[${literal(name)}] is None`),
        ],
      ),
    )
  const wrong = bodyFields(surface).flatMap(([name, field]) =>
    invalidValues(name, field).map((value) => `(${literal(name)}, ${value})`),
  )
  if (wrong.length > 0)
    tests.push(
      withParams(
        'create_refuses_a_wrong_value',
        scene,
        'field: str, value: object',
        [
          `answer = ${who}.post(${path}, json={**${bodyCall(scene)}, field: value})`,
          'assert problem(answer, 422) == [field]',
          `assert world.count(${table}) == 0`,
        ],
        param(['field', 'value'], wrong),
      ),
    )
  const required = bodyFields(surface).filter(([, field]) => !field.optional && field.default === undefined)
  if (required.length > 0)
    tests.push(
      withParams(
        'create_names_what_is_missing',
        scene,
        'field: str',
        [
          `answer = ${who}.post(${path}, json=without(${bodyCall(scene)}, [field]))`,
          'assert problem(answer, 422) == [field]',
        ],
        `@pytest.mark.parametrize("field", [${required.map(([name]) => literal(name)).join(', ')}])`,
      ),
    )
  tests.push(
    fn(
      'create_refuses_an_unknown_field',
      [who],
      [
        `answer = ${who}.post(${path}, json=${bodyCall(scene, ['no_such_field=1'])})`,
        'assert problem(answer, 422) == ["no_such_field"]',
      ],
    ),
  )
  const refs = bodyFields(surface).filter(([, field]) => refOf(field.type))
  if (refs.length > 0)
    tests.push(
      withParams(
        'create_refuses_a_reference_to_nothing',
        scene,
        'field: str',
        [
          `answer = ${who}.post(${path}, json={**${bodyCall(scene)}, field: NOBODY})`,
          'assert problem(answer, 422) == [field]',
        ],
        `@pytest.mark.parametrize("field", [${refs.map(([name]) => literal(name)).join(', ')}])`,
      ),
    )
  if (surface.rpc.idempotency?.includes('create'))
    tests.push(
      fn(
        'create_happens_once_for_one_idempotency_key',
        [who],
        [
          `body = ${bodyCall(scene)}`,
          'key = {"Idempotency-Key": "the same key"}',
          `first = ${who}.post(${path}, json=body, headers=key)`,
          `again = ${who}.post(${path}, json=body, headers=key)`,
          'assert first.status_code == again.status_code == 201, first.text',
          'assert again.json() == first.json()',
          `assert world.count(${table}) == 1`,
          ...(changeable(surface)
            ? [
                `other = ${who}.post(${path}, json={**body, ${literal(changeable(surface)![0])}: ${literal(otherSample(...changeable(surface)!))}, }, headers=key)`,
                'assert other.status_code == 422 or other.json() == first.json()',
              ]
            : []),
        ],
      ),
    )
  return [...tests, ...uniqueTests(scene, word)]
}

const hiddenIn = (surface: Surface): string[] | undefined => {
  const hidden = bodyFields(surface)
    .filter(([, field]) => !isShown(field))
    .map(([name]) => name)
  return hidden.length ? hidden : undefined
}

const uniqueTests = (scene: Scene, _word: string): string[] => {
  const { surface, actor } = scene
  const alone = plainFields(surface)
    .filter(([, field]) => field.unique)
    .map(([name]) => [name])
  const together = (surface.model.unique ?? []).filter((group) =>
    group.every((name) => plainFields(surface).some(([field]) => field === name)),
  )
  return [...alone, ...together].map((group) => {
    const values = group.map((name) => argument(name, literal(sample(name, surface.model.fields[name]!))))
    return fn(
      `create_refuses_a_second_with_the_same_${group.join('_and_')}`,
      [actor.name],
      [
        scene.make(values),
        `answer = ${actor.name}.post(${literal(surface.path)}, json=${bodyCall(scene, values)})`,
        'assert answer.status_code == 409, answer.text',
        `assert world.count(${literal(surface.table)}) == 1`,
      ],
    )
  })
}

const itemPath = (surface: Surface, id: string): string => `f"${surface.path}/{${id}}"`

const readTests = (scene: Scene): string[] => {
  const { surface, actor } = scene
  const who = actor.name
  const shown = plainFields(surface).map(([name, field]) => argument(name, literal(sample(name, field))))
  return [
    fn(
      'read_returns_what_is_stored',
      [who],
      [
        `row = ${scene.make(shown)}`,
        `answer = ${who}.get(${itemPath(surface, "row['id']")})`,
        'assert answer.status_code == 200, answer.text',
        'assert answer.json()["id"] == row["id"]',
        ...plainFields(surface).map(([name]) => `assert answer.json()[${literal(name)}] == row[${literal(name)}]`),
        ...bodyFields(surface)
          .filter(([, field]) => !isShown(field))
          .map(([name]) => `assert ${literal(name)} not in answer.json()`),
        ...(surface.model.concurrency === 'version' ? [`assert answer.headers["etag"] == '"1"'`] : []),
      ],
    ),
    withParams(
      'read_finds_nothing_where_nothing_is',
      scene,
      'id: str',
      [`assert problem(${who}.get(${itemPath(surface, 'id')}), 404) == []`],
      '@pytest.mark.parametrize("id", [NOBODY, "not-an-id"])',
    ),
  ]
}

const listRow = (scene: Scene, name: string, value: string): string => scene.make([argument(name, value)])

const listTests = (scene: Scene): string[] => {
  const { surface, actor } = scene
  const who = actor.name
  const path = literal(surface.path)
  const list = surface.rpc.list
  const fields = surface.model.fields
  const tests = [
    fn(
      'list_walks_all_pages',
      [who],
      [
        `made = {${scene.make()}["id"] for _ in range(5)}`,
        `pages = list(walk(${who}, ${path}, limit=2))`,
        'assert [len(page) for page in pages] == [2, 2, 1]',
        'assert {item["id"] for page in pages for item in page} == made',
      ],
    ),
  ]
  if (!list) return tests
  tests.push(
    withParams(
      'list_refuses_a_wrong_question',
      scene,
      'field: str, value: object',
      [`answer = ${who}.get(${path}, params={field: str(value)})`, 'assert problem(answer, 422) == [field]'],
      param(
        ['field', 'value'],
        [
          '("limit", 0)',
          `("limit", ${list.maxPage + 1})`,
          '("sort", "no_such_field")',
          '("cursor", "not a cursor")',
          '("no_such_field", 1)',
        ],
      ),
    ),
  )
  const known = (name: string) => fields[name] && name !== surface.rpc.owner && name !== actor.field
  const taken = new Set<string>([...(list.range ?? []).flatMap((name) => [`${name}_min`, `${name}_max`])])
  for (const name of list.filter.filter(known)) {
    const field = fields[name]!
    const parameter = literal(filterName(name, taken))
    const ref = refOf(field.type)
    const parent = surface.parents.find((each) => each.field === name)
    if (ref) {
      const id = parent ? parentIdFor(scene.cast, parent, actor) : `${makeFor(ref.model, undefined)}["id"]`
      tests.push(
        fn(
          `list_filters_by_${name}`,
          [who],
          [
            `wanted, other = ${id}, ${id}`,
            `row = ${listRow(scene, name, 'wanted')}`,
            listRow(scene, name, 'other'),
            `answer = ${who}.get(${path}, params={${parameter}: wanted})`,
            'assert ids(answer) == [row["id"]]',
          ],
        ),
      )
      continue
    }
    const [a, b] = samplesOf(name, field)
    if (a === undefined || b === undefined) continue
    const asked = listOf(field.type) ? (a as unknown[])[0] : a
    tests.push(
      fn(
        `list_filters_by_${name}`,
        [who],
        [
          `row = ${listRow(scene, name, literal(a))}`,
          listRow(scene, name, literal(b)),
          `answer = ${who}.get(${path}, params={${parameter}: ${literal(typeof asked === 'boolean' ? String(asked) : asked)}})`,
          'assert ids(answer) == [row["id"]]',
        ],
      ),
    )
  }
  for (const name of (list.range ?? []).filter((each) => fields[each] && !fields[each].set)) {
    const values = ordered(name, fields[name]!)
    if (values.length < 3) continue
    tests.push(
      fn(
        `list_filters_by_range_of_${name}`,
        [who],
        [
          `low, middle, high = (${scene.make([argument(name, 'value')])}["id"] for value in ${literal(values)})`,
          `from_middle = ${who}.get(${path}, params={${literal(`${name}_min`)}: ${literal(values[1])}})`,
          'assert set(ids(from_middle)) == {middle, high}',
          `to_middle = ${who}.get(${path}, params={${literal(`${name}_max`)}: ${literal(values[1])}})`,
          'assert set(ids(to_middle)) == {low, middle}',
        ],
      ),
    )
  }
  const sortable = list.sort.filter((name) => fields[name] && ordered(name, fields[name]).length > 1)
  if (sortable.length > 0)
    tests.push(
      withParams(
        'list_sorts_by',
        scene,
        'field: str, values: list[Any]',
        [
          `rows = {value: ${scene.make(['**{field: value}'])}["id"] for value in reversed(values)}`,
          'expected = [rows[value] for value in values]',
          `assert ids(${who}.get(${path}, params={"sort": field})) == expected`,
          `assert ids(${who}.get(${path}, params={"sort": f"-{field}"})) == expected[::-1]`,
        ],
        param(
          ['field', 'values'],
          sortable.map((name) => `(${literal(name)}, ${literal(ordered(name, fields[name]!))})`),
        ),
      ),
    )
  const orderField = list.order.replace(/^-/, '')
  const orderValues = fields[orderField] ? ordered(orderField, fields[orderField]) : []
  if (orderValues.length > 1)
    tests.push(
      fn(
        'list_has_an_order_of_its_own',
        [who],
        [
          `rows = [${scene.make([argument(orderField, 'value')])}["id"] for value in ${literal(orderValues)}]`,
          `assert ids(${who}.get(${path})) == rows${list.order.startsWith('-') ? '[::-1]' : ''}`,
        ],
      ),
    )
  const searched = list.search.filter(
    (name) => fields[name] && isText(fields[name]) && Number(fields[name].max ?? 200) >= 6,
  )
  if (searched.length > 0)
    tests.push(
      withParams(
        'list_searches_in',
        scene,
        'field: str',
        [
          `row = ${scene.make(['**{field: "Needle".ljust(8)}'.replace('.ljust(8)', '')])}`,
          scene.make(),
          `assert ids(${who}.get(${path}, params={"q": "nEEDle"})) == [row["id"]]`,
        ],
        `@pytest.mark.parametrize("field", [${searched
          .filter((name) => Number(fields[name]!.min ?? 0) <= 6)
          .map(literal)
          .join(', ')}])`,
      ),
    )
  return tests
}

const samplesOf = (name: string, field: Field): unknown[] => [sample(name, field), otherSample(name, field)]

const updateTests = (scene: Scene): string[] => {
  const { surface, actor } = scene
  const who = actor.name
  const table = literal(surface.table)
  const item = itemPath(surface, "row['id']")
  const tests: string[] = []
  const change = changeable(surface)
  if (change) {
    const [name, field] = change
    const before = argument(name, literal(sample(name, field)))
    const after = literal(otherSample(name, field))
    const kept = plainFields(surface).filter(([other]) => other !== name)
    tests.push(
      fn(
        'update_changes_what_was_sent_and_nothing_else',
        [who],
        [
          `row = ${scene.make([before])}`,
          `answer = ${who}.patch(${item}, json={${literal(name)}: ${after}})`,
          'assert answer.status_code == 200, answer.text',
          equals(`answer.json()[${literal(name)}]`, otherSample(name, field)),
          ...kept
            .filter(([, other]) => !other.optional)
            .map(([other]) => `assert answer.json()[${literal(other)}] == row[${literal(other)}]`),
          equals(`world.value(${table}, row["id"], ${literal(field.column ?? name)})`, otherSample(name, field)),
        ],
      ),
    )
    if (surface.model.concurrency === 'version')
      tests.push(
        fn(
          'update_refuses_a_stale_version',
          [who],
          [
            `row = ${scene.make([before])}`,
            `first = ${who}.patch(${item}, json={${literal(name)}: ${after}}, headers={"If-Match": '"1"'})`,
            'assert first.status_code == 200, first.text',
            `assert first.headers["etag"] == '"2"'`,
            `second = ${who}.patch(${item}, json={${literal(name)}: ${literal(sample(name, field))}}, headers={"If-Match": '"1"'})`,
            'assert problem(second, 412) == []',
            equals(`world.value(${table}, row["id"], ${literal(field.column ?? name)})`, otherSample(name, field)),
          ],
        ),
      )
  }
  const optional = plainFields(surface).filter(([, field]) => field.optional)
  if (optional.length > 0)
    tests.push(
      withParams(
        'update_tells_null_from_absent',
        scene,
        'field: str, value: object',
        [
          `row = ${scene.make(['**{field: value}'])}`,
          `kept = ${who}.patch(${item}, json={})`,
          'assert kept.json()[field] == value',
          `cleared = ${who}.patch(${item}, json={field: None})`,
          'assert cleared.status_code == 200, cleared.text',
          'assert cleared.json()[field] is None',
        ],
        param(
          ['field', 'value'],
          optional.map(([name, field]) => `(${literal(name)}, ${literal(sample(name, field))})`),
        ),
      ),
    )
  const wrong = bodyFields(surface).flatMap(([name, field]) =>
    invalidValues(name, field)
      .slice(0, 2)
      .map((value) => `(${literal(name)}, ${value})`),
  )
  if (wrong.length > 0)
    tests.push(
      withParams(
        'update_refuses_a_wrong_value',
        scene,
        'field: str, value: object',
        [
          `row = ${scene.make()}`,
          `before = world.row(${table}, row["id"])`,
          `assert problem(${who}.patch(${item}, json={field: value}), 422) == [field]`,
          `assert world.row(${table}, row["id"]) == before`,
        ],
        param(['field', 'value'], wrong),
      ),
    )
  tests.push(
    fn(
      'update_finds_nothing_where_nothing_is',
      [who],
      [`assert problem(${who}.patch(${itemPath(surface, 'NOBODY')}, json={}), 404) == []`],
    ),
  )
  return tests
}

const deleteTests = (scene: Scene): string[] => {
  const { surface, actor } = scene
  const who = actor.name
  const table = literal(surface.table)
  const item = itemPath(surface, "row['id']")
  const tests = [
    fn(
      'delete_removes_it_and_nothing_else',
      [who],
      [
        `row, other = ${scene.make()}, ${scene.make()}`,
        `answer = ${who}.delete(${item})`,
        'assert answer.status_code == 204, answer.text',
        'assert answer.content == b""',
        `assert world.row(${table}, row["id"]) is None`,
        `assert world.row(${table}, other["id"]) is not None`,
        `assert problem(${who}.delete(${item}), 404) == []`,
      ],
    ),
  ]
  if (surface.model.concurrency === 'version')
    tests.push(
      fn(
        'delete_refuses_a_stale_version',
        [who],
        [
          `row = ${scene.make()}`,
          `assert problem(${who}.delete(${item}, headers={"If-Match": '"0"'}), 412) == []`,
          `assert world.row(${table}, row["id"]) is not None`,
        ],
      ),
    )
  return tests
}

const WRITERS = { create: createTests, read: readTests, list: listTests, update: updateTests, delete: deleteTests }

/** Returns the tests of one component's standard operations; undefined where nobody could be asked to do one. */
export const emitComponentTests = (cast: Cast, surfaces: Surface[]): string | undefined => {
  const many = surfaces.length > 1
  const tests = surfaces.flatMap((surface) =>
    (Object.keys(WRITERS) as (keyof typeof WRITERS)[]).flatMap((op) => {
      const scene = sceneOf(cast, surface, op)
      const written = scene ? WRITERS[op](scene) : []
      const port = surface.address.split('.')[1]
      return many ? written.map((text) => text.replace(/^def test_/m, `def test_${port}_`)) : written
    }),
  )
  if (tests.length === 0) return undefined
  const body = tests.join('\n\n')
  const words = new Set(body.match(/\w+/g))
  const uses = (names: string[]) => names.filter((name) => words.has(name)).sort()
  const factories = uses([
    ...Object.keys(cast.architecture.models).map((name) => `make_${toSnake(name)}`),
    ...surfaces.map(({ modelName }) => `${toSnake(modelName)}_body`),
  ])
  const helpers = uses(['NOBODY', 'Person', 'World', 'ids', 'problem', 'shown', 'walk', 'without'])
  return `"""The operations of ${toWords(surfaces[0]!.component)}."""

${/\bAny\b/.test(body) ? 'from typing import Any\n\n' : ''}${/@pytest/.test(body) ? 'import pytest\n\n' : ''}${factories.length ? `from tests.factories import ${factories.join(', ')}\n` : ''}from tests.world import ${helpers.join(', ')}


${body}`
}
