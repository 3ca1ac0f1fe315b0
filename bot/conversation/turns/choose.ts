import type { Card, QuestionCard } from '../../../schemas/generated/card.ts'
import { plain } from '../../chat/plain.ts'
import { pressable } from '../../chat/render-text.ts'
import type { ThreadState } from '../state.ts'
import { isAsking, isOwnWish } from '../wishes.ts'

const bare = (text: string): string =>
  plain(text)
    .toLowerCase()
    .replace(/[‘’“”'"`]/g, '')
    .replace(/\s+/g, ' ')
    .replace(/^\s+|[\s.!…,;:]+$/g, '')

/** Returns the question that waits for an answer: of several the first, as the next line answers it. */
export const openQuestion = (state: ThreadState): { key: string; card: QuestionCard } | undefined => {
  for (const [key, card] of state.stored)
    if (card.kind === 'question' && pressable(card).length > 0 && isAlive(state, key)) return { key, card }
  return undefined
}

/** A stored question may be older than what withdrew it. */
const isAlive = (state: ThreadState, key: string): boolean => {
  const [kind, id] = key.split(':')
  if (kind === 'confirm') return true
  return state.drafts.some((draft) => draft.id === id && draft.status === 'question')
}

/** Returns which choice a text means: its number, label or value, or a plain yes or no where that is unmistakable. */
export const choiceIn = (card: QuestionCard, text: string): number | undefined => {
  const said = bare(text)
  if (said === '') return undefined
  const labels = card.choices.map((choice) => bare(choice.label))
  const exact = card.choices.findIndex((choice, index) => labels[index] === said || bare(choice.value) === said)
  if (exact >= 0) return exact
  const number = /^#?(\d{1,2})$/.exec(said)?.[1]
  if (number && Number(number) >= 1 && Number(number) <= card.choices.length) return Number(number) - 1
  if (/^(?:yes|y|yep|yeah|sure|ok|okay)$/.test(said)) {
    const index = labels.findIndex((label) => /^yes\b/.test(label))
    if (index >= 0) return index
    return card.id === 'remove' ? 0 : undefined
  }
  if (/^(?:no|n|nope|keep|keep it)$/.test(said)) {
    const index = labels.findIndex((label) => /^no\b|^do not\b|^keep\b/.test(label))
    return index >= 0 ? index : undefined
  }
  // "Show pets per month" holds the choice Pets, and is a wish of its own; so does a question.
  const ofItsOwn = isAsking(said) || isOwnWish(said)
  // One choice that holds everything that was said, or is held by it.
  const near = labels.flatMap((label, index) =>
    !card.choices[index]!.danger && said.length > 2 && (label.includes(said) || (said.includes(label) && !ofItsOwn))
      ? [index]
      : [],
  )
  return near.length === 1 ? near[0] : undefined
}

/** In words these mean what runs now, not what ran when the card was made. */
const readsOneRelease = new Set(['files', 'download'])

/** Returns the button that a text types: its label anywhere in the thread, newest card first, or its number on the newest. */
export const isTyped = (
  state: ThreadState,
  text: string,
  current: string | undefined,
): { key: string; card: Card; index: number } | undefined => {
  const said = bare(text)
  if (said === '' || said.length > 80) return undefined
  const number = /^#?(\d{1,2})$/.exec(said)?.[1]
  for (const [key, card] of [...state.stored].reverse()) {
    const buttons = pressable(card)
    // A number belongs to what was said last; further up somebody may have meant something else.
    if (number && buttons.length === 0) return undefined
    if (buttons.length === 0 || (card.kind === 'question' && !isAlive(state, key))) continue
    // "stop" means the system that was last spoken of, not one whose card stands further up.
    if (!number && current !== undefined && card.system && card.system !== current) continue
    const index = number
      ? Number(number) - 1
      : buttons.findIndex((button) => bare(button.label) === said && !readsOneRelease.has(button.id))
    if (index >= 0 && index < buttons.length) return { key, card, index }
    if (number) return undefined
  }
  return undefined
}
