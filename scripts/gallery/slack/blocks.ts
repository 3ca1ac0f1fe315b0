import type { types } from '@slack/bolt'
import { type Html, html } from '../../../bot/web/html.ts'
import { withEmoji } from '../emoji.ts'
import { renderMarkdown } from '../markdown.ts'
import { renderElement, renderText } from './elements.ts'
import { renderRichText } from './rich-text.ts'

/** Characters and lines of a section above which Slack folds it. */
const FOLD_LENGTH = 700
const FOLD_LINES = 6

const section = (block: types.SectionBlock): Html => {
  const text = block.text && html`<p class="text">${renderText(block.text)}</p>`
  const written = block.text?.text ?? ''
  const long = written.length > FOLD_LENGTH || written.split('\n').length > FOLD_LINES
  const shown =
    text && long && !block.expand
      ? html`<details class="fold"><summary><span class="begin">${text}</span><span class="more">See more</span></summary></details>`
      : text
  const fields =
    block.fields && html`<div class="fields">${block.fields.map((field) => html`<p>${renderText(field)}</p>`)}</div>`
  const accessory = block.accessory && html`<div class="accessory">${renderElement(block.accessory)}</div>`
  return html`<div class="section"><div class="body">${shown}${fields}</div>${accessory}</div>`
}

const states = {
  pending: 'waiting',
  in_progress: 'at work',
  complete: 'done',
  error: 'failed',
} as const

const task = (one: types.TaskCardBlock): Html => html`<li class="task ${one.status}">
  <span class="mark" role="img" aria-label="${states[one.status]}"></span>
  <div><p class="name">${withEmoji(one.title)}</p>${[one.details, one.output].map((words) => words && renderRichText(words))}</div>
</li>`

const cell = (content: types.TableBlock['rows'][number][number]): Html =>
  content.type === 'rich_text' ? renderRichText(content) : withEmoji(content.text)

const table = ({ rows: [head = [], ...rows] }: types.TableBlock): Html =>
  html`<div class="scroll" tabindex="0" role="region" aria-label="Table"><table>
    <thead><tr>${head.map((one) => html`<th scope="col">${cell(one)}</th>`)}</tr></thead>
    <tbody>${rows.map((row) => html`<tr>${row.map((one) => html`<td>${cell(one)}</td>`)}</tr>`)}</tbody>
  </table></div>`

const input = ({ label, hint, optional, element }: types.InputBlock): Html => html`<div class="input">
  <p class="field">${withEmoji(label.text)}${optional ? html` <span class="optional">(optional)</span>` : undefined}</p>
  ${renderElement(element, label.text)}
  ${hint && html`<p class="hint">${withEmoji(hint.text)}</p>`}
</div>`

/** Returns a block as Slack draws it. Throws where the gallery has never seen its kind, so that no card is half shown. */
export const renderBlock = (block: types.KnownBlock): Html => {
  switch (block.type) {
    case 'header':
      return html`<h3 class="header">${withEmoji(block.text.text)}</h3>`
    case 'section':
      return section(block)
    case 'context':
      return html`<div class="context">${block.elements.map((element) => (element.type === 'image' ? renderElement(element) : html`<p>${renderText(element)}</p>`))}</div>`
    case 'actions':
      return html`<div class="actions">${block.elements.map((element) => renderElement(element))}</div>`
    case 'divider':
      return html`<hr>`
    case 'image':
      return html`<figure>${block.title && html`<figcaption>${withEmoji(block.title.text)}</figcaption>`}<img src="/pictures/story.png" alt="${block.alt_text}"></figure>`
    case 'rich_text':
      return renderRichText(block)
    case 'markdown':
      return html`<div class="rich">${renderMarkdown(block.text, 'common')}</div>`
    case 'table':
      return table(block)
    case 'plan':
      return html`<details class="plan" open><summary>${withEmoji(block.title)}</summary><ul>${(block.tasks ?? []).map((one) => task(one as types.TaskCardBlock))}</ul></details>`
    case 'task_card':
      return html`<ul class="plan">${task(block)}</ul>`
    case 'input':
      return input(block)
    default:
      throw new Error(`The gallery does not know Slack's block ${block.type}`)
  }
}
