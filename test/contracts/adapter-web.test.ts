import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openBrowser, wordsOf } from '../bot/support/browser.ts'
import { createTestPage } from '../bot/support/web.ts'
import { describeAdapter } from './adapter.ts'

describeAdapter('web', async (onEvent) => {
  const data = await mkdtemp(join(tmpdir(), 'autocoder-web-'))
  const thread = '11111111-1111-4111-8111-111111111111'
  const adapter = createTestPage(data, {
    sidebar: async () => ({ systems: [], threads: [] }),
    thread: async () => ({ thread, title: '', system: undefined, entries: [] }),
    threadOf: async () => undefined,
    people: async () => [],
    team: async () => ({ systems: [], limit: undefined, members: [], people: [], rules: [], deeds: [] }),
    picture: async () => undefined,
    zip: async () => undefined,
  })
  await adapter.start(onEvent)
  const address = new URL(adapter.invite())
  const browser = await openBrowser()
  const page = await browser.newPage()
  await page.goto(address.href)
  await page.goto(`${address.origin}/c/${thread}`)
  await page.waitForSelector('body[data-live]')
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
  const post = async (path: string, form: Record<string, string>): Promise<void> => {
    const answer = await fetch(`${address.origin}${path}`, {
      method: 'POST',
      headers: { cookie, origin: address.origin, accept: 'application/json' },
      body: new URLSearchParams(form),
    })
    if (!answer.ok) throw new Error(`answered ${answer.status}`)
  }
  return {
    adapter,
    thread: { team: 'local', thread },
    someone: { id: 'local:tester', name: 'tester' },
    write: (text, id) => post(`/c/${thread}/messages`, { text, id }),
    press: (card, button, value, id) =>
      post(`/c/${thread}/press`, { card, button, id, ...(value === undefined ? {} : { value }) }),
    seen: async () => {
      const pwned = await page.evaluate<boolean>('"pwned" in window')
      if (pwned) throw new Error('a text of a person ran as a script')
      return wordsOf(page.locator('#entries'))
    },
    whispers: () => wordsOf(page.locator('#toasts')),
    close: async () => {
      await browser.close()
      await adapter.stop()
      await rm(data, { recursive: true, force: true })
    },
  }
})
