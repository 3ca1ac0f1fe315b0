import { fn, itemPath, type Scene } from './tests-scene.ts'
import { literal } from './tests-values.ts'

export const deleteTests = (scene: Scene): string[] => {
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
