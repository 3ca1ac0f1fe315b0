import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isQuiet, standingOf } from '../../bot/conversation/rights.ts'
import { teamWishIn } from '../../bot/conversation/team/words.ts'
import { planChange, planSystem } from '../../pipeline/blueprint/planner/plan.ts'
import { startTestBot } from './support/bot.ts'
import { openChat, says } from './support/chat.ts'

const bo = { kind: 'person', id: 'U1', name: 'Bo' } as const
const ops = { kind: 'group', id: 'S1', name: 'ops' } as const
const nobody = async (names: string[]) => names.map(() => undefined)

describe('what a sentence wants of the team', () => {
  it.each([
    ['make @Bo an approver', { kind: 'role', role: 'approver', who: [bo] }],
    ['Make @Bo and @ops viewers.', { kind: 'role', role: 'viewer', who: [bo, ops] }],
    ['@Bo is an administrator', { kind: 'role', role: 'admin', who: [bo] }],
    ['take the role from @Bo', { kind: 'role', role: undefined, who: [bo] }],
    ['team: only approvers may approve', { kind: 'policy', policy: { everybody: 'builder' } }],
    ['team: nobody may approve their own requests', { kind: 'policy', policy: { selfApproval: false } }],
    ['in this team two people must approve', { kind: 'policy', policy: { approvals: 2 } }],
    ['team: one approval is enough', { kind: 'policy', policy: { approvals: 1 } }],
    [
      'team: quiet hours 22 to 7:30 Europe/Berlin',
      { kind: 'policy', policy: { quiet: { from: '22:00', to: '7:30'.padStart(5, '0'), zone: 'Europe/Berlin' } } },
    ],
    ['team: no quiet hours', { kind: 'policy', policy: { quiet: undefined } }],
    ['team: at most 5 systems may run', { kind: 'policy', policy: { systems: 5 } }],
    ['Team: at most one system may run at once.', { kind: 'policy', policy: { systems: 1 } }],
    ['team: no limit of systems', { kind: 'policy', policy: { systems: undefined } }],
    ['audit', { kind: 'audit' }],
    ['roles', { kind: 'people' }],
    ['hand over todo to @Bo', { kind: 'hand-over', system: 'todo', to: bo }],
    ['fork todo as shop', { kind: 'fork', system: 'todo', as: 'shop' }],
    ['subscribe to todo', { kind: 'subscribe', system: 'todo' }],
    ['unsubscribe', { kind: 'unsubscribe', system: undefined }],
    ['archive todo', { kind: 'archive', system: 'todo' }],
    ['bring back todo', { kind: 'restore', system: 'todo' }],
  ])('reads %j', async (text, wish) => {
    expect(await teamWishIn(text, [bo, ops], nobody)).toMatchObject(wish)
  })

  it.each([
    'make todos an approver',
    'nobody may approve their own requests',
    'two people must approve',
    'add an audit log of changes',
    'only approvers may approve',
    'give everybody access to shifts',
    'make the owner an approver of claims',
    'make users an admin',
    'at most 5 systems may run',
    'a member is a viewer or an admin',
    'hand over to the next shift',
  ])('leaves %j to the systems', async (text) => {
    expect(await teamWishIn(text, [bo], nobody)).toBeUndefined()
  })
})

describe('a sentence for the team that cannot be done', () => {
  it.each([
    'team: quiet hours 25 to 7',
    'team: quiet hours 22 to 7 Middle/Earth',
    'team: at most 0 systems may run',
    'team: at most many systems may run',
    'Team: members have a name and an email',
    'team rules: be nice',
    'rule of the team: add tags',
    'for our team: everyone may dance',
    'team:',
  ])('is no wish: %j', async (text) => {
    expect(await teamWishIn(text, [bo], nobody)).toMatchObject({ kind: 'no-rule' })
  })

  it.each([
    ['make @Ada a builder', ['Ada']],
    ['Make Ada a builder.', ['Ada']],
    ['make ada an approver', ['ada']],
    ['please give @Ada the role of viewer', ['Ada']],
    ['@Ada is an admin', ['Ada']],
    ['make @Ada and @Bob builders', ['Ada', 'Bob']],
    ['take the role from @Ada', ['Ada']],
    ['hand over todo to @Ada', ['Ada']],
    ['hand over todo to Ada', ['Ada']],
  ])('is about somebody who is not known yet: %j', async (text, names) => {
    expect(await teamWishIn(text, [], nobody)).toEqual({ kind: 'stranger', names })
  })
})

