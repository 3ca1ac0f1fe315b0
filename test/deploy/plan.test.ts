import { expect, test } from 'vitest'
import { type Present, planApply, planStart } from '../../deploy/local/plan.ts'
import type { Release } from '../../deploy/target.ts'

const release: Release = {
  system: 'todo',
  name: 'todo',
  digest: `sha256:${'a'.repeat(64)}`,
  folder: '/releases/aaaa',
  engine: 'sqlite',
  accounts: true,
}
const nothing: Present = { serves: 'nothing', hasData: false, port: undefined, host: '127.0.0.1' }
const actions = (steps: { action: string }[]): string => steps.map((step) => step.action).join(' ')

test('plans the whole way when nothing serves yet', () => {
  expect(planApply(release, nothing)).toEqual([
    { action: 'prepare', title: 'Preparing its folder and its secrets', accounts: true },
    { action: 'listen', title: 'Opening its address', host: '127.0.0.1', port: undefined },
    { action: 'start', title: 'Starting the release', release: release.digest },
    { action: 'migrate', title: 'Bringing its database up to date' },
    { action: 'probe', title: 'Waiting until it is healthy', path: '/readyz' },
    { action: 'switch', title: 'Switching to it' },
    { action: 'verify', title: 'Asking its address' },
    { action: 'finish', title: 'Noting where it runs' },
  ])
})

test('keeps a copy of the data before the migration when there is data in a file', () => {
  const steps = planApply(release, { ...nothing, serves: 'another', hasData: true, port: 8100 })
  expect(actions(steps)).toBe('prepare listen backup start migrate probe switch verify finish')
})

test('makes a database when the engine is PostgreSQL', () => {
  expect(actions(planApply({ ...release, engine: 'postgres' }, nothing))).toBe(
    'prepare database listen start migrate probe switch verify finish',
  )
})

test('only makes sure when the release serves already', () => {
  expect(actions(planApply(release, { ...nothing, serves: 'this', port: 8100 }))).toBe('verify note')
})

test('does not migrate when a system is started or restarted', () => {
  expect(actions(planStart(release, nothing))).toBe('listen start probe switch verify finish')
})
