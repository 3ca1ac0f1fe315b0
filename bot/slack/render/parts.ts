import type { types } from '@slack/bolt'
import { oneLine, plain } from '../../chat/plain.ts'

type Block = types.KnownBlock
type RichElement = types.RichTextBlockElement
type Inline = types.RichTextSection['elements'][number]

/**
 * A part of a card: its blocks, and how many things it left out. Words of people only ever stand in `rich_text` and
 * `plain_text`, where Slack reads no notation: no mention, no link, no markup.
 */
export type Part = { blocks: Block[]; left: number }

/** Where Slack ends a header. */
const HEADER = 150

/** Returns a text of at most `limit` UTF-16 units (as Slack counts), ended by an ellipsis where it was longer. */
export const short = (text: string, limit: number): { text: string; cut: boolean } => {
  const clean = plain(text).trim()
  if (clean.length <= limit) return { text: clean, cut: false }
  // Never between the halves of a character.
  return { text: `${clean.slice(0, limit - 1).replace(/[\ud800-\udbff]$/, '')}…`, cut: true }
}

const line = (text: string, limit: number): { text: string; cut: boolean } =>
  short(oneLine(text, Number.POSITIVE_INFINITY), limit)

/** Slack refuses empty texts. */
const filled = (text: string): string => text || '–'

export const words = (text: string, style?: types.RichTextStyleable['style']): Inline => ({
  type: 'text',
  text: filled(text),
  ...(style ? { style } : {}),
})

export const section = (...elements: Inline[]): types.RichTextSection => ({ type: 'rich_text_section', elements })

export const rich = (...elements: RichElement[]): Block => ({ type: 'rich_text', elements })

export const header = (text: string): Part => {
  const { text: shown, cut } = line(text, HEADER)
  return {
    blocks: [{ type: 'header', text: { type: 'plain_text', text: filled(shown), emoji: false } }],
    left: cut ? 1 : 0,
  }
}

/** Returns small grey words. */
export const small = (text: string, limit = 400): Part => {
  const { text: shown, cut } = line(text, limit)
  return {
    blocks: [{ type: 'context', elements: [{ type: 'plain_text', text: filled(shown), emoji: false }] }],
    left: cut ? 1 : 0,
  }
}

export const paragraph = (text: string, limit: number, style?: types.RichTextStyleable['style']): Part => {
  const { text: shown, cut } = short(text, limit)
  return { blocks: [rich(section(words(shown, style)))], left: cut ? 1 : 0 }
}

export const code = (text: string, limit: number): Part => {
  const { text: shown, cut } = short(text.trimEnd(), limit)
  return {
    blocks: [rich({ type: 'rich_text_preformatted', elements: [{ type: 'text', text: filled(shown) }] })],
    left: cut ? 1 : 0,
  }
}

export type Item = string | { code: string; text: string }

/** Returns a bold title and a list below it: `most` items of at most `limit` characters each; nothing where it is empty. */
export const bullets = (title: string, items: readonly Item[], most: number, limit: number): Part => {
  if (items.length === 0) return { blocks: [], left: 0 }
  let left = Math.max(0, items.length - most)
  const rows = items.slice(0, most).map((item) => {
    if (typeof item === 'string') {
      const { text, cut } = line(item, limit)
      if (cut) left += 1
      return section(words(text))
    }
    const marked = line(item.code, limit)
    const { text, cut } = line(item.text, limit)
    if (cut || marked.cut) left += 1
    return section(words(marked.text, { code: true }), words(`  ${text}`))
  })
  return {
    blocks: [
      rich(...(title ? [section(words(title, { bold: true }))] : []), {
        type: 'rich_text_list',
        style: 'bullet',
        elements: rows,
      }),
    ],
    left,
  }
}

/** Returns a bold title and lines below it that bring marks of their own, such as ticks. */
export const lines = (title: string, items: readonly string[], most: number, limit: number): Part => {
  if (items.length === 0) return { blocks: [], left: 0 }
  const shown = items.slice(0, most).map((item) => line(item, limit))
  return {
    blocks: [rich(section(words(title, { bold: true })), section(words(shown.map(({ text }) => text).join('\n'))))],
    left: Math.max(0, items.length - most) + shown.filter(({ cut }) => cut).length,
  }
}

/** Returns a text behind its bold name. */
export const named = (name: string, text: string, limit: number): Part => {
  const { text: shown, cut } = short(text, limit)
  return { blocks: [rich(section(words(`${name}: `, { bold: true }), words(shown)))], left: cut ? 1 : 0 }
}

export const joined = (...parts: Part[]): Part => ({
  blocks: parts.flatMap((part) => part.blocks),
  left: parts.reduce((sum, part) => sum + part.left, 0),
})
