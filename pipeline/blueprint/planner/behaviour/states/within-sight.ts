import { splitGrant } from '../../../names.ts'
import type { BehaviourDraft } from '../draft.ts'

/**
 * Keeps steps within what people see: whoever sees some rows takes no step of the others, whose ids they may know. Only where
 * nothing was said of whose steps they are.
 */
export const keepWithinSight = (draft: BehaviourDraft): void => {
  const { roles } = draft.architecture.policies
  for (const { endpoint, model } of draft.models()) {
    const steps = new Set(Object.keys(model.states?.transitions ?? {}))
    for (const [role, grants] of Object.entries(roles)) {
      const here = grants.map(splitGrant).filter((grant) => grant.endpoint === endpoint)
      const seen = grants.filter((line) => {
        const grant = splitGrant(line)
        return grant.endpoint === endpoint && grant.op === 'read'
      })
      const seesAll = here.some(({ op, scope }) => op === '*' || (op === 'read' && scope === undefined))
      if (seesAll || seen.length === 0) continue
      roles[role] = grants.flatMap((line) => {
        const grant = splitGrant(line)
        const isWide = grant.endpoint === endpoint && steps.has(grant.op) && grant.scope === undefined
        return isWide ? seen.map((one) => one.replace(':read', `:${grant.op}`)) : [line]
      })
    }
  }
}
