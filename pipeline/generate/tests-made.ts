import type { Field } from '../../schemas/generated/architecture.ts'
import { CODE_LENGTH, isMade, isNumbered, madeOfJson } from '../blueprint/field-kinds.ts'
import { refusesUnknown } from './tests-cast.ts'
import { argument } from './tests-limits.ts'
import { bodyCall, fn, itemPath, type Scene } from './tests-scene.ts'
import { literal } from './tests-values.ts'

/** Whether many rows can be made of one text. */
const repeats = ({ surface }: Scene, source: string): boolean => {
  const { fields, rules, unique } = surface.model
  const { type, min, max } = fields[source]!
  const fits = Number(min ?? 0) <= 8 && Number(max ?? 200) >= 14
  return (
    (type === 'string' || type === 'text') &&
    fits &&
    !fields[source]!.unique &&
    !unique?.some((group) => group.includes(source)) &&
    !rules?.length
  )
}

const slugTests = (scene: Scene, name: string, source: string): string[] => {
  if (!repeats(scene, source)) return []
  const { surface, actor, cast } = scene
  const who = actor.name
  const path = literal(surface.path)
  const key = literal(name)
  const body = bodyCall(scene, [argument(source, '"Déjà vu!"')])
  const tests = [
    fn(
      `create_makes_a_${name}_that_no_other_has`,
      [who],
      [
        `bodies = [${body} for _ in range(8)]`,
        `answers = world.together(${who}.asking("POST", ${path}, json=body) for body in bodies)`,
        'assert {answer.status_code for answer in answers} == {201}, answers[0].text',
        `slugs = {answer.json()[${key}] for answer in answers}`,
        'assert slugs == {"deja-vu", *(f"deja-vu-{number}" for number in range(2, 9))}',
      ],
    ),
  ]
  const changer = cast.actorFor(surface, 'update')
  if (changer?.name === who && !changer.limit?.fit && !actor.limit?.fit)
    tests.push(
      fn(
        `update_leaves_the_${name}_as_it_is`,
        [who],
        [
          `made = ${who}.post(${path}, json=${body}).json()`,
          `answer = ${who}.patch(${itemPath(surface, "made['id']")}, json={${literal(source)}: "Something else"})`,
          'assert answer.status_code == 200, answer.text',
          `assert answer.json()[${key}] == made[${key}] == "deja-vu"`,
        ],
      ),
    )
  return tests
}

const codeTests = (scene: Scene, name: string, field: Field): string[] => {
  const { surface, actor } = scene
  const path = literal(surface.path)
  return [
    fn(
      `create_makes_a_random_${name}`,
      [actor.name],
      [
        `answers = [${actor.name}.post(${path}, json=${bodyCall(scene)}) for _ in range(3)]`,
        `codes = {answer.json()[${literal(name)}] for answer in answers}`,
        'assert len(codes) == 3',
        `assert {len(code) for code in codes} == {${field.length ?? CODE_LENGTH}}`,
        `answer = ${actor.name}.post(${path}, json=${bodyCall(scene, [argument(name, `"mine"`)])})`,
        refusesUnknown(scene.cast)
          ? `assert problem(answer, 422) == [${literal(name)}]`
          : `assert answer.json()[${literal(name)}] != "mine"`,
      ],
    ),
  ]
}

/** Whether many rows can be made that are alike. */
const repeatable = ({ actor, surface: { model } }: Scene): boolean =>
  !actor.limit?.fit &&
  madeOfJson(model) &&
  !model.unique?.length &&
  !model.rules?.length &&
  !model.on?.create?.require?.length &&
  !Object.values(model.fields).some((field) => field.unique && !isMade(field))

const MANY = 20

const numberTests = (scene: Scene, name: string, field: Field): string[] => {
  const { surface, actor } = scene
  const path = literal(surface.path)
  const key = literal(name)
  // Text that says the year or the month counts within it: what is around the number is cut off.
  const [before = '', after = ''] = (field.numbers?.as ?? '').split(/\{number(?::\d)?\}/)
  const written = field.numbers?.as !== undefined
  const lengths = [before, after].map((text) => text.replaceAll('{year}', 'yyyy').replaceAll('{month}', 'mm').length)
  const end = lengths[1] ? `-${lengths[1]}` : ''
  const number = written ? `int(answer.json()[${key}][${lengths[0] || ''}:${end}])` : `answer.json()[${key}]`
  const given = written ? '"mine"' : '987_654'
  const sent = `${actor.name}.post(${path}, json=${bodyCall(scene, [argument(name, given)])})`
  const refusal = fn(
    `create_lets_nobody_give_the_${name}`,
    [actor.name],
    [
      `answer = ${sent}`,
      refusesUnknown(scene.cast)
        ? `assert problem(answer, 422) == [${key}]`
        : `assert answer.json()[${key}] != ${given}`,
    ],
  )
  if (!repeatable(scene)) return [refusal]
  return [
    refusal,
    fn(
      `create_numbers_in_${name}_without_gaps_while_many_ask`,
      [actor.name],
      [
        `body = ${bodyCall(scene)}`,
        `answers = world.together(${actor.name}.asking("POST", ${path}, json=body) for _ in range(${MANY}))`,
        'assert {answer.status_code for answer in answers} == {201}, answers[0].text',
        `numbers = sorted(${number} for answer in answers)`,
        'first = numbers[0]',
        `assert first >= ${field.numbers?.from ?? 1}`,
        `assert numbers == list(range(first, first + ${MANY}))`,
      ],
    ),
  ]
}

/** Tests of the values that the system makes by itself: slugs, codes and numbers. */
export const madeTests = (scene: Scene): string[] =>
  Object.entries(scene.surface.model.fields).flatMap(([name, field]) =>
    field.type === 'slug'
      ? slugTests(scene, name, field.from!)
      : field.type === 'code'
        ? codeTests(scene, name, field)
        : isNumbered(field)
          ? numberTests(scene, name, field)
          : [],
  )
