import type { Field } from '../../schemas/generated/architecture.ts'
import { refOf } from '../blueprint/names.ts'
import type { Comparison, Typed } from '../expressions/typed.ts'
import { literal, samples } from './tests-values.ts'

export const literalOf = literal

/** Whether two values compare so. */
export const compares = <T extends number | string | boolean>(left: T, op: Comparison, right: T): boolean =>
  ({
    '==': left === right,
    '!=': left !== right,
    '<': left < right,
    '<=': left <= right,
    '>': left > right,
    '>=': left >= right,
  })[op]

const TIMES: { [type: string]: readonly [past: string, future: string] } = {
  date: ['2001-02-03', '2099-02-03'],
  datetime: ['2001-02-03T04:05:06Z', '2099-02-03T04:05:06Z'],
}

/** Returns values of a field that compare so with another value, or with anything where that is undefined. */
export const choicesOf = (name: string, field: Field, op: Comparison, right: Typed | undefined): unknown[] => {
  const known = refOf(field.type) ? [] : field.type === 'enum' ? [...(field.values ?? [])] : samples(name, field)
  if (right === undefined) return known.slice(0, 1)
  if (right.kind === 'now' || right.kind === 'today') {
    const [past, future] = TIMES[field.type] ?? []
    if (past === undefined || field.min !== undefined || field.max !== undefined) return []
    return op === '==' ? [] : op === '<' || op === '<=' ? [past] : [future]
  }
  if (right.kind !== 'literal' || right.value === null) return []
  const value = typeof right.value === 'bigint' ? Number(right.value) : right.value
  const number = right.type === 'decimal' ? Number(value) : value
  if (typeof number === 'number') {
    const near = [number, number + 1, number - 1].filter((each) => isWithin(field, each))
    return [...known, ...near].filter((each) => typeof each === 'number' && compares(each, op, number)).slice(0, 3)
  }
  if (typeof number === 'boolean') return [true, false].filter((each) => compares(each, op, number))
  if (op === '==') return field.type === 'enum' && !field.values?.includes(number) ? [] : [number]
  return known.filter((each) => typeof each === 'string' && compares(each, op, number)).slice(0, 6)
}

const isWithin = (field: Field, value: number): boolean =>
  (field.min === undefined || value >= Number(field.min)) &&
  (field.max === undefined || value <= Number(field.max)) &&
  (field.type !== 'int' || Number.isInteger(value))
