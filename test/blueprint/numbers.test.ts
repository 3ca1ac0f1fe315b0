import { expect, it } from 'vitest'
import { describeArchitecture } from '../../pipeline/blueprint/describe.ts'
import { diffArchitecture } from '../../pipeline/blueprint/diff.ts'
import { numbersInWords, writtenNumber } from '../../pipeline/blueprint/numbers.ts'
import { lookOf } from '../../pipeline/blueprint/planner/behaviour/numbers/sample.ts'
import { readRunning } from '../../pipeline/blueprint/planner/behaviour/numbers/tail.ts'
import type { Field } from '../../schemas/generated/architecture.ts'
import { fixture } from './fixtures.ts'

const numbered = (numbers?: Field['numbers']): Field => ({
  type: numbers?.as ? 'string' : 'int',
  set: 'numbered',
  ...(numbers && { numbers }),
})

it.each<[string, Field, string]>([
  ['number', numbered(), 'Todos are numbered 1, 2, 3 … in the order in which they are made.'],
  [
    'todo_number',
    numbered({ from: 1000 }),
    'Todos are numbered 1000, 1001, 1002 … in the order in which they are made.',
  ],
  ['file_number', numbered(), 'Todos get a file number: 1, 2, 3 … in the order in which they are made.'],
  [
    'number',
    numbered({ as: 'T-{number:4}', per: ['owner_id'] }),
    'Todos are numbered T-0001, T-0002 … in the order in which they are made; they begin again for each person.',
  ],
  [
    'number',
    numbered({ as: '{year}-{number:3}' }),
    'Todos are numbered 2026-001, 2026-002 … in the order in which they are made; they begin again each year.',
  ],
  [
    'number',
    numbered({ as: '{year}/{month}/{number}', per: ['owner_id'] }),
    'Todos are numbered 2026/01/1, 2026/01/2 … in the order in which they are made; they begin again for each person and month.',
  ],
])('says how rows are numbered in %s', (name, field, words) => {
  const architecture = fixture('todo')
  architecture.models.Todo!.fields[name] = field
  expect(numbersInWords('Todo', architecture.models.Todo!, name)).toBe(words)
  const { rules, stores } = describeArchitecture(architecture)
  expect(rules).toContain(words)
  expect(stores.join('\n')).toContain('set by the system)')
})

it('tells what a change means for those who sent the number', () => {
  const before = fixture('todo')
  before.models.Todo!.fields.number = { type: 'int' }
  const after = structuredClone(before)
  after.models.Todo!.fields.number = numbered()
  expect(diffArchitecture(before, after).map(({ text, risk }) => [text, risk])).toEqual([
    ['has the system give number of todos; nobody sends it any more', 'breaks-clients'],
    [expect.stringContaining('Todos are numbered 1, 2, 3 …'), expect.anything()],
  ])
})

it('writes numbers with their year, month and zeros', () => {
  const at = new Date('2031-03-01T00:00:00Z')
  expect(writtenNumber('A{year}{month}-{number:4}/x', 42, at)).toBe('A203103-0042/x')
  expect(writtenNumber('{number:2}', 12345, at)).toBe('12345')
})

it.each([
  ['T-0001', { as: 'T-{number:4}' }],
  ['T-0042', { as: 'T-{number:4}' }],
  ['R-1000', { as: 'R-{number:4}', from: 1000 }],
  ['R1', { as: 'R{number}' }],
  ['2026-001', { as: '{year}-{number:3}' }],
  ['INV/2026/11/001', { as: 'INV/{year}/{month}/{number:3}' }],
  ['0001', { as: '{number:4}' }],
  ['1000', { from: 1000 }],
  ['4711', {}],
  ['1', {}],
  ['abc', undefined],
  ['T-1-x', undefined],
])('sees how numbers like %s are written', (sample, look) => {
  expect(lookOf(sample)).toEqual(look)
})

it.each([
  ['', { per: [] }],
  [' consecutively, without gaps', { per: [] }],
  [' from 100 for each customer', { per: ['customer'], from: 100 }],
  [' per cost center, starting at 7', { per: ['cost center'], from: 7 }],
  [' like T-0001, starting again each year', { per: ['year'], as: 'T-{number:4}' }],
  [' (1, 2, 3)', { per: [] }],
  [' and are paid within 14 days', undefined],
  [' by hand', undefined],
  [' so that the customer finds it', undefined],
])('reads how numbers run in “%s”', (tail, running) => {
  expect(readRunning(tail)).toEqual(running)
})
