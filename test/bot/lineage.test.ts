import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildAfter, buildBefore, type Ran } from '../../bot/conversation/lineage.ts'

/** What people do with a system, one after the other. `to`: which of the builds there are then. */
type Deed = { kind: 'build' | 'back' | 'forward' } | { kind: 'to'; to: number }

const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('build', 'back', 'forward') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('to' as const), to: fc.nat(20) }) },
)

/** Does it all, as the store does: a build remembers which one ran when it was put online. */
const live = (deeds: readonly Deed[]): { ran: Ran[]; current: string } => {
  const ran: Ran[] = [{ buildId: 'b1', number: 1, previousBuildId: null }]
  let current = 'b1'
  for (const one of deeds) {
    if (one.kind === 'build') {
      const number = ran.length + 1
      ran.push({ buildId: `b${number}`, number, previousBuildId: current })
      current = `b${number}`
    } else if (one.kind === 'to') current = ran[one.to % ran.length]!.buildId
    else current = (one.kind === 'back' ? buildBefore : buildAfter)(ran, current)?.buildId ?? current
  }
  return { ran, current }
}

const numbers = (ran: readonly Ran[], from: string, step: typeof buildAfter): number[] => {
  const all: number[] = []
  for (let one = step(ran, from); one; one = step(ran, one.buildId)) all.push(one.number)
  return all
}

describe('the builds of a system', () => {
  it('are gone back through one by one, and forward through the same ones', () => {
    const { ran } = live([{ kind: 'build' }, { kind: 'build' }, { kind: 'build' }])
    expect(numbers(ran, 'b4', buildBefore)).toEqual([3, 2, 1])
    expect(numbers(ran, 'b1', buildAfter)).toEqual([2, 3, 4])
  })

  it('go on from what ran when a change was made after a roll back', () => {
    const { ran } = live([{ kind: 'build' }, { kind: 'build' }, { kind: 'back' }, { kind: 'build' }])
    // Build 4 was made on build 2: what it took the place of is that one, not build 3.
    expect(numbers(ran, 'b4', buildBefore)).toEqual([2, 1])
    expect(numbers(ran, 'b1', buildAfter)).toEqual([2, 4])
  })

  it('are never skipped: a step forward is undone by one back, whatever was done before', () => {
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 30 }), (deeds) => {
        const { ran, current } = live(deeds)
        const after = buildAfter(ran, current)
        if (after) expect(buildBefore(ran, after.buildId)?.buildId).toBe(current)
        else expect(ran.some(({ previousBuildId }) => previousBuildId === current)).toBe(false)
      }),
    )
  })

  it('lead to the newest build from whatever it came of', () => {
    fc.assert(
      fc.property(fc.array(deed, { maxLength: 30 }), (deeds) => {
        const { ran } = live(deeds)
        const newest = ran.at(-1)!
        const back = numbers(ran, newest.buildId, buildBefore)
        for (const [at, number] of back.entries())
          expect(numbers(ran, `b${number}`, buildAfter)).toEqual([...back.slice(0, at).reverse(), newest.number])
      }),
    )
  })
})
