import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { canonicalArchitecture } from '../../../pipeline/blueprint/canonical.ts'
import { checkBlueprint } from '../../../pipeline/blueprint/check.ts'
import { planChange, planSystem } from '../../../pipeline/blueprint/planner/plan.ts'
import { linesOf } from './behaviour-lines.ts'

/** See test/fixtures/requests/README.md. */
type Entry = { name: string; say: string | string[]; lines: string[]; not?: string[]; lost?: string[] }

const folder = new URL('../../fixtures/requests/behaviour-c/', import.meta.url)
const entriesIn = (file: string): Entry[] => parse(readFileSync(new URL(file, folder), 'utf8')) as Entry[]

describe.each(readdirSync(folder))('rules in the words of strangers: %s', (file) => {
  it.each(entriesIn(file).map((entry) => [entry.name, entry] as const))('are those of %s', (_, { say, ...entry }) => {
    const [first, ...changes] = [say].flat()
    let plan = planSystem(first!)
    for (const change of changes) {
      if (plan.kind !== 'draft') break
      plan = planChange(change, plan.architecture)
    }
    if (plan.kind !== 'draft') throw new Error(JSON.stringify(plan))
    const { value } = canonicalArchitecture(plan.architecture)
    expect(checkBlueprint(value).map(({ code, message }) => `${code}: ${message}`)).toEqual([])
    const lines = linesOf(value)
    expect(lines).toEqual(expect.arrayContaining(entry.lines))
    for (const junk of entry.not ?? []) expect(lines.filter((line) => new RegExp(junk).test(line))).toEqual([])
    const { notCarried } = plan
    expect(notCarried).toHaveLength(entry.lost?.length ?? 0)
    for (const [at, words] of (entry.lost ?? []).entries()) expect(notCarried[at]).toContain(words)
  })
})
