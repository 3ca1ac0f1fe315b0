import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeOnEach } from './engines.ts'
import { fixture, type System, startSystem } from './system.ts'

describeOnEach('running numbers', (createDatabase) => {
  let system: System
  let client: string

  beforeAll(async () => {
    system = await startSystem({ yaml: fixture('billing'), database: await createDatabase() })
    client = (await made('/v1/clients', { name: 'Ann' })).id
  })
  afterAll(() => system?.stop())

  const made = async (path: string, body: object) => {
    const answer = await system.ask('POST', path, body)
    expect(answer.status, JSON.stringify(answer.body)).toBe(201)
    return answer.body
  }
  const invoice = () => made('/v1/invoices', { client_id: client, amount: 5 })
  const together = <T>(count: number, act: (at: number) => Promise<T>): Promise<T[]> =>
    Promise.all(Array.from({ length: count }, (_, at) => act(at)))
  const numbersOf = (rows: { number: number }[]): number[] => rows.map(({ number }) => number).sort((a, b) => a - b)
  const from = (first: number, count: number) => Array.from({ length: count }, (_, at) => first + at)
  const year = new Date().getUTCFullYear()

  it('gives twenty who ask at once the first twenty numbers, none twice and none left out', async () => {
    expect(numbersOf(await together(20, invoice))).toEqual(from(1000, 20))
    const listed = await system.ask('GET', '/v1/invoices?sort=number&limit=3')
    expect(numbersOf(listed.body.items)).toEqual([1000, 1001, 1002])
    expect((await system.ask('GET', '/v1/invoices?number=1007')).body.items).toHaveLength(1)
  })

  it('lets nobody give or change a number', async () => {
    const body = { client_id: client, amount: 5, number: 7 }
    expect((await system.ask('POST', '/v1/invoices', body)).body.errors[0].pointer).toBe('/number')
    const { id, number } = await invoice()
    expect((await system.ask('PATCH', `/v1/invoices/${id}`, { number: 7 })).status).toBe(422)
    expect((await system.ask('PATCH', `/v1/invoices/${id}`, { amount: 6 })).body.number).toBe(number)
  })

  it('takes back the numbers of what is rolled back, and gives that of a deleted row to nobody', async () => {
    const { id, number } = await invoice()
    const items = [
      { client_id: client, amount: 1 },
      { client_id: client, amount: 2 },
      { client_id: crypto.randomUUID(), amount: 3 },
    ]
    expect((await system.ask('POST', '/v1/invoices/bulk', { items })).status).toBe(422)
    expect((await system.ask('DELETE', `/v1/invoices/${id}`)).status).toBe(204)
    expect((await invoice()).number).toBe(number + 1)
  })

  it('numbers many at once in the order in which they are sent, also while others do', async () => {
    const { number } = await invoice()
    const items = from(1, 10).map((amount) => ({ client_id: client, amount }))
    const answers = await together(8, () => made('/v1/invoices/bulk', { items }))
    for (const { items } of answers)
      expect(numbersOf(items)).toEqual(items.map((each: { number: number }) => each.number))
    expect(numbersOf(answers.flatMap(({ items }) => items))).toEqual(from(number + 1, 80))
  })

  it('begins again for each project, also where many are made for several at once', async () => {
    const projects = await together(3, (at) => made('/v1/projects', { name: `Project ${at}` }))
    const sent = (at: number) =>
      projects.map(({ id }, to) => ({ project_id: projects[(at + to) % 3].id ?? id, title: 'x' }))
    const tasks = (await together(20, (at) => made('/v1/tasks/bulk', { items: sent(at) }))).flatMap(
      ({ items }) => items,
    )
    for (const { id } of projects)
      expect(numbersOf(tasks.filter((task) => task.project_id === id))).toEqual(from(1, 20))
    const [one, other] = projects
    const moving = tasks.find((task) => task.project_id === one.id)
    const moved = await system.ask('PATCH', `/v1/tasks/${moving.id}`, { project_id: other.id })
    expect([moved.status, moved.body.number]).toEqual([200, 21])
    const back = await system.ask('PATCH', `/v1/tasks/${moving.id}`, { project_id: one.id })
    expect([back.status, back.body.number]).toEqual([200, 21])
  })

  it('writes numbers as it was said, those of a year with the year', async () => {
    const tickets = await together(20, () => made('/v1/tickets', { title: 'x' }))
    expect(tickets.map(({ number }) => number).sort()).toEqual(
      from(1, 20).map((n) => `T-${String(n).padStart(4, '0')}`),
    )
    const orders = await together(3, () => made('/v1/orders', { item: 'x' }))
    expect(orders.map(({ number }) => number).sort()).toEqual([1, 2, 3].map((n) => `${year}-00${n}`))
  })

  it('keeps the number of a row that was deleted and comes back', async () => {
    const { id, number } = await made('/v1/tickets', { title: 'x' })
    await system.ask('DELETE', `/v1/tickets/${id}`)
    expect((await made('/v1/tickets', { title: 'x' })).number).not.toBe(number)
    const restored = await system.ask('POST', `/v1/tickets/${id}/restore`)
    expect([restored.status, restored.body.number]).toEqual([200, number])
  })
})
