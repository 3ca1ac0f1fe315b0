import type { APIMessageTopLevelComponent } from 'discord.js'
import { oneLine, plain } from '../../../bot/chat/plain.ts'
import { pressable } from '../../../bot/chat/render-text.ts'
import { homeList } from '../../../bot/discord/home.ts'
import { renderCard } from '../../../bot/discord/render/card.ts'
import type { Payload } from '../../../bot/discord/render/face.ts'
import { type Html, html } from '../../../bot/web/html.ts'
import { NOW, timeOfDay } from '../clock.ts'
import { withEmoji } from '../emoji.ts'
import { botFace, face } from '../people.ts'
import type { Entry, Stage } from '../scenes.ts'
import { renderComponent } from './components.ts'

/** Bytes stand in for a picture and a zip; the gallery shows the story's. */
const assets = { picture: new Uint8Array(1), download: { name: 'code.zip', bytes: new Uint8Array(48_213) } }

const line = (avatar: Html, name: string, app: boolean, at: string, inside: Html, note?: string): Html =>
  html`<article class="message${note ? ' private' : ''}">${avatar}<div class="column">
    <p class="by"><strong>${plain(name)}</strong>${app ? html` <span class="app">APP</span>` : undefined} <time datetime="${at}">${timeOfDay(at)}</time></p>
    ${inside}${note ? html`<p class="only">${note}</p>` : undefined}
  </div></article>`

const message = ({ body, files }: Payload, at: string, note?: string): Html =>
  line(
    botFace,
    'AutoCoder',
    true,
    at,
    html`${(body.components as APIMessageTopLevelComponent[]).map((component) => renderComponent(component, files))}`,
    note,
  )

const entry = (one: Entry): Html => {
  switch (one.kind) {
    case 'said':
      return line(face(one.name), one.name, false, one.at, html`<p class="said">${withEmoji(plain(one.text))}</p>`)
    case 'card':
      return message(renderCard({ key: one.key, card: one.card }, assets), one.at)
    case 'whisper':
      return message(renderCard({ key: 'whisper', card: one.card }), one.at, 'Only you can see this · Dismiss message')
  }
}

/** Discord's form of one field: its title and label hold 45 characters. */
const modal = (
  title: string,
  label: string,
  field: Html,
): Html => html`<div class="modal" role="dialog" aria-label="${title}">
  <header>${botFace}<h2>${title}</h2><button type="button" class="close" aria-label="Close">✕</button></header>
  <div class="inside"><p class="field">${label} <span class="needed">*</span></p>${field}</div>
  <footer><button type="button" class="button secondary">Cancel</button><button type="button" class="button primary">Submit</button></footer>
</div>`

/** Returns a stage as Discord shows it. */
export const showInDiscord = (stage: Stage): Html => {
  switch (stage.kind) {
    case 'thread':
      return html`<main class="thread">${stage.entries.map(entry)}</main>`
    case 'home':
      return html`<main class="thread">${message(homeList(stage.systems, '', NOW), new Date(NOW).toISOString(), 'Only you can see this · Dismiss message')}</main>`
    case 'ask': {
      const button = pressable(stage.card).find(({ id }) => id === stage.button)
      if (!button?.ask) throw new Error(`The card asks for no words at ${stage.button}`)
      const label = oneLine(button.ask, 45)
      const field =
        button.pick === 'person'
          ? html`<details class="select"><summary>Make a selection</summary></details>`
          : html`<textarea rows="4" aria-label="${label}"></textarea>`
      return html`<main class="dimmed">${modal(oneLine(button.label, 45), label, field)}</main>`
    }
    case 'team':
      throw new Error('Discord shows the team in an answer to /builds')
    case 'wish':
      throw new Error('Discord takes a wish with its /build command, not in a form')
  }
}
