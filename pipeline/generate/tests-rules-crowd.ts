import type { Field, Model, Rule } from '../../schemas/generated/architecture.ts'
import { refOf, toSnake } from '../blueprint/names.ts'
import { isRelative, type Relative } from '../blueprint/relative-time.ts'
import { bodyFields, refArguments, type Surface } from './tests-cast.ts'
import { argument, makeFor, without } from './tests-limits.ts'
import { type Changes, changesFor, conditionsOn, fieldAt, outcomeOf, rivalries } from './tests-ruled.ts'
import { bodyFor, fn, type Scene } from './tests-scene.ts'
import { canDiffer, literal, sample } from './tests-values.ts'

const MANY = 20
const FREE = 3

/** What a rule about several rows groups them by. */
const groupOf = (rule: Rule): readonly string[] => rule.unique ?? rule.exclude?.same ?? rule.limit!.per

/**
 * A test that sends twenty at the same time, of which a rule lets in so many: one, or as many as are free. None where rows
 * could not be made up that only this rule keeps apart.
 */
export const crowdTests = (scene: Scene, rule: Rule): string[] => {
  const { cast, surface, actor } = scene
  const { architecture } = cast
  const { model, modelName } = surface
  const fixed = groupOf(rule)
  const own = new Set(bodyFields(surface).map(([name]) => name))
  const shown = rule.where
    ? changesFor(architecture, modelName, rule.where, true, conditionsOn(model), (path) => own.has(path))
    : {}
  if (!shown || !fixed.every((name) => isFixable(scene, name, own))) return []
  if (rule.limit) return limitTests(scene, rule, shown, own)
  // Of what is the same in all of it one is made, whichever rule says so.
  const values = { ...shown, ...needed(model, rule) }
  if (!holds(scene, values)) return []
  const { setup, shared } = sharedRefs(scene, fixed)
  const body = bodyOf(scene, shared, values)
  const alone = others(surface, rule).length === 0
  return [
    fn(
      `of_many_${toSnake(surface.component)}_at_once_one_is_made_by_${rule.name}`,
      [actor.name],
      [
        ...setup,
        `body = ${body}`,
        `answers = world.together(${actor.name}.asking("POST", ${literal(surface.path)}, json=body) for _ in range(${MANY}))`,
        `assert sorted(answer.status_code for answer in answers) == [201] + [409] * ${MANY - 1}`,
        `assert world.count(${literal(surface.table)}) == 1`,
        ...(alone ? [saidBy(rule)] : []),
      ],
    ),
    ...(rule.exclude ? touchingTests(scene, rule, values) : []),
  ]
}

const saidBy = (rule: Rule): string =>
  `assert {answer.json()["detail"] for answer in answers if answer.status_code == 409} == {${literal(rule.message)}}`

/** Whether all rows of a test can have the same value in a field: a reference, a plain value, or who sends them. */
const isFixable = ({ surface, actor, cast }: Scene, name: string, own: ReadonlySet<string>): boolean => {
  if (name === surface.rpc.owner) return actor.role !== undefined && cast.roles.includes(actor.role)
  const field = surface.model.fields[name]
  return field !== undefined && own.has(name) && field.type !== 'json'
}

/** Values that a rule needs and a body may leave out. */
const needed = (model: Model, rule: Rule): Changes => {
  const { exclude, limit, unique } = rule
  const names = [
    ...(unique ?? []),
    ...(exclude ? [...exclude.same, exclude.start, exclude.end, String(exclude.minutes)] : []),
    ...(limit ? [...limit.per, limit.sum, limit.within?.field] : []),
  ]
  return Object.fromEntries(
    names.flatMap((name) => {
      const field = name === undefined ? undefined : model.fields[name]
      const own =
        field && !refOf(field.type) && !field.set && field.default === undefined && name !== model.states?.field
      return own && (field.optional || rule.unique) ? [[name, sample(name!, field)]] : []
    }),
  )
}

const holds = ({ cast, surface }: Scene, changes: Changes): boolean =>
  conditionsOn(surface.model).every((each) => {
    const outcome = outcomeOf(cast.architecture, surface.modelName, each, changes)
    return outcome === true || outcome === null
  })

/** Other rules and indexes by which rows of the model can be in each other's way. */
const others = ({ model, modelName }: Surface, rule: Rule): (readonly string[])[] => [
  ...rivalries(modelName, model),
  ...(model.rules ?? []).flatMap((each) => (each !== rule && !each.check ? [groupOf(each)] : [])),
  ...(model.unique ?? []),
  ...Object.entries(model.fields).flatMap(([name, field]) => (field.unique ? [[name]] : [])),
]

