import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Http } from '../../schemas/generated/architecture.ts'
import { blueprintOf, failedChecks, readFixture } from './build.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'autocoder-shapes-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Each word of `http` at least once with another value than the usual, on systems that have different things. */
const shapes: [string, Http | undefined][] = [
  ['hives', undefined],
  ['photos', undefined],
  ['realworld', undefined],
  [
    'realworld',
    { list: 'bare', errors: 'error', update: 'both', token: { header: 'X-Auth-Token', scheme: '' }, cors: ['*'] },
  ],
  ['realworld', { casing: 'camel', itemsKey: 'data_rows' }],
  ['photos', { casing: 'camel', root: true, list: 'bare', errors: 'errors', created: 200 }],
  ['hives', { casing: 'camel', root: true, list: 'named', errors: 'error', update: 'PUT' }],
  [
    'journal',
    { casing: 'camel', root: true, list: 'named', errors: 'errors', update: 'PUT', created: 200, deleted: 200 },
  ],
  ['nasty', { casing: 'camel', root: true, list: 'named' }],
  ['photos', { casing: 'camel', rootKey: 'data_row', itemsKey: 'data_rows', totalKey: 'total_count', nulls: 'omit' }],
  ['realworld', { totalKey: 'total', rootKey: 'data' }],
  ['photos', { errors: 'message', nulls: 'omit', unknown: 'ignore', invalid: 400 }],
  ['staff', { casing: 'camel', root: true, list: 'named', errors: 'errors', nulls: 'omit', deleted: 200 }],
]

test.each(shapes)('%s passes every check with answers like %o', { timeout: 300_000 }, async (name, http) => {
  const architecture = readFixture(name)
  const place = join(folder, `${name}-${shapes.findIndex((shape) => shape[0] === name && shape[1] === http)}`)
  expect(await failedChecks(place, blueprintOf(http ? { ...architecture, http } : architecture))).toEqual([])
})
