import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { LocalOptions } from '../../deploy/local/options.ts'
import { createLocalTarget } from '../../deploy/local/target.ts'
import { usageOf } from '../../deploy/local/usage.ts'
import { cleanUp, makeContext, makeOptions, makeRelease } from './stand-in.ts'

const MB = 1024 * 1024

/** Starts a Python program in a session of its own; it prints a line when it has done what is measured. */
const startPython = async (program: string) => {
  const child = spawn('python3', ['-c', `${program}\nprint("ready", flush=True)\ninput()`], {
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  await once(child.stdout, 'data')
  return {
    pid: child.pid!,
    end: async () => {
      child.stdin.end('\n')
      await once(child, 'exit')
    },
  }
}

test('counts the memory that a process really holds, in bytes', async () => {
  const small = await startPython('pass')
  const large = await startPython('held = bytearray(b"x") * (80 * 1024 * 1024)')
  const [before, after] = [await usageOf(small.pid), await usageOf(large.pid)]
  await Promise.all([small.end(), large.end()])
  expect(before!.memory).toBeGreaterThan(2 * MB)
  expect(after!.memory - before!.memory).toBeGreaterThan(75 * MB)
  expect(after!.memory - before!.memory).toBeLessThan(110 * MB)
})

test('counts the processor time of a process and of its children, in seconds', async () => {
  const burn = 'import time\ndef burn(seconds):\n  while time.process_time() < seconds: pass\n'
  const one = await startPython(`${burn}burn(0.4)`)
  const family = await startPython(
    `import os\n${burn}if os.fork() == 0:\n  burn(0.3)\n  os._exit(0)\nos.wait()\nif os.fork() == 0:\n  burn(0.3)\n  open("/proc/self/stat").read()\n  time.sleep(30)\nburn(0.1)\ntime.sleep(0.8)`,
  )
  const [alone, together] = [await usageOf(one.pid), await usageOf(family.pid)]
  process.kill(-family.pid, 'SIGKILL')
  await one.end()
  expect(alone!.processor).toBeGreaterThanOrEqual(0.38)
  expect(alone!.processor).toBeLessThan(0.7)
  expect(together!.processor).toBeGreaterThanOrEqual(0.65)
  expect(together!.memory).toBeGreaterThan(alone!.memory)
})

test('says nothing of a process that is gone', async () => {
  const gone = await startPython('pass')
  await gone.end()
  expect(await usageOf(gone.pid)).toBeUndefined()
})

let options: LocalOptions
beforeEach(async () => {
  options = await makeOptions()
})
afterEach(() => cleanUp(options.data))

test('stands in the status of a system that runs, and not in that of one that is stopped', async () => {
  const target = createLocalTarget(options)
  expect((await target.status('todo')).usage).toBeUndefined()
  await target.apply(await makeRelease(options.data, 'todo'), makeContext())
  const { usage } = await target.status('todo')
  expect(usage!.memory).toBeGreaterThan(4 * MB)
  expect(usage!.memory).toBeLessThan(500 * MB)
  expect(usage!.processor).toBeGreaterThan(0)
  await target.stop('todo')
  expect((await target.status('todo')).usage).toBeUndefined()
})
