import type { ProgressCard } from '../../../schemas/generated/card.ts'
import { inWords } from '../../chat/plain.ts'
import { marks, progressWords, renderText } from '../../chat/render-text.ts'
import { colors } from './colors.ts'
import type { Face } from './face.ts'
import { createPen } from './pen.ts'

const tones = {
  queued: colors.plain,
  running: colors.blue,
  cancelling: colors.warning,
  succeeded: colors.good,
  failed: colors.bad,
  cancelled: colors.plain,
} as const
const BAR = 12

/** Returns a build on its way: one bar, a line a stage. */
export const progressFace = (card: ProgressCard): Face => {
  const pen = createPen()
  const part = card.total > 0 ? Math.min(1, Math.max(0, card.done / card.total)) : 0
  const full = Math.round(part * BAR)
  const begun = card.startedAt ? Math.floor(Date.parse(card.startedAt) / 1_000) : Number.NaN
  const time =
    card.seconds !== undefined
      ? `-# ${inWords(card.seconds)}`
      : Number.isSafeInteger(begun)
        ? // Counts on by itself in the client.
          `-# began <t:${begun}:R>`
        : undefined
  return {
    color: tones[card.status],
    head: [
      `**${pen.words(card.title, 150)}**, build ${card.build}: ${progressWords[card.status]}`,
      `${'▰'.repeat(full)}${'▱'.repeat(BAR - full)} ${Math.round(part * 100)} %`,
    ],
    sections: [
      {
        lines: card.stages.map((stage) => {
          const step = stage.step && stage.state === 'running' ? `: ${pen.words(stage.step, 160)}` : ''
          const took = stage.seconds !== undefined && stage.state !== 'running' ? ` · ${inWords(stage.seconds)}` : ''
          return `${marks[stage.state]} ${pen.words(stage.label, 80)}${step}${took}`
        }),
        most: 12,
      },
    ],
    foot: time ? [time] : [],
    full: { name: 'progress.txt', text: renderText(card) },
    cut: pen.cut(),
    buttons: card.buttons,
  }
}
