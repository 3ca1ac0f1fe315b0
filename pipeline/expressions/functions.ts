import type { Checking } from './checking.ts'
import { adapt, microseconds } from './literals.ts'
import { mistake } from './mistake.ts'
import { truth, typeComparison } from './operators.ts'
import { cut, hull, rangeOfSize, UNITS, widest } from './ranges.ts'
import { typeWords, type ValueType } from './scope.ts'
import type { Range, Typed } from './typed.ts'

type Signature = {
  /** For each argument the types that it may have. */
  args: readonly (readonly ValueType[])[]
  type: ValueType
  range?: Range
  /** Unknown for some values that are there. */
  partial?: boolean
}

const moment: readonly ValueType[] = ['datetime', 'date']
const count = 2n ** 31n

/** What translates to Python and to SQL with the same meaning. Methods are called on their first argument. */
const FUNCTIONS: { [name: string]: Signature } = {
  day: { args: [moment], type: 'date' },
  week: { args: [moment], type: 'date' },
  month: { args: [moment], type: 'date' },
  year: { args: [moment], type: 'date' },
  hour: { args: [['datetime']], type: 'datetime' },
  date: { args: [['datetime']], type: 'date' },
  time: { args: [['datetime']], type: 'time' },
  weekday: { args: [moment], type: 'int', range: [1n, 7n] },
  hourOf: { args: [['datetime']], type: 'int', range: [0n, 23n] },
  minutes: { args: [['int']], type: 'duration' },
  hours: { args: [['int']], type: 'duration' },
  days: { args: [['int']], type: 'duration' },
  inMinutes: { args: [['duration']], type: 'int' },
  inHours: { args: [['duration']], type: 'int' },
  inDays: { args: [['duration']], type: 'int' },
}

const METHODS: { [name: string]: Signature } = {
  contains: { args: [['string'], ['string']], type: 'bool' },
  startsWith: { args: [['string'], ['string']], type: 'bool' },
  endsWith: { args: [['string'], ['string']], type: 'bool' },
  lower: { args: [['string']], type: 'string' },
}

const SPECIAL = ['duration', 'today', 'size', 'has', 'min', 'max', 'abs', 'round', 'string']

/** What people write and what it is called here. */
const MEANT: { [name: string]: string } = {
  lowerAscii: 'Say lower().',
  toLowerCase: 'Say lower().',
  matches: 'Patterns differ between databases; use contains, startsWith or endsWith.',
  timestamp: 'Write the moment as a text: "2030-01-31T09:30:00Z".',
  map: 'Use exists, all or filter(...).size().',
}

const MICROSECONDS: { [name: string]: bigint } = { minutes: 60_000_000n, hours: 3_600_000_000n, days: 86_400_000_000n }

/** Types `name(args)`. */
export const typeCall = (checking: Checking, name: string, at: number, args: Typed[]): Typed => {
  if (name === 'has') return typeHas(at, args)
  if (name === 'today') {
    if (args.length) throw wrongCount(name, at, 0, args.length)
    checking.seen.callsNow = true
    return { ...truth(at), type: 'date', kind: 'today' }
  }
  if (name === 'duration') return typeDuration(at, args)
  if (name === 'min' || name === 'max') return typeExtreme(name, at, args)
  if (name === 'abs' || name === 'round') return typeRounding(name, at, args)
  if (name === 'size') return typeSize(at, args)
  if (name === 'string') return typeString(at, args)
  const signature = FUNCTIONS[name]
  if (!signature) throw unknownFunction(name, at, [...Object.keys(FUNCTIONS), ...SPECIAL])
  const [argument] = args
  if (argument?.kind === 'literal' && argument.type === 'string' && (name === 'date' || name === 'time'))
    return { ...adapt(argument, name)!, at }
  return typeSignature(name, signature, at, args)
}

/** Types `receiver.name(args)`. */
export const typeMethod = (name: string, at: number, receiver: Typed, args: Typed[]): Typed => {
  if (name === 'size' && args.length === 0) return typeSize(at, [receiver])
  const signature = METHODS[name]
  if (!signature) throw unknownFunction(name, at, [...Object.keys(METHODS), 'size', 'exists', 'all', 'filter'])
  return typeSignature(name, signature, at, [receiver, ...args])
}

const unknownFunction = (name: string, at: number, names: string[]) =>
  mistake(at, `there is no function \`${name}\``, MEANT[name] ?? `There are ${names.join(', ')}.`, {
    word: name,
    names,
  })

const wrongCount = (name: string, at: number, wanted: number, given: number) =>
  mistake(at, `${name} takes ${wanted} ${wanted === 1 ? 'value' : 'values'}, and gets ${given}`, 'Mend the call.')

