import { madeOfJson } from '../blueprint/field-kinds.ts'
import { refOf } from '../blueprint/names.ts'
import { bodyFields, refusesUnknown } from './tests-cast.ts'
import { mustDiffer } from './tests-factories.ts'
import { argument } from './tests-limits.ts'
import { bodyCall, changeable, fn, hiddenIn, type Scene } from './tests-scene.ts'
import { literal, otherSample, sample } from './tests-values.ts'

/** Whether rules may keep a second row from being made. */
const crowded = ({ surface }: Scene): boolean => (surface.model.rules ?? []).some((rule) => !rule.check)

/** Tests of POST .../bulk. */
export const bulkCreateTests = (scene: Scene): string[] => {
  const { surface, actor } = scene
  const most = surface.rpc.bulk
  if (!most || most < 2 || !madeOfJson(surface.model) || crowded(scene) || actor.limit?.fit) return []
  const who = actor.name
  const path = literal(`${surface.path}/bulk`)
  const body = bodyCall(scene)
  const sent = hiddenIn(surface) ? `[without(body, ${literal(hiddenIn(surface))}) for body in bodies]` : 'bodies'
  const ref = bodyFields(surface).find(([name, field]) => refOf(field.type) && name !== actor.limit?.field)?.[0]
  const refuses = (name: string, wrong: string, pointer: string): string =>
    fn(
      `bulk_create_makes_nothing_where_${name}`,
      [who],
      [
        `answer = ${who}.post(${path}, json={"items": [${body}, {**${body}, ${wrong}}]})`,
        'assert problem(answer, 422) == ["items"]',
        `assert answer.json()["errors"][0]["pointer"] == ${literal(pointer)}`,
        `assert world.count(${literal(surface.table)}) == 0`,
      ],
    )
  return [
    fn(
      'bulk_create_makes_all_in_their_order',
      [who],
      [
        `bodies = [${body}, ${body}]`,
        `answer = ${who}.post(${path}, json={"items": bodies})`,
        'assert answer.status_code == 201, answer.text',
        'items = answer.json()["items"]',
        `assert [shown(item, body) for item, body in zip(items, bodies, strict=True)] == ${sent}`,
        `assert world.count(${literal(surface.table)}) == 2`,
      ],
    ),
    ...(refusesUnknown(scene.cast)
      ? [refuses('a_field_is_unknown', '"no_such_field": 1', '/items/1/no_such_field')]
      : []),
    ...(ref ? [refuses('a_reference_leads_nowhere', `${literal(ref)}: NOBODY`, `/items/1/${ref}`)] : []),
    fn(
      'bulk_create_takes_so_many_and_no_more',
      [who],
      [
        `body = ${body}`,
        `assert problem(${who}.post(${path}, json={"items": []}), 422) == ["items"]`,
        ...(most <= 1000
          ? [`assert problem(${who}.post(${path}, json={"items": [body] * ${most + 1}}), 422) == ["items"]`]
          : []),
      ],
    ),
  ]
}

/** Tests of PATCH .../bulk. */
export const bulkUpdateTests = (scene: Scene): string[] => {
  const { surface, actor } = scene
  const change = changeable(surface)
  if (!surface.rpc.bulk || surface.rpc.bulk < 2 || !change || change[1].unique) return []
  const who = actor.name
  const path = literal(`${surface.path}/bulk`)
  const [name, field] = change
  const [key, table] = [literal(name), literal(surface.table)]
  const make = scene.make([argument(name, literal(sample(name, field)))])
  const after = literal(otherSample(name, field))
  const alone = crowded(scene) || mustDiffer(surface.model, name, field)
  return [
    fn(
      'bulk_update_changes_all',
      [who],
      [
        `rows = [${alone ? make : `${make}, ${make}`}]`,
        `changes = [{"id": row["id"], ${key}: ${after}} for row in rows]`,
        `answer = ${who}.patch(${path}, json={"items": changes})`,
        'assert answer.status_code == 200, answer.text',
        `assert [shown(item, change) for item, change in zip(answer.json()["items"], changes, strict=True)] == changes`,
      ],
    ),
    fn(
      'bulk_update_changes_nothing_where_one_is_not_there',
      [who],
      [
        `row = ${make}`,
        `before = world.row(${table}, row["id"])`,
        `changes = [{"id": row["id"], ${key}: ${after}}, {"id": NOBODY, ${key}: ${after}}]`,
        `assert problem(${who}.patch(${path}, json={"items": changes}), 404) == []`,
        `assert world.row(${table}, row["id"]) == before`,
      ],
    ),
  ]
}
