import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { handlersOf, handlersYaml } from '../../pipeline/blueprint/handlers.ts'
import { operationsOf } from '../../pipeline/blueprint/operations.ts'
import { planSystem } from '../../pipeline/blueprint/planner/plan.ts'
import { fixture } from './fixtures.ts'

const shop = () => {
  const result = planSystem(
    'Customers sign up and create print jobs with a title and a number of pages. A print job goes quoted, approved, printed. Users can like print jobs. Show the number of print jobs per month. When a job is printed, the front desk is told.',
  )
  if (result.kind !== 'draft') throw new Error(JSON.stringify(result))
  return result.architecture
}

describe('handlersOf', () => {
  it('writes every operation out, in the words of handlers', () => {
    const architecture = shop()
    const handlers = handlersOf(architecture)
    expect(Object.keys(handlers)).toHaveLength(operationsOf(architecture).length)
    expect(handlers['POST /v1/print-jobs/{id}/print']).toMatchObject({
      find: { print_job: { model: 'PrintJob', id: 'id' } },
      require: [{ check: "this.status in ['approved']", status: 409 }],
      do: [{ set: { of: 'this', values: { status: "'printed'" } } }, { each: { model: 'User' } }],
    })
    expect(handlers['POST /v1/print-jobs']).toMatchObject({
      do: [{ create: { model: 'PrintJob', values: { title: 'input.title' } } }],
      answer: { row: 'print_job' },
    })
    expect(handlers['PUT /v1/print-jobs/{id}/like']).toMatchObject({
      do: [{ create: { values: { user_id: 'me.id' } } }],
    })
  })

  it('can be read back, and says who may', () => {
    const read = parse(handlersYaml(fixture('todo')))
    expect(read['GET /v1/todos']).toMatchObject({ who: 'user (own), admin', each: { model: 'Todo' } })
  })
})
