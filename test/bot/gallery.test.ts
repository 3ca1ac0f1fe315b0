import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { plain } from '../../bot/chat/plain.ts'
import { type Choice, devices, platforms } from '../../scripts/gallery/choice.ts'
import { hostileWords } from '../../scripts/gallery/hostile.ts'
import { withPalette } from '../../scripts/gallery/palette.ts'
import { isOn } from '../../scripts/gallery/scenes.ts'
import { type Gallery, serveGallery } from '../../scripts/gallery/serve.ts'
import { openChoice } from '../../scripts/gallery/shoot.ts'
import { everyCard } from '../fixtures/cards.ts'
import { largeCards } from '../fixtures/large-cards.ts'
import { openBrowser, watchPage, wordsOf } from './support/browser.ts'
import { faultsOf } from './support/faults.ts'

/** Words as a reader sees them: where a line breaks is the column's matter. */
const asRead = (text: string): string => plain(text).replace(/\s+/g, ' ').trim()

describe('the gallery, in a real browser', { timeout: 300_000 }, () => {
  let gallery: Gallery
  let browser: Browser
  let page: Page
  let problems: string[]

  beforeAll(async () => {
    gallery = await serveGallery()
    browser = await openBrowser()
    page = await browser.newPage()
    problems = watchPage(page, gallery.url)
  })
  afterAll(async () => {
    await browser?.close()
    await gallery?.close()
  })

  const readIn = async (choice: Choice): Promise<string> => {
    await openChoice(page, gallery, choice)
    return asRead(await wordsOf(page.locator('body')))
  }

  it('holds every card of the fixtures, each under a name of its own', () => {
    const ids = gallery.scenes.map(({ id }) => id)
    expect(ids).toEqual(expect.arrayContaining([...Object.keys(everyCard), ...Object.keys(largeCards)]))
    expect(new Set(ids).size).toBe(ids.length)
  })

  describe.each(platforms)('%s', (platform) => {
    it.each(devices)('shows every card whole, labelled and without a script, on a %s', async (device) => {
      const theme = device === 'phone' ? 'dark' : 'light'
      const faults: Record<string, string[]> = {}
      for (const scene of gallery.scenes.filter((one) => isOn(one, platform))) {
        await openChoice(page, gallery, { scene: scene.id, platform, theme, device })
        const found = await faultsOf(page)
        if (found.length > 0) faults[scene.id] = found
      }
      expect(faults).toEqual({})
      expect(problems).toEqual([])
    })

    it('shows the words of every kind of card', async () => {
      for (const kind of Object.keys(everyCard))
        expect(await readIn({ scene: kind, platform, theme: 'light', device: 'phone' })).toContain(`mark-${kind}`)
    })

    it('shows hostile texts letter by letter', async () => {
      for (const scene of ['hostile-words', 'hostile-said']) {
        const shown = await readIn({ scene, platform, theme: 'light', device: 'desktop' })
        for (const text of hostileWords) expect(shown).toContain(asRead(text))
      }
    })
  })

  it('finds what overflows, what has no label and what runs', async () => {
    const bad = await browser.newPage()
    await bad.setContent(`<body style="margin:0"><div class="card" style="width:200px">
      <p style="width:300px">wide</p><button></button><img src="data:,"><a href="javascript:1">go</a><b onclick="1">b</b>
    </div><div style="width:2000px">.</div></body>`)
    expect((await faultsOf(bad)).sort()).toEqual([
      'a leads to javascript:',
      'a picture that is not there: data:,',
      'a picture without words',
      'b has onclick',
      'body holds more than it shows',
      'button has no label',
      'div.card holds more than it shows',
      'html holds more than it shows',
      'p leaves div.card',
      'the page is wider than its window',
    ])
    await bad.close()
  })

  it('makes its pictures small without changing what they show', async () => {
    await openChoice(page, gallery, { scene: 'story-blueprint', platform: 'slack', theme: 'light', device: 'phone' })
    const png = await page.screenshot()
    const small = withPalette(png)
    expect(small.length).toBeLessThan(png.length * 0.6)
    // The browser itself compares them: on average, of 255 steps a color may be half of one away.
    const apart = await page.evaluate(`(async () => {
      const pixels = async (data) => {
        const image = await createImageBitmap(new Blob([Uint8Array.fromBase64(data)], { type: 'image/png' }))
        const context = new OffscreenCanvas(image.width, image.height).getContext('2d')
        context.drawImage(image, 0, 0)
        return context.getImageData(0, 0, image.width, image.height).data
      }
      const [one, other] = await Promise.all([pixels('${png.toString('base64')}'), pixels('${small.toString('base64')}')])
      return one.length === other.length ? one.reduce((sum, value, index) => sum + Math.abs(value - other[index]), 0) / one.length : 255
    })()`)
    expect(apart).toBeLessThan(0.5)
    expect(() => withPalette(small)).toThrow('none of a browser')
  })

  it('walks by links from card to card, platform, theme and width, without a script', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 1280, height: 860 } })
    const walker = await context.newPage()
    await walker.goto(gallery.url)
    const frame = walker.frameLocator('iframe')
    await walker.getByRole('navigation', { name: 'Cards' }).getByRole('link', { name: 'Failed', exact: true }).click()
    await walker.getByRole('link', { name: 'Discord' }).click()
    await walker.getByRole('link', { name: 'Dark' }).click()
    await walker.getByRole('link', { name: 'Phone' }).click()
    await frame.getByText('Try again', { exact: true }).waitFor()
    expect(await frame.locator('html').getAttribute('data-theme')).toBe('dark')
    expect((await walker.locator('iframe').boundingBox())?.width).toBe(390)
    expect(await walker.locator('[aria-current]').allInnerTexts()).toEqual(['Failed', 'Discord', 'Dark', 'Phone'])
    await context.close()
  })

  it('lets nothing in but its own sheets, fonts and pictures', async () => {
    for (const path of ['/', '/frame']) {
      const policy = (await fetch(`${gallery.url}${path}`)).headers.get('content-security-policy')
      expect(policy).toContain("default-src 'none'")
      expect(policy).not.toMatch(/script-src|unsafe/)
    }
    for (const path of [
      '/static/../serve.ts',
      '/gallery/..%2fserve.ts',
      '/static/app.js',
      '/gallery/none.css',
      '/none',
    ])
      expect((await fetch(`${gallery.url}${path}`)).status).toBe(404)
  })
})
