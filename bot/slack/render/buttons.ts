import type { types } from '@slack/bolt'
import type { Button } from '../../../schemas/generated/card.ts'
import { oneLine } from '../../chat/plain.ts'
import { short } from './parts.ts'

/** What a button carries, so that a press can be read by any process, days later. */
export type Carried = { key: string; button: string; value?: string; ask?: string; thread?: string }

const ROW = 25
const URL_LENGTH = 3000
const ASK = 300
/** Rows of 25; a card has a handful of buttons. */
const ROWS = 2

export const carry = ({ key, button, value, ask, thread }: Carried): string =>
  JSON.stringify({
    k: key,
    b: button,
    ...(value === undefined ? {} : { v: value }),
    ...(ask ? { a: short(ask, ASK).text } : {}),
    ...(thread ? { t: thread } : {}),
  })

/** Returns what a button carried, or undefined where it is none of ours. */
export const carried = (value: string | undefined): Carried | undefined => {
  try {
    const read = JSON.parse(value ?? '') as Record<string, unknown>
    const text = (name: string): string | undefined => (typeof read[name] === 'string' ? read[name] : undefined)
    const [key, button] = [text('k'), text('b')]
    if (!key || !button) return undefined
    return { key, button, value: text('v'), ask: text('a'), thread: text('t') }
  } catch {
    return undefined
  }
}

const linked = (url: string | undefined): url is string =>
  url !== undefined && url.length <= URL_LENGTH && /^https?:\/\//.test(url)

/** Returns buttons as Slack shows them; `at` makes their action ids unique in the message. */
export const toElements = (buttons: readonly Button[], key: string, at = ''): types.Button[] =>
  buttons
    .filter((button) => button.url === undefined || linked(button.url))
    .map((button, index) => ({
      type: 'button',
      action_id: `${button.url ? 'link' : button.ask ? 'ask' : 'press'}:${at}${index}:${button.id}`,
      text: { type: 'plain_text', text: short(oneLine(button.label), 75).text || button.id, emoji: false },
      ...(button.style === 'plain' ? {} : { style: button.style }),
      ...(button.url
        ? { url: button.url }
        : { value: carry({ key, button: button.id, value: button.value, ask: button.ask }) }),
    }))

/** Returns the rows of a card's buttons; none where there are none. */
export const actions = (buttons: readonly Button[], key: string): types.ActionsBlock[] => {
  const elements = toElements(buttons, key)
  const rows = Math.min(ROWS, Math.ceil(elements.length / ROW))
  return Array.from({ length: rows }, (_, row) => ({
    type: 'actions',
    elements: elements.slice(row * ROW, (row + 1) * ROW),
  }))
}
