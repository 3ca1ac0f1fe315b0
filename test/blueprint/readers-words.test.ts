import { expect, it } from 'vitest'
import { rulesInWords } from '../../pipeline/blueprint/behaviour-words.ts'
import { diffArchitecture } from '../../pipeline/blueprint/diff.ts'
import { fixture } from './fixtures.ts'

it('says who sees what only some may see', () => {
  expect(rulesInWords(fixture('staff')).slice(0, 5)).toEqual([
    'Only HR, administrators and the person themselves see the phone of a user.',
    'Only HR and administrators see the budget of a department.',
    'Only HR and administrators see the salary of an employee.',
    'Only HR, administrators and the owner see the rating of an employee.',
    'Only administrators and the mentor see the from of an employee.',
  ])
})

it('says what a revision hides and what it shows', () => {
  const before = fixture('staff')
  const after = fixture('staff')
  const { salary, rating, name, from } = after.models.Employee!.fields
  delete salary!.readers
  rating!.readers = ['hr', '@own', 'member']
  from!.readers = ['hr']
  name!.optional = true
  name!.readers = ['hr']
  const changes = diffArchitecture(before, after).map(({ text, risk }) => `${risk}: ${text}`)
  expect(changes).toEqual([
    'hides-data: shows name of employees only to HR and administrators',
    'shows-more: shows salary of employees to whoever sees the row',
    'shows-more: shows rating of employees only to HR, members, administrators and the owner',
    'shows-more: shows from of employees only to HR and administrators',
    'none: makes name of employees optional',
  ])
})
