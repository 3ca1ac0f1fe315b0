import { describe, expect, it } from 'vitest'
import { planChange, planSystem } from '../../../pipeline/blueprint/planner/plan.ts'
import type { PlanResult } from '../../../pipeline/blueprint/planner/result.ts'
import type { Architecture } from '../../../schemas/generated/architecture.ts'

const draftOf = (result: PlanResult): Architecture => {
  if (result.kind !== 'draft') throw new Error(`a ${result.kind}`)
  return result.architecture
}
const marina = draftOf(
  planSystem(
    'A marina. Guests book berths with an arrival date and a departure date. Berths have a name. Two bookings of the same berth must not overlap. Guests can cancel a booking until 2 days before arrival. No login.',
  ),
)

describe('a rule that is to go', () => {
  it('is asked for where none is named, and goes by the answer', () => {
    const asked = planChange('remove the rule', marina)
    expect(asked).toMatchObject({ kind: 'question', questions: [{ id: 'remove_rule', text: 'Which rule shall go?' }] })
    const { models } = draftOf(planChange('remove the rule', marina, { remove_rule: 'rule_2' }))
    expect(models.Booking!.rules).toMatchObject([{ name: 'end_after_start' }])
  })

  it('is none where nothing fits: those that there are are named', () => {
    const result = planChange('remove the rule that pigs fly', marina)
    expect(result).toMatchObject({
      kind: 'refusal',
      text: 'There is no rule “pigs fly” in this system.',
      help: 'Its rules are: The departure date must be after the arrival date. Two bookings of the same berth cannot overlap. Guests can cancel a booking until 2 days before arrival. A booking is moved to another day only while it can still be called off.',
    })
  })

  it('is a change that old programs do not notice, told in one line', () => {
    const result = planChange('remove the cancel rule', marina)
    expect(result).toMatchObject({
      understood: ['No longer a rule: Guests can cancel a booking until 2 days before arrival.'],
      notCarried: [],
      architecture: { system: { version: '1.1.0' } },
    })
    // Nor is a booking kept any more from being moved when it is too late to cancel it.
    expect(JSON.stringify(result)).not.toContain('only while it can still be called off')
  })
})
