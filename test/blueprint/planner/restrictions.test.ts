import { describe, expect, it } from 'vitest'
import { canonicalArchitecture } from '../../../pipeline/blueprint/canonical.ts'
import { describeArchitecture } from '../../../pipeline/blueprint/describe.ts'
import { planChange, planSystem } from '../../../pipeline/blueprint/planner/plan.ts'
import type { RpcPort } from '../../../schemas/generated/architecture.ts'

const start = (said: string) => {
  const plan = planSystem(said)
  if (plan.kind !== 'draft') throw new Error(plan.kind)
  return plan.architecture
}

describe('a restriction that was not understood', () => {
  const tools = start('A tool library. Tools have a name. Members sign up and borrow tools. Volunteers manage tools.')
  it.each([
    'members cannot frobnicate tools',
    'only volunteers may juggle',
    'nobody may whistle',
    'tools never leave the house except on Sundays',
  ])('is never said to hold already: %s', (said) => {
    const plan = planChange(said, tools)
    expect(plan.kind).toBe('refusal')
    if (plan.kind !== 'refusal') return
    expect(plan.text).toContain('Not understood')
    expect(plan.text).not.toContain('nothing to change')
  })
  it('is named beside what was built', () => {
    const plan = planChange('Tools have a weight in kg. Members cannot frobnicate tools.', tools)
    expect(plan.kind).toBe('draft')
    if (plan.kind !== 'draft') return
    expect(plan.architecture.models.Tool?.fields).toHaveProperty('weight_kg')
    expect(plan.notCarried.join('\n')).toContain('frobnicate')
  })
})

describe('some rows of which nothing says which they are', () => {
  it.each(['Anyone can read approved notes', 'Everyone can see accepted notes', 'Visitors can view verified notes'])(
    'are shown to nobody: %s',
    (said) => {
      const plan = planSystem(`Members add notes with a title. ${said}.`)
      if (plan.kind !== 'draft') throw new Error(plan.kind)
      expect(describeArchitecture(canonicalArchitecture(plan.architecture).value).people.join('\n')).not.toMatch(
        /^Everyone/m,
      )
      expect(plan.notCarried.join()).toContain(said)
    },
  )
})

describe('a restriction that holds already', () => {
  it('needs no change', () => {
    const plan = planChange(
      'members cannot delete tools',
      start('A tool library. Tools have a name. Members sign up and borrow tools. Librarians manage tools.'),
    )
    expect(plan).toMatchObject({ kind: 'refusal', text: expect.stringContaining('nothing to change') })
  })
})

describe('what nobody would call anything', () => {
  const shop = start(
    'Customers open tickets with a device and a price. Technicians manage tickets. A ticket goes received, diagnosed, repaired.',
  )
  it.each([
    'list open tickets sorted by price',
    'tickets get a number that counts up',
    'replay dead letters',
    'prefix everything with a version',
    'embed the customer in tickets',
    'add a discount which they like',
  ])('becomes no thing and no field: %s', (said) => {
    const plan = planChange(said, shop)
    const models = plan.kind === 'draft' ? plan.architecture.models : shop.models
    expect(Object.keys(models)).toEqual(Object.keys(shop.models))
    const known = new Set([...Object.keys(shop.models.Ticket!.fields), 'number', 'discount'])
    expect(Object.keys(models.Ticket!.fields).filter((field) => !known.has(field))).toEqual([])
  })
  it('takes nothing away from what is said beside it', () => {
    const plan = planChange('Replay dead letters. Tickets have a weight in kg.', shop)
    expect(plan).toMatchObject({ kind: 'draft', notCarried: [expect.stringContaining('Replay dead letters')] })
    expect(plan.kind === 'draft' && plan.architecture.models.Ticket?.fields).toHaveProperty('weight_kg')
  })
})

describe('what is so already', () => {
  const shop = start('Customers open tickets with a device and a price. Technicians manage tickets.')
  it.each([
    'Tickets have a price',
    'Technicians manage tickets',
    'Newest first',
    'Customers can only see their own tickets',
  ])('is said to be so: %s', (said) => {
    const plan = planChange(said, shop)
    expect(plan).toMatchObject({ kind: 'refusal', text: `There is nothing to change, it is so already: “${said}”.` })
  })
})

describe('a wish of which nothing comes', () => {
  it('is no change to approve', () => {
    const box = start('Employees post ideas with a title. Employees can vote for ideas.')
    expect(planChange('colleagues vote once per idea', box)).toMatchObject({ kind: 'refusal' })
  })
})

describe('what is read by its slug', () => {
  const recipes = start(
    'A recipe site. Cooks write recipes with a title. Every recipe has a slug made from the title. Anybody may read recipes without signing in.',
  )
  const reads = (architecture: ReturnType<typeof start>): string[] => {
    const { public: open = [], ops } = architecture.components.recipes!.ports.api as RpcPort
    const bySlug = (ops!.read_by_slug as { public?: boolean }).public ? ['everybody'] : []
    const grants = Object.values(architecture.policies.roles).flat()
    const of = (op: string) =>
      grants.filter((line) => line.split(/[@ ]/)[0] === `recipes.api:${op}`).map((line) => line.replace(op, 'read'))
    return [...(open.includes('read') ? ['everybody'] : []), ...of('read'), '=', ...bySlug, ...of('read_by_slug')]
  }
  it.each(['visitors must sign in to read recipes', 'cooks may only see recipes that they wrote'])(
    'is read by those who may read it, also once %s',
    (said) => {
      const changed = planChange(said, recipes)
      if (changed.kind !== 'draft') throw new Error(changed.kind)
      for (const one of [recipes, changed.architecture]) {
        const all = reads(one)
        expect(all.slice(all.indexOf('=') + 1)).toEqual(all.slice(0, all.indexOf('=')))
      }
      expect(reads(changed.architecture)).not.toEqual(reads(recipes))
    },
  )
})

describe('steps of rows of which somebody sees some', () => {
  it('are taken of those', () => {
    const { policies } = start(
      'Employees hand in claims with a purpose and a department. Every employee belongs to a department. Managers see only the claims of their own department. A claim is submitted, then approved or rejected. Managers approve and reject.',
    )
    const manager = policies.roles.manager ?? []
    const scopeOf = (op: string) =>
      manager.filter((line) => line.startsWith(`claims.api:${op}`)).map((line) => line.slice(`claims.api:${op}`.length))
    expect(scopeOf('read')).not.toEqual([''])
    expect(scopeOf('approve')).toEqual(scopeOf('read'))
    expect(scopeOf('reject')).toEqual(scopeOf('read'))
  })
})
