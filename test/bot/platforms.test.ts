import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { planChange, planSystem } from '../../pipeline/blueprint/planner/plan.ts'
import { startTestBot } from './support/bot.ts'
import { type Member, platforms, type Workspace } from './support/workspace.ts'

/** The whole story in a workspace, with a stand-in for what builds and runs systems. */
describe.each(platforms)('a team on $name', ({ open }) => {
  let workspace: Workspace
  let bot: Awaited<ReturnType<typeof startTestBot>>
  let ada: Member
  let grace: Member
  beforeAll(async () => {
    workspace = await open()
    bot = await startTestBot({ web: true, env: workspace.env, planner: { planSystem, planChange } })
    workspace.reach(bot.invite())
    ada = workspace.join('Ada', { admin: true })
    grace = workspace.join('Grace')
  })
  afterAll(async () => {
    await bot.stop()
    await workspace.close()
  })
  const shows = (text: string | RegExp) =>
    expect
      .poll(workspace.transcript, { timeout: 20_000, interval: 50 })
      [typeof text === 'string' ? 'toContain' : 'toMatch'](text as string & RegExp)

  it('goes from a mention to a blueprint, over another person’s approval to an address', async () => {
    await ada.mentions('Build me a todo API with user authentication')
    await shows('Approve')
    await ada.presses('Request changes', 'Todos have a priority')
    await shows(/priority/i)
    await grace.presses('Approve')
    await shows('is running')
    expect(workspace.transcript()).toContain('http://')
    expect(workspace.transcript()).toMatch(/approved by Grace/i)
  })

  it('follows up in the thread without a mention, changes and rolls back', async () => {
    await grace.says('add a due date to todos')
    await shows(/due date/i)
    await ada.presses('Approve')
    await shows('Roll back')
    await ada.presses('Roll back')
    await shows(/rolled back|runs build 1|is back/i)
  })

  it('hands over, and tells a second press privately that it came too late', async () => {
    await ada.says('hand over todo to Grace')
    await shows('Grace looks after')
    await grace.says('add a color to todos')
    await shows(/color/i)
    await Promise.all([ada.presses('Approve'), grace.presses('Approve')])
    await expect
      .poll(() => `${ada.whispers()}\n${grace.whispers()}`, { timeout: 10_000 })
      .toContain('was approved already')
  })

  it('sends nothing that the platform refuses', () => {
    expect(workspace.refused()).toEqual([])
  })
})
