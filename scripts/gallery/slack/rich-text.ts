import type { types } from '@slack/bolt'
import { type Html, html } from '../../../bot/web/html.ts'
import { dayAndTime, sinceWords } from '../clock.ts'
import { withEmoji } from '../emoji.ts'
import { linkTo } from '../markdown.ts'

type Inline = types.RichTextElement

const mention = (name: string): Html => html`<span class="mention">${name}</span>`

const bare = (element: Inline): Html => {
  switch (element.type) {
    case 'text':
      return withEmoji(element.text)
    case 'link':
      return linkTo(element.url, element.text ?? element.url)
    case 'emoji':
      return withEmoji(`:${element.name}:`)
    case 'date': {
      const at = new Date(element.timestamp * 1000).toISOString()
      return html`<time datetime="${at}">${element.format.includes('{ago}') ? sinceWords(at) : dayAndTime(at)}</time>`
    }
    case 'color':
      return html`<code>${element.value}</code>`
    case 'user':
      return mention(`@${element.user_id}`)
    case 'usergroup':
      return mention(`@${element.usergroup_id}`)
    case 'team':
      return mention(`@${element.team_id}`)
    case 'channel':
      return mention(`#${element.channel_id}`)
    case 'broadcast':
      return mention(`@${element.range}`)
  }
}

const inline = (element: Inline): Html => {
  const { style } = element
  let shown = bare(element)
  if (style?.code) shown = html`<code>${shown}</code>`
  if (style?.bold) shown = html`<strong>${shown}</strong>`
  if (style?.italic) shown = html`<em>${shown}</em>`
  if (style?.underline) shown = html`<u>${shown}</u>`
  if (style?.strike) shown = html`<s>${shown}</s>`
  return shown
}

const part = (element: types.RichTextBlockElement): Html => {
  switch (element.type) {
    case 'rich_text_section':
      return html`<p>${element.elements.map(inline)}</p>`
    case 'rich_text_preformatted':
      return html`<pre tabindex="0"><code>${element.elements.map(inline)}</code></pre>`
    case 'rich_text_quote':
      return html`<blockquote>${element.elements.map(inline)}</blockquote>`
    case 'rich_text_list': {
      const items = element.elements.map((item) => html`<li>${item.elements.map(inline)}</li>`)
      return element.style === 'ordered' ? html`<ol>${items}</ol>` : html`<ul>${items}</ul>`
    }
  }
}

/** Returns a block of rich text; no sign in its words is markup. */
export const renderRichText = (block: types.RichTextBlock): Html =>
  html`<div class="rich">${block.elements.map(part)}</div>`
