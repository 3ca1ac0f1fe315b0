import { own, refOf } from '../blueprint/names.ts'
import { refusesUnknown } from './tests-cast.ts'
import { argument, makeFor } from './tests-limits.ts'
import { fn, itemPath, type Scene } from './tests-scene.ts'
import { literal, sample } from './tests-values.ts'

/** Tests that a value which is computed over other rows follows them. */
export const computedTests = (scene: Scene): string[] => {
  const { surface, actor, cast } = scene
  const { architecture } = cast
  const who = actor.name
  return Object.entries(surface.model.computed ?? {}).flatMap(([name, { over }]) => {
    if (!over || over.where !== undefined) return []
    const [from = '', reference = ''] = over.from.split('.')
    const model = own(architecture.models, from)!
    const field = over.field === undefined ? undefined : own(model.fields, over.field)
    // What a row works out itself is not sent with it.
    if (over.field !== undefined && !field) return []
    const value = over.field === undefined ? undefined : sample(over.field, field!)
    // A value that the database writes, or that a rule may shift, is not known beforehand.
    const known = over.field === undefined || (typeof value === 'number' && !field!.set && !refOf(field!.type))
    if (!known || model.rules?.length || model.on || from === cast.accountModel) return []
    const after = {
      count: 'before + 1',
      exists: 'True',
      sum: `before + ${literal(value)}`,
      avg: literal(value),
      min: literal(value),
      max: literal(value),
    }[over.take]
    const isFirst = ['avg', 'min', 'max'].includes(over.take)
    if (isFirst && actor.limit?.fit) return []
    const given = [argument(reference, 'row["id"]'), ...(over.field ? [argument(over.field, literal(value))] : [])]
    const needsBefore = after.startsWith('before') || isFirst
    const read = `${who}.get(${itemPath(surface, "row['id']")}).json()[${literal(name)}]`
    return [
      fn(
        `read_computes_${name}`,
        [who],
        [
          `row = ${scene.make()}`,
          ...(needsBefore ? [`before = ${read}`] : []),
          ...(isFirst ? ['assert before is None'] : []),
          makeFor(from, undefined, given),
          `assert ${read} ${after === 'True' ? 'is' : '=='} ${after}`,
        ],
      ),
    ]
  })
}

/** A test that what is computed is not sent. */
export const unsentTests = (scene: Scene, body: string): string[] => {
  const [name] = Object.keys(scene.surface.model.computed ?? {})
  if (name === undefined || !refusesUnknown(scene.cast)) return []
  const who = scene.actor.name
  return [
    fn(
      'create_refuses_what_is_computed',
      [who],
      [
        `answer = ${who}.post(${literal(scene.surface.path)}, json={**${body}, ${literal(name)}: 1})`,
        `assert problem(answer, 422) == [${literal(name)}]`,
      ],
    ),
  ]
}
