import type { Rule } from '../../schemas/generated/architecture.ts'
import { toSnake } from '../blueprint/names.ts'
import { checkExpression } from '../expressions/check.ts'
import { bodyFields, refArguments } from './tests-cast.ts'
import { argument, without } from './tests-limits.ts'
import { type Changes, changesFor, conditionsOn, outcomeOf } from './tests-ruled.ts'
import { bodyFor, fn, itemPath, type Scene, sceneOf } from './tests-scene.ts'
import { literal } from './tests-values.ts'

/** Tests that a check holds for new rows and for changes; none where no values could be made up that break it alone. */
export const checkTests = (scene: Scene, rule: Rule): string[] => {
  const { cast, surface } = scene
  const { architecture } = cast
  const others = conditionsOn(surface.model).filter((each) => each !== rule.check)
  const own = new Set(bodyFields(surface).map(([name]) => name))
  const among = (path: string) => own.has(path) || isParents(scene, path)
  const changes = changesFor(architecture, surface.modelName, rule.check!, false, others, among)
  if (!changes) return []
  return [...createTest(scene, rule, changes), ...updateTest(scene, rule, others, own)]
}

/** Whether a path leads to a field of a row that every new row refers to, and that tests make as they like. */
const isParents = ({ surface }: Scene, path: string): boolean => {
  const [reference, field, more] = path.split('.')
  const through = surface.model.fields[`${reference}_id`]
  return field !== undefined && more === undefined && through !== undefined && !through.optional
}

/** The status of a broken check: what the row says by itself is a 422. */
const statusOf = (rule: Rule, { cast, surface }: Scene): number => {
  const scope = { this: { kind: 'row' as const, model: surface.modelName } }
  const { expression } = checkExpression(rule.check!, scope, cast.architecture)
  return expression?.follows.length || expression?.models.length ? 409 : 422
}

const createTest = (scene: Scene, rule: Rule, changes: Changes): string[] => {
  const { cast, surface, actor } = scene
  const own = Object.entries(changes).filter(([path]) => !path.includes('.'))
  const parents = Map.groupBy(
    Object.entries(changes).filter(([path]) => path.includes('.')),
    ([path]) => path.split('.')[0]!,
  )
  const refs = refArguments(cast, surface, actor).map((each) => {
    const found = [...parents].find(([reference]) => each.startsWith(`${reference}_id=`))
    if (!found) return each
    const values = found[1].map(([path, value]) => argument(path.split('.')[1]!, literal(value)))
    return each.replace(/\)\["id"\]$/, `, ${values.join(', ')})["id"]`)
  })
  const values = own.map(([name, value]) => argument(name, literal(value)))
  const body = bodyFor(surface, actor, [...without(refs, values), ...values])
  return [
    fn(
      `${toSnake(surface.component)}_are_not_made_against_${rule.name}`,
      [actor.name],
      [
        `answer = ${actor.name}.post(${literal(surface.path)}, json=${body})`,
        `assert problem(answer, ${statusOf(rule, scene)}) != []`,
        `assert answer.json()["detail"] == ${literal(rule.message)}`,
        `assert world.count(${literal(surface.table)}) == 0`,
      ],
    ),
  ]
}

/** A change of one field that breaks the rule on a row that is fine. */
const updateTest = (scene: Scene, rule: Rule, others: string[], own: ReadonlySet<string>): string[] => {
  const { cast, surface } = scene
  const update = sceneOf(cast, surface, 'update')
  const updates = surface.model.on?.update?.require ?? []
  if (!update || outcomeOf(cast.architecture, surface.modelName, rule.check!) === false) return []
  const among = (path: string) => own.has(path)
  const changes = changesFor(cast.architecture, surface.modelName, rule.check!, false, others, among)
  const [entry, ...more] = Object.entries(changes ?? {})
  if (!entry || more.length > 0 || updates.length > 0 || update.surface.fixed?.has(entry[0])) return []
  const [field, value] = entry
  const who = update.actor.name
  const table = literal(surface.table)
  return [
    fn(
      `${toSnake(surface.component)}_are_not_changed_against_${rule.name}`,
      [who],
      [
        `row = ${update.make()}`,
        `before = world.row(${table}, row["id"])`,
        `answer = ${who}.patch(${itemPath(surface, "row['id']")}, json={${literal(field)}: ${literal(value)}})`,
        `assert problem(answer, ${statusOf(rule, scene)}) == [${literal(field)}]`,
        `assert answer.json()["detail"] == ${literal(rule.message)}`,
        `assert world.row(${table}, row["id"]) == before`,
      ],
    ),
  ]
}
