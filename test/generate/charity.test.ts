import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeOnEach } from './engines.ts'
import { type Caller, fixture, type Person, type System, startSystem } from './system.ts'

describeOnEach('the charity', (createDatabase, engine) => {
  let system: System
  let ann: Person
  let ben: Person
  let treasurer: Person
  let auditor: Person
  let administrator: Caller
  const campaigns: { [name: string]: string } = {}

  beforeAll(async () => {
    const database = await createDatabase()
    system = await startSystem({ yaml: fixture('charity'), database })
    const admin = await system.admin()
    administrator = admin
    const grant = async (name: string) => {
      const person = await system.person(name)
      await admin.ask('PATCH', `/v1/users/${person.id}`, { roles: [name] })
      return person
    }
    ann = await system.person('ann')
    ben = await system.person('ben')
    treasurer = await grant('treasurer')
    auditor = await grant('auditor')
    for (const [name, goal] of [
      ['Wells', 5000],
      ['Books', 100.5],
    ] as const)
      campaigns[name] = (await post(treasurer, '/v1/campaigns', { name, goal })).id
    const give = (who: Caller, campaign: string | null, amount: number, given_on: string, status = 'paid') =>
      post(who, '/v1/donations', { campaign_id: campaign && campaigns[campaign], amount, given_on, status })
    await give(ann, 'Wells', 0.1, '2030-01-01')
    await give(ann, 'Wells', 0.2, '2030-01-31')
    await give(ben, 'Wells', 100, '2030-01-15')
    await give(ben, 'Books', 33.33, '2030-02-01')
    await give(ann, 'Books', 5, '2030-02-28', 'pledged')
    await give(ann, null, 7, '2030-02-10')
    await give(ben, 'Books', 1, '2029-12-31', 'refunded')
  })
  afterAll(() => system?.stop())

  const post = async (who: Caller, path: string, body: object) => {
    const answer = await who.ask('POST', path, body)
    expect(answer.status, JSON.stringify(answer.body)).toBe(201)
    return answer.body
  }
  const view = async (who: Caller, path: string) => {
    const { status, body } = await who.ask('GET', path)
    expect(status, JSON.stringify(body)).toBe(200)
    return body
  }
  const statusOf = async (who: Caller, path: string) => (await who.ask('GET', path)).status

  it('adds up by month and campaign, exactly', async () => {
    expect(await view(treasurer, '/v1/donations/monthly')).toEqual({
      items: [
        { month: '2030-01-01', campaign: 'Wells', total: 100.3, gifts: 3, large: 1, mean: 33.43333333 },
        { month: '2030-02-01', campaign: 'Books', total: 33.33, gifts: 1, large: 0, mean: 33.33 },
        { month: '2030-02-01', campaign: null, total: 7, gifts: 1, large: 0, mean: 7 },
      ],
      next_cursor: null,
    })
  })

  it('takes parameters, and leaves out conditions on those that were not sent', async () => {
    const months = async (query: string) =>
      (await view(treasurer, `/v1/donations/monthly?${query}`)).items.map(
        ({ campaign, gifts }: { campaign: string; gifts: number }) => [campaign, gifts],
      )
    expect(await months('from=2030-01-15&until=2030-01-31')).toEqual([['Wells', 2]])
    expect(await months('from=2030-02-01')).toEqual([
      ['Books', 1],
      [null, 1],
    ])
    expect(await months(`campaign_id=${campaigns.Wells}`)).toEqual([['Wells', 3]])
    for (const query of ['form=2030-01-01', 'from=yesterday', 'limit=0', 'cursor=nonsense'])
      expect(await statusOf(treasurer, `/v1/donations/monthly?${query}`), query).toBe(422)
    expect(await statusOf(treasurer, '/v1/readings/daily')).toBe(403)
    expect((await ann.ask('GET', '/v1/readings/daily')).body.errors[0].pointer).toBe('/hive')
  })

  it('counts only what the caller may list', async () => {
    expect((await view(ann, '/v1/donations/summary')).gifts).toBe(4)
    expect((await view(ben, '/v1/donations/summary')).gifts).toBe(3)
    expect((await view(treasurer, '/v1/donations/summary')).gifts).toBe(7)
    // Who may list none, but was given the figures.
    expect(await statusOf(auditor, '/v1/donations')).toBe(403)
    expect((await view(auditor, '/v1/donations/summary')).gifts).toBe(7)
    expect(await statusOf(auditor, '/v1/donations/monthly')).toBe(403)
    expect(await statusOf(system, '/v1/donations/summary')).toBe(401)
  })

  it('says something of all rows together, also where there are none', async () => {
    expect(await view(ann, '/v1/donations/summary?status=paid')).toEqual({
      total: 7.3,
      gifts: 3,
      mean: 2.43333333,
      largest: 7,
      last: '2030-02-10',
    })
    expect(await view(ann, '/v1/donations/summary?status=refunded')).toEqual({
      total: 0,
      gifts: 0,
      mean: null,
      largest: null,
      last: null,
    })
    expect(await statusOf(ann, '/v1/donations/summary?status=lost')).toBe(422)
    expect(await statusOf(ann, '/v1/donations/summary?limit=1')).toBe(422)
  })

  it('pages through groups in their order', async () => {
    const seen: unknown[] = []
    let cursor = ''
    do {
      const page = await view(treasurer, `/v1/donations/by-status?limit=1${cursor && `&cursor=${cursor}`}`)
      seen.push(...page.items)
      cursor = page.next_cursor ?? ''
    } while (cursor)
    expect(seen).toEqual([
      { status: 'paid', count: 5, donors: 2, first: '2030-01-01' },
      { status: 'pledged', count: 1, donors: 1, first: '2030-02-28' },
      { status: 'refunded', count: 1, donors: 1, first: '2029-12-31' },
    ])
    expect(await statusOf(treasurer, '/v1/donations/by-status?limit=3')).toBe(422)
    expect((await view(treasurer, '/v1/donations/by-status')).items).toHaveLength(2)
    expect((await view(treasurer, '/v1/donations/monthly?limit=2')).next_cursor).not.toBeNull()
    const rest = await view(treasurer, '/v1/donations/monthly?limit=2')
    const last = await view(treasurer, `/v1/donations/monthly?limit=2&cursor=${rest.next_cursor}`)
    expect(last.items.map(({ campaign }: { campaign: string }) => campaign)).toEqual([null])
  })

  it('groups by the days of its zone, and keeps groups that meet a condition', async () => {
    const read = (at: string, weight: number | null, count: number) =>
      post(ann, '/v1/readings', { hive: 'north', at, weight, count })
    // The 9th of March in New York has 23 hours; its first four hours are the 8th there.
    await read('2031-03-09T04:30:00Z', 30.5, 1)
    await read('2031-03-09T05:30:00Z', 30.25, 2)
    await read('2031-03-10T03:59:59Z', 31.75, 3)
    await read('2031-03-10T04:00:00Z', 40, 4)
    await read('2031-03-10T12:00:00Z', null, 6)
    await post(ann, '/v1/readings', { hive: 'south', at: '2031-03-09T05:30:00Z', weight: 1 })
    expect((await view(ann, '/v1/readings/daily?hive=north')).items).toEqual([
      { day: '2031-03-09', mean: 31, lowest: 30.25, highest: 31.75, counted: 5, mean_count: 2.5 },
    ])
    expect((await view(ann, '/v1/readings/daily?hive=north&min_count=3')).items).toEqual([])
  })

  it('reports over the rows of another component, within what the caller may list there', async () => {
    const work = (who: Caller, project: string, start: string, end?: string) =>
      post(who, '/v1/work', { project, start, ...(end ? { end } : {}) })
    // Sunday evening in Berlin, which is Monday in no zone but farther east.
    await work(ann, 'Roof', '2030-06-02T21:00:00Z', '2030-06-02T22:30:00Z')
    // Half past midnight on Monday in Berlin, still Sunday in UTC.
    await work(ann, 'Roof', '2030-06-02T22:30:00Z', '2030-06-02T23:00:00Z')
    await work(ben, 'Roof', '2030-06-03T08:00:00Z', '2030-06-03T10:00:30Z')
    await work(ben, 'Garden', '2030-06-03T08:00:00Z')
    const hours = async (who: Caller) => (await view(who, '/v1/reports/hours')).items
    expect(await hours(treasurer)).toEqual([
      {
        project: 'Roof',
        week: '2030-06-03',
        minutes: 150,
        people: 2,
        longest: 'PT2H30S',
        last: '2030-06-03T10:00:30Z',
      },
      { project: 'Roof', week: '2030-05-27', minutes: 90, people: 1, longest: 'PT1H30M', last: '2030-06-02T22:30:00Z' },
    ])
    expect((await hours(ann)).map(({ minutes }: { minutes: number }) => minutes)).toEqual([30, 90])
    expect(await hours(await system.person(`nobody-${engine}`))).toEqual([])
  })

  it('leaves out what is deleted', async () => {
    const ranking = async () =>
      (await view(system, '/v1/reports/ranking')).items.map(({ campaign }: { campaign: string }) => campaign)
    expect(await ranking()).toEqual(['Wells', 'Books'])
    expect((await treasurer.ask('DELETE', `/v1/campaigns/${campaigns.Wells}`)).status).toBe(204)
    expect(await ranking()).toEqual(['Books'])
    expect((await treasurer.ask('POST', `/v1/campaigns/${campaigns.Wells}/restore`)).status).toBe(200)
    expect(await ranking()).toEqual(['Wells', 'Books'])
  })

  it('lets nobody in whose account is deleted, until it is restored', async () => {
    const admin = await system.person(`keeper-${engine}`)
    const carl = await system.person(`carl-${engine}`)
    const email = `carl-${engine}@example.com`
    expect(await statusOf(carl, '/v1/donations')).toBe(200)
    const first = await post(carl, '/v1/donations', { amount: 3, given_on: '2031-01-01', status: 'paid' })
    await administrator.ask('PATCH', `/v1/users/${admin.id}`, { roles: ['admin'] })
    expect((await admin.ask('DELETE', `/v1/users/${carl.id}`)).status).toBe(204)
    expect(await statusOf(carl, '/v1/donations')).toBe(401)
    const signIn = () => system.ask('POST', '/v1/auth/login', { email, password: 'correct horse' })
    expect((await signIn()).status).toBe(401)
    expect(await statusOf(treasurer, `/v1/donations/${first.id}`)).toBe(404)
    expect((await admin.ask('POST', `/v1/users/${carl.id}/restore`)).status).toBe(200)
    expect((await signIn()).status).toBe(200)
    expect(await statusOf(treasurer, `/v1/donations/${first.id}`)).toBe(200)
  })

  it('describes every view', async () => {
    const { paths, components } = (await system.ask('GET', '/openapi.json')).body
    const monthly = paths['/v1/donations/monthly'].get
    expect(monthly.summary).toBe('What was given each month and for which campaign')
    expect(monthly.parameters.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining(['from', 'until', 'campaign_id', 'limit', 'cursor']),
    )
    expect(monthly.responses['200'].content['application/json'].example.items[0]).toHaveProperty('total')
    expect(
      components.schemas.DonationMonthlyRow.properties.month.anyOf ??
        components.schemas.DonationMonthlyRow.properties.month,
    ).toMatchObject({ format: 'date' })
  })
})
