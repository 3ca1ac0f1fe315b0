import type { Model } from '../../../../../schemas/generated/architecture.ts'

const opposite: { readonly [sign: string]: string } = {
  '==': '!=',
  '!=': '==',
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
}

/**
 * Returns a condition of what a change does (`this.cancelled_at != null`) as true only when the change makes it so:
 * `this.cancelled_at != null && was.cancelled_at == null`. A later change of the row does it no second time.
 */
export const becomes = (condition: string, model: Model): string => {
  // Rows of others are only known as they are now.
  if (/\.(?:exists|all|filter)\(/.test(condition) || /\bwas\./.test(condition)) return condition
  return `${/\|\|/.test(condition) ? `(${condition})` : condition} && ${notBefore(condition, model)}`
}

const notBefore = (condition: string, model: Model): string => {
  const past = condition.replace(/\bthis\./g, 'was.')
  const compared = /^(was\.[\w.]+) (==|!=|<=?|>=?) ([^&|]+)$/.exec(past)
  const negated = compared
    ? `${compared[1]} ${opposite[compared[2]!]} ${compared[3]}`
    : /^was\.\w+$/.test(past)
      ? `!${past}`
      : /^!was\.\w+$/.test(past)
        ? past.slice(1)
        : `!(${past})`
  // What was not given was not so either; only equality knows that by itself.
  const missing = /^[!=]=$/.test(compared?.[2] ?? '')
    ? []
    : [...new Set([...past.matchAll(/\bwas\.(\w+)/g)].map(([, name]) => name!))].filter(
        (name) => model.fields[name]?.optional,
      )
  return missing.length > 0 ? `(${[...missing.map((name) => `was.${name} == null`), negated].join(' || ')})` : negated
}
