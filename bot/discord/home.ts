import { ComponentType } from 'discord.js'
import type { ListCard } from '../../schemas/generated/card.ts'
import type { HomeSystem } from '../chat/adapter.ts'
import { changedAgo, oneLine } from '../chat/plain.ts'
import { layOut, type Payload } from './render/face.ts'
import { listFace } from './render/lists.ts'
import { words } from './say.ts'

/** The custom_id of a list whose choices are sentences. */
export const SAY = 'say'

/** Discord takes 25 choices, 100 characters each. */
const CHOICES = 25
const CHOICE = 100
const states = { draft: 'idle', running: 'good', stopped: 'idle' } as const

/** Returns the list of a team's systems, with a choice that opens one. */
export const homeList = (systems: HomeSystem[], search: string, now = Date.now()): Payload => {
  const card: ListCard = {
    kind: 'list',
    title: search ? `Systems like "${oneLine(search, 60)}"` : 'Systems',
    items: systems.map((system) => ({
      title: system.title,
      state: states[system.status],
      text: `${system.status} · ${system.owner} · ${changedAgo(system.changedAt, now)}`,
      ...(system.url ? { url: system.url } : {}),
    })),
    empty: search
      ? 'No system is called so. In sentences: open todo, audit, stop todo; /builds help has more.'
      : 'Nothing yet. Say what you need with /build, or mention me in a channel.',
  }
  const options = systems
    .map((system) => ({ label: oneLine(system.title, CHOICE) || system.slug, value: sentence(system) }))
    .filter(({ value }) => value.length <= CHOICE)
    .slice(0, CHOICES)
  return layOut('home', {
    ...listFace(card),
    rows:
      options.length > 0
        ? [
            {
              type: ComponentType.ActionRow,
              components: [{ type: ComponentType.StringSelect, custom_id: SAY, placeholder: 'Open a system', options }],
            },
          ]
        : [],
  })
}

const sentence = (system: HomeSystem): string => `open ${system.slug}`

/** Returns what is offered while somebody types: sentences, and the systems whose name fits. */
export const completions = (systems: HomeSystem[], typed: string): { name: string; value: string }[] => {
  const fixed = [
    { name: 'help: what can be said', value: 'help' },
    { name: 'audit: who did what', value: 'audit' },
  ].filter(({ value }) => value.startsWith(typed.trim().toLowerCase()))
  const open = systems.map((system) => ({
    name: oneLine(`open ${system.title} (${system.status}, ${system.owner})`, CHOICE),
    value: sentence(system),
  }))
  return [...open, ...fixed].filter(({ value }) => value.length <= CHOICE).slice(0, CHOICES)
}

/** Returns what one is looking for in words such as `open tod`. */
export const searchIn = (typed: string): string => typed.trim().replace(/^open\s+/i, '')

/** Returns help by example. */
export const help = (): Payload =>
  words(
    [
      'Say what you need in your own words, in a channel with a mention of me or with /build:',
      '"a todo API where everybody sees only their own"',
      '"book rooms by the hour, no two bookings at once; the office may cancel any"',
      '',
      'In the thread I show what will be built; press Approve, or say what should be different. Then it is built, checked and started, and the address stands there.',
      '',
      'Later, in the same thread: "add a due date to todos", "stop it", "show me the logs", "roll back".',
      'Anywhere: /builds lists the systems, /builds todo looks for one, /builds open todo opens it, /builds audit says who did what. "Build this" in the menu of a message builds what it says.',
    ].join('\n'),
  )
