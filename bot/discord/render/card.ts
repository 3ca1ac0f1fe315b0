import type { Card } from '../../../schemas/generated/card.ts'
import type { ThreadCard } from '../../chat/adapter.ts'
import { blueprintFace } from './blueprint.ts'
import { type Face, layOut, type Payload } from './face.ts'
import { diffFace, fileFace, listFace } from './lists.ts'
import { messageFace, questionFace } from './message.ts'
import { deployedFace, failedFace } from './outcome.ts'
import { progressFace } from './progress.ts'

/** What a card shows that is not in it. */
export type Assets = { picture?: Uint8Array; download?: { name: string; bytes: Uint8Array } }

const faceOf = (card: Card, assets: Assets): Face => {
  switch (card.kind) {
    case 'message':
      return messageFace(card)
    case 'question':
      return questionFace(card)
    case 'blueprint':
      return blueprintFace(card, assets.picture)
    case 'progress':
      return progressFace(card)
    case 'deployed':
      return deployedFace(card)
    case 'failed':
      return failedFace(card)
    case 'list':
      return listFace(card)
    case 'diff':
      return diffFace(card)
    case 'file':
      return fileFace(card, assets.download)
  }
}

/**
 * Returns a card as a message of Discord's components, version 2, within its limits: 40 components, 4,000 characters, 10
 * files of 10 MiB together. What does not fit is in a file that a line names.
 */
export const renderCard = ({ key, card }: ThreadCard, assets: Assets = {}): Payload => layOut(key, faceOf(card, assets))
