import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { canonicalArchitecture } from '../../../pipeline/blueprint/canonical.ts'
import { checkBlueprint } from '../../../pipeline/blueprint/check.ts'
import { parseArchitecture } from '../../../pipeline/blueprint/parse.ts'
import { planChange, planSystem } from '../../../pipeline/blueprint/planner/plan.ts'
import type { PlanResult } from '../../../pipeline/blueprint/planner/result.ts'
import type { Architecture } from '../../../schemas/generated/architecture.ts'

/** See test/fixtures/requests/README.md. */
type Entry = {
  say: string
  of?: string
  has: Record<string, unknown>
  grants?: Record<string, string[]>
  refused?: Record<string, string[]>
  lost?: string[]
}

const folder = new URL('../../fixtures/requests/behaviour-b/', import.meta.url)
const entriesIn = (file: string): Entry[] => parse(readFileSync(new URL(file, folder), 'utf8')) as Entry[]
const nameOf = ({ say }: Entry): string => JSON.stringify(say.trim().replace(/\s+/g, ' ').slice(0, 90))

const plan = ({ say, of }: Entry): PlanResult => {
  if (of === undefined) return planSystem(say)
  const before = planSystem(of)
  if (before.kind !== 'draft') throw new Error('the first request is no draft')
  return planChange(say, before.architecture)
}

const problemsOf = (architecture: Architecture): string[] => {
  const canonical = canonicalArchitecture(architecture)
  return [...parseArchitecture(canonical.yaml).diagnostics, ...checkBlueprint(canonical.value)].map(
    ({ code, message, location }) => `${code}: ${message} (${location?.pointer})`,
  )
}

/** The value at a path; names hold no dots. */
const at = (value: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((each, key) => (each as Record<string, unknown> | undefined)?.[key], value)

describe.each(readdirSync(folder))('behaviour in plain words: %s', (file) => {
  it.each(entriesIn(file).map((entry) => [nameOf(entry), entry] as const))('is carried when told %s', (_, entry) => {
    const result = plan(entry)
    if (result.kind !== 'draft') throw new Error(JSON.stringify(result))
    expect(result.notCarried).toEqual((entry.lost ?? []).map((said) => expect.stringContaining(said)))
    if (!entry.lost) expect(result.understood).not.toEqual([])
    expect(problemsOf(result.architecture)).toEqual([])
    for (const [path, value] of Object.entries(entry.has)) {
      const found = at(result.architecture, path)
      if (value === null) expect(found, path).toBeUndefined()
      else if (typeof value !== 'object' || Array.isArray(value)) expect(found, path).toEqual(value)
      else expect(found, path).toMatchObject(value)
    }
    for (const [role, lines] of Object.entries(entry.grants ?? {}))
      for (const line of lines) expect(result.architecture.policies.roles[role] ?? [], role).toContain(line)
    for (const [role, lines] of Object.entries(entry.refused ?? {}))
      for (const line of lines) expect(result.architecture.policies.roles[role] ?? [], role).not.toContain(line)
  })
})
