import type { Operation } from '../lexicon/verbs.ts'
import type { Permission, Scope } from './sketch.ts'

/** Who may do what with one thing, while it is weighed: role -> operation -> scopes; `all` swallows the others. */
export type Table = {
  add: (who: string, ops: readonly Operation[], scope: Scope) => void
  forbid: (who: string, op: Operation) => void
  drop: (who: string, op: Operation) => void
  /** Makes a right without limit one over one's own rows. */
  narrow: (who: string, op: Operation) => void
  forbidden: (who: string, op: Operation) => boolean
  scope: (who: string, op: Operation) => Scope | undefined
  has: (op: Operation) => boolean
  who: (op: Operation) => string[]
  whoScoped: (scope: Scope) => string[]
  any: (scope: Scope) => boolean
  /** Everybody, or everybody who is signed in, may read everything. */
  openRead: () => boolean
  /** The rights; what is everybody's and forbidden to one role is written out for the others of `roles`. */
  list: (roles?: readonly string[]) => Permission[]
}

export const createTable = (): Table => {
  const cells = new Map<string, Map<Operation, Set<Scope>>>()
  const forbids = new Set<string>()
  const scopesOf = (who: string, op: Operation): Set<Scope> => cells.get(who)?.get(op) ?? new Set()
  const table: Table = {
    add: (who, ops, scope) => {
      const row = cells.get(who) ?? new Map<Operation, Set<Scope>>()
      cells.set(who, row)
      for (const op of ops) {
        const scopes = row.get(op) ?? new Set<Scope>()
        row.set(op, scope === 'all' ? new Set(['all']) : scopes.has('all') ? scopes : scopes.add(scope))
      }
    },
    forbid: (who, op) => {
      forbids.add(`${who}:${op}`)
      cells.get(who)?.delete(op)
    },
    drop: (who, op) => void cells.get(who)?.delete(op),
    narrow: (who, op) => void cells.get(who)?.set(op, new Set(['own'])),
    forbidden: (who, op) => forbids.has(`${who}:${op}`),
    scope: (who, op) => [...scopesOf(who, op)][0],
    has: (op) => [...cells.values()].some((row) => (row.get(op)?.size ?? 0) > 0),
    who: (op) => [...cells].filter(([, row]) => (row.get(op)?.size ?? 0) > 0).map(([who]) => who),
    whoScoped: (scope) =>
      [...cells].filter(([, row]) => [...row.values()].some((scopes) => scopes.has(scope))).map(([who]) => who),
    any: (scope) => table.whoScoped(scope).length > 0,
    openRead: () => ['@public', '@signed'].some((who) => scopesOf(who, 'read').has('all')),
    list: (roles = []) => {
      for (const op of [...(cells.get('@signed')?.keys() ?? [])]) {
        if (!roles.some((role) => forbids.has(`${role}:${op}`))) continue
        for (const role of roles)
          if (!forbids.has(`${role}:${op}`)) for (const scope of scopesOf('@signed', op)) table.add(role, [op], scope)
        cells.get('@signed')?.delete(op)
      }
      return [...cells].flatMap(([who, row]) => {
        const byScope = new Map<Scope, Operation[]>()
        for (const [op, scopes] of row)
          for (const scope of scopes) byScope.set(scope, [...(byScope.get(scope) ?? []), op])
        return [...byScope].map(([scope, ops]) => ({ who, ops, scope }))
      })
    },
  }
  return table
}
