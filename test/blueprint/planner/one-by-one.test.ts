import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { canonicalArchitecture } from '../../../pipeline/blueprint/canonical.ts'
import { contributionOf } from '../../../pipeline/blueprint/contribution.ts'
import { type Reading, readingsOf } from '../../../pipeline/blueprint/planner/one-by-one.ts'
import { planChange, planSystem } from '../../../pipeline/blueprint/planner/plan.ts'
import type { Draft } from '../../../pipeline/blueprint/planner/result.ts'
import type { Architecture } from '../../../schemas/generated/architecture.ts'

const drafted = (plan: ReturnType<typeof planSystem>): Draft => {
  if (plan.kind !== 'draft') throw new Error(JSON.stringify(plan))
  return plan
}

/** What came of a request, by a word that only one of its sentences has. */
const read = (text: string): ((word: string) => Reading | undefined) => {
  const readings = readingsOf(text, drafted(planSystem(text)))
  return (word) => readings.find(({ said }) => said.includes(word))
}

describe('each sentence with what came of it', () => {
  test('fields, rules and rights stand beside the sentence that they come from', () => {
    const of = read(
      'An app for runners with user accounts. Members can add runs. Runs have a route, a start and an end. Two runs of one member must not overlap. Coaches can see all runs.',
    )
    expect(of('route')?.made[0]).toMatch(/^Runs: route, start .*, end/)
    expect(of('overlap')?.made).toContain('Two runs of the same owner cannot overlap.')
    expect(of('Coaches')?.made.join(' ')).toMatch(/Coaches can see/)
    expect(of('overlap')?.lost).toBe(false)
  })

  test('what came to nothing says so, and whether it is named', () => {
    const of = read('Dogs have a name and an age. Dogs have a name. The moon is told in bold letters. We love dogs.')
    expect(of('an age')?.made.length).toBeGreaterThan(0)
    expect(of('moon')).toMatchObject({ made: [], lost: true })
    expect(of('We love')).toMatchObject({ made: [], lost: false })
  })

  test('what is only kept from somebody is told too', () => {
    const of = read(
      'Build an API for notes with user accounts. Notes have a title. Everyone can see all notes. Only editors can delete notes.',
    )
    expect(of('Only editors')?.made.join(' ')).toMatch(/ditors/)
  })

  test('one sentence needs no list of its own', () => {
    const text = 'Build me a todo API with user authentication'
    expect(readingsOf(text, drafted(planSystem(text)))).toEqual([])
  })

  test('of a change, each sentence of its own', () => {
    const before = drafted(planSystem('Track pets with a name and a weight. Pets have visits with a date.'))
    const current = canonicalArchitecture(before.architecture).value
    const text = 'Add a chip number to pets. Visits need a reason. Please do it quickly.'
    const plan = drafted(planChange(text, current))
    const readings = readingsOf(text, plan, current)
    expect(readings.map(({ said }) => said)).toHaveLength(3)
    expect(readings[0]?.made).toEqual([expect.stringMatching(/^Pets: chip number/)])
    expect(readings[1]?.made).toEqual([expect.stringMatching(/^Visits: reason/)])
    expect(readings[2]?.made).toEqual([])
  })
})

const requests = readFileSync(new URL('../../../bench/strangers/seen.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('+'))

describe('of the requests of strangers', () => {
  test.each(requests)('%s', (text) => {
    const plan = planSystem(text)
    if (plan.kind !== 'draft') return expect(plan.kind).toBe('question')
    const readings = readingsOf(text, plan)
    expect(readingsOf(text, plan)).toEqual(readings)
    // The whole is more than nothing: some sentence made something.
    expect(readings.some(({ made }) => made.length > 0)).toBe(true)
    for (const { said, made } of readings) {
      expect(said).not.toBe('')
      for (const line of made) expect(line).toMatch(/^\P{Ll}.+/u)
    }
  })
})

test('a difference is never told as none', () => {
  // Of which things stand first nobody needs to be told.
  const linesOf = (architecture: Architecture): string[] =>
    canonicalArchitecture({
      ...architecture,
      system: { ...architecture.system, name: 'x', title: 'x', description: '' },
    })
      .yaml.split('\n')
      .toSorted()
  for (const text of requests.slice(0, 8)) {
    const plan = planSystem(text)
    if (plan.kind !== 'draft') continue
    const all = canonicalArchitecture(plan.architecture).value
    const sentences = text.split(/(?<=[.!?])\s+/)
    for (const one of sentences) {
      const other = planSystem(sentences.filter((line) => line !== one).join(' '))
      if (other.kind !== 'draft') continue
      const without = canonicalArchitecture(other.architecture).value
      if (contributionOf(without, all).length === 0) expect([one, linesOf(without)]).toEqual([one, linesOf(all)])
    }
  }
})
