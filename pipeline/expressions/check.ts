import type { Architecture } from '../../schemas/generated/architecture.ts'
import type { Checking, Env, Seen } from './checking.ts'
import { knowing } from './facts.ts'
import { typeCall, typeMethod } from './functions.ts'
import { isMacro, typeMacro } from './macros.ts'
import { Mistake, mistake, type Problem } from './mistake.ts'
import {
  asCondition,
  asExpected,
  checkEnumeration,
  truth,
  typeAmong,
  typeArithmetic,
  typeChoice,
  typeComparison,
  typeMember,
  typeNegative,
} from './operators.ts'
import { type Node, parseExpression } from './parse.ts'
import { namesOf, segmentsOf, typePath } from './paths.ts'
import { widest } from './ranges.ts'
import type { Scope, ValueType } from './scope.ts'
import { canBeUnknown, type Typed, type Variable } from './typed.ts'

export type { Problem } from './mistake.ts'

/** What an expression is and looks at. */
export type Expression = {
  text: string
  type: ValueType
  /** Whether its value can be None in Python and NULL in SQL. */
  nullable: boolean
  /** Whether only arithmetic can make it so, that leaves its range or divides by zero: what it looks at is there. */
  partial: boolean
  /** The names of its scope that it uses. */
  names: string[]
  /** The references that it follows: ['this', 'course']. */
  follows: string[][]
  /** The models whose rows it looks for. */
  models: string[]
  /** The fields of rows in its scope that it looks at directly. */
  fields: { name: string; field: string }[]
  /** The fields of whatever rows it looks at, also of those that it follows references to. */
  reads: { model: string; field: string }[]
  callsNow: boolean
}

/** The values of an enum that an expression is for, and what it is called. */
export type Enumeration = { values: readonly string[]; name: string }

/** Returns what an expression is, or what is wrong with it. `expected` are the types that will do; none: every type. */
export const checkExpression = (
  text: string,
  scope: Scope,
  architecture: Architecture,
  expected: readonly ValueType[] = [],
  enumeration?: Enumeration,
): { expression: Expression; problem?: undefined } | { expression?: undefined; problem: Problem } => {
  try {
    const { typed, seen } = typeExpression(text, scope, architecture, expected)
    if (enumeration) checkEnumeration(typed, enumeration)
    const type = typed.type === 'null' ? (expected[0] ?? 'json') : (typed.type as ValueType)
    return {
      expression: {
        text,
        type,
        nullable: canBeUnknown(typed),
        partial: typed.partial && !typed.nullable,
        names: [...seen.names],
        follows: [...seen.follows.values()],
        models: [...seen.models],
        fields: [...seen.fields.values()].filter(({ name }) => Object.hasOwn(scope, name)),
        reads: [...seen.reads.values()],
        callsNow: seen.callsNow,
      },
    }
  } catch (error) {
    if (error instanceof Mistake) return { problem: error.problem }
    throw error
  }
}

/**
 * Returns the typed tree of an expression. Throws a Mistake where something is wrong with it. `inOrder`: whether what
 * reads it evaluates one part after another, as Python does.
 */
export const typeExpression = (
  text: string,
  scope: Scope,
  architecture: Architecture,
  expected: readonly ValueType[] = [],
  inOrder = true,
): { typed: Typed; seen: Seen; variables: Variable[] } => {
  const seen: Seen = {
    names: new Set(),
    follows: new Map(),
    models: new Set(),
    fields: new Map(),
    reads: new Map(),
    callsNow: false,
  }
  const names = namesOf(scope)
  const checking: Checking = {
    architecture,
    text,
    seen,
    identity: new Map(),
    type: (node, env) => typeNode(checking, node, env),
    typeText: (other, env) => {
      const inner: Checking = { ...checking, text: other, type: (node, at) => typeNode(inner, node, at) }
      return typeNode(inner, parseExpression(other), env)
    },
  }
  const typed = asExpected(
    typeNode(checking, parseExpression(text), { names, facts: new Set(), inOrder, inside: [] }),
    expected,
  )
  if (typed.type === 'row') throw mistake(typed.at, 'this is a row, not a value', 'Name one of its fields.')
  const used = new Set([...seen.names].filter((name) => Object.hasOwn(scope, name)))
  return { typed, seen: { ...seen, names: used }, variables: [...names.values()] }
}

