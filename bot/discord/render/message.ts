import type { MessageCard, QuestionCard } from '../../../schemas/generated/card.ts'
import { pressable, renderText } from '../../chat/render-text.ts'
import { colors } from './colors.ts'
import type { Face } from './face.ts'
import { createPen } from './pen.ts'

const tones = { plain: colors.plain, good: colors.good, warning: colors.warning, refusal: colors.bad } as const
const signs = { plain: '', good: '', warning: '⚠️ ', refusal: '' } as const

/** Returns words, with their code in a block. */
export const messageFace = (card: MessageCard): Face => {
  const pen = createPen()
  const code = card.code?.trim() ? pen.block(card.code, 1_400) : undefined
  const [first = '', ...rest] = pen.lines(card.text)
  return {
    color: card.busy ? colors.blue : tones[card.tone],
    head: [`${signs[card.tone]}${card.busy ? '⏳ ' : ''}${first}`],
    sections: [{ lines: rest }],
    code,
    full: { name: 'message.txt', text: renderText(card) },
    cut: pen.cut(),
    buttons: card.buttons ?? [],
  }
}

/** Returns a question with its choices as buttons, or with the answer that was given. */
export const questionFace = (card: QuestionCard): Face => {
  const pen = createPen()
  const [first = '', ...rest] = pen.lines(card.text)
  const answered = card.answer
    ? [
        `Answered: **${pen.words(card.answer.label, 300)}**${card.answer.by ? ` by ${pen.words(card.answer.by, 100)}` : ''}`,
      ]
    : card.withdrawn
      ? ['-# No longer needed']
      : []
  return {
    color: card.answer || card.withdrawn ? colors.plain : colors.blue,
    head: [first],
    sections: [{ lines: rest }],
    foot: answered,
    full: { name: 'question.txt', text: renderText(card) },
    cut: pen.cut(),
    buttons: pressable(card),
  }
}
