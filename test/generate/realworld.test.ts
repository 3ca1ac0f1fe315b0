import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeOnEach } from './engines.ts'
import { fixture, type System, startSystem } from './system.ts'

describeOnEach('answers in another shape', (createDatabase) => {
  let system: System
  let token: string

  const ask = (method: string, path: string, body?: unknown, headers = {}) =>
    system.ask(method, path, body, { authorization: `Token ${token}`, ...headers })
  const article = async (values: object) => (await ask('POST', '/api/articles', { article: values })).body.article

  beforeAll(async () => {
    const database = await createDatabase()
    system = await startSystem({ yaml: fixture('realworld'), database })
    const user = { email: 'ann@example.com', password: 'correct horse' }
    const made = await system.ask('POST', '/api/users/register', { user: { ...user, displayName: 'Ann' } })
    expect([made.status, Object.keys(made.body), made.body.user.displayName]).toEqual([200, ['user'], 'Ann'])
    const { body } = await system.ask('POST', '/api/users/login', { user })
    expect(Object.keys(body.user)).toEqual(['accessToken', 'refreshToken', 'tokenType', 'expiresIn'])
    expect(body.user.tokenType).toBe('token')
    token = body.user.accessToken
  })
  afterAll(() => system?.stop())

  it('takes and gives objects under their names, in camelCase, but leaves the content of JSON alone', async () => {
    const { status, body } = await ask('POST', '/api/articles', {
      article: { title: 'One', shortText: 'x', tagList: ['a'], extraData: { some_key: { inner_key: 1 } } },
    })
    expect(status).toBe(200)
    expect(Object.keys(body)).toEqual(['article'])
    expect(body.article).toMatchObject({ shortText: 'x', wordCount: 0, extraData: { some_key: { inner_key: 1 } } })
    expect((await ask('GET', `/api/articles/${body.article.id}`)).body).toEqual(body)
    const changed = await ask('PUT', `/api/articles/${body.article.id}`, { article: { wordCount: 3 } })
    expect([changed.status, changed.body.article.wordCount, changed.body.article.title]).toEqual([200, 3, 'One'])
    expect((await ask('PATCH', `/api/articles/${body.article.id}`, { article: {} })).status).toBe(405)
  })

  it('answers lists under their names, with how many there are, and the next page in a header', async () => {
    for (let number = 0; number < 5; number++) await article({ title: `List ${number}`, wordCount: 100 + number })
    const first = await system.ask('GET', '/api/articles?wordCountMin=100&sort=-wordCount&limit=2')
    expect(Object.keys(first.body)).toEqual(['articles', 'articlesCount'])
    expect(first.body.articlesCount).toBe(5)
    const counts: number[] = []
    let next: string | undefined = '/api/articles?wordCountMin=100&sort=-wordCount&limit=2'
    while (next) {
      const { body, headers } = await system.ask('GET', next)
      counts.push(...body.articles.map((each: { wordCount: number }) => each.wordCount))
      next = /<([^>]+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1]
    }
    expect(counts).toEqual([104, 103, 102, 101, 100])
  })

  it('says what is wrong in its own words', async () => {
    const wrong = await ask('POST', '/api/articles', { article: { title: '', wordCount: -1, short_text: 'x' } })
    expect([wrong.status, Object.keys(wrong.body.errors)]).toEqual([422, ['title', 'wordCount', 'shortText']])
    expect(wrong.headers.get('content-type')).toBe('application/json')
    expect((await ask('POST', '/api/articles', { title: 'x' })).body.errors).toHaveProperty('title')
    expect(Object.keys((await ask('GET', '/api/nowhere')).body.errors)).toEqual(['body'])
    const nobody = await system.ask('POST', '/api/articles', { article: { title: 'x' } })
    expect([nobody.status, nobody.headers.get('www-authenticate')]).toEqual([401, 'Token'])
    expect(nobody.body.errors.body[0]).toContain('Authorization: Token')
    expect((await system.ask('GET', '/api/users/me', undefined, { authorization: `Bearer ${token}` })).status).toBe(401)
    expect((await system.ask('GET', '/api/articles?no_such=1')).body.errors).toHaveProperty('noSuch')
  })

  it('answers what it deletes, and repeats an answer as it was', async () => {
    const made = await article({ title: 'Gone' })
    const gone = await ask('DELETE', `/api/articles/${made.id}`)
    expect([gone.status, gone.body.article.title]).toEqual([200, 'Gone'])
    expect((await ask('DELETE', `/api/articles/${made.id}`)).status).toBe(404)
    const key = { 'idempotency-key': 'again' }
    const body = { article: { title: 'Once' } }
    const first = await ask('POST', '/api/articles', body, key)
    const again = await ask('POST', '/api/articles', body, key)
    expect([again.status, again.body]).toEqual([first.status, first.body])
  })

  it('lets pages of the named origin call, and no other', async () => {
    const origin = 'https://conduit.example'
    const asked = { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' }
    const { status, headers } = await system.ask('OPTIONS', '/api/articles', undefined, asked)
    expect(status).toBe(204)
    expect(headers.get('access-control-allow-origin')).toBe(origin)
    expect(headers.get('access-control-allow-methods')).toContain('POST')
    expect(headers.get('access-control-allow-headers')).toBe('authorization')
    const refused = await system.ask('GET', '/api/articles', undefined, { origin: 'https://other.example' })
    expect(refused.headers.get('access-control-allow-origin')).toBeNull()
    const wrong = await ask('POST', '/api/articles', {}, { origin })
    expect([wrong.status, wrong.headers.get('access-control-allow-origin')]).toEqual([422, origin])
  })

  it('describes itself as it is', async () => {
    const { paths, components } = (await system.ask('GET', '/openapi.json')).body
    const { get, post } = paths['/api/articles']
    expect(get.parameters.map(({ name }: { name: string }) => name)).toContain('wordCountMin')
    expect(Object.keys(get.responses[200].content['application/json'].schema.properties)).toEqual([
      'articles',
      'articlesCount',
    ])
    expect(post.requestBody.content['application/json'].schema.required).toEqual(['article'])
    expect(Object.keys(post.responses).filter((status) => status.startsWith('2'))).toEqual(['200'])
    expect(components.schemas.ArticleOut.properties).toHaveProperty('publishedOn')
    expect(components.schemas.Problem.required).toEqual(['errors'])
    expect(components.securitySchemes.bearer).toMatchObject({
      type: 'apiKey',
      name: 'Authorization',
      'x-scheme': 'Token',
    })
    expect(paths['/api/articles/{id}']).not.toHaveProperty('patch')
  })
})
