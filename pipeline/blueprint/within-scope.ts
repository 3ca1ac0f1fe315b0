import { type Node, parseExpression } from '../expressions/parse.ts'
import { conditionOf } from './names.ts'

/**
 * Whether a scope of a grant lets through nothing that another does not: the same, or a condition that asks for more
 * besides ("own" and also "this.done == false"). `owner`: the field by which a row is somebody's own.
 */
export const isWithinScope = (
  scope: string | undefined,
  other: string | undefined,
  owner: string | undefined,
): boolean => {
  if (scope === other || other === undefined) return true
  const [asked, wide] = [conditionIn(scope, owner), conditionIn(other, owner)]
  if (asked === undefined || wide === undefined) return false
  return conjunctsOf(asked).includes(wide)
}

const conditionIn = (scope: string | undefined, owner: string | undefined): string | undefined =>
  scope === 'own' ? owner && `this.${owner} == me.id` : conditionOf(scope)

/** The parts of a condition that all have to hold, and the whole. */
const conjunctsOf = (condition: string): string[] => {
  const parts = (node: Node): string[] => [
    condition.slice(node.start, node.end),
    ...(node.op === '&&' ? node.args.flatMap(parts) : []),
  ]
  return parts(parseExpression(condition))
}
