import type { Model } from '../../../../../schemas/generated/architecture.ts'
import { negated } from '../../../../expressions/negate.ts'

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
  const opposite = negated(past)
  // What was not given was not so either; only equality knows that by itself.
  const missing = /^was\.[\w.]+ [!=]= [^&|]+$/.test(past)
    ? []
    : [...new Set([...past.matchAll(/\bwas\.(\w+)/g)].map(([, name]) => name!))]
        .filter((name) => model.fields[name]?.optional)
        .map((name) => `was.${name} == null`)
        .filter((test) => !opposite.startsWith(`${test} ||`))
  const before = [...missing, opposite].join(' || ')
  return before.includes(' || ') ? `(${before})` : before
}
