/** What outsiders find when they try the rules of a system over HTTP, knowing only the conventions. One function per request. */
import { expect } from 'vitest'
import type { Caller, System } from '../generate/system.ts'

type Try = (system: System) => Promise<void>

/** Makes something and returns it. */
export const make = async (by: Caller, path: string, body: object): Promise<Record<string, string>> => {
  const answer = await by.ask('POST', path, body)
  expect(answer.status, `${path} ${JSON.stringify(answer.body)}`).toBe(201)
  return answer.body
}

/** Expects a refusal as problem+json with a detail. */
export const refused = async (by: Caller, method: string, path: string, body: object | undefined, status: number) => {
  const answer = await by.ask(method, path, body)
  expect(answer.status, `${method} ${path} ${JSON.stringify(answer.body)}`).toBe(status)
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/)
  expect(answer.body).toMatchObject({ status, title: expect.any(String), request_id: expect.any(String) })
  return answer.body
}

/** Sends twenty at once and returns how many were made; the others are clashes. */
export const atOnce = async (by: Caller, path: string, body: (at: number) => object): Promise<number> => {
  const answers = await Promise.all(Array.from({ length: 20 }, (_, at) => by.ask('POST', path, body(at))))
  const made = answers.filter(({ status }) => status === 201).length
  expect(answers.filter(({ status }) => status === 409).length, JSON.stringify(answers.map((one) => one.body))).toBe(
    20 - made,
  )
  return made
}

export const step = async (by: Caller, path: string): Promise<Record<string, string>> => {
  const answer = await by.ask('POST', path)
  expect(answer.status, `${path} ${JSON.stringify(answer.body)}`).toBe(200)
  return answer.body
}

/** The date so many days from now, in UTC. */
export const day = (at: number): string => new Date(Date.now() + at * 86_400_000).toISOString().slice(0, 10)
/** The moment so many hours from now. */
export const moment = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString()

/** Somebody with a role that an administrator grants. */
export const withRole = async (system: System, admin: Caller, name: string, role: string) => {
  const person = await system.person(name)
  const granted = await admin.ask('PATCH', `/v1/users/${person.id}`, { roles: [role] })
  expect(granted.status, JSON.stringify(granted.body)).toBe(200)
  return person
}

