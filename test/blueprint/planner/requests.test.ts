import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { checkBlueprint } from '../../../pipeline/blueprint/check.ts'
import { planChange, planSystem } from '../../../pipeline/blueprint/planner/plan.ts'
import type { PlanResult } from '../../../pipeline/blueprint/planner/result.ts'
import type { Architecture } from '../../../schemas/generated/architecture.ts'
import { validatorOf } from '../../../schemas/validate.ts'
import { type Facts, missingFacts } from './facts.ts'

type Entry = Facts & { say: string; of?: string; keeps?: boolean }

const folder = new URL('../../fixtures/requests/', import.meta.url)
const entriesIn = (file: string): Entry[] => parse(readFileSync(new URL(file, folder), 'utf8')) as Entry[]
const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'))
const nameOf = (entry: Entry): string => JSON.stringify(entry.say.trim().replace(/\s+/g, ' ').slice(0, 90))

const problemsOf = (architecture: Architecture): string[] => {
  const validate = validatorOf<Architecture>('architecture')
  if (!validate(architecture)) return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`)
  return checkBlueprint(architecture)
    .filter((one) => one.severity === 'error')
    .map((one) => one.message)
}

const verdict = (result: PlanResult, entry: Entry): string[] => {
  const kind = entry.kind ?? 'draft'
  if (result.kind !== kind) return [`${kind}, not ${result.kind}${result.kind === 'refusal' ? `: ${result.text}` : ''}`]
  if (result.kind !== 'draft') return []
  const told = result.notCarried.join(' ').toLowerCase()
  return [
    ...problemsOf(result.architecture),
    ...missingFacts(result.architecture, entry),
    ...(entry.not ?? [])
      .filter((word) => !told.includes(word.toLowerCase()))
      .map((word) => `“${word}” named as not carried`),
  ]
}

for (const file of files.filter((one) => !one.startsWith('changes')))
  describe(file, () => {
    it.each(entriesIn(file).map((entry) => [nameOf(entry), entry] as const))(
      'returns what it asks for when told %s',
      (_, entry) => {
        expect(verdict(planSystem(entry.say), entry)).toEqual([])
      },
    )
  })

for (const file of files.filter((one) => one.startsWith('changes')))
  describe(file, () => {
    it.each(entriesIn(file).map((entry) => [nameOf(entry), entry] as const))(
      'returns the next revision when told %s',
      (_, entry) => {
        const before = planSystem(entry.of ?? 'Build me a todo API with user authentication')
        if (before.kind !== 'draft') throw new Error('the first request is no draft')
        const stored = structuredClone(before.architecture)
        const result = planChange(entry.say, before.architecture)
        expect(verdict(result, entry)).toEqual([])
        expect(before.architecture).toEqual(stored)
      },
    )
  })