describe('the standing of a person', () => {
  const member = (kind: 'person' | 'group', externalId: string, role: 'viewer' | 'approver' | 'admin') => ({
    teamId: 't',
    kind,
    externalId,
    name: externalId,
    role,
    createdAt: new Date(),
  })
  const slack = { platform: 'slack', policy: {} }
  it('is what everybody has, until something else is said', () => {
    expect(standingOf({ id: 'U1', name: 'Bo' }, slack, []).role).toBe('approver')
    expect(standingOf({ id: 'U1', name: 'Bo' }, { platform: 'slack', policy: { everybody: 'viewer' } }, []).role).toBe(
      'viewer',
    )
  })
  it('takes the highest of the groups, one’s own before them, and an administrator’s above all', () => {
    const rows = [member('group', 'S1', 'viewer'), member('group', 'S2', 'admin')]
    expect(standingOf({ id: 'U1', name: 'Bo', groups: ['S1', 'S2', 'S3'] }, slack, rows).role).toBe('admin')
    const own = [...rows, member('person', 'U1', 'viewer')]
    expect(standingOf({ id: 'U1', name: 'Bo', groups: ['S2'] }, slack, own).role).toBe('viewer')
    expect(standingOf({ id: 'U1', name: 'Bo', owner: true }, slack, own).role).toBe('admin')
  })
  it('knows quiet hours over midnight in their time zone', () => {
    const quiet = { from: '22:00', to: '07:00', zone: 'Europe/Berlin' }
    expect(isQuiet(quiet, new Date('2026-01-10T21:30:00Z'))).toBe(true)
    expect(isQuiet(quiet, new Date('2026-01-10T20:30:00Z'))).toBe(false)
    expect(isQuiet(quiet, new Date('2026-01-10T06:30:00Z'))).toBe(false)
    expect(isQuiet(undefined, new Date())).toBe(false)
  })
})

