import { readdirSync, readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { planChange, planSystem } from '../../../pipeline/blueprint/planner/plan.ts'
import type { PlanResult } from '../../../pipeline/blueprint/planner/result.ts'

/** See test/fixtures/requests/README.md. */
export type Entry = { name: string; say: string | string[]; lines: string[]; not?: string[]; lost?: string[] }

const folder = new URL('../../fixtures/requests/behaviour-c/', import.meta.url)

/** Returns the requests of strangers with rules, and the file of each. */
export const entriesByFile = (): [file: string, entries: Entry[]][] =>
  readdirSync(folder).map((file) => [file, parse(readFileSync(new URL(file, folder), 'utf8')) as Entry[]])

/** Returns the draft that a request and the changes after it lead to. Throws where one of them is none. */
export const planEntry = ({ say }: Pick<Entry, 'say'>): Extract<PlanResult, { kind: 'draft' }> => {
  const [first, ...changes] = [say].flat()
  let plan = planSystem(first!)
  for (const change of changes) {
    if (plan.kind !== 'draft') break
    plan = planChange(change, plan.architecture)
  }
  if (plan.kind !== 'draft') throw new Error(JSON.stringify(plan))
  return plan
}
