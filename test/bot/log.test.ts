import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openLog } from '../../bot/log.ts'

const linesOf = async (path: string): Promise<number[]> =>
  (await readFile(path, 'utf8').catch(() => ''))
    .split('\n')
    .filter(Boolean)
    .map((line) => (JSON.parse(line) as { number: number }).number)

it('begins a log anew when it is full, and loses no line of the last two', async () => {
  const data = await mkdtemp(join(tmpdir(), 'autocoder-log-'))
  try {
    const log = openLog({ data, level: 'info', name: 'bot', full: 400, look: 10 })
    const file = join(data, 'logs', 'bot.log')
    for (let number = 0; number < 5; number += 1) log.info({ number }, 'before')
    await expect.poll(() => linesOf(`${file}.1`), { timeout: 10_000 }).toEqual([0, 1, 2, 3, 4])
    log.info({ number: 5, token: 'abc' }, 'after')
    await expect.poll(() => linesOf(file), { timeout: 10_000 }).toEqual([5])
    expect(await readFile(file, 'utf8')).toContain('[hidden]')
    // Somebody moves the log, somebody removes everything: neither ends the process.
    await rm(file)
    await expect.poll(() => readFile(file, 'utf8').catch(() => undefined), { timeout: 10_000 }).toBe('')
    await rm(data, { recursive: true, maxRetries: 10 })
    await new Promise((resolve) => setTimeout(resolve, 50))
    log.info({ number: 6 }, 'into nowhere')
  } finally {
    await rm(data, { recursive: true, force: true })
  }
})
