import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeOnEach } from './engines.ts'
import { type Caller, fixture, SETUP_TOKEN, type System, startSystem } from './system.ts'

describeOnEach('the todo system', (createDatabase) => {
  let system: System
  let ada: Awaited<ReturnType<System['person']>>
  let bob: Awaited<ReturnType<System['person']>>

  beforeAll(async () => {
    const database = await createDatabase()
    system = await startSystem({ yaml: fixture('todo'), database })
    ada = await system.person('ada')
    bob = await system.person('bob')
  })
  afterAll(() => system?.stop())

  const makeTodo = async (who: Caller, title = 'Buy milk') => (await who.ask('POST', '/v1/todos', { title })).body

  it('answers health, the description and the documentation without a sign-in', async () => {
    for (const path of ['/livez', '/readyz', '/openapi.json', '/docs', '/', '/docs/docs.js', '/docs/docs.css'])
      expect((await system.ask('GET', path)).status, path).toBe(200)
  })

  it('registers with 201 and shows no secret', async () => {
    const { status, body } = await system.ask('POST', '/v1/auth/register', {
      email: 'Carl@Example.com',
      password: 'correct horse',
    })
    expect(status).toBe(201)
    expect(Object.keys(body).sort()).toEqual(['created_at', 'email', 'id', 'roles', 'updated_at'])
    expect(body).toMatchObject({ email: 'carl@example.com', roles: ['user'] })
    expect(body.created_at).toMatch(/Z$/)
  })

  it('answers 409 that names the field when an email is taken, whatever its case', async () => {
    const { status, body } = await system.ask('POST', '/v1/auth/register', {
      email: 'ADA@example.com',
      password: 'correct horse',
    })
    expect(status).toBe(409)
    expect(body.errors[0].pointer).toBe('/email')
  })

  it('signs in with 200, OAuth names, and 401 for a wrong password or nobody', async () => {
    const good = await system.ask('POST', '/v1/auth/login', { email: 'Ada@example.com', password: 'correct horse' })
    expect(good.status).toBe(200)
    expect(good.body).toMatchObject({ token_type: 'bearer', expires_in: 900 })
    for (const email of ['ada@example.com', 'nobody@example.com'])
      expect((await system.ask('POST', '/v1/auth/login', { email, password: 'wrong' })).status).toBe(401)
  })

  it('creates with 201, Location, ETag and the object', async () => {
    const { status, headers, body } = await ada.ask('POST', '/v1/todos', { title: 'Buy milk', description: null })
    expect(status).toBe(201)
    expect(headers.get('location')).toBe(`/v1/todos/${body.id}`)
    expect(headers.get('etag')).toBe('"1"')
    expect(body).toMatchObject({ title: 'Buy milk', description: null, done: false, owner_id: ada.id })
    const read = await ada.ask('GET', `/v1/todos/${body.id}`)
    expect(read.body).toEqual(body)
    expect((await ada.ask('GET', `/v1/todos/${body.id}`, undefined, { 'if-none-match': '"1"' })).status).toBe(304)
  })

  it('hides what is another owner’s: 404 for each operation, absent from lists', async () => {
    const todo = await makeTodo(ada)
    for (const [method, body] of [
      ['GET'],
      ['PATCH', { title: 'Mine' }],
      ['DELETE'],
      ['PATCH', { title: '' }],
      ['PATCH', '{'],
    ] as const)
      expect((await bob.ask(method, `/v1/todos/${todo.id}`, body)).status, `${method} ${body}`).toBe(404)
    const list = await bob.ask('GET', '/v1/todos?limit=100')
    expect(list.body.items.map((each: { id: string }) => each.id)).not.toContain(todo.id)
  })

  it('puts 401 before 403, 403 before 404, 404 before 422', async () => {
    const nothing = '00000000-0000-4000-8000-000000000000'
    for (const [method, path, body] of [
      ['GET', '/v1/todos'],
      ['POST', '/v1/todos', '{'],
      ['PATCH', `/v1/todos/${nothing}`, { nonsense: 1 }],
      ['GET', '/v1/users'],
      ['POST', '/v1/todos', 'x'.repeat(2 ** 21)],
    ] as const) {
      const answer = await system.ask(method, path, body)
      expect(answer.status, `${method} ${path}`).toBe(401)
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/)
    }
    for (const [method, path, body] of [
      ['GET', '/v1/users'],
      ['GET', `/v1/users/${nothing}`],
      ['PATCH', `/v1/users/${nothing}`, { roles: 3 }],
      ['POST', `/v1/users/${ada.id}/issue-reset`],
    ] as const)
      expect((await ada.ask(method, path, body)).status, `${method} ${path}`).toBe(403)
    expect((await ada.ask('PATCH', `/v1/todos/${nothing}`, { nonsense: 1 })).status).toBe(404)
    expect((await ada.ask('GET', '/v1/todos/not-an-id')).status).toBe(404)
  })

  it('answers 422 with a pointer to each wrong value', async () => {
    const { status, headers, body } = await ada.ask('POST', '/v1/todos', { title: '', done: 'yes', colour: 'red' })
    expect(status).toBe(422)
    expect(headers.get('content-type')).toBe('application/problem+json')
    expect(body).toMatchObject({
      type: 'about:blank',
      title: expect.any(String),
      status: 422,
      request_id: expect.any(String),
    })
    expect(body.errors.map((error: { pointer: string }) => error.pointer).sort()).toEqual([
      '/colour',
      '/done',
      '/title',
    ])
    expect(headers.get('x-request-id')).toBe(body.request_id)
  })

  it('holds texts to their limits, when they are made and when they change', async () => {
    expect((await ada.ask('POST', '/v1/todos', { title: 'x'.repeat(200) })).status).toBe(201)
    expect((await ada.ask('POST', '/v1/todos', { title: 'x'.repeat(201) })).status).toBe(422)
    expect((await ada.ask('POST', '/v1/todos', { title: 'a\nb' })).status).toBe(422)
    const todo = (await ada.ask('POST', '/v1/todos', { title: 't', description: 'a\nb' })).body
    expect(todo.description).toBe('a\nb')
    expect((await ada.ask('PATCH', `/v1/todos/${todo.id}`, { title: 'x'.repeat(201) })).status).toBe(422)
    expect((await ada.ask('PATCH', `/v1/todos/${todo.id}`, { description: 'x'.repeat(5001) })).status).toBe(422)
  })

  it.each([
    ['broken JSON', '{"title": ', 422],
    ['NaN', '{"title": NaN}', 422],
    ['an array', '[]', 422],
    ['nothing', '', 422],
    ['a NUL character', '{"title": "a\\u0000b"}', 422],
    ['a lone surrogate', '{"title": "\\ud800"}', 422],
    ['absurd depth', `{"title": ${'['.repeat(100_000)}`, 422],
    ['more than 1 MiB', `{"title": "${'x'.repeat(2 ** 20)}"}`, 413],
  ])('answers %s with a problem and stays up', async (_what, body, status) => {
    const answer = await ada.ask('POST', '/v1/todos', body)
    expect(answer.status).toBe(status)
    expect(answer.body.status).toBe(status)
    expect((await system.ask('GET', '/readyz')).status).toBe(200)
  })

  it('answers 415 for a body that is not JSON, 404 and 405 as problems, HEAD and OPTIONS', async () => {
    expect(
      (await ada.ask('POST', '/v1/todos', 'title=x', { 'content-type': 'application/x-www-form-urlencoded' })).status,
    ).toBe(415)
    const lost = await system.ask('GET', '/nowhere')
    expect([lost.status, lost.body.status]).toEqual([404, 404])
    const put = await ada.ask('PUT', '/v1/todos')
    expect([put.status, put.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS, POST'])
    const head = await ada.ask('HEAD', '/v1/todos')
    expect([head.status, head.body]).toEqual([200, ''])
    expect((await system.ask('OPTIONS', '/v1/todos')).headers.get('allow')).toBe('GET, HEAD, OPTIONS, POST')
  })

  it('tells absent from null in PATCH', async () => {
    const todo = (await ada.ask('POST', '/v1/todos', { title: 'Call', description: 'Soon' })).body
    expect((await ada.ask('PATCH', `/v1/todos/${todo.id}`, { done: true })).body).toMatchObject({
      description: 'Soon',
      done: true,
    })
    expect((await ada.ask('PATCH', `/v1/todos/${todo.id}`, { description: null })).body.description).toBeNull()
    const wrong = await ada.ask('PATCH', `/v1/todos/${todo.id}`, { title: null })
    expect([wrong.status, wrong.body.errors[0].pointer]).toEqual([422, '/title'])
  })

  it('answers 412 to a stale If-Match, and loses none of 20 parallel updates', async () => {
    const todo = await makeTodo(ada, 'n0')
    const path = `/v1/todos/${todo.id}`
    expect((await ada.ask('PATCH', path, { title: 'n' }, { 'if-match': '"7"' })).status).toBe(412)
    expect((await ada.ask('DELETE', path, undefined, { 'if-match': '"7"' })).status).toBe(412)
    const add = async (): Promise<void> => {
      for (;;) {
        const { body, headers } = await ada.ask('GET', path)
        const title = `n${Number(body.title.slice(1)) + 1}`
        const answer = await ada.ask('PATCH', path, { title }, { 'if-match': headers.get('etag')! })
        if (answer.status === 200) return
        expect(answer.status).toBe(412)
      }
    }
    await Promise.all(Array.from({ length: 20 }, add))
    expect((await ada.ask('GET', path)).body.title).toBe('n20')
  })

  it('makes one row of 20 parallel posts with one Idempotency-Key, and gives one answer', async () => {
    const post = (title: string, key: string) => ada.ask('POST', '/v1/todos', { title }, { 'idempotency-key': key })
    const answers = await Promise.all(Array.from({ length: 20 }, () => post('Once', 'key-1')))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]))
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1)
    expect(new Set(answers.map(({ headers }) => headers.get('location'))).size).toBe(1)
    expect((await ada.ask('GET', '/v1/todos?q=Once')).body.items).toHaveLength(1)
    expect((await post('Other', 'key-1')).status).toBe(422)
    expect((await bob.ask('POST', '/v1/todos', { title: 'Once' }, { 'idempotency-key': 'key-1' })).body.owner_id).toBe(
      bob.id,
    )
    expect((await post('', 'key-2')).status).toBe(422)
    expect((await post('Fixed', 'key-2')).status).toBe(201)
  })

  it('pages through any order without losing or repeating a row', async () => {
    const dora = await system.person('dora')
    for (let number = 0; number < 23; number++)
      await dora.ask('POST', '/v1/todos', {
        title: `t${number % 5}`,
        done: number % 3 === 0,
        description: number % 2 ? 'x' : null,
      })
    for (const sort of ['title', '-title', 'done,-title', '-created_at', 'updated_at']) {
      const seen: string[] = []
      let cursor: string | null = ''
      while (cursor !== null) {
        const { status, body } = await dora.ask('GET', `/v1/todos?limit=4&sort=${sort}${cursor && `&cursor=${cursor}`}`)
        expect(status).toBe(200)
        seen.push(...body.items.map((item: { id: string }) => item.id))
        cursor = body.next_cursor
      }
      expect(seen, sort).toHaveLength(23)
      expect(new Set(seen).size, sort).toBe(23)
    }
    const first = (await dora.ask('GET', '/v1/todos?limit=4&sort=title')).body.next_cursor
    for (const query of [
      `sort=-title&cursor=${first}`,
      'cursor=abc',
      'cursor=%00',
      'limit=0',
      'limit=101',
      'limit=x',
      'sort=owner_id',
      'colour=red',
      'done=maybe',
    ]) {
      const { status, body } = await dora.ask('GET', `/v1/todos?${query}`)
      expect([status, body.errors[0].in], query).toEqual([422, 'query'])
    }
  })

  it('filters, and searches without regard to case, also beyond ASCII and with wildcards', async () => {
    const eva = await system.person('eva')
    for (const title of ['Äpfel kaufen', '100% sure', 'a_b', 'done thing'])
      await eva.ask('POST', '/v1/todos', { title, done: title === 'done thing' })
    const titles = async (query: string) =>
      (await eva.ask('GET', `/v1/todos?${query}`)).body.items.map((item: { title: string }) => item.title).sort()
    expect(await titles('done=true')).toEqual(['done thing'])
    expect(await titles('q=%C3%A4PFEL')).toEqual(['Äpfel kaufen'])
    expect(await titles('q=%25')).toEqual(['100% sure'])
    expect(await titles('q=_')).toEqual(['a_b'])
    expect(await titles('q=THING%20done')).toEqual(['done thing'])
  })

  it('rotates refresh tokens and revokes the family when one comes again', async () => {
    const login = await system.ask('POST', '/v1/auth/login', { email: 'ada@example.com', password: 'correct horse' })
    const old = login.body.refresh_token
    const next = await system.ask('POST', '/v1/auth/refresh', { refresh_token: old })
    expect(next.status).toBe(200)
    expect((await system.as(next.body.access_token).ask('GET', '/v1/auth/me')).status).toBe(200)
    expect((await system.ask('POST', '/v1/auth/refresh', { refresh_token: old })).status).toBe(401)
    expect((await system.ask('POST', '/v1/auth/refresh', { refresh_token: next.body.refresh_token })).status).toBe(401)
    expect((await system.as(next.body.access_token).ask('GET', '/v1/auth/me')).status).toBe(401)
    expect((await ada.ask('GET', '/v1/auth/me')).status).toBe(200)
  })

  it('ends a session at logout, and the others when the password changes', async () => {
    const fay = await system.person('fay')
    const login = async (password: string) =>
      (await system.ask('POST', '/v1/auth/login', { email: 'fay@example.com', password })).body
    const second = await login('correct horse')
    const third = await login('correct horse')
    const other = system.as(second.access_token)
    expect((await other.ask('POST', '/v1/auth/logout', { refresh_token: second.refresh_token })).status).toBe(204)
    expect((await other.ask('GET', '/v1/auth/me')).status).toBe(401)
    const change = (current_password: string) =>
      fay.ask('POST', '/v1/auth/change-password', { current_password, new_password: 'another horse' })
    const wrong = await change('wrong')
    expect([wrong.status, wrong.body.errors[0].pointer]).toEqual([422, '/current_password'])
    expect((await change('correct horse')).status).toBe(204)
    expect((await fay.ask('GET', '/v1/auth/me')).status).toBe(200)
    expect((await system.as(third.access_token).ask('GET', '/v1/auth/me')).status).toBe(401)
    expect((await login('another horse')).token_type).toBe('bearer')
  })

  it('makes the first administrator once; roles act at once; resets passwords; keeps the last administrator', async () => {
    const wrong = { token: 'wrong', email: 'admin@example.com', password: 'correct horse' }
    expect((await system.ask('POST', '/v1/auth/setup', wrong)).status).toBe(403)
    const admin = await system.admin()
    expect(
      (await system.ask('POST', '/v1/auth/setup', { ...wrong, token: SETUP_TOKEN, email: 'b@example.com' })).status,
    ).toBe(409)
    const users = await admin.ask('GET', '/v1/users?email=bob%40example.com')
    expect(users.body.items.map((user: { id: string }) => user.id)).toEqual([bob.id])
    expect((await bob.ask('GET', '/v1/users')).status).toBe(403)
    expect((await admin.ask('PATCH', `/v1/users/${bob.id}`, { roles: ['user', 'admin'] })).status).toBe(200)
    expect((await bob.ask('GET', '/v1/users')).status).toBe(200)
    expect((await admin.ask('PATCH', `/v1/users/${bob.id}`, { roles: ['user'] })).status).toBe(200)
    expect((await bob.ask('GET', '/v1/users')).status).toBe(403)
    expect((await admin.ask('PATCH', `/v1/users/${bob.id}`, { roles: ['king'] })).status).toBe(422)
    expect((await admin.ask('PATCH', `/v1/users/${admin.id}`, { roles: [] })).status).toBe(409)
    expect((await admin.ask('DELETE', `/v1/users/${admin.id}`)).status).toBe(409)
    const { status, body } = await admin.ask('POST', `/v1/users/${bob.id}/issue-reset`)
    expect(status).toBe(200)
    const reset = { token: body.token, new_password: 'new horse battery' }
    expect((await system.ask('POST', '/v1/auth/reset-password', reset)).status).toBe(204)
    const again = await system.ask('POST', '/v1/auth/reset-password', reset)
    expect([again.status, again.body.errors[0].pointer]).toEqual([422, '/token'])
    expect((await bob.ask('GET', '/v1/auth/me')).status).toBe(401)
    const gone = await system.person('gone')
    await makeTodo(gone)
    expect((await admin.ask('DELETE', `/v1/users/${gone.id}`)).status).toBe(204)
    expect((await gone.ask('GET', '/v1/auth/me')).status).toBe(401)
  })

  it('refuses forged and foreign tokens', async () => {
    const [head, payload, signature] = ada.token.split('.')
    const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')
    for (const token of [`${none}.${payload}.`, `${head}.${payload}.${signature!.slice(0, -2)}AA`, 'x', 'a.b.c', ''])
      expect((await system.as(token).ask('GET', '/v1/todos')).status, token).toBe(401)
  })

  it('locks an account after ten failures, with Retry-After', async () => {
    await system.person('lea')
    const attempt = (password: string) => system.ask('POST', '/v1/auth/login', { email: 'lea@example.com', password })
    for (let count = 0; count < 10; count++) expect((await attempt('wrong')).status).toBe(401)
    const locked = await attempt('correct horse')
    expect(locked.status).toBe(429)
    expect(Number(locked.headers.get('retry-after'))).toBeGreaterThan(0)
  })

  it('lets 40 writers write at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, number) => ada.ask('POST', '/v1/todos', { title: `w${number}` })),
    )
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]))
  })

  it('writes one JSON line a request, without secrets', () => {
    const lines = system
      .log()
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line))
    expect(lines.some((line) => line.operation === 'todos.api:create' && line.status === 201)).toBe(true)
    const secret = /correct horse|new horse|argon2id|Bearer|Traceback/
    expect(
      system
        .log()
        .split('\n')
        .filter((line) => secret.test(line)),
    ).toEqual([])
  })
})
