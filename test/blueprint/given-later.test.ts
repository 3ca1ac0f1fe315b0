import { expect, it } from 'vitest'
import { givenLater } from '../../pipeline/blueprint/given-later.ts'
import type { Hook, Model } from '../../schemas/generated/architecture.ts'

const message = 'Not yet.'
const loan = (create: Hook): Model => ({
  concurrency: 'version',
  fields: {
    id: { type: 'uuid', key: true },
    tool: { type: 'string' },
    due_on: { type: 'date', optional: true },
    returned_on: { type: 'date', optional: true },
    flagged: { type: 'bool', default: false },
  },
  on: { create },
})

it('is what the system sets as a row is made, and what must be empty then', () => {
  const model = loan({
    require: [
      { check: 'this.returned_on == null', message },
      { check: '!this.flagged', message },
    ],
    do: [{ set: { of: 'this', values: { due_on: 'today() + days(14)' } } }],
  })
  expect([...givenLater(model)].toSorted()).toEqual(['due_on', 'flagged', 'returned_on'])
})

it('is nothing that may be sent', () => {
  const model = loan({
    require: [
      { check: 'this.returned_on == null || this.returned_on <= today()', message },
      { check: 'this.flagged || this.tool != "saw"', message },
    ],
    do: [{ set: { of: 'this', values: { due_on: 'today()' } }, when: 'this.due_on == null' }],
  })
  expect([...givenLater(model)]).toEqual([])
  // What every row needs is sent, whatever is made of it.
  expect([...givenLater(loan({ do: [{ set: { of: 'this', values: { tool: '"a saw"' } } }] }))]).toEqual([])
})
