import type { Field } from '../../schemas/generated/architecture.ts'
import { listOf, refOf } from '../blueprint/names.ts'
import { filterName } from './emit-names.ts'
import { parentIdFor, refusesUnknown } from './tests-cast.ts'
import { csvTests } from './tests-csv.ts'
import { argument, makeFor } from './tests-limits.ts'
import { fn, param, type Scene, withParams } from './tests-scene.ts'
import { isText, literal, ordered, otherSample, sample } from './tests-values.ts'

const samplesOf = (name: string, field: Field): unknown[] => [sample(name, field), otherSample(name, field)]

const listRow = (scene: Scene, name: string, value: string): string => scene.make([argument(name, value)])

export const listTests = (scene: Scene): string[] => {
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
  tests.push(...csvTests(scene))
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
          ...(refusesUnknown(scene.cast) ? ['("no_such_field", 1)'] : []),
        ],
      ),
    ),
  )
  const known = (name: string) =>
    fields[name] &&
    !surface.fixed?.has(name) &&
    name !== surface.rpc.owner &&
    (name !== actor.limit?.field || actor.limit.parent)
  const taken = new Set<string>([
    ...(surface.rpc.csv ? ['format'] : []),
    ...(list.range ?? []).flatMap((name) => [`${name}_min`, `${name}_max`]),
  ])
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
  for (const name of (list.range ?? []).filter(
    (each) => fields[each] && !fields[each].set && !surface.fixed?.has(each),
  )) {
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
  const sortable = list.sort.filter(
    (name) => fields[name] && !surface.fixed?.has(name) && ordered(name, fields[name]).length > 1,
  )
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
  const orderValues =
    fields[orderField] && !surface.fixed?.has(orderField) ? ordered(orderField, fields[orderField]) : []
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
    (name) => fields[name] && !surface.fixed?.has(name) && isText(fields[name]) && Number(fields[name].max ?? 200) >= 6,
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
