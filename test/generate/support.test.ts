import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeOnEach } from './engines.ts'
import { type Caller, fixture, type Person, type System, startSystem } from './system.ts'

describeOnEach('the support desk', (createDatabase) => {
  let system: System
  let admin: Caller
  let ann: Person
  let ben: Person
  let agent: Person

  beforeAll(async () => {
    const database = await createDatabase()
    system = await startSystem({ yaml: fixture('support'), database })
    admin = await system.admin()
    ann = await system.person('ann')
    ben = await system.person('ben')
    agent = await system.person('agent')
    await admin.ask('PATCH', `/v1/users/${agent.id}`, { roles: ['agent'] })
  })
  afterAll(() => system?.stop())

  const post = async (who: Caller, path: string, body: object) => {
    const answer = await who.ask('POST', path, body)
    expect(answer.status, JSON.stringify(answer.body)).toBe(201)
    return answer.body
  }
  const ids = async (who: Caller, path: string): Promise<string[]> => {
    const { status, body } = await who.ask('GET', path)
    expect(status, path).toBe(200)
    return body.items.map((item: { id: string }) => item.id)
  }
  const status = async (who: Caller, method: string, path: string, body?: object) =>
    (await who.ask(method, path, body)).status
  /** A ticket with the agent's reply and the customer's, in this order. */
  const ticketOf = async (customer: Caller) => {
    const ticket = await post(customer, '/v1/tickets', { subject: 'It does not work' })
    const answer = await post(agent, `/v1/tickets/${ticket.id}/replies`, { body: 'Have you tried turning it off?' })
    const thanks = await post(customer, '/v1/replies', { ticket_id: ticket.id, body: 'Thanks' })
    return { ticket, answer, thanks }
  }

  it('shows a customer every reply to their own ticket, whoever wrote it', async () => {
    const { ticket, answer, thanks } = await ticketOf(ann)
    expect(answer.owner_id).toBe(agent.id)
    for (const path of [`/v1/tickets/${ticket.id}/replies`, `/v1/replies?ticket_id=${ticket.id}`])
      expect(await ids(ann, path)).toEqual([answer.id, thanks.id])
    expect((await ann.ask('GET', `/v1/replies/${answer.id}`)).body).toEqual(answer)
    expect(await ids(agent, `/v1/tickets/${ticket.id}/replies`)).toEqual([answer.id, thanks.id])
  })

  it('shows a stranger nothing of it', async () => {
    const { ticket, answer } = await ticketOf(ann)
    expect(await ids(ben, '/v1/replies')).toEqual([])
    expect(await ids(ben, `/v1/replies?ticket_id=${ticket.id}`)).toEqual([])
    expect(await ids(ben, '/v1/replies?q=turning')).toEqual([])
    expect(await status(ben, 'GET', `/v1/tickets/${ticket.id}/replies`)).toBe(404)
    for (const method of ['GET', 'PATCH', 'DELETE'])
      expect(await status(ben, method, `/v1/replies/${answer.id}`, method === 'PATCH' ? {} : undefined)).toBe(404)
    expect(await status(system, 'GET', `/v1/replies/${answer.id}`)).toBe(401)
  })

  it('lets nobody change what they may only read', async () => {
    const { answer, thanks } = await ticketOf(ann)
    expect(await status(ann, 'PATCH', `/v1/replies/${answer.id}`, { body: 'I agree' })).toBe(404)
    expect(await status(ann, 'DELETE', `/v1/replies/${answer.id}`)).toBe(404)
    expect(await status(agent, 'PATCH', `/v1/replies/${thanks.id}`, { body: 'No' })).toBe(404)
    expect(await status(agent, 'DELETE', `/v1/replies/${thanks.id}`)).toBe(403)
    expect(await status(ann, 'PATCH', `/v1/replies/${thanks.id}`, { body: 'Many thanks' })).toBe(200)
    expect(await status(ann, 'DELETE', `/v1/replies/${thanks.id}`)).toBe(204)
  })

  it('lets people write only under what they see, and only in their own name', async () => {
    const { ticket } = await ticketOf(ann)
    const mine = await post(ben, '/v1/tickets', { subject: 'Mine' })
    const body = 'Hello'
    expect(await status(ben, 'POST', `/v1/tickets/${ticket.id}/replies`, { body })).toBe(404)
    const unseen = await ben.ask('POST', '/v1/replies', { ticket_id: ticket.id, body })
    expect([unseen.status, unseen.body.errors[0].pointer]).toEqual([422, '/ticket_id'])
    for (const name of [ann.id, agent.id])
      expect(await status(ben, 'POST', '/v1/replies', { ticket_id: mine.id, owner_id: name, body })).toBe(403)
    expect(await status(agent, 'POST', '/v1/replies', { ticket_id: mine.id, owner_id: ben.id, body })).toBe(403)
    const made = await post(ben, '/v1/replies', { ticket_id: mine.id, owner_id: ben.id, body })
    expect(await status(ben, 'PATCH', `/v1/replies/${made.id}`, { ticket_id: ticket.id })).toBe(422)
    expect(await status(ben, 'PATCH', `/v1/replies/${made.id}`, { owner_id: ann.id })).toBe(403)
  })

  it('reaches through two parents', async () => {
    const { answer } = await ticketOf(ann)
    const file = await post(ann, `/v1/replies/${answer.id}/attachments`, { name: 'screen.png' })
    expect(await ids(ann, '/v1/attachments')).toContain(file.id)
    expect(await ids(agent, `/v1/replies/${answer.id}/attachments`)).toEqual([file.id])
    expect(await status(agent, 'PATCH', `/v1/attachments/${file.id}`, { name: 'x' })).toBe(403)
    expect(await ids(ben, '/v1/attachments')).toEqual([])
    expect(await status(ben, 'GET', `/v1/replies/${answer.id}/attachments`)).toBe(404)
    expect(await status(ben, 'PATCH', `/v1/attachments/${file.id}`, { name: 'x' })).toBe(404)
    expect(await status(ann, 'PATCH', `/v1/attachments/${file.id}`, { name: 'screen-2.png' })).toBe(200)
    expect(await status(ann, 'DELETE', `/v1/attachments/${file.id}`)).toBe(204)
  })

  it('adds what is under a parent to what names the caller', async () => {
    const { ticket } = await ticketOf(ann)
    const mine = await post(agent, '/v1/tasks', { title: 'Call back', agent_id: agent.id })
    const open = await post(agent, '/v1/tasks', { title: 'Look into it', ticket_id: ticket.id })
    const alone = await post(admin, '/v1/tasks', { title: 'Clean up' })
    expect(open.agent_id).toBeNull()
    const seen = await ids(agent, '/v1/tasks?limit=100')
    expect([mine.id, open.id, alone.id].map((id) => seen.includes(id))).toEqual([true, true, false])
    expect(await status(agent, 'GET', `/v1/tasks/${alone.id}`)).toBe(404)
    expect(await status(agent, 'PATCH', `/v1/tasks/${open.id}`, { ticket_id: null })).toBe(403)
    expect(await status(agent, 'PATCH', `/v1/tasks/${mine.id}`, { title: 'Call back soon' })).toBe(200)
    expect(await status(ann, 'GET', '/v1/tasks')).toBe(403)
  })

  it('pages through what is under many parents without losing or repeating a row', async () => {
    const dora = await system.person('dora')
    const made: string[] = []
    for (let number = 0; number < 8; number++) {
      const { answer, thanks } = await ticketOf(dora)
      made.push(answer.id, thanks.id)
    }
    for (const sort of ['created_at', '-created_at']) {
      const seen: string[] = []
      let cursor: string | null = ''
      while (cursor !== null) {
        const { body } = await dora.ask('GET', `/v1/replies?limit=3&sort=${sort}${cursor && `&cursor=${cursor}`}`)
        seen.push(...body.items.map((item: { id: string }) => item.id))
        cursor = body.next_cursor
      }
      expect(seen.toSorted()).toEqual(made.toSorted())
    }
    expect(await ids(dora, '/v1/replies?q=thanks&limit=100')).toHaveLength(8)
  })

  it('takes back what could be seen when the parent changes hands', async () => {
    const { ticket, answer } = await ticketOf(ann)
    expect(await status(admin, 'PATCH', `/v1/tickets/${ticket.id}`, { owner_id: ben.id })).toBe(200)
    expect(await status(ann, 'GET', `/v1/replies/${answer.id}`)).toBe(404)
    expect(await status(ben, 'GET', `/v1/replies/${answer.id}`)).toBe(200)
  })
})
