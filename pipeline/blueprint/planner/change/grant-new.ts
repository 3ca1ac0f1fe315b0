import { keyModelOf } from '../../names.ts'
import { allOperations, isReading } from '../lexicon/verbs.ts'
import type { Draft } from './draft.ts'
import { allow, rightsOf } from './grants.ts'
import { type Entry, entriesOf } from './view.ts'

/** Gives a model that was just added its rights: like its parent's, its own affairs for one person, else shared. */
export const grantNew = (draft: Pick<Draft, 'architecture'>, entry: Entry, owned: boolean): void => {
  const { architecture } = draft
  if (!architecture.policies.authn) return
  const endpoint = `${entry.component}.api`
  const people = Object.keys(architecture.policies.roles).filter(
    (role) => role !== 'admin' && !keyModelOf(architecture, role),
  )
  const parentModel = entry.api.parent
    ? /^ref\((\w+)\./.exec(entry.model.fields[entry.api.parent]?.type ?? '')?.[1]
    : undefined
  const parent = parentModel ? entriesOf(architecture).find((one) => one.name === parentModel) : undefined
  // Some see only their own parents and others all of them: then what hangs on a parent is for whoever sees it.
  const several =
    parent !== undefined &&
    people.some((role) => rightsOf(architecture, role, `${parent.component}.api`).get('read')?.has(''))
  for (const role of people) {
    if (parent) {
      const rights = rightsOf(architecture, role, `${parent.component}.api`)
      const below = several && rights.has('read') && !rights.get('read')!.has('') ? 'parent' : undefined
      for (const [op, scopes] of rights) {
        const mine = owned && (op === 'update' || op === 'delete')
        allow(architecture, role, endpoint, [op], scopes.has('') ? '' : mine ? 'own' : (below ?? (owned ? 'own' : '')))
      }
      if (!owned || !rights.has('read')) continue
      allow(architecture, role, endpoint, ['create'], below ?? 'own')
      allow(architecture, role, endpoint, ['update', 'delete'], 'own')
    } else allow(architecture, role, endpoint, allOperations, owned ? 'own' : '')
  }
  if (parent?.api.public?.length)
    entry.api.public = allOperations.filter((op) => parent.api.public!.includes(op) && isReading(op))
  if (entry.api.public?.length === 0) delete entry.api.public
  allow(architecture, 'admin', endpoint, allOperations, '')
}
