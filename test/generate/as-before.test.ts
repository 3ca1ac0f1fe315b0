import { afterAll, beforeAll, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { planSystem } from '../../pipeline/blueprint/planner/plan.ts'
import { describeOnEach } from './engines.ts'
import { type System, startSystem } from './system.ts'

const SAID =
  'A shop without login. Products have a name and a stock. Members have a name and points. Orders have a quantity and a product. When an order is placed, the stock goes down. When it is cancelled, the stock goes up. Chores have a member, a title and whether they are done. When a chore is done, the points of the member go up by 5.'

const shop = (): string => {
  const plan = planSystem(SAID)
  if (plan.kind !== 'draft') throw new Error(JSON.stringify(plan))
  const { architecture } = plan
  // What moves from one to another looks at where it was, too, and at values that are worked out.
  architecture.models.Member!.computed = {
    chores: { type: 'int', over: { from: 'Chore.member_id', take: 'count' } },
  }
  architecture.models.Member!.fields.moved = { type: 'int', default: 0 }
  architecture.models.Chore!.on!.update!.do!.push({
    when: 'this.member_id != was.member_id && was.member.name != "Nobody"',
    each: {
      as: 'former',
      model: 'Member',
      where: 'former.id == was.member_id',
      do: [{ set: { of: 'former', values: { moved: 'former.moved + 1' } } }],
    },
  })
  architecture.models.Member!.on = {
    update: {
      do: [{ when: 'this.name != was.name', set: { of: 'this', values: { moved: 'was.moved + was.chores' } } }],
    },
  }
  return stringify(architecture)
}

describeOnEach('what goes along with a change', (createDatabase) => {
  let system: System

  beforeAll(async () => {
    const database = await createDatabase()
    system = await startSystem({ yaml: shop(), database })
  })
  afterAll(() => system?.stop())

  const made = async (path: string, body: object) => {
    const answer = await system.ask('POST', path, body)
    expect(answer.status, JSON.stringify(answer.body)).toBe(201)
    return answer.body
  }
  const change = async (path: string, body: object): Promise<number> => (await system.ask('PATCH', path, body)).status
  const read = async (path: string) => (await system.ask('GET', path)).body
  const twenty = <T>(ask: (at: number) => Promise<T>): Promise<T[]> =>
    Promise.all(Array.from({ length: 20 }, (_, at) => ask(at)))

  it('gives the stock back once, whatever is changed afterwards and however many cancel at once', async () => {
    const product = await made('/v1/products', { name: 'Lamp', stock: 10 })
    const order = await made('/v1/orders', { product_id: product.id, quantity: 3 })
    const stock = async () => (await read(`/v1/products/${product.id}`)).stock
    expect(await stock()).toBe(7)
    const answers = await twenty(() => system.ask('POST', `/v1/orders/${order.id}/cancel`))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(19).fill(409)])
    expect(await stock()).toBe(10)
    expect(await change(`/v1/orders/${order.id}`, { quantity: 5 })).toBe(200)
    expect((await system.ask('POST', `/v1/orders/${order.id}/cancel`)).status).toBe(409)
    expect(await stock()).toBe(10)
  })

  it('adds no second time at a later change of what is so already, nor when many say it at once', async () => {
    const member = await made('/v1/members', { name: 'Ann', points: 0 })
    const chore = await made('/v1/chores', { member_id: member.id, title: 'Dishes' })
    const points = async () => (await read(`/v1/members/${member.id}`)).points
    await change(`/v1/chores/${chore.id}`, { title: 'Plates' })
    expect(await points()).toBe(0)
    expect(await twenty((at) => change(`/v1/chores/${chore.id}`, { done: true, title: `Dishes ${at}` }))).toEqual(
      Array(20).fill(200),
    )
    expect(await points()).toBe(5)
    await change(`/v1/chores/${chore.id}`, { title: 'Forks' })
    await change(`/v1/chores/${chore.id}`, { done: true })
    expect(await points()).toBe(5)
    await change(`/v1/chores/${chore.id}`, { done: false })
    await change(`/v1/chores/${chore.id}`, { done: true })
    expect(await points()).toBe(10)
  })

  it('looks at what a row referred to, and at what was worked out of it', async () => {
    const ann = await made('/v1/members', { name: 'Ann', points: 0 })
    const ben = await made('/v1/members', { name: 'Ben', points: 0 })
    const chore = await made('/v1/chores', { member_id: ann.id, title: 'Dishes' })
    await change(`/v1/chores/${chore.id}`, { member_id: ben.id })
    const moved = async (id: string) => (await read(`/v1/members/${id}`)).moved
    expect([await moved(ann.id), await moved(ben.id)]).toEqual([1, 0])
    await change(`/v1/members/${ben.id}`, { points: 2 })
    expect(await moved(ben.id)).toBe(0)
    await change(`/v1/members/${ben.id}`, { name: 'Benno' })
    expect(await moved(ben.id)).toBe(1)
  })
})
