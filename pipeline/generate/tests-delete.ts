import { fn, itemPath, type Scene } from './tests-scene.ts'
import { literal } from './tests-values.ts'

/** Tests of what is hidden rather than deleted, and comes back. */
const restoreTests = (scene: Scene): string[] => {
  const { surface, actor } = scene
  const who = actor.name
  const table = literal(surface.table)
  const item = itemPath(surface, "row['id']")
  const restoring = (id: string) => itemPath(surface, id).replace(/"$/, '/restore"')
  return [
    fn(
      'delete_hides_it_and_nothing_else',
      [who],
      [
        `row, other = ${scene.make()}, ${scene.make()}`,
        `answer = ${who}.delete(${item})`,
        'assert answer.status_code == 204, answer.text',
        `assert world.value(${table}, row["id"], "deleted_at") is not None`,
        `assert world.value(${table}, other["id"], "deleted_at") is None`,
        `assert problem(${who}.delete(${item}), 404) == []`,
      ],
    ),
    fn(
      'restore_brings_it_back',
      [who],
      [
        `row = ${scene.make()}`,
        `assert problem(${who}.post(${restoring("row['id']")}), 409) == []`,
        `assert ${who}.delete(${item}).status_code == 204`,
        `answer = ${who}.post(${restoring("row['id']")})`,
        'assert answer.status_code == 200, answer.text',
        'assert answer.json()["id"] == row["id"]',
        `assert world.value(${table}, row["id"], "deleted_at") is None`,
        `assert problem(${who}.post(${restoring('NOBODY')}), 404) == []`,
      ],
    ),
  ]
}

export const deleteTests = (scene: Scene): string[] => {
  const { surface, actor } = scene
  const who = actor.name
  const table = literal(surface.table)
  const item = itemPath(surface, "row['id']")
  const tests = surface.model.softDelete
    ? restoreTests(scene)
    : [
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
