import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeOnEach } from './engines.ts'
import { type Caller, fixture, type System, startSystem } from './system.ts'

describeOnEach('the clinic system', (createDatabase) => {
  let system: System
  let admin: Awaited<ReturnType<System['admin']>>
  let ann: Awaited<ReturnType<System['person']>>
  let ben: Awaited<ReturnType<System['person']>>
  let vet: Awaited<ReturnType<System['person']>>

  beforeAll(async () => {
    const database = await createDatabase()
    system = await startSystem({ yaml: fixture('clinic'), database })
    admin = await system.admin()
    ann = await system.person('ann', { name: 'Ann' })
    ben = await system.person('ben', { name: 'Ben' })
    vet = await system.person('vet', { name: 'Vera' })
    await admin.ask('PATCH', `/v1/users/${vet.id}`, { roles: ['vet'] })
  })
  afterAll(() => system?.stop())

  const post = async (who: Caller, path: string, body: object) => {
    const answer = await who.ask('POST', path, body)
    expect(answer.status, JSON.stringify(answer.body)).toBe(201)
    return answer.body
  }
  const visit = { at: '2030-05-01T10:00:00+02:00', reason: 'Check-up' }

  it('fills in defaults, keeps decimals exact, and answers them as numbers', async () => {
    const pet = await post(ann, '/v1/pets', { name: 'Rex', weight_kg: '12.30', tags: ['old', 'loud'] })
    expect(pet).toMatchObject({
      owner_id: ann.id,
      species: 'dog',
      born_on: null,
      weight_kg: 12.3,
      vaccinated: false,
      tags: ['old', 'loud'],
    })
    for (const weight of [0.1, 0.07, 1234567890.12, '0.30', 0]) {
      const made = await post(ann, '/v1/pets', { name: 'W', weight_kg: weight })
      expect(made.weight_kg).toBe(Number(weight))
      const found = await ann.ask('GET', `/v1/pets?weight_kg_min=${weight}&weight_kg_max=${weight}`)
      expect(found.body.items.map((each: { id: string }) => each.id)).toContain(made.id)
    }
    for (const weight of [0.001, -1, 'x', 1e12, true, '1e400'])
      expect((await ann.ask('POST', '/v1/pets', { name: 'W', weight_kg: weight })).status, String(weight)).toBe(422)
  })

  it('filters by enum, range and membership', async () => {
    const owner = await system.person('filter', { name: 'F' })
    await post(owner, '/v1/pets', { name: 'A', species: 'cat', born_on: '2020-01-01', tags: ['x', 'y'] })
    await post(owner, '/v1/pets', { name: 'B', species: 'in-between', born_on: '2022-06-01', tags: ['y"z'] })
    await post(owner, '/v1/pets', { name: 'C', vaccinated: true })
    const names = async (query: string) => {
      const { status, body } = await owner.ask('GET', `/v1/pets?${query}`)
      expect(status, query).toBe(200)
      return body.items.map((item: { name: string }) => item.name)
    }
    expect(await names('species=in-between')).toEqual(['B'])
    expect(await names('born_on_min=2021-01-01')).toEqual(['B'])
    expect(await names('born_on_max=2020-01-01')).toEqual(['A'])
    expect(await names('tags=y')).toEqual(['A'])
    expect(await names('tags=y%22z')).toEqual(['B'])
    expect(await names('vaccinated=true')).toEqual(['C'])
    expect(await names(`owner_id=${owner.id}&sort=-name`)).toEqual(['C', 'B', 'A'])
    expect(await names('sort=born_on')).toEqual(['A', 'B', 'C'])
    expect(await names('sort=-born_on')).toEqual(['B', 'A', 'C'])
    const page = await owner.ask('GET', '/v1/pets?sort=-born_on&limit=2')
    expect(await names(`sort=-born_on&limit=2&cursor=${page.body.next_cursor}`)).toEqual(['C'])
    expect((await owner.ask('GET', '/v1/pets?species=horse')).status).toBe(422)
    expect((await owner.ask('GET', '/v1/pets?born_on=yesterday')).status).toBe(422)
  })

  it('names the field that is taken with 409, for one field and for several', async () => {
    await post(ann, '/v1/pets', { name: 'Chip', chip_number: '42' })
    const clash = await ben.ask('POST', '/v1/pets', { name: 'Chap', chip_number: '42' })
    expect([clash.status, clash.body.errors[0].pointer]).toEqual([409, '/chip_number'])
    await post(ben, '/v1/pets', { name: 'No chip', chip_number: null })
    await post(ben, '/v1/pets', { name: 'No chip either' })
    await admin.ask('PATCH', `/v1/users/${admin.id}`, { roles: ['admin', 'vet'] })
    await post(vet, '/v1/species-notes', { title: 'Cats', class: 'mammal' })
    const both = await vet.ask('POST', '/v1/species-notes', { title: 'Cats', class: 'mammal' })
    expect([both.status, both.body.errors.map((each: { pointer: string }) => each.pointer)]).toEqual([
      409,
      ['/title', '/class'],
    ])
  })

  it('lets everybody read what is public, and nobody else write it', async () => {
    const note = await post(vet, '/v1/species-notes', {
      title: 'Dogs',
      class: 'k9',
      website: 'https://dogs.example',
      opens: '09:30',
      extra: { a: [1, null] },
      rating: 10,
    })
    const read = await system.ask('GET', `/v1/species-notes/${note.id}`)
    expect([read.status, read.body]).toEqual([200, note])
    expect(note).toMatchObject({
      class: 'k9',
      website: 'https://dogs.example',
      opens: '09:30:00',
      extra: { a: [1, null] },
    })
    expect((await system.ask('GET', '/v1/species-notes?class=k9&rating_min=10&q=dog')).body.items).toHaveLength(1)
    expect((await system.ask('POST', '/v1/species-notes', { title: 'x' })).status).toBe(401)
    expect((await ann.ask('POST', '/v1/species-notes', { title: 'x' })).status).toBe(403)
    for (const body of [
      { rating: 11 },
      { rating: 1.5 },
      { rating: '5' },
      { website: 'ftp://x' },
      { website: 'dogs' },
      { opens: '25:00' },
      { opens: 5 },
      { extra: 'a\u0000b' },
    ])
      expect((await vet.ask('POST', '/v1/species-notes', { title: 'Bad', ...body })).status, JSON.stringify(body)).toBe(
        422,
      )
  })

  it('lists and makes children under their parent, for whoever sees the parent', async () => {
    const rex = await post(ann, '/v1/pets', { name: 'Rex' })
    const made = await post(vet, `/v1/pets/${rex.id}/visits`, { ...visit, price: 49.9 })
    expect(made).toMatchObject({ pet_id: rex.id, at: '2030-05-01T08:00:00Z', price: 49.9, vet_id: null })
    await post(vet, '/v1/visits', { ...visit, pet_id: rex.id, vet_id: vet.id })
    expect((await ann.ask('GET', `/v1/pets/${rex.id}/visits`)).body.items).toHaveLength(2)
    expect((await ann.ask('GET', `/v1/pets/${rex.id}/visits?vet_id=${vet.id}`)).body.items).toHaveLength(1)
    expect((await ben.ask('GET', `/v1/pets/${rex.id}/visits?limit=0`)).status).toBe(404)
    expect((await ann.ask('POST', `/v1/pets/${rex.id}/visits`, visit)).status).toBe(403)
    expect((await system.ask('GET', `/v1/pets/${rex.id}/visits`)).status).toBe(401)
    const nobody = '00000000-0000-4000-8000-000000000000'
    expect((await vet.ask('POST', `/v1/pets/${nobody}/visits`, { nonsense: 1 })).status).toBe(404)
    const other = await vet.ask('POST', `/v1/pets/${rex.id}/visits`, { ...visit, pet_id: nobody })
    expect([other.status, other.body.errors[0].pointer]).toEqual([422, '/pet_id'])
    expect((await vet.ask('POST', `/v1/pets/${rex.id}/visits`, { ...visit, pet_id: rex.id })).status).toBe(201)
  })

  it('answers 422 with a pointer for a reference to nothing', async () => {
    const nobody = '00000000-0000-4000-8000-000000000000'
    const rex = await post(ann, '/v1/pets', { name: 'Rex' })
    for (const [body, pointer] of [
      [{ ...visit, pet_id: nobody }, '/pet_id'],
      [{ ...visit, pet_id: rex.id, vet_id: nobody }, '/vet_id'],
      [{ ...visit, pet_id: 'x' }, '/pet_id'],
      [{ ...visit }, '/pet_id'],
    ] as const) {
      const answer = await vet.ask('POST', '/v1/visits', body)
      expect([answer.status, answer.body.errors[0].pointer]).toEqual([422, pointer])
    }
    const made = await post(vet, '/v1/visits', { ...visit, pet_id: rex.id })
    const moved = await vet.ask('PATCH', `/v1/visits/${made.id}`, { pet_id: nobody })
    expect([moved.status, moved.body.errors[0].pointer]).toEqual([422, '/pet_id'])
  })

  it('makes a row the maker’s own where it names nobody, also for who may touch all rows', async () => {
    expect((await admin.ask('POST', '/v1/pets', { name: 'Own' })).body.owner_id).toBe(admin.id)
  })

  it('makes a row for somebody else only for who may touch all rows', async () => {
    expect((await admin.ask('POST', '/v1/pets', { name: 'For Ann', owner_id: ann.id })).body.owner_id).toBe(ann.id)
    expect((await ben.ask('POST', '/v1/pets', { name: 'For Ann', owner_id: ann.id })).status).toBe(403)
    const mine = await post(ben, '/v1/pets', { name: 'Mine', owner_id: ben.id })
    expect((await ben.ask('PATCH', `/v1/pets/${mine.id}`, { owner_id: ann.id })).status).toBe(403)
    expect((await admin.ask('PATCH', `/v1/pets/${mine.id}`, { owner_id: ann.id })).status).toBe(200)
    expect((await ben.ask('GET', `/v1/pets/${mine.id}`)).status).toBe(404)
    expect((await vet.ask('PATCH', `/v1/pets/${mine.id}`, { name: 'No' })).status).toBe(403)
  })

  it('deletes what belongs to a row, and lets go of who was referred to', async () => {
    const temp = await system.person('temp', { name: 'T' })
    const rex = await post(ann, '/v1/pets', { name: 'Rex' })
    const made = await post(vet, '/v1/visits', { ...visit, pet_id: rex.id, vet_id: temp.id })
    expect((await admin.ask('DELETE', `/v1/users/${temp.id}`)).status).toBe(204)
    expect((await vet.ask('GET', `/v1/visits/${made.id}`)).body.vet_id).toBeNull()
    expect((await ann.ask('DELETE', `/v1/pets/${rex.id}`)).status).toBe(204)
    expect((await vet.ask('GET', `/v1/visits/${made.id}`)).status).toBe(404)
    expect((await ann.ask('DELETE', `/v1/pets/${rex.id}`)).status).toBe(404)
  })

  it('reads times in any offset, takes none as UTC, and refuses what is none', async () => {
    const rex = await post(ann, '/v1/pets', { name: 'Rex' })
    const at = async (time: unknown) => await vet.ask('POST', '/v1/visits', { ...visit, pet_id: rex.id, at: time })
    expect((await at('2030-01-01T12:00:00')).body.at).toBe('2030-01-01T12:00:00Z')
    expect((await at('2030-01-01T12:00:00.5-05:00')).body.at).toBe('2030-01-01T17:00:00.500000Z')
    expect((await at('2030-01-01T12:00Z')).body.at).toBe('2030-01-01T12:00:00Z')
    for (const time of ['2030-13-01T00:00:00Z', 'soon', 1893456000, '2030-01-01', '0001-01-01T00:00:00+14:00', null])
      expect((await at(time)).status, String(time)).toBe(422)
    const late = await vet.ask(
      'GET',
      `/v1/visits?pet_id=${rex.id}&at_min=2030-01-01T12:00:00Z&at_max=2030-01-01T13:00:00%2B01:00`,
    )
    expect(late.body.items).toHaveLength(2)
  })

  it('lets people change their own account, and administrators others', async () => {
    const me = await ann.ask('PATCH', '/v1/auth/me', { name: 'Anna' })
    expect([me.status, me.body.name]).toEqual([200, 'Anna'])
    expect((await ann.ask('GET', '/v1/auth/me')).body.name).toBe('Anna')
    for (const body of [{ roles: ['admin'] }, { email: 'x@example.com' }, { id: ann.id }, { password_hash: 'x' }])
      expect((await ann.ask('PATCH', '/v1/auth/me', body)).status, JSON.stringify(body)).toBe(422)
    expect((await admin.ask('PATCH', `/v1/users/${ann.id}`, { name: 'Ann' })).body.name).toBe('Ann')
    expect(
      (await admin.ask('GET', '/v1/users?q=ANN&sort=email')).body.items.map((each: { id: string }) => each.id),
    ).toContain(ann.id)
    expect(
      (await system.ask('POST', '/v1/auth/register', { email: 'a@b.co', password: 'correct horse' })).body.errors[0]
        .pointer,
    ).toBe('/name')
  })
})
