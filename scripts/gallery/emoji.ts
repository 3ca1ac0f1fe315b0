import { type Html, html } from '../../bot/web/html.ts'

const disc = (color: string): Html => html`<circle cx="10" cy="10" r="8.5" fill="${color}"/>`

/** Chat clients draw emoji as pictures of their own; these are the ones that the bot writes. */
const drawings: Record<string, { name: string; art: Html }> = {
  '✅': {
    name: 'done',
    art: html`<rect x="1" y="1" width="18" height="18" rx="3" fill="#77b255"/><path d="M5 10.5 8.5 14 15 6" fill="none" stroke="#fff" stroke-width="2.6"/>`,
  },
  '⚠': {
    name: 'warning',
    art: html`<path d="M10 1.5 19.2 18H.8z" fill="#ffcc4d"/><path d="M10 7v5.4" stroke="#231f20" stroke-width="2.2"/><circle cx="10" cy="15.2" r="1.3" fill="#231f20"/>`,
  },
  '🚫': {
    name: 'not allowed',
    art: html`<circle cx="10" cy="10" r="7.8" fill="none" stroke="#dd2e44" stroke-width="2.6"/><path d="m4.8 4.8 10.4 10.4" stroke="#dd2e44" stroke-width="2.6"/>`,
  },
  '⏳': {
    name: 'at work',
    art: html`<path d="M4 1h12v3.5L11 10l5 5.5V19H4v-3.5L9 10 4 4.5z" fill="#ffe8b6"/><path d="M5.5 4.5h9L10 9z" fill="#ffac33"/><path d="M5.5 18v-2L10 12.5l4.5 3.5v2z" fill="#ffac33"/><path d="M3 1h14v2H3zM3 17h14v2H3z" fill="#3b88c3"/>`,
  },
  '📎': {
    name: 'attached',
    art: html`<path d="M14.5 6.5 8 13a2 2 0 0 0 2.800 2.800l6-6a3.800 3.800 0 0 0-5.400-5.400l-6.5 6.5" fill="none" stroke="#99aab5" stroke-width="2"/>`,
  },
  '🟢': { name: 'green', art: disc('#78b159') },
  '🔵': { name: 'blue', art: disc('#55acee') },
  '⚪': { name: 'white', art: disc('#ccd6dd') },
  '🔴': { name: 'red', art: disc('#dd2e44') },
}

const known = new RegExp(`(${Object.keys(drawings).join('|')})\ufe0f?`, 'u')

/** Returns a text with its emoji as pictures that a screen reader can name. */
export const withEmoji = (text: string): Html => {
  const parts = text.split(known)
  return html`${parts.map((part, index) => {
    const drawing = index % 2 === 1 ? drawings[part] : undefined
    return drawing
      ? html`<svg class="emoji" viewBox="0 0 20 20" role="img" aria-label="${drawing.name}">${drawing.art}</svg>`
      : part
  })}`
}
