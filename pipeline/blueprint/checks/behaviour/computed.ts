import type { Model } from '../../../../schemas/generated/architecture.ts'
import { valueTypeOf } from '../../../expressions/scope.ts'
import { own } from '../../names.ts'
import { rowScope } from '../../scopes.ts'
import { type Checks, checkAt, checkCondition } from './expression.ts'

/** Expressions of computed values: of the type that they are said to be, and none made of itself. */
export const checkComputedExpressions = (checks: Checks, name: string, model: Model): void => {
  for (const [field, computed] of Object.entries(model.computed ?? {})) {
    const path = ['models', name, 'computed', field]
    const scope = rowScope(name)
    if (computed.expr !== undefined) {
      const found = checkAt(checks, [...path, 'expr'], computed.expr, scope, [valueTypeOf({ type: computed.type })])
      // Once more by its name, to see whether it comes back to itself.
      if (found) checkAt(checks, path, `this.${field}`, scope)
    }
    const that = computed.over?.from.split('.')[0] ?? ''
    if (computed.over?.where !== undefined && own(checks.architecture.models, that)) {
      const inner = { ...scope, that: { kind: 'row', model: that } as const }
      if (checkCondition(checks, [...path, 'over', 'where'], computed.over.where, inner))
        checkAt(checks, path, `this.${field}`, scope)
    }
  }
}