/** References that all rows share, as variables; also those that may be left out. */
const sharedRefs = (scene: Scene, fixed: readonly string[], parents: { [reference: string]: string[] } = {}) => {
  const { cast, surface, actor } = scene
  const all = refArguments(cast, surface, actor, true)
  const setup: string[] = []
  const shared: string[] = []
  for (const name of fixed) {
    const field = surface.model.fields[name]
    const text = all.find((each) => each.startsWith(`${name}=`))
    if (!field || !refOf(field.type) || name === surface.rpc.owner || !text) continue
    const extra = parents[name] ?? []
    const made = text.slice(name.length + 1)
    setup.push(`${name} = ${extra.length ? made.replace(/\)\["id"\]$/, `, ${extra.join(', ')})["id"]`) : made}`)
    shared.push(argument(name, name))
  }
  return { setup, shared }
}

const bodyOf = (scene: Scene, shared: readonly string[], values: Changes): string => {
  const { cast, surface, actor } = scene
  const refs = without(refArguments(cast, surface, actor), shared)
  const plain = Object.entries(values).map(([name, value]) => argument(name, literal(value)))
  return bodyFor(surface, actor, [...refs, ...shared, ...plain])
}

/** As many as are free get in, however many are there already. */
const limitTests = (scene: Scene, rule: Rule, shown: Changes, own: ReadonlySet<string>): string[] => {
  const { cast, surface, actor } = scene
  const { model, modelName } = surface
  const { per, max, sum, within } = rule.limit!
  const values: Changes = { ...shown, ...needed(model, rule) }
  const each = sum ? Number(sample(sum, model.fields[sum]!)) : 1
  const followed = /^this\.(\w+)\.(\w+)$/.exec(max.trim())
  const number = /^\d+$/.test(max.trim()) ? Number(max) : undefined
  if (number === undefined && !followed) return []
  if (!holds(scene, values) || !(each > 0) || (sum && !own.has(sum)) || (within && !settable(model, within.field, own)))
    return []
  const separate = others(surface, rule)
  if (!separate.every((group) => canVary(scene, group, per))) return []
  const owner = surface.rpc.owner
  const apart = separate.some((group) => !group.some((name) => name !== owner && canVary(scene, [name], per)))
  const whose = apart && owner ? [argument(owner, `${makeFor(cast.accountModel!, undefined)}["id"]`)] : []
  const followedField = followed ? `${followed[1]}_id` : undefined
  const target = followed && fieldAt(cast.architecture, modelName, `${followed[1]}.${followed[2]}`)
  if (followed && (!target || !per.includes(followedField!))) return []
  const least = Number(target?.[1].min ?? 0)
  const room = number ?? Math.max(FREE * each, least)
  const free = Math.min(FREE, Math.floor(room / each))
  if (free < 1 || (target && !inBounds(target[1], room))) return []
  const parents = followed ? { [followedField!]: [argument(followed[2]!, literal(room))] } : {}
  const { setup, shared } = sharedRefs(scene, per, parents)
  // What is there already leaves room for so many, and for no part of another.
  const taken = room - free * each
  const make = (extra: string[]) => {
    const who =
      surface.rpc.owner && per.includes(surface.rpc.owner) ? [argument(surface.rpc.owner, `${actor.name}.id`)] : []
    const plain = Object.entries(values).map(([name, value]) => argument(name, literal(value)))
    return makeFor(modelName, undefined, [...who, ...shared, ...without(plain, extra), ...extra])
  }
  const before = sum
    ? taken > 0
      ? [make([argument(sum, literal(taken))])]
      : []
    : taken > 0
      ? [`for _ in range(${taken}):`, `    ${make([])}`]
      : []
  if (taken > 200 && !sum) return []
  const there = sum ? Number(taken > 0) : taken
  const body = bodyOf(scene, [...shared, ...whose], values)
  return [
    fn(
      `of_many_${toSnake(surface.component)}_at_once_so_many_are_made_as_${rule.name}_allows`,
      [actor.name],
      [
        ...setup,
        ...before,
        `bodies = [${body} for _ in range(${MANY})]`,
        `answers = world.together(${actor.name}.asking("POST", ${literal(surface.path)}, json=body) for body in bodies)`,
        `assert sorted(answer.status_code for answer in answers) == [201] * ${free} + [409] * ${MANY - free}`,
        `assert world.count(${literal(surface.table)}) == ${free + there}`,
        saidBy(rule),
      ],
    ),
  ]
}

