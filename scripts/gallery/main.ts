/**
 * Shows every card as the web page, Slack and Discord show it, on loopback.
 *
 *   npm run gallery -- [--port 8090]
 *   npm run gallery -- --screenshots DIR [--only slack-story]
 *                                            everything, light and dark, desktop and phone; or what is called so
 *   npm run gallery -- --docs                the pictures of docs/slack.md and docs/discord.md
 */
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { openBrowser } from '../../test/bot/support/browser.ts'
import { serveGallery } from './serve.ts'
import { shootAll, shootForDocs } from './shoot.ts'

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8090' },
    screenshots: { type: 'string' },
    only: { type: 'string' },
    docs: { type: 'boolean', default: false },
  },
})

if (values.screenshots !== undefined || values.docs) {
  const gallery = await serveGallery()
  const browser = await openBrowser()
  try {
    const count = values.screenshots
      ? await shootAll(browser, gallery, values.screenshots, values.only)
      : await shootForDocs(browser, gallery, fileURLToPath(new URL('../../docs/images/', import.meta.url)))
    process.stdout.write(`${count} pictures\n`)
  } finally {
    await browser.close()
    await gallery.close()
  }
} else {
  const gallery = await serveGallery(Number(values.port))
  process.stdout.write(`${gallery.url}\n`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void gallery.close())
}
