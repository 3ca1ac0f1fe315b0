import { text } from '../generate/emit-python.ts'
import { atom, type Code, LEVEL, use, type Writer } from './code.ts'
import type { Typed } from './typed.ts'

/** Writes a literal as Python has it. */
export const writeLiteral = (writer: Writer, typed: Extract<Typed, { kind: 'literal' }>): Code => {
  const { value, type } = typed
  if (value === null) return atom('None')
  if (typeof value === 'boolean') return atom(value ? 'True' : 'False')
  switch (type) {
    case 'int':
      return number(String(value))
    case 'float':
      return number(Number.isInteger(value) ? `${value}.0`.replace(/(e\+?\d+)\.0$/, '$1') : String(value))
    case 'decimal':
      use(writer, 'decimal', 'Decimal')
      return atom(`Decimal(${text(String(value))})`)
    case 'duration':
      use(writer, 'datetime as dt')
      return atom(duration(value as bigint))
    case 'date':
      use(writer, 'datetime as dt')
      return atom(`dt.date.fromisoformat(${text(String(value))})`)
    case 'time':
      use(writer, 'datetime as dt')
      return atom(`dt.time.fromisoformat(${text(String(value))})`)
    case 'datetime':
      use(writer, 'datetime as dt')
      return atom(`dt.datetime.fromisoformat(${text(String(value).replace(/Z$/, '+00:00'))})`)
    case 'uuid':
      use(writer, 'uuid', 'UUID')
      return atom(`UUID(${text(String(value))})`)
    default:
      return atom(text(String(value)))
  }
}

const number = (code: string): Code => ({ code, level: code.startsWith('-') ? LEVEL.sign : LEVEL.atom })

const UNITS = [
  ['days', 86_400_000_000n],
  ['hours', 3_600_000_000n],
  ['minutes', 60_000_000n],
  ['seconds', 1_000_000n],
  ['microseconds', 1n],
] as const

/** 90 minutes are `dt.timedelta(hours=1, minutes=30)`. */
const duration = (microseconds: bigint): string => {
  let rest = microseconds < 0n ? -microseconds : microseconds
  const parts: string[] = []
  for (const [name, size] of UNITS) {
    if (rest >= size) parts.push(`${name}=${rest / size}`)
    rest %= size
  }
  const sign = microseconds < 0n ? '-' : ''
  return `${sign}dt.timedelta(${parts.join(', ')})`
}
