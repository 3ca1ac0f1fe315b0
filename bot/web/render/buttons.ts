import type { Button, CardPerson } from '../../../schemas/generated/card.ts'
import { plain } from '../../chat/plain.ts'
import { type Html, html } from '../html.ts'
import { icons } from './icons.ts'

/** Where a card stands: presses go back to its thread under its key. */
export type Place = { thread: string; key: string }

const hidden = (place: Place, button: Button): Html => html`
  <input type="hidden" name="card" value="${place.key}">
  <input type="hidden" name="button" value="${button.id}">
  ${button.value === undefined ? undefined : html`<input type="hidden" name="value" value="${button.value}">`}`

const isWeb = (url: string): boolean => /^https?:\/\//.test(url)

const peopleOf = (field: string, people: readonly CardPerson[]): Html =>
  html`<select id="${field}" name="person" required data-keep="${field}-text"><option value="">Choose a person</option>${people.map(({ id, name }) => html`<option value="${id}">${plain(name)}</option>`)}</select>`

const renderButton = (place: Place, button: Button, item = ''): Html => {
  const label = plain(button.label)
  if (button.url !== undefined)
    return isWeb(button.url)
      ? html`<a class="button ${button.style}" href="${button.url}" target="_blank" rel="noopener noreferrer" data-button="${button.id}">${label}${icons.open}</a>`
      : html``
  const action = `/c/${encodeURIComponent(place.thread)}/press`
  if (button.ask !== undefined) {
    const field = `${place.key}-${button.id}${item}`
    return html`<details class="ask" data-keep="${field}">
      <summary class="button ${button.style}" data-button="${button.id}">${label}</summary>
      <form method="post" action="${action}" data-press>
        ${hidden(place, button)}
        <label for="${field}">${plain(button.ask)}</label>
        ${button.pick === 'person' && button.people ? peopleOf(field, button.people) : html`<textarea id="${field}" name="text" rows="2" required maxlength="4000" data-keep="${field}-text"></textarea>`}
        <button class="button primary" type="submit">Send</button>
      </form>
    </details>`
  }
  return html`<form method="post" action="${action}" data-press>${hidden(place, button)}
    <button class="button ${button.style}" type="submit" data-button="${button.id}">${label}</button>
  </form>`
}

/** Returns a card's row of buttons; nothing where there are none. */
export const renderButtonRow = (place: Place, buttons: readonly Button[] | undefined): Html =>
  buttons && buttons.length > 0
    ? html`<div class="buttons" role="group" aria-label="What you can do">${buttons.map((button) => renderButton(place, button))}</div>`
    : html``

/** Returns the buttons of one item of a list, small and named after it; `index` tells its fields from those of others. */
export const renderItemButtons = (
  place: Place,
  buttons: readonly Button[] | undefined,
  { title, index }: { title: string; index: number },
): Html =>
  buttons && buttons.length > 0
    ? html`<div class="item-buttons" role="group" aria-label="${plain(title)}">${buttons.map((button) => renderButton(place, button, `-${index}`))}</div>`
    : html``
