import type { CardItem, ListCard } from '../../../schemas/generated/card.ts'
import { oneLine } from '../../chat/plain.ts'
import { chooser, toElements } from './buttons.ts'
import { header, joined, type Part, paragraph, rich, section, short, small, words } from './parts.ts'

const marks = { good: '🟢', busy: '🔵', idle: '⚪', bad: '🔴' } as const

/** Items of one message: each takes up to two of its 50 blocks. */
const MOST = 15
const DETAILS = 3
/** Characters that people read in all items together; with the title, the text and the buttons of a list it stays within 10,000. */
const ROOM = 6_500

const item = (entry: CardItem, key: string, index: number, chosenBelow: boolean): Part => {
  const title = short(entry.title, 100)
  const text = short(entry.text ?? '', 200)
  const details = (entry.details ?? []).slice(0, DETAILS).map((line) => short(oneLine(line, 400), 200))
  const buttons = chosenBelow ? [] : toElements((entry.buttons ?? []).slice(0, 5), key, `${index}-`)
  const link = entry.url && /^https?:\/\//.test(entry.url) && entry.url.length <= 500 ? entry.url : undefined
  return {
    blocks: [
      rich(
        section(
          words(`${entry.state ? `${marks[entry.state]} ` : ''}${title.text}`, { bold: true }),
          ...(text.text ? [words(`  ${text.text}`)] : []),
          ...details.map((line) => words(`\n${line.text}`, { italic: true })),
          ...(link ? [words('\n'), { type: 'link' as const, url: link }] : []),
        ),
      ),
      ...(buttons.length > 0 ? [{ type: 'actions' as const, elements: buttons }] : []),
    ],
    left: title.cut || text.cut || details.some((line) => line.cut) ? 1 : 0,
  }
}

/** The characters that count into a message: words, labels of buttons, their values, and what they ask before they act. */
const weight = (value: unknown, key = ''): number => {
  if (typeof value === 'string') return /^(?:text|title|alt_text|value|url|label)$/.test(key) ? value.length : 0
  if (typeof value !== 'object' || value === null) return 0
  return Object.entries(value).reduce((sum, [name, part]) => sum + weight(part, Array.isArray(value) ? key : name), 0)
}

/** The first items of which no more is read than there is room for. */
const fitting = (items: readonly Part[]): Part[] => {
  let room = ROOM
  const shown = items.findIndex(({ blocks }) => {
    room -= weight(blocks)
    return room < 0
  })
  return shown < 0 ? [...items] : items.slice(0, shown)
}

/** Returns several things; what can be done with them stands in one list below where they want to be chosen from. */
export const renderList = (card: ListCard, key: string): Part => {
  const below = card.choose === undefined ? undefined : chooser(card.choose, card.items, key)
  const items = fitting(card.items.slice(0, MOST).map((entry, index) => item(entry, key, index, below !== undefined)))
  return joined(
    header(card.title),
    ...(card.text ? [paragraph(card.text, 1_000)] : []),
    ...(card.items.length === 0 ? [small(card.empty)] : items),
    { blocks: below ? [below] : [], left: card.items.length - items.length },
  )
}
