import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeOnEach } from './engines.ts'
import { type Caller, fixture, type Person, type System, startSystem } from './system.ts'

const HIDDEN = ['salary', 'rating', 'from']

describeOnEach('the staff', (createDatabase) => {
  let system: System
  let admin: Caller
  let ann: Person
  let ben: Person
  let hr: Person
  let department: string
  let employee: string

  beforeAll(async () => {
    const database = await createDatabase()
    system = await startSystem({ yaml: fixture('staff'), database })
    admin = await system.admin()
    ann = await system.person('ann', { phone: '+49 30 1234567' })
    ben = await system.person('ben')
    hr = await system.person('hr')
    await admin.ask('PATCH', `/v1/users/${hr.id}`, { roles: ['hr'] })
    department = (await hr.ask('POST', '/v1/departments', { name: 'Kitchen', budget: 90.5 })).body.id
    const made = await hr.ask('POST', '/v1/employees', {
      name: 'Ann',
      owner_id: ann.id,
      department_id: department,
      salary: 4200.5,
      rating: 5,
    })
    expect(made.status, JSON.stringify(made.body)).toBe(201)
    expect(made.body).toMatchObject({ salary: 4200.5, rating: 5 })
    expect(made.body).not.toHaveProperty('from')
    employee = made.body.id
  })
  afterAll(() => system.stop())

  /** Returns which of the hidden fields somebody gets of the employee in each of the ways there are. */
  const seenBy = async (who: Caller): Promise<{ [way: string]: string[] }> => {
    const one = `/v1/employees/${employee}`
    const names = (row: object): string[] => HIDDEN.filter((name) => name in row)
    const csv = (await who.ask('GET', '/v1/employees?format=csv')).body as string
    const [head, line] = csv.trim().split('\r\n')
    const cells = new Map(head!.split(',').map((name, index) => [name, line!.split(',')[index]]))
    const history = (await who.ask('GET', `${one}/history`)).body.items as { changes: object }[]
    return {
      read: names((await who.ask('GET', one)).body),
      list: names((await who.ask('GET', '/v1/employees')).body.items[0]),
      csv: HIDDEN.filter((name) => cells.get(name)),
      history: HIDDEN.filter((name) => history.some(({ changes }) => name in changes)),
      embedded: names((await who.ask('GET', `/v1/departments/${department}?expand=employees`)).body.employees[0]),
      handled: names((await who.ask('POST', `${one}/greet`)).body),
    }
  }

  const all = (names: string[]) =>
    Object.fromEntries(['read', 'list', 'embedded', 'handled'].map((way) => [way, names]))

  it('shows each caller what they may see, whichever way they ask', async () => {
    // What is null is a key, and an empty cell.
    expect(await seenBy(hr)).toEqual({
      ...all(['salary', 'rating']),
      csv: ['salary', 'rating'],
      history: ['salary', 'rating'],
    })
    expect(await seenBy(ann)).toEqual({ ...all(['rating']), csv: ['rating'], history: ['rating'] })
    expect(await seenBy(ben)).toEqual({ ...all([]), csv: [], history: [] })
    expect(await seenBy(admin)).toEqual({ ...all(HIDDEN), csv: ['salary', 'rating'], history: ['salary', 'rating'] })
  })

  it('keeps what is embedded of a parent from whoever may not see it', async () => {
    const path = `/v1/employees/${employee}?expand=department`
    expect((await hr.ask('GET', path)).body.department.budget).toBe(90.5)
    expect((await ben.ask('GET', path)).body.department).toMatchObject({ name: 'Kitchen' })
    expect((await ben.ask('GET', path)).body.department).not.toHaveProperty('budget')
  })

  it('does not let anybody write what they may not see', async () => {
    const refused = await ann.ask('PATCH', `/v1/employees/${employee}`, { name: 'Ann!', salary: 1 })
    expect(refused.status).toBe(403)
    expect(refused.headers.get('content-type')).toContain('application/problem+json')
    expect(refused.body.errors).toEqual([{ pointer: '/salary', in: 'body', detail: 'You may not see this.' }])
    expect((await hr.ask('GET', `/v1/employees/${employee}`)).body).toMatchObject({ name: 'Ann', salary: 4200.5 })
    expect((await ben.ask('POST', '/v1/employees', { name: 'Ben', salary: 1 })).status).toBe(403)
    expect((await hr.ask('PATCH', `/v1/employees/${employee}`, { from: 'x' })).status).toBe(403)
    const many = await ann.ask('PATCH', '/v1/employees/bulk', { items: [{ id: employee, salary: 1 }] })
    expect([many.status, many.body.errors?.[0]?.pointer]).toEqual([403, '/items/0/salary'])
    expect((await ann.ask('PATCH', `/v1/employees/${employee}`, { rating: 4 })).body.rating).toBe(4)
  })

  it('does not let anybody become a reader by the row that they write', async () => {
    const refused = await ann.ask('PATCH', `/v1/employees/${employee}`, { mentor_id: ann.id })
    expect([refused.status, refused.body.errors?.[0]?.pointer]).toEqual([403, '/mentor_id'])
    expect((await hr.ask('PATCH', `/v1/employees/${employee}`, { mentor_id: ben.id })).status).toBe(200)
    await admin.ask('PATCH', `/v1/employees/${employee}`, { from: 'Listens well.' })
    expect((await ben.ask('GET', `/v1/employees/${employee}`)).body.from).toBe('Listens well.')
    expect((await hr.ask('GET', `/v1/employees/${employee}`)).body).not.toHaveProperty('from')
  })

  it('answers steps, many at once and what was restored in the same way', async () => {
    expect((await ann.ask('POST', `/v1/employees/${employee}/leave`)).body).not.toHaveProperty('salary')
    expect((await hr.ask('POST', `/v1/employees/${employee}/come-back`)).body.salary).toBe(4200.5)
    const many = await ben.ask('POST', '/v1/employees/bulk', { items: [{ name: 'B1' }, { name: 'B2' }] })
    expect(many.body.items.map((item: object) => HIDDEN.filter((name) => name in item))).toEqual([
      ['rating'],
      ['rating'],
    ])
    const [{ id }] = many.body.items
    await hr.ask('DELETE', `/v1/employees/${id}`)
    expect((await hr.ask('POST', `/v1/employees/${id}/restore`)).body).toHaveProperty('salary')
  })

  it('shows people what is theirs from the moment that they sign up', async () => {
    expect((await ann.ask('GET', '/v1/auth/me')).body.phone).toBe('+49 30 1234567')
    const eve = await system.ask('POST', '/v1/auth/register', {
      email: 'eve@example.com',
      password: 'correct horse',
      phone: '+49 30 7654321',
    })
    expect(eve.body.phone).toBe('+49 30 7654321')
    expect((await ben.ask('GET', `/v1/users/${ann.id}`)).body).not.toHaveProperty('phone')
    expect((await ben.ask('GET', '/v1/users')).body.items.filter((user: object) => 'phone' in user)).toHaveLength(1)
    expect((await hr.ask('GET', `/v1/users/${ann.id}`)).body.phone).toBe('+49 30 1234567')
    expect((await ben.ask('PATCH', '/v1/auth/me', { phone: '+49 30 1111111' })).body.phone).toBe('+49 30 1111111')
  })

  it('says in its description that the fields may be absent', async () => {
    const { schemas } = (await system.ask('GET', '/openapi.json')).body.components
    expect(schemas.EmployeeOut.required).toContain('name')
    for (const name of HIDDEN) {
      expect(schemas.EmployeeOut.properties).toHaveProperty(name)
      expect(schemas.EmployeeOut.required).not.toContain(name)
    }
  })

  it('is changed many at once where all are there: else a 404, which the description lists', async () => {
    const nobody = '00000000-0000-4000-8000-000000000000'
    const items = [{ id: nobody, name: 'Nobody' }]
    expect((await hr.ask('PATCH', '/v1/employees/bulk', { items })).status).toBe(404)
    const { body } = await system.ask('GET', '/openapi.json')
    expect(Object.keys(body.paths['/v1/employees/bulk'].patch.responses)).toContain('404')
    // What is one employee's is not done with all of them.
    const { headers } = await hr.ask('OPTIONS', '/v1/employees/bulk')
    expect(headers.get('allow')).toBe('OPTIONS, PATCH, POST')
    expect((await hr.ask('GET', '/v1/employees/bulk')).status).toBe(405)
  })
})
