import type { Computed, Field, Model } from '../../schemas/generated/architecture.ts'
import { accountModelOf, own, refOf, shapeOf, toWords } from '../blueprint/names.ts'
import { type Checking, type Env, isRow, rowKey } from './checking.ts'
import { typeComputed } from './computed.ts'
import { type Mistake, mistake } from './mistake.ts'
import type { Node } from './parse.ts'
import { rangeOfField } from './ranges.ts'
import { isNullable, type Scope, valueTypeOf } from './scope.ts'
import type { Reference, Row, Typed, Variable } from './typed.ts'

type Segment = { name: string; at: number }

/** Returns the base and the names of `a.b.c`; undefined where the base is no name. */
export const segmentsOf = (node: Node): { base: Segment; rest: Segment[] } | undefined => {
  const rest: Segment[] = []
  let at: Node = node
  while (at.op === '.') {
    rest.unshift({ name: at.args[1], at: at.pos })
    at = at.args[0]
  }
  return at.op === 'id' ? { base: { name: at.args, at: at.pos }, rest } : undefined
}

/** Types `this.course.seats`, `input.days`, `me.id`, `now`. */
export const typePath = (checking: Checking, env: Env, base: Segment, rest: Segment[]): Typed => {
  const named = env.names.get(base.name)
  if (!named) {
    if (base.name !== 'now') throw unknownName(checking, env, base)
    checking.seen.callsNow = true
    if (rest[0]) throw mistake(rest[0].at, '`now` is a moment, which has no parts', 'Use hourOf(now) or date(now).')
    return { ...plain('datetime', base.at), kind: 'now' }
  }
  if (isRow(named)) return typeRow(checking, env, named, base.at, rest)
  const { binding } = named
  if (binding.kind === 'value') {
    if (rest[0]) throw mistake(rest[0].at, `\`${base.name}\` is a value and has no parts`, 'Use it as it is.')
    const nullable = binding.nullable === true && !env.facts.has(String(checking.identity.get(named)))
    return { ...plain(binding.type, base.at), nullable, kind: 'variable', variable: named, range: undefined }
  }
  if (binding.kind === 'shape') return typeInput(checking, env, named, base, rest, binding.fields)
  if (binding.kind === 'caller') return typeCaller(checking, env, named, base, rest)
  return typeRow(checking, env, rowOf(named), base.at, rest)
}

const plain = (type: Typed['type'], at: number) => ({ type, at, nullable: false, partial: false })

/** The row that a variable of kind row is. */
export const rowOf = (variable: Variable): Row => {
  const { binding } = variable
  if (binding.kind !== 'row') throw new Error(`${variable.name} is no row`)
  return { variable, base: binding.model, path: [], model: binding.model, nullable: binding.nullable === true }
}

const unknownName = (checking: Checking, env: Env, { name, at }: Segment): Mistake =>
  own(checking.architecture.models, name)
    ? mistake(
        at,
        `\`${name}\` stands for all rows of ${name}, which are only looked at by exists, all and filter`,
        `Write ${name}.exists(each, ...), or ${name}.filter(each, ...).size().`,
      )
    : mistake(at, `there is no \`${name}\` here`, `There are ${words([...env.names.keys(), 'now'])}.`, {
        word: name,
        names: [...env.names.keys(), 'now', ...Object.keys(checking.architecture.models)],
      })

const words = (names: string[]): string => names.map((name) => `\`${name}\``).join(', ')

const typeInput = (
  checking: Checking,
  env: Env,
  variable: Variable,
  base: Segment,
  rest: Segment[],
  fields: { [name: string]: Field },
): Typed => {
  let shape = fields
  const path: string[] = []
  let nullable = false
  for (const [index, { name, at }] of rest.entries()) {
    const field = own(shape, name)
    if (!field) throw unknownPart([base, ...rest.slice(0, index + 1)], at, Object.keys(shape))
    path.push(name)
    const key = `${checking.identity.get(variable)}:${path.join('.')}`
    nullable = (nullable || isNullable(field)) && !env.facts.has(key)
    if (index === rest.length - 1)
      return { ...ofField(field, toWords(name), base.at), nullable, kind: 'input', variable, path }
    const inner = field.type.startsWith('object(') ? shapeOf(field.type) : undefined
    const next = inner && own(checking.architecture.types, inner)
    if (!next) throw noParts([base, ...rest.slice(0, index + 1)], rest[index + 1]!.at, field)
    shape = next
  }
  throw mistake(base.at, `\`${base.name}\` is not one value`, `Name one of its fields: ${words(Object.keys(fields))}.`)
}

