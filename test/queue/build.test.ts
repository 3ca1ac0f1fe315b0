import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as buildEvents from '../../queue/store/build-events.ts'
import * as evidence from '../../queue/store/evidence.ts'
import * as systems from '../../queue/store/systems.ts'
import { COLUMNS, type Column, openRig, type Rig } from './support/columns.ts'
import { deploymentsIn } from './support/pipeline.ts'
import { build, converse, draft } from './support/story.ts'

describe.each(COLUMNS)('a build ($name)', ({ start }) => {
  let column: Column
  let rig: Rig
  beforeAll(async () => {
    column = await start()
  })
  afterAll(() => column.stop())
  beforeEach(async () => {
    rig = await openRig(await column.place())
    await rig.work()
  })
  afterEach(() => rig.close())

  it('goes from a wish to a running system', async () => {
    const conversationId = await converse(rig)
    const made = await build(rig, conversationId, 'Todo with users')
    expect(made).toMatchObject({ status: 'succeeded', number: 1, stage: 'deploy', commit: 'commit-1', error: null })
    const system = await systems.get(rig.store.db, made.systemId)
    expect(system).toMatchObject({ slug: 'todo', status: 'running', url: made.url, buildId: made.id })
    expect((await evidence.ofBuild(rig.store.db, made.id)).map((row) => row.check).sort()).toEqual(['lint', 'tests'])
    expect((await buildEvents.ofBuild(rig.store.db, made.id)).map((row) => row.step)).toEqual([
      'Writing files',
      'Checking',
    ])
    expect(deploymentsIn(rig.place.data)).toEqual([`${made.systemId} sha256:commit-1`])
  })

  it('asks, and goes on when it is answered', async () => {
    const conversationId = await converse(rig)
    expect(await draft(rig, conversationId, 'Shop ask')).toMatchObject({ status: 'question' })
  })
})
