import type { Typed, Variable } from './typed.ts'

/** A row as an example has it: values as JSON has them, and rows under the names of references that are followed. */
export type ExampleRow = { readonly [name: string]: unknown }

/** What names stand for in an example; a name that is missing makes the expression impossible to tell. */
export type Example = {
  rows?: { readonly [name: string]: ExampleRow | null }
  values?: { readonly [name: string]: unknown }
  /** Who calls. */
  me?: { readonly id: unknown; readonly roles: readonly string[] }
  /** Milliseconds since 1970. */
  now: number
  /** Models of which there are no rows in the example. */
  empty?: (model: string) => boolean
}

/** What an example does not tell. */
class Untold extends Error {}

const untold = (what: string) => new Untold(what)

/** Moments and days of a value as JSON has it. */
const DAY = 86_400_000

/**
 * Returns what an expression comes to in an example: null where it is unknown, undefined where the example does not tell.
 * For making up examples only: numbers are those of JavaScript, and time zones are not looked at.
 */
export const evaluate = (typed: Typed, example: Example): unknown => {
  try {
    return value(typed, example)
  } catch (error) {
    if (error instanceof Untold) return undefined
    throw error
  }
}

const value = (typed: Typed, example: Example): unknown => {
  const of = (part: Typed) => value(part, example)
  switch (typed.kind) {
    case 'literal':
      return typed.type === 'duration'
        ? Number(typed.value) / 1000
        : plain(typeof typed.value === 'bigint' ? Number(typed.value) : typed.value, typed.type)
    case 'now':
      return example.now
    case 'today':
      return Math.floor(example.now / DAY) * DAY
    case 'variable':
      return plain(known(example.values, typed.variable), typed.type)
    case 'input':
      return plain(
        typed.path.reduce<unknown>(
          (at, step) => (at as ExampleRow)?.[step] ?? null,
          known(example.values, typed.variable),
        ),
        typed.type,
      )
    case 'caller':
      if (!example.me) throw untold('me')
      return typed.part === 'id' ? example.me.id : example.me.roles
    case 'field': {
      const row = rowOf(typed, example)
      if (row === null) return null
      if (!(typed.field in row)) throw untold(typed.field)
      return plain(row[typed.field] ?? null, typed.type)
    }
    case 'not':
      return negated(of(typed.operand))
    case 'negative':
      return lifted([typed.operand], example, ([a]) => -(a as number))
    case 'and':
      return junction(partsOf(typed.parts, false, example), false)
    case 'or':
      return junction(partsOf(typed.parts, true, example), true)
    case 'compare':
      return compared(typed.op, of(typed.left), of(typed.right))
    case 'arithmetic':
      return lifted([typed.left, typed.right], example, ([a, b]) => arithmetic(typed.op, typed.type, a, b))
    case 'choose': {
      const condition = of(typed.condition)
      return condition === null ? null : of(condition ? typed.yes : typed.no)
    }
    case 'among':
      return typed.items.map(of).includes(of(typed.item))
    case 'member': {
      const list = of(typed.list)
      return list === null ? null : (list as unknown[]).includes(of(typed.item))
    }
    case 'call':
      return lifted(typed.args, example, (args) =>
        typed.name === 'string' ? written(typed.args[0]!.type, args[0]) : called(typed.name, args),
      )
    case 'aggregate':
      if (!example.empty?.(typed.model)) throw untold(typed.model)
      return { exists: false, all: true, one: false, count: 0, sum: 0, avg: null, min: null, max: null }[typed.take]
    default:
      throw untold(typed.kind)
  }
}

/** What the parts of a junction come to: one that decides it is enough, whatever the example does not tell of the others. */
const partsOf = (parts: readonly Typed[], decides: boolean, example: Example): unknown[] => {
  const found: unknown[] = []
  let missing: Untold | undefined
  for (const part of parts)
    try {
      const outcome = value(part, example)
      if (outcome === decides) return [outcome]
      found.push(outcome)
    } catch (error) {
      if (!(error instanceof Untold)) throw error
      missing ??= error
    }
  if (missing) throw missing
  return found
}

const known = (from: { readonly [name: string]: unknown } | undefined, variable: Variable): unknown => {
  if (!from || !(variable.name in from)) throw untold(variable.name)
  return from[variable.name]
}

const rowOf = (typed: Extract<Typed, { kind: 'field' }>, example: Example): ExampleRow | null => {
  let row = known(example.rows, typed.row.variable) as ExampleRow | null
  for (const { name } of typed.row.path) {
    if (row === null) return null
    if (!(name in row)) throw untold(name)
    row = row[name] as ExampleRow | null
  }
  return row
}

