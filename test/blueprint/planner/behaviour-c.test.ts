import { describe, expect, it } from 'vitest'
import { canonicalArchitecture } from '../../../pipeline/blueprint/canonical.ts'
import { checkBlueprint } from '../../../pipeline/blueprint/check.ts'
import { entriesByFile, planEntry } from './behaviour-c.ts'
import { linesOf } from './behaviour-lines.ts'

describe.each(entriesByFile())('rules in the words of strangers: %s', (_file, entries) => {
  it.each(entries.map((entry) => [entry.name, entry] as const))('are those of %s', (_, entry) => {
    const plan = planEntry(entry)
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
