import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openBrowser, watchPage } from '../bot/support/browser.ts'
import { freePort } from '../support/server.ts'
import { chat, createClient, freshEnvironment, root, shell, startBot, tidy } from './support.ts'

/** Screenshots of the walk, kept for people to look at. */
const artifacts = join(root, 'artifacts', 'e2e')
/** A build on a busy machine of two cores. */
const patience = 240_000

/** The whole story of the README, walked by a real browser on the embedded defaults. */
describe('the page, from a message to a running system', { timeout: 600_000 }, () => {
  let environment: Awaited<ReturnType<typeof freshEnvironment>>
  let bot: Awaited<ReturnType<typeof startBot>>
  let browser: Browser
  let page: Page
  let problems: string[]
  let url = ''
  let shot = 0

  const look = (name: string) =>
    page.screenshot({ path: join(artifacts, `${String(++shot).padStart(2, '0')}-${name}.png`) })
  const say = async (text: string) => {
    await page.getByLabel('Your message').fill(text)
    await page.getByRole('button', { name: 'Send', exact: true }).first().click()
  }
  const cards = (kind: string) => page.locator(`article.card.${kind}`)
  const press = (kind: string, name: string | RegExp) =>
    cards(kind).last().getByRole('button', { name }).first().click()
  const build = async (number: number): Promise<void> => {
    await cards('deployed').nth(number).waitFor({ timeout: patience })
  }

  beforeAll(async () => {
    await mkdir(artifacts, { recursive: true })
    // One port over the restart, as a user has: the open page finds the bot again.
    environment = await freshEnvironment({ WEB_PORT: String(await freePort()) })
    bot = await startBot(environment.env)
    browser = await openBrowser()
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
    problems = watchPage(page, new URL(bot.url).origin)
    await page.goto(bot.url)
  }, 120_000)

  afterAll(async () => {
    await browser?.close()
    await bot?.stop()
    await tidy(environment, ['todo'])
  }, 120_000)

  it('shows a blueprint for the request, and builds it when Approve is pressed', async () => {
    await look('welcome')
    await say('Build me a todo API with user authentication')
    await cards('blueprint').waitFor({ timeout: patience })
    expect(await cards('blueprint').textContent()).toContain('title')
    await cards('blueprint').locator('figure img').waitFor()
    await look('blueprint')
    await press('blueprint', 'Approve')
    await cards('progress').waitFor({ timeout: 30_000 })
    await look('progress')
    await build(0)
    await look('deployed')
    url = (await cards('deployed').locator('p.address a').getAttribute('href')) ?? ''
    expect(url).toMatch(/^http:\/\/127(?:\.\d+){3}:\d+$/)
    expect((await fetch(`${url}/readyz`)).status).toBe(200)
  })

  it('prints a first call that works when it is pasted', async () => {
    const script = await cards('deployed').locator('section.try pre').first().textContent()
    expect(await shell(script ?? 'false')).toMatch(/"items"/)
  })

  it('survives a restart of the bot: the page, the thread and the system are where they were', async () => {
    const before = await page.locator('#entries').textContent()
    await bot.stop('SIGKILL')
    expect((await fetch(`${url}/readyz`)).status).toBe(200)
    bot = await startBot(environment.env)
    await page.reload()
    await cards('deployed').waitFor()
    expect(await page.locator('#entries').textContent()).toBe(before)
    // While the bot was away the page's stream could not reach it; that is what the console says.
    problems.splice(0)
  })

  it('adds due dates and keeps every row, at the same address', async () => {
    const client = createClient(url)
    await client.signUp('ann@example.com')
    const made = await client.call('POST', '/v1/todos', { title: 'Before the change' })
    expect(made.status).toBe(201)
    await say('add due dates')
    await cards('blueprint').nth(1).waitFor({ timeout: patience })
    await look('change')
    await press('blueprint', /^Approve/)
    await build(1)
    await look('changed')
    const kept = await client.call('GET', `/v1/todos/${made.body.id}`)
    expect(kept.body).toMatchObject({ title: 'Before the change', due_date: null })
  })

  it('rolls back when the button is pressed', async () => {
    const client = createClient(url)
    await client.signUp('bob@example.com')
    await press('deployed', /roll back/i)
    await expect
      .poll(async () => (await client.call('GET', '/v1/todos?due_date=2027-01-01')).status, { timeout: 60_000 })
      .toBe(422)
    await look('rolled-back')
    const list = await client.call('POST', '/v1/todos', { title: 'After the roll back' })
    expect(list.body).not.toHaveProperty('due_date')
  })

  it('stays usable on a phone and in the dark', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await page.emulateMedia({ colorScheme: 'dark' })
    await look('phone-dark')
    expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true)
  })

  it('had no error in the console and asked nobody else for anything', () => {
    expect(problems).toEqual([])
  })

  it('speaks to the terminal of the same data directory while it runs', async () => {
    const answer = await chat(environment.env, ['status of todo'])
    expect(answer.code).toBe(0)
    expect(answer.stdout).toContain(url)
  })
})
