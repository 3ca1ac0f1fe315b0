import { plain } from '../../chat/plain.ts'
import { type Html, html } from '../html.ts'

const address = /https?:\/\/[^\s<>"'“”]+[^\s<>"'“”.,;:!?)\]]/g

/** Returns a line with its http(s) addresses as links. */
export const linked = (line: string): Html[] => {
  const parts: Html[] = []
  let from = 0
  for (const match of line.matchAll(address)) {
    const [url] = match
    parts.push(
      html`${line.slice(from, match.index)}<a href="${url}" target="_blank" rel="noopener noreferrer">${url}</a>`,
    )
    from = match.index + url.length
  }
  return [...parts, html`${line.slice(from)}`]
}

/** Returns words as paragraphs and lists; no markup in them means anything. */
export const renderWords = (text: string): Html => {
  const blocks: Html[] = []
  let items: Html[] = []
  let lines: Html[] = []
  const flush = (): void => {
    if (lines.length > 0)
      blocks.push(html`<p>${lines.map((line, index) => (index === 0 ? line : html`<br>${line}`))}</p>`)
    if (items.length > 0) blocks.push(html`<ul>${items}</ul>`)
    lines = []
    items = []
  }
  for (const line of plain(text).split('\n')) {
    const item = /^\s*[•-] (.*)$/.exec(line)?.[1]
    if (line.trim() === '' || (item !== undefined) !== items.length > 0) flush()
    if (line.trim() === '') continue
    if (item !== undefined) items.push(html`<li>${linked(item)}</li>`)
    else lines.push(html`${linked(line)}`)
  }
  flush()
  return html`${blocks}`
}
