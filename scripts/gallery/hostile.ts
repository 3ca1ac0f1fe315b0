import type { Card } from '../../schemas/generated/card.ts'
import { everyCard, hostile } from '../../test/fixtures/cards.ts'

/** The hostile texts, and two that are merely too wide for any column. */
export const hostileWords: readonly string[] = [...hostile, 'w'.repeat(300), 'עברית '.repeat(60)]

/** Fields that are no text of a person: addresses, ids and words of a closed list. */
const kept = new Set([
  'kind',
  'id',
  'style',
  'state',
  'status',
  'risk',
  'tone',
  'method',
  'url',
  'docsUrl',
  'at',
  'startedAt',
  'digest',
])

/** Returns a card in which every free text is a hostile one, by turns. */
const poisoned = (card: Card): Card => {
  let turn = 0
  const fill = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') return kept.has(key) ? value : hostileWords[turn++ % hostileWords.length]
    if (Array.isArray(value)) {
      // Every text finds its way into every list.
      const grown = value.length > 0 ? hostileWords.map((_, index) => value[index % value.length]) : []
      return grown.map((inner) => fill(inner, key))
    }
    if (value === null || typeof value !== 'object') return value
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, fill(inner, name)]))
  }
  return fill(card, '') as Card
}

/** One card of every kind, full of texts that want to be more than text. */
export const hostileCards: Record<string, Card> = Object.fromEntries([
  ...Object.values(everyCard).map((card) => [`hostile-${card.kind}`, poisoned(card)]),
  [
    'hostile-addresses',
    {
      kind: 'message',
      tone: 'warning',
      text: 'javascript:alert(1) data:text/html,<script>alert(1)</script> https://example.com/"onmouseover="x',
      buttons: [
        { id: 'a', label: 'An address that is code', style: 'primary', url: 'javascript:window.pwned=1' },
        { id: 'b', label: '<b>bold</b> & "quoted"', style: 'danger', url: 'https://example.com/"><script>' },
      ],
    } satisfies Card,
  ],
])
