import type { BlueprintCard } from '../../../schemas/generated/card.ts'
import { ownFirst } from '../../chat/endpoints.ts'
import { pendingText, readingText, riskText } from '../../chat/render-text.ts'
import { bullets, header, joined, type Part, paragraph, small } from './parts.ts'

const ADDRESSES = 5

const stateOf = (card: BlueprintCard): string => {
  if (card.status === 'proposed') return 'waits for an answer'
  if (card.status === 'superseded') return 'replaced by a newer one'
  const word = card.status === 'approved' ? 'approved' : 'turned down'
  return card.decided ? `${word} by ${card.decided.by}` : word
}

/** The first addresses. The others are in the files that a button shows: they alone are no reason to attach one more. */
const addresses = (card: BlueprintCard): Part => {
  const part = bullets(
    card.endpoints.length === 1 ? '1 address' : `${card.endpoints.length} addresses`,
    ownFirst(card.endpoints).map((endpoint) => ({
      code: `${endpoint.method} ${endpoint.path}`,
      text: `${endpoint.text} (${endpoint.who})`,
    })),
    ADDRESSES,
    90,
  )
  const files = card.buttons.find(({ id }) => id === 'files')
  if (!files || part.left === 0) return part
  return joined({ blocks: part.blocks, left: 0 }, small(`All of them: press ${files.label}`))
}

/** Returns what will be built: plain words first, a handful of addresses, the rest in a file. */
export const renderBlueprint = (card: BlueprintCard): Part =>
  joined(
    header(card.title),
    small(`${card.system} · blueprint ${card.revision} · ${stateOf(card)}`),
    ...(card.warning && card.status === 'proposed' ? [paragraph(`⚠️ ${card.warning}`, 500, { bold: true })] : []),
    ...(pendingText(card) ? [paragraph(pendingText(card)!, 600, { bold: true })] : []),
    ...(card.summary.length > 0 ? [paragraph(card.summary.join('\n'), 900)] : []),
    bullets('What changes', card.changes.map(riskText), 8, 160),
    bullets('Stores', card.stores, 6, 180),
    bullets('Who may do what', card.people, 6, 160),
    bullets('Rules', card.rules ?? [], 5, 180),
    bullets('Your words, one by one', (card.readings ?? []).map(readingText), 8, 220),
    ...(card.readings ? [] : [addresses(card)]),
    bullets('Assumed', card.assumptions, 5, 160),
    bullets('Not carried', card.notCarried, 5, 160),
  )
