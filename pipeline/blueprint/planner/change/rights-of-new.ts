import type { Architecture } from '../../../../schemas/generated/architecture.ts'
import { keyModelOf, splitGrant } from '../../names.ts'
import { signUpRoles as signUpWords } from '../lexicon/people.ts'
import type { Fact } from '../read/facts.ts'
import { type AccessFact, aboutThings, rulesOf } from '../resolve/rights/access-fact.ts'
import { complete } from '../resolve/rights/complete.ts'
import { weigh } from '../resolve/rights/said.ts'
import { unsaid } from '../resolve/rights/unsaid.ts'
import type { Permission, Sketch, Thing } from '../resolve/sketch.ts'
import { addRole } from './accounts.ts'
import type { Draft } from './draft.ts'
import { allow } from './grants.ts'

/**
 * Returns who may do what with a thing that a change adds together with who makes it ("customers can submit complaints with a
 * text"), as it would be in a new system: each has their own. Undefined where that was not said, or goes by a parent.
 */
export const rightsOfNew = (
  architecture: Architecture,
  sketch: Sketch,
  thing: Thing,
  facts: readonly Fact[],
): Permission[] | undefined => {
  if (!sketch.accounts || thing.parent) return undefined
  const named = facts.flatMap((fact) => (fact.kind === 'access' ? fact.who : []))
  // Who is added by a change is made so by an administrator, and is no staff for that.
  const signUpRoles = [...new Set([...sketch.signUpRoles, ...[...sketch.grantedRoles, ...named].filter(isPeople)])]
  const people: Sketch = {
    ...sketch,
    signUpRoles,
    grantedRoles: sketch.grantedRoles.filter((role) => !isPeople(role)),
  }
  const rules = rulesOf(people, thing, aboutThings(people, facts))
  const makes = ({ ops }: AccessFact): boolean => ops.includes('create')
  // Of what nobody was named for, those look after it who look after other things.
  const staff = people.grantedRoles.filter((role) => looksAfter(architecture, role))
  if (rules.length === 0 && staff.length > 0) return unsaid(people, thing, { mine: false, shared: false, staff })
  if (!rules.some(makes) || rules.some(({ not, who }) => not || who.includes('everyone'))) return undefined
  return complete(people, thing, weigh(people, thing, rules), false)
}

/** Whether a role adds or changes all rows of something. */
const looksAfter = ({ policies }: Architecture, role: string): boolean =>
  (policies.roles[role] ?? []).some((line) => {
    const { op, scope } = splitGrant(line)
    return scope === undefined && /^(?:\*|create|update)$/.test(op)
  })

const isPeople = (role: string): boolean => signUpWords.has(role.split('_').at(-1)!)

/** Writes what each role may do at the port of a thing that was just added; an administrator may do everything. */
export const grantPermissions = (draft: Draft, endpoint: string, permissions: readonly Permission[]): void => {
  const { architecture } = draft
  for (const { who } of permissions) if (!who.startsWith('@')) addRole(draft, who)
  for (const role of Object.keys(architecture.policies.roles)) {
    if (role === 'admin') continue
    for (const { who, ops, scope } of permissions)
      if (who === role || (who === '@signed' && !keyModelOf(architecture, role)))
        allow(architecture, role, endpoint, ops, scope === 'all' ? '' : scope.replace(/^@/, ''))
  }
  allow(architecture, 'admin', endpoint, ['create', 'list', 'read', 'update', 'delete'], '')
}
