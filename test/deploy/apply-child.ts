/** Applies a release in a process of its own, which the test kills: node apply-child.ts <options and release as JSON>. */
import pino from 'pino'
import type { LocalOptions } from '../../deploy/local/options.ts'
import { createLocalTarget } from '../../deploy/local/target.ts'
import type { Release } from '../../deploy/target.ts'

const { options, release } = JSON.parse(process.argv[2] ?? '') as { options: LocalOptions; release: Release }
const log = pino({ level: 'silent' })
const target = createLocalTarget({ ...options, log })
process.send?.('begun')
await target.apply(release, {
  signal: new AbortController().signal,
  log,
  report: async (step) => {
    process.send?.(step)
  },
})
process.send?.('applied')
process.disconnect?.()
