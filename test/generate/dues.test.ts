import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeOnEach } from './engines.ts'
import { until } from './receiver.ts'
import { fixture, type System, startSystem } from './system.ts'

describeOnEach('dues that are flagged every Monday', (createDatabase) => {
  let system: System

  beforeAll(async () => {
    const database = await createDatabase()
    system = await startSystem({ yaml: fixture('dues'), database })
  })
  afterAll(() => system?.stop())

  it('flags what is due and not paid, and nothing else, and reminds of each once', async () => {
    const make = async (member: string, due_on: string, paid: boolean) => {
      const { status, body } = await system.ask('POST', '/v1/dues', { member, amount: 20, due_on, paid })
      expect(status, JSON.stringify(body)).toBe(201)
      return body.id as string
    }
    const late = [await make('Ann', '2020-01-01', false), await make('Ben', '2020-02-01', false)]
    await make('Cleo', '2020-01-01', true)
    await make('Dora', '2999-01-01', false)
    const { body } = await system.ask('POST', '/v1/admin/timers/flag_unpaid/run')
    expect(body.rows).toBe(2)
    const flagged = async () => {
      const answer = await system.ask('GET', '/v1/dues?flagged=true')
      return answer.body.items.map(({ id }: { id: string }) => id)
    }
    expect((await flagged()).toSorted()).toEqual(late.toSorted())
    const reminders = await until(async () => {
      const answer = await system.ask('GET', '/v1/reminders')
      return answer.body.items.length === 2 && answer.body.items
    })
    expect(reminders.map(({ member }: { member: string }) => member).toSorted()).toEqual(['Ann', 'Ben'])
    expect((await system.ask('POST', '/v1/admin/timers/flag_unpaid/run')).body.rows).toBe(0)
    expect((await flagged()).toSorted()).toEqual(late.toSorted())
  })

  it('goes through very many in batches', async () => {
    const rows = Array.from({ length: 520 }, (_, at) => ({ member: `m${at}`, amount: 1, due_on: '2020-01-01' }))
    for (let at = 0; at < rows.length; at += 40)
      await Promise.all(rows.slice(at, at + 40).map((row) => system.ask('POST', '/v1/dues', row)))
    const { status, body } = await system.ask('POST', '/v1/admin/timers/flag_unpaid/run')
    expect([status, body.rows]).toEqual([200, 520])
  })

  it('knows its timers, and when each fires next', async () => {
    const { body } = await system.ask('GET', '/v1/admin/timers')
    const [flag, tick] = body.items
    expect([flag.name, flag.port, flag.schedule]).toEqual(['flag_unpaid', 'dues.flag_unpaid', '0 8 * * 1 UTC'])
    expect(new Date(flag.next_at).getUTCDay()).toBe(1)
    expect([tick.name, tick.schedule]).toEqual(['tick', 'every 3600 s'])
    expect((await system.ask('POST', '/v1/admin/timers/nothing/run')).status).toBe(404)
  })
})
