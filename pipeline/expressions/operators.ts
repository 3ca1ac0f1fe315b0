import { adapt, isWritten } from './literals.ts'
import { mistake } from './mistake.ts'
import { hull, rangeOf, widest } from './ranges.ts'
import { typeWords } from './scope.ts'
import type { Arithmetic, Comparison, Typed } from './typed.ts'

const ORDERED = /^(int|float|decimal|string|date|datetime|time|duration)$/

/** A truth value, unknown where one of the parts may be. */
export const truth = (at: number, ...parts: Typed[]) => ({
  type: 'bool' as const,
  at,
  nullable: parts.some((part) => part.nullable),
  partial: parts.some((part) => part.partial),
})

/** Returns a condition; reports what is none. */
export const asCondition = (typed: Typed, what: string): Typed => {
  if (typed.type === 'bool') return typed
  throw mistake(typed.at, `${what} is ${typeWords(typed.type)}`, 'It must be a condition, which is true or false.')
}

/** Returns a whole number as a decimal one; other decimals as they are. */
export const toDecimal = (typed: Typed): Typed => {
  if (typed.type !== 'int') return typed
  const units = 100_000_000n
  const [least, most] = typed.range ?? widest('int')!
  const bounds = widest('decimal')!
  const fits = least * units >= bounds[0] && most * units <= bounds[1]
  return {
    ...flags(typed),
    type: 'decimal',
    partial: typed.partial || !fits,
    range: fits ? [least * units, most * units] : bounds,
    kind: 'call',
    name: 'decimal',
    args: [typed],
  }
}

const flags = ({ nullable, partial, at }: Typed) => ({ nullable, partial, at })

/** Brings two values to one type where a literal or a whole number can be read as the other's; undefined where not. */
const unify = (left: Typed, right: Typed): [Typed, Typed] | undefined => {
  if (left.type === right.type) return [left, right]
  const adaptedRight = adapt(right, left.type)
  if (adaptedRight) return [left, adaptedRight]
  const adaptedLeft = adapt(left, right.type)
  if (adaptedLeft) return [adaptedLeft, right]
  const types = [left.type, right.type].toSorted().join()
  return types === 'decimal,int' ? [toDecimal(left), toDecimal(right)] : undefined
}

const mismatch = (at: number, op: string, left: Typed, right: Typed) => {
  const types = [left.type, right.type].toSorted().join()
  const help =
    types === 'date,datetime'
      ? 'Take the day of the moment: date(...).'
      : types === 'datetime,time'
        ? 'Take the time of day of the moment: time(...).'
        : types === 'float,int' || types === 'decimal,float'
          ? 'Floats are only mixed with floats; use a decimal field for what is added up exactly.'
          : types === 'datetime,int' || types === 'date,int'
            ? 'Say what the number counts: minutes(...), hours(...) or days(...).'
            : 'Compare and combine values of one type.'
  return mistake(at, `\`${op}\` between ${typeWords(left.type)} and ${typeWords(right.type)}`, help)
}

/** Types `a == b`, `a < b`. */
export const typeComparison = (op: Comparison, left: Typed, right: Typed): Typed => {
  const equality = op === '==' || op === '!='
  const at = left.at
  if (left.type === 'null' || right.type === 'null') {
    if (!equality) throw mistake(at, `\`${op}\` with null is never true`, 'Compare with == null or != null.')
    return { ...truth(at), kind: 'compare', op, left, right }
  }
  if (left.type === 'row' || right.type === 'row')
    throw mistake(at, 'a row is compared as a whole', 'Compare ids, or compare the row with null.')
  const pair = unify(left, right)
  if (!pair) throw mismatch(at, op, left, right)
  const [a, b] = pair
  checkValue(a, b)
  checkValue(b, a)
  if (equality) {
    if (a.type === 'json' || a.type.startsWith('list('))
      throw mistake(
        at,
        `${typeWords(a.type)} is compared as a whole`,
        'Compare it with null, look for a member with `in`, or at its size().',
      )
    return { ...truth(at), kind: 'compare', op, left: a, right: b }
  }
  if (!ORDERED.test(a.type) || a.values || b.values)
    throw mistake(
      at,
      `${a.values ? 'the values of an enum have' : `${typeWords(a.type)} has`} no order`,
      'Use == or !=.',
    )
  return { ...truth(at, a, b), kind: 'compare', op, left: a, right: b }
}

