import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { blueprintOf, buildIn, readFixture } from './build.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'autocoder-shapes-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test.each(['hives', 'photos'])('%s passes every check', { timeout: 300_000 }, async (name) => {
  const { hardened } = await buildIn(join(folder, name), blueprintOf(readFixture(name)))
  const failed = hardened.evidence.filter(({ result }) => result === 'failed')
  expect(failed.map(({ check, summary, detail }) => ({ check, summary, detail }))).toEqual([])
})
