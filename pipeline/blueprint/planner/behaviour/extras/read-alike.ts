import { splitGrant } from '../../../names.ts'
import type { BehaviourDraft } from '../draft.ts'

/** The operation that reads a row by its slug. */
export const BY_SLUG = 'read_by_slug'

/**
 * Lets those read a row by its slug who may read it by its id, and as far: whatever was said of either, before or after. What
 * is found by a name of its own is no other right.
 */
export const readAlike = (draft: BehaviourDraft): void => {
  const { roles } = draft.architecture.policies
  for (const { api, endpoint } of draft.models()) {
    const shape = api.ops?.[BY_SLUG] as { public?: boolean } | undefined
    if (!shape) continue
    if (api.public?.includes('read')) shape.public = true
    else delete shape.public
    for (const [role, grants] of Object.entries(roles))
      roles[role] = grants.flatMap((line) => {
        const grant = splitGrant(line)
        if (grant.endpoint !== endpoint || (grant.op !== BY_SLUG && grant.op !== 'read')) return [line]
        return grant.op === 'read' ? [line, line.replace(':read', `:${BY_SLUG}`)] : []
      })
  }
}
