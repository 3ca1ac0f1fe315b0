import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeOnEach } from './engines.ts'
import { planned } from './planned.ts'
import { type Caller, type Person, type System, startSystem } from './system.ts'

const pythonBin = join(import.meta.dirname, '../../.venv/bin')

describeOnEach('rows that are taken through transitions by what nobody asks for', (createDatabase) => {
  let system: System
  let admin: Caller
  let ann: Person

  beforeAll(async () => {
    system = await startSystem({
      yaml: planned(
        'Members send parcels with a tracking number. Parcels go from ordered to picked up to in transit to delivered. Staff can cancel parcels that are not delivered. Carriers send the status of a parcel by webhook. When a parcel is delivered, the member is told. When a parcel is cancelled, the member is told. Every Sunday parcels that are still ordered are cancelled.',
      ),
      database: await createDatabase(),
    })
    admin = await system.admin()
    ann = await system.person('ann')
  })
  afterAll(() => system?.stop())

  let made = 0
  const parcel = async (): Promise<{ id: string; tracking_number: string }> => {
    made += 1
    const answer = await ann.ask('POST', '/v1/parcels', { tracking_number: `T-${made}` })
    expect(answer.status, JSON.stringify(answer.body)).toBe(201)
    return answer.body
  }
  const carrierSays = (tracking_number: string, status: string) =>
    system.ask('POST', '/v1/parcels/webhooks/carrier', { tracking_number, status })
  const statusOf = async (id: string): Promise<string> => (await admin.ask('GET', `/v1/parcels/${id}`)).body.status
  const told = async (): Promise<string[]> =>
    (await ann.ask('GET', '/v1/notifications')).body.items.map(({ text }: { text: string }) => text)

  it('go on step by step as the carrier says, with what goes along with each step, once', async () => {
    const { id, tracking_number } = await parcel()
    const early = await carrierSays(tracking_number, 'delivered')
    expect([early.status, early.body.detail]).toEqual([409, 'It is ordered; only what is in transit can be delivered.'])
    for (const status of ['picked_up', 'picked_up', 'in_transit']) {
      expect((await carrierSays(tracking_number, status)).status, status).toBe(200)
      expect(await statusOf(id)).toBe(status)
    }
    const answers = await Promise.all(Array.from({ length: 20 }, () => carrierSays(tracking_number, 'delivered')))
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200))
    expect((await told()).filter((text) => /delivered/.test(text))).toHaveLength(1)
    const { body } = await admin.ask('GET', `/v1/parcels/${id}/history`)
    const states = body.items.map((entry: { to_state: string | null }) => entry.to_state)
    expect(states.slice(0, 3)).toEqual(['delivered', 'in_transit', 'picked_up'])
  })

  it('are left as they are by a timer where they have gone on, and tell where they do', async () => {
    const [old, moving] = [await parcel(), await parcel()]
    await carrierSays(moving.tracking_number, 'picked_up')
    const run = await admin.ask('POST', '/v1/admin/timers/cancelled_parcels/run')
    expect(run.status, JSON.stringify(run.body)).toBe(200)
    expect([await statusOf(old.id), await statusOf(moving.id)]).toEqual(['cancelled', 'picked_up'])
    expect((await told()).filter((text) => /cancelled/.test(text))).toHaveLength(1)
  })
})

describeOnEach('what follows from so many votes, and from what all of them are', (createDatabase) => {
  let system: System
  let admin: Caller
  let author: Person

  beforeAll(async () => {
    system = await startSystem({
      yaml: planned(
        'Members post ideas with a title. Members vote for ideas. Members can see all ideas. The board accepts or declines ideas. As soon as an idea has 20 votes, it is accepted. When an idea is accepted, its author is told. A project has a name and tasks. Tasks have a title and are open or done. A project is open or completed. When all tasks of a project are done, the project is completed.',
      ),
      database: await createDatabase(),
    })
    admin = await system.admin()
    author = await system.person('author')
  })
  afterAll(() => system?.stop())

  const make = async (by: Caller, path: string, body: object): Promise<string> => {
    const answer = await by.ask('POST', path, body)
    expect(answer.status, `${path} ${JSON.stringify(answer.body)}`).toBe(201)
    return answer.body.id
  }

  it('is accepted once by the last of twenty who vote at once, and not where the board declined', async () => {
    const voters = await Promise.all(Array.from({ length: 20 }, (_, at) => system.person(`voter${at}`)))
    const [idea, declined] = [
      await make(author, '/v1/ideas', { title: 'Bench' }),
      await make(author, '/v1/ideas', { title: 'Pond' }),
    ]
    expect((await admin.ask('POST', `/v1/ideas/${declined}/decline`)).status).toBe(200)
    for (const id of [idea, declined]) {
      const answers = await Promise.all(voters.map((voter) => voter.ask('PUT', `/v1/ideas/${id}/vote`)))
      expect(answers.filter(({ status }) => status >= 300).map(({ body }) => body)).toEqual([])
    }
    expect((await admin.ask('GET', `/v1/ideas/${idea}`)).body.status).toBe('accepted')
    expect((await admin.ask('GET', `/v1/ideas/${declined}`)).body.status).toBe('declined')
    const { body } = await author.ask('GET', '/v1/notifications')
    expect(body.items.filter(({ text }: { text: string }) => /accepted/.test(text))).toHaveLength(1)
  })

  it('is completed by the last of twenty tasks that are done at once', async () => {
    const project = await make(admin, '/v1/projects', { name: 'Garden' })
    const tasks: string[] = []
    for (let at = 0; at < 20; at += 1)
      tasks.push(await make(admin, '/v1/tasks', { project_id: project, title: `Task ${at}` }))
    const statusOf = async () => (await admin.ask('GET', `/v1/projects/${project}`)).body.status
    const done = (id: string) => admin.ask('PATCH', `/v1/tasks/${id}`, { status: 'done' })
    expect((await done(tasks[0]!)).status).toBe(200)
    expect(await statusOf()).toBe('open')
    const answers = await Promise.all(tasks.slice(1).map(done))
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
    expect(await statusOf()).toBe('completed')
  })

  it('is code in which nothing is a likely mistake', async () => {
    const { stdout } = await promisify(execFile)(join(pythonBin, 'ruff'), ['check', '--no-cache', 'app'], {
      cwd: system.folder,
    }).catch((error) => error)
    expect(stdout).toBe('All checks passed!\n')
  })
})
