import { type Node, parseExpression } from './parse.ts'

/** The comparison that is true where another is false; both are unknown at once. */
export const OPPOSITE: { readonly [sign: string]: string } = {
  '==': '!=',
  '!=': '==',
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
}

/**
 * Returns the condition that is true where another one is false, false where it is true, and unknown where it is: a
 * comparison turned round where it is one, `x == null || ...` for `x != null && ...`. Throws a Mistake where `condition` is
 * not CEL.
 */
export const negated = (condition: string): string => {
  const text = unwrapped(condition.trim())
  const node = parseExpression(text)
  if (node.op === '!_') return unwrapped(text.slice(1).trim())
  const turned = OPPOSITE[node.op]
  if (turned) return around(text, node).join(` ${turned} `)
  if (node.op === 'in') {
    const [, list] = node.args
    const [item] = around(text, node)
    if (list.op === 'list' && list.args.length > 0 && list.args.every(({ op }) => op === 'value'))
      return list.args.map((value) => `${item} != ${text.slice(value.start, value.end)}`).join(' && ')
  }
  const [, given, rest] = /^([\w.]+) != null && (.+)$/s.exec(text) ?? []
  if (given && node.op === '&&') return `${given} == null || ${negated(rest!)}`
  return ['id', '.', '[]', 'call', 'rcall'].includes(node.op) ? `!${text}` : `!(${text})`
}

/** What stands on either side of an operator; a node begins and ends within the parentheses around it. */
const around = (text: string, node: Node): [left: string, right: string] => {
  const [left] = node.args as [Node, Node]
  const at = text.indexOf(node.op, left.end)
  return [text.slice(0, at).trim(), text.slice(at + node.op.length).trim()]
}

/** Without parentheses around the whole. */
const unwrapped = (text: string): string => {
  if (!/^\(.*\)$/s.test(text)) return text
  const inner = text.slice(1, -1).trim()
  try {
    parseExpression(inner)
  } catch {
    // These two belong to different parts.
    return text
  }
  return unwrapped(inner)
}
