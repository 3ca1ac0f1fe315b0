import { inWords } from '../../../bot/chat/plain.ts'
import { type Html, html } from '../../../bot/web/html.ts'
import { renderEntry, renderSidebar, renderToast } from '../../../bot/web/page.ts'
import { renderWebCard } from '../../../bot/web/render/card.ts'
import { toSidebar } from '../../../bot/web/sidebar.ts'
import { renderTeam } from '../../../bot/web/team.ts'
import { NOW, timeOfDay } from '../clock.ts'
import type { Entry, Stage } from '../scenes.ts'

const THREAD = 'gallery'

const entry = (one: Entry, index: number): Html => {
  switch (one.kind) {
    case 'said':
      return renderEntry(THREAD, { ...one, id: `said-${index}` })
    case 'card':
      return renderEntry(THREAD, one)
    case 'whisper':
      return renderToast(one.card.text)
  }
}

const inThread = (entries: Html[]): Html =>
  html`<main><div class="thread"><div class="inner">${entries}</div></div></main>`

/** The page's script fills times in; here they are written at the gallery's moment. */
const withTimes = ({ html: text }: Html): Html => ({
  html: text
    .replace(/(<time datetime="([^"]*)" data-time>)(?=<\/time>)/g, (_, tag: string, at: string) => tag + timeOfDay(at))
    .replace(
      /(<time data-since="([^"]*)">)(?=<\/time>)/g,
      (_, tag: string, at: string) => tag + inWords((NOW - Date.parse(at)) / 1000),
    ),
})

/** Returns a stage as the web page shows it. */
export const showInWeb = (stage: Stage): Html => {
  switch (stage.kind) {
    case 'thread':
      return withTimes(inThread(stage.entries.map(entry)))
    case 'home':
      return html`<aside class="sidebar">${renderSidebar({ systems: stage.systems.map(toSidebar), threads: [] })}</aside>`
    case 'team': {
      const shown = { search: '', matching: stage.team.systems, now: NOW }
      return withTimes(html`<main><div class="thread">${renderTeam(stage.team, shown)}</div></main>`)
    }
    case 'ask': {
      const shown = renderWebCard({ thread: THREAD, key: 'ask' }, stage.card)
      return withTimes(inThread([{ html: shown.html.replace('<details class="ask"', '<details open class="ask"') }]))
    }
    case 'wish':
      throw new Error('The web page takes a wish in its message field, not in a form')
  }
}
