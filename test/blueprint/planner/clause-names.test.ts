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
  ])('knows that no thing is called %s', (name) => {
    expect(isClauseThing(name)).toBe(true)
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
