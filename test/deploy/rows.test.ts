import { writeFile } from 'node:fs/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { LocalOptions } from '../../deploy/local/options.ts'
import { systemPaths } from '../../deploy/local/paths.ts'
import { createRowCounter } from '../../deploy/local/rows.ts'
import { createLocalTarget } from '../../deploy/local/target.ts'
import { cleanUp, makeContext, makeOptions, makeRelease } from './stand-in.ts'

let options: LocalOptions
beforeEach(async () => {
  options = await makeOptions()
})
afterEach(() => cleanUp(options.data))

test('returns the rows of a running system, also those that still stand in the write-ahead log', async () => {
  const { url } = await createLocalTarget(options).apply(await makeRelease(options.data, 'todo'), makeContext())
  await fetch(`${url}/notes`, { method: 'POST' })
  await fetch(`${url}/notes`, { method: 'POST' })
  expect(await createRowCounter(options)('todo')).toContainEqual({ table: 'notes', rows: 2 })
})

test('returns nothing to count for a system that was never deployed, and undefined when its data cannot be read', async () => {
  const count = createRowCounter(options)
  expect(await count('nobody')).toEqual([])
  await createLocalTarget(options).apply(await makeRelease(options.data, 'todo'), makeContext())
  await createLocalTarget(options).stop('todo')
  await writeFile(systemPaths(options.data, 'todo').database, 'this is no database, and long enough to be seen as none')
  expect(await count('todo')).toBeUndefined()
})