export const tries: Readonly<Record<string, Try>> = {
  funeral: async (system) => {
    const chapel = await make(system, '/v1/chapels', { name: 'St. Anne', seats: 3 })
    const ceremony = (from: number, to: number) => ({
      chapel_id: chapel.id,
      start: moment(from),
      end: moment(to),
      deceased_name: 'J. Doe',
    })
    const first = await make(system, '/v1/ceremonies', ceremony(24, 25))
    await refused(system, 'POST', '/v1/ceremonies', ceremony(24.5, 26), 409)
    await make(system, '/v1/ceremonies', ceremony(25, 26))
    await refused(system, 'POST', '/v1/ceremonies', ceremony(40, 39), 422)
    expect(await atOnce(system, '/v1/ceremonies', () => ceremony(100, 101))).toBe(1)
    expect(await atOnce(system, '/v1/mourners', (at) => ({ ceremony_id: first.id, name: `Mourner ${at}` }))).toBe(3)
  },
  lighthouse: async (system) => {
    const tour = await make(system, '/v1/tours', {
      date: day(3),
      start_time: moment(72),
      guide: 'Ann',
      max_visitors: 10,
    })
    const booking = (email: string, people: number) => ({ tour_id: tour.id, name: 'Bo', email, people })
    await make(system, '/v1/bookings', booking('bo@example.com', 4))
    await refused(system, 'POST', '/v1/bookings', booking('bo@example.com', 1), 409)
    await refused(system, 'POST', '/v1/bookings', booking('li@example.com', 7), 409)
    expect(await atOnce(system, '/v1/bookings', (at) => booking(`p${at}@example.com`, 2))).toBe(3)
  },
  foodbank: async (system) => {
    const admin = await system.admin()
    const coordinator = await withRole(system, admin, 'coordinator', 'coordinator')
    const [ann, bob, cid] = [await system.person('ann'), await system.person('bob'), await system.person('cid')]
    const shift = {
      date: day(2),
      start: moment(48),
      end: moment(50),
      location: 'Hall',
      helpers: 2,
    }
    await refused(system, 'POST', '/v1/shifts', shift, 401)
    await refused(ann, 'POST', '/v1/shifts', shift, 403)
    const made = await make(coordinator, '/v1/shifts', shift)
    await make(ann, '/v1/registrations', { shift_id: made.id })
    await refused(ann, 'POST', '/v1/registrations', { shift_id: made.id }, 409)
    const own = await make(bob, '/v1/registrations', { shift_id: made.id })
    await refused(cid, 'POST', '/v1/registrations', { shift_id: made.id }, 409)
    await refused(ann, 'DELETE', `/v1/registrations/${own.id}`, undefined, 404)
    await refused(ann, 'POST', `/v1/shifts/${made.id}/cancel`, undefined, 403)
    await step(coordinator, `/v1/shifts/${made.id}/cancel`)
    await refused(coordinator, 'POST', `/v1/shifts/${made.id}/cancel`, undefined, 409)
    for (const [who, count] of [
      [ann, 1],
      [bob, 1],
      [cid, 0],
    ] as const)
      expect((await who.ask('GET', '/v1/notifications')).body.items).toHaveLength(count)
  },
  blood: async (system) => {
    const donor = await make(system, '/v1/donors', { name: 'Eva', blood_group: 'AB', date_of_birth: '1990-01-01' })
    const donation = (date: string, volume_ml = 400) => ({ donor_id: donor.id, date, volume_ml })
    await refused(system, 'POST', '/v1/donations', donation('2025-01-01', 199), 422)
    await refused(system, 'POST', '/v1/donations', donation('2025-01-01', 501), 422)
    expect(await atOnce(system, '/v1/donations', (at) => donation(`2025-01-${at + 10}`))).toBe(4)
    await make(system, '/v1/donations', donation('2026-01-01'))
    const shown = await system.ask('GET', `/v1/donors/${donor.id}`)
    expect(shown.body.donations_count).toBe(5)
  },
  stage: async (system) => {
    const stage = await make(system, '/v1/stages', { name: 'Big', daily_rate: '100.00' })
    const rental = (from: number, to: number) => ({
      stage_id: stage.id,
      customer_name: 'Town',
      first_day: day(from),
      last_day: day(to),
    })
    const first = await make(system, '/v1/rentals', rental(1, 3))
    await refused(system, 'POST', '/v1/rentals', rental(3, 4), 409)
    await refused(system, 'POST', '/v1/rentals', rental(9, 8), 422)
    await make(system, '/v1/rentals', rental(4, 4))
    expect(await atOnce(system, '/v1/rentals', () => rental(20, 22))).toBe(1)
    await refused(system, 'POST', `/v1/rentals/${first.id}/invoice`, undefined, 409)
    await step(system, `/v1/rentals/${first.id}/confirm`)
    expect((await step(system, `/v1/rentals/${first.id}/invoice`)).status).toBe('invoiced')
    await refused(system, 'DELETE', `/v1/rentals/${first.id}`, undefined, 409)
  },
  violin: async (system) => {
    const repair = {
      instrument: 'Viola',
      customer_name: 'Max',
      description: 'Crack',
      quote: '120.00',
      due_date: day(9),
    }
    await refused(system, 'POST', '/v1/repairs', { ...repair, quote: '0' }, 422)
    await refused(system, 'POST', '/v1/repairs', { ...repair, due_date: day(-9) }, 422)
    const one = await make(system, '/v1/repairs', repair)
    expect(one.status).toBe('received')
    const problem = await refused(system, 'POST', `/v1/repairs/${one.id}/decline`, undefined, 409)
    expect(problem.detail).toBeTruthy()
    await step(system, `/v1/repairs/${one.id}/quote`)
    expect((await step(system, `/v1/repairs/${one.id}/decline`)).status).toBe('declined')
    await refused(system, 'POST', `/v1/repairs/${one.id}/approve`, undefined, 409)
    await refused(system, 'PATCH', `/v1/repairs/${one.id}`, { status: 'collected' }, 422)
  },
  chess: async (system) => {
    const admin = await system.admin()
    const arbiter = await withRole(system, admin, 'arbiter', 'arbiter')
    const user = await system.person('user')
    const [a, b] = [
      await make(user, '/v1/players', { name: 'A', rating: 1500 }),
      await make(user, '/v1/players', { name: 'B', rating: 1600 }),
    ]
    const match = { white_player_id: a.id, black_player_id: b.id, date: day(1) }
    await refused(user, 'POST', '/v1/matches', { ...match, black_player_id: a.id }, 422)
    const one = await make(user, '/v1/matches', match)
    await refused(arbiter, 'POST', `/v1/matches/${one.id}/confirm`, undefined, 409)
    await step(user, `/v1/matches/${one.id}/play`)
    await refused(user, 'POST', `/v1/matches/${one.id}/confirm`, undefined, 403)
    expect((await step(arbiter, `/v1/matches/${one.id}/confirm`)).status).toBe('confirmed')
  },
  sauna: async (system) => {
    const admin = await system.admin()
    const attendant = await withRole(system, admin, 'att', 'bath_attendant')
    const [ann, bob] = [await system.person('ann'), await system.person('bob')]
    const session = (at: number) => ({ date: day(at), start_time: moment(at * 24), places: 12 })
    await refused(ann, 'POST', '/v1/sessions', session(1), 403)
    const monday = (7 - ((new Date().getUTCDay() + 6) % 7)) % 7 || 7
    const [one, two, three, four] = await Promise.all(
      [0, 1, 2, 7].map((at) => make(admin, '/v1/sessions', session(monday + at))),
    )
    const mine = await make(ann, '/v1/bookings', { session_id: one!.id })
    await make(ann, '/v1/bookings', { session_id: two!.id })
    await refused(ann, 'POST', '/v1/bookings', { session_id: three!.id }, 409)
    await make(ann, '/v1/bookings', { session_id: four!.id })
    await refused(bob, 'GET', `/v1/bookings/${mine.id}`, undefined, 404)
    await refused(bob, 'POST', `/v1/sessions/${one!.id}/cancel`, undefined, 403)
    await step(attendant, `/v1/sessions/${one!.id}/cancel`)
    expect((await ann.ask('GET', '/v1/notifications')).body.items).toHaveLength(1)
    expect((await bob.ask('GET', '/v1/notifications')).body.items).toHaveLength(0)
    await refused(bob, 'POST', '/v1/bookings', { session_id: one!.id }, 409)
  },
  allotment: async (system) => {
    const admin = await system.admin()
    const chairman = await withRole(system, admin, 'chair', 'chairman')
    const [ann, bob] = [await system.person('ann'), await system.person('bob')]
    await refused(ann, 'POST', '/v1/plots', { number: '1', size_m2: 200 }, 403)
    const plot = await make(chairman, '/v1/plots', { number: '1', size_m2: 200 })
    await refused(chairman, 'POST', '/v1/plots', { number: '1', size_m2: 300 }, 409)
    const one = await make(ann, '/v1/applications', { plot_id: plot.id })
    await refused(ann, 'POST', '/v1/applications', { plot_id: plot.id }, 409)
    await refused(bob, 'GET', `/v1/applications/${one.id}`, undefined, 404)
    await refused(ann, 'POST', `/v1/applications/${one.id}/approve`, undefined, 403)
    await step(chairman, `/v1/applications/${one.id}/reject`)
    await refused(chairman, 'POST', `/v1/applications/${one.id}/approve`, undefined, 409)
    expect((await ann.ask('GET', '/v1/notifications')).body.items).toHaveLength(1)
    await make(ann, '/v1/applications', { plot_id: plot.id })
  },
  quiz: async (system) => {
    const night = await make(system, '/v1/quiz-nights', { date: day(4), topic: 'Films', max_teams: 4 })
    const other = await make(system, '/v1/quiz-nights', { date: day(5), topic: 'Food', max_teams: 4 })
    const team = (name: string, players = 4, quiz_night_id = night.id) => ({ quiz_night_id, team_name: name, players })
    await refused(system, 'POST', '/v1/teams', team('A', 1), 422)
    await refused(system, 'POST', '/v1/teams', team('A', 7), 422)
    await make(system, '/v1/teams', team('A'))
    await refused(system, 'POST', '/v1/teams', team('A'), 409)
    await make(system, '/v1/teams', team('A', 4, other.id))
    expect(await atOnce(system, '/v1/teams', (at) => team(`Team ${at}`))).toBe(3)
  },
  whale: async (system) => {
    const whale = await make(system, '/v1/whales', { nickname: 'Moby', sex: 'male', fluke_id: 'F1' })
    await refused(system, 'POST', '/v1/whales', { nickname: 'Dick', sex: 'male', fluke_id: 'F1' }, 409)
    const seen = { whale_id: whale.id, date: day(-1), latitude: 12.5, longitude: -170, notes: 'x' }
    await make(system, '/v1/encounters', seen)
    await refused(system, 'POST', '/v1/encounters', { ...seen, latitude: -91 }, 422)
    await refused(system, 'POST', '/v1/encounters', { ...seen, longitude: 181 }, 422)
    await refused(system, 'POST', '/v1/encounters', { ...seen, date: day(2) }, 422)
    expect((await system.ask('GET', `/v1/whales/${whale.id}`)).body.encounters_count).toBe(1)
  },
  skirental: async (system) => {
    const pair = await make(system, '/v1/pairs', { code: 'P1', length_cm: 170, price_per_day: '20.00' })
    const customer = await make(system, '/v1/customers', { name: 'Jo', phone_number: '+41443334455' })
    const rental = (from: number, to: number) => ({
      pair_id: pair.id,
      customer_id: customer.id,
      start_date: day(from),
      end_date: day(to),
    })
    await make(system, '/v1/rentals', rental(1, 3))
    await refused(system, 'POST', '/v1/rentals', rental(2, 5), 409)
    await refused(system, 'POST', '/v1/rentals', rental(9, 7), 422)
    expect(await atOnce(system, '/v1/rentals', () => rental(30, 33))).toBe(1)
  },
  seedbank: async (system) => {
    const one = await make(system, '/v1/varieties', { latin_name: 'Zea', common_name: 'Corn', seeds: 10 })
    await refused(system, 'POST', '/v1/varieties', { latin_name: 'Zea', common_name: 'Maize', seeds: 1 }, 409)
    const taken = { variety_id: one.id, person: 'Al', date: day(0), seeds: 3 }
    expect(await atOnce(system, '/v1/withdrawals', () => taken)).toBe(3)
    const { body } = await system.ask('GET', '/v1/withdrawals')
    const gone = await system.ask('DELETE', `/v1/withdrawals/${body.items[0].id}`)
    expect([404, 405]).toContain(gone.status)
  },
}
