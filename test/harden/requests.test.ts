/**
 * Whatever the planner draws up must build: every request of the corpora goes through generate and harden, changes as the
 * second revision; each system runs, and runs its own tests of what was asked for. `SHARE=3/8` takes the third of eight
 * parts, `REQUESTS=behaviour` those with rules, states, reports and the like.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { planChange, planSystem } from '../../pipeline/blueprint/planner/plan.ts'
import type { Architecture } from '../../schemas/generated/architecture.ts'
import { type Entry, labelOf, readEntries } from '../blueprint/planner/strangers-entry.ts'
import { blueprintOf, failedChecks, generateIn, readFixture } from './build.ts'

const folder = new URL('../fixtures/requests/', import.meta.url)
type Request = { say: string; of?: string }
/** The first thing that is said, where more follows. */
type Told = Omit<Request, 'say'> & { say: string | string[] }
const requestsIn = (place: string): Request[] =>
  readdirSync(new URL(place, folder))
    .filter((name) => name.endsWith('.yaml'))
    .flatMap((name) => parse(readFileSync(new URL(`${place}${name}`, folder), 'utf8')) as Told[])
    .map((one) => ({ ...one, say: [one.say].flat()[0]! }))
const behaving = ['behaviour-a/', 'behaviour-b/', 'behaviour-c/'].flatMap(requestsIn)
const own = requestsIn('./')
const strangers = readEntries()

const drafted = (text: string): Architecture | undefined => {
  const plan = planSystem(text)
  return plan.kind === 'draft' ? plan.architecture : undefined
}

const startOf = (on: string): Architecture | undefined => {
  const before = strangers.find(({ id }) => id === on)
  return before ? drafted(before.request) : readFixture(on)
}

/** A revision to build, after the one that it changes. */
type Case = { name: string; before?: Architecture; after: Architecture }

const changed = (name: string, text: string, before: Architecture | undefined): Case[] => {
  const plan = before && planChange(text, before)
  return plan?.kind === 'draft' ? [{ name, before, after: plan.architecture }] : []
}

const caseOf = (entry: Entry): Case[] => {
  if (entry.on) return changed(`${entry.on}, ${labelOf(entry)}`, entry.request, startOf(entry.on))
  const after = drafted(entry.request)
  return after ? [{ name: labelOf(entry), after }] : []
}

const casesOf = (requests: readonly Request[]): Case[] =>
  requests.flatMap(({ say, of }) => {
    if (of) return changed(`${of}: ${say}`, say, drafted(of))
    const after = drafted(say)
    return after ? [{ name: say, after }] : []
  })

const all: Case[] =
  process.env.REQUESTS === 'behaviour'
    ? casesOf(behaving)
    : [...casesOf(behaving), ...casesOf(own), ...strangers.flatMap(caseOf)]
const [part = 1, parts = 1] = (process.env.SHARE ?? '1/1').split('/').map(Number)

let work: string
beforeAll(async () => {
  work = await mkdtemp(join(tmpdir(), 'autocoder-requests-'))
})
afterAll(() => rm(work, { recursive: true, force: true }))

const mine = all
  .map((one, number) => ({ ...one, number, title: one.name.replace(/\s+/g, ' ').slice(0, 90) }))
  .filter(({ number }) => number % parts === part - 1)

test.each(mine)('$number builds: $title', { timeout: 300_000 }, async ({ number, before, after }) => {
  const place = join(work, String(number))
  if (before) await generateIn(place, blueprintOf(before), 1)
  const failed = await failedChecks(place, blueprintOf(after), before ? 2 : 1)
  await rm(place, { recursive: true, force: true })
  expect(failed).toEqual([])
})
