import type { DiffCard, FileCard, MessageCard, QuestionCard } from '../../../schemas/generated/card.ts'
import { riskText } from '../../chat/render-text.ts'
import { bullets, code, header, joined, type Part, paragraph, small } from './parts.ts'

const marks = { plain: '', good: '✅ ', warning: '⚠️ ', refusal: '🚫 ' } as const

/** Where Slack shows the end of a button's label as an ellipsis: longer choices are listed above the buttons. */
const LABEL = 30
/** Files that are shown in the thread itself: few and short; others are attached. */
const INLINE_FILES = 3
const INLINE_TEXT = 2_400

export const renderMessage = (card: MessageCard): Part =>
  joined(
    paragraph(`${card.busy ? '⏳ ' : marks[card.tone]}${card.text}`, 5_000),
    ...(card.code ? [code(card.code, 2_500)] : []),
  )

export const renderQuestion = (card: QuestionCard): Part =>
  joined(
    paragraph(card.text, 3_000, card.answer || card.withdrawn ? undefined : { bold: true }),
    ...(card.choices.some((choice) => choice.label.length > LABEL) && !card.answer && !card.withdrawn
      ? [
          bullets(
            '',
            card.choices.map((choice) => choice.label),
            10,
            300,
          ),
        ]
      : []),
    ...(card.answer ? [small(`✓ ${card.answer.label}${card.answer.by ? ` (${card.answer.by})` : ''}`)] : []),
    ...(card.withdrawn && !card.answer ? [small('No longer asked.')] : []),
  )

export const renderDiff = (card: DiffCard): Part =>
  joined(
    header(card.title),
    ...(card.from !== undefined && card.to !== undefined ? [small(`Blueprint ${card.from} to ${card.to}`)] : []),
    bullets('', card.changes.map(riskText), 20, 200),
    ...(card.changes.length === 0 ? [small('Nothing changes.')] : []),
  )

/** Returns whether a card's files fit into the message. */
export const fitsInline = (card: FileCard): boolean =>
  card.files.length <= INLINE_FILES && card.files.reduce((sum, file) => sum + file.text.length, 0) <= INLINE_TEXT

export const renderFile = (card: FileCard): Part =>
  joined(
    header(card.title),
    ...(card.text ? [paragraph(card.text, 1_500)] : []),
    ...(fitsInline(card)
      ? card.files.flatMap((file) => [
          small(`${file.path}${file.cut ? ' (only the beginning)' : ''}`),
          code(file.text, INLINE_TEXT),
        ])
      : [
          bullets(
            'Attached',
            card.files.map((file) => `${file.path}${file.cut ? ' (only the beginning)' : ''}`),
            20,
            120,
          ),
        ]),
  )
