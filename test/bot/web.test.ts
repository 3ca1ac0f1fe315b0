import { execFile } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { unzipSync } from 'fflate'
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hostile } from '../fixtures/cards.ts'
import { startTestBot } from './support/bot.ts'
import { openInvited, wordsOf } from './support/browser.ts'
import { lowestContrast } from './support/contrast.ts'

/** A busy machine is slow, not wrong. */
const eventually = <T>(look: () => T | Promise<T>) => expect.poll(look, { timeout: 30_000, interval: 100 })

const artifacts = fileURLToPath(new URL('../../artifacts/web/', import.meta.url))

describe('the page, in a real browser', { timeout: 120_000 }, () => {
  let bot: Awaited<ReturnType<typeof startTestBot>>
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let problems: string[]
  let origin: string

  beforeAll(async () => {
    await mkdir(artifacts, { recursive: true })
    bot = await startTestBot({ web: true, pace: 400 })
    ;({ browser, context, page, origin, problems } = await openInvited(bot.invite(), 860))
  }, 120_000)
  afterAll(async () => {
    await browser.close()
    await bot.stop()
  })

  const say = async (text: string): Promise<void> => {
    await page.fill('#message', text)
    await page.keyboard.press('Enter')
  }
  const shot = (name: string) => page.screenshot({ path: `${artifacts}${name}.png` })

  it('hides the token from the address and the cookie from scripts', async () => {
    expect(page.url()).toBe(`${origin}/`)
    const cookie = (await context.cookies())[0]
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict' })
    expect(await page.evaluate('document.cookie')).toBe('')
  })

  it('walks from a wish over a blueprint and Approve to an address, live', async () => {
    await say('Build me a todo API with user authentication')
    const blueprint = page.locator('.card.blueprint')
    await blueprint.waitFor()
    expect(await wordsOf(blueprint)).toContain('What it stores')
    const picture = blueprint.locator('img')
    expect(await picture.getAttribute('alt')).not.toBe('')
    await eventually(() =>
      picture.evaluate((node: unknown) => (node as { naturalWidth: number }).naturalWidth),
    ).toBeGreaterThan(0)
    // Room was kept for it, so that the card does not jump when it arrives.
    for (const side of ['width', 'height']) expect(Number(await picture.getAttribute(side))).toBeGreaterThan(0)
    await shot('blueprint')
    // Whoever reads in the middle of the thread stays there; their own press takes them to what it does.
    await blueprint.locator('summary', { hasText: 'Endpoints' }).click()
    await page.mouse.move(640, 400)
    await page.mouse.wheel(0, -2000)
    await blueprint.getByRole('button', { name: 'Approve' }).press('Enter')
    const progress = page.locator('.card.progress')
    await progress.waitFor()
    await eventually(async () => (await progress.boundingBox())?.y ?? 10_000).toBeLessThan(700)
    await eventually(() => progress.locator('progress').getAttribute('value')).not.toBe('0')
    await shot('progress')
    const deployed = page.locator('.card.deployed')
    await deployed.waitFor()
    expect(await wordsOf(deployed)).toContain('setup_token')
    expect(await wordsOf(blueprint)).toContain('Approved by')
    expect(await blueprint.getByRole('button', { name: 'Approve' }).count()).toBe(0)
    await eventually(() => wordsOf(page.locator('#sidebar-lists'))).toContain('running')
    await shot('deployed')
    expect(page.url()).toMatch(/\/c\/[0-9a-f-]{36}$/)
  })

  it('shows the same after a reload, with the same picture', async () => {
    await page.reload()
    await page.waitForSelector('body[data-live]')
    expect(await page.locator('.card.deployed').count()).toBe(1)
    expect(await page.locator('.card.progress').count()).toBe(1)
    expect(await page.locator('.said').count()).toBe(1)
  })

  it('asks in the card what should change, and shows the new blueprint', async () => {
    const deployed = page.locator('.card.deployed')
    await deployed.getByText('Change', { exact: true }).click()
    await page.keyboard.type('add a deadline')
    await deployed.getByRole('button', { name: 'Send' }).click()
    const blueprint = page.locator('.card.blueprint').last()
    await eventually(() => wordsOf(blueprint)).toContain('What changes')
    expect((await wordsOf(blueprint)).toLowerCase()).toContain('deadline')
    await say('never mind')
    await eventually(() => wordsOf(blueprint)).toContain('Turned down')
  })

  it('refuses a stale press in private and says who was first', async () => {
    await say('remove description')
    const blueprint = page.locator('.card.blueprint').last()
    await eventually(() => wordsOf(blueprint)).toContain('This hides data')
    await shot('risk')
    const form = blueprint.locator('form', { hasText: "Approve and hide 'description'" })
    const fields = await fieldsOf(form)
    const action = (await form.getAttribute('action')) ?? ''
    await form.getByRole('button').click()
    await eventually(() => page.locator('.card.deployed').count()).toBe(2)
    await page.evaluate(
      `fetch(${JSON.stringify(action)}, { method: 'POST', headers: { accept: 'application/json' }, body: new URLSearchParams(${JSON.stringify(fields)}) })`,
    )
    await eventually(() => wordsOf(page.locator('#toasts'))).toMatch(/approved already by .+ at /)
    await shot('stale')
  })

  it('downloads the code as a zip', async () => {
    await say('download')
    const link = page.locator('.card.file a.button')
    await link.waitFor()
    const href = (await link.getAttribute('href')) ?? ''
    const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
    const answer = await fetch(`${origin}${href}`, { headers: { cookie } })
    expect(answer.headers.get('content-type')).toBe('application/zip')
    expect(Object.keys(unzipSync(new Uint8Array(await answer.arrayBuffer()))).length).toBeGreaterThan(0)
  })

  it('goes on where it was after the bot was restarted, without a new address', async () => {
    const { port } = new URL(origin)
    await bot.restart(Number(port))
    await page.waitForSelector('body.away', { state: 'detached' })
    await say('status')
    await eventually(() => page.locator('.card.list').count()).toBe(1)
    await say('roll back')
    await eventually(() => wordsOf(page.locator('#entries'))).toMatch(/runs build 1 again/)
  })

  it('lets a colleague in under a name of their own, once, and nobody under a name that was not given', async () => {
    const command = ['bot/terminal/main.ts', '--invite', 'Ada Lovelace']
    const { stdout } = await promisify(execFile)(process.execPath, command, {
      env: { ...process.env, AUTOCODER_DATA: bot.data },
    })
    const theirs = await browser.newContext()
    const other = await theirs.newPage()
    await other.goto(stdout.trim())
    await other.waitForSelector('body[data-live]')
    await other.fill('#message', 'hello')
    await other.keyboard.press('Enter')
    await eventually(() => wordsOf(other.locator('.said'))).toContain('Ada Lovelace')
    await theirs.clearCookies()
    expect((await other.goto(stdout.trim()))?.status()).toBe(401)
    const [mine] = await context.cookies()
    const forged = `${Buffer.from('Grace').toString('base64url')}.${mine!.value.split('.')[1]}`
    await theirs.addCookies([{ ...mine!, value: forged }])
    expect((await other.goto(origin))?.status()).toBe(401)
    await theirs.close()
  })

  it('shows hostile words as words', async () => {
    await page.goto(`${origin}/`)
    await page.waitForSelector('body[data-live]')
    await say(`Build me a todo API called ${hostile[0]}`)
    await page.locator('.card.blueprint').waitFor()
    for (const text of hostile.slice(1)) await say(text)
    await eventually(() => page.locator('.said').count()).toBe(hostile.length)
    expect(await page.evaluate('"pwned" in window')).toBe(false)
    expect(await page.locator('#entries script, #entries [onerror], #entries a[href^="javascript"]').count()).toBe(0)
    await shot('hostile')
  })

  it('is used by keyboard alone', async () => {
    await page.goto(`${origin}/`)
    await page.waitForSelector('body[data-live]')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Tab')
    await page.evaluate('document.body.focus()')
    await page.keyboard.press('/')
    expect(await page.evaluate('document.activeElement.id')).toBe('message')
    await page.keyboard.type('ask me about pets')
    await page.keyboard.press('Enter')
    const question = page.locator('.card.question')
    await question.waitFor()
    await question.getByRole('button', { name: 'Only their owners' }).focus()
    await page.keyboard.press('Enter')
    await page.locator('.card.blueprint').waitFor()
    expect(await wordsOf(question)).toContain('Only their owners')
    const approve = page.getByRole('button', { name: 'Approve' })
    await approve.focus()
    await page.keyboard.press('Enter')
    await page.locator('.card.progress').waitFor()
    // The focus is not lost when the pressed card is replaced.
    await eventually(() => page.evaluate('document.activeElement.className')).toContain('blueprint')
    await page.locator('.card.deployed').waitFor()
    await eventually(() => wordsOf(page.locator('#announce'))).not.toBe('')
  })

  it('has a name for everything that a screen reader comes to, and no two elements with one id', async () => {
    const unnamed =
      await page.evaluate(`[...document.querySelectorAll('button, a[href], input:not([type=hidden]), textarea, img, progress')]
      .filter((node) => !(node.textContent.trim() || node.querySelector('img[alt]') || node.getAttribute('aria-label') || node.getAttribute('alt') || (node.id && document.querySelector('label[for="' + node.id + '"]'))))
      .map((node) => node.outerHTML.slice(0, 120))`)
    expect(unnamed).toEqual([])
    const doubled = await page.evaluate(
      `(() => { const ids = [...document.querySelectorAll('[id]')].map((node) => node.id); return ids.filter((id, index) => ids.indexOf(id) !== index) })()`,
    )
    expect(doubled).toEqual([])
    expect(await page.evaluate(`document.querySelector('[role=log]') !== null && document.documentElement.lang`)).toBe(
      'en',
    )
  })

  it.each([
    ['phone', 390, 844, 'light'],
    ['phone-dark', 390, 844, 'dark'],
    ['dark', 1280, 860, 'dark'],
  ] as const)('fits the screen and stays readable: %s', async (name, width, height, colorScheme) => {
    const other = await context.browser()!.newContext({
      viewport: { width, height },
      colorScheme,
      reducedMotion: 'reduce',
      storageState: await context.storageState(),
    })
    const view = await other.newPage()
    await view.goto(page.url())
    await view.waitForSelector('body[data-live]')
    await view.locator('.card.deployed').scrollIntoViewIfNeeded()
    await view.screenshot({ path: `${artifacts}${name}.png` })
    expect(await view.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
    expect(
      await view.evaluate(
        `(() => { const log = document.getElementById('thread'); return log.scrollWidth - log.clientWidth })()`,
      ),
    ).toBeLessThanOrEqual(0)
    expect(await lowestContrast(view)).toBeGreaterThanOrEqual(4.5)
    if (width < 800) {
      await view.getByRole('button', { name: 'Systems and conversations' }).click()
      await eventually(() => view.locator('#sidebar-lists').isVisible()).toBe(true)
      await view.keyboard.press('Escape')
      expect(await view.evaluate('document.activeElement.id')).toBe('menu')
    }
    await other.close()
  })

  it('has run without an error and without asking anybody else for anything', () => {
    expect(
      problems.filter(
        (problem) =>
          !/ERR_CONNECTION_REFUSED|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE|ERR_NETWORK|Failed to load resource: the server responded with a status of 4/.test(
            problem,
          ),
      ),
    ).toEqual([])
  })
})

/** Returns what a form would send. */
const fieldsOf = async (form: Locator): Promise<Record<string, string>> => {
  const fields: Record<string, string> = {}
  for (const input of await form.locator('input').all())
    fields[(await input.getAttribute('name')) ?? ''] = (await input.getAttribute('value')) ?? ''
  return fields
}

describe('who gets in', () => {
  let bot: Awaited<ReturnType<typeof startTestBot>>
  let invite: URL
  let cookie = ''
  beforeAll(async () => {
    bot = await startTestBot({ web: true })
    invite = new URL(bot.invite())
    const first = await fetch(invite, { redirect: 'manual' })
    cookie = (first.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
  })
  afterAll(() => bot.stop())

  const ask = (path: string, init: RequestInit = {}) =>
    fetch(`${invite.origin}${path}`, { redirect: 'manual', ...init })
  const form = (text: string) => new URLSearchParams({ text })

  it('lets nobody in without a session, and a token in only once', async () => {
    expect((await ask('/')).status).toBe(401)
    expect((await ask('/events')).status).toBe(401)
    expect(
      (await ask('/c/abc/messages', { method: 'POST', body: form('x'), headers: { origin: invite.origin } })).status,
    ).toBe(401)
    expect((await fetch(invite, { redirect: 'manual' })).status).toBe(401)
    expect((await ask('/?token=guess')).status).toBe(401)
    expect((await ask('/', { headers: { cookie: 'autocoder_session=0000' } })).status).toBe(401)
    expect((await ask('/', { headers: { cookie } })).status).toBe(200)
  })

  it('refuses another page’s posts', async () => {
    for (const origin of ['http://evil.example', 'null', `http://evil.example:${invite.port}`])
      expect(
        (await ask('/c/abc/messages', { method: 'POST', body: form('x'), headers: { cookie, origin } })).status,
      ).toBe(403)
    expect(
      (
        await ask('/c/abc/messages', {
          method: 'POST',
          body: form('x'),
          headers: { cookie, 'sec-fetch-site': 'cross-site' },
        })
      ).status,
    ).toBe(403)
    const own = await ask('/c/abc/messages', {
      method: 'POST',
      body: form('hello'),
      headers: { cookie, origin: invite.origin },
    })
    expect(own.status).toBe(303)
  })

  it('refuses a name that is not its own, as a rebound one', async () => {
    const { request } = await import('node:http')
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const call = request(
        { host: '127.0.0.1', port: invite.port, path: '/', headers: { host: `evil.example:${invite.port}`, cookie } },
        (answer) => {
          answer.resume()
          resolve(answer.statusCode)
        },
      )
      call.on('error', reject)
      call.end()
    })
    expect(status).toBe(421)
  })

  it('sends a strict policy with every page', async () => {
    const policy = (await ask('/', { headers: { cookie } })).headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toContain('unsafe')
    const page = await (await ask('/', { headers: { cookie } })).text()
    expect(page).not.toMatch(/<script(?![^>]*src=)|<style| style=| on[a-z]+=/)
  })

  it('is alive and ready', async () => {
    expect((await ask('/livez')).status).toBe(200)
    expect((await ask('/readyz')).status).toBe(200)
  })

  it('resumes the stream where a page left it, and tells one that was away too long to load again', async () => {
    const read = async (lastEventId: string, until: RegExp): Promise<string> => {
      const stop = new AbortController()
      const answer = await ask('/events?thread=abc', {
        headers: { cookie, 'last-event-id': lastEventId },
        signal: stop.signal,
      })
      let text = ''
      for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) {
        text += Buffer.from(chunk).toString()
        if (until.test(text)) break
      }
      stop.abort()
      return text
    }
    expect(await read('another-process-7', /reload/)).toContain('event: reload')
    const seen = /data-seen="([^"]+)"/.exec(await (await ask('/c/abc', { headers: { cookie } })).text())?.[1] ?? ''
    await ask('/c/abc/messages', {
      method: 'POST',
      body: form('hello again'),
      headers: { cookie, origin: invite.origin },
    })
    expect(await read(seen, /hello again/)).toContain('event: said')
  })
})
