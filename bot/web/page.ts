import type { Card } from '../../schemas/generated/card.ts'
import { oneLine, plain } from '../chat/plain.ts'
import { type Html, html } from './html.ts'
import { renderSaid, renderWebCard } from './render/card.ts'
import { icons } from './render/icons.ts'

export type SidebarSystem = {
  slug: string
  title: string
  state: 'good' | 'busy' | 'idle' | 'bad'
  words: string
  /** What it takes and who looks after it, where there is room for that. */
  facts?: string
  url: string | undefined
}
export type SidebarThread = { thread: string; title: string }
export type Sidebar = { systems: SidebarSystem[]; threads: SidebarThread[] }
/** What stands in a thread, in order. */
export type Entry =
  | { kind: 'said'; id: string; name: string; text: string; at: string }
  | { kind: 'card'; key: string; card: Card }
export type Thread = { thread: string; title: string; system: SidebarSystem | undefined; entries: Entry[] }

const examples = [
  ['Todos', 'Build me a todo API with user authentication'],
  ['Invoices', 'Track invoices with an amount, a due date and whether they are paid. Only managers delete.'],
  ['A clinic', 'A clinic: pets have visits, vets see all visits, owners see only their own pets.'],
  ['A library', 'A library where members borrow books; everyone can search books by title and author.'],
] as const

const questions = ['What does it store?', 'Who may do what?', 'Which endpoints are there?', 'Status'] as const

const logo = html`<svg class="logo" viewBox="0 0 32 32" width="28" height="28" aria-hidden="true" focusable="false"><rect width="32" height="32" rx="9" class="logo-ground"/><path class="logo-line" d="M9 20.5 13.2 10h1.6L19 20.5M10.6 17h6.8M23 12v8.5" fill="none" stroke-width="2.3" stroke-linecap="round" stroke-linejoin="round"/><circle class="logo-dot" cx="23" cy="9" r="1.6"/></svg>`

const systemLink = (system: SidebarSystem, current: string | undefined): Html =>
  html`<li><a href="/s/${encodeURIComponent(system.slug)}"${system.slug === current ? html` aria-current="page"` : undefined}><span class="dot ${system.state}" aria-hidden="true"></span><span class="name">${plain(system.title)}</span><span class="words">${system.words}</span>${system.facts ? html`<span class="facts-line">${plain(system.facts)}</span>` : undefined}</a></li>`

/** Returns the list of the team's systems; it is replaced whole when one changes. */
export const renderSidebar = (
  sidebar: Sidebar,
  current: { thread?: string; system?: string | undefined } = {},
): Html => html`<nav id="sidebar-lists" aria-label="Systems and conversations">
  <h2>Systems</h2>
  ${sidebar.systems.length > 0 ? html`<ul class="systems">${sidebar.systems.map((system) => systemLink(system, current.system))}</ul>` : html`<p class="none">None yet. Your first one is a sentence away.</p>`}
  ${sidebar.threads.length > 0 ? html`<h2>Conversations</h2><ul class="threads">${sidebar.threads.map((one) => html`<li><a href="/c/${encodeURIComponent(one.thread)}"${one.thread === current.thread ? html` aria-current="page"` : undefined}><span class="name">${oneLine(one.title, 60) || 'Untitled'}</span></a></li>`)}</ul>` : undefined}
</nav>`

/** Returns one entry of a thread. */
export const renderEntry = (thread: string, entry: Entry): Html =>
  entry.kind === 'said'
    ? renderSaid(entry.id, entry.name, entry.text, entry.at)
    : renderWebCard({ thread, key: entry.key }, entry.card)

const welcome = html`<section class="welcome" id="welcome">
  <h1>What shall we build?</h1>
  <p>Describe a system in plain words. You get a blueprint to approve, and moments later a running, tested API with its address.</p>
  <ul class="examples">${examples.map(([title, text]) => html`<li><button type="button" class="example" data-fill="${text}"><strong>${title}</strong><span>${text}</span></button></li>`)}</ul>
</section>`

/** What to say first about a system that this conversation has said nothing of yet. */
const introduce = (system: SidebarSystem): Html => html`<section class="welcome" id="welcome">
  <h1>${plain(system.title)}</h1>
  <p><span class="dot ${system.state}" aria-hidden="true"></span> It is ${system.words === 'blueprint' ? 'a blueprint, not built yet' : system.words}${system.url ? html` at <a href="${system.url}" target="_blank" rel="noopener noreferrer">${system.url}</a>` : undefined}. Tell me what should change, or ask me about it.</p>
  <ul class="examples">${questions.map((text) => html`<li><button type="button" class="example" data-fill="${text}"><strong>${text}</strong></button></li>`)}</ul>
</section>`

const composer = (
  thread: Thread,
): Html => html`<form class="composer" id="composer" method="post" action="/c/${encodeURIComponent(thread.thread)}/messages">
  <label class="visually-hidden" for="message">Your message</label>
  <textarea id="message" name="text" rows="1" maxlength="20000" required placeholder="${thread.system ? `Change ${thread.system.title}, or ask about it` : thread.entries.length === 0 ? 'Build me …' : 'Write a message'}" aria-describedby="composer-hint"></textarea>
  <label class="attach" title="Attach an OpenAPI file or a CSV"><input class="visually-hidden" type="file" id="attachment" accept=".yaml,.yml,.json,.csv,.tsv" aria-label="Attach an OpenAPI file or a CSV">${icons.attach}</label>
  <button class="send" type="submit" aria-label="Send">${icons.send}</button>
  <p class="attached" id="attached" hidden><span id="attached-name"></span> <button type="button" id="detach" aria-label="Leave the file out">✕</button></p>
  <p class="hint" id="composer-hint"><kbd>Enter</kbd> sends, <kbd>Shift</kbd> + <kbd>Enter</kbd> starts a new line</p>
</form>`

