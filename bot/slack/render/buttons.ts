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

/** Of a list to choose from: its choices, and the characters of a choice's words and of its value; an action's id. */
const CHOICES = 100
const WORDS = 75
const ACTION = 255
const CHOOSE = 'choose:'

/** Returns what was chosen, as a press: the list's id names button and card, the choice is the value. */
export const chosen = (action: {
  action_id?: string
  selected_option?: { value?: string } | null
}): Carried | undefined => {
  const found = /^choose:([a-z][a-z0-9-]*):(.+)$/s.exec(action.action_id ?? '')
  const value = action.selected_option?.value
  return found && value !== undefined ? { button: found[1]!, key: found[2]!, value } : undefined
}

/**
 * Returns one list to choose from in place of a button at each of many things, or undefined where it would not hold all
 * of them: they have none or several buttons each or different ones, they want words first, or a value is too long.
 */
export const chooser = (
  placeholder: string,
  things: readonly { title: string; text?: string | undefined; buttons?: readonly Button[] | undefined }[],
  key: string,
): types.ActionsBlock | undefined => {
  const id = things[0]?.buttons?.[0]?.id
  const fits = things.every(
    ({ buttons: [button, ...others] = [] }) =>
      button?.id === id &&
      others.length === 0 &&
      button?.url === undefined &&
      button?.ask === undefined &&
      (button?.value ?? '').length <= WORDS &&
      (button?.value ?? '') !== '',
  )
  const action = `${CHOOSE}${id}:${key}`
  if (id === undefined || !fits || things.length > CHOICES || action.length > ACTION) return undefined
  const words = (text: string): types.PlainTextElement => ({
    type: 'plain_text',
    text: short(oneLine(text), WORDS).text || '–',
    emoji: false,
  })
  const options = things.map(
    ({ title, text, buttons }): types.PlainTextOption => ({
      text: words(title),
      value: buttons![0]!.value!,
      ...(oneLine(text ?? '') ? { description: words(text!) } : {}),
    }),
  )
  return {
    type: 'actions',
    elements: [
      {
        type: 'static_select',
        action_id: action,
        placeholder: { type: 'plain_text', text: short(placeholder, 150).text || 'Choose', emoji: false },
        options,
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
