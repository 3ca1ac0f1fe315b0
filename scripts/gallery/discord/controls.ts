import { type APIButtonComponent, type APIComponentInMessageActionRow, ButtonStyle, ComponentType } from 'discord.js'
import { type Html, html } from '../../../bot/web/html.ts'
import { withEmoji } from '../emoji.ts'

const styles: Record<number, string> = {
  [ButtonStyle.Primary]: 'primary',
  [ButtonStyle.Secondary]: 'secondary',
  [ButtonStyle.Success]: 'success',
  [ButtonStyle.Danger]: 'danger',
  [ButtonStyle.Link]: 'secondary',
}

const outside = html`<svg class="out" viewBox="0 0 16 16" width="14" height="14" aria-hidden="true"><path d="M9.5 2H14v4.5M14 2 7.5 8.5M12 9.5V13a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1h3.5" fill="none" stroke="currentColor" stroke-width="1.5"/></svg>`

/** Returns a button. Throws for one that sells something: the bot has none. */
export const renderButton = (button: APIButtonComponent): Html => {
  const style = styles[button.style]
  if (!style || button.style === ButtonStyle.Premium)
    throw new Error(`The gallery does not know buttons of style ${button.style}`)
  const label = html`<span class="label">${withEmoji(button.label ?? button.emoji?.name ?? '')}</span>`
  return button.style === ButtonStyle.Link
    ? html`<a class="button ${style}" href="${button.url}" target="_blank" rel="noopener noreferrer">${label}${outside}</a>`
    : html`<button type="button" class="button ${style}">${label}</button>`
}

/** Returns a row of buttons, or a list to choose from. */
export const renderRow = (components: readonly APIComponentInMessageActionRow[]): Html =>
  html`<div class="row">${components.map((component) => {
    if (component.type === ComponentType.Button) return renderButton(component)
    if (component.type === ComponentType.StringSelect)
      return html`<details class="select"><summary>${withEmoji(component.placeholder ?? 'Make a selection')}</summary><ul>${component.options.map((option) => html`<li><span>${withEmoji(option.label)}</span>${option.description && html`<span class="about">${withEmoji(option.description)}</span>`}</li>`)}</ul></details>`
    throw new Error(`The gallery does not know Discord's component ${component.type}`)
  })}</div>`