/** One file an idea; the last one is for small screens and undoes what the others assume. */
const sheets = ['base', 'frame', 'thread', 'cards', 'builds', 'team', 'small'] as const

const documentOf = (title: string, body: Html, attributes: Html = html``, script?: string): Html => html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="/static/icon.svg" type="image/svg+xml">
${sheets.map((sheet) => html`<link rel="stylesheet" href="/static/${sheet}.css">`)}
${script ? html`<script type="module" src="/static/${script}.js"></script>` : undefined}
</head>
<body${attributes}>${body}</body>
</html>`

/** What every page has around it: the list of systems, the top, and places for words to one person and to readers. */
export type Shell = {
  title: string
  sidebar: Sidebar
  current: { thread?: string; system?: string | undefined; team?: boolean }
  /** Where the first link leads, and what it is called. */
  skip: [string, string]
  /** Name of the script in static/. */
  script: string
  attributes: Html
  /** The top of the page, beside the button that opens the list on a phone. */
  main: Html
  /** Below it. */
  body: Html
}

export const renderShell = (shell: Shell): Html =>
  documentOf(
    shell.title,
    html`<a class="skip" href="${shell.skip[0]}">${shell.skip[1]}</a>
<div class="app">
  <aside class="sidebar" id="sidebar">
    <div class="brand">${logo}<span>AutoCoder</span></div>
    <a class="new" href="/">${icons.plus}New system</a>
    <a class="team-link" href="/team"${shell.current.team ? html` aria-current="page"` : undefined}>${icons.people}Team</a>
    ${renderSidebar(shell.sidebar, shell.current)}
  </aside>
  <div class="scrim" id="scrim" hidden></div>
  <main>
    <header class="top">
      <button type="button" class="menu" id="menu" aria-label="Systems and conversations" aria-expanded="false" aria-controls="sidebar">${icons.menu}</button>
      ${shell.main}
    </header>
    ${shell.body}
  </main>
</div>
<div id="announce" class="visually-hidden" role="status" aria-live="polite"></div>
<div id="toasts" class="toasts" role="alert" aria-live="assertive"></div>`,
    shell.attributes,
    shell.script,
  )

/** Returns the whole page of a thread; `seen` is where its stream of events begins. */
export const renderPage = (sidebar: Sidebar, thread: Thread, seen: string): Html => {
  const { system } = thread
  const heading = system?.title ?? thread.title
  return renderShell({
    title: heading ? `${plain(heading)} · AutoCoder` : 'AutoCoder',
    sidebar,
    current: { thread: thread.thread, system: system?.slug },
    skip: ['#message', 'Skip to the message field'],
    script: 'app',
    attributes: html` data-thread="${thread.thread}" data-seen="${seen}" data-system="${system?.slug ?? ''}"`,
    main: html`<div class="where">${thread.entries.length === 0 && !system ? html`<span class="title">New system</span>` : html`<h1 class="title">${oneLine(heading, 70) || 'Conversation'}</h1>`}</div>
      <div id="top-state" class="top-state">${renderTopState(system)}</div>`,
    body: html`<div class="thread" id="thread" role="log" aria-label="Conversation" aria-relevant="additions" tabindex="-1">
      <div class="inner" id="entries">${thread.entries.length > 0 ? undefined : system ? introduce(system) : welcome}${thread.entries.map((entry) => renderEntry(thread.thread, entry))}</div>
    </div>
    <div class="bottom"><button type="button" class="newest" id="newest" hidden>Newest</button>${composer(thread)}</div>`,
  })
}

/** Returns the state of the conversation's system for the top of the page. */
export const renderTopState = (system: SidebarSystem | undefined): Html =>
  system
    ? html`<span class="dot ${system.state}" aria-hidden="true"></span><span>${system.words}</span>${system.url ? html`<a class="button plain small" href="${system.url}/docs" target="_blank" rel="noopener noreferrer">Docs</a>` : undefined}`
    : html``

/** Returns words for one person only. */
export const renderToast = (text: string): Html =>
  html`<div class="toast"><p>${plain(text)}</p><button type="button" class="close" aria-label="Close">×</button></div>`

/** Returns the page for somebody without a session. */
export const renderLocked = (): Html =>
  documentOf(
    'AutoCoder',
    html`<main class="locked">${logo}<h1>Please open the printed address</h1><p>This page belongs to whoever started AutoCoder. The address that <code>npm start</code> printed carries a one-time token that lets you in. It was used? <code>npm run -s chat -- --invite YOUR-NAME</code> prints another one.</p></main>`,
  )

/** Returns the page for what is not there. */
export const renderMissing = (): Html =>
  documentOf(
    'Not found · AutoCoder',
    html`<main class="locked">${logo}<h1>There is nothing here</h1><p><a href="/">Go to the start</a></p></main>`,
  )
