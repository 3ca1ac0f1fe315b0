import { describe, expect, it } from 'vitest'
import { checkBlueprint } from '../../pipeline/blueprint/check.ts'
import { describeArchitecture } from '../../pipeline/blueprint/describe.ts'
import { diffArchitecture } from '../../pipeline/blueprint/diff.ts'
import type { Architecture } from '../../schemas/generated/architecture.ts'
import { fixture, rpc } from './fixtures.ts'

type Change = (architecture: Architecture) => void

const found = (change: Change) => {
  const architecture = fixture('support')
  change(architecture)
  return checkBlueprint(architecture).map(({ code, message }) => `${code}: ${message}`)
}
const changed = (change: Change) => {
  const after = fixture('support')
  change(after)
  return diffArchitecture(fixture('support'), after)
}
const grant = (architecture: Architecture, role: string, before: string, ...after: string[]): void => {
  const grants = architecture.policies.roles[role]!
  grants.splice(grants.indexOf(before), 1, ...after)
}

describe('a grant with @parent', () => {
  const wrong: [what: string, change: Change, words: RegExp][] = [
    ['on a port without a parent', (a) => void delete rpc(a, 'replies.api').parent, /replies.api has no parent/],
    [
      'where no out port reads the parent',
      (a) => void delete rpc(a, 'replies.ticket').field,
      /no linked out port with that field reads it/,
    ],
    [
      'where the out port is linked to nothing',
      (a) => void a.links.splice(3, 1),
      /no linked out port with that field reads it/,
    ],
    [
      'where the out port does something other than reading',
      (a) => void (rpc(a, 'replies.ticket').only = ['list']),
      /replies.ticket does not ask for read/,
    ],
    [
      'for a role that sees no parent',
      (a) => grant(a, 'agent', 'tickets.api:read'),
      /agent may not read tickets.api, so there is no parent that they see/,
    ],
    [
      'on an operation that is about no object',
      (a) => void a.policies.roles.agent!.push('accounts.auth:me@parent'),
      /me is about no object that has a parent/,
    ],
    [
      'where a field of people has that name',
      (a) => void (a.models.Reply!.fields.parent = { type: 'ref(User.id)', optional: true, index: true }),
      /could be meant too/,
    ],
  ]
  it.each(wrong)('is refused %s', (_what, change, words) => {
    const problems = found(change).filter((text) => text.startsWith('grant-parent'))
    expect(problems.length).toBeGreaterThan(0)
    expect(problems.join('\n')).toMatch(words)
  })

  it('is refused where it leads back to itself', () => {
    const problems = found((a) => {
      a.models.Reply!.fields.answer_to = { type: 'ref(Reply.id)', optional: true, index: true }
      rpc(a, 'replies.api').parent = 'answer_to'
      Object.assign(rpc(a, 'replies.ticket'), { field: 'answer_to', crud: 'Reply' })
      a.links[3]!.to = 'replies.api'
    })
    expect(problems.join('\n')).toMatch(/grant-parent: .*replies.api would be seen through itself/)
    expect(problems.join('\n')).toMatch(/sync-cycle/)
  })

  it('is fine under a parent that everybody may read', () => {
    expect(
      found((a) => {
        rpc(a, 'tickets.api').public = ['list', 'read']
        grant(a, 'agent', 'tickets.api:read')
      }),
    ).toEqual([])
  })

  it('is said in plain words', () => {
    const { people, endpoints } = describeArchitecture(fixture('support'))
    expect(people[0]).toBe(
      'Whoever signs up (customer) can see, add, change and delete their own tickets; change and delete their own replies; ' +
        'see and add replies of tickets they can see; see, add, change and delete attachments of replies they can see.',
    )
    expect(people[1]).toContain('their own tasks and those of tickets they can see')
    expect(endpoints.find(({ path }) => path === '/v1/replies/{id}')?.who).toBe(
      'customer (whose ticket they can see), agent (whose ticket they can see), admin',
    )
  })

  it('is a gain beside @own, and a loss in its place', () => {
    const gain = changed((a) =>
      grant(
        a,
        'customer',
        'replies.api:update@own',
        ...['own', 'parent'].map((scope) => `replies.api:update@${scope}`),
      ),
    )
    expect(gain).toEqual([
      expect.objectContaining({
        risk: 'none',
        text: expect.stringContaining(
          'update replies: customer (own or whose ticket they can see), agent (own), admin',
        ),
      }),
    ])
    const loss = changed((a) => grant(a, 'customer', 'replies.api:update@own', 'replies.api:update@parent'))
    expect(loss).toEqual([expect.objectContaining({ risk: 'breaks-clients' })])
  })
})
