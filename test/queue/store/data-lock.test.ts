import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lockData } from '../../../queue/store/data-lock.ts'
import { openStore } from '../../../queue/store/store.ts'
import { log } from '../support/columns.ts'
import { startProcess } from '../support/kill.ts'

describe('the lock of the data directory', () => {
  let data: string
  beforeEach(() => {
    data = mkdtempSync(join(tmpdir(), 'autocoder-lock-'))
  })
  afterEach(() => rm(data, { recursive: true, force: true }))
  const hold = async () => {
    const holder = startProcess('hold-lock.ts', [data])
    await holder.line(/^holding$/)
    return holder
  }

  it('is refused with the number of the process that holds it', async () => {
    const holder = await hold()
    await expect(lockData(data)).rejects.toMatchObject({
      code: 'data-in-use',
      message: expect.stringContaining(String(holder.pid)),
    })
    await expect(openStore({ data, log })).rejects.toMatchObject({ code: 'data-in-use' })
    await holder.kill('SIGKILL')
  })

  it('is taken over from a process that was killed', async () => {
    const holder = await hold()
    await holder.kill('SIGKILL')
    const unlock = await lockData(data)
    expect(JSON.parse(readFileSync(join(data, 'lock'), 'utf8'))).toMatchObject({ pid: process.pid })
    unlock()
    expect(existsSync(join(data, 'lock'))).toBe(false)
  })

  it('is taken over when the number belongs to another process by now', async () => {
    writeFileSync(join(data, 'lock'), JSON.stringify({ pid: process.ppid, started: '1', since: 'long ago' }))
    const unlock = await lockData(data)
    unlock()
  })

  it.each(['', '{', '"text"', 'null', '{"pid":"x"}'])('is taken over when its file holds %j', async (content) => {
    writeFileSync(join(data, 'lock'), content)
    const unlock = await lockData(data)
    unlock()
  })

  it('is taken over when whoever replaced it before died over that', async () => {
    writeFileSync(join(data, 'lock'), '')
    writeFileSync(join(data, 'lock.taking'), '')
    const unlock = await lockData(data)
    unlock()
    expect(existsSync(join(data, 'lock.taking'))).toBe(false)
  })

  it('goes to one of ten processes that find a dead one', { timeout: 120_000 }, async () => {
    writeFileSync(join(data, 'lock'), JSON.stringify({ pid: 2 ** 22 + 1, started: '1', since: 'long ago' }))
    const rivals = Array.from({ length: 10 }, () => startProcess('hold-lock.ts', [data]))
    const outcomes = await Promise.all(rivals.map((rival) => rival.line(/^(holding|data-in-use)$/)))
    expect(outcomes.filter((outcome) => outcome === 'holding')).toHaveLength(1)
    await Promise.all(rivals.map((rival) => rival.kill('SIGKILL')))
  })
})