/** Reports a text that is none of an enum's values. */
export const checkValue = (of: Typed, literal: Typed): void => {
  if (!of.values || literal.kind !== 'literal' || typeof literal.value !== 'string') return
  if (of.values.includes(literal.value)) return
  throw mistake(literal.at, `\`${literal.value}\` is no ${of.enumName}`, `There are ${of.values.join(', ')}.`, {
    word: literal.value,
    names: [...of.values],
  })
}

/** Reports a text for an enum that is none of its values, or that could be any text. */
export const checkEnumeration = (typed: Typed, of: { values: readonly string[]; name: string }): void => {
  if (typed.kind === 'choose') {
    checkEnumeration(typed.yes, of)
    checkEnumeration(typed.no, of)
  } else if (typed.kind === 'literal') checkValue({ ...typed, values: of.values, enumName: of.name }, typed)
  else if (typed.type !== 'null' && !typed.values?.every((value) => of.values.includes(value)))
    throw mistake(typed.at, `this can be something that is no ${of.name}`, `Give one of ${of.values.join(', ')}.`)
}

/** Types `item in [a, b]`. */
export const typeAmong = (item: Typed, items: readonly Typed[]): Typed => {
  if (items.length === 0) throw mistake(item.at, 'nothing is in an empty list', 'Name what may be in it.')
  const checked = items.map((each) => typeComparison('==', item, each) as Extract<Typed, { kind: 'compare' }>)
  const [first] = checked
  const nulls = checked.find(({ left, right }) => left.type === 'null' || right.type === 'null')
  if (nulls) throw mistake(nulls.at, 'null is no member of a list', 'Write == null.')
  if (checked.some(({ left }) => left.type !== first!.left.type))
    throw mistake(item.at, 'the list mixes types', 'Use values of one type.')
  return { ...truth(item.at), kind: 'among', item: first!.left, items: checked.map(({ right }) => right) }
}

/** Types `item in list`. */
export const typeMember = (item: Typed, list: Typed): Typed => {
  const element = /^list\((.+)\)$/.exec(list.type)?.[1]
  if (!element)
    throw mistake(list.at, `\`in\` looks into a list, and this is ${typeWords(list.type)}`, 'Use ==, or a list field.')
  const asked = adapt(item, element as Typed['type']) ?? item
  if (asked.type !== element) throw mismatch(item.at, 'in', item, { ...list, type: element as Typed['type'] })
  checkValue(list, asked)
  return { ...truth(item.at, list), kind: 'member', item: asked, list }
}

/** Types `a + b` and its like. */
export const typeArithmetic = (op: Arithmetic, left: Typed, right: Typed): Typed => {
  for (const side of [left, right])
    if (side.type === 'null') throw mistake(side.at, `\`${op}\` with null is never known`, 'Leave the null out.')
  const shifted = typeShift(op, left, right)
  if (shifted) return shifted
  const pair = unify(left, right)
  if (!pair) throw mismatch(left.at, op, left, right)
  const [a, b] = pair
  const known = truth(left.at, a, b)
  const numeric = a.type === 'int' || a.type === 'decimal'
  if (a.type === 'string' && op === '+') return { ...known, type: 'string', kind: 'arithmetic', op, left: a, right: b }
  if (a.type === 'float' && op !== '%')
    return { ...known, type: 'float', partial: true, kind: 'arithmetic', op, left: a, right: b }
  const fits = a.type === 'int' || (a.type === 'decimal' && op !== '%') || (a.type === 'duration' && /[+-]/.test(op))
  if (!fits)
    throw mistake(left.at, `\`${op}\` of ${typeWords(a.type)}`, 'Calculate with numbers, moments and durations.')
  const { range, partial } = rangeOf(op, a.type, a.range ?? widest(a.type)!, b.range ?? widest(b.type)!)
  return {
    ...known,
    type: a.type,
    range: numeric || a.type === 'duration' ? range : undefined,
    partial: known.partial || partial,
    kind: 'arithmetic',
    op,
    left: a,
    right: b,
  }
}

