import { describe, expect, it } from 'vitest'
import { parseArchitecture, parseDeployment } from '../../pipeline/blueprint/parse.ts'
import { planChange, planSystem, readingsOf } from '../../pipeline/blueprint/planner/plan.ts'
import { createCompile, type RevisionCard } from '../../queue/compile.ts'
import type { CompileOutput } from '../../queue/pipeline-contract.ts'

const compile = createCompile({ planSystem, planChange, readingsOf }, 'sqlite')
const propose = async (text: string, base?: { architecture: string; deployment: string }) => {
  const found = await compile({ text, answers: {}, base })
  if (found.kind !== 'proposal') throw new Error(`not a proposal: ${JSON.stringify(found)}`)
  return found
}
const cardOf = (found: Extract<CompileOutput, { kind: 'proposal' }>) => found.card as RevisionCard

describe('the compile stage', () => {
  it('returns a blueprint that parses, with its card, its picture and the same digest every time', async () => {
    const found = await propose('Build me a todo API with user authentication')
    expect(parseArchitecture(found.blueprint.architecture).value?.models).toHaveProperty('Todo')
    expect(parseDeployment(found.blueprint.deployment).diagnostics).toEqual([])
    expect(found.components).toEqual(Object.keys(parseArchitecture(found.blueprint.architecture).value!.components))
    expect(found.slug).toMatch(/^[a-z][a-z0-9-]*$/)
    expect(found.digest).toMatch(/^sha256:[0-9a-f]{64}$/)
    expect(found.picture.svg).toContain('<svg')
    expect([...found.picture.png.slice(1, 4)]).toEqual([...Buffer.from('PNG')])
    const card = cardOf(found)
    expect(card.description.stores.join()).toMatch(/todo/i)
    expect(card.changes).toEqual([])
    expect(card.alt).not.toBe('')
    expect((await propose('Build me a todo API with user authentication')).digest).toBe(found.digest)
  })

  it('returns what changes when a system is changed', async () => {
    const base = await propose('Build me a todo API with user authentication')
    const changed = await propose('add a due date to todos', base.blueprint)
    expect(changed.slug).toBe(base.slug)
    expect(changed.digest).not.toBe(base.digest)
    expect(cardOf(changed).changes.map((change) => change.risk)).toEqual(['none'])
  })

  it('tells what came of each sentence, and nothing of one alone', async () => {
    const first = await propose('Dogs have a name. Dogs have walks with a date. The moon is told in bold letters.')
    expect(cardOf(first).readings?.map(({ made, lost }) => [made.length > 0, lost])).toEqual([
      [true, false],
      [true, false],
      [false, true],
    ])
    expect(cardOf(await propose('add a breed to dogs', first.blueprint)).readings).toEqual([])
    const two = await propose('Add a breed to dogs. Walks have a distance in km.', first.blueprint)
    expect(cardOf(two).readings?.map(({ made }) => made[0])).toEqual([
      expect.stringContaining('breed'),
      expect.stringContaining('distance'),
    ])
  })

  it('keeps naming what a draft left out until it is taken up', async () => {
    const first = await propose(
      'Build a tool library. Members sign in and borrow tools with a name. Members pay a fine of 1 euro per day when they are late.',
    )
    const { notCarried } = cardOf(first)
    expect(notCarried.join()).toContain('fine of 1 euro per day')
    const again = async (text: string, lost: string[]) => {
      const found = await compile({ text, answers: {}, base: first.blueprint, lost })
      if (found.kind !== 'proposal') throw new Error(`not a proposal: ${JSON.stringify(found)}`)
      return cardOf(found).notCarried
    }
    expect(await again('add a shelf number to tools', notCarried)).toEqual(notCarried)
    // What members see is another matter than what they pay.
    expect(await again('members can see all loans', notCarried)).toEqual(notCarried)
    expect(await again('add a late fine that members pay, in euros', notCarried)).not.toContain(notCarried[0])
    expect(await again('add a shelf number to tools', [])).toEqual([])
  })

  it('returns the refusal when the planner refuses', async () => {
    expect(await compile({ text: 'asdf qwer', answers: {} })).toMatchObject({ kind: 'refusal' })
  })

  it('returns the diagnostics when the planner was wrong', async () => {
    const good = planSystem('Build me a todo API with user authentication')
    if (good.kind !== 'draft') throw new Error('no draft')
    const architecture = structuredClone(good.architecture)
    architecture.expose.push({ port: 'nowhere.http', path: '/v1/nowhere' })
    const bad = createCompile({ planSystem: () => ({ ...good, architecture }), planChange }, 'sqlite')
    const found = await bad({ text: 'x', answers: {} })
    expect(found.kind).toBe('invalid')
    if (found.kind === 'invalid') expect(found.diagnostics.some((one) => one.severity === 'error')).toBe(true)
  })
})