const typeCaller = (checking: Checking, env: Env, variable: Variable, base: Segment, rest: Segment[]): Typed => {
  const [first] = rest
  if (!first) throw mistake(base.at, '`me` is whoever calls, which is no value', 'Compare ids: this.owner_id == me.id.')
  if (first.name === 'id' || first.name === 'roles') {
    if (rest[1]) throw mistake(rest[1].at, `\`me.${first.name}\` has no parts`, 'Use it as it is.')
    const shape = { kind: 'caller', part: first.name } as const
    return first.name === 'id'
      ? { ...plain('uuid', base.at), ...shape, nullable: !env.facts.has('me:id') }
      : {
          ...plain('list(string)', base.at),
          ...shape,
          values: Object.keys(checking.architecture.policies.roles),
          enumName: 'role',
        }
  }
  const account = accountModelOf(checking.architecture)
  const names = ['id', 'roles', ...Object.keys((account && own(checking.architecture.models, account)?.fields) || {})]
  if (!account) throw unknownPart([base, first], first.at, names)
  return typeRow(checking, env, { variable, base: account, path: [], model: account, nullable: true }, base.at, rest)
}

const typeRow = (checking: Checking, env: Env, start: Row, at: number, rest: Segment[]): Typed => {
  let row = knownRow(checking, env, start)
  const said: Segment[] = [{ name: nameOf(start), at }]
  for (const [index, segment] of rest.entries()) {
    said.push(segment)
    const model = own(checking.architecture.models, row.model)
    if (!model) throw mistake(at, `there is no model ${row.model}`, 'Mend the name of the model.')
    const isLast = index === rest.length - 1
    const field = own(model.fields, segment.name)
    if (field && isLast) return typeField(checking, env, row, segment.name, field, at)
    const computed = own(model.computed, segment.name)
    if (computed && isLast) return typeComputed(checking, env, row, segment.name, computed as Computed, at)
    const reference = referenceOf(model, segment.name)
    if (!reference) {
      if (field || computed) throw noParts(said, rest[index + 1]!.at, field)
      throw unknownPart(said, segment.at, partsOf(model))
    }
    see(checking, row, reference.field)
    row = knownRow(checking, env, {
      variable: row.variable,
      base: row.base,
      path: [...row.path, reference],
      model: reference.model,
      nullable: row.nullable || reference.nullable,
    })
    const follow = [row.variable.name, ...row.path.map(({ name }) => name)]
    checking.seen.follows.set(follow.join('.'), follow)
  }
  return { ...plain('row', at), nullable: row.nullable, kind: 'row', row }
}

const nameOf = (row: Row): string => [row.variable.name, ...row.path.map(({ name }) => name)].join('.')

const knownRow = (checking: Checking, env: Env, row: Row): Row =>
  row.nullable && env.facts.has(rowKey(checking, row)) ? { ...row, nullable: false, narrowed: true } : row

const typeField = (checking: Checking, env: Env, row: Row, name: string, field: Field, at: number): Typed => {
  see(checking, row, name)
  const known = env.facts.has(`${rowKey(checking, row)}:${name}`)
  return {
    ...ofField(field, toWords(name), at),
    nullable: (row.nullable || isNullable(field)) && !known,
    kind: 'field',
    row,
    field: name,
  }
}

/** Remembers that a field of a row is looked at. */
const see = (checking: Checking, row: Row, field: string): void => {
  const { name } = row.variable
  checking.seen.reads.set(`${row.model}.${field}`, { model: row.model, field })
  if (row.path.length === 0) checking.seen.fields.set(`${name}.${field}`, { name, field })
}

const ofField = (field: Field, name: string, at: number) => {
  const type = valueTypeOf(field)
  return {
    ...plain(type, at),
    range: rangeOfField(field, type),
    values: field.type === 'enum' ? field.values : undefined,
    enumName: field.type === 'enum' ? name : undefined,
  }
}

/** The reference that a name follows: `course` for `course_id`, or the field itself where it is called so. */
const referenceOf = (model: Model, name: string): Reference | undefined => {
  for (const field of [`${name}_id`, ...(name.endsWith('_id') ? [] : [name])]) {
    const found = own(model.fields, field)
    const ref = found && refOf(found.type)
    if (ref) return { name, field, model: ref.model, nullable: found.optional === true }
  }
  return undefined
}

const partsOf = (model: Model): string[] => [
  ...Object.keys(model.fields),
  ...Object.keys(model.computed ?? {}),
  ...Object.entries(model.fields).flatMap(([name, { type }]) => (refOf(type) ? [name.replace(/_id$/, '')] : [])),
]

const unknownPart = (said: Segment[], at: number, names: string[]): Mistake => {
  const { name } = said.at(-1)!
  return mistake(at, `\`${written(said)}\` does not exist`, `There are ${words(names)}.`, { word: name, names })
}

const noParts = (said: Segment[], at: number, field: Field | undefined): Mistake => {
  const { name } = said.at(-1)!
  const help =
    field?.type === 'json'
      ? 'JSON can be stored and sent on, not looked into; store what rules need in fields.'
      : field && refOf(field.type)
        ? `Follow the reference by its name without _id: ${name.replace(/_id$/, '')}.`
        : 'Use it as it is.'
  return mistake(at, `\`${written(said)}\` has no parts`, help)
}

const written = (said: Segment[]): string => said.map(({ name }) => name).join('.')

/** Returns the variables of a scope. */
export const namesOf = (scope: Scope): Map<string, Variable> =>
  new Map(Object.entries(scope).map(([name, binding]) => [name, { name, binding }]))
