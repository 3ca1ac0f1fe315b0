/** Who acts in the generated tests: for each operation somebody whose roles allow it, and rows that they may touch. */
import type { Architecture, Field, Model, RpcPort } from '../../schemas/generated/architecture.ts'
import { isSystems, withShapes } from '../blueprint/field-kinds.ts'
import { givenLater } from '../blueprint/given-later.ts'
import { ANYONE, accountModelOf, conditionOf, own, refOf, splitEndpoint, toSnake } from '../blueprint/names.ts'
import { isOpen, type Operation, operationsOf } from '../blueprint/operations.ts'
import { keyRolesOf, peopleRolesOf } from './emit-context.ts'
import { tableOf } from './migrations-physical.ts'
import { type Fit, fitOf } from './tests-fits.ts'
import { type Actor, argument, limitsOf, makeFor, valueFor } from './tests-limits.ts'
import { fitSamples } from './tests-ruled.ts'

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
  /** Condition of a grant -> how rows come to fit it, for somebody and for nobody who is signed in. */
  fits: ReadonlyMap<string, { somebody: Fit; nobody: Fit }>
  /** Fields that a test leaves as they are, so that the condition stays true. */
  fixed?: ReadonlySet<string>
}

export type Cast = {
  architecture: Architecture
  surfaces: Surface[]
  byAddress: ReadonlyMap<string, Surface>
  accountModel: string | undefined
  /** What tests/factories.py defines or could. */
  factories: ReadonlySet<string>
  /** Name -> source of those that make rows and bodies to fit the conditions of grants. */
  fitting: ReadonlyMap<string, string>
  /** Roles in the blueprint's order, each with a fixture. */
  roles: string[]
  /** Role of API keys -> its model; each has a fixture too. */
  devices: ReadonlyMap<string, string>
  /**
   * Who can do an operation, as little limited as possible, and sees what it is done under; undefined where nobody of the
   * tests can.
   */
  actorFor: (surface: Surface, op: string, under?: Surface['parents'][number]) => Actor | undefined
  /** Models of which no row can be made up that breaks none of its rules. */
  unmade: ReadonlySet<string>
  /** Models whose rows cannot be deleted as the tests make them. */
  undeletable: ReadonlySet<string>
  /** Whether a role sees what a new row must refer to. */
  canCreate: (surface: Surface, role: string | undefined) => boolean
}

/** Whether a field or a parameter that nobody knows is refused. */
export const refusesUnknown = ({ architecture }: Pick<Cast, 'architecture'>): boolean =>
  architecture.http?.unknown !== 'ignore'

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

/** Kinds of operations that have a name of their own. */
const NAMED: ReadonlySet<Operation['kind']> = new Set(['crud', 'account', 'transition', 'handler'])

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
        operations: new Map(
          mine.filter((each) => !each.nestedUnder && NAMED.has(each.kind)).map((each) => [each.op, each]),
        ),
        nested: mine.filter((each) => each.nestedUnder),
        parents: parentsOf(architecture, component, model),
        fits: fitsOf(architecture, modelName, rpc, mine),
      },
    ]
  })
}

const fitsOf = (
  architecture: Architecture,
  modelName: string,
  rpc: RpcPort,
  operations: readonly Operation[],
): Surface['fits'] => {
  const conditions = operations.flatMap(({ grants }) =>
    [...grants.values()].flat().flatMap((scope) => conditionOf(scope) ?? []),
  )
  const place = { architecture, modelName, owner: rpc.owner }
  return new Map(
    [...new Set(conditions)].map((condition, index) => [
      condition,
      { somebody: fitOf(place, condition, index + 1, true), nobody: fitOf(place, condition, index + 1, false) },
    ]),
  )
}

/** Whether whoever is not a person cannot make things of themselves: they must be somebody's. */
export const needsOwner = (
  { rpc, model }: Surface,
  role: string | undefined,
  devices: ReadonlyMap<string, string>,
): boolean =>
  role !== undefined &&
  (role === ANYONE || devices.has(role)) &&
  rpc.owner !== undefined &&
  !own(model.fields, rpc.owner)?.optional

/** Defaults as they are answered: times of day have seconds there. */
const shownDefaults = (architecture: Architecture): Architecture => ({
  ...architecture,
  models: Object.fromEntries(
    Object.entries(architecture.models).map(([name, model]) => [
      name,
      {
        ...model,
        fields: Object.fromEntries(
          Object.entries(model.fields).map(([fieldName, field]) => [
            fieldName,
            field.type === 'time' && typeof field.default === 'string'
              ? { ...field, default: `${field.default}:00`.slice(0, 8) }
              : field,
          ]),
        ),
      },
    ]),
  ),
})

