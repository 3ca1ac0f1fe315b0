import type { Card, DiffCard, FileCard, ListCard, MessageCard, QuestionCard } from '../../../schemas/generated/card.ts'
import { plain } from '../../chat/plain.ts'
import { pressable, renderText, riskText } from '../../chat/render-text.ts'
import { type Html, html } from '../html.ts'
import { renderBlueprint, renderFiles } from './blueprint.ts'
import { renderDeployed, renderFailed, renderProgress } from './build.ts'
import { type Place, renderButtonRow, renderItemButtons } from './buttons.ts'
import { icons } from './icons.ts'
import { linked, renderWords } from './text.ts'

const message = (
  place: Place,
  card: MessageCard,
): Html => html`<div class="words">${card.busy ? html`<span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>` : undefined}${renderWords(card.text)}</div>
  ${card.code === undefined ? undefined : html`<pre tabindex="0"><code>${plain(card.code)}</code></pre>`}
  ${renderButtonRow(place, card.buttons)}`

const question = (place: Place, card: QuestionCard): Html => html`
  <div class="head"><span class="badge ask">${icons.question}</span><div class="words">${renderWords(card.text)}</div></div>
  ${card.answer ? html`<p class="pill approved">${plain(card.answer.label)}${card.answer.by ? html` <span class="by">by ${plain(card.answer.by)}</span>` : undefined}</p>` : card.withdrawn ? html`<p class="pill">Not needed any more</p>` : renderButtonRow(place, pressable(card))}`

const list = (place: Place, card: ListCard): Html => html`
  <header class="head"><span class="badge">${icons.list}</span><div><h3>${plain(card.title)}</h3></div></header>
  ${card.text ? renderWords(card.text) : undefined}
  ${card.items.length === 0 ? renderWords(card.empty) : html`<ul class="items">${card.items.map((item, index) => html`<li><span class="dot ${item.state ?? 'none'}" aria-hidden="true"></span><span class="name">${plain(item.title)}</span>${item.text ? html`<span class="sub">${plain(item.text)}</span>` : undefined}${item.details?.map((line) => html`<span class="sub detail">${linked(plain(line))}</span>`)}${item.url && /^https?:/.test(item.url) ? html`<a href="${item.url}" target="_blank" rel="noopener noreferrer">${item.url}</a>` : undefined}${renderItemButtons(place, item.buttons, { title: item.title, index })}</li>`)}</ul>`}
  ${renderButtonRow(place, card.buttons)}`

const diff = (place: Place, card: DiffCard): Html => html`
  <header class="head"><span class="badge">${icons.diff}</span><div><h3>${plain(card.title)}</h3></div></header>
  <section class="part changes"><ul>${card.changes.map((change) => html`<li class="${change.risk}">${plain(riskText(change))}</li>`)}</ul></section>
  ${renderButtonRow(place, card.buttons)}`

const file = (place: Place, card: FileCard): Html => html`
  <header class="head"><span class="badge">${icons.file}</span><div><h3>${plain(card.title)}</h3></div></header>
  ${card.text ? renderWords(card.text) : undefined}
  ${card.download ? html`<p><a class="button primary" href="/downloads/${encodeURIComponent(card.download.id)}" download="${plain(card.download.name)}">Download ${plain(card.download.name)}</a></p>` : undefined}
  ${renderFiles(place, card.files)}
  ${renderButtonRow(place, card.buttons)}`

const inside = (place: Place, card: Card): Html => {
  switch (card.kind) {
    case 'message':
      return message(place, card)
    case 'question':
      return question(place, card)
    case 'blueprint':
      return renderBlueprint(place, card)
    case 'progress':
      return renderProgress(place, card)
    case 'deployed':
      return renderDeployed(place, card)
    case 'failed':
      return renderFailed(place, card)
    case 'list':
      return list(place, card)
    case 'diff':
      return diff(place, card)
    case 'file':
      return file(place, card)
  }
}

/** What a screen reader says when the card comes or changes: its first lines, not every field of it. */
const announcement = (card: Card): string =>
  card.kind === 'progress' ? '' : renderText(card).split('\n').filter(Boolean).slice(0, 3).join(' ').slice(0, 300)

/** Returns the id that a card has in the page. */
export const domId = (key: string): string => `card-${key.replace(/[^a-zA-Z0-9-]/g, '_')}`

/** Returns a card as HTML. Pure; every text in it is escaped, and addresses other than http(s) are no links. */
export const renderWebCard = (place: Place, card: Card): Html =>
  html`<article class="card ${card.kind}${card.kind === 'message' ? ` ${card.tone}` : ''}" id="${domId(place.key)}" tabindex="-1" data-announce="${announcement(card)}"${card.system ? html` data-system="${card.system}"` : undefined}${card.kind === 'progress' ? html` aria-live="off"` : undefined}>${inside(place, card)}</article>`

/** Returns what a person wrote. */
export const renderSaid = (id: string, name: string, text: string, at: string): Html =>
  html`<article class="said" id="said-${id.replace(/[^a-zA-Z0-9-]/g, '_')}"><h3 class="visually-hidden">${plain(name)} wrote</h3><div class="words">${renderWords(text)}</div><time datetime="${at}" data-time></time></article>`
