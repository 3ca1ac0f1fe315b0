import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeOnEach } from './engines.ts'
import { type Caller, fixture, type System, startSystem } from './system.ts'

describeOnEach('the journal', (createDatabase, engine) => {
  let system: System
  let ann: Awaited<ReturnType<System['person']>>
  let ben: Awaited<ReturnType<System['person']>>
  let editor: Awaited<ReturnType<System['person']>>
  let section: { id: string; slug: string }

  beforeAll(async () => {
    const database = await createDatabase()
    system = await startSystem({ yaml: fixture('journal'), database })
    const admin = await system.admin()
    ann = await system.person('ann')
    ben = await system.person('ben')
    editor = await system.person('editor')
    await admin.ask('PATCH', `/v1/users/${editor.id}`, { roles: ['editor'] })
    section = await post(editor, '/v1/sections', { title: 'World News' })
  })
  afterAll(() => system?.stop())

  const post = async (who: Caller, path: string, body: object) => {
    const answer = await who.ask('POST', path, body)
    expect(answer.status, JSON.stringify(answer.body)).toBe(201)
    return answer.body
  }
  const article = (title: string, more: object = {}) => ({ section_id: section.id, title, ...more })
  const statusOf = async (who: Caller, method: string, path: string, body?: object) =>
    (await who.ask(method, path, body)).status
  const titles = async (who: Caller, query = ''): Promise<string[]> =>
    (await who.ask('GET', `/v1/articles?limit=100${query}`)).body.items.map(({ title }: { title: string }) => title)

  it('makes slugs that nobody else has, also while many make the same', async () => {
    const made = await Promise.all(Array.from({ length: 20 }, () => post(ann, '/v1/articles', article('Élan vital'))))
    const slugs = new Set(made.map(({ slug }) => slug))
    expect(slugs).toEqual(new Set(['elan-vital', ...Array.from({ length: 19 }, (_, at) => `elan-vital-${at + 2}`)]))
    expect(new Set(made.map(({ code }) => code)).size).toBe(20)
    for (const { code } of made) expect(code).toMatch(/^[2-9a-hjkmnp-z]{6}$/)
    const found = await ann.ask('GET', '/v1/articles?slug=elan-vital-7')
    expect(found.body.items).toHaveLength(1)
    // A slug that is like another title's second.
    const second = await post(ann, '/v1/articles', article('Élan vital 2'))
    expect(second.slug).toBe('elan-vital-2-2')
    expect((await post(ann, '/v1/articles', article('漢字'))).slug).toBe('article')
  })

  it('takes a slug that is sent, keeps it when the title changes, and changes it when asked', async () => {
    const made = await post(ann, '/v1/articles', article('A Walk', { slug: 'walking' }))
    expect(made.slug).toBe('walking')
    const taken = await ann.ask('POST', '/v1/articles', article('Another', { slug: 'walking' }))
    expect([taken.status, taken.body.errors[0].pointer]).toEqual([409, '/slug'])
    const path = `/v1/articles/${made.id}`
    expect((await ann.ask('PATCH', path, { title: 'A Run' })).body.slug).toBe('walking')
    expect((await ann.ask('PATCH', path, { slug: 'running' })).body.slug).toBe('running')
    for (const slug of ['Not Good', '-x', '', null])
      expect(await statusOf(ann, 'PATCH', path, { slug }), String(slug)).toBe(422)
    expect(await statusOf(ann, 'PATCH', path, { code: 'abcdef' })).toBe(422)
  })

  it('stores objects and lists of objects, checked in depth', async () => {
    const source = {
      name: 'A book',
      price: 12.5,
      published_on: '2020-02-29',
      links: [{ title: 'x', url: 'https://example.com/' }],
    }
    const made = await post(ann, '/v1/articles', article('Sourced', { source, links: source.links }))
    expect(made.source).toEqual({ ...source, kind: 'web', pages: null })
    expect(made.links).toEqual(source.links)
    expect((await ann.ask('GET', `/v1/articles/${made.id}`)).body.source).toEqual(made.source)
    const wrong = async (more: object) => {
      const { status, body } = await ann.ask('POST', '/v1/articles', article('Wrong', more))
      return [status, body.errors?.[0]?.pointer]
    }
    expect(await wrong({ source: { name: '' } })).toEqual([422, '/source/name'])
    expect(await wrong({ source: { name: 'x', links: [{ title: 'x', url: 'nowhere' }] } })).toEqual([
      422,
      '/source/links/0/url',
    ])
    expect(await wrong({ source: { name: 'x', colour: 'red' } })).toEqual([422, '/source/colour'])
    expect(await wrong({ links: [5] })).toEqual([422, '/links/0'])
    const { components } = (await ann.ask('GET', '/openapi.json')).body
    expect(Object.keys(components.schemas).join()).toMatch(/Source/)
  })

  it('hides what is deleted with all that belongs to it, and brings it back', async () => {
    const made = await post(ann, '/v1/articles', article('Gone', { slug: 'gone' }))
    const remark = await post(editor, '/v1/remarks', { article_id: made.id, body: 'First' })
    const earlier = await post(editor, '/v1/remarks', { article_id: made.id, body: 'Second' })
    expect(await statusOf(editor, 'DELETE', `/v1/remarks/${earlier.id}`)).toBe(204)
    expect(await statusOf(ann, 'DELETE', `/v1/articles/${made.id}`)).toBe(204)
    for (const method of ['GET', 'PATCH', 'DELETE'])
      expect(await statusOf(ann, method, `/v1/articles/${made.id}`, method === 'PATCH' ? {} : undefined)).toBe(404)
    expect(await titles(ann)).not.toContain('Gone')
    expect((await ann.ask('GET', '/v1/articles?slug=gone')).body.items).toEqual([])
    expect(await statusOf(editor, 'GET', `/v1/remarks/${remark.id}`)).toBe(404)
    expect(await statusOf(editor, 'GET', `/v1/articles/${made.id}/remarks`)).toBe(404)
    expect(await statusOf(editor, 'POST', '/v1/remarks', { article_id: made.id, body: 'Late' })).toBe(422)

    expect(await statusOf(ben, 'POST', `/v1/articles/${made.id}/restore`)).toBe(404)
    const back = await ann.ask('POST', `/v1/articles/${made.id}/restore`)
    expect([back.status, back.body.title, back.body.slug]).toEqual([200, 'Gone', 'gone'])
    expect((await ann.ask('GET', `/v1/articles/${made.id}`)).headers.get('etag')).toBe(back.headers.get('etag'))
    const remarks = await editor.ask('GET', `/v1/articles/${made.id}/remarks`)
    expect(remarks.body.items.map(({ id }: { id: string }) => id)).toEqual([remark.id])
    expect(await statusOf(ann, 'POST', `/v1/articles/${made.id}/restore`)).toBe(409)
  })

  it('lets values of what is deleted be used again, and then refuses to bring it back', async () => {
    const made = await post(ann, '/v1/articles', article('Twice', { slug: 'twice' }))
    expect(await statusOf(ann, 'DELETE', `/v1/articles/${made.id}`)).toBe(204)
    const other = await post(ann, '/v1/articles', article('Twice'))
    expect(other.slug).toBe('twice')
    expect(await statusOf(ann, 'POST', `/v1/articles/${made.id}/restore`)).toBe(409)
    expect(await statusOf(ann, 'PATCH', `/v1/articles/${other.id}`, { slug: 'once' })).toBe(200)
    expect(await statusOf(ann, 'POST', `/v1/articles/${made.id}/restore`)).toBe(200)
    // What must stay while something refers to it also stays for what could come back.
    const empty = await post(editor, '/v1/sections', { title: 'Short-lived' })
    const last = await post(ann, '/v1/articles', { section_id: empty.id, title: 'Last' })
    expect(await statusOf(ann, 'DELETE', `/v1/articles/${last.id}`)).toBe(204)
    expect(await statusOf(editor, 'DELETE', `/v1/sections/${empty.id}`)).toBe(409)
  })

  it('makes and changes many at once, all or none', async () => {
    const before = await titles(ann)
    const items = ['B1', 'B2', 'B3'].map((title) => article(title))
    const bulk = (who: Caller, method: string, body: object, headers?: Record<string, string>) =>
      who.ask(method, '/v1/articles/bulk', body, headers)
    const key = { 'idempotency-key': `bulk-${engine}` }
    const made = await bulk(ann, 'POST', { items }, key)
    expect(made.status).toBe(201)
    expect(made.body.items.map(({ title }: { title: string }) => title)).toEqual(['B1', 'B2', 'B3'])
    expect(made.headers.get('location')).toBeNull()
    expect((await bulk(ann, 'POST', { items }, key)).body).toEqual(made.body)
    expect((await titles(ann)).length).toBe(before.length + 3)

    const wrong = await bulk(ann, 'POST', { items: [article('Fine'), article('')] })
    expect([wrong.status, wrong.body.errors[0].pointer]).toEqual([422, '/items/1/title'])
    const taken = await bulk(ann, 'POST', {
      items: [article('Fine', { slug: 'same' }), article('Fine', { slug: 'same' })],
    })
    expect([taken.status, taken.body.errors[0].pointer]).toEqual([409, '/items/1/slug'])
    const foreign = await bulk(ann, 'POST', { items: [article('Fine'), article('Theirs', { owner_id: ben.id })] })
    expect([foreign.status, foreign.body.errors[0].pointer]).toEqual([403, '/items/1'])
    expect(await titles(ann)).not.toContain('Fine')

    const ids: string[] = made.body.items.map(({ id }: { id: string }) => id)
    const changes = ids.map((id, at) => ({ id, words: at + 1 }))
    const changed = await bulk(ann, 'PATCH', { items: changes })
    expect(changed.body.items.map(({ words, title }: { words: number; title: string }) => [title, words])).toEqual([
      ['B1', 1],
      ['B2', 2],
      ['B3', 3],
    ])
    const stranger = await bulk(ben, 'PATCH', { items: [{ id: ids[0], words: 9 }] })
    expect([stranger.status, stranger.body.errors[0].pointer]).toEqual([404, '/items/0'])
    const half = await bulk(ann, 'PATCH', {
      items: [
        { id: ids[0], words: 9 },
        { id: ids[1], words: -1 },
      ],
    })
    expect([half.status, half.body.errors[0].pointer]).toEqual([422, '/items/1/words'])
    expect((await ann.ask('GET', `/v1/articles/${ids[0]}`)).body.words).toBe(1)
    const backwards = [...changes].reverse()
    const both = await Promise.all([changes, backwards].map((list) => bulk(ann, 'PATCH', { items: list })))
    expect(both.map(({ status }) => status)).toEqual([200, 200])
  })

  it('gives a list of any length as CSV, of what the caller sees and asks for', async () => {
    const carl = await system.person('carl')
    for (let from = 0; from < 600; from += 100)
      await post(carl, '/v1/articles/bulk', {
        items: Array.from({ length: 100 }, (_, at) => article(`Row ${String(from + at).padStart(4, '0')}`)),
      })
    await post(
      carl,
      '/v1/articles',
      article('=HYPERLINK("x")', { price: -5, lead: 'two\nlines, "quoted"', tags: ['a', 'b'] }),
    )
    const csv = await carl.ask('GET', '/v1/articles?limit=2', undefined, { accept: 'text/csv' })
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(csv.headers.get('content-disposition')).toBe('attachment; filename="articles.csv"')
    const [head, ...lines] = csv.body.trimEnd().split('\r\n')
    expect(head.startsWith('id,owner_id,section_id,title,slug,code,lead,price')).toBe(true)
    expect(lines).toHaveLength(601)
    expect(csv.body.includes(`"'=HYPERLINK(""x"")"`)).toBe(true)
    expect(csv.body.includes('"two\nlines, ""quoted"""')).toBe(true)
    expect(csv.body.includes('"[""a"", ""b""]"')).toBe(true)
    expect(csv.body.includes(',-5,')).toBe(true)
    const some = await carl.ask('GET', '/v1/articles?format=csv&q=row+000&sort=-title')
    expect(some.body.trimEnd().split('\r\n')).toHaveLength(11)
    expect(some.body.indexOf('Row 0009')).toBeLessThan(some.body.indexOf('Row 0001'))
    expect((await ben.ask('GET', '/v1/articles?format=csv')).body.trimEnd().split('\r\n')).toHaveLength(1)
    expect(await statusOf(carl, 'GET', '/v1/articles?format=xml')).toBe(422)
    expect(await statusOf(carl, 'GET', '/v1/articles?format=csv&sort=nothing')).toBe(422)
    const described = (await carl.ask('GET', '/openapi.json')).body.paths['/v1/articles'].get.responses['200'].content
    expect(Object.keys(described).sort()).toEqual(['application/json', 'text/csv'])
  })
})
