import { type Checking, type Env, keyOf } from './checking.ts'
import { canBeUnknown, type Typed } from './typed.ts'

/** Returns the keys of values that are not null where a condition has come out as said. */
export const factsOf = (checking: Checking, condition: Typed, holds: boolean): string[] => {
  if (canBeUnknown(condition)) return []
  if (condition.kind === 'not') return factsOf(checking, condition.operand, !holds)
  if (condition.kind === (holds ? 'and' : 'or')) {
    const { parts } = condition as Extract<Typed, { kind: 'and' | 'or' }>
    return parts.flatMap((part) => factsOf(checking, part, holds))
  }
  if (condition.kind !== 'compare' || condition.op !== (holds ? '!=' : '==')) return []
  const { left, right } = condition
  const key = right.type === 'null' ? keyOf(checking, left) : left.type === 'null' ? keyOf(checking, right) : undefined
  return key === undefined ? [] : [key]
}

/** Returns an environment in which the condition has come out as said. */
export const knowing = (checking: Checking, env: Env, condition: Typed, holds: boolean): Env => {
  if (!env.inOrder) return env
  const facts = factsOf(checking, condition, holds)
  return facts.length ? { ...env, facts: new Set([...env.facts, ...facts]) } : env
}
