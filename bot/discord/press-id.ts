import { createHash } from 'node:crypto'
import type { Button, Card } from '../../schemas/generated/card.ts'
import { offered } from '../chat/render-text.ts'

/** The button that a press was of, as the store knows it. */
export type Pressed = { card: string; button: Pick<Button, 'id' | 'label' | 'value' | 'ask' | 'pick'> }

const PREFIX = 'press'

const digest = (...parts: string[]): Buffer =>
  createHash('sha256')
    .update(parts.map((part) => `${part.length}:${part}`).join(''))
    .digest()

/**
 * Returns the custom_id of a button: 44 of the 100 characters that Discord takes. It names card, button and value, and
 * is read back by comparing it with those of the stored cards, so it works after days and restarts.
 */
export const pressId = (key: string, button: Pick<Button, 'id' | 'value'>): string =>
  `${PREFIX}.${digest(key, button.id, button.value ?? '')
    .toString('base64url')
    .slice(0, 38)}`

/** Whether a custom_id is one of pressId. */
export const isPressId = (id: string): boolean => id.startsWith(`${PREFIX}.`)

/** Returns the button with a short id among the cards of a thread, or undefined where none offers it now. */
export const findPress = (cards: Iterable<{ key: string; card: Card }>, shortId: string): Pressed | undefined => {
  for (const { key, card } of cards) {
    const button = offered(card).find((one) => pressId(key, one) === shortId)
    if (button) return { card: key, button }
  }
  return undefined
}

/**
 * Returns two numbers that name a card: the `id` fields of its container and its first text, which nobody sees and the
 * history gives back. 62 bits together; each is a positive 32-bit integer, above what Discord numbers by itself.
 */
export const marksOf = (key: string): [number, number] => {
  const bytes = digest('mark', key)
  const number = (at: number): number => (bytes.readUInt32BE(at) & 0x3fffffff) | 0x40000000
  const first = number(0)
  const second = number(4)
  return [first, second === first ? second ^ 1 : second]
}

/** Returns the nonce of a card in a thread, 24 of 25 characters: for some minutes Discord posts one only once. */
export const nonceOf = (...parts: string[]): string =>
  digest('nonce', ...parts)
    .toString('base64url')
    .slice(0, 24)
