import { test } from 'vitest'
import { tryOutside } from './outside.ts'

test.each(['funeral', 'foodbank', 'stage', 'allotment', 'quiz', 'chess', 'sauna', 'lighthouse'])(
  'outsiders find the rules of %s kept',
  { timeout: 120_000 },
  async (name) => {
    await tryOutside(name)
  },
)
