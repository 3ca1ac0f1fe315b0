import { globSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { canonicalArchitecture } from '../../../pipeline/blueprint/canonical.ts'
import { checkBlueprint } from '../../../pipeline/blueprint/check.ts'
import { describeArchitecture } from '../../../pipeline/blueprint/describe.ts'
import { planChange, planSystem } from '../../../pipeline/blueprint/planner/plan.ts'
import type { PlanResult } from '../../../pipeline/blueprint/planner/result.ts'
import type { Architecture } from '../../../schemas/generated/architecture.ts'

/** Sentences that mean the same. `base` may be left out where they are requests of their own. */
type Same = {
  name: string
  base?: string
  /** What stands on the card of each of them. */
  lines: string[]
  said: string[]
  /** Only as part of a request, or only as a change. */
  only?: 'request' | 'change'
  /** Only the lines are the same: the card quotes what was said. */
  anyhow?: true
}

const files = globSync('test/fixtures/requests/other-words/*.yaml').toSorted()

const built = (plan: PlanResult): Architecture => {
  if (plan.kind !== 'draft') throw new Error(`${plan.kind}: ${JSON.stringify(plan).slice(0, 300)}`)
  expect(plan.notCarried).toEqual([])
  const { value } = canonicalArchitecture(plan.architecture)
  expect(checkBlueprint(value)).toEqual([])
  return value
}
const cardOf = (architecture: Architecture) => {
  const { stores, people, rules } = describeArchitecture(architecture)
  return {
    stores,
    people,
    rules: rules.map(withoutWords),
    timers: timersOf(architecture),
    http: architecture.http,
    views: viewsOf(architecture),
  }
}
/** A timer is told in the words in which it was asked for; what it does is among its timers. */
const withoutWords = (rule: string): string => rule.replace(/(?<=^[^:]+ at \d+:\d\d \(\w+\)): .*$/, '')
const timersOf = ({ components }: Architecture): string[] =>
  Object.values(components)
    .flatMap(({ ports }) => Object.entries(ports))
    .flatMap(([name, port]) =>
      port.kind === 'timer' ? [`${name} ${JSON.stringify({ ...port, description: undefined })}`] : [],
    )

/** Which rows a report adds up, which the card only quotes. */
const viewsOf = ({ components }: Architecture): string[] =>
  Object.values(components)
    .flatMap(({ ports }) => Object.values(ports))
    .flatMap((port) => (port.kind === 'rpc' && port.dir === 'in' ? Object.values(port.views ?? {}) : []))
    .map(({ where }) => JSON.stringify({ where }))

for (const file of files)
  describe(basename(file, '.yaml'), () => {
    for (const { name, base, lines, said, only, anyhow } of parse(readFileSync(file, 'utf8')) as Same[]) {
      const start = base === undefined || only === 'request' ? undefined : built(planSystem(base))
      const asRequest = (text: string) =>
        cardOf(
          built(planSystem(base === undefined ? text : `${base} ${text.charAt(0).toUpperCase()}${text.slice(1)}.`)),
        )
      const asChange = (text: string) => cardOf(built(planChange(text, start!)))
      for (const [how, plan] of [
        ['in a request', only === 'change' ? undefined : asRequest],
        ['as a change', start && asChange],
      ] as const) {
        if (!plan) continue
        describe(`${name}, ${how}`, () => {
          it.each(said)('%s', (text) => {
            const { views, ...card } = plan(text)
            const told = [
              ...card.stores,
              ...card.people,
              ...card.rules,
              ...card.timers,
              ...views,
              JSON.stringify(card.http ?? {}),
            ].join('\n')
            for (const line of lines) expect(told).toContain(line)
            if (!anyhow) {
              const { views: _, ...first } = plan(said[0]!)
              expect(card).toEqual(first)
            }
          })
        })
      }
    }
  })
