import { readdirSync, readFileSync } from 'node:fs'
import { expect } from 'vitest'
import { parse } from 'yaml'
import { canonicalArchitecture } from '../../pipeline/blueprint/canonical.ts'
import { planChange, planSystem } from '../../pipeline/blueprint/planner/plan.ts'
import { startSystem } from '../generate/system.ts'
import { tries } from './outsiders.ts'

/** See test/fixtures/requests/README.md. */
type Entry = { name: string; say: string | string[] }

const folder = new URL('../fixtures/requests/behaviour-c/', import.meta.url)
const entries = readdirSync(folder).flatMap((file) => parse(readFileSync(new URL(file, folder), 'utf8')) as Entry[])

const yamlOf = ({ say }: Entry): string => {
  const [first, ...changes] = [say].flat()
  let plan = planSystem(first!)
  for (const change of changes) {
    if (plan.kind !== 'draft') break
    plan = planChange(change, plan.architecture)
  }
  if (plan.kind !== 'draft') throw new Error(JSON.stringify(plan))
  return canonicalArchitecture(plan.architecture).yaml
}

/** Builds the system of a request and tries what its sentences say. */
export const tryOutside = async (name: string): Promise<void> => {
  const entry = entries.find((one) => one.name === name)
  expect(entry).toBeDefined()
  const system = await startSystem({ yaml: yamlOf(entry!) })
  try {
    await tries[name]!(system)
  } finally {
    await system.stop()
  }
}
