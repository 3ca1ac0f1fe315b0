import { ButtonStyle, ComponentType } from 'discord.js'
import type { Button } from '../../../schemas/generated/card.ts'
import { oneLine, plain } from '../../chat/plain.ts'
import { pressId } from '../press-id.ts'

export type Controls = {
  rows: Record<string, unknown>[]
  /** Lines about what could not become a control. */
  notes: string[]
  /** What the attached file says besides. */
  elsewhere: string[]
  cut: boolean
}

/** Discord: 5 buttons a row, 25 choices a list, 80 characters a label, 100 a choice, 512 an address. */
const ROW = 5
const LIST = 25
const LABEL = 80
const ADDRESS = 512
/** More than two rows of buttons are a wall on a phone: they become lists. */
const BUTTONS = 10
const LISTS = 3

const styles = {
  primary: ButtonStyle.Primary,
  plain: ButtonStyle.Secondary,
  danger: ButtonStyle.Danger,
} as const

const chunks = <Item>(items: readonly Item[], size: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size))

const isAddress = (url: string): boolean =>
  url.length <= ADDRESS && URL.canParse(url) && /^https?:\/\/[^\s/]+/.test(url)

/** Returns the rows of buttons of a card, or lists to choose from where there are many. */
export const controlsOf = (key: string, buttons: readonly Button[]): Controls =>
  laidOut(key, buttons, { name: 'choose', placeholder: 'Choose', most: BUTTONS })

/** Returns lists to choose from, also where buttons would have room. */
export const listsOf = (key: string, buttons: readonly Button[], placeholder: string): Controls =>
  laidOut(key, buttons, { name: 'with', placeholder, most: 0 })

/** `most` are how many stand as buttons; `name` tells the lists of one message apart. */
const laidOut = (
  key: string,
  buttons: readonly Button[],
  { name, placeholder, most }: { name: string; placeholder: string; most: number },
): Controls => {
  const seen = new Set<string>()
  const notes: string[] = []
  const elsewhere: string[] = []
  let cut = false
  const label = (text: string, limit: number): string => {
    const line = oneLine(text, limit)
    if (line.endsWith('…') && !text.trimEnd().endsWith('…')) cut = true
    return line || '…'
  }
  const usable = buttons.filter((button) => {
    if (button.url !== undefined) {
      if (isAddress(button.url)) return true
      elsewhere.push(`${plain(button.label)}: ${plain(button.url)}`)
      return false
    }
    const id = pressId(key, button)
    if (seen.has(id)) return false
    seen.add(id)
    return true
  })
  if (elsewhere.length > 0) {
    notes.push(`-# ${elsewhere.length} ${elsewhere.length > 1 ? 'addresses do' : 'address does'} not fit on a button`)
    cut = true
  }
  if (usable.length <= most) {
    const rows = chunks(usable, ROW).map((row) => ({
      type: ComponentType.ActionRow,
      components: row.map((button) => ({
        type: ComponentType.Button,
        label: label(button.label, LABEL),
        ...(button.url === undefined
          ? { style: styles[button.style], custom_id: pressId(key, button) }
          : { style: ButtonStyle.Link, url: button.url }),
      })),
    }))
    return { rows, notes, elsewhere, cut }
  }
  const lists = chunks(
    usable.filter((button) => button.url === undefined),
    LIST,
  )
  const missing = [...lists.slice(LISTS).flat(), ...usable.filter((button) => button.url !== undefined)]
  if (missing.length > 0) {
    notes.push(`-# ${missing.length} more to choose from: write it in words`)
    elsewhere.push(...missing.map((button) => plain([button.label, button.url].filter(Boolean).join(': '))))
    cut = true
  }
  const rows = lists.slice(0, LISTS).map((list, index) => ({
    type: ComponentType.ActionRow,
    components: [
      {
        type: ComponentType.StringSelect,
        custom_id: `${name}.${index}`,
        placeholder:
          lists.length > 1 ? `${placeholder} (${index + 1} of ${Math.min(lists.length, LISTS)})` : placeholder,
        options: list.map((button) => ({ label: label(button.label, 100), value: pressId(key, button) })),
      },
    ],
  }))
  return { rows, notes, elsewhere, cut }
}
