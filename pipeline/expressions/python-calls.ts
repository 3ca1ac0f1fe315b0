import { own, toSnake } from '../blueprint/names.ts'
import { identifier } from '../generate/emit-names.ts'
import { at, atom, type Code, fresh, LEVEL, use, type Writer } from './code.ts'
import { CALENDAR, HELPER_NAMES } from './helper-names.ts'
import { helper, type Write } from './python-parts.ts'
import { canBeUnknown, type Typed } from './typed.ts'

const METHODS: { [name: string]: string } = { startsWith: 'startswith', endsWith: 'endswith' }

/** Writes a function. */
export const call = (writer: Writer, typed: Extract<Typed, { kind: 'call' }>, write: Write): Code => {
  const { name, args } = typed
  const codes = args.map((arg) => write(arg).code)
  const unknown = canBeUnknown(typed)
  const [first, second] = args
  const total = own(HELPER_NAMES, name)!
  if (CALENDAR.test(name)) {
    const zone = first!.type === 'date' || writer.zone === 'UTC' ? [] : [`"${writer.zone}"`]
    return helper(writer, total, [...codes, ...zone])
  }
  switch (name) {
    case 'decimal':
      use(writer, 'decimal', 'Decimal')
      return unknown ? helper(writer, total, codes) : atom(`Decimal(${codes[0]})`)
    case 'minutes':
    case 'hours':
    case 'days':
      if (unknown) return helper(writer, total, codes)
      use(writer, 'datetime as dt')
      return atom(`dt.timedelta(${name}=${codes[0]})`)
    case 'contains':
      if (unknown) return helper(writer, total, codes)
      return { code: `${at(LEVEL.sum, write(second!))} in ${at(LEVEL.sum, write(first!))}`, level: LEVEL.comparison }
    case 'startsWith':
    case 'endsWith':
      return unknown
        ? helper(writer, total, codes)
        : atom(`${at(LEVEL.atom, write(first!))}.${METHODS[name]}(${codes[1]})`)
    case 'lower':
      return unknown ? helper(writer, total, codes) : atom(`${at(LEVEL.atom, write(first!))}.lower()`)
    case 'size':
      return unknown ? helper(writer, total, codes) : atom(`len(${codes[0]})`)
    case 'string':
      if (unknown) return helper(writer, total, codes)
      if (/^date/.test(first!.type)) return helper(writer, 'known', [helper(writer, total, codes).code])
      return atom(`str(${codes[0]})`)
    case 'min':
    case 'max':
    case 'abs':
      return unknown ? helper(writer, total, codes) : atom(`${name}(${codes.join(', ')})`)
    default: {
      const found = helper(writer, total, codes)
      return unknown ? found : helper(writer, 'known', [found.code])
    }
  }
}

/** Writes what is asked over the elements of a list. */
export const elements = (writer: Writer, typed: Extract<Typed, { kind: 'elements' }>, write: Write): Code => {
  const name = fresh(writer, identifier(toSnake(typed.variable.name)))
  writer.bound.set(typed.variable, { python: name })
  const condition = canBeUnknown(typed.where)
    ? at(LEVEL.sum, write(typed.where))
    : at(LEVEL.comparison, write(typed.where))
  const holds = canBeUnknown(typed.where) ? `${condition} is True` : condition
  const fails = canBeUnknown(typed.where) ? `${condition} is not False` : condition
  const list = canBeUnknown(typed.list) ? `${at(LEVEL.or, write(typed.list))} or []` : write(typed.list).code
  const each = `for ${name} in ${list}`
  const counted = `sum(1 ${each} if ${holds})`
  const code =
    typed.take === 'exists'
      ? `any(${holds} ${each})`
      : typed.take === 'all'
        ? `all(${fails} ${each})`
        : typed.take === 'one'
          ? `${counted} == 1`
          : counted
  writer.taken.delete(name)
  const value: Code = { code, level: typed.take === 'one' ? LEVEL.comparison : LEVEL.atom }
  if (!canBeUnknown(typed.list)) return value
  return { code: `None if ${at(LEVEL.sum, write(typed.list))} is None else ${code}`, level: LEVEL.choice }
}
