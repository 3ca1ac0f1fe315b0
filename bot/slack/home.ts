import type { types } from '@slack/bolt'
import type { Card, ListCard } from '../../schemas/generated/card.ts'
import { type SystemView, systemsCard } from '../chat/systems.ts'
import { renderCard } from './render/card.ts'
import { header, paragraph, small } from './render/parts.ts'

/** The key of a list that no conversation holds: its buttons are sentences, not presses. */
export const HOME = 'home'

const EXAMPLE = '@AutoCoder build me a todo API with user authentication'

/** Returns a team's systems as a list card; what can be chosen carries the sentence to say. */
export const listOf = (systems: readonly SystemView[], search = '', now = Date.now()): ListCard => {
  const archived = /^archived\b\s*/i
  const card = systemsCard(systems, { search: search.replace(archived, ''), archived: archived.test(search), now })
  return {
    ...card,
    empty: search || systems.length > 0 ? card.empty : `None yet. Copy this into a channel that I am in: ${EXAMPLE}`,
    items: card.items.map((item) => ({
      ...item,
      buttons: (item.buttons ?? []).flatMap(({ say, ...button }) =>
        say === undefined ? [] : [{ ...button, id: 'say', value: say }],
      ),
    })),
  }
}

/** Returns blocks for a card that only one person sees. */
export const privately = (card: Card): { text: string; blocks: types.KnownBlock[] } => {
  const { text, blocks } = renderCard(card, HOME, { files: false, hint: 'find them with /builds find WORDS' })
  return { text, blocks }
}

/** Returns the App Home: what the bot is for, and the team's systems. */
export const homeView = (systems: readonly SystemView[], now = Date.now()): types.HomeView => ({
  type: 'home',
  blocks: [
    ...header('AutoCoder').blocks,
    ...paragraph('Say what you need, in a channel or here under Messages; you get a running system.', 300).blocks,
    ...small('Examples: "build me a todo API with user authentication" · "add due dates" · "roll back todo"').blocks,
    ...small('Help: write "help" under Messages, or "@AutoCoder help" in a channel.').blocks,
    { type: 'divider' },
    ...privately(listOf(systems, undefined, now)).blocks,
  ],
})
