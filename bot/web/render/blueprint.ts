import type { BlueprintCard, CardEndpoint, CardFile, CardReading, Picture } from '../../../schemas/generated/card.ts'
import { plain } from '../../chat/plain.ts'
import { pendingText, riskText } from '../../chat/render-text.ts'
import { type Html, html } from '../html.ts'
import { type Place, renderButtonRow } from './buttons.ts'
import { icons } from './icons.ts'
import { renderWords } from './text.ts'

const list = (title: string, lines: readonly (string | Html)[], style = ''): Html =>
  lines.length === 0
    ? html``
    : html`<section class="part ${style}"><h4>${title}</h4><ul>${lines.map((line) => html`<li>${line}</li>`)}</ul></section>`

/** "Todos: title, done" with its first word set off. */
const named = (line: string): Html => {
  const at = line.indexOf(': ')
  return at > 0 && at < 40 ? html`<strong>${line.slice(0, at)}</strong>: ${line.slice(at + 2)}` : html`${line}`
}

const endpointTable = (
  endpoints: readonly CardEndpoint[],
): Html => html`<div class="scroll" tabindex="0" role="region" aria-label="Endpoints"><table class="endpoints">
  <thead><tr><th scope="col">Method</th><th scope="col">Path</th><th scope="col">What</th><th scope="col">Who</th></tr></thead>
  <tbody>${endpoints.map((one) => html`<tr><td><span class="method ${one.method.toLowerCase()}">${one.method}</span></td><td><code>${plain(one.path)}</code></td><td>${plain(one.text)}</td><td>${plain(one.who)}</td></tr>`)}</tbody>
</table></div>`

/** Returns files, folded. */
export const renderFiles = (place: Place, files: readonly CardFile[]): Html =>
  html`${files.map(
    (file) =>
      html`<details class="file" data-keep="${place.key}-${file.path}"><summary><code>${plain(file.path)}</code></summary><pre tabindex="0"><code>${plain(file.text)}</code></pre>${file.cut ? html`<p class="note">Only the beginning is shown here.</p>` : undefined}</details>`,
  )}`

/** Each sentence and what came of it, folded: how many came to nothing says whether to look. */
const renderReadings = (place: Place, readings: readonly CardReading[]): Html | undefined => {
  if (readings.length === 0) return undefined
  const none = readings.filter(({ made }) => made.length === 0).length
  return html`<details class="fold" data-keep="${place.key}-readings"><summary>Your words, one by one <span class="count">${readings.length}</span>${none > 0 ? html` <span class="note">${none} changed nothing</span>` : undefined}</summary><dl class="readings">${readings.map(renderReading)}</dl></details>`
}

const renderReading = ({ said, made, lost }: CardReading): Html =>
  html`<dt>${plain(said)}</dt>${made.map((line) => html`<dd>${named(plain(line))}</dd>`)}${
    lost
      ? html`<dd class="none">${made.length > 0 ? 'a part of it is not carried' : 'not carried'}</dd>`
      : made.length === 0
        ? html`<dd class="none">it is so anyway, or I did not understand it</dd>`
        : undefined
  }`

const stateWords = {
  proposed: 'Waiting for your approval',
  approved: 'Approved',
  rejected: 'Turned down',
  superseded: 'Replaced by a newer blueprint',
} as const

const decision = (card: BlueprintCard): Html =>
  card.decided && card.status !== 'proposed'
    ? html`<span class="pill ${card.status}">${stateWords[card.status]} by ${plain(card.decided.by)} <time datetime="${card.decided.at}" data-time></time></span>`
    : html`<span class="pill ${card.status}">${stateWords[card.status]}</span>`

/** The PNG has the fonts that it was laid out with; the page's own may be others. Its room is kept while it loads. */
const figure = ({ id, alt, width, height }: Picture): Html => {
  const address = `/pictures/${encodeURIComponent(id)}.png`
  const size = width && height ? html` width="${width}" height="${height}"` : undefined
  return html`<figure class="picture"><a href="${address}" target="_blank" rel="noopener noreferrer"><img src="${address}" alt="${plain(alt)}"${size}></a></figure>`
}

/** Returns a blueprint: plain words first, then the picture, what was assumed, and the files for the curious. */
export const renderBlueprint = (place: Place, card: BlueprintCard): Html => {
  const open = card.status === 'proposed'
  const changes = card.changes.length > 0
  return html`
    <header class="head"><span class="badge">${icons.blueprint}</span><div><h3>${plain(card.title)}</h3><p class="sub">Blueprint ${card.revision}${card.change ? ', a change of what runs' : card.revision > 1 ? ', nothing of it runs yet' : ''}</p></div>${decision(card)}</header>
    ${open && card.warning ? html`<div class="warning" role="alert">${icons.warn}<div>${renderWords(card.warning)}</div></div>` : undefined}
    ${pendingText(card) ? html`<p class="note pending">${plain(pendingText(card)!)}</p>` : undefined}
    ${changes ? html`<section class="part changes"><h4>What changes</h4><ul>${card.changes.map((change) => html`<li class="${change.risk}">${plain(riskText(change))}</li>`)}</ul></section>` : undefined}
    <div class="summary">${card.summary.map(renderWords)}</div>
    <div class="columns">${list('What it stores', card.stores.map(plain).map(named))}${list('Who may do what', card.people.map(plain))}</div>
    ${list('Rules', (card.rules ?? []).map(plain))}
    ${renderReadings(place, card.readings ?? [])}
    ${card.picture && figure(card.picture)}
    ${list('What I assumed', card.assumptions.map(plain), 'assumed')}
    ${list('What I could not carry', card.notCarried.map(plain), 'lost')}
    <details class="fold" data-keep="${place.key}-endpoints"><summary>Endpoints <span class="count">${card.endpoints.length}</span></summary>${endpointTable(card.endpoints)}</details>
    <details class="fold" data-keep="${place.key}-files"><summary>Files of the blueprint <span class="count">${card.files.length}</span></summary>${renderFiles(place, card.files)}</details>
    ${renderButtonRow(place, card.buttons)}`
}
