import { allOperations } from '../lexicon/verbs.ts'
import type { Permission, Sketch } from '../resolve/sketch.ts'
import type { Names } from './thing.ts'

/** Returns role -> grants, in the order: who signs up, who is granted, admin. `@signed` is written out for each role. */
export const toGrants = (sketch: Sketch, namesOfKey: (key: string) => Names): { [role: string]: string[] } => {
  const roles: { [role: string]: string[] } = {}
  const others = [...sketch.signUpRoles, ...sketch.grantedRoles]
  for (const role of others) {
    const grants: string[] = []
    for (const one of sketch.userPermissions) if (one.who === role) grants.push(...write('accounts.users', one))
    for (const key of sketch.things.keys()) {
      const endpoint = `${namesOfKey(key).component}.api`
      const permissions = (sketch.permissions.get(key) ?? []).filter(
        (one) => one.who === role || one.who === '@signed' || one.who === '@public',
      )
      const wide = new Set(permissions.filter((one) => one.scope === 'all').flatMap((one) => one.ops))
      for (const one of merge(permissions)) {
        const ops = one.scope === 'all' ? one.ops : one.ops.filter((op) => !wide.has(op))
        if (ops.length > 0) grants.push(...write(endpoint, { ...one, ops }))
      }
    }
    roles[role] = [...new Set(grants)]
  }
  roles.admin = [
    'accounts.users:*',
    ...[...sketch.things.keys()].flatMap((key) => adminGrants(sketch, key, `${namesOfKey(key).component}.api`)),
  ]
  return roles
}

/** An administrator may do everything, or, with what not even they may touch, what any person may with their own. */
const adminGrants = (sketch: Sketch, key: string, endpoint: string): string[] => {
  const barred = sketch.barred.get(key) ?? []
  const free = allOperations.filter((op) => !barred.includes(op))
  const asPerson = (sketch.permissions.get(key) ?? [])
    .filter((one) => (one.who === '@signed' || sketch.signUpRoles.includes(one.who)) && one.scope === 'own')
    .map((one) => ({ ...one, ops: one.ops.filter((op) => barred.includes(op)) }))
  return [{ who: 'admin', ops: free, scope: 'all' as const }, ...merge(asPerson)].flatMap((one) =>
    one.ops.length > 0 ? write(endpoint, one) : [],
  )
}

const merge = (permissions: readonly Permission[]): Permission[] => {
  const scopes = [...new Set(permissions.map((one) => one.scope))]
  return scopes.map((scope) => {
    const ops = new Set(permissions.filter((one) => one.scope === scope).flatMap((one) => one.ops))
    return { who: '', scope, ops: allOperations.filter((op) => ops.has(op)) }
  })
}

const write = (endpoint: string, { ops, scope }: Permission): string[] => {
  const suffix = scope === 'all' ? '' : scope === 'own' ? '@own' : scope
  return ops.length === allOperations.length
    ? [`${endpoint}:*${suffix}`]
    : ops.map((op) => `${endpoint}:${op}${suffix}`)
}
