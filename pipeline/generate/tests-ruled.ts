/** What rules mean for the rows and bodies that tests make up. */

import type { Architecture, Model } from '../../schemas/generated/architecture.ts'
import { type Fit, fitModels, readsOf } from '../blueprint/fitting.ts'
import { typeExpression } from '../expressions/check.ts'
import { fitTo, samples } from './tests-values.ts'

/** Gives fields the values that rules leave them. Returns the models of which no row can be made up that breaks none. */
export const fitSamples = (architecture: Architecture): ReadonlySet<string> => {
  const fits: Map<string, Fit> = fitModels(architecture, samples)
  for (const [name, { values }] of fits)
    for (const [field, fitting] of values) fitTo(architecture.models[name]!.fields[field]!, fitting)
  return new Set([...fits].flatMap(([name, { found }]) => (found ? [] : [name])))
}

/** The fields of a model that any of its rules looks at. */
export const ruledFields = (architecture: Architecture, name: string, model: Model): ReadonlySet<string> => {
  const scope = { this: { kind: 'row' as const, model: name }, me: { kind: 'caller' as const } }
  const read = (text: string | undefined): string[] =>
    text === undefined
      ? []
      : [...readsOf(architecture, typeExpression(text, scope, architecture).typed)].flatMap((key) =>
          key.startsWith(`${name}.`) ? [key.slice(name.length + 1)] : [],
        )
  const hooks = [...(model.on?.create?.require ?? []), ...(model.on?.update?.require ?? [])]
  return new Set([
    ...hooks.flatMap(({ check }) => read(check)),
    ...(model.rules ?? []).flatMap(({ check, unique, exclude, limit, where }) => [
      ...read(check),
      ...read(where),
      ...(unique ?? []),
      ...(exclude ? [...exclude.same, exclude.start, String(exclude.end), String(exclude.minutes)] : []),
      ...(limit ? [...limit.per, ...read(limit.max), String(limit.sum), String(limit.within?.field)] : []),
    ]),
  ])
}

/** Whether rows of a model can be in each other's way. */
export const crowds = (model: Model): boolean =>
  (model.rules ?? []).some(({ unique, exclude, limit }) => unique ?? exclude ?? limit)
