import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { addressOf, type Choice, type Device, devices, platforms, themes } from './choice.ts'
import { withPalette } from './palette.ts'
import { isOn } from './scenes.ts'
import type { Gallery } from './serve.ts'

/** Widths of a thread beside a desktop's side bar, and of a phone. */
export const sizes: Record<Device, { width: number; height: number }> = {
  desktop: { width: 720, height: 900 },
  phone: { width: 390, height: 844 },
}

/** A page longer than this is cut: nobody looks at the twentieth screen of a list. */
const LONGEST = 8_000

/** Opens a choice in a page of its device's size. */
export const openChoice = async (page: Page, gallery: Gallery, choice: Choice): Promise<void> => {
  await page.setViewportSize(sizes[choice.device])
  await page.emulateMedia({ colorScheme: choice.theme, reducedMotion: 'reduce' })
  const answer = await page.goto(`${gallery.url}${addressOf('/frame', choice)}`)
  if (!answer?.ok()) throw new Error(`${addressOf('/frame', choice)} answered ${answer?.status()}`)
}

/** Returns a choice as a PNG. */
const shoot = async (page: Page, gallery: Gallery, choice: Choice): Promise<Buffer> => {
  await openChoice(page, gallery, choice)
  const shown = await page.locator('body > *').first().boundingBox()
  if (!shown) throw new Error(`${addressOf('/frame', choice)} shows nothing`)
  const { width } = sizes[choice.device]
  const height = Math.min(Math.ceil(shown.y + shown.height), LONGEST)
  return page.screenshot({ fullPage: true, clip: { x: 0, y: 0, width, height } })
}

/**
 * Writes what the gallery shows, in every way, into a directory: all of it, or what has `only` in its name. Returns how
 * many pictures came of it.
 */
export const shootAll = async (browser: Browser, gallery: Gallery, directory: string, only = ''): Promise<number> => {
  await mkdir(directory, { recursive: true })
  const page = await browser.newPage()
  let count = 0
  for (const scene of gallery.scenes)
    for (const platform of platforms.filter((one) => isOn(scene, one)))
      for (const theme of themes)
        for (const device of devices) {
          const name = `${platform}-${scene.id}-${theme}-${device}.png`
          if (!name.includes(only)) continue
          const choice = { scene: scene.id, platform, theme, device }
          await writeFile(join(directory, name), await shoot(page, gallery, choice))
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
    for (const [name, scene] of documented) {
      const png = await shoot(page, gallery, { scene, platform, theme: 'light', device: 'desktop' })
      await writeFile(join(directory, `${platform}-${name}.png`), withPalette(png))
    }
  await page.close()
  return documented.length * 2
}
