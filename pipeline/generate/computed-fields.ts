import type { Architecture, Field, Model } from '../../schemas/generated/architecture.ts'
import { own } from '../blueprint/names.ts'
import { checkExpression } from '../expressions/check.ts'

/** Returns a model whose computed values stand among its fields, as they are answered and asked for: never sent. */
export const withComputed = (architecture: Architecture, name: string): Model => {
  const model = own(architecture.models, name)!
  if (!model.computed) return model
  const computed = Object.entries(model.computed).map(([field, { type, scale, description }]): [string, Field] => [
    field,
    {
      type,
      ...(scale === undefined ? {} : { scale }),
      ...(description === undefined ? {} : { description }),
      ...(canBeMissing(architecture, name, field) ? { optional: true } : {}),
    },
  ])
  return { ...model, fields: { ...model.fields, ...Object.fromEntries(computed) } }
}

/** Whether a computed value can be null. A sum over nothing is zero. */
const canBeMissing = (architecture: Architecture, name: string, field: string): boolean => {
  const scope = { this: { kind: 'row', model: name } } as const
  const { expression } = checkExpression(`this.${field}`, scope, architecture)
  if (!expression) throw new Error(`${name}.${field} does not compute`)
  const isSum = own(own(architecture.models, name)?.computed, field)?.over?.take === 'sum'
  return expression.nullable && !(isSum && expression.partial)
}
