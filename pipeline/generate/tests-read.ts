import { isShown } from './emit-names.ts'
import { bodyFields } from './tests-cast.ts'
import { computedTests } from './tests-computed.ts'
import { argument } from './tests-limits.ts'
import { fn, itemPath, plainFields, type Scene, withParams } from './tests-scene.ts'
import { literal, sample } from './tests-values.ts'

export const readTests = (scene: Scene): string[] => {
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
    ...computedTests(scene),
  ]
}
