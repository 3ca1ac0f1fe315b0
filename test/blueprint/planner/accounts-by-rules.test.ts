import { describe, expect, it } from 'vitest'
import { planSystem } from '../../../pipeline/blueprint/planner/plan.ts'

const assumedOf = (said: string): readonly string[] => {
  const plan = planSystem(said)
  if (plan.kind !== 'draft') throw new Error(`a ${plan.kind}`)
  return plan.assumptions
}
const open = expect.stringContaining('nybody who can reach the address')

describe('a system that has accounts because a rule needs them', () => {
  it('is not said to be open to all', () => {
    const defects = 'Defects have a title. They go from open to fixed.'
    expect(assumedOf(defects)).toContainEqual(open)
    expect(assumedOf(`${defects} When a defect is fixed, its reporter is told.`)).not.toContainEqual(open)
  })

  it('stays open where it was said that nobody signs in', () => {
    const said = 'Defects have a title. They go from open to fixed. No login. The reporter may reopen it.'
    expect(assumedOf(said)).toContainEqual(open)
  })
})
