import { stringify } from 'yaml'
import { canonicalArchitecture } from '../../pipeline/blueprint/canonical.ts'
import { planSystem } from '../../pipeline/blueprint/planner/plan.ts'

/** Returns the architecture.yaml of what was said. Throws where a part of it is not carried. */
export const planned = (said: string): string => {
  const plan = planSystem(said)
  if (plan.kind !== 'draft' || plan.notCarried.length > 0) throw new Error(JSON.stringify(plan))
  return stringify(canonicalArchitecture(plan.architecture).value)
}
