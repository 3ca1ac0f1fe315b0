import { test } from 'vitest'
import { tryOutside } from './outside.ts'
import { tries } from './outsiders.ts'

test.each(Object.keys(tries))('outsiders find the rules of %s kept', { timeout: 240_000 }, async (name) => {
  await tryOutside(name)
})