export const castOf = (source: Architecture): Cast => {
  const architecture = shownDefaults(withShapes(source))
  const { unmade, undeletable } = fitSamples(architecture)
  const surfaces = surfacesOf(architecture)
  const byAddress = new Map(surfaces.map((surface) => [surface.address, surface]))
  const words = Object.keys(architecture.models).map(toSnake)
  const fits = surfaces.flatMap((surface) => [...surface.fits.values()].flatMap((each) => [each.somebody, each.nobody]))
  const fitting = new Map(fits.flatMap(({ functions }) => [...functions]))
  const factories = new Set([...words.flatMap((word) => [`make_${word}`, `${word}_body`]), ...fitting.keys()])
  const roles = architecture.policies.authn ? peopleRolesOf(architecture) : []
  const devices = new Map([...keyRolesOf(architecture)].map(([model, role]) => [role, model]))
  /** Whether who sends an API key is itself what a new row must refer to. */
  const isItself = (surface: Surface, role: string | undefined, field: string): boolean =>
    role !== undefined &&
    devices.has(role) &&
    (surface.operations.get('create')?.grants.get(role)?.includes(field) ?? false)
  const canSee = (role: string | undefined, address: string): boolean => {
    const read = byAddress.get(address)?.operations.get('read')
    if (!read || !(isOpen(read) || (role !== undefined && read.grants.has(role)))) return false
    return read.access === 'public' || limitsOf(byAddress, byAddress.get(address)!, read, role ?? ANYONE) !== false
  }
  const canCreate = (surface: Surface, role: string | undefined) =>
    !unmade.has(surface.modelName) &&
    surface.parents.every(
      ({ field, definition, target }) => definition.optional || canSee(role, target) || isItself(surface, role, field),
    )
  const actorFor = (surface: Surface, op: string, under?: Surface['parents'][number]): Actor | undefined => {
    const operation = surface.operations.get(op)
    if (!operation) return undefined
    const fits = (role: string | undefined) =>
      (op !== 'create' || (canCreate(surface, role) && !needsOwner(surface, role, devices))) &&
      (op !== 'update' || !unmade.has(surface.modelName)) &&
      (op !== 'delete' || !undeletable.has(surface.modelName)) &&
      (!under || canSee(role, under.target))
    if (operation.access === 'public')
      return fits(undefined) ? { name: 'as_anyone', role: undefined, limit: undefined } : undefined
    // A device among the rows of its own model would be counted with them.
    const others = [...devices].filter(([, model]) => model !== surface.modelName).map(([role]) => role)
    const open = isOpen(operation) ? [ANYONE] : []
    const actors = [...open, ...roles, ...others].filter(fits).flatMap((role): Actor[] => {
      const limits = limitsOf(byAddress, surface, operation, role)
      return limits === false ? [] : [{ name: fixtureOf(role), role, limit: limits?.[0] }]
    })
    return actors.find(({ limit }) => limit === undefined) ?? actors[0]
  }
  return {
    architecture,
    surfaces,
    accountModel: accountModelOf(architecture),
    factories,
    fitting,
    byAddress,
    roles,
    devices,
    actorFor,
    unmade,
    undeletable,
    canCreate,
  }
}

export const surfaceAt = (cast: Cast, address: string): Surface | undefined => cast.byAddress.get(address)

/** Returns the id of a parent that the actor may read. */
export const parentIdFor = (cast: Cast, parent: Surface['parents'][number], actor: Actor | undefined): string => {
  const surface = surfaceAt(cast, parent.target)!
  const read = surface.operations.get('read')
  const guarded = read && actor && read.access !== 'public'
  const limits = guarded ? limitsOf(cast.byAddress, surface, read, actor.role ?? ANYONE) : undefined
  return `${makeFor(surface.modelName, actor && { ...actor, limit: limits ? limits[0] : undefined })}["id"]`
}

/** The fields of a body that any client writes, the owner's left out, and those that not everybody sees. */
export const bodyFields = (surface: Surface): [string, Field][] => {
  const later = givenLater(surface.model)
  return Object.entries(surface.model.fields).filter(
    ([name, field]) =>
      !isSystems(field) &&
      !later.has(name) &&
      name !== surface.rpc.owner &&
      !field.readers &&
      field.type !== 'roles' &&
      name !== surface.model.states?.field,
  )
}

/** Returns keyword arguments for the refs that a new row must have: rows that the actor may refer to. */
export const refArguments = (cast: Cast, surface: Surface, actor: Actor | undefined, all = false): string[] =>
  bodyFields(surface)
    .filter(([, field]) => refOf(field.type) && (all || !field.optional))
    .map(([name, field]) => {
      const { limit } = actor ?? {}
      if (limit?.field === name && !limit.parent) return argument(name, valueFor(limit, actor!.name))
      const parent = surface.parents.find((each) => each.field === name)
      const id = parent ? parentIdFor(cast, parent, actor) : `${makeFor(refOf(field.type)!.model, undefined)}["id"]`
      return argument(name, id)
    })
