import { at, atom, type Code, LEVEL, type Writer } from './code.ts'
import { helper, type Write } from './python-parts.ts'
import { canBeUnknown, type Typed } from './typed.ts'

/** What cannot be unknown stands first: then Python's own `and` and `or` come to the same as those of SQL. */
export const junction = (writer: Writer, typed: Extract<Typed, { kind: 'and' | 'or' }>, write: Write): Code => {
  const level = LEVEL[typed.kind]
  const certain = typed.parts.filter((part) => !canBeUnknown(part)).map(write)
  const unknown = typed.parts.filter(canBeUnknown).map(write)
  const rest =
    unknown.length > 1
      ? [
          helper(
            writer,
            typed.kind === 'and' ? 'both' : 'either',
            unknown.map(({ code }) => code),
          ),
        ]
      : unknown
  const parts = [...certain, ...rest]
  if (parts.length === 1) return parts[0]!
  return { code: parts.map((part) => at(level + 1, part)).join(` ${typed.kind} `), level }
}

const COMPARED = { '<': 'less', '<=': 'at_most', '>': 'more', '>=': 'at_least' } as const

/** Writes `a == b`, `a < b`. */
export const comparison = (writer: Writer, typed: Extract<Typed, { kind: 'compare' }>, write: Write): Code => {
  const { op, left, right } = typed
  const two = (middle: string, a: Code, b: Code): Code => ({
    code: `${at(LEVEL.sum, a)} ${middle} ${at(LEVEL.sum, b)}`,
    level: LEVEL.comparison,
  })
  if (op === '==' || op === '!=') {
    for (const [value, other] of [
      [right, left],
      [left, right],
    ] as const) {
      if (value.kind !== 'literal') continue
      if (value.value === null && other.kind === 'literal')
        return atom((op === '==') === (other.value === null) ? 'True' : 'False')
      if (value.value === null) return two(op === '==' ? 'is' : 'is not', write(other), atom('None'))
      if (typeof value.value !== 'boolean' || other.kind === 'literal') continue
      const wanted = (op === '==') === value.value
      if (canBeUnknown(other)) return two(op === '==' ? 'is' : 'is not', write(other), write(value))
      const code = write(other)
      return wanted ? code : { code: `not ${at(LEVEL.not, code)}`, level: LEVEL.not }
    }
    return two(op, write(left), write(right))
  }
  if (canBeUnknown(left) || canBeUnknown(right))
    return helper(writer, COMPARED[op], [write(left).code, write(right).code])
  return two(op, write(left), write(right))
}

const HELPERS = { '+': 'plus', '-': 'minus', '*': 'times', '/': 'divide', '%': 'remainder' } as const

/** Writes `a + b`. */
export const arithmetic = (writer: Writer, typed: Extract<Typed, { kind: 'arithmetic' }>, write: Write): Code => {
  const { op, left, right, type } = typed
  const args = () => [write(left).code, write(right).code]
  const sum = (a: number, b: number): Code => {
    const level = op === '+' || op === '-' ? LEVEL.sum : LEVEL.product
    return { code: `${at(a, write(left))} ${op} ${at(b, write(right))}`, level }
  }
  const unknown = canBeUnknown(typed)
  if (type === 'date' || type === 'datetime')
    return unknown ? helper(writer, op === '+' ? 'later' : 'earlier', args()) : sum(LEVEL.sum, LEVEL.product)
  if (type === 'duration' && left.type !== 'duration')
    return unknown ? helper(writer, 'between', args()) : sum(LEVEL.sum, LEVEL.product)
  // Python's own division rounds down and its decimals are cut to 28 digits.
  const own = op === '+' || op === '-' || (op === '*' && type === 'int')
  if (unknown) return helper(writer, type === 'string' ? 'joined' : HELPERS[op], args())
  if (own) return op === '*' ? sum(LEVEL.product, LEVEL.sign) : sum(LEVEL.sum, LEVEL.product)
  const positive = type === 'int' && left.range![0] >= 0n && right.range![0] > 0n
  if (positive) {
    const middle = op === '/' ? '//' : op
    return { code: `${at(LEVEL.product, write(left))} ${middle} ${at(LEVEL.sign, write(right))}`, level: LEVEL.product }
  }
  return helper(writer, 'known', [helper(writer, HELPERS[op], args()).code])
}
