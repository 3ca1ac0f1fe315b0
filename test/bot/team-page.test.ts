import { execFile } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { planChange, planSystem } from '../../pipeline/blueprint/planner/plan.ts'
import { startTestBot } from './support/bot.ts'
import { openInvited, wordsOf } from './support/browser.ts'
import { openChat } from './support/chat.ts'
import { lowestContrast } from './support/contrast.ts'

const eventually = <T>(look: () => T | Promise<T>) => expect.poll(look, { timeout: 30_000, interval: 100 })
const artifacts = fileURLToPath(new URL('../../artifacts/web/', import.meta.url))

describe('the team on the page, in a real browser', { timeout: 120_000 }, () => {
  let bot: Awaited<ReturnType<typeof startTestBot>>
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let problems: string[]
  let origin: string
  /** The session of somebody who may only look. */
  let viewer: Awaited<ReturnType<BrowserContext['storageState']>>

  beforeAll(async () => {
    await mkdir(artifacts, { recursive: true })
    bot = await startTestBot({ web: true, planner: { planSystem, planChange } })
    const ada = await openChat(bot.data, { actor: 'Ada' })
    const grace = await openChat(bot.data, { actor: 'Grace' })
    await grace.tell('hello')
    for (const wish of ['Build me an API for boats with a name', 'Build me an API for gardens with a name']) {
      await ada.tell(wish)
      await ada.tell('approve')
    }
    await ada.tell('add a due date to gardens')
    await ada.tell('approve')
    await ada.tell('Build me an API for ferries with a name')
    await ada.tell('approve')
    await ada.tell('stop ferries')
    await ada.tell('make Grace an approver')
    await ada.tell('team: at most 4 systems may run')
    ada.close()
    grace.close()
    ;({ browser, context, page, origin, problems } = await openInvited(bot.invite(), 900))
  }, 180_000)
  afterAll(async () => {
    await browser.close()
    await bot.stop()
  })

  const shot = (name: string, view = page) => view.screenshot({ path: `${artifacts}${name}.png`, fullPage: true })
  const openTeam = async (view = page): Promise<void> => {
    await view.goto(`${origin}/team`)
    await view.waitForSelector('body[data-live]')
  }
  const system = (slug: string, view = page) => view.locator(`#system-${slug}`)

  it('lists every system with how it is, what it takes, its owner, its last change, and its address', async () => {
    await page.getByRole('link', { name: 'Team' }).click()
    await page.waitForSelector('body[data-live]')
    expect(await wordsOf(page.locator('#team'))).toContain(
      '2 of at most 4 run, with 192 MB of memory. No model was paid.',
    )
    const gardens = await wordsOf(system('gardens'))
    for (const words of [/running for \d+ s/, '96 MB', 'owner Ada', 'http://127.0.0.1:', /due date.*by Ada/])
      expect(gardens).toMatch(words)
    expect(await wordsOf(system('ferries'))).toContain('stopped')
    await shot('team')
    const side = await wordsOf(page.locator('#sidebar-lists'))
    expect(side).toContain('96 MB · Ada')
  })

  it('shows people and roles, the rules, and who did what', async () => {
    const all = await wordsOf(page.locator('#team'))
    for (const words of ['Grace', 'approver', 'At most 4 systems may run at once.', 'Ada changed the rules: at most 4'])
      expect(all).toContain(words)
    expect(all).toContain('Ada approved blueprint 2 of Gardens')
  })

  it('narrows the list, and links to the thread of each system', async () => {
    await page.fill('#search', 'gard')
    await page.keyboard.press('Enter')
    await page.waitForURL(/search=gard/)
    expect(await page.locator('.system').count()).toBe(1)
    await page.fill('#search', 'nobody has this')
    await page.keyboard.press('Enter')
    await eventually(() => wordsOf(page.locator('#team'))).toContain('None matches')
    await page.getByRole('link', { name: 'Show all' }).click()
    await page.getByRole('link', { name: 'Open Boats' }).click()
    await page.waitForURL(/\/c\//)
    expect(await wordsOf(page.locator('.top'))).toContain('Boats')
  })

  it('hands over, forks and archives by a form and the keyboard, each in the thread of its system', async () => {
    await openTeam()
    const open = async (slug: string): Promise<void> => {
      await system(slug).locator('summary').focus()
      await page.keyboard.press('Enter')
      await eventually(() => system(slug).locator('.deeds').isVisible()).toBe(true)
    }
    await open('gardens')
    // The keyboard is in the first field at once.
    await eventually(() => page.evaluate('document.activeElement.tagName')).toBe('SELECT')
    await shot('team-more')
    await system('gardens').getByLabel('To').selectOption({ label: 'Grace' })
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/c\//)
    await eventually(() => wordsOf(page.locator('#entries'))).toContain('Grace looks after')
    expect(new URL(page.url()).search).toBe('')
    await openTeam()
    await eventually(() => wordsOf(system('gardens'))).toContain('owner Grace')
    await open('gardens')
    await page.keyboard.press('Escape')
    expect(await system('gardens').locator('.deeds').isVisible()).toBe(false)
    await open('gardens')
    await system('gardens').getByLabel('As').fill('Orchard')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/c\//)
    await eventually(() => wordsOf(page.locator('#entries'))).toContain('Orchard')
    await openTeam()
    await open('ferries')
    await system('ferries').getByRole('button', { name: 'Archive' }).click()
    await page.waitForURL(/\/c\//)
    await eventually(() => wordsOf(page.locator('#entries'))).toContain('is archived')
    await openTeam()
    expect(await wordsOf(page.locator('.fold > summary'))).toContain('Archived')
  })

  it('is up to date without a reload, and leaves alone what somebody is about to send', async () => {
    await openTeam()
    await page.evaluate('document.activeElement.blur()')
    const ada = await openChat(bot.data, { actor: 'Ada' })
    await ada.tell('stop boats')
    await eventually(() => wordsOf(system('boats'))).toContain('stopped')
    await system('gardens').locator('summary').click()
    await system('gardens').getByLabel('As').fill('Half a na')
    await ada.tell('start boats')
    await eventually(() => wordsOf(page.locator('#sidebar-lists'))).not.toContain('stopped')
    expect(await system('gardens').getByLabel('As').inputValue()).toBe('Half a na')
    ada.close()
  })

  it('tells only whoever asked that they may not', async () => {
    const command = ['bot/terminal/main.ts', '--invite', 'Vera']
    const { stdout } = await promisify(execFile)(process.execPath, command, {
      env: { ...process.env, AUTOCODER_DATA: bot.data },
    })
    const theirs = await browser.newContext({ reducedMotion: 'reduce' })
    const vera = await theirs.newPage()
    await vera.goto(stdout.trim())
    await vera.waitForSelector('body[data-live]')
    await vera.fill('#message', 'hello')
    await vera.keyboard.press('Enter')
    await vera.locator('.card').first().waitFor()
    const ada = await openChat(bot.data, { actor: 'Ada' })
    await ada.tell('make Vera a viewer')
    ada.close()
    await openTeam(vera)
    // Both look at the same thread.
    await page.goto(`${origin}/s/boats`)
    await page.waitForSelector('body[data-live]')
    await system('boats', vera).locator('summary').click()
    await system('boats', vera).getByRole('button', { name: 'Subscribe' }).click()
    await eventually(() => wordsOf(vera.locator('#toasts'))).toContain('You are a viewer in this team')
    await eventually(() => wordsOf(page.locator('#entries'))).toContain('subscribe to boats')
    expect(await wordsOf(page.locator('#toasts'))).toBe('')
    viewer = await theirs.storageState()
    await theirs.close()
  })

  it('opens a system from the list in a thread, and acts on it by its card', async () => {
    await page.goto(`${origin}/`)
    await page.waitForSelector('body[data-live]')
    await page.fill('#message', 'systems')
    await page.keyboard.press('Enter')
    const list = page.locator('.card.list').first()
    await list.waitFor()
    await shot('systems-list')
    await list.getByRole('group', { name: 'Boats' }).getByRole('button', { name: 'Open' }).click()
    const card = page.locator('.card.list').nth(1)
    await card.waitFor()
    expect(await wordsOf(card)).toContain('This thread is about it from now on')
    await shot('system-card')
    await card.getByText('Hand over', { exact: true }).click()
    await card.getByLabel('Who looks after it').selectOption({ label: 'Grace' })
    await card.locator('details[open]').getByRole('button', { name: 'Send' }).click()
    await eventually(() => wordsOf(page.locator('#entries'))).toContain('Grace looks after Boats')
    await card.getByRole('button', { name: 'Subscribe' }).click()
    await eventually(() => wordsOf(page.locator('#entries'))).toContain('This thread is told from now on')
    await card.getByText('Fork', { exact: true }).click()
    await card.locator('details[open] textarea').fill('1. no name')
    await card.locator('details[open]').getByRole('button', { name: 'Send' }).click()
    await eventually(() => wordsOf(page.locator('#toasts'))).toContain('A name begins with a letter')
    // Whoever may only look sees the same buttons, and is told alone that they are not theirs.
    const theirs = await browser.newContext({ reducedMotion: 'reduce', storageState: viewer })
    const vera = await theirs.newPage()
    await vera.goto(page.url())
    await vera.waitForSelector('body[data-live]')
    const same = vera.locator('.card.list').nth(1)
    for (const name of ['Archive', 'Subscribe']) {
      await same.getByRole('button', { name }).click()
      await eventually(() => vera.locator('.toast').count()).toBe(name === 'Archive' ? 1 : 2)
    }
    expect(await wordsOf(vera.locator('#toasts'))).toContain('only approvers and admins may stop, start and roll back')
    await same.getByText('Hand over', { exact: true }).click()
    await same.getByLabel('Who looks after it').selectOption({ label: 'Vera' })
    await same.locator('details[open]').getByRole('button', { name: 'Send' }).click()
    await eventually(() => wordsOf(vera.locator('#toasts'))).toContain('they or an admin can hand it over')
    await theirs.close()
    // A form of somebody else's making hands nothing to a stranger.
    const form = card.locator('form', { has: page.locator('[name=button][value=hand-over]') })
    const action = await form.getAttribute('action')
    const value = await form.locator('[name=value]').getAttribute('value')
    const key = await form.locator('[name=card]').getAttribute('value')
    await page.evaluate(
      `fetch(${JSON.stringify(action)}, { method: 'POST', headers: { accept: 'application/json' }, body: new URLSearchParams(${JSON.stringify({ card: key, button: 'hand-over', value, person: 'local:Mallory' })}) })`,
    )
    await eventually(() => wordsOf(page.locator('#toasts'))).toContain('I do not know this person here')
  })

  it('has a name for everything that a screen reader comes to, and no two elements with one id', async () => {
    await openTeam()
    const unnamed =
      await page.evaluate(`[...document.querySelectorAll('button, a[href], summary, select, input:not([type=hidden])')]
      .filter((node) => !(node.textContent.trim() && node.tagName !== 'SELECT' || node.getAttribute('aria-label') || (node.id && document.querySelector('label[for="' + node.id + '"]'))))
      .map((node) => node.outerHTML.slice(0, 120))`)
    expect(unnamed).toEqual([])
    const doubled = await page.evaluate(
      `(() => { const ids = [...document.querySelectorAll('[id]')].map((node) => node.id); return ids.filter((id, index) => ids.indexOf(id) !== index) })()`,
    )
    expect(doubled).toEqual([])
    const named = await page.evaluate(
      `[...document.querySelectorAll('#team section')].map((node) => document.getElementById(node.getAttribute('aria-labelledby')).textContent)`,
    )
    expect(named).toEqual(['Systems', 'People and roles', 'Rules', 'Who did what'])
  })

  it.each([
    ['team-phone', 390, 844, 'light'],
    ['team-phone-dark', 390, 844, 'dark'],
    ['team-dark', 1280, 900, 'dark'],
  ] as const)('fits the screen and stays readable: %s', async (name, width, height, colorScheme) => {
    const other = await browser.newContext({
      viewport: { width, height },
      colorScheme,
      reducedMotion: 'reduce',
      storageState: await context.storageState(),
    })
    const view = await other.newPage()
    await openTeam(view)
    await system('boats', view).locator('summary').click()
    await shot(name, view)
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
      await shot(`${name}-drawer`, view)
    }
    await other.close()
  })

  it('works without its script', async () => {
    const other = await browser.newContext({ javaScriptEnabled: false, storageState: await context.storageState() })
    const view = await other.newPage()
    await view.goto(`${origin}/team`)
    await system('gardens', view).locator('summary').click()
    await system('gardens', view).getByRole('button', { name: 'Subscribe' }).click()
    await view.waitForURL(/\/c\//)
    await eventually(async () => {
      await view.reload()
      return wordsOf(view.locator('#entries'))
    }).toContain('subscribe to gardens')
    await other.close()
  })

  it('has run without an error and without asking anybody else for anything', () => {
    expect(problems).toEqual([])
  })
})
