import type { RpcPort } from '../../../../schemas/generated/architecture.ts'
import { isRequired } from '../../field-kinds.ts'
import { accountModelOf, refOf } from '../../names.ts'
import { crudOpsOf } from '../../operations.ts'
import type { Path } from '../report.ts'
import { type Checks, fieldAt, modelAt } from './expression.ts'
import { storeOf } from './steps.ts'

/** Toggles: rows that say who did it to what, each pair once, and nothing else that somebody must give. */
export const checkToggles = (checks: Checks, component: string, port: RpcPort, path: Path): void => {
  const names = new Set<string>([...crudOpsOf(port), ...Object.keys(port.ops ?? {}), ...Object.keys(port.views ?? {})])
  for (const [name, toggle] of Object.entries(port.toggles ?? {})) {
    const at = [...path, 'toggles', name]
    const wrong = (message: string, where: Path = at): void =>
      checks.report('toggle', where, `${component}:${name} ${message}`)
    if (port.crud === undefined) wrong('is on a port without a model')
    for (const op of [name, toggle.off, toggle.members]) {
      if (names.has(op)) wrong(`has the operation ${op}, which is there already`)
      names.add(op)
    }
    const model = modelAt(checks, [...at, 'model'], toggle.model)
    if (!model) continue
    if (!storeOf(checks.architecture, component, toggle.model))
      wrong(`writes ${toggle.model}, of which ${component} has no store`)
    const of = fieldAt(checks, [...at, 'of'], toggle.model, model, toggle.of)
    if (of && refOf(of.type)?.model !== port.crud)
      wrong(`has ${toggle.of}, which does not refer to ${port.crud}`, [...at, 'of'])
    const by = fieldAt(checks, [...at, 'by'], toggle.model, model, toggle.by)
    if (by && refOf(by.type)?.model !== accountModelOf(checks.architecture))
      wrong(`has ${toggle.by}, which does not refer to an account`, [...at, 'by'])
    const pair = [toggle.of, toggle.by].toSorted().join()
    const kept = [
      ...(model.unique ?? []),
      ...(model.rules ?? []).flatMap(({ unique, where }) => (unique && where === undefined ? [unique] : [])),
    ]
    if (!kept.some((fields) => fields.toSorted().join() === pair))
      wrong(`could be done twice: ${toggle.model} has no unique [${toggle.of}, ${toggle.by}]`)
    for (const [field, spec] of Object.entries(model.fields))
      if (isRequired(spec) && field !== toggle.of && field !== toggle.by)
        wrong(`needs ${toggle.model}.${field}, which nobody gives`)
  }
}