/** Far from both ends of the calendar: the present with less than five hundred years added. */
const NEAR = 182_500n * 86_400_000_000n

/** Types moment ± duration and moment - moment, the same of dates; undefined for everything else. */
const typeShift = (op: Arithmetic, left: Typed, right: Typed): Typed | undefined => {
  const times = /^(date|datetime)$/
  const known = truth(left.at, left, right)
  if (op === '-' && times.test(left.type) && !times.test(right.type)) {
    const adapted = adapt(right, left.type)
    if (adapted) return typeShift(op, left, adapted)
  }
  if (op === '-' && times.test(left.type) && left.type === right.type)
    return { ...known, type: 'duration', range: widest('duration'), kind: 'arithmetic', op, left, right }
  if (op === '+' && left.type === 'duration' && times.test(right.type)) return typeShift(op, right, left)
  if ((op !== '+' && op !== '-') || !times.test(left.type) || right.type !== 'duration') return undefined
  const [least, most] = right.range ?? widest('duration')!
  const near = (left.kind === 'now' || left.kind === 'today') && least > -NEAR && most < NEAR
  return { ...known, partial: known.partial || !near, type: left.type, kind: 'arithmetic', op, left, right }
}

/** Types `c ? a : b`; where the values differ in type, one is read as the other's. */
export const typeChoice = (condition: Typed, yes: Typed, no: Typed): Typed => {
  asCondition(condition, 'what stands before `?`')
  const pair: [Typed, Typed] | undefined = yes.type === 'null' || no.type === 'null' ? [yes, no] : unify(yes, no)
  if (!pair) throw mismatch(yes.at, '? :', yes, no)
  const [a, b] = pair
  const main = a.type === 'null' ? b : a
  if (main.type === 'row') throw mistake(main.at, 'a row is no value', 'Name one of its fields.')
  return {
    type: main.type,
    at: condition.at,
    nullable: condition.nullable || a.nullable || b.nullable || a.type === 'null' || b.type === 'null',
    partial: condition.partial || a.partial || b.partial,
    range: a.range && b.range ? hull(a.range, b.range) : main.range && widest(main.type),
    values: main.values,
    enumName: main.enumName,
    kind: 'choose',
    condition,
    yes: a,
    no: b,
  }
}

/** Types `-x`. */
export const typeNegative = (operand: Typed, at: number): Typed => {
  if (operand.kind === 'literal' && (operand.type === 'int' || operand.type === 'float')) {
    const value = -(operand.value as number)
    const range = operand.type === 'int' ? ([BigInt(value), BigInt(value)] as const) : undefined
    return { ...operand, at, value: operand.type === 'int' ? BigInt(value) : value, raw: `-${operand.raw}`, range }
  }
  if (!/^(int|float|decimal|duration)$/.test(operand.type))
    throw mistake(at, `minus ${typeWords(operand.type)}`, 'Use a number or a duration.')
  const range = operand.range && ([-operand.range[1], -operand.range[0]] as const)
  const wide = widest(operand.type)
  const over = range !== undefined && wide !== undefined && range[1] > wide[1]
  return {
    ...flags(operand),
    at,
    type: operand.type,
    partial: operand.partial || over,
    range: over ? wide : range,
    kind: 'negative',
    operand,
  }
}

/** Returns a value as one of the types that are expected; reports what is none of them. */
export const asExpected = (typed: Typed, expected: readonly Typed['type'][]): Typed => {
  if (expected.length === 0 || expected.includes(typed.type) || typed.type === 'null') return typed
  for (const type of expected) {
    const adapted = adapt(typed, type)
    if (adapted) return adapted
  }
  if (typed.type === 'int' && expected.includes('decimal')) return toDecimal(typed)
  const written = expected.find(isWritten)
  throw mistake(
    typed.at,
    `this is ${typeWords(typed.type)}, and ${expected.map(typeWords).join(' or ')} is needed`,
    written && typed.type === 'string' ? `Give ${typeWords(written)}.` : 'Give a value of that type.',
  )
}
