import { type Html, html } from '../../bot/web/html.ts'

const colors = ['#c2547d', '#3f7fb5', '#a3683a', '#6a5fb0', '#4b8a5a'] as const

/** Returns the picture of a person: a color of their name and its first letter. */
export const face = (name: string): Html => {
  const number = [...name].reduce((sum, sign) => sum + (sign.codePointAt(0) ?? 0), 0)
  const letter = /\p{L}/u.exec(name)?.[0]?.toUpperCase() ?? '?'
  return html`<svg class="avatar" viewBox="0 0 40 40" aria-hidden="true"><rect width="40" height="40" fill="${colors[number % colors.length]}"/><text x="20" y="27" text-anchor="middle" font-size="20" fill="#fff">${letter}</text></svg>`
}

/** The bot's own picture. */
export const botFace = html`<svg class="avatar" viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" fill="#5b4fe0"/><path d="M9 20.5 13.2 10h1.6L19 20.5M10.6 17h6.8M23 12v8.5" fill="none" stroke="#fff" stroke-width="2.3" stroke-linecap="round" stroke-linejoin="round"/><circle cx="23" cy="9" r="1.6" fill="#ffd166"/></svg>`
