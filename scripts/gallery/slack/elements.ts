import type { types } from '@slack/bolt'
import { type Html, html } from '../../../bot/web/html.ts'
import { withEmoji } from '../emoji.ts'
import { renderMrkdwn } from './mrkdwn.ts'

export const renderText = (text: types.PlainTextElement | types.MrkdwnElement): Html =>
  text.type === 'mrkdwn' ? renderMrkdwn(text.text) : withEmoji(text.text)

const button = ({ text, style, url }: types.Button): Html => {
  const inside = html`<span class="label">${withEmoji(text.text)}</span>`
  return url
    ? html`<a class="button ${style ?? 'default'}" href="${url}" target="_blank" rel="noopener noreferrer">${inside}</a>`
    : html`<button type="button" class="button ${style ?? 'default'}">${inside}</button>`
}

/** A list to choose from, closed, with what was chosen before. */
const chooser = (words: string): Html => html`<button type="button" class="chooser">${withEmoji(words)}</button>`

/** Returns something to press or to fill in. Throws where the gallery has never seen its kind. */
export const renderElement = (element: { type: string }, label = ''): Html => {
  switch (element.type) {
    case 'button':
      return button(element as types.Button)
    case 'static_select': {
      const { placeholder, initial_option } = element as types.StaticSelect
      return chooser(initial_option?.text.text ?? placeholder?.text ?? 'Choose an option')
    }
    case 'conversations_select':
    case 'channels_select': {
      const { placeholder } = element as types.ConversationsSelect
      return chooser(placeholder?.text ?? '# building')
    }
    case 'users_select':
      return chooser((element as types.UsersSelect).placeholder?.text ?? 'Choose a person')
    case 'overflow':
      return html`<button type="button" class="button default more" aria-label="More">⋯</button>`
    case 'plain_text_input': {
      const { multiline, placeholder, initial_value } = element as types.PlainTextInput
      return multiline
        ? html`<textarea rows="4" aria-label="${label}" placeholder="${placeholder?.text ?? ''}">${initial_value ?? ''}</textarea>`
        : html`<input type="text" aria-label="${label}" placeholder="${placeholder?.text ?? ''}" value="${initial_value ?? ''}">`
    }
    case 'image': {
      const { alt_text } = element as types.ImageElement
      return html`<img class="thumb" src="/pictures/story.png" alt="${alt_text}">`
    }
    default:
      throw new Error(`The gallery does not know Slack's element ${element.type}`)
  }
}
