import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { rolesThatMay } from '../views/see.ts'

/** Rows of one person about another: `other` says in an expression who that is; `scope` is that as a grant. */
export type Two = { rows: Found; owner: string; other: string; scope: string }

/** Returns how a row says whom it is about, or undefined where it is no affair of two people who sign in. */
export const twoOf = (draft: BehaviourDraft, rows: Found): Two | undefined => {
  const account = draft.userModel()
  const owner = rows.api.owner
  if (!account || !owner) return undefined
  for (const [name, { type }] of Object.entries(rows.model.fields)) {
    if (name === owner) continue
    if (type === `ref(${account.name}.id)`) return { rows, owner, other: name, scope: name }
    const people = draft.models().find((one) => type === `ref(${one.name}.id)` && one.api.owner)
    if (people && rolesOfRows(draft, people).length > 0) {
      const other = `${name.replace(/_id$/, '')}.${people.api.owner}`
      return { rows, owner, other, scope: `where this.${other} == me.id` }
    }
  }
  return undefined
}

/** The roles that may make rows of a model, administrators aside. */
export const rolesOfRows = (draft: BehaviourDraft, model: Found): string[] =>
  rolesThatMay(draft, model, 'create').filter((role) => role !== 'admin')
