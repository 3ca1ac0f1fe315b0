import type { types } from '@slack/bolt'
import type { Card, ListCard } from '../../schemas/generated/card.ts'
import type { HomeSystem } from '../chat/adapter.ts'
import { changedAgo } from '../chat/plain.ts'
import { renderCard } from './render/card.ts'
import { header, paragraph, small } from './render/parts.ts'

/** The key of a list that no conversation holds: its buttons are sentences, not presses. */
export const HOME = 'home'

const states = { running: 'good', draft: 'idle', stopped: 'idle' } as const

/** Returns a team's systems as a list card; what its buttons carry is the sentence to say. */
export const listOf = (systems: readonly HomeSystem[], search?: string, now = Date.now()): ListCard => ({
  kind: 'list',
  title: search ? `Systems that match "${search}"` : 'Systems of this team',
  empty: search ? 'None matches.' : 'None yet. Write: @AutoCoder build me a todo API',
  items: systems.map((system) => ({
    title: system.title,
    text: `${system.status} · ${system.owner} · ${changedAgo(system.changedAt, now)}`,
    state: states[system.status],
    ...(system.url ? { url: system.url } : {}),
    buttons: [
      ...(system.url ? [{ id: 'visit', label: 'Open', style: 'plain', url: system.url } as const] : []),
      { id: 'say', label: 'Work on it', style: 'plain', value: `open ${system.slug}` },
      { id: 'say-status', label: 'Status', style: 'plain', value: `status ${system.slug}` },
    ],
  })),
})

/** Returns blocks for a card that only one person sees. */
export const privately = (card: Card): { text: string; blocks: types.KnownBlock[] } => {
  const { text, blocks } = renderCard(card, HOME, { files: false, hint: 'find them with /builds find WORDS' })
  return { text, blocks }
}

/** Returns the App Home: what the bot is for, and the team's systems. */
export const homeView = (systems: readonly HomeSystem[], now = Date.now()): types.HomeView => ({
  type: 'home',
  blocks: [
    ...header('AutoCoder').blocks,
    ...paragraph('Say what you need, in a channel or here under Messages; you get a running system.', 300).blocks,
    ...small('Examples: "build me a todo API with user authentication" · "add due dates" · "roll back todo"').blocks,
    { type: 'divider' },
    ...privately(listOf(systems, undefined, now)).blocks,
  ],
})
