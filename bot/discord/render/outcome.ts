import type { CardCheck, DeployedCard, FailedCard } from '../../../schemas/generated/card.ts'
import { inWords } from '../../chat/plain.ts'
import { renderText } from '../../chat/render-text.ts'
import { colors } from './colors.ts'
import type { Face } from './face.ts'
import { createPen, type Pen } from './pen.ts'

const checkLine = (pen: Pen, check: CardCheck): string =>
  `${check.passed ? '✓' : '✕'} **${pen.words(check.name, 60)}** ${pen.words(check.summary, 160)} (${inWords(check.seconds)})`

/** A digest says enough with its beginning; other texts stay whole. */
const shortDigest = (release: string): string => release.replace(/^(sha256:[0-9a-f]{12})[0-9a-f]{52}$/, '$1')

/** Failed checks first: they are what somebody looks for, and the last ones may be in the file only. */
const checkLines = (pen: Pen, checks: readonly CardCheck[]): string[] =>
  [...checks].sort((one, other) => Number(one.passed) - Number(other.passed)).map((check) => checkLine(pen, check))

/** Returns a system that runs: its address, the evidence, a first call. Where secrets lie is no matter of a shared thread. */
export const deployedFace = (card: DeployedCard): Face => {
  const pen = createPen()
  const code = card.curl.trim() ? pen.block(card.curl, 1_200, 'sh') : undefined
  // The file may be passed on as the message may.
  const { setupTokenFile: _token, webhookSecretFiles: _secrets, ...shared } = card
  return {
    color: colors.good,
    head: [
      `### ${pen.words(card.title, 150)} is running`,
      pen.link(card.url),
      pen.link(card.docsUrl, 'Documentation'),
      `${card.failed > 0 ? '⚠️' : '✅'} ${card.passed} checks passed${card.failed > 0 ? `, ${card.failed} failed` : ''} · built in ${inWords(card.seconds)}`,
    ],
    sections: [
      { lines: checkLines(pen, card.checks), most: 8 },
      { lines: (card.secrets ?? []).map((line) => `-# ${pen.words(line, 300)}`), most: 3 },
      { lines: card.roles ? [`-# ${pen.words(card.roles, 400)}`] : [], most: 1 },
    ],
    code,
    foot: [`-# build ${card.build} · ${pen.words(shortDigest(card.release), 100)}`],
    full: { name: 'deployed.txt', text: renderText(shared) },
    cut: pen.cut(),
    buttons: card.buttons,
  }
}

/** Returns what went wrong: what happened, what is safe, what to press. */
export const failedFace = (card: FailedCard): Face => {
  const pen = createPen()
  const code = card.detail?.trim() ? pen.block(card.detail, 900) : undefined
  return {
    color: colors.bad,
    head: [
      `### ${pen.words(card.title, 150)}`,
      pen.words(card.happened, 500),
      `**Safe:** ${pen.words(card.safe, 300)}`,
      `**Next:** ${pen.words(card.next, 300)}`,
    ],
    sections: [{ lines: checkLines(pen, card.checks ?? []), most: 8 }],
    code,
    foot: [`-# ${pen.words(card.code, 60)} · trace ${pen.words(card.traceId, 60)}`],
    full: { name: 'failed.txt', text: renderText(card) },
    cut: pen.cut(),
    buttons: card.buttons,
  }
}
