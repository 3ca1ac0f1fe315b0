import { readdirSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeOnEach } from './engines.ts'
import { fixture, type Person, type System, startSystem } from './system.ts'

const png = Buffer.concat([
  Buffer.from(
    '89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d494441' +
      '54789c6360000002000001e221bc330000000049454e44ae426082',
    'hex',
  ),
  Buffer.alloc(100_000, 7),
])

describeOnEach('a photo contest with uploads', (createDatabase) => {
  let system: System
  let ann: Person
  let ben: Person
  let album: string

  beforeAll(async () => {
    const database = await createDatabase()
    system = await startSystem({ yaml: fixture('photos'), database })
    ann = await system.person('ann')
    ben = await system.person('ben')
    album = (await ann.ask('POST', '/v1/albums', { name: 'Summer' })).body.id
  })
  afterAll(() => system?.stop())

  const send = async (who: Person | undefined, method: string, path: string, form: FormData, headers = {}) => {
    const response = await fetch(`${system.url}${path}`, {
      method,
      body: form,
      headers: { ...(who ? { authorization: `Bearer ${who.token}` } : {}), ...headers },
    })
    const text = await response.text()
    return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : undefined }
  }
  const formOf = (values: Record<string, string>, files: Record<string, [Buffer, string, string]> = {}) => {
    const form = new FormData()
    for (const [name, value] of Object.entries(values)) form.append(name, value)
    for (const [name, [content, type, file]] of Object.entries(files))
      form.append(name, new Blob([new Uint8Array(content)], { type }), file)
    return form
  }
  const picture: [Buffer, string, string] = [png, 'image/png', 'holiday.png']
  const photo = async (who = ann, values = {}) => {
    const made = await send(
      who,
      'POST',
      '/v1/photos',
      formOf({ album_id: album, title: 'Sea', ...values }, { image: picture }),
    )
    expect(made.status, JSON.stringify(made.body)).toBe(201)
    return made.body
  }
  const get = (url: string, headers = {}) => fetch(url.startsWith('http') ? url : `${system.url}${url}`, { headers })
  const kept = () => {
    const folder = join(system.folder, 'files')
    return readdirSync(folder)
      .filter((name) => name !== 'incoming')
      .flatMap((name) => readdirSync(join(folder, name)))
  }
  const coming = () => readdirSync(join(system.folder, 'files', 'incoming'))

  it('makes a photo of a form, with values of every kind', async () => {
    const made = await photo(ann, {
      rating: '4',
      price: '2.50',
      for_sale: 'true',
      taken_on: '2030-06-01',
      meta: '{"a": [1]}',
    })
    expect(made).toMatchObject({ rating: 4, price: 2.5, for_sale: true, taken_on: '2030-06-01', meta: { a: [1] } })
    expect(made.image).toMatchObject({ name: 'holiday.png', size: png.length, content_type: 'image/png' })
    expect(made.consent).toBeNull()
    const form = formOf({ album_id: album, title: 'Many', tags: 'a' }, { image: picture })
    form.append('tags', 'b')
    expect((await send(ann, 'POST', '/v1/photos', form)).body.tags).toEqual(['a', 'b'])
  })

  it('hands it out by a link without signing in, and to nobody by its own path', async () => {
    const made = await photo()
    const answer = await get(made.image.url)
    expect(answer.status).toBe(200)
    expect(Buffer.from(await answer.arrayBuffer()).equals(png)).toBe(true)
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="holiday.png"')
    expect(answer.headers.get('content-type')).toBe('image/png')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect((await get(made.image.url, { 'if-none-match': answer.headers.get('etag')! })).status).toBe(304)
    const path = `/v1/photos/${made.id}/image`
    expect((await get(path)).status).toBe(401)
    expect((await get(path, { authorization: `Bearer ${ben.token}` })).status).toBe(404)
    const part = await get(path, { authorization: `Bearer ${ann.token}`, range: 'bytes=0-7' })
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 0-7/${png.length}`])
    expect(Buffer.from(await part.arrayBuffer()).toString('hex')).toBe('89504e470d0a1a0a')
    expect((await get(path, { authorization: `Bearer ${ann.token}`, range: 'bytes=999999-' })).status).toBe(416)
  })

  it('never takes a name for a path', async () => {
    const form = formOf({ album_id: album, title: 'Up' }, { image: [png, 'image/png', '../../../app/main.py'] })
    const made = await send(ann, 'POST', '/v1/photos', form)
    expect(made.body.image.name).toBe('main.py')
    expect((await get(made.body.image.url)).headers.get('content-disposition')).toContain('filename="main.py"')
    const odd = formOf({ album_id: album, title: 'Odd' }, { image: [png, 'image/png', 'Grüße "x".png'] })
    const header = (await get((await send(ann, 'POST', '/v1/photos', odd)).body.image.url)).headers.get(
      'content-disposition',
    )
    expect(header).toContain("filename*=UTF-8''Gr%C3%BC%C3%9Fe")
  })

  it('refuses what is too large, of another kind, or not what it says, and keeps nothing of it', async () => {
    const before = kept().length
    const attempt = async (file: [Buffer, string, string]) =>
      (await send(ann, 'POST', '/v1/photos', formOf({ album_id: album, title: 'No' }, { image: file }))).status
    expect(await attempt([Buffer.concat([png, Buffer.alloc(8 * 2 ** 20)]), 'image/png', 'large.png'])).toBe(413)
    expect(await attempt([Buffer.from('GIF89a and more'), 'image/gif', 'a.gif'])).toBe(415)
    expect(await attempt([Buffer.from('<script>'), 'image/png', 'a.png'])).toBe(415)
    expect(await attempt([Buffer.from('words'), 'text/plain', 'a.txt'])).toBe(415)
    const json = await ann.ask('POST', '/v1/photos', { album_id: album, title: 'No file' })
    expect([json.status, json.body.errors[0].pointer]).toEqual([422, '/image'])
    const wrong = await send(
      ann,
      'POST',
      '/v1/photos',
      formOf({ album_id: album, title: '', rating: 'x' }, { image: picture }),
    )
    expect([wrong.status, wrong.body.errors.map((each: { pointer: string }) => each.pointer)]).toEqual([
      422,
      ['/title', '/rating'],
    ])
    expect(kept().length).toBe(before)
    expect(coming()).toEqual([])
  })

  it('replaces, removes, and takes files along when rows go', async () => {
    const before = kept().length
    const own = (await ann.ask('POST', '/v1/albums', { name: 'Winter' })).body.id
    const made = await photo(ann, { album_id: own })
    const put = await send(ann, 'PUT', `/v1/photos/${made.id}/image`, formOf({}, { file: picture }))
    expect([put.status, put.body.name]).toEqual([200, 'holiday.png'])
    expect(put.headers.get('etag')).toBe('"2"')
    expect((await get(made.image.url)).status).toBe(404)
    expect((await get(put.body.url)).status).toBe(200)
    const stale = await send(ann, 'PUT', `/v1/photos/${made.id}/image`, formOf({}, { file: picture }), {
      'if-match': '"1"',
    })
    expect(stale.status).toBe(412)
    const consent = formOf({}, { file: [Buffer.from('I agree'), 'text/plain', 'yes.txt'] })
    expect((await send(ann, 'PUT', `/v1/photos/${made.id}/consent`, consent)).status).toBe(200)
    expect(kept().length).toBe(before + 2)
    expect((await ann.ask('DELETE', `/v1/photos/${made.id}/consent`)).status).toBe(204)
    expect((await ann.ask('DELETE', `/v1/photos/${made.id}/image`)).status).toBe(405)
    expect(kept().length).toBe(before + 1)
    expect((await ann.ask('DELETE', `/v1/albums/${own}`)).status).toBe(204)
    expect(kept().length).toBe(before)
  })

  it('keeps one file of a request that is repeated', async () => {
    const before = kept().length
    const form = () => formOf({ album_id: album, title: 'Once' }, { image: picture })
    const key = { 'idempotency-key': 'the same upload' }
    const first = await send(ann, 'POST', '/v1/photos', form(), key)
    const again = await send(ann, 'POST', '/v1/photos', form(), key)
    expect([first.status, again.status, again.body.id]).toEqual([201, 201, first.body.id])
    expect(kept().length).toBe(before + 1)
  })

  it('keeps nothing of an upload that breaks off', async () => {
    const before = kept().length
    const { hostname, port } = new URL(system.url)
    const head =
      `POST /v1/photos HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${ann.token}\r\n` +
      'Content-Type: multipart/form-data; boundary=b\r\nContent-Length: 5000000\r\n\r\n' +
      '--b\r\nContent-Disposition: form-data; name="image"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n'
    const socket = connect(Number(port), hostname)
    socket.write(Buffer.concat([Buffer.from(head), png, png, png, png]))
    await expect.poll(coming).toHaveLength(1)
    socket.destroy()
    await expect.poll(coming).toEqual([])
    expect(kept().length).toBe(before)
  })

  it('lets a booth upload with its key', async () => {
    const { body } = await ann.ask('POST', '/v1/booths', { name: 'Entrance' })
    const form = () => formOf({ album_id: album, title: 'Booth' }, { image: picture })
    const made = await send(undefined, 'POST', '/v1/photos', form(), { 'x-api-key': body.api_key })
    expect([made.status, made.body.booth_id, made.body.owner_id]).toEqual([201, body.id, null])
    const both = await send(ann, 'POST', '/v1/photos', form(), { 'x-api-key': body.api_key })
    expect([both.status, both.body.owner_id]).toEqual([201, ann.id])
  })

  it('takes many at once without mixing them up', async () => {
    const many = await Promise.all(
      Array.from({ length: 12 }, async (_, at) => {
        const content = Buffer.concat([png, Buffer.alloc(1000 + at, at)])
        const form = formOf({ album_id: album, title: `${at}` }, { image: [content, 'image/png', `${at}.png`] })
        const { body } = await send(ann, 'POST', '/v1/photos', form)
        return Buffer.from(await (await get(body.image.url)).arrayBuffer()).equals(content)
      }),
    )
    expect(many).toEqual(many.map(() => true))
  })

  it('describes forms and downloads', async () => {
    const { paths, components } = (await system.ask('GET', '/openapi.json')).body
    expect(Object.keys(paths['/v1/photos'].post.requestBody.content)).toEqual(['multipart/form-data'])
    expect(Object.keys(paths['/v1/albums'].post.requestBody.content)).toEqual([
      'multipart/form-data',
      'application/json',
    ])
    expect(paths['/v1/photos/{id}/image'].get.responses[206]).toBeTruthy()
    expect(Object.keys(components.securitySchemes)).toEqual(['bearer', 'apiKey'])
    expect(paths['/v1/files/{token}'].get.security).toBeUndefined()
  })
})
