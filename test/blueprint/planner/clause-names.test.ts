import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { isClauseField, isClauseThing } from '../../../pipeline/blueprint/planner/language/clause-names.ts'
import { planSystem } from '../../../pipeline/blueprint/planner/plan.ts'

/** What fields and things of requests are called that people have written. */
const namesIn = (file: string): string[] =>
  readFileSync(`test/fixtures/names/${file}.txt`, 'utf8').split('\n').filter(Boolean)

describe('names and pieces of sentences', () => {
  it('lets every name of a field pass', () => {
    expect(namesIn('fields').filter((name) => isClauseField(name))).toEqual([])
  })
  it('lets every name of a thing pass', () => {
    expect(namesIn('things').filter((name) => isClauseThing(name))).toEqual([])
  })
  it.each([
    'mechanic_diagnoses_bike',
    'quotes_price',
    'reception_checks_them_in',
    'gives_key',
    'vet_examines_pet',
    'we_write_down_pet',
    'writes_diagnosis',
    'prescribes_medicine',
    'assign_them_to_authors',
    'pay_fee',
    'euros_per_month',
    'cents_per_kilometre',
    'customer_accepts_offer',
    'owner_decides_it',
    'tells_us_about_allergies',
    'price_are_public',
    'than_half_of_votes',
    'leave_note',
    'while',
    'order_per_child',
    'at_end_it_is_done',
    'menu_made_of_several_dishes',
    'can_delete_anything',
    'tags_like_vegan',
    'staff_compare',
    'maids_report_it',
    'go_up_one',
    'not_paid_by_due',
    'most_votes_wins',
    'becomes_next_screening',
    'either_accept_or_decline_claim',
    'one_at',
    'note_before_it_is_diagnosed',
  ])('knows that no field is called %s', (name) => {
    expect(isClauseField(name)).toBe(true)
  })
  it.each([
    'overdue_book',
    'open_position',
    'ten_most_popular_idea',
    'most_popular_idea',
    'three_meal',
    'editor_read',
    'member_choose',
    'ask',
    'unpaid_invoice',
    'staff_enter_found_item',
    'last_day',
    'lesson_held',
    'kitchen_puts_up',
    'see',
  ])('knows that no thing is called %s', (name) => {
    expect(isClauseThing(name)).toBe(true)
  })
  it.each(['price_per_person', 'room_they_hang_in', 'time_it_was_seen_at', 'special_needs', 'it_asset', 'all_day'])(
    'leaves %s alone, which people do call a field',
    (name) => {
      expect(isClauseField(name)).toBe(false)
    },
  )
  it('names a whole sentence of which a piece was taken for a field', () => {
    const plan = planSystem('School lunches. Parents have a name. Children have a class. One order per child and meal.')
    expect(plan).toMatchObject({ kind: 'draft', notCarried: [expect.stringContaining('One order per child and meal')] })
    expect(plan.kind === 'draft' && Object.keys(plan.architecture.models.Child!.fields)).not.toContain('meal')
  })
  it('leaves a thing that is called after a state where there is no other', () => {
    expect(isClauseThing('open_position', () => false)).toBe(false)
  })
  it('lets yes or no be called after a deed', () => {
    expect(isClauseField('accepts_dogs', 'bool')).toBe(false)
  })
  it('names the pieces in the words in which they were said', () => {
    const plan = planSystem(
      'A clinic keeps appointments with a day. A vet examines the pet, writes a diagnosis and prescribes medicine.',
    )
    const lines = plan.kind === 'draft' ? plan.notCarried.join('\n') : ''
    for (const words of ['vet examines the pet', 'writes a diagnosis', 'prescribes medicine'])
      expect(lines).toContain(words)
    expect(JSON.stringify(plan.kind === 'draft' && plan.architecture.models)).not.toMatch(/examines|writes|prescribes/)
  })
})
