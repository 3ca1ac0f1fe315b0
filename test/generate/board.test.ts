import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeOnEach } from './engines.ts'
import { type Answer, type Caller, fixture, type System, startSystem } from './system.ts'

describeOnEach('the board', (createDatabase) => {
  let system: System
  let ann: Awaited<ReturnType<System['person']>>
  let ben: Awaited<ReturnType<System['person']>>

  beforeAll(async () => {
    const database = await createDatabase()
    system = await startSystem({ yaml: fixture('board'), database })
    ann = await system.person('ann', { name: 'Ann' })
    ben = await system.person('ben')
  })
  afterAll(() => system?.stop())

  const make = async (who: Caller, path: string, body: object) => {
    const answer = await who.ask('POST', path, body)
    expect(answer.status, JSON.stringify(answer.body)).toBe(201)
    return answer.body
  }
  const post = (who: Caller, title = 'Hello') => make(who, '/v1/posts', { title, body: 'World' })
  const comment = (who: Caller, post_id: string, more: object = {}) =>
    make(who, '/v1/comments', { post_id, body: 'Well said', ...more })
  const titles = async (who: Caller, query: string): Promise<string[]> => {
    const answer = await who.ask('GET', `/v1/posts?limit=100&${query}`)
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)
    return answer.body.items.map(({ title }: { title: string }) => title)
  }

  it('shows posts to whoever calls, with a token that is not good too, and lets only people who sign in write', async () => {
    const { id } = await post(ann)
    for (const token of [undefined, 'nonsense']) {
      const stranger = token ? system.as(token) : system
      expect((await stranger.ask('GET', `/v1/posts/${id}`)).status).toBe(200)
      expect((await stranger.ask('GET', '/v1/posts')).status).toBe(200)
      expect((await stranger.ask('POST', '/v1/posts', { title: 'x', body: '' })).status).toBe(401)
      expect((await stranger.ask('PUT', `/v1/posts/${id}/favourite`)).status).toBe(401)
    }
    expect((await ben.ask('GET', `/v1/posts/${id}`)).body).toMatchObject({ id, title: 'Hello' })
    expect((await ben.ask('PATCH', `/v1/posts/${id}`, { title: 'Mine' })).status).toBe(404)
  })

  it('says in OpenAPI who needs to sign in, what is computed and what can be embedded', async () => {
    const { body } = await system.ask('GET', '/openapi.json')
    expect(body.paths['/v1/posts'].get.security).toEqual([{ bearer: [] }, {}])
    expect(body.paths['/v1/posts'].post.security).toEqual([{ bearer: [] }])
    const { properties, required } = body.components.schemas.PostOut
    expect(properties.favourites_count).toMatchObject({ type: 'integer' })
    expect(properties.average.anyOf).toEqual([{ type: 'number' }, { type: 'null' }])
    expect(properties.last_comment_at.anyOf[0]).toMatchObject({ type: 'string' })
    expect(required).toContain('favourites_count')
    expect(required).not.toContain('comments')
    expect(properties.comments.anyOf[0].items.$ref).toMatch(/PostCommentsOut$/)
    expect(body.components.schemas.PostCreate.properties.favourites_count).toBeUndefined()
    expect(body.paths['/v1/posts/{id}/favourite'].put.responses['200']).toBeDefined()
    expect(body.paths['/v1/posts/{id}'].get.responses['304']).toBeUndefined()
    const parameters = body.paths['/v1/posts'].get.parameters.map(({ name }: { name: string }) => name)
    expect(parameters).toEqual(expect.arrayContaining(['expand', 'favourited', 'average_min', 'favourites_count']))
  })

  it('computes what stands in the answers to reading, listing, making and changing', async () => {
    const made = await post(ann, 'Computed')
    expect(made).toMatchObject({
      favourites_count: 0,
      comments_count: 0,
      stars: 0,
      paid: 0,
      average: null,
      last_comment_at: null,
      discussed: false,
      favourited: false,
      length: 13,
      share: 0,
    })
    await comment(ben, made.id, { stars: 5, tip: 1.1 })
    const last = await comment(ann, made.id, { stars: 2, tip: 2.25 })
    await comment(ben, made.id, { stars: 4, tip: 0 })
    const shown = { comments_count: 3, stars: 11, average: 3.67, paid: 3.35, share: 1.12, discussed: true }
    const read = await ann.ask('GET', `/v1/posts/${made.id}`)
    expect(read.body).toMatchObject(shown)
    expect(read.body.last_comment_at > last.created_at).toBe(true)
    expect((await ann.ask('PATCH', `/v1/posts/${made.id}`, { title: 'Longer title' })).body).toMatchObject({
      ...shown,
      length: 17,
    })
    const list = await ann.ask('GET', '/v1/posts?limit=100')
    expect(list.body.items.find(({ id }: { id: string }) => id === made.id)).toMatchObject(shown)
    const again = await ann.ask('GET', `/v1/posts/${made.id}`, undefined, { 'if-none-match': '"2"' })
    expect(again.status).toBe(200)
    const sent = await ann.ask('POST', '/v1/posts', { title: 'x', body: '', stars: 5 })
    expect([sent.status, sent.body.errors[0].pointer]).toEqual([422, '/stars'])
  })

  it('keeps one mark of one person, however often and however many at once', async () => {
    const { id } = await post(ann, 'Liked')
    const path = `/v1/posts/${id}/favourite`
    const answers = await Promise.all(Array.from({ length: 12 }, () => ben.ask('PUT', path)))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    expect((await ben.ask('PUT', path)).body).toMatchObject({ id, favourites_count: 1, favourited: true })
    expect((await ann.ask('PUT', path)).body).toMatchObject({ favourites_count: 2, favourited: true })
    expect((await system.ask('GET', `/v1/posts/${id}`)).body).toMatchObject({ favourites_count: 2, favourited: false })
    const members = await system.ask('GET', `/v1/posts/${id}/favouriters?limit=1`)
    expect(members.body.items).toEqual([{ id: ann.id, name: 'Ann', since: expect.stringMatching(/Z$/) }])
    const next = await system.ask('GET', `/v1/posts/${id}/favouriters?cursor=${members.body.next_cursor}`)
    expect(next.body).toMatchObject({ items: [{ id: ben.id, name: null }], next_cursor: null })
    expect((await system.ask('GET', `/v1/posts/${id}/voters`)).status).toBe(401)
    const off = await Promise.all(Array.from({ length: 5 }, () => ben.ask('DELETE', path)))
    expect(new Set(off.map(({ status }) => status))).toEqual(new Set([200]))
    expect((await ben.ask('DELETE', path)).body).toMatchObject({ favourites_count: 1, favourited: false })
    const nothing = '00000000-0000-4000-8000-000000000000'
    for (const method of ['PUT', 'DELETE'])
      expect((await ben.ask(method, `/v1/posts/${nothing}/favourite`)).status).toBe(404)
    expect((await system.ask('GET', `/v1/posts/${nothing}/favouriters`)).status).toBe(404)
  })

  it('holds the rules of the marks: three votes a person, however many are cast at once', async () => {
    const carl = await system.person('carl')
    const posts = await Promise.all(['One', 'Two', 'Three', 'Four', 'Five'].map((title) => post(ann, title)))
    const vote = (id: string) => carl.ask('PUT', `/v1/posts/${id}/vote`)
    const answers = await Promise.all(posts.map(({ id }) => vote(id)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 409, 409])
    expect(answers.find(({ status }) => status === 409)?.body.detail).toBe('You have given your three votes.')
    for (const [at, { status }] of answers.entries()) expect((await vote(posts[at].id)).status).toBe(status)
  })

  it('filters, sorts and pages lists by what is computed', async () => {
    const { id: many } = await post(ann, 'Many')
    const { id: few } = await post(ann, 'Few')
    await post(ann, 'None')
    for (const who of [ann, ben]) await who.ask('PUT', `/v1/posts/${many}/vote`)
    await ben.ask('PUT', `/v1/posts/${few}/favourite`)
    for (const stars of [5, 4]) await comment(ben, many, { stars })
    await comment(ben, few, { stars: 1 })
    expect(await titles(ben, 'favourited=true')).toEqual(['Few'])
    expect(await titles(system, 'favourited=true')).toEqual([])
    expect(await titles(ben, 'average_min=4.5')).toContain('Many')
    expect(await titles(ben, 'average_min=4.51')).not.toContain('Many')
    const sorted = (await titles(ben, 'sort=-average,title')).filter((title) => /Many|Few|None/.test(title))
    expect(sorted).toEqual(['Many', 'Few', 'None'])
    const found: string[] = []
    for (let cursor = ''; ; ) {
      const page: Answer = await ben.ask('GET', `/v1/posts?sort=-favourites_count,title&limit=2${cursor}`)
      found.push(...page.body.items.map(({ title }: { title: string }) => title))
      if (!page.body.next_cursor) break
      cursor = `&cursor=${page.body.next_cursor}`
    }
    expect(found).toEqual(await titles(ben, 'sort=-favourites_count,title'))
    expect((await ben.ask('GET', '/v1/posts?favourited=perhaps')).status).toBe(422)
  })

  it('embeds what is asked for, and nothing else', async () => {
    const { id } = await post(ann, 'Embedding')
    const first = await comment(ben, id)
    await comment(ann, id)
    const plain = (await system.ask('GET', `/v1/posts/${id}`)).body
    expect(Object.keys(plain)).not.toEqual(expect.arrayContaining(['author']))
    expect('comments' in plain).toBe(false)
    const { body } = await system.ask('GET', `/v1/posts/${id}?expand=author,comments`)
    expect(body.author).toEqual({ id: ann.id, name: 'Ann' })
    expect(body.comments.map((each: { author_id: string }) => each.author_id)).toEqual([ben.id, ann.id])
    expect(body.comments[0]).toEqual(first)
    const list = await system.ask('GET', '/v1/posts?limit=100&expand=comments')
    expect(list.body.items.find((each: { id: string }) => each.id === id).comments).toHaveLength(2)
    expect(list.body.items.every((each: object) => 'comments' in each && !('author' in each))).toBe(true)
    const child = await system.ask('GET', `/v1/posts/${id}/comments?expand=post`)
    expect(child.body.items[0].post).toMatchObject({ id, title: 'Embedding' })
    for (const path of ['/v1/posts', `/v1/posts/${id}`]) {
      const wrong = await system.ask('GET', `${path}?expand=comments,votes`)
      expect([wrong.status, wrong.body.errors[0]]).toMatchObject([422, { pointer: '/expand', in: 'query' }])
    }
    const csv = await system.ask('GET', '/v1/posts?format=csv')
    expect(csv.body.split('\r\n')[0]).toMatch(/favourites_count/)
    expect(csv.body.split('\r\n')[0]).not.toMatch(/author,|comments$/)
  })
})
