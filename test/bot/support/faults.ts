import type { Page } from 'playwright-core'

/** Runs in the page. Elements that scroll or end in an ellipsis may hold more than they show; nothing else may. */
const look = `(() => {
  const faults = []
  const name = (node) => node.tagName.toLowerCase() + (node.className && node.getAttribute('class') ? '.' + node.getAttribute('class') : '')
  const words = (node) => (node.getAttribute('aria-label') ?? node.textContent + [...node.querySelectorAll('img')].map((image) => image.alt).join(' ')).trim()
  const seen = (node) => node.checkVisibility({ contentVisibilityAuto: true })
  const holds = (node) => {
    const style = getComputedStyle(node)
    return ['auto', 'scroll'].includes(style.overflowX) || style.textOverflow === 'ellipsis' || node.matches('.visually-hidden')
  }
  const within = (node) => {
    for (let one = node; one && one !== document.documentElement; one = one.parentElement) if (holds(one)) return true
    return false
  }
  if (document.documentElement.scrollWidth > innerWidth) faults.push('the page is wider than its window')
  for (const column of document.querySelectorAll('.column, .container, .blocks, .card, .modal, .sidebar, .toast')) {
    const { left, right } = column.getBoundingClientRect()
    for (const node of column.querySelectorAll('*')) {
      if (node.closest('svg') !== (node.tagName === 'svg' ? node : null) || !seen(node) || within(node)) continue
      // A blank that ends a line hangs out of it and shows nothing; inline boxes have it in their width.
      if (getComputedStyle(node).display === 'inline') continue
      const box = node.getBoundingClientRect()
      if (box.width > 0 && (box.right > right + 1 || box.left < left - 1)) faults.push(name(node) + ' leaves ' + name(column))
    }
  }
  for (const node of document.querySelectorAll('*')) {
    if (seen(node) && !within(node) && node.clientWidth > 0 && node.scrollWidth > node.clientWidth + 1 && !node.closest('svg'))
      faults.push(name(node) + ' holds more than it shows')
    for (const { name: attribute } of node.attributes) if (/^on/i.test(attribute)) faults.push(name(node) + ' has ' + attribute)
  }
  for (const node of document.querySelectorAll('button, a, summary')) if (words(node) === '') faults.push(name(node) + ' has no label')
  for (const node of document.querySelectorAll('textarea, input:not([type=hidden])'))
    if (!words(node) && !(node.labels?.length > 0)) faults.push(name(node) + ' has no label')
  for (const node of document.querySelectorAll('a[href]'))
    if (!['http:', 'https:', 'mailto:'].includes(node.protocol)) faults.push(name(node) + ' leads to ' + node.protocol)
  for (const node of document.images) {
    if (node.alt.trim() === '') faults.push('a picture without words')
    if (node.naturalWidth === 0) faults.push('a picture that is not there: ' + node.src)
  }
  if (document.querySelector('script, iframe, object, embed')) faults.push('there is a script or a page in the page')
  if (globalThis.pwned !== undefined) faults.push('a hostile text ran')
  return [...new Set(faults)]
})()`

/** Returns what is wrong with a page to look at: what overflows, what has no label, what runs that should be text. */
export const faultsOf = (page: Page): Promise<string[]> => page.evaluate(look)
