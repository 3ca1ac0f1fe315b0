import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeOnEach } from './engines.ts'
import { type Answer, fixture, type System, startSystem } from './system.ts'

describeOnEach('the tool library', (createDatabase, engine) => {
  let system: System

  beforeAll(async () => {
    const database = await createDatabase()
    system = await startSystem({ yaml: fixture('tool-library'), database })
  })
  afterAll(() => system?.stop())

  let cards = 0
  const post = (path: string, body: object, headers = {}) => system.ask('POST', path, body, headers)
  const made = async (path: string, body: object) => {
    const answer = await post(path, body)
    expect(answer.status, JSON.stringify(answer.body)).toBe(201)
    return answer.body
  }
  const member = (more = {}) => made('/v1/members', { name: 'Ann', card: `card-${++cards}`, ...more })
  const tool = (more = {}) => made('/v1/tools', { name: 'drill', copies: 2, value: 80, ...more })
  const period = { lent_on: '2030-01-31', due_on: '2030-02-07' }
  const loan = (toolId: string, memberId: string, more = {}) =>
    post('/v1/loans', { tool_id: toolId, member_id: memberId, ...period, ...more })
  const told = ({ status, body }: Answer) => [
    status,
    body.detail,
    body.errors?.map((each: { pointer: string }) => each.pointer),
  ]
  const counted = (answers: Answer[]) =>
    [201, 409].map((status) => answers.filter((answer) => answer.status === status).length)

  it('says which value is wrong by the words of the rule', async () => {
    const { id } = await tool()
    const wrong = await loan(id, (await member()).id, { due_on: '2030-01-31' })
    expect(told(wrong)).toEqual([422, 'A loan is due after it begins.', ['/due_on', '/lent_on']])
    const cheap = await system.ask('PATCH', `/v1/tools/${id}`, { value: 4 })
    expect(told(cheap)).toEqual([422, 'The deposit is at most the value.', ['/value']])
    expect((await system.ask('PATCH', `/v1/tools/${id}`, { value: 4, deposit: 4 })).status).toBe(200)
  })

  it('lends as many copies as there are, however many ask at once', async () => {
    const { id } = await tool({ copies: 3 })
    const people = await Promise.all(Array.from({ length: 20 }, () => member()))
    const answers = await Promise.all(people.map((each) => loan(id, each.id)))
    expect(counted(answers)).toEqual([3, 17])
    const refused = answers.find(({ status }) => status === 409)!
    expect(told(refused)).toEqual([409, 'All copies of this tool are lent.', ['/tool_id']])
    const lent = answers.find(({ status }) => status === 201)!.body
    expect((await post(`/v1/loans/${lent.id}/give-back`, {})).status).toBe(200)
    expect((await loan(id, (await member()).id)).status).toBe(201)
    expect((await loan(id, (await member()).id)).status).toBe(409)
  })

  it('keeps what is lent when copies become fewer, and lends no more', async () => {
    const { id } = await tool({ copies: 2 })
    const first = await loan(id, (await member()).id)
    await loan(id, (await member()).id)
    expect((await system.ask('PATCH', `/v1/tools/${id}`, { copies: 1 })).status).toBe(200)
    await post(`/v1/loans/${first.body.id}/give-back`, {})
    expect((await loan(id, (await member()).id)).status).toBe(409)
  })

  it('lends nobody the same tool twice at a time', async () => {
    const { id } = await tool({ copies: 9 })
    const ann = await member()
    const answers = await Promise.all(Array.from({ length: 20 }, () => loan(id, ann.id)))
    expect(counted(answers)).toEqual([1, 19])
    const refused = await loan(id, ann.id)
    expect(told(refused)).toEqual([409, 'This member has this tool already.', ['/tool_id', '/member_id']])
    const { body } = answers.find(({ status }) => status === 201)!
    await post(`/v1/loans/${body.id}/give-back`, {})
    expect((await loan(id, ann.id)).status).toBe(201)
  })

  it('looks at what a row refers to', async () => {
    const { id } = await tool({ retired_on: '2029-01-01' })
    expect(told(await loan(id, (await member()).id))).toEqual([409, 'This tool is retired.', ['/tool_id', '/lent_on']])
    const blocked = await member({ blocked: true })
    expect(told(await loan((await tool()).id, blocked.id))).toEqual([409, 'This member is blocked.', undefined])
  })

  it('reserves a tool once for each of its days', async () => {
    const { id: toolId } = await tool()
    const { id: memberId } = await member()
    const reserve = (from: string, to: string, more = {}) =>
      post('/v1/reservations', { tool_id: toolId, member_id: memberId, from_day: from, to_day: to, ...more })
    const many = await Promise.all(Array.from({ length: 20 }, () => reserve('2030-05-01', '2030-05-03')))
    expect(counted(many)).toEqual([1, 19])
    expect(told(await reserve('2030-05-03', '2030-05-04'))).toEqual([409, 'The tool is reserved then.', ['/from_day']])
    expect((await reserve('2030-05-04', '2030-05-04')).status).toBe(201)
    const off = await reserve('2030-05-02', '2030-05-02', { active: false })
    expect(off.status).toBe(201)
    const on = await system.ask('PATCH', `/v1/reservations/${off.body.id}`, { active: true })
    expect(on.status).toBe(409)
  })

  it('adds up people in the days of Berlin, and keeps a desk for so many minutes', async () => {
    const visit = (begins_at: string, more = {}) => post('/v1/visits', { begins_at, people: 15, minutes: 5, ...more })
    expect((await visit('2030-06-01T08:00:00Z')).status).toBe(201)
    expect((await visit('2030-06-01T08:05:00Z')).status).toBe(201)
    expect(told(await visit('2030-06-01T08:04:00Z'))).toEqual([409, 'The desk is taken then.', ['/begins_at']])
    expect(told(await visit('2030-06-01T08:10:00Z'))).toEqual([409, 'No more than forty people a day.', ['/people']])
    // Midnight in Berlin, in summer, is at ten in the evening.
    expect((await visit('2030-06-01T22:00:00Z')).status).toBe(201)
    expect((await visit('2030-06-01T21:50:00Z', { people: 10 })).status).toBe(201)
  })

  it('borrows at the desk by a card, in one transaction', async () => {
    const { card } = await member()
    const { id } = await tool({ copies: 1 })
    const borrow = (body: object, headers = {}) => post(`/v1/desk/members/${card}/loans`, body, headers)
    const key = { 'idempotency-key': `once-${engine}` }
    const first = await borrow({ tool_id: id, due_on: '2060-02-01', note: 'careful' }, key)
    expect([first.status, first.body.note, first.body.tool_id]).toEqual([201, 'careful', id])
    expect((await borrow({ tool_id: id, due_on: '2060-02-01', note: 'careful' }, key)).body).toEqual(first.body)
    expect((await system.ask('GET', `/v1/tools/${id}`)).body.lent).toBe(1)
    const again = await borrow({ tool_id: id, due_on: '2060-02-01' })
    expect(again.status).toBe(409)
    expect((await system.ask('GET', `/v1/tools/${id}`)).body.lent).toBe(1)
    const early = await borrow({ tool_id: (await tool()).id, due_on: '2001-01-01' })
    expect(told(early)).toEqual([422, 'A loan is due after it begins.', ['/due_on']])
    expect((await borrow({ tool_id: id, due_on: 'tomorrow' })).status).toBe(422)
    const nowhere = await borrow({ tool_id: '00000000-0000-4000-8000-000000000000', due_on: '2060-02-01' })
    expect(nowhere.status).toBe(404)
    expect((await post('/v1/desk/members/nobody/loans', { tool_id: id, due_on: '2060-02-01' })).status).toBe(404)
    const blocked = await member({ blocked: true })
    const refused = await post(`/v1/desk/members/${blocked.card}/loans`, { tool_id: id, due_on: '2060-02-01' })
    expect(told(refused)).toEqual([403, 'This member is blocked.', undefined])
  })

  it('gives back, charges and forgets', async () => {
    const ann = await member()
    const { id: toolId } = await tool()
    const { id } = (await loan(toolId, ann.id)).body
    expect((await post(`/v1/loans/${id}/charge`, { fee: 3 })).status).toBe(409)
    const back = await post(`/v1/loans/${id}/give-back`, {})
    expect([back.status, back.body.returned_at !== null, back.headers.get('etag')]).toEqual([200, true, '"2"'])
    expect(told(await post(`/v1/loans/${id}/give-back`, {}))).toEqual([409, 'It was given back already.', undefined])
    expect((await system.ask('GET', `/v1/members/${ann.id}`)).body.loans_ever).toBe(1)
    const charged = await post(`/v1/loans/${id}/charge`, { fee: 3.5 })
    expect([charged.status, charged.body]).toEqual([200, { fee: 3.5, tool: 'drill', late: false }])
    expect((await system.ask('DELETE', `/v1/loans/${id}/remarks`)).status).toBe(204)
    const { body } = await system.ask('GET', `/v1/loans/${id}/history`)
    const operations = body.items.map((each: { operation: string }) => each.operation)
    expect(operations).toEqual(['charge', 'give_back', 'create'])
    expect(body.items[0].changes).toEqual({ fee: { old: null, new: 3.5 } })
    const page = await system.ask('GET', `/v1/loans/${id}/history?limit=2`)
    const rest = await system.ask('GET', `/v1/loans/${id}/history?limit=2&cursor=${page.body.next_cursor}`)
    expect([page.body.items.length, rest.body.items[0].operation]).toEqual([2, 'create'])
  })

  it('gives back once, however many say so at once', async () => {
    const ann = await member()
    const { id } = (await loan((await tool()).id, ann.id)).body
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(`/v1/loans/${id}/give-back`, {})))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(19)
    expect((await system.ask('GET', `/v1/members/${ann.id}`)).body.loans_ever).toBe(1)
  })

  it('sends on to another page', async () => {
    const { id } = await tool({ name: 'saw & file' })
    const { status, headers } = await system.ask('GET', `/v1/desk/tools/${id}/page`)
    expect([status, headers.get('location'), headers.get('cache-control')]).toEqual([
      302,
      'https://example.org/tools/saw%20&%20file',
      'no-store',
    ])
  })
})
