import type { Page } from 'playwright-core'

/** Returns the lowest contrast of any text in the page against what is behind it (WCAG 2: 4.5 for normal text). */
export const lowestContrast = (page: Page): Promise<number> =>
  page.evaluate<number>(`(() => {
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
    const rgba = (color) => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = color; canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data] }
    const light = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)).reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0)
    const ground = (node) => { for (let at = node; at; at = at.parentElement) { const color = rgba(getComputedStyle(at).backgroundColor); if (color[3] > 250) return color } return [255, 255, 255] }
    let lowest = 21
    for (const node of document.querySelectorAll('body *')) {
      if (![...node.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim())) continue
      const style = getComputedStyle(node)
      if (style.visibility === 'hidden' || style.display === 'none' || node.closest('.visually-hidden, [hidden], .skip') || !node.getClientRects().length) continue
      const [a, b] = [light(rgba(style.color)), light(ground(node))].sort((x, y) => y - x)
      lowest = Math.min(lowest, (a + 0.05) / (b + 0.05))
    }
    return lowest
  })()`)
