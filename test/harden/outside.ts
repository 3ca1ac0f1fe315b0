import { expect } from 'vitest'
import { canonicalArchitecture } from '../../pipeline/blueprint/canonical.ts'
import { entriesByFile, planEntry } from '../blueprint/planner/behaviour-c.ts'
import { startSystem } from '../generate/system.ts'
import { tries } from './outsiders.ts'

const entries = entriesByFile().flatMap(([, found]) => found)

/** Builds the system of a request and tries what its sentences say. */
export const tryOutside = async (name: string): Promise<void> => {
  const entry = entries.find((one) => one.name === name)
  expect(entry).toBeDefined()
  const system = await startSystem({ yaml: canonicalArchitecture(planEntry(entry!).architecture).yaml })
  try {
    await tries[name]!(system)
  } finally {
    await system.stop()
  }
}
