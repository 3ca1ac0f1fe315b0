import type { CardPerson } from '../../schemas/generated/card.ts'
import { plain } from '../chat/plain.ts'
import { changeWords, distinctTitle, healthWords, type SystemView, stateOf, sumWords, takes } from '../chat/systems.ts'
import type { Deed } from '../conversation/team/audit.ts'
import { type Html, html } from './html.ts'
import { renderShell, type Sidebar } from './page.ts'

/** What whoever is let in sees of the team. */
export type TeamPage = {
  systems: SystemView[]
  /** How many may run at once, where the team says so. */
  limit: number | undefined
  members: { name: string; role: string; everybody: boolean }[]
  /** Everybody whom a system can be handed to. */
  people: CardPerson[]
  rules: string[]
  deeds: Deed[]
}

const actionOf = (system: SystemView): string => `/s/${encodeURIComponent(system.slug)}/say`

/** A form that says one sentence in the system's thread; `field` is what it needs besides. */
const deed = (system: SystemView, wish: string, label: string, field?: Html): Html =>
  html`<form method="post" action="${actionOf(system)}"><input type="hidden" name="wish" value="${wish}">${field}<button class="button plain small" type="submit" aria-label="${label} ${plain(system.title)}">${label}</button></form>`

const handOver = (system: SystemView, people: readonly CardPerson[]): Html => {
  const others = people.filter(({ name }) => name !== system.owner)
  const id = `to-${system.slug}`
  return others.length === 0
    ? html`<p class="sub">There is nobody else to hand it to yet: whoever writes here once can be chosen.</p>`
    : deed(
        system,
        'hand-over',
        'Hand over',
        html`<label for="${id}">To</label><select id="${id}" name="person" required><option value="">Choose a person</option>${others.map((one) => html`<option value="${one.id}">${plain(one.name)}</option>`)}</select>`,
      )
}

const fork = (system: SystemView): Html => {
  const id = `as-${system.slug}`
  return deed(
    system,
    'fork',
    'Fork',
    html`<label for="${id}">As</label><input id="${id}" name="as" type="text" required maxlength="40" autocomplete="off" placeholder="Name of the copy">`,
  )
}

const more = (system: SystemView, people: readonly CardPerson[]): Html =>
  html`<details class="more"><summary class="button plain small" aria-label="More with ${plain(system.title)}">More</summary><div class="deeds">${system.archived ? deed(system, 'restore', 'Bring back') : html`${handOver(system, people)}${fork(system)}<div class="row">${deed(system, 'subscribe', 'Subscribe')}${deed(system, 'archive', 'Archive')}</div>`}</div></details>`

const row = (system: SystemView, all: readonly SystemView[], people: readonly CardPerson[], now: number): Html => {
  const change = changeWords(system, now)
  const facts = [takes(system), `owner ${system.owner}`].filter(Boolean).join(' · ')
  return html`<li class="system" id="system-${system.slug}">
    <span class="dot ${stateOf(system)}" aria-hidden="true"></span>
    <div class="about">
      <h3><a href="/s/${encodeURIComponent(system.slug)}">${plain(distinctTitle(system, all))}</a></h3>
      <p class="health">${healthWords(system)} · ${plain(facts)}</p>
      ${change ? html`<p class="sub">${plain(change)}</p>` : undefined}
      ${system.url ? html`<p class="at"><a href="${system.url}" target="_blank" rel="noopener noreferrer">${system.url}</a></p>` : undefined}
    </div>
    <a class="button plain small" href="/s/${encodeURIComponent(system.slug)}" aria-label="Open ${plain(system.title)}">Open</a>
    ${more(system, people)}
  </li>`
}

const listOf = (
  systems: readonly SystemView[],
  all: readonly SystemView[],
  people: readonly CardPerson[],
  now: number,
): Html => html`<ul class="board">${systems.map((system) => row(system, all, people, now))}</ul>`

const search = (words: string): Html =>
  html`<form class="search" method="get" action="/team" role="search"><label class="visually-hidden" for="search">Search by name, title or owner</label><input id="search" name="search" type="search" value="${words}" maxlength="60" placeholder="Name, title or owner"><button class="button plain small" type="submit">Search</button>${words ? html`<a class="button plain small" href="/team">Show all</a>` : undefined}</form>`

const deeds = (all: readonly Deed[]): Html =>
  all.length === 0
    ? html`<p class="none">Nothing was changed yet.</p>`
    : html`<ol class="audit">${all.map(({ who, did, at }) => html`<li><span>${plain(who)} ${plain(did)}</span><time datetime="${at.toISOString()}" data-time>${at.toISOString().slice(0, 16).replace('T', ' ')}</time></li>`)}</ol>`

const members = ({ members: all }: TeamPage): Html =>
  all.length === 0
    ? html`<p class="none">Nobody was given a role of their own. In a conversation, write: make NAME an approver</p>`
    : html`<ul class="members">${all.map(({ name, role, everybody }) => html`<li><span>${everybody ? 'Everybody in ' : ''}${plain(name)}</span><span class="pill">${role}</span></li>`)}</ul>`

/** Returns what the team has: its systems as far as they match, archived ones, people and roles, rules, who did what. */
export const renderTeam = (team: TeamPage, shown: { search: string; matching: SystemView[]; now: number }): Html => {
  const { search: words, matching, now } = shown
  const live = matching.filter((system) => !system.archived)
  const archived = matching.filter((system) => system.archived)
  const all = team.systems.filter((system) => !system.archived)
  return html`<div class="team" id="team">
  <section aria-labelledby="team-systems">
    <div class="section-head"><div><h2 id="team-systems">Systems</h2><p class="sub">${sumWords(all, team.limit)}</p></div>${team.systems.length > 0 ? search(words) : undefined}</div>
    ${live.length > 0 ? listOf(live, team.systems, team.people, now) : html`<p class="none">${words ? 'None matches in its name, title or owner.' : html`None yet. <a href="/">Your first one</a> is a sentence away.`}</p>`}
    ${archived.length > 0 ? html`<details class="fold"${words ? html` open` : undefined}><summary>Archived <span class="count">${archived.length}</span></summary>${listOf(archived, team.systems, team.people, now)}</details>` : undefined}
  </section>
  <div class="columns">
    <section aria-labelledby="team-people"><h2 id="team-people">People and roles</h2>${members(team)}</section>
    <section aria-labelledby="team-rules"><h2 id="team-rules">Rules</h2><ul class="rules">${team.rules.map((rule) => html`<li>${plain(rule)}</li>`)}</ul></section>
  </div>
  <section aria-labelledby="team-audit"><h2 id="team-audit">Who did what</h2>${deeds(team.deeds)}</section>
</div>`
}

/** Returns the page of the team. */
export const renderTeamPage = (
  sidebar: Sidebar,
  team: TeamPage,
  shown: Parameters<typeof renderTeam>[1],
  seen: string,
) =>
  renderShell({
    title: 'Team · AutoCoder',
    sidebar,
    current: { team: true },
    skip: ['#team', 'Skip to the team'],
    script: 'team',
    attributes: html` data-seen="${seen}"`,
    main: html`<div class="where"><h1 class="title">Team</h1></div>`,
    body: html`<div class="thread" id="thread" tabindex="-1">${renderTeam(team, shown)}</div>`,
  })
