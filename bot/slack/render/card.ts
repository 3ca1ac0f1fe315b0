import type { types } from '@slack/bolt'
import type { Card } from '../../../schemas/generated/card.ts'
import { pressable, renderText } from '../../chat/render-text.ts'
import { escaped } from '../text.ts'
import { renderBlueprint } from './blueprint.ts'
import { renderDeployed, renderFailed, renderProgress } from './build.ts'
import { actions } from './buttons.ts'
import { renderList } from './list.ts'
import { type Part, short, small } from './parts.ts'
import { fitsInline, renderDiff, renderFile, renderMessage, renderQuestion } from './talk.ts'

/** A file that goes with a message into its thread. */
export type Attached = { name: string; text: string }

/** What a message needs beside its blocks. */
export type Needs = {
  picture?: { id: string; alt: string } | undefined
  files: Attached[]
  download?: { id: string; name: string } | undefined
}

export type Rendered = { text: string; blocks: types.KnownBlock[]; needs: Needs }

/** What became of what a card needs: the picture's file at Slack; whether files may be attached. */
export type Ready = {
  picture?: string | undefined
  files: boolean
  /** Where the rest is found, in a message that nothing can be attached to. */
  hint?: string | undefined
}

/** Text for notifications and screen readers; Slack recommends at most 4,000 characters and cuts at 40,000. */
const FALLBACK = 3_500
/** Files attached one by one; more of them come as one. */
const FILES = 8

const partOf = (card: Card, key: string): Part => {
  switch (card.kind) {
    case 'message':
      return renderMessage(card)
    case 'question':
      return renderQuestion(card)
    case 'blueprint':
      return renderBlueprint(card)
    case 'progress':
      return renderProgress(card)
    case 'deployed':
      return renderDeployed(card)
    case 'failed':
      return renderFailed(card)
    case 'list':
      return renderList(card, key)
    case 'diff':
      return renderDiff(card)
    case 'file':
      return renderFile(card)
  }
}

/** Only the local platforms show where secrets lie. */
const shareable = (card: Card): Card => {
  if (card.kind !== 'deployed') return card
  const { setupTokenFile: _token, webhookSecretFiles: _secrets, ...rest } = card
  return rest
}

const baseName = (path: string): string => path.split('/').at(-1) || 'file.txt'

const filesOf = (card: Card, left: number): Attached[] => {
  if (card.kind === 'file') {
    if (fitsInline(card) || card.files.length === 0) return []
    if (card.files.length <= FILES)
      return card.files.map((file) => ({ name: short(baseName(file.path), 100).text, text: file.text || '\n' }))
    return [{ name: 'files.txt', text: card.files.map((file) => `--- ${file.path}\n${file.text}`).join('\n\n') }]
  }
  return left > 0 ? [{ name: `${card.kind}.md`, text: renderText(shareable(card)) }] : []
}

/** Returns the fallback of a message with blocks, escaped, at most 4,000 characters long. */
export const fallbackOf = (card: Card): string => short(escaped(renderText(shareable(card))), FALLBACK).text || '…'

const moreLine = (card: Card, left: number, ready: Ready): Part[] => {
  if (card.kind === 'file' || left === 0) return []
  const name = `${card.kind}.md`
  if (ready.hint) return [small(`${left} more: ${ready.hint}`)]
  if (ready.files) return [small(`📎 ${left} more in ${name}, which has all of this as text`)]
  return [small(`${left} more would be in ${name}, but the app may not attach files (scope files:write).`)]
}

const noFiles = (card: Card, needs: Needs, ready: Ready): Part[] =>
  card.kind === 'file' && !ready.files && (needs.files.length > 0 || needs.download)
    ? [small('The app may not attach files (scope files:write): the web chat shows and downloads them.')]
    : []

/**
 * Returns a card as a message of Slack: blocks within every limit, text for where blocks are not read, and the files
 * that carry what did not fit. Nothing is left out without a line that says where it is.
 */
export const renderCard = (card: Card, key: string, ready: Ready): Rendered => {
  const shown = shareable(card)
  const part = partOf(shown, key)
  const picture = shown.kind === 'blueprint' ? shown.picture : undefined
  const alt = picture ? short(picture.alt, 1_000).text || 'The components, drawn.' : ''
  const needs: Needs = {
    picture: picture && { id: picture.id, alt },
    files: filesOf(shown, part.left),
    download: shown.kind === 'file' ? shown.download : undefined,
  }
  const pictured: types.KnownBlock[] = !picture
    ? []
    : ready.picture
      ? [{ type: 'image', alt_text: alt, slack_file: { id: ready.picture } }]
      : small(`Picture: ${alt}`, 1_200).blocks
  const blocks = [
    ...part.blocks,
    ...pictured,
    ...[...moreLine(shown, part.left, ready), ...noFiles(shown, needs, ready)].flatMap((more) => more.blocks),
    ...(shown.kind === 'list' || pressable(shown).length > 0 ? actions(pressable(shown), key) : []),
  ]
  return { text: fallbackOf(card), blocks, needs }
}

/** Returns a card's words and buttons in the two oldest kinds of blocks. */
export const renderPlainly = (card: Card, key: string): types.KnownBlock[] => [
  { type: 'section', text: { type: 'plain_text', text: short(renderText(shareable(card)), 2_900).text, emoji: false } },
  ...actions(pressable(card), key),
]