const typeSignature = (name: string, signature: Signature, at: number, given: Typed[]): Typed => {
  if (given.length !== signature.args.length) throw wrongCount(name, at, signature.args.length, given.length)
  const args = given.map((argument, index) => argumentOf(name, argument, signature.args[index]!))
  const [first] = args
  const unit = MICROSECONDS[name]
  const base = {
    ...truth(at, ...args),
    type: signature.type,
    range: signature.range,
    kind: 'call' as const,
    name,
    args,
  }
  if (signature.type === 'duration' && unit) {
    const [least, most] = first!.range ?? widest('int')!
    const bounds = widest('duration')!
    const fits = least * unit >= bounds[0] && most * unit <= bounds[1]
    return { ...base, range: fits ? [least * unit, most * unit] : bounds, partial: base.partial || !fits }
  }
  if (name.startsWith('in')) {
    const [least, most] = first!.range ?? widest('duration')!
    const parts = { inMinutes: 60_000_000n, inHours: 3_600_000_000n, inDays: 86_400_000_000n }[name]!
    return { ...base, range: [least / parts, most / parts] }
  }
  return base
}

const argumentOf = (name: string, argument: Typed, types: readonly ValueType[]): Typed => {
  if (types.some((type) => type === argument.type)) return argument
  const adapted = types.map((type) => adapt(argument, type)).find((each) => each !== undefined)
  if (adapted) return adapted
  throw mistake(
    argument.at,
    `${name} takes ${types.map(typeWords).join(' or ')}, and gets ${typeWords(argument.type)}`,
    'Give it a value of that type.',
  )
}

const typeHas = (at: number, [argument, ...others]: Typed[]): Typed => {
  if (!argument || others.length) throw wrongCount('has', at, 1, others.length + (argument ? 1 : 0))
  const none: Typed = { ...truth(at), type: 'null', nullable: true, kind: 'literal', value: null }
  return typeComparison('!=', argument, none)
}

const typeDuration = (at: number, args: Typed[]): Typed => {
  const [argument] = args
  const value =
    args.length === 1 && argument?.kind === 'literal' && argument.type === 'string'
      ? microseconds(String(argument.value))
      : undefined
  if (value === undefined)
    throw mistake(
      argument?.at ?? at,
      'duration takes a text such as "1h30m"',
      'Write hours, minutes and seconds, such as "36h"; for a value that is stored use minutes(...), hours(...) or days(...).',
    )
  return { ...truth(at), type: 'duration', range: [value, value], kind: 'literal', value }
}

const typeExtreme = (name: string, at: number, args: Typed[]): Typed => {
  if (args.length !== 2) throw wrongCount(name, at, 2, args.length)
  const { left, right } = typeComparison('<', args[0]!, args[1]!) as Extract<Typed, { kind: 'compare' }>
  return {
    ...truth(at, left, right),
    type: left.type,
    range: left.range && right.range && hull(left.range, right.range),
    kind: 'call',
    name,
    args: [left, right],
  }
}

const typeRounding = (name: string, at: number, args: Typed[]): Typed => {
  const [value, places] = args
  if (!value || args.length > (name === 'round' ? 2 : 1)) throw wrongCount(name, at, 1, args.length)
  const types = name === 'round' ? /^decimal$/ : /^(int|decimal)$/
  const number = value.kind === 'literal' && value.type === 'float' ? adapt(value, 'decimal')! : value
  if (!types.test(number.type))
    throw mistake(
      value.at,
      `${name} of ${typeWords(value.type)}`,
      `It takes ${name === 'round' ? '' : 'a whole number or '}a decimal number.`,
    )
  if (
    places &&
    (places.kind !== 'literal' || typeof places.value !== 'bigint' || places.value < 0n || places.value > 8n)
  )
    throw mistake(places.at, 'round takes a number of digits from 0 to 8', 'Write it out: round(x, 2).')
  const [least, most] = number.range ?? widest(number.type)!
  const { range, partial } = cut(
    name === 'abs' ? rangeOfSize([least, most]) : [least - UNITS, most + UNITS],
    number.type,
  )
  return {
    ...truth(at, number),
    type: number.type,
    range,
    partial: number.partial || partial,
    kind: 'call',
    name,
    args: places ? [number, places] : [number],
  }
}

const typeSize = (at: number, [value, ...others]: Typed[]): Typed => {
  if (!value || others.length) throw wrongCount('size', at, 1, others.length + (value ? 1 : 0))
  if (value.kind === 'elements' || value.kind === 'aggregate') return value
  if (value.type !== 'string' && !value.type.startsWith('list('))
    throw mistake(value.at, `size of ${typeWords(value.type)}`, 'It takes a text, a list or a filter(...).')
  return { ...truth(at, value), type: 'int', range: [0n, count], kind: 'call', name: 'size', args: [value] }
}

const typeString = (at: number, args: Typed[]): Typed => {
  const [value] = args
  if (!value || args.length !== 1) throw wrongCount('string', at, 1, args.length)
  if (!/^(?:int|uuid|date|datetime)$/.test(value.type))
    throw mistake(value.at, `string of ${typeWords(value.type)}`, 'It takes a whole number, an id, a day or a moment.')
  return { ...truth(at, value), type: 'string', kind: 'call', name: 'string', args: [value] }
}
