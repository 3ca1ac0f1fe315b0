import type { BlueprintCard } from '../../../schemas/generated/card.ts'
import { ownFirst } from '../../chat/endpoints.ts'
import { pendingText, readingText, renderText, riskText } from '../../chat/render-text.ts'
import { colors } from './colors.ts'
import type { Face, Section } from './face.ts'
import { createPen, type Pen } from './pen.ts'

/** Returns what will be built, in the order in which somebody decides on it: what, for whom, what it was taken for. */
export const blueprintFace = (card: BlueprintCard, picture: Uint8Array | undefined): Face => {
  const pen = createPen()
  const open = card.status === 'proposed'
  const list = (title: string, items: string[], most: number): Section => ({
    title,
    lines: items.map((item) => `- ${pen.words(item, 300)}`),
    most,
  })
  return {
    color: open
      ? card.warning
        ? colors.warning
        : colors.blue
      : card.status === 'approved'
        ? colors.good
        : colors.plain,
    head: [
      `### ${pen.words(card.title, 150)}`,
      `-# ${pen.words(card.system, 80)} · blueprint ${card.revision}${card.change ? ' · a change' : ''}`,
      ...(open && card.warning ? [`⚠️ **${pen.words(card.warning, 400)}**`] : []),
      ...(pendingText(card) ? [`**${pen.words(pendingText(card)!, 600)}**`] : []),
    ],
    sections: [
      { lines: card.summary.map((line) => pen.words(line, 400)), most: 6 },
      list('What changes', card.changes.map(riskText), 10),
      list('What it stores', card.stores, 8),
      list('Who may do what', card.people, 8),
      list('Rules', card.rules ?? [], 8),
      list('Your words, one by one', (card.readings ?? []).map(readingText), 10),
      {
        title: 'Addresses',
        lines: ownFirst(card.endpoints).map(
          ({ method, path, text, who }) =>
            `- ${pen.code(`${method} ${path}`, 150)} ${pen.words(text, 120)} (${pen.words(who, 80)})`,
        ),
        // Whoever said several sentences looks for these.
        most: card.readings ? 0 : 5,
      },
      list('Assumed', card.assumptions, 6),
      list('Not carried', card.notCarried, 6),
    ],
    foot: decision(card, pen),
    picture:
      card.picture && picture ? { file: { name: 'blueprint.png', data: picture }, alt: card.picture.alt } : undefined,
    full: { name: 'blueprint.md', text: renderText(card) },
    cut: pen.cut(),
    buttons: card.buttons,
  }
}

const decision = (card: BlueprintCard, pen: Pen): string[] => {
  if (card.status === 'proposed') return []
  if (card.status === 'superseded') return ['-# Replaced by a newer blueprint']
  const word = card.status === 'approved' ? '✅ Approved' : 'Turned down'
  if (!card.decided) return [word]
  const seconds = Math.floor(Date.parse(card.decided.at) / 1_000)
  // Discord shows the moment in the reader's own time zone.
  return [
    `${word} by **${pen.words(card.decided.by, 100)}**${Number.isSafeInteger(seconds) ? `, <t:${seconds}:f>` : ''}`,
  ]
}
