/** Systems whose rules refuse what the tests that every system carries would do without a second thought. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { planSystem } from '../../pipeline/blueprint/planner/plan.ts'
import { blueprintOf, failedChecks } from './build.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'autocoder-refused-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test.each([
  [
    'a second row like the first',
    'A gym. Members sign up and book classes. Classes have a title, a start and an end. Trainers manage classes. A member cannot book two classes at the same time.',
  ],
  [
    'more rows of one person than a limit of all leaves',
    'Our sauna club has sessions with a date, a start time and 12 places. Members book a session. Each session takes 12 members and not more. Members may book at most two sessions a week.',
  ],
  [
    'that a row goes while others refer to it',
    'Drivers offer rides with a route and a departure time. Users can join rides. A ride cannot be deleted once somebody has joined.',
  ],
  [
    'a row of the usual values as the parent',
    'Cars have a plate and a battery level. Users sign up and reserve a car from a time to a time. A car with less than 20 percent battery cannot be reserved.',
  ],
  [
    'two people of one name',
    'Players register with a username (unique). Scores have points. Players submit their own scores.',
  ],
])('builds where a rule refuses %s', { timeout: 300_000 }, async (what, request) => {
  const plan = planSystem(request)
  if (plan.kind !== 'draft') throw new Error(`no draft: ${request}`)
  expect(await failedChecks(join(folder, what.replaceAll(' ', '-')), blueprintOf(plan.architecture))).toEqual([])
})

test('builds where the history of a row tells of a file', { timeout: 300_000 }, async () => {
  const request =
    'Employees file claims with a purpose and a receipt image of up to 5 MB. A claim goes draft, submitted, then paid. Finance pays claims.'
  const plan = planSystem(request)
  if (plan.kind !== 'draft') throw new Error(`no draft: ${request}`)
  expect(plan.architecture.models.Claim).toMatchObject({ history: true, fields: { receipt_image: { type: 'file' } } })
  expect(await failedChecks(join(folder, 'history-of-a-file'), blueprintOf(plan.architecture))).toEqual([])
})
