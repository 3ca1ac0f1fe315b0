import { wireName } from '../blueprint/wire-names.ts'
import { argument } from './tests-limits.ts'
import { fn, plainFields, type Scene } from './tests-scene.ts'
import { isText, literal } from './tests-values.ts'

/** Tests of a list as CSV. */
export const csvTests = (scene: Scene): string[] => {
  const { surface, actor, cast } = scene
  if (!surface.rpc.csv) return []
  const who = actor.name
  const path = literal(surface.path)
  const words = plainFields(surface).find(
    ([, field]) => isText(field) && Number(field.min ?? 0) <= 4 && Number(field.max ?? 200) >= 4,
  )?.[0]
  return [
    fn(
      'list_can_be_had_as_csv',
      [who],
      [
        `made = {${scene.make()}["id"] for _ in range(3)}`,
        `answer = ${who}.get(${path}, params={"limit": 1}, headers={"Accept": "text/csv"})`,
        'assert answer.headers["content-type"].startswith("text/csv")',
        'assert answer.headers["content-disposition"].startswith("attachment")',
        'assert {line["id"] for line in csv.DictReader(io.StringIO(answer.text))} == made',
        `assert ${who}.get(${path}, params={"format": "csv"}).text == answer.text`,
        `assert set(ids(${who}.get(${path}, params={"format": "json"}))) == made`,
      ],
    ),
    ...(words
      ? [
          fn(
            'csv_holds_no_formulas',
            [who],
            [
              scene.make([argument(words, '"=1+1"')]),
              `answer = ${who}.get(${path}, params={"format": "csv"})`,
              `assert [line[${literal(wireName(cast.architecture, words))}] for line in csv.DictReader(io.StringIO(answer.text))] == ["'=1+1"]`,
            ],
          ),
        ]
      : []),
  ]
}