/** Days and moments as milliseconds; a value that is relative to now stays what it is until then. */
const plain = (given: unknown, type: string): unknown => {
  if (given === null || given === undefined) return null
  if ((type === 'date' || type === 'datetime') && typeof given === 'string')
    return Date.parse(given.includes('T') ? given : `${given}T00:00:00Z`)
  if (type === 'time' && typeof given === 'string') return given.slice(0, 8).padEnd(8, ':00')
  if (type === 'decimal' || type === 'float' || type === 'int') return Number(given)
  return given
}

const negated = (operand: unknown): unknown => (operand === null ? null : !operand)

/** Unknown parts do not matter where another decides: false for `&&`, true for `||`. */
const junction = (parts: unknown[], decisive: boolean): unknown => {
  if (parts.includes(decisive)) return decisive
  return parts.includes(null) ? null : !decisive
}

const compared = (op: string, a: unknown, b: unknown): unknown => {
  if (op === '==') return a === b
  if (op === '!=') return a !== b
  if (a === null || b === null) return null
  const [left, right] = [a as number, b as number]
  return op === '<' ? left < right : op === '<=' ? left <= right : op === '>' ? left > right : left >= right
}

const lifted = (args: readonly Typed[], example: Example, act: (args: unknown[]) => unknown): unknown => {
  const values = args.map((each) => value(each, example))
  return values.includes(null) ? null : act(values)
}

const arithmetic = (op: string, type: string, a: unknown, b: unknown): unknown => {
  if (op === '+') return (a as number) + (b as number)
  const [left, right] = [a as number, b as number]
  if (op === '-') return left - right
  if (op === '*') return left * right
  if (right === 0) return null
  if (op === '%') return left % right
  return type === 'int' ? Math.trunc(left / right) : left / right
}

/** A day is 2030-01-31, a moment 2030-01-31 09:30 UTC. */
const written = (type: string, given: unknown): string => {
  if (type !== 'date' && type !== 'datetime') return String(given)
  const iso = new Date(given as number).toISOString()
  return type === 'date' ? iso.slice(0, 10) : `${iso.slice(0, 16).replace('T', ' ')} UTC`
}

const called = (name: string, [first, second]: unknown[]): unknown => {
  const moment = new Date(first as number)
  const date = () => Math.floor((first as number) / DAY) * DAY
  switch (name) {
    case 'day':
    case 'date':
      return date()
    case 'week':
      return date() - ((moment.getUTCDay() + 6) % 7) * DAY
    case 'month':
      return Date.UTC(moment.getUTCFullYear(), moment.getUTCMonth(), 1)
    case 'year':
      return Date.UTC(moment.getUTCFullYear(), 0, 1)
    case 'hour':
      return Math.floor((first as number) / 3_600_000) * 3_600_000
    case 'time':
      return moment.toISOString().slice(11, 19)
    case 'weekday':
      return ((moment.getUTCDay() + 6) % 7) + 1
    case 'hourOf':
      return moment.getUTCHours()
    case 'minutes':
      return (first as number) * 60_000
    case 'hours':
      return (first as number) * 3_600_000
    case 'days':
      return (first as number) * DAY
    case 'inMinutes':
      return Math.trunc((first as number) / 60_000)
    case 'inHours':
      return Math.trunc((first as number) / 3_600_000)
    case 'inDays':
      return Math.trunc((first as number) / DAY)
    case 'contains':
      return String(first).includes(String(second))
    case 'startsWith':
      return String(first).startsWith(String(second))
    case 'endsWith':
      return String(first).endsWith(String(second))
    case 'lower':
      return String(first).toLowerCase()
    case 'size':
      return (first as string | unknown[]).length
    case 'decimal':
      return first
    case 'min':
      return Math.min(first as number, second as number)
    case 'max':
      return Math.max(first as number, second as number)
    case 'abs':
      return Math.abs(first as number)
    case 'round':
      return Number((first as number).toFixed(Number(second ?? 0)))
    default:
      throw untold(name)
  }
}

/** Returns the constants of an expression, each once, as JSON would have them. */
export const constantsOf = (typed: Typed): unknown[] => {
  const found = new Set<unknown>()
  const visit = (part: unknown): void => {
    if (Array.isArray(part)) for (const each of part) visit(each)
    else if (part !== null && typeof part === 'object') {
      const { kind, type, value: constant } = part as { kind?: string; type?: string; value?: unknown }
      if (kind === 'literal' && constant !== null && type !== 'duration')
        found.add(typeof constant === 'bigint' ? Number(constant) : type === 'decimal' ? Number(constant) : constant)
      if (kind === undefined || kind !== 'literal')
        for (const [key, each] of Object.entries(part)) if (key !== 'variable' && key !== 'row') visit(each)
    }
  }
  visit(typed)
  return [...found]
}