const inBounds = (field: Field, value: number): boolean =>
  (field.min === undefined || value >= Number(field.min)) && (field.max === undefined || value <= Number(field.max))

const settable = (model: Model, name: string, own: ReadonlySet<string>): boolean =>
  own.has(name) || model.fields[name]?.set === 'created'

/** Whether rows that are the same for a rule can differ for another group: in a reference, or in a value that counts up. */
const canVary = ({ surface, actor, cast }: Scene, group: readonly string[], fixed: readonly string[]): boolean =>
  group.some((name) => {
    const field = surface.model.fields[name]
    if (!field || fixed.includes(name)) return false
    // Who is limited to what is their own makes nothing for others.
    if (name === surface.rpc.owner) return actor.limit === undefined && cast.roles.includes(actor.role ?? '')
    if (field.optional) return false
    const inUnique =
      field.unique === true ||
      (surface.model.unique ?? []).some((each) => each.includes(name)) ||
      (surface.model.rules ?? []).some(({ unique }) => unique?.includes(name))
    return refOf(field.type) !== undefined || (inUnique && canDiffer(field) && field.default === undefined)
  })

/** What begins when another ends does not clash with it, unless the end belongs to it; what begins before does. */
const touchingTests = (scene: Scene, rule: Rule, values: Changes): string[] => {
  const { surface, actor } = scene
  const { model } = surface
  const { start, end, minutes, closed, same } = rule.exclude!
  const begins = values[start] ?? sample(start, model.fields[start]!)
  const length = typeof minutes === 'number' ? minutes : Number(minutes ? valueOfField(model, values, minutes) : 0)
  const ends = end ? (values[end] ?? sample(end, model.fields[end]!)) : minutes ? later(begins, length) : undefined
  if (begins === undefined || ends === undefined || ends === null || others(surface, rule).length > 0) return []
  const next = closed ? nextDay(ends) : ends
  const lasting = next === undefined ? undefined : between(begins, ends)
  if (next === undefined || lasting === undefined || lasting < 0) return []
  const second: Changes = { ...values, [start]: next, ...(end ? { [end]: later(next, lasting) } : {}) }
  const clashing: Changes = { ...values, [start]: begins, ...(end ? { [end]: ends } : {}) }
  if (Object.values(second).includes(undefined) || !holds(scene, second)) return []
  if (!same.every((name) => name !== surface.rpc.owner || actor.role)) return []
  const { setup, shared } = sharedRefs(scene, same)
  const path = literal(surface.path)
  return [
    fn(
      `${toSnake(surface.component)}_may_follow_each_other_under_${rule.name}`,
      [actor.name],
      [
        ...setup,
        `first = ${actor.name}.post(${path}, json=${bodyOf(scene, shared, clashing)})`,
        'assert first.status_code == 201, first.text',
        `second = ${actor.name}.post(${path}, json=${bodyOf(scene, shared, second)})`,
        'assert second.status_code == 201, second.text',
        `third = ${actor.name}.post(${path}, json=${bodyOf(scene, shared, clashing)})`,
        `assert problem(third, 409) == [${literal(start)}]`,
        `assert third.json()["detail"] == ${literal(rule.message)}`,
      ],
    ),
  ]
}

const valueOfField = (model: Model, values: Changes, name: string): unknown =>
  values[name] ?? model.fields[name]?.default ?? sample(name, model.fields[name]!)

const isText = (value: unknown): value is string => typeof value === 'string'

/** Minutes from one moment or day to another; undefined where they are not of one kind. */
const between = (from: unknown, to: unknown): number | undefined => {
  if (isText(from) && isText(to)) return (Date.parse(to) - Date.parse(from)) / 60_000
  if (isRelative(from) && isRelative(to))
    return (to.ahead.days - from.ahead.days) * 1440 + to.ahead.minutes - from.ahead.minutes
  return undefined
}

const later = (from: unknown, minutes: number): string | Relative | undefined => {
  if (isRelative(from)) return { ...from, ahead: { days: from.ahead.days, minutes: from.ahead.minutes + minutes } }
  if (!isText(from)) return undefined
  const text = new Date(Date.parse(from) + minutes * 60_000).toISOString()
  return from.includes('T') ? text.replace('.000Z', 'Z') : text.slice(0, 10)
}

const nextDay = (day: unknown): string | Relative | undefined => later(day, isText(day) && day.includes('T') ? 1 : 1440)
