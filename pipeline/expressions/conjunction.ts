import { type Node, parseExpression } from './parse.ts'

/** Returns the condition that is true where all of these are. What is joined more loosely stands in parentheses beside others. */
export const allOf = (conditions: readonly string[]): string =>
  conditions.map((one) => (conditions.length > 1 && / \|\| | \? /.test(one) ? `(${one})` : one)).join(' && ')

/**
 * Returns the parts of a condition that must all be true, without the parentheses around each: `allOf` puts them together again.
 * Throws a Mistake where it is no expression.
 */
export const partsOf = (text: string): string[] => {
  const parts = (node: Node): Node[] => (node.op === '&&' ? node.args.flatMap(parts) : [node])
  return parts(parseExpression(text)).map((node) => whole(text, node.start, node.end))
}

/** The library's places leave out parentheses at the ends: `!(a)` is said to end behind `a`. */
const whole = (text: string, start: number, end: number): string => {
  const part = text.slice(start, end)
  const parentheses = part.replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'/g, '').match(/[()]/g) ?? []
  let [open, missing] = [0, 0]
  for (const each of parentheses) {
    if (each === '(') open++
    else if (open > 0) open--
    else missing++
  }
  if (missing > 0) return whole(text, text.lastIndexOf('(', start - 1), end)
  return open > 0 ? whole(text, start, text.indexOf(')', end) + 1) : part
}
