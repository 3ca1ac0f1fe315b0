import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { addressOf, type Choice, type Device, devices, platforms, themes } from './choice.ts'
import { isOn } from './scenes.ts'
import type { Gallery } from './serve.ts'

/** Widths of a thread beside a desktop's side bar, and of a phone. */
export const sizes: Record<Device, { width: number; height: number }> = {
  desktop: { width: 720, height: 900 },
  phone: { width: 390, height: 844 },
}

/** A page longer than this is cut: nobody looks at the twentieth screen of a list. */
const LONGEST = 8_000

/** Opens a choice in a page of its device's size and returns how long it is. */
export const openChoice = async (page: Page, gallery: Gallery, choice: Choice): Promise<number> => {
  await page.setViewportSize(sizes[choice.device])
  await page.emulateMedia({ colorScheme: choice.theme, reducedMotion: 'reduce' })
  const answer = await page.goto(`${gallery.url}${addressOf('/frame', choice)}`)
  if (!answer?.ok()) throw new Error(`${addressOf('/frame', choice)} answered ${answer?.status()}`)
  return page.evaluate('document.documentElement.scrollHeight')
}

/** Writes a choice as a PNG. */
const shoot = async (page: Page, gallery: Gallery, choice: Choice, path: string): Promise<void> => {
  const height = await openChoice(page, gallery, choice)
  const { width } = sizes[choice.device]
  await page.screenshot({ path, fullPage: true, clip: { x: 0, y: 0, width, height: Math.min(height, LONGEST) } })
}

/** Writes everything that the gallery shows, in every way, into a directory; returns how many pictures came of it. */
export const shootAll = async (browser: Browser, gallery: Gallery, directory: string): Promise<number> => {
  await mkdir(directory, { recursive: true })
  const page = await browser.newPage()
  let count = 0
  for (const scene of gallery.scenes)
    for (const platform of platforms.filter((one) => isOn(scene, one)))
      for (const theme of themes)
        for (const device of devices) {
          const choice = { scene: scene.id, platform, theme, device }
          await shoot(page, gallery, choice, join(directory, `${platform}-${scene.id}-${theme}-${device}.png`))
          count += 1
        }
  await page.close()
  return count
}

/** The pictures of the documentation. */
const documented = [
  ['blueprint', 'story-blueprint'],
  ['progress', 'story-progress'],
  ['deployed', 'story-deployed'],
  ['home', 'home'],
] as const

/** Writes the pictures of docs/slack.md and docs/discord.md. */
export const shootForDocs = async (browser: Browser, gallery: Gallery, directory: string): Promise<number> => {
  await mkdir(directory, { recursive: true })
  const page = await browser.newPage()
  for (const platform of ['slack', 'discord'] as const)
    for (const [name, scene] of documented)
      await shoot(
        page,
        gallery,
        { scene, platform, theme: 'light', device: 'desktop' },
        join(directory, `${platform}-${name}.png`),
      )
  await page.close()
  return documented.length * 2
}
