import { bulkUpdateTests } from './tests-bulk.ts'
import { bodyFields } from './tests-cast.ts'
import { invalidValues } from './tests-invalid.ts'
import { argument } from './tests-limits.ts'
import { changeable, equals, fn, itemPath, param, plainFields, type Scene, withParams } from './tests-scene.ts'
import { literal, otherSample, sample } from './tests-values.ts'

export const updateTests = (scene: Scene): string[] => {
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
  const wrong = bodyFields(surface)
    .filter(([, field]) => field.type !== 'file')
    .flatMap(([name, field]) =>
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
  return [...tests, ...bulkUpdateTests(scene)]
}
