import type { types } from '@slack/bolt'
import { plain } from '../../../bot/chat/plain.ts'
import { pressable } from '../../../bot/chat/render-text.ts'
import { homeView } from '../../../bot/slack/home.ts'
import { type Rendered, renderCard } from '../../../bot/slack/render/card.ts'
import { askView, buildView } from '../../../bot/slack/views.ts'
import { type Html, html } from '../../../bot/web/html.ts'
import { NOW, timeOfDay } from '../clock.ts'
import { withEmoji } from '../emoji.ts'
import { botFace, face } from '../people.ts'
import type { Entry, Stage } from '../scenes.ts'
import { renderBlock } from './blocks.ts'

/** The picture as Slack keeps it. */
const PICTURE = 'F0123456789'

const blocksOf = (blocks: readonly types.KnownBlock[]): Html =>
  html`<div class="blocks">${blocks.map(renderBlock)}</div>`

const line = (avatar: Html, name: string, app: boolean, at: string, inside: Html, note?: string): Html =>
  html`<article class="message${note ? ' private' : ''}">${note ? html`<p class="only">${note}</p>` : undefined}${avatar}<div class="column">
    <p class="by"><strong>${plain(name)}</strong>${app ? html` <span class="app">APP</span>` : undefined} <time datetime="${at}">${timeOfDay(at)}</time></p>
    ${inside}
  </div></article>`

const file = (name: string, at: string): Html =>
  line(
    botFace,
    'AutoCoder',
    true,
    at,
    html`<div class="file"><span class="sheet" aria-hidden="true"></span><div><p class="name">${plain(name)}</p><p class="kind">${name.endsWith('.zip') ? 'Zip' : 'Plain text'}</p></div></div>`,
  )

/** Files stand ahead of their card, each a message of its own. */
const message = ({ blocks, needs }: Rendered, at: string): Html =>
  html`${[
    ...needs.files.map(({ name }) => file(name, at)),
    ...(needs.download ? [file(needs.download.name, at)] : []),
    line(botFace, 'AutoCoder', true, at, blocksOf(blocks)),
  ]}`

const entry = (one: Entry): Html => {
  switch (one.kind) {
    case 'said':
      return line(face(one.name), one.name, false, one.at, html`<p class="said">${withEmoji(plain(one.text))}</p>`)
    case 'card':
      return message(renderCard(one.card, one.key, { files: true, picture: PICTURE }), one.at)
    case 'whisper': {
      const { blocks } = renderCard(one.card, 'whisper', { files: false })
      return line(botFace, 'AutoCoder', true, one.at, blocksOf(blocks), 'Only visible to you')
    }
  }
}

const modal = (view: types.ModalView): Html => html`<div class="modal" role="dialog" aria-label="${view.title.text}">
  <header>${botFace}<h2>${withEmoji(view.title.text)}</h2><button type="button" class="close" aria-label="Close">✕</button></header>
  <div class="inside">${blocksOf(view.blocks as types.KnownBlock[])}</div>
  <footer>${view.close && html`<button type="button" class="button default">${view.close.text}</button>`}${view.submit && html`<button type="button" class="button primary">${view.submit.text}</button>`}</footer>
</div>`

/** Returns a stage as Slack shows it. */
export const showInSlack = (stage: Stage): Html => {
  switch (stage.kind) {
    case 'thread':
      return html`<main class="thread">${stage.entries.map(entry)}</main>`
    case 'home':
      return html`<main class="home">${blocksOf(homeView(stage.systems, NOW).blocks as types.KnownBlock[])}</main>`
    case 'ask': {
      const button = pressable(stage.card).find(({ id }) => id === stage.button)
      if (!button?.ask) throw new Error(`The card asks for no words at ${stage.button}`)
      return html`<main class="dimmed">${modal(askView(button.ask, { thread: 't', key: 'k', button: button.id }, button.pick === 'person'))}</main>`
    }
    case 'team':
      throw new Error('Slack shows the team in its App Home')
    case 'wish':
      return html`<main class="dimmed">${modal(buildView())}</main>`
  }
}
