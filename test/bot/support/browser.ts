import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core'

/** Starts the system's Chromium, without a sandbox as containers want it, and quiet. */
export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-dev-shm-usage'],
  })

/** Collects what a page should never do: errors, and requests to anybody but its own server. */
export const watchPage = (page: Page, origin: string): string[] => {
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(`error: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()}`)
  })
  page.on('request', (request) => {
    if (!request.url().startsWith(origin) && !request.url().startsWith('data:'))
      problems.push(`request: ${request.url()}`)
  })
  return problems
}

/** Opens the page that an invitation leads to, in a browser of its own, and waits until it hears what happens. */
export const openInvited = async (
  invite: string,
  height: number,
): Promise<{ browser: Browser; context: BrowserContext; page: Page; origin: string; problems: string[] }> => {
  const browser = await openBrowser()
  const context = await browser.newContext({ viewport: { width: 1280, height }, reducedMotion: 'reduce' })
  const page = await context.newPage()
  const { origin } = new URL(invite)
  const problems = watchPage(page, origin)
  await page.goto(invite)
  await page.waitForSelector('body[data-live]')
  return { browser, context, page, origin, problems }
}

/** Returns the text of a part of the page. */
export const wordsOf = async (part: Locator): Promise<string> => (await part.textContent()) ?? ''
