import { toWords } from '../blueprint/names.ts'
import { joinWords } from '../blueprint/words.ts'
import { type Node, parseExpression } from './parse.ts'

/**
 * Returns an expression as people read it: `!loan.returned && loan.due_on < today()` is "not returned and due on is before
 * today". What has no short words stands as it is written. Throws a Mistake where it is no expression.
 */
export const wordsOfExpression = (text: string): string => {
  const root = parseExpression(text)
  const rows = new Set<string>()
  collect(root, rows)
  return say(root, { text, several: rows.size > 1 })
}

type Saying = { text: string /** Several rows are spoken of, so each value needs its row's name. */; several: boolean }

const OUTSIDE = ['me', 'params', 'input', 'now', 'person', 'was']

const collect = (node: Node, rows: Set<string>): void => {
  if (node.op === 'id' && !OUTSIDE.includes(node.args)) rows.add(node.args)
  for (const part of partsOf(node)) collect(part, rows)
}

const partsOf = ({ args }: Node): Node[] => (Array.isArray(args) ? (args as unknown[]) : [args]).flat().filter(isNode)

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'op' in value

const COMPARED = {
  '==': 'is',
  '!=': 'is not',
  '<': 'is less than',
  '<=': 'is at most',
  '>': 'is more than',
  '>=': 'is at least',
}
const IN_TIME = { ...COMPARED, '<': 'is before', '<=': 'is not after', '>': 'is after', '>=': 'is not before' }

const say = (node: Node, saying: Saying): string => {
  const inner = (part: Node) => say(part, saying)
  switch (node.op) {
    case 'value':
      return node.args === null ? 'nothing' : node.args === '' ? 'empty' : String(node.args)
    case 'id':
    case '.':
      return pathOf(node, saying)
    case '&&':
    case '||': {
      const word = node.op === '&&' ? 'and' : 'or'
      const parts = node.args.map((part) => (part.op === '||' && node.op === '&&' ? `(${inner(part)})` : inner(part)))
      return parts.join(` ${word} `)
    }
    case '!_':
      return node.args.op === '.' || node.args.op === 'id' ? `not ${inner(node.args)}` : `not (${inner(node.args)})`
    case '==':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=': {
      const [left, right] = node.args
      const without = right.op === 'value' && right.args === null
      if (without && left.op === 'id' && left.args === 'me')
        return node.op === '!=' ? 'somebody is signed in' : 'nobody is signed in'
      const before = rootOf(left) === 'was'
      const subject = before ? inner(left).replace(/ before$/, '') : inner(left)
      const inTense = (words: string): string => (before ? words.replace(/^is\b/, 'was') : words)
      if (without) return `${subject} ${inTense(node.op === '!=' ? 'is given' : 'is not given')}`
      if (inner(right) === `${subject} before` && !before)
        return `${subject} ${{ ...COMPARED, '==': 'is the same as', '!=': 'is another than' }[node.op]} before`
      if (before) return `${subject} ${inTense((isTime(right) ? IN_TIME : COMPARED)[node.op])} ${inner(right)}`
      return `${inner(left)} ${(isTime(left) || isTime(right) ? IN_TIME : COMPARED)[node.op]} ${inner(right)}`
    }
    case 'in': {
      const [value, list] = node.args
      if (list.op === 'list') return `${inner(value)} is ${joinWords(list.args.map(inner), 'or')}`
      break
    }
    case 'call': {
      const [name, args] = node.args
      if (name === 'today' && !args.length) return 'today'
      if (name === 'day' && args.length === 1) return inner(args[0]!)
      if (/^(?:week|month|year)$/.test(name) && args.length === 1)
        return isToday(args[0]!) ? `this ${name}` : `the ${name} of ${inner(args[0]!)}`
      const span = spanOf(node)
      if (span) return span
      break
    }
    case '+':
    case '-': {
      const [left, right] = node.args
      const span = spanOf(right)
      if (span && isNow(left)) return node.op === '-' ? `${span} ago` : `${span} from now`
    }
  }
  return saying.text.slice(node.start, node.end)
}

/** The name that a path begins with. */
const rootOf = (node: Node): string | undefined =>
  node.op === '.' ? rootOf(node.args[0]) : node.op === 'id' ? node.args : undefined

const pathOf = (node: Node, { several }: Saying): string => {
  const names: string[] = []
  let at = node
  while (at.op === '.') {
    names.unshift(at.args[1])
    at = at.args[0]
  }
  if (at.op !== 'id') return names.join('.')
  const root = at.args
  const words = names
    .filter((name, index) => name !== 'id' || index === 0)
    .map((name) => toWords(name).replace(/ id$/, ''))
  const one = words.join("'s ")
  if (root === 'me') return !names.length || one === 'id' ? 'the caller' : `the caller's ${one}`
  if (root === 'params' || root === 'input') return `the given ${one}`
  if (root === 'was') return `${one || 'this one'} before`
  if (!names.length) return root === 'this' ? 'this one' : toWords(root)
  if (one === 'id') return root === 'this' ? 'this one' : `the ${toWords(root)}`
  return several && root !== 'this' ? `the ${toWords(root)}'s ${one}` : one
}

const isToday = (node: Node): boolean => node.op === 'call' && node.args[0] === 'today' && node.args[1].length === 0

const isNow = (node: Node): boolean =>
  (node.op === 'id' && node.args === 'now') ||
  (node.op === 'call' &&
    ['today', 'day'].includes(node.args[0]) &&
    (node.args[0] === 'today' || node.args[1].some(isTime)))

const isTime = (node: Node): boolean => isNow(node) || ((node.op === '+' || node.op === '-') && isNow(node.args[0]))

/** `duration("168h")` and `days(7)` are "7 days". */
const spanOf = (node: Node): string | undefined => {
  if (node.op !== 'call') return undefined
  const [name, [arg]] = node.args
  if (arg?.op !== 'value') return undefined
  if (['days', 'hours', 'minutes'].includes(name)) return count(Number(arg.args), name)
  const [, amount, unit] = (name === 'duration' && /^(\d+)([hms])$/.exec(String(arg.args))) || []
  if (!amount) return undefined
  if (unit === 'h' && Number(amount) % 24 === 0) return count(Number(amount) / 24, 'days')
  return count(Number(amount), unit === 'h' ? 'hours' : unit === 'm' ? 'minutes' : 'seconds')
}

const count = (amount: number, unit: string): string => `${amount} ${amount === 1 ? unit.slice(0, -1) : unit}`
