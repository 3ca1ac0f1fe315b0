/** What limits a role to some of the rows, and rows within and beyond it. */
import { ANYONE, conditionOf, toSnake } from '../blueprint/names.ts'
import type { Operation } from '../blueprint/operations.ts'
import { argument, nameIn, without } from './tests-arguments.ts'
import type { Surface } from './tests-cast.ts'
import type { Fit } from './tests-fits.ts'

export { argument, without } from './tests-arguments.ts'

/**
 * A row must name its person in the field; or the field refers to a parent that its person sees, `limits` being theirs
 * there; or a condition must be true of it, which `field` names then.
 */
export type Limit = {
  field: string
  parent?: { modelName: string; limits: Limit[] | undefined }
  fit?: Fit
  /** Whether the tests know no row that is within: then it only counts for rows that are beyond. */
  unknown?: boolean
}

/** A person of the tests: a fixture's name, and what a row must be to be theirs. */
export type Actor = { name: string; role: string | undefined; limit: Limit | undefined }

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
    const condition = conditionOf(scope)
    if (role === ANYONE && scope !== 'parent' && !condition) continue
    const limit = condition
      ? fitting(surface, operation.op, condition, role)
      : scope === 'parent'
        ? underParent(byAddress, surface, role)
        : { field: scope === 'own' ? surface.rpc.owner! : scope! }
    if (limit) limits.set(limit.field, limit)
    // Who sees every parent sees every row that has one.
    if (limit?.parent && !limit.parent.limits && !surface.model.fields[limit.field]?.optional) return undefined
  }
  // The plainest first: it is what most tests take.
  const found = [...limits.values()].sort((a, b) => rank(a) - rank(b))
  return found.some(({ unknown }) => !unknown) && found
}

const rank = ({ fit, unknown }: Limit): number => (unknown ? 2 : fit ? 1 : 0)

const fitting = (surface: Surface, op: string, condition: string, role: string): Limit => {
  const fit = surface.fits.get(condition)![role === ANYONE ? 'nobody' : 'somebody']
  const known =
    op === 'create' ? fit.body : fit.stored && !(op === 'delete' && fit.held) && !(op === 'list' && fit.crowded)
  return { field: `condition${fit.number > 1 ? `_${fit.number}` : ''}`, fit, ...(known ? {} : { unknown: true }) }
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
  const { fit } = actor?.limit ?? {}
  if (actor && fit?.stored) return `${fit.stored}(${['world', actor.name, ...extra].join(', ')})`
  const mine = actor?.limit && !fit ? [argument(actor.limit.field, valueFor(actor.limit, actor.name))] : []
  return `make_${toSnake(modelName)}(${['world', ...without(mine, extra), ...extra].join(', ')})`
}

/** Returns a stored row that is within none of the limits for anybody but `other`; undefined where none is known. */
export const makeBeyond = (
  modelName: string,
  limits: readonly Limit[],
  person: string,
  other: string,
): string | undefined => {
  const values = new Map<string, string>()
  for (const { field, parent, fit } of limits) {
    const above = parent?.limits && makeBeyond(parent.modelName, parent.limits, person, other)
    if (parent?.limits && !above) return undefined
    const wanted = fit
      ? fit.beyond?.(person)
      : parent
        ? above
          ? [argument(field, `${above}["id"]`)]
          : []
        : [argument(field, `${other}.id`)]
    if (!wanted) return undefined
    for (const text of wanted) {
      const known = values.get(nameIn(text))
      if (known !== undefined && known !== text) return undefined
      values.set(nameIn(text), text)
    }
  }
  return `make_${toSnake(modelName)}(${['world', ...values.values()].join(', ')})`
}

/** Whether what is within the limits differs from person to person. */
export const isPersonal = (limits: readonly Limit[]): boolean =>
  limits.every(({ parent, fit }) =>
    fit ? fit.personal : !parent || (parent.limits !== undefined && isPersonal(parent.limits)),
  )
