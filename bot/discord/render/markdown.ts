import { plain } from '../../chat/plain.ts'

/** Signs that Discord reads as markup wherever they stand; `<` begins mentions, times, commands and emoji. */
const anywhere = /[\\`*_~|<[\]@]/g
/** What makes a heading, a quote, small print or a list at the beginning of a line. */
const atStart = /^(\s*)([#>+-]|\d+(?=[.)]))/gm

/** Returns a text that Discord shows letter by letter: no markup, mention or link comes of it. */
export const escapeMarkdown = (text: string): string =>
  plain(text)
    .replace(anywhere, '\\$&')
    .replace(atStart, (_, space: string, sign: string) => (/\d/.test(sign) ? `${space}${sign}\\` : `${space}\\${sign}`))
    // A scheme without its colon is no link.
    .replace(/:(?=\/\/)/g, '\\:')

/** Returns the longest beginning whose escaped form fits, without half characters, and whether anything is missing. */
export const shorten = (text: string, limit: number): { text: string; cut: boolean } => {
  const whole = escapeMarkdown(text)
  if (whole.length <= limit) return { text: whole, cut: false }
  const signs = [...plain(text)]
  let low = 0
  let high = Math.min(signs.length, limit)
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (escapeMarkdown(`${signs.slice(0, middle).join('')}…`).length <= limit) low = middle
    else high = middle - 1
  }
  return { text: escapeMarkdown(`${signs.slice(0, low).join('').trimEnd()}…`), cut: true }
}

/** Returns text in a fixed-width face; backticks in it do not end it. At most `limit` characters, whole lines where it can. */
export const codeBlock = (code: string, limit: number, language = ''): { text: string; cut: boolean } => {
  // A character without width stands between backticks that would close the block.
  const safe = plain(code)
    .trimEnd()
    .replace(/`{2}(?=`)/g, '`\u200b`\u200b')
  const frame = (inner: string): string => `\`\`\`${language}\n${inner}\n\`\`\``
  if (frame(safe).length <= limit) return { text: frame(safe), cut: false }
  const room = limit - frame('').length - 2
  const begin = safe.slice(0, room).replace(/[\ud800-\udbff]$/, '')
  const line = begin.lastIndexOf('\n')
  return { text: frame(`${line > room / 2 ? begin.slice(0, line) : begin}\n…`), cut: true }
}

/** Returns a short technical word in a fixed-width face; one that holds a backtick stays plain. */
export const inlineCode = (word: string, limit: number): { text: string; cut: boolean } => {
  const clean = plain(word).replace(/\s+/g, ' ')
  if (clean.includes('`') || clean.trim() === '' || clean.length > limit - 2) return shorten(clean, limit)
  return { text: `\`${clean}\``, cut: false }
}

/**
 * Returns an address as a link where it is plainly one, under a label of the bot's own where one is given, else as text
 * after the label; `cut` where it was shortened.
 */
export const link = (url: string, label?: string): { text: string; cut: boolean } => {
  if (/^https?:\/\/[\w.-]+(?::\d+)?(?:\/[\w./%~-]*)?$/.test(url) && url.length <= 300)
    return { text: label ? `[${label}](${url})` : `<${url}>`, cut: false }
  const { text, cut } = shorten(url.replace(/\s+/g, ' ').trim(), 300)
  return { text: label ? `${label}: ${text}` : text, cut }
}
