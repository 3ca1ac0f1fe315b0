import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeOnEach } from './engines.ts'
import { type Caller, fixture, type Person, type System, startSystem } from './system.ts'

describeOnEach('committees', (createDatabase) => {
  let system: System
  let admin: Caller & { id: string }
  let [ann, ben, eve]: Person[] = []
  let committee: string
  let chair: { id: string }

  beforeAll(async () => {
    const database = await createDatabase()
    system = await startSystem({ yaml: fixture('committees'), database })
    admin = await system.admin()
    ;[ann, ben, eve] = [await system.person('ann'), await system.person('ben'), await system.person('eve')]
    committee = (await make(ann, '/v1/committees', { name: 'Finance' })).id
    chair = await make(ann, members, { committee_id: committee, user_id: ann.id, role: 'chair' })
  })
  afterAll(() => system?.stop())

  const members = '/v1/committee-members'
  const make = async (who: Caller, path: string, body: object) => {
    const answer = await who.ask('POST', path, body)
    expect(answer.status, JSON.stringify(answer.body)).toBe(201)
    return answer.body
  }
  const statusOf = async (who: Caller, method: string, path: string, body?: object) =>
    (await who.ask(method, path, body)).status
  const titles = async (who: Caller, path: string): Promise<string[]> =>
    (await who.ask('GET', path)).body.items.map(({ title }: { title: string }) => title)

  it('lets the chair invite, and nobody invite themselves', async () => {
    const mine = { committee_id: committee, user_id: eve!.id, role: 'chair' }
    expect(await statusOf(eve!, 'POST', members, mine)).toBe(403)
    expect(await statusOf(eve!, 'POST', members, { ...mine, role: 'member' })).toBe(403)
    const ben_ = await make(ann!, members, { committee_id: committee, user_id: ben!.id })
    expect(await statusOf(ben!, 'POST', members, mine)).toBe(403)
    expect(await statusOf(ben!, 'PATCH', `${members}/${ben_.id}`, { role: 'chair' })).toBe(404)
    expect(await statusOf(eve!, 'GET', `${members}/${ben_.id}`)).toBe(404)
    expect(await statusOf(ben!, 'GET', `${members}/${chair.id}`)).toBe(200)
    expect((await eve!.ask('GET', members)).body.items).toEqual([])
    expect((await ben!.ask('GET', members)).body.items).toHaveLength(2)
  })

  it('does not take the right of a chair to another committee', async () => {
    const other = (await make(eve!, '/v1/committees', { name: 'Parks' })).id
    expect(await statusOf(ann!, 'PATCH', `${members}/${chair.id}`, { committee_id: other })).toBe(403)
    expect(await statusOf(ann!, 'PATCH', `${members}/${chair.id}`, { note: 'since 2020' })).toBe(200)
    expect((await admin.ask('GET', `${members}/${chair.id}`)).body).toMatchObject({ committee_id: committee })
  })

  it('shows minutes to members, and public ones to whoever calls', async () => {
    const secret = await make(ann!, '/v1/minutes', { committee_id: committee, title: 'Secret' })
    const open = await make(ann!, '/v1/minutes', { committee_id: committee, title: 'Open', public: true })
    expect(await statusOf(ben!, 'POST', '/v1/minutes', { committee_id: committee, title: 'Mine' })).toBe(403)
    expect(await titles(ben!, '/v1/minutes?sort=title')).toEqual(['Open', 'Secret'])
    for (const who of [eve!, system]) {
      expect(await titles(who, '/v1/minutes')).toEqual(['Open'])
      expect(await statusOf(who, 'GET', `/v1/minutes/${open.id}`)).toBe(200)
      expect(await statusOf(who, 'GET', `/v1/minutes/${secret.id}`)).toBe(404)
    }
    expect(await statusOf(eve!, 'PATCH', `/v1/minutes/${open.id}`, { title: 'x' })).toBe(404)
    expect(await statusOf(ben!, 'PATCH', `/v1/minutes/${open.id}`, { nonsense: 1 })).toBe(404)
    expect(await statusOf(system, 'PATCH', `/v1/minutes/${open.id}`, { title: 'x' })).toBe(401)
    expect(await statusOf(ann!, 'PATCH', `/v1/minutes/${open.id}`, { title: 'Opened' })).toBe(200)
    expect(await statusOf(ben!, 'POST', `/v1/minutes/${secret.id}/remarks`, { body: 'Hear, hear' })).toBe(201)
    expect(await statusOf(eve!, 'POST', `/v1/minutes/${secret.id}/remarks`, { body: 'What?' })).toBe(404)
    expect(await statusOf(eve!, 'POST', '/v1/remarks', { minute_id: secret.id, body: 'What?' })).toBe(422)
    expect((await eve!.ask('GET', '/v1/remarks')).body.items).toEqual([])
    expect((await ann!.ask('GET', `/v1/committees/${committee}`)).body).toMatchObject({ name: 'Finance', size: 2 })
  })

  it('ends what somebody sees with their membership', async () => {
    const place = (await ben!.ask('GET', `${members}?user_id=${ben!.id}`)).body.items[0]
    expect(await statusOf(ben!, 'DELETE', `${members}/${chair.id}`)).toBe(404)
    expect(await statusOf(ben!, 'DELETE', `${members}/${place.id}`)).toBe(204)
    expect(await titles(ben!, '/v1/minutes')).toEqual(['Opened'])
    await make(ann!, members, { committee_id: committee, user_id: ben!.id })
    expect(await titles(ben!, '/v1/minutes?sort=title')).toEqual(['Opened', 'Secret'])
  })

  it('lets nobody approve what they asked for, or more than they may', async () => {
    await admin.ask('PATCH', `/v1/users/${ben!.id}`, { roles: ['person', 'treasurer'] })
    const ask = (who: Caller, amount: number) => make(who, '/v1/applications', { committee_id: committee, amount })
    const [own, small, large] = [await ask(ben!, 10), await ask(ann!, 1000), await ask(ann!, 1000.01)]
    const approve = (id: string) => statusOf(ben!, 'POST', `/v1/applications/${id}/approve`)
    expect(await approve(own.id)).toBe(404)
    expect(await approve(large.id)).toBe(404)
    expect(await approve(small.id)).toBe(200)
    expect(await approve(small.id)).toBe(409)
    expect(await statusOf(ben!, 'POST', `/v1/applications/${large.id}/refuse`)).toBe(200)
    expect(await statusOf(ann!, 'POST', `/v1/applications/${own.id}/approve`)).toBe(403)
    expect((await ben!.ask('GET', `/v1/applications/${own.id}`)).body.status).toBe('requested')
  })

  it('keeps drafts to who wrote them', async () => {
    const notice = async (title: string, visibility: string, priority = 2) =>
      make(ann!, '/v1/notices', { title, visibility, priority })
    const draft = await notice('Draft', 'draft')
    await notice('Internal', 'internal')
    await notice('Unimportant', 'internal', 1)
    await notice('Public', 'public', 1)
    expect(await titles(ann!, '/v1/notices?sort=title')).toEqual(['Draft', 'Internal', 'Public', 'Unimportant'])
    expect(await titles(eve!, '/v1/notices?sort=title')).toEqual(['Internal', 'Public'])
    expect(await titles(system, '/v1/notices')).toEqual(['Public'])
    expect(await statusOf(eve!, 'PATCH', `/v1/notices/${draft.id}`, { title: 'x' })).toBe(404)
  })
})
