import { describe, expect, it } from 'vitest'
import { checkBlueprint } from '../../../pipeline/blueprint/check.ts'
import { planChange, planSystem } from '../../../pipeline/blueprint/planner/plan.ts'
import type { PlanResult } from '../../../pipeline/blueprint/planner/result.ts'
import type { Architecture } from '../../../schemas/generated/architecture.ts'
import { linesOf } from './behaviour-lines.ts'

const draftOf = (result: PlanResult): Architecture => {
  if (result.kind !== 'draft') throw new Error(`a ${result.kind}`)
  return result.architecture
}
const shop = draftOf(
  planSystem(
    'A print shop: customers sign up and place print jobs with a title and a number of copies. Jobs go from quoted to printed to collected. When a job is printed, the front desk is told. When a job is collected, the customer is told. When a job is placed, the front desk is told. Staff is told when the number of copies changes.',
  ),
)
const toldOf = (architecture: Architecture): string[] =>
  linesOf(architecture).flatMap((line) => (/create Notification/.test(line) ? [line.split(' do ')[0]!] : []))
const printed = 'PrintJob status: print quoted -> printed'
const collected = 'PrintJob status: collect printed -> collected'

describe('a notification that is to go', () => {
  it('is there at first', () => {
    expect(toldOf(shop)).toEqual([printed, collected, 'PrintJob on create', 'PrintJob on update'])
  })

  it.each([
    ['stop telling the front desk when a job is printed', printed],
    ['remove the notification when a job is collected', collected],
    ['the customer is no longer told when a job is collected', collected],
    ['turn off the collected notification', collected],
    ['no more emails to the customer', collected],
    ['do not notify the front desk any more when a job is placed', 'PrintJob on create'],
    ['remove all notifications about copies', 'PrintJob on update'],
    ['remove the rule that staff is told when the copies change', 'PrintJob on update'],
  ])('goes by its words: %s', (said, gone) => {
    const plan = planChange(said, shop)
    const left = draftOf(plan)
    expect(toldOf(left)).toEqual(toldOf(shop).filter((line) => line !== gone))
    expect(checkBlueprint(left)).toEqual([])
    expect(plan).toMatchObject({ notCarried: [], architecture: { system: { version: '1.1.0' } } })
  })

  it('goes with all the others where none is named, and people keep those that they have', () => {
    const left = draftOf(planChange('remove notifications', shop))
    expect(toldOf(left)).toEqual([])
    expect(checkBlueprint(left)).toEqual([])
    expect(Object.keys(left.models)).toContain('Notification')
  })

  it('is asked for where several fit', () => {
    const asked = planChange('stop telling the front desk', shop)
    expect(asked).toMatchObject({
      kind: 'question',
      questions: [
        {
          text: 'Who shall no longer be told?',
          choices: [
            { label: 'Front desks are told “A print job was printed”.' },
            { label: 'Front desks are told “A print job is new”.' },
          ],
        },
      ],
    })
    const left = draftOf(planChange('stop telling the front desk', shop, { remove_rule: 'rule_2' }))
    expect(toldOf(left)).toEqual([printed, collected, 'PrintJob on update'])
  })

  it('is none where nobody is told of it: what is told is named', () => {
    expect(planChange('stop telling the mayor when pigs fly', shop)).toMatchObject({
      kind: 'refusal',
      text: 'Nobody is told of “the mayor when pigs fly” in this system.',
      help: 'This is told: Front desks are told “A print job was printed”. Whoever made the print job is told “A print job was collected”. Front desks are told “A print job is new”. Staff are told “A print job has another number of copies”.',
    })
  })

  it('is not what must never be told', () => {
    expect(planChange('never tell customers who printed it', shop).kind).toBe('refusal')
  })
})
