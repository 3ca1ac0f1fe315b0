import type { CardCheck, CardStage, DeployedCard, FailedCard, ProgressCard } from '../../../schemas/generated/card.ts'
import { inWords, plain } from '../../chat/plain.ts'
import { progressWords } from '../../chat/render-text.ts'
import { type Html, html } from '../html.ts'
import { type Place, renderButtonRow } from './buttons.ts'
import { icons } from './icons.ts'
import { renderWords } from './text.ts'

const stateWords: Record<CardStage['state'], string> = {
  waiting: 'waiting',
  running: 'running',
  done: 'done',
  failed: 'failed',
  cancelled: 'cancelled',
}

const stage = (one: CardStage): Html => html`<li class="stage ${one.state}">
  <span class="mark" aria-hidden="true"></span>
  <span class="name">${plain(one.label)} <span class="visually-hidden">(${stateWords[one.state]})</span></span>
  <span class="step">${one.step ? plain(one.step) : ''}${one.total ? html` <span class="of">${one.done ?? 0}/${one.total}</span>` : undefined}</span>
  <span class="seconds">${one.state === 'running' && one.startedAt ? html`<time data-since="${one.startedAt}"></time>` : one.seconds === undefined ? '' : inWords(one.seconds)}</span>
</li>`

/** Returns a build on its way; the page ticks the elapsed time by itself. One that went well folds its stages away. */
export const renderProgress = (place: Place, card: ProgressCard): Html => {
  const share = card.total > 0 ? Math.round((card.done / card.total) * 100) : 0
  const over = card.seconds !== undefined
  const elapsed = over
    ? inWords(card.seconds ?? 0)
    : card.startedAt
      ? html`<time data-since="${card.startedAt}"></time>`
      : ''
  const step = !over && card.step ? html` · ${plain(card.step)}` : undefined
  const stages = html`<ol class="stages">${card.stages.map(stage)}</ol>`
  const bar = html`<progress class="bar ${card.status}" max="100" value="${share}" aria-label="Progress of build ${card.build}">${share}%</progress>`
  return html`
    <header class="head"><span class="badge ${over ? '' : 'busy'}">${icons.build}</span><div><h3>${plain(card.title)} ${progressWords[card.status]}</h3><p class="sub">Build ${card.build} · ${elapsed}${step}</p></div></header>
    ${card.status === 'succeeded' ? html`<details class="fold" data-keep="${place.key}-stages"><summary>Stages <span class="count">${card.stages.length}</span></summary>${stages}</details>` : html`${bar}${stages}`}
    ${renderButtonRow(place, card.buttons)}`
}

const checkLine = (check: CardCheck): Html =>
  html`<li class="${check.passed ? 'passed' : 'failed'}"><span class="mark" aria-hidden="true"></span><span class="name">${plain(check.name)}</span> <span>${plain(check.summary)}</span> <span class="seconds">${inWords(check.seconds)}</span><span class="visually-hidden">${check.passed ? 'passed' : 'failed'}</span></li>`

const checkList = (checks: readonly CardCheck[]): Html => html`<ul class="checks">${checks.map(checkLine)}</ul>`

/** Returns what runs now: where, how to try it, what was checked. */
export const renderDeployed = (place: Place, card: DeployedCard): Html => html`
  <header class="head"><span class="badge good">${icons.online}</span><div><h3>${plain(card.title)} is running</h3><p class="sub">Build ${card.build} · ${inWords(card.seconds)} from approval to a healthy answer</p></div></header>
  <p class="address"><a href="${card.url}" target="_blank" rel="noopener noreferrer">${card.url}</a></p>
  <dl class="facts">
    <div><dt>Documentation</dt><dd><a href="${card.docsUrl}" target="_blank" rel="noopener noreferrer">${card.docsUrl}</a></dd></div>
    <div><dt>Checks</dt><dd>${card.passed} passed${card.failed > 0 ? html`, ${card.failed} failed` : undefined}</dd></div>
    ${(card.secrets ?? []).map((line) => html`<div><dt>Secrets</dt><dd>${plain(line)}</dd></div>`)}
    ${card.roles ? html`<div><dt>Roles</dt><dd>${plain(card.roles)}</dd></div>` : undefined}
    ${card.setupTokenFile ? html`<div><dt>First administrator</dt><dd>One-time token in file <code class="path">${plain(card.setupTokenFile)}</code></dd></div>` : undefined}
    ${(card.webhookSecretFiles ?? []).map((file) => html`<div><dt>Secret of webhooks</dt><dd>In file <code class="path">${plain(file)}</code></dd></div>`)}
  </dl>
  <section class="try"><div class="try-head"><h4>Try it in a shell</h4><button type="button" class="button plain small" data-copy="${place.key}-curl">Copy</button></div><pre id="${place.key}-curl" tabindex="0"><code>${plain(card.curl)}</code></pre></section>
  ${card.checks.length > 0 ? html`<details class="fold" data-keep="${place.key}-checks"><summary>What was checked <span class="count">${card.checks.length}</span></summary>${checkList(card.checks)}</details>` : undefined}
  ${renderButtonRow(place, card.buttons)}`

/** Returns what went wrong, what is safe, what to press, and the trace. */
export const renderFailed = (place: Place, card: FailedCard): Html => html`
  <header class="head"><span class="badge bad">${icons.failed}</span><div><h3>${plain(card.title)}</h3></div></header>
  ${renderWords(card.happened)}
  ${card.checks && card.checks.length > 0 ? checkList(card.checks) : undefined}
  ${card.detail ? html`<details class="fold" data-keep="${place.key}-detail"><summary>What the check printed</summary><pre tabindex="0"><code>${plain(card.detail)}</code></pre></details>` : undefined}
  <dl class="facts"><div><dt>What is safe</dt><dd>${plain(card.safe)}</dd></div><div><dt>What to do</dt><dd>${plain(card.next)}</dd></div><div><dt>Trace</dt><dd><code>${plain(card.traceId)}</code> <span class="sub">${plain(card.code)}</span></dd></div></dl>
  ${renderButtonRow(place, card.buttons)}`