const typeNode = (checking: Checking, node: Node, env: Env): Typed => {
  const type = (each: Node) => checking.type(each, env)
  switch (node.op) {
    case 'value':
      return literal(checking, node)
    case 'id':
    case '.': {
      const path = segmentsOf(node)
      if (!path) throw untranslated(node, 'a part of a result')
      checking.seen.names.add(path.base.name)
      return typePath(checking, env, path.base, path.rest)
    }
    case '&&':
    case '||':
      return typeJunction(checking, node, env)
    case '!_': {
      const operand = asCondition(type(node.args), 'what `!` denies')
      return { ...truth(node.start, operand), kind: 'not', operand }
    }
    case '-_':
      return typeNegative(type(node.args), node.start)
    case '==':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return typeComparison(node.op, type(node.args[0]), type(node.args[1]))
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
      return typeArithmetic(node.op, type(node.args[0]), type(node.args[1]))
    case 'in': {
      const [item, list] = node.args
      return list.op === 'list' ? typeAmong(type(item), list.args.map(type)) : typeMember(type(item), type(list))
    }
    case '?:': {
      const [condition, yes, no] = node.args
      const typed = type(condition)
      return typeChoice(
        typed,
        checking.type(yes, knowing(checking, env, typed, true)),
        checking.type(no, knowing(checking, env, typed, false)),
      )
    }
    case 'call':
      return typeCall(checking, node.args[0], node.start, node.args[1].map(type))
    case 'rcall': {
      const [name, receiver, args] = node.args
      if (isMacro(name)) return typeMacro(checking, env, name, node.start, receiver, args)
      return typeMethod(name, node.start, type(receiver), args.map(type))
    }
    case 'list':
      throw untranslated(node, 'a list')
    case 'map':
      throw untranslated(node, 'a map')
    default:
      throw untranslated(node, `\`${node.op}\``)
  }
}

const untranslated = (node: Node, what: string) =>
  mistake(node.start, `${what} cannot be translated here`, 'Use comparisons, arithmetic, `in`, exists, all, filter.')

const literal = (checking: Checking, node: Extract<Node, { op: 'value' }>): Typed => {
  const value = node.args
  const base = { ...truth(node.start), kind: 'literal' as const }
  if (value === null) return { ...base, type: 'null', nullable: true, value }
  const raw = checking.text.slice(node.start, node.end)
  if (typeof value === 'bigint') {
    const [least, most] = widest('int')!
    if (value < least || value > most) throw mistake(node.start, `${raw} is too large`, 'Use a number of 64 bits.')
    return { ...base, type: 'int', value, range: [value, value], raw: String(value) }
  }
  if (typeof value === 'number') return { ...base, type: 'float', value, raw }
  if (typeof value === 'boolean') return { ...base, type: 'bool', value }
  if (typeof value === 'string' && !value.includes('\0')) return { ...base, type: 'string', value }
  throw untranslated(node, `\`${raw}\``)
}

/** `a && b && c` is one node with three parts; what the first ones make sure of is known in the later ones. */
const typeJunction = (checking: Checking, node: Extract<Node, { op: '&&' | '||' }>, env: Env): Typed => {
  const kind = node.op === '&&' ? 'and' : 'or'
  const parts: Typed[] = []
  let inner = env
  const add = (each: Node): void => {
    if (each.op === node.op) {
      add(each.args[0])
      add(each.args[1])
      return
    }
    const part = asCondition(checking.type(each, inner), `a part of \`${node.op}\``)
    parts.push(part)
    inner = knowing(checking, inner, part, kind === 'and')
  }
  add(node)
  return { ...truth(node.start, ...parts), kind, parts }
}
