/** What limits a role to some of the rows, and rows within and beyond it. */
import { ANYONE, toSnake } from '../blueprint/names.ts'
import type { Operation } from '../blueprint/operations.ts'
import { identifier } from './emit-names.ts'
import type { Surface } from './tests-cast.ts'

/** A row must name its person in the field; or the field refers to a parent that its person sees, `limits` being theirs there. */
export type Limit = { field: string; parent?: { modelName: string; limits: Limit[] | undefined } }

/** A person of the tests: a fixture's name, and what a row must be to be theirs. */
export type Actor = { name: string; role: string | undefined; limit: Limit | undefined }

/** Returns `name=value`, or `**{"class": value}` where the name is a word of Python's. */
export const argument = (name: string, value: string): string =>
  identifier(name) === name ? `${name}=${value}` : `**{${JSON.stringify(name)}: ${value}}`

/** Returns the arguments without those that others of the same name replace. */
export const without = (argumentTexts: readonly string[], replaced: readonly string[]): string[] => {
  const names = new Set(replaced.map(nameIn))
  return argumentTexts.filter((text) => !names.has(nameIn(text)))
}

const nameIn = (text: string): string => text.slice(0, text.search(/[=:]/))

/** What limits a role in an operation, one of which will do; undefined for no limit, `false` where the role may not do it. */
export const limitsOf = (
  byAddress: ReadonlyMap<string, Surface>,
  surface: Surface,
  operation: Operation,
  role: string,
): Limit[] | undefined | false => {
  const scopes = scopesOf(operation, role)
  if (scopes.length === 0) return false
  if (scopes.includes(undefined)) return undefined
  const limits = new Map<string, Limit>()
  for (const scope of scopes) {
    // What names nobody names nobody who is not signed in.
    if (role === ANYONE && scope !== 'parent') continue
    const limit =
      scope === 'parent'
        ? underParent(byAddress, surface, role)
        : { field: scope === 'own' ? surface.rpc.owner! : scope! }
    if (limit) limits.set(limit.field, limit)
    // Who sees every parent sees every row that has one.
    if (limit?.parent && !limit.parent.limits && !surface.model.fields[limit.field]?.optional) return undefined
  }
  return limits.size > 0 && [...limits.values()]
}

/** The scopes of a role's grants, and of those of whoever calls. */
export const scopesOf = ({ grants }: Operation, role: string): (string | undefined)[] => [
  ...(grants.get(role) ?? []),
  ...(role === ANYONE ? [] : (grants.get(ANYONE) ?? [])),
]

const underParent = (byAddress: ReadonlyMap<string, Surface>, surface: Surface, role: string): Limit | undefined => {
  const found = surface.parents.find(({ field }) => field === surface.rpc.parent)
  const target = found && byAddress.get(found.target)
  const read = target?.operations.get('read')
  const limits = target && read && (read.access === 'public' ? undefined : limitsOf(byAddress, target, read, role))
  if (!found || !target || !read || limits === false) return undefined
  return { field: found.field, parent: { modelName: target.modelName, limits } }
}

/** What a row says in a limit's field to be somebody's. */
export const valueFor = (limit: Limit, person: string): string =>
  limit.parent
    ? `${makeFor(limit.parent.modelName, { name: person, role: undefined, limit: limit.parent.limits?.[0] })}["id"]`
    : `${person}.id`

/** Returns `make_pet(world, owner_id=as_owner.id)`: a stored row that the actor may touch with the operation. */
export const makeFor = (modelName: string, actor: Actor | undefined, extra: string[] = []): string => {
  const mine = actor?.limit ? [argument(actor.limit.field, valueFor(actor.limit, actor.name))] : []
  return `make_${toSnake(modelName)}(${['world', ...without(mine, extra), ...extra].join(', ')})`
}

/** Returns a stored row that is within none of the limits for anybody but `other`. */
export const makeBeyond = (modelName: string, limits: readonly Limit[], other: string): string => {
  const values = limits.flatMap(({ field, parent }) => {
    if (!parent) return [argument(field, `${other}.id`)]
    return parent.limits ? [argument(field, `${makeBeyond(parent.modelName, parent.limits, other)}["id"]`)] : []
  })
  return `make_${toSnake(modelName)}(${['world', ...values].join(', ')})`
}

/** Whether what is within the limits differs from person to person. */
export const isPersonal = (limits: readonly Limit[]): boolean =>
  limits.every(({ parent }) => !parent || (parent.limits !== undefined && isPersonal(parent.limits)))
