import type { SystemView } from '../../bot/chat/systems.ts'
import type { TeamPage } from '../../bot/web/team.ts'
import type { Card, MessageCard } from '../../schemas/generated/card.ts'
import { everyCard } from '../../test/fixtures/cards.ts'
import { largeCards } from '../../test/fixtures/large-cards.ts'
import type { Platform } from './choice.ts'
import { ago } from './clock.ts'
import { hostileCards, hostileWords } from './hostile.ts'
import { stateCards } from './states.ts'
import type { Story } from './story.ts'
import { crowd, shownSystem, systems, systemsCards, team } from './team.ts'

/** One thing in a thread: what a person wrote, a card, or words that only one person sees. */
export type Entry =
  | { kind: 'said'; name: string; text: string; at: string }
  | { kind: 'card'; key: string; card: Card; at: string }
  | { kind: 'whisper'; card: MessageCard; at: string }

/** What is shown: a thread, the list of a team's systems, or the form behind a button. */
export type Stage =
  | { kind: 'thread'; entries: Entry[] }
  | { kind: 'home'; systems: SystemView[] }
  | { kind: 'ask'; card: Card; button: string }
  | { kind: 'wish' }
  | { kind: 'team'; team: TeamPage }

export type Scene = { id: string; group: string; title: string; stage: Stage; platforms?: readonly Platform[] }

const threadOf = (key: string, card: Card): Stage => ({
  kind: 'thread',
  entries: [{ kind: 'card', key, card, at: ago(0) }],
})

/** "large-blueprint" as a person reads it. */
const titleOf = (id: string): string => `${id.charAt(0).toUpperCase()}${id.slice(1).replaceAll('-', ' ')}`

const scenesOf = (group: string, cards: Record<string, Card>): Scene[] =>
  Object.entries(cards).map(([id, card]) => ({ id, group, title: titleOf(id), stage: threadOf(id, card) }))

/** Returns everything that can be looked at, in the order of the side bar. */
export const scenesWith = (story: Story): Scene[] => [
  {
    id: 'story',
    group: 'Story',
    title: 'From a wish to an address',
    stage: { kind: 'thread', entries: story.entries },
  },
  ...scenesOf('Moments of the story', story.cards),
  { id: 'home', group: 'Other places', title: 'The team’s systems', stage: { kind: 'home', systems } },
  { id: 'home-empty', group: 'Other places', title: 'No systems yet', stage: { kind: 'home', systems: [] } },
  { id: 'home-crowd', group: 'Other places', title: 'Forty systems', stage: { kind: 'home', systems: crowd } },
  {
    id: 'home-hostile',
    group: 'Other places',
    title: 'Hostile names',
    stage: {
      kind: 'home',
      systems: hostileWords.map((words, index) => shownSystem(index, words, { health: 'draft', owner: words })),
    },
  },
  {
    id: 'ask',
    group: 'Other places',
    title: 'What should be different?',
    stage: { kind: 'ask', card: story.cards['story-blueprint']!, button: 'revise' },
  },
  {
    id: 'ask-person',
    group: 'Other places',
    title: 'Who looks after it?',
    stage: { kind: 'ask', card: systemsCards['system-card']!, button: 'hand-over' },
  },
  { id: 'team', group: 'Other places', title: 'The team', stage: { kind: 'team', team }, platforms: ['web'] },
  { id: 'wish', group: 'Other places', title: 'A wish in a form', stage: { kind: 'wish' }, platforms: ['slack'] },
  {
    id: 'whisper',
    group: 'Other places',
    title: 'For one person only',
    stage: {
      kind: 'thread',
      entries: [
        {
          kind: 'whisper',
          at: ago(0),
          card: {
            kind: 'message',
            tone: 'refusal',
            text: 'Only an approver may do that. Ask Grace Hopper or an owner.',
          },
        },
      ],
    },
  },
  ...scenesOf('Every kind', {
    ...everyCard,
    progress: { ...everyCard.progress, startedAt: ago(9) },
  }),
  ...scenesOf('Every state', stateCards),
  ...scenesOf('Systems of a team', systemsCards),
  ...scenesOf('Large', largeCards),
  ...scenesOf('Hostile', hostileCards),
  {
    id: 'hostile-words',
    group: 'Hostile',
    title: 'Hostile words',
    stage: {
      kind: 'thread',
      entries: hostileWords.map((text, index) => ({
        kind: 'card',
        key: `words:${index}`,
        at: ago(0),
        card: { kind: 'message', tone: 'plain', text, code: text },
      })),
    },
  },
  {
    id: 'hostile-said',
    group: 'Hostile',
    title: 'Hostile said',
    stage: {
      kind: 'thread',
      entries: hostileWords.map((text) => ({ kind: 'said', name: text, text, at: ago(0) })),
    },
  },
]

/** Whether a platform has such a place at all. */
export const isOn = (scene: Scene, platform: Platform): boolean => scene.platforms?.includes(platform) ?? true