describe('a team on an embedded store', () => {
  let bot: Awaited<ReturnType<typeof startTestBot>>
  beforeAll(async () => {
    bot = await startTestBot({ planner: { planSystem, planChange } })
  })
  afterAll(() => bot.stop())

  it('keeps a viewer from asking, a builder from approving, and says in private who may', async () => {
    const ada = await openChat(bot.data, { actor: 'Ada' })
    const bob = await openChat(bot.data, { actor: 'Bob' })
    await says(bob, 'hello')
    expect(await says(ada, 'make Bob a viewer')).toContain('Bob has the role viewer')
    expect(await says(bob, 'Build me a todo API')).toContain('You are a viewer in this team')
    await says(ada, 'make Bob a builder')
    expect(await says(bob, 'Build me a todo API')).toContain('Todo')
    const denied = await bob.tell('approve')
    expect(denied.events.map((event) => event.text).join(' ')).toContain('only approvers and admins may approve')
    expect(denied.events.some((event) => event.type === 'deployed')).toBe(false)
    expect(await says(bob, 'make Bob an admin')).toContain('only admins may change roles')
    ada.close()
    bob.close()
  })

  it('says what a rule of the team can be, who is not known yet, and which systems there are', async () => {
    const ada = await openChat(bot.data, { actor: 'Ada' })
    const rule = await says(ada, 'team: at most many systems may run')
    expect(rule).toContain('I know no such rule of the team: “at most many systems may run”. Nothing was changed.')
    expect(rule).toContain('• team: at most 5 systems may run')
    const stranger = await says(ada, 'make @Grace a builder')
    expect(stranger).toContain('I do not know Grace here yet')
    expect(stranger).toContain('npm run -s chat -- --invite Grace')
    for (const deed of [
      'fork membership as club',
      'archive membership',
      'subscribe to membership',
      'bring back membership',
    ])
      expect(await says(ada, deed)).toContain('There is no system called membership. There')
    ada.close()
  })

  it('wants two people where the team says so, each of them once', async () => {
    const ada = await openChat(bot.data, { actor: 'Ada' })
    expect(await says(ada, 'team: two people must approve')).toContain('2 people have to approve')
    await says(ada, 'Build me a shop API with products')
    expect((await ada.tell('approve')).events.some((event) => event.type === 'deployed')).toBe(false)
    expect(await says(ada, 'approve')).toContain('somebody else has to press Approve')
    await says(ada, 'team: one approval is enough')
    expect((await ada.tell('approve')).events.some((event) => event.type === 'deployed')).toBe(true)
    ada.close()
  })

  it('lets nobody approve what they asked for where the team says so', async () => {
    const ada = await openChat(bot.data, { actor: 'Ada' })
    await says(ada, 'team: nobody may approve their own requests')
    await says(ada, 'Build me a library API with books')
    expect(await says(ada, 'approve')).toContain('somebody else has to approve it')
    await says(ada, 'team: people may approve their own requests')
    ada.close()
  })

  it('lists, hands over, forks, archives, and writes all of it down', async () => {
    const ada = await openChat(bot.data, { actor: 'Ada' })
    expect(await says(ada, 'hand over shop to Bob')).toContain('Bob looks after')
    expect(await says(ada, 'fork shop as bazaar')).toContain('Bazaar'.toLowerCase())
    expect(await says(ada, 'archive shop')).toContain('Stop it first')
    await says(ada, 'stop shop')
    expect(await says(ada, 'archive shop')).toContain('is archived')
    expect(await says(ada, 'systems')).not.toContain('Shop')
    expect(await says(ada, 'archived builds')).toMatch(/Archived systems\n +- Shop: stopped · owner Bob/)
    expect(await says(ada, 'open shop')).toContain('[1] Bring back')
    expect(await says(ada, 'bring back shop')).toContain('back in the lists')
    expect(await says(ada, 'bring back shop')).toContain('in the lists already')
    expect(await says(ada, 'roles')).toContain('Bob')
    const log = await says(ada, 'audit')
    for (const deed of [
      'Ada gave Bob the role viewer',
      'Ada changed the rules: two people must approve',
      'Ada approved blueprint 1 of Shop',
      'Ada handed Shop over to Bob',
      'Ada forked Shop as bazaar',
      'Ada archived Shop',
      'Ada brought back Shop',
      'Ada stopped Shop',
    ])
      expect(log).toContain(deed)
    ada.close()
  })

  it('narrows the list of systems by words in name, title or owner', async () => {
    const ada = await openChat(bot.data, { actor: 'Ada' })
    const all = await says(ada, 'systems')
    expect(all).toMatch(/Systems of this team\nNone runs. No model was paid./)
    for (const words of ['Shop', 'owner Bob', 'Built for the first time, by Ada, just now', 'write for example: open '])
      expect(all).toContain(words)
    for (const search of ['builds shop', 'systems SHO', 'find systems like shop', 'systems of bob']) {
      const found = await says(ada, search)
      expect(found).toMatch(/Systems that match “.+”\n +- Shop: /)
      expect(found).not.toContain('Library')
    }
    expect(await says(ada, 'builds zebra')).toContain('None matches in its name, title or owner.')
    expect(await says(ada, 'builds of shop')).toContain('Build 1 succeeded')
    ada.close()
  })

  it('goes on with a system that is opened, and prints the sentence where something has to be chosen', async () => {
    const ada = await openChat(bot.data, { actor: 'Ada' })
    const card = await says(ada, 'open shop')
    for (const words of ['This thread is about it from now on', 'Stopped', 'Last change', 'Owner: Bob', 'Hand over'])
      expect(card).toContain(words)
    expect(await says(ada, 'Hand over')).toContain('Write it in a sentence: hand over shop to NAME')
    expect(await says(ada, 'Fork')).toContain('Write it in a sentence: fork shop as NAME')
    expect(await says(ada, 'Subscribe')).toContain('This thread is told from now on what becomes of Shop')
    expect(await says(ada, 'open shop')).toContain('Unsubscribe')
    expect(await says(ada, 'cost')).toContain('It does not run, so it takes nothing but its place on the disk.')
    expect(await says(ada, 'start shop')).toContain('runs')
    expect(await says(ada, 'cost')).toContain('It takes 96 MB of memory and has used 41 s of processor time since it')
    ada.close()
  })

  it('draws a proposal again on what another thread approved meanwhile, and loses neither', async () => {
    const ada = await openChat(bot.data, { actor: 'Ada' })
    const cem = await openChat(bot.data, { actor: 'Cem' })
    await says(ada, 'Build me an API for gardens with a name')
    await ada.tell('approve')
    await says(ada, 'add a due date to gardens')
    await says(cem, 'add a priority to gardens')
    expect((await cem.tell('approve')).events.some((event) => event.type === 'deployed')).toBe(true)
    const stale = await ada.tell('approve')
    expect(stale.events.some((event) => event.type === 'deployed')).toBe(false)
    const again = await ada.tell('Draw again on blueprint 3')
    expect(again.events.some((event) => event.type === 'blueprint')).toBe(true)
    expect((await ada.tell('approve')).events.some((event) => event.type === 'deployed')).toBe(true)
    ada.close()
    cem.close()
  })

  it('lets no more systems run than the team says, and says what to stop', async () => {
    const ada = await openChat(bot.data, { actor: 'Ada' })
    await says(ada, 'Build me an API for boats with a name')
    await ada.tell('approve')
    await says(ada, 'Build me an API for ferries with a name')
    await ada.tell('approve')
    await says(ada, 'stop ferries')
    const running = (await says(ada, 'systems')).split('running for').length - 1
    expect(await says(ada, `team: at most ${running} systems may run`)).toContain(
      `At most ${running} systems may run at once.`,
    )
    expect(await says(ada, 'roles')).toContain(`At most ${running} systems`)
    for (const [wish, again] of [
      ['start ferries', 'then ask again'],
      ['restart ferries', 'then ask again'],
      ['fork boats as canoes', 'then fork it'],
    ] as const) {
      const refused = await ada.tell(wish)
      expect(refused.events.map((event) => event.type)).toContain('refusal')
      expect(refused.events.map((event) => event.text).join(' ')).toMatch(
        new RegExp(`At most ${running} systems of this team may run.*“stop [a-z-]+”, ${again}`),
      )
    }
    await says(ada, 'Build me an API for rafts with a name')
    expect(await says(ada, 'approve')).toContain('then press Approve again')
    await says(ada, 'stop boats')
    await says(ada, 'Build me an API for rafts with a name')
    expect((await ada.tell('approve')).events.some((event) => event.type === 'deployed')).toBe(true)
    // What runs already may change although the places are taken.
    await says(ada, 'add a length to rafts')
    expect((await ada.tell('approve')).events.some((event) => event.type === 'deployed')).toBe(true)
    expect(await says(ada, 'start boats')).toContain('may run at once')
    expect(await says(ada, 'team: no limit of systems')).toContain('Any number of systems may run.')
    expect(await says(ada, 'start boats')).toContain('runs')
    expect(await says(ada, 'audit')).toContain('Ada changed the rules: no limit of systems')
    ada.close()
  })

  it('tells a subscribed thread what became of a system elsewhere', async () => {
    const ada = await openChat(bot.data, { actor: 'Ada' })
    const cem = await openChat(bot.data, { actor: 'Cem' })
    await says(cem, 'subscribe to gardens')
    await says(ada, 'stop gardens')
    await expect
      .poll(() => cem.events.map((event) => event.text).join('\n'), { timeout: 10_000 })
      .toContain('as Ada asked')
    ada.close()
    cem.close()
  })
})
