/** Systems with fields that only some may see, as people ask for them: with the tests that each carries of it. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { planChange, planSystem } from '../../pipeline/blueprint/planner/plan.ts'
import { blueprintOf, failedChecks } from './build.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'autocoder-seen-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test.each([
  [
    'an internal note, with a history and CSV',
    'internal_note',
    [
      'Customers sign up and open tickets with a subject and an internal note. Agents answer all tickets. Customers see their own tickets but not the internal note. Keep a history of all changes of tickets. Tickets can be exported as CSV.',
    ],
  ],
  [
    'a salary of a running system',
    'salary',
    [
      'Employees have a name and a salary. Managers add employees. All users see employees.',
      'Only HR may see the salary.',
    ],
  ],
  [
    'a comment that only its owner sees',
    'comment',
    [
      'Runners sign up and post runs with a distance and a comment. Everybody sees all runs, also without an account. Only the owner sees the comment.',
    ],
  ],
])('builds where some only see %s', { timeout: 300_000 }, async (what, field, [request, ...changes]) => {
  let plan = planSystem(request!)
  for (const [index, change] of [undefined, ...changes].entries()) {
    if (plan.kind !== 'draft') throw new Error(`no draft: ${JSON.stringify(plan)}`)
    if (change !== undefined) plan = planChange(change, plan.architecture)
    if (plan.kind !== 'draft') throw new Error(`no draft: ${JSON.stringify(plan)}`)
    expect(plan.notCarried).toEqual([])
    const blueprint = blueprintOf(plan.architecture)
    expect(await failedChecks(join(folder, what.replaceAll(/\W+/g, '-')), blueprint, index + 1)).toEqual([])
  }
  const fields = Object.values(plan.kind === 'draft' ? plan.architecture.models : {}).flatMap(({ fields }) =>
    Object.entries(fields).flatMap(([name, { readers }]) => (readers ? [name] : [])),
  )
  expect(fields).toEqual([field])
})
