/** Who acts in the generated tests: for each operation somebody whose roles allow it, and rows that they may touch. */
import type { Architecture, Field, Model, RpcPort } from '../../schemas/generated/architecture.ts'
import { accountModelOf, own, refOf, splitEndpoint, toSnake } from '../blueprint/names.ts'
import { type Operation, operationsOf } from '../blueprint/operations.ts'
import { identifier } from './emit-names.ts'
import { tableOf } from './migrations-physical.ts'

/** A model behind an exposed port with standard operations. */
export type Surface = {
  component: string
  address: string
  modelName: string
  model: Model
  rpc: RpcPort
  path: string
  table: string
  /** By name; the nested ones are in `nested`. */
  operations: Map<string, Operation>
  nested: Operation[]
  /** Ref fields whose targets are read through a port, as the caller. */
  parents: { field: string; definition: Field; target: string }[]
}

/** A person of the tests: a fixture's name, and the fields of which a row must name them to be theirs. */
export type Actor = { name: string; role: string | undefined; field: string | undefined }

export type Cast = {
  architecture: Architecture
  surfaces: Surface[]
  byAddress: ReadonlyMap<string, Surface>
  accountModel: string | undefined
  /** What tests/factories.py defines or could. */
  factories: ReadonlySet<string>
  /** Roles in the blueprint's order, each with a fixture. */
  roles: string[]
  /** Who can do an operation, as little limited as possible; undefined where nobody of the tests can. */
  actorFor: (surface: Surface, op: string) => Actor | undefined
  /** Whether a role sees what a new row must refer to. */
  canCreate: (surface: Surface, role: string | undefined) => boolean
}

/** Returns `name=value`, or `**{"class": value}` where the name is a word of Python's. */
export const argument = (name: string, value: string): string =>
  identifier(name) === name ? `${name}=${value}` : `**{${JSON.stringify(name)}: ${value}}`

export const fixtureOf = (role: string): string => `as_${role}`

const parentsOf = (architecture: Architecture, component: string, model: Model): Surface['parents'] => {
  const found: Surface['parents'] = []
  for (const [name, port] of Object.entries(own(architecture.components, component)?.ports ?? {})) {
    if (port.kind !== 'rpc' || port.dir !== 'out') continue
    const field = (port as RpcPort).field
    const target = architecture.links.find(({ from }) => from === `${component}.${name}`)?.to
    const definition = field ? own(model.fields, field) : undefined
    if (field && target && definition) found.push({ field, definition, target })
  }
  return found
}

const surfacesOf = (architecture: Architecture): Surface[] => {
  const operations = Map.groupBy(operationsOf(architecture), ({ component, port }) => `${component}.${port}`)
  return architecture.expose.flatMap(({ port: address, path }): Surface[] => {
    const { component, port: portName } = splitEndpoint(address)
    const port = own(own(architecture.components, component)?.ports, portName)
    if (port?.kind !== 'rpc' || !(port as RpcPort).crud) return []
    const rpc = port as RpcPort
    const modelName = rpc.crud!
    const model = own(architecture.models, modelName)!
    const mine = operations.get(address) ?? []
    return [
      {
        component,
        address,
        modelName,
        model,
        rpc,
        path,
        table: tableOf(modelName, model),
        operations: new Map(mine.filter((each) => !each.nestedUnder).map((each) => [each.op, each])),
        nested: mine.filter((each) => each.nestedUnder),
        parents: parentsOf(architecture, component, model),
      },
    ]
  })
}

/** The field that limits a role in an operation; undefined for no limit, `false` where the role may not do it. */
export const limitOf = (surface: Surface, operation: Operation, role: string): string | undefined | false => {
  const scopes = operation.grants.get(role)
  if (!scopes) return false
  if (scopes.includes(undefined)) return undefined
  return scopes[0] === 'own' ? surface.rpc.owner : scopes[0]
}

export const castOf = (architecture: Architecture): Cast => {
  const surfaces = surfacesOf(architecture)
  const byAddress = new Map(surfaces.map((surface) => [surface.address, surface]))
  const words = Object.keys(architecture.models).map(toSnake)
  const factories = new Set(words.flatMap((word) => [`make_${word}`, `${word}_body`]))
  const roles = architecture.policies.authn ? Object.keys(architecture.policies.roles) : []
  const canSee = (role: string | undefined, address: string): boolean => {
    const read = byAddress.get(address)?.operations.get('read')
    return read !== undefined && (read.access === 'public' || (role !== undefined && read.grants.has(role)))
  }
  const canCreate = (surface: Surface, role: string | undefined) =>
    surface.parents.every(({ definition, target }) => definition.optional || canSee(role, target))
  const actorFor = (surface: Surface, op: string): Actor | undefined => {
    const operation = surface.operations.get(op)
    if (!operation) return undefined
    const fits = (role: string | undefined) => op !== 'create' || canCreate(surface, role)
    if (operation.access === 'public')
      return fits(undefined) ? { name: 'as_anyone', role: undefined, field: undefined } : undefined
    const actors = roles
      .filter(fits)
      .map((role) => ({ name: fixtureOf(role), role, limit: limitOf(surface, operation, role) }))
      .filter((actor): actor is typeof actor & { limit: string | undefined } => actor.limit !== false)
    const best = actors.find(({ limit }) => limit === undefined) ?? actors[0]
    return best && { name: best.name, role: best.role, field: best.limit }
  }
  return {
    architecture,
    surfaces,
    accountModel: accountModelOf(architecture),
    factories,
    byAddress,
    roles,
    actorFor,
    canCreate,
  }
}

export const surfaceAt = (cast: Cast, address: string): Surface | undefined => cast.byAddress.get(address)

/** Returns `make_pet(world, owner_id=as_owner.id)`: a stored row that the actor may touch with the operation. */
export const makeFor = (modelName: string, actor: Actor | undefined, extra: string[] = []): string => {
  const named = (field: string) => extra.some((text) => text.startsWith(`${field}=`))
  const mine = actor?.field && !named(actor.field) ? [argument(actor.field, `${actor.name}.id`)] : []
  return `make_${toSnake(modelName)}(${['world', ...mine, ...extra].join(', ')})`
}

/** Returns the id of a parent that the actor may read. */
export const parentIdFor = (cast: Cast, parent: Surface['parents'][number], actor: Actor | undefined): string => {
  const surface = surfaceAt(cast, parent.target)!
  const read = surface.operations.get('read')
  const field = read && actor?.role && read.access !== 'public' ? limitOf(surface, read, actor.role) : undefined
  return `${makeFor(surface.modelName, actor && { ...actor, field: field || undefined })}["id"]`
}

/** The fields of a body that a client writes, the owner's left out. */
export const bodyFields = (surface: Surface): [string, Field][] =>
  Object.entries(surface.model.fields).filter(
    ([name, field]) => !field.key && !field.set && name !== surface.rpc.owner && field.type !== 'roles',
  )

/** Returns keyword arguments for the refs that a new row must have: rows that the actor may refer to. */
export const refArguments = (cast: Cast, surface: Surface, actor: Actor | undefined, all = false): string[] =>
  bodyFields(surface)
    .filter(([, field]) => refOf(field.type) && (all || !field.optional))
    .map(([name, field]) => {
      const parent = surface.parents.find((each) => each.field === name)
      const id = parent ? parentIdFor(cast, parent, actor) : `${makeFor(refOf(field.type)!.model, undefined)}["id"]`
      return argument(name, id)
    })
