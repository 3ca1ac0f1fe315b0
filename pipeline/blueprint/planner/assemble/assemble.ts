import type {
  Architecture,
  Component,
  Exposure,
  Field,
  Link,
  Model,
} from '../../../../schemas/generated/architecture.ts'
import { allOperations, type Operation } from '../lexicon/verbs.ts'
import type { Sketch } from '../resolve/sketch.ts'
import { accountsComponent, accountTypes, userModel } from './accounts.ts'
import { toField } from './field.ts'
import { toGrants } from './grants.ts'
import { type Names, namesOf, toModelShape, toParts } from './thing.ts'

/** Returns the blueprint of a sketch: components, ports, links and paths written out. */
export const assemble = (
  sketch: Sketch,
  system: { name: string; title: string; description: string },
): Architecture => {
  const taken = new Set<string>(sketch.accounts ? ['accounts', 'user_store'] : [])
  const names = new Map<string, Names>([...sketch.things.keys()].map((key) => [key, namesOf(key, taken)]))
  const namesOfKey = (key: string): Names => names.get(key)!
  const modelOf = (key: string): string => (key === 'user' && sketch.accounts ? 'User' : namesOfKey(key).model)
  const models: { [name: string]: Model } = {}
  const components: { [name: string]: Component } = {}
  const links: Link[] = []
  const expose: Exposure[] = []
  const extra: { [name: string]: Field } = Object.fromEntries(
    sketch.userFields.map((field) => [field.name, personal(toField(field))]),
  )
  const shapes = accountTypes(extra, new Set([...names.values()].map((one) => one.model)))
  if (sketch.accounts) {
    models.User = userModel(extra, sketch.signUpRoles)
    components.accounts = accountsComponent(shapes.nameOf, extra)
    components.user_store = { ports: { sql: { dir: 'in', kind: 'store', model: 'User' } } }
    links.push({ from: 'accounts.data', to: 'user_store.sql', onFailure: 'hard' })
    expose.push({ port: 'accounts.auth', path: '/v1/auth' }, { port: 'accounts.users', path: '/v1/users' })
  }
  for (const [key, thing] of sketch.things) {
    const own = namesOfKey(key)
    const model = toModelShape(thing, own, modelOf)
    const parts = toParts(thing, own, model, namesOfKey)
    const api = parts.component.ports.api
    const open = sketch.accounts
      ? allOperations.filter((op) =>
          sketch.permissions
            .get(key)
            ?.some(
              (one) =>
                one.who === '@public' && one.ops.includes(op) && (!thing.owned || op === 'list' || op === 'read'),
            ),
        )
      : allOperations.filter((op) => !sketch.barred.get(key)?.includes(op))
    if (open.length > 0 && api?.kind === 'rpc') api.public = open
    const barred = sketch.barred.get(key) ?? []
    const nobodys = barred.filter((op) => !sketch.permissions.get(key)?.some((one) => one.ops.includes(op)))
    // What nobody may do is not there at all.
    if (nobodys.length > 0 && nobodys.length < allOperations.length && api?.kind === 'rpc')
      api.only = allOperations.filter((op) => !nobodys.includes(op)) as [Operation, ...Operation[]]
    models[own.model] = model
    components[own.component] = parts.component
    components[own.store] = parts.store
    links.push(...parts.links)
    expose.push(parts.exposure)
  }
  return {
    apiVersion: 'autocoder/v1',
    system: { name: system.name, title: system.title, version: '1.0.0', description: system.description },
    ...(sketch.accounts ? { types: shapes.types } : {}),
    models,
    components,
    links,
    expose,
    policies: sketch.accounts
      ? {
          authn: { scheme: 'jwt', issuer: 'accounts.auth', accessMinutes: 15, refreshDays: 30 },
          roles: toGrants(sketch, namesOfKey),
        }
      : { roles: {} },
  }
}

const personal = (field: Field): Field => (field.type === 'string' ? { ...field, class: 'pii' } : field)
