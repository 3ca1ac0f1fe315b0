import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { checkBlueprint } from '../../../pipeline/blueprint/check.ts'
import { likeness, planChange, planSystem } from '../../../pipeline/blueprint/planner/plan.ts'
import type { PlanResult } from '../../../pipeline/blueprint/planner/result.ts'
import { validatorOf } from '../../../schemas/validate.ts'
import { linesOf } from './behaviour-lines.ts'

/** Sentences that are each added to `of`, or told to the system that `of` makes; each shows one of the `lines`. */
type Group = { of: string; change?: boolean; lines: { [line: string]: string[] } }

/** A whole request, and parts of lines that its system shows, or does not. */
type Request = { say: string; of?: string; lines: string[]; not?: string[]; lost?: string[] }

const folder = new URL('../../fixtures/requests/behaviour-a/', import.meta.url)
const read = <T>(file: string): T => parse(readFileSync(new URL(file, folder), 'utf8')) as T
const filesIn = (place: string): string[] =>
  readdirSync(new URL(place, folder)).filter((file) => file.endsWith('.yaml'))

/** Returns what a system lacks of these parts of lines, with what it has; and what is unsound in it. */
const missing = (
  result: PlanResult,
  lines: readonly string[],
  not: readonly string[] = [],
  lost: readonly string[] = [],
): string[] => {
  if (result.kind !== 'draft') return [JSON.stringify(result)]
  const validate = validatorOf('architecture')
  const has = linesOf(result.architecture)
  const there = (part: string): boolean => has.some((line) => part.split(' ... ').every((one) => line.includes(one)))
  const told = result.notCarried.join('\n').toLowerCase()
  const failed = [
    ...(validate(result.architecture)
      ? []
      : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message}`)),
    ...checkBlueprint(result.architecture).map((one) => `${one.code} ${one.message}`),
    ...lines.filter((part) => !there(part)).map((part) => `no ${part}`),
    ...not.filter(there).map((part) => `has ${part}`),
    ...lost
      .filter((words) => !told.includes(words.toLowerCase()))
      .map((words) => `does not say that it lacks ${words}`),
    ...(lost.length === 0 ? result.notCarried.map((line) => `lost: ${line}`) : []),
  ]
  return failed.length > 0
    ? [...failed, ...has.filter((line) => !/^\S+ field (?:id|created_at|updated_at)/.test(line))]
    : []
}

describe.each(filesIn('sentences/'))('sentences of %s', (file) => {
  for (const { of, change, lines } of read<Group[]>(`sentences/${file}`))
    for (const [line, says] of Object.entries(lines))
      it.each(says)(`%s`, (say) => {
        const parts = line.split(' && also ')
        if (!change)
          return expect(missing(planSystem(`${of} ${say.charAt(0).toUpperCase()}${say.slice(1)}.`), parts)).toEqual([])
        const before = planSystem(of)
        if (before.kind !== 'draft') throw new Error('the system to change is no draft')
        expect(missing(planChange(say, before.architecture), parts)).toEqual([])
        expect(likeness(say).change).toBeGreaterThanOrEqual(0.5)
      })
})

describe.each(filesIn('./'))('requests of %s', (file) => {
  it.each(read<Request[]>(file).map((entry) => [entry.say.trim().slice(0, 100), entry] as const))('%s', (_, entry) => {
    const before = entry.of === undefined ? undefined : planSystem(entry.of)
    if (before && before.kind !== 'draft') throw new Error('the system to change is no draft')
    const result = before ? planChange(entry.say, before.architecture) : planSystem(entry.say)
    expect(missing(result, entry.lines, entry.not, entry.lost)).toEqual([])
  })
})
