import type { types } from '@slack/bolt'
import type { Button } from '../../../schemas/generated/card.ts'
import { oneLine } from '../../chat/plain.ts'
import { short } from './parts.ts'

/** What a button carries, so that a press can be read by any process, days later. */
export type Carried = {
  key: string
  button: string
  value?: string
  ask?: string
  /** Whether a person is asked for instead of words. */
  person?: boolean
  thread?: string
}

const ROW = 25
const URL_LENGTH = 3000
const ASK = 300
/** Rows of 25; a card has a handful of buttons. */
const ROWS = 2

export const carry = ({ key, button, value, ask, person, thread }: Carried): string =>
  JSON.stringify({
    k: key,
    b: button,
    ...(value === undefined ? {} : { v: value }),
    ...(ask ? { a: short(ask, ASK).text } : {}),
    ...(person ? { p: 1 } : {}),
    ...(thread ? { t: thread } : {}),
  })

/** Returns what a button carried, or undefined where it is none of ours. */
export const carried = (value: string | undefined): Carried | undefined => {
  try {
    const read = JSON.parse(value ?? '') as Record<string, unknown>
    const text = (name: string): string | undefined => (typeof read[name] === 'string' ? read[name] : undefined)
    const [key, button] = [text('k'), text('b')]
    if (!key || !button) return undefined
    return { key, button, value: text('v'), ask: text('a'), person: read.p === 1, thread: text('t') }
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
        : {
            value: carry({
              key,
              button: button.id,
              value: button.value,
              ask: button.ask,
              person: button.pick === 'person',
            }),
          }),
    }))

/** Of a list to choose from: its choices, and the characters of a choice's words and of what it carries. */
const CHOICES = 100
const WORDS = 75
const CARRIED = 150

/**
 * Returns one list to choose from in place of a button at each of many things, or undefined where it would not hold all
 * of them: they have none or several buttons each, they want words first, or what they carry is too long.
 */
export const chooser = (
  placeholder: string,
  things: readonly { title: string; text?: string | undefined; buttons?: readonly Button[] | undefined }[],
  key: string,
): types.ActionsBlock | undefined => {
  const options = things.map(({ title, text, buttons = [] }): types.PlainTextOption | undefined => {
    const [button] = buttons
    if (!button || buttons.length > 1 || button.url !== undefined || button.ask !== undefined) return undefined
    const value = carry({ key, button: button.id, ...(button.value === undefined ? {} : { value: button.value }) })
    if (value.length > CARRIED) return undefined
    const about = short(oneLine(text ?? ''), WORDS).text
    return {
      text: { type: 'plain_text', text: short(oneLine(title), WORDS).text || '–', emoji: false },
      value,
      ...(about ? { description: { type: 'plain_text', text: about, emoji: false } } : {}),
    }
  })
  const all = options.filter((option) => option !== undefined)
  if (all.length === 0 || all.length < options.length || all.length > CHOICES) return undefined
  return {
    type: 'actions',
    elements: [
      {
        type: 'static_select',
        action_id: 'choose:0',
        placeholder: { type: 'plain_text', text: short(placeholder, 150).text || 'Choose', emoji: false },
        options: all,
      },
    ],
  }
}

/** Returns the rows of a card's buttons; none where there are none. */
export const actions = (buttons: readonly Button[], key: string): types.ActionsBlock[] => {
  const elements = toElements(buttons, key)
  const rows = Math.min(ROWS, Math.ceil(elements.length / ROW))
  return Array.from({ length: rows }, (_, row) => ({
    type: 'actions',
    elements: elements.slice(row * ROW, (row + 1) * ROW),
  }))
}
