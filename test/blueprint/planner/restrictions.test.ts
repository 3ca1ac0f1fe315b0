import { describe, expect, it } from 'vitest'
import { planChange, planSystem } from '../../../pipeline/blueprint/planner/plan.ts'

const start = (said: string) => {
  const plan = planSystem(said)
  if (plan.kind !== 'draft') throw new Error(plan.kind)
  return plan.architecture
}

describe('a restriction that was not understood', () => {
  const tools = start('A tool library. Tools have a name. Members sign up and borrow tools. Volunteers manage tools.')
  it.each([
    'members cannot frobnicate tools',
    'only volunteers may juggle',
    'nobody may whistle',
    'tools never leave the house except on Sundays',
  ])('is never said to hold already: %s', (said) => {
    const plan = planChange(said, tools)
    expect(plan.kind).toBe('refusal')
    if (plan.kind !== 'refusal') return
    expect(plan.text).toContain('Not understood')
    expect(plan.text).not.toContain('nothing to change')
  })
  it('is named beside what was built', () => {
    const plan = planChange('Tools have a weight in kg. Members cannot frobnicate tools.', tools)
    expect(plan.kind).toBe('draft')
    if (plan.kind !== 'draft') return
    expect(plan.architecture.models.Tool?.fields).toHaveProperty('weight_kg')
    expect(plan.notCarried.join('\n')).toContain('frobnicate')
  })
})

describe('a restriction that holds already', () => {
  it('needs no change', () => {
    const plan = planChange(
      'members cannot delete tools',
      start('A tool library. Tools have a name. Members sign up and borrow tools. Librarians manage tools.'),
    )
    expect(plan).toMatchObject({ kind: 'refusal', text: expect.stringContaining('nothing to change') })
  })
})
