import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { WebAdapter } from '../../bot/web/adapter.ts'
import type { SidebarSystem } from '../../bot/web/page.ts'
import { createTestPage } from './support/web.ts'

let data: string
let adapter: WebAdapter
let systems: SidebarSystem[]
let looked: number

const unused = (): never => {
  throw new Error('not asked for here')
}

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'autocoder-web-list-'))
  systems = []
  looked = 0
  adapter = createTestPage(data, {
    sidebar: async () => {
      looked += 1
      return { systems, threads: [] }
    },
    thread: unused,
    threadOf: unused,
    team: unused,
    people: unused,
    picture: unused,
    zip: unused,
  })
  await adapter.start(async () => undefined)
})
afterEach(async () => {
  await adapter.stop()
  await rm(data, { recursive: true, force: true })
})

it('looks how the systems are only while a page is open, and tells one that comes back what changed meanwhile', async () => {
  const invite = new URL(adapter.invite())
  const cookie = (await fetch(invite, { redirect: 'manual' })).headers.getSetCookie()[0]!.split(';')[0]!
  const seen = /data-seen="([^"]+)"/.exec(await (await fetch(invite.origin, { headers: { cookie } })).text())![1]!
  looked = 0
  systems = [{ slug: 'boats', title: 'Boats', state: 'good', words: 'running', facts: 'Ada', url: undefined }]
  adapter.refresh()
  await sleep(400)
  expect(looked).toBe(0)

  const events = await fetch(`${invite.origin}/events?seen=${seen}`, { headers: { cookie } })
  let heard = ''
  for await (const part of events.body!.pipeThrough(new TextDecoderStream())) {
    heard += part
    if (heard.includes('Boats')) break
  }
  expect(heard).toContain('event: sidebar')
  expect(looked).toBe(1)
})
