import { own } from '../blueprint/names.ts'
import type { Checking, Env } from './checking.ts'
import { mistake } from './mistake.ts'
import { asCondition, truth } from './operators.ts'
import type { Node } from './parse.ts'
import type { Typed, Variable } from './typed.ts'

const TAKES = { exists: 'exists', all: 'all', exists_one: 'one', filter: 'count' } as const

export const isMacro = (name: string): name is keyof typeof TAKES => Object.hasOwn(TAKES, name)

/** Types `Model.exists(each, ...)` and `this.tags.all(each, ...)`. A filter is only counted: its type is int. */
export const typeMacro = (
  checking: Checking,
  env: Env,
  name: keyof typeof TAKES,
  at: number,
  receiver: Node,
  args: readonly Node[],
): Typed => {
  const [variable, condition] = args
  if (args.length !== 2 || variable?.op !== 'id' || !condition)
    throw mistake(at, `${name} takes a name and a condition`, `Write ${name}(each, ...).`)
  const model = receiver.op === 'id' && !env.names.has(receiver.args) ? receiver.args : undefined
  const take = TAKES[name]
  const value = { ...truth(at), type: take === 'count' ? ('int' as const) : ('bool' as const) }
  const range = take === 'count' ? ([0n, 2n ** 53n] as const) : undefined
  if (model !== undefined && own(checking.architecture.models, model)) {
    checking.seen.models.add(model)
    const each: Variable = { name: variable.args, binding: { kind: 'row', model } }
    const where = typeUnder(checking, { ...env, inOrder: false }, each, condition)
    return { ...value, range, kind: 'aggregate', take, variable: each, model, where, of: undefined }
  }
  const list = checking.type(receiver, env)
  const element = /^list\((string|int|float)\)$/.exec(list.type)?.[1]
  if (!element) throw mistake(receiver.start, `${name} looks at rows or at a list`, 'Name a model or a list field.')
  const each: Variable = { name: variable.args, binding: { kind: 'value', type: element as 'string' } }
  const where = typeUnder(checking, env, each, condition)
  return { ...value, range, nullable: list.nullable, kind: 'elements', take, variable: each, list, where }
}

const typeUnder = (checking: Checking, env: Env, each: Variable, condition: Node): Typed => {
  const names = new Map([...env.names, [each.name, each] as const])
  return asCondition(checking.type(condition, { ...env, names, facts: new Set() }), 'what is asked of each')
}
