import { isRequired } from '../blueprint/field-kinds.ts'
import { fileFieldsOf } from '../blueprint/file-links.ts'
import { ANYONE, refOf } from '../blueprint/names.ts'
import { bulkCreateTests } from './tests-bulk.ts'
import { bodyFields, refusesUnknown } from './tests-cast.ts'
import { unsentTests } from './tests-computed.ts'
import { invalidValues } from './tests-invalid.ts'
import { argument } from './tests-limits.ts'
import { madeTests } from './tests-made.ts'
import {
  bodyCall,
  changeable,
  counting,
  equals,
  fn,
  hiddenIn,
  param,
  plainFields,
  type Scene,
  withParams,
} from './tests-scene.ts'
import { literal, otherSample, sample } from './tests-values.ts'

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
    const counted = counting(scene, bodyCall(scene, values))
    const { fit } = actor.limit ?? {}
    return fn(
      `create_refuses_a_second_with_the_same_${group.join('_and_')}`,
      [actor.name],
      [
        scene.make(values),
        ...(fit ? counted.setup : []),
        `answer = ${actor.name}.post(${literal(surface.path)}, json=${counted.body})`,
        'assert answer.status_code == 409, answer.text',
        counted.count(fit ? 0 : 1),
      ],
    )
  })
}

export const createTests = (scene: Scene): string[] => {
  const { surface, actor, word } = scene
  const who = actor.name
  // Who may make rows only in their own name is told so, whatever else is wrong with the name.
  const open = bodyFields(surface).filter(([name]) => name !== actor.limit?.field || actor.limit.parent)
  const files = fileFieldsOf(surface.model).map(([name]) => name)
  const asForm = fileFieldsOf(surface.model).some(([, field]) => isRequired(field))
  const keyed = surface.model.keys !== undefined
  const path = literal(surface.path)
  const table = literal(surface.table)
  const shown = plainFields(surface)
  const owner = surface.rpc.owner
  const sent = shown.map(([name, field]) => argument(name, literal(sample(name, field))))
  const keepsOwner =
    owner && actor.role && actor.role !== ANYONE && !scene.cast.devices.has(actor.role)
      ? [`assert answer.json()[${literal(owner)}] == ${who}.id`]
      : []
  const tests = [
    fn(
      `create_returns_what_was_sent`,
      [who],
      [
        `body = ${bodyCall(scene, sent)}`,
        `answer = ${who}.post(${path}, json=body)`,
        'assert answer.status_code == 201, answer.text',
        ...(files.length ? [`body = without(body, ${literal(files)})`] : []),
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
  const wrong = open.flatMap(([name, field]) =>
    invalidValues(name, field, asForm).map((value) => `(${literal(name)}, ${value})`),
  )
  const counted = counting(scene, bodyCall(scene))
  if (wrong.length > 0)
    tests.push(
      withParams(
        'create_refuses_a_wrong_value',
        scene,
        'field: str, value: object',
        [
          ...counted.setup,
          `answer = ${who}.post(${path}, json={**${counted.body}, field: value})`,
          'assert problem(answer, 422) == [field]',
          counted.count(0),
        ],
        param(['field', 'value'], wrong),
      ),
    )
  const required = open.filter(([, field]) => isRequired(field))
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
      refusesUnknown(scene.cast) ? 'create_refuses_an_unknown_field' : 'create_does_not_look_at_an_unknown_field',
      [who],
      [
        `answer = ${who}.post(${path}, json=${bodyCall(scene, ['no_such_field=1'])})`,
        refusesUnknown(scene.cast)
          ? 'assert problem(answer, 422) == ["no_such_field"]'
          : 'assert answer.is_success, answer.text',
      ],
    ),
  )
  const refs = open.filter(([, field]) => refOf(field.type))
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
          ...(actor.limit?.fit ? counted.setup : [`body = ${bodyCall(scene)}`]),
          'key = {"Idempotency-Key": "the same key"}',
          `first = ${who}.post(${path}, json=body, headers=key)`,
          `again = ${who}.post(${path}, json=body, headers=key)`,
          'assert first.status_code == again.status_code == 201, first.text',
          keyed ? 'assert again.json() == without(first.json(), ["api_key"])' : 'assert again.json() == first.json()',
          counted.count(1),
          ...(changeable(surface)
            ? [
                `other = ${who}.post(${path}, json={**body, ${literal(changeable(surface)![0])}: ${literal(otherSample(...changeable(surface)!))}, }, headers=key)`,
                'assert other.status_code == 422 or other.json() == first.json()',
              ]
            : []),
        ],
      ),
    )
  return [
    ...tests,
    ...unsentTests(scene, bodyCall(scene)),
    ...uniqueTests(scene, word),
    ...madeTests(scene),
    ...(asForm ? [] : bulkCreateTests(scene)),
  ]
}
