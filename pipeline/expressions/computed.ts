import type { Computed, Over } from '../../schemas/generated/architecture.ts'
import { own } from '../blueprint/names.ts'
import type { Checking, Env, Named } from './checking.ts'
import { mistake } from './mistake.ts'
import { asExpected, toDecimal } from './operators.ts'
import { rangeOfField, widest } from './ranges.ts'
import { isNullable, type ValueType, valueTypeOf } from './scope.ts'
import type { Row, Typed, Variable } from './typed.ts'

/** Types a computed field by what it stands for: its expression, or an aggregate of the rows that refer to the row. */
export const typeComputed = (
  checking: Checking,
  env: Env,
  row: Row,
  name: string,
  computed: Computed,
  at: number,
): Typed => {
  const key = `${row.model}.${name}`
  if (env.inside.includes(key))
    throw mistake(at, `${[...env.inside, key].join(' -> ')} is computed from itself`, 'Break the circle.')
  const me: Named = env.names.get('me') ?? { name: 'me', binding: { kind: 'caller' } }
  const inner: Env = {
    ...env,
    ...(computed.over ? { facts: new Set<string>(), inOrder: false } : {}),
    names: new Map([['this', row] as const, ['me', me] as const]),
    inside: [...env.inside, key],
  }
  const type = valueTypeOf({ type: computed.type })
  if (computed.expr !== undefined) {
    const typed = checking.typeText(computed.expr, inner)
    return { ...asExpected(typed, [type]), at }
  }
  if (!computed.over) throw mistake(at, `${key} is computed from nothing`, 'Give it expr or over.')
  return { ...typeOver(checking, inner, computed.over, row, key, type), type, at }
}

const typeOver = (checking: Checking, env: Env, over: Over, row: Row, key: string, declared: string): Typed => {
  const [model = '', reference = ''] = over.from.split('.')
  const target = own(checking.architecture.models, model)
  const field = own(target?.fields, reference)
  if (!field) throw mistake(0, `${key} is computed over ${over.from}, which does not exist`, 'Name Model.reference.')
  checking.seen.models.add(model)
  const variable: Variable = { name: 'that', binding: { kind: 'row', model } }
  const that: Row = { variable, base: model, path: [], model, nullable: false }
  const refers: Typed = {
    kind: 'compare',
    op: '==',
    left: { ...flat('uuid'), kind: 'field', row: that, field: reference, nullable: isNullable(field) },
    right: { ...flat('uuid'), kind: 'field', row, field: 'id', nullable: row.nullable },
    ...flat('bool'),
  }
  const names = new Map([...env.names, ['that', variable] as const])
  const where = over.where === undefined ? undefined : checking.typeText(over.where, { ...env, names })
  const measured = over.field === undefined ? undefined : own(target!.fields, over.field)
  const worked = measured || over.field === undefined ? undefined : own(target!.computed, over.field)
  const stored = measured ? valueTypeOf(measured) : worked ? valueTypeOf({ type: worked.type }) : 'int'
  const value: Typed | undefined = measured
    ? {
        ...flat(stored),
        kind: 'field',
        row: that,
        field: over.field!,
        nullable: isNullable(measured),
        range: rangeOfField(measured, stored),
      }
    : worked && typeComputed(checking, { ...env, names }, that, over.field!, worked, 0)
  const of = value && declared === 'decimal' && stored === 'int' ? toDecimal(value) : value
  const type = of ? (of.type as ValueType) : stored
  const counts = over.take === 'exists' || over.take === 'count'
  return {
    ...flat(over.take === 'exists' ? 'bool' : over.take === 'count' ? 'int' : type),
    range: over.take === 'count' ? [0n, 2n ** 53n] : widest(type),
    nullable: !counts && over.take !== 'sum',
    partial: over.take === 'sum',
    kind: 'aggregate',
    take: over.take,
    variable,
    model,
    where: where ? { ...flat('bool'), nullable: where.nullable, kind: 'and', parts: [refers, where] } : refers,
    of,
  }
}

const flat = (type: Typed['type']) => ({ type, at: 0, nullable: false, partial: false })
