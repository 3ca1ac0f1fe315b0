import type { Architecture, Model, RpcPort, StorePort, Toggle } from '../../../schemas/generated/architecture.ts'
import { isRequired } from '../field-kinds.ts'
import { own, refOf } from '../names.ts'
import { crudOpsOf, grantable } from '../operations.ts'
import type { Path, Report } from './report.ts'

/** Toggles: rows of their own that say who did it to what, once each, kept where the component reaches them. */
export const checkToggles = (architecture: Architecture, report: Report): void => {
  for (const [component, { ports }] of Object.entries(architecture.components))
    for (const [portName, port] of Object.entries(ports)) {
      if (port.kind !== 'rpc') continue
      for (const [name, toggle] of Object.entries((port as RpcPort).toggles ?? {})) {
        const path: Path = ['components', component, 'ports', portName, 'toggles', name]
        checkToggle(architecture, component, port as RpcPort, name, toggle, path, report)
      }
    }
}

const checkToggle = (
  architecture: Architecture,
  component: string,
  port: RpcPort,
  name: string,
  toggle: Toggle,
  path: Path,
  report: Report,
): void => {
  const wrong = (message: string): void => report('toggle-shape', path, `${name}: ${message}`)
  if (!port.crud || port.dir !== 'in') return wrong('only objects of a port with standard operations can be toggled')
  if (!crudOpsOf(port).includes('read')) wrong('the port does not offer read, which says who sees the objects')
  const model = own(architecture.models, toggle.model)
  if (!model) {
    report('unknown-model', path, `there is no model ${toggle.model}`, {
      word: toggle.model,
      names: Object.keys(architecture.models),
    })
    return
  }
  checkReference(toggle.model, model, toggle.of, port.crud, path, report, wrong)
  const who = Object.keys(architecture.models).filter(
    (each) => architecture.models[each]!.keys || isAccount(architecture, each),
  )
  checkReference(toggle.model, model, toggle.by, who, path, report, wrong)
  if (!isUnique(model, [toggle.of, toggle.by]))
    wrong(`${toggle.model} does not say that ${toggle.of} and ${toggle.by} are unique together`)
  const more = Object.entries(model.fields).find(
    ([field, each]) => field !== toggle.of && field !== toggle.by && isRequired(each),
  )
  if (more) wrong(`${toggle.model} needs ${more[0]}, which nobody gives`)
  const stores = Object.values(own(architecture.components, component)!.ports)
  if (!stores.some((each) => each.kind === 'store' && each.dir === 'out' && (each as StorePort).model === toggle.model))
    wrong(`${component} does not reach the rows of ${toggle.model}`)
  const names = [name, toggle.off, toggle.members]
  const others = {
    ...port,
    toggles: Object.fromEntries(Object.entries(port.toggles!).filter(([each]) => each !== name)),
  }
  const taken = new Set(grantable(architecture, others))
  for (const [index, each] of names.entries())
    if (taken.has(each) || names.indexOf(each) !== index) wrong(`there are two operations called ${each}`)
}

const isAccount = (architecture: Architecture, model: string): boolean =>
  Object.values(architecture.models[model]!.fields).some(({ type }) => type === 'roles')

const checkReference = (
  name: string,
  model: Model,
  field: string,
  target: string | readonly string[],
  path: Path,
  report: Report,
  wrong: (message: string) => void,
): void => {
  const definition = own(model.fields, field)
  if (!definition) {
    report('unknown-field', path, `${name} has no field '${field}'`, { word: field, names: Object.keys(model.fields) })
    return
  }
  const refers = refOf(definition.type)?.model
  if (!refers || ![target].flat().includes(refers))
    wrong(`${name}.${field} does not refer to ${[target].flat().join(' or ') || 'an account'}`)
}

const isUnique = (model: Model, fields: readonly string[]): boolean =>
  [
    ...(model.unique ?? []),
    ...(model.rules ?? []).flatMap(({ unique, where }) => (unique && !where ? [unique] : [])),
  ].some((group) => group.length === fields.length && fields.every((field) => group.includes(field)))
