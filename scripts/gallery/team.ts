import { type SystemView, systemsCard } from '../../bot/chat/systems.ts'
import { buttons } from '../../bot/conversation/buttons.ts'
import type { TeamPage } from '../../bot/web/team.ts'
import type { Card } from '../../schemas/generated/card.ts'
import { systemView } from '../../test/fixtures/systems.ts'
import { ago, NOW } from './clock.ts'

export const shownSystem = (index: number, title: string, more: Partial<SystemView> = {}): SystemView => {
  const slug = title.toLowerCase().replaceAll(' ', '-')
  const still = more.health === 'draft' || more.health === 'stopped'
  return systemView(slug, {
    id: `s${index}`,
    title,
    uptime: still ? undefined : 3_600 * (index + 2),
    usage: still ? undefined : { memory: (80 + index * 3) * 1024 * 1024, processor: 41 },
    url: still ? undefined : `https://${slug}.systems.example.com`,
    owner: 'Ada Lovelace',
    change:
      more.health === 'draft'
        ? undefined
        : { what: 'Adds a due date to todos', by: 'Grace Hopper', at: new Date(ago(index * 40_000)) },
    ...more,
  })
}

export const systems: SystemView[] = [
  shownSystem(1, 'Todo'),
  shownSystem(2, 'Dental clinic', { owner: 'Grace Hopper', restarts: 2 }),
  shownSystem(3, 'Hives', { health: 'crashing', uptime: 4, restarts: 5 }),
  shownSystem(4, 'Parcels', { building: true }),
  shownSystem(5, 'Tool library', { health: 'stopped' }),
  shownSystem(6, 'Invoices', { health: 'draft', owner: 'Alan Turing' }),
  shownSystem(7, 'First try', { health: 'stopped', archived: true }),
]

export const crowd: SystemView[] = Array.from({ length: 40 }, (_, index) => shownSystem(index, `System ${index + 1}`))

const people = [
  { id: 'u1', name: 'Ada Lovelace' },
  { id: 'u2', name: 'Grace Hopper' },
  { id: 'u3', name: 'Alan Turing' },
]

export const team: TeamPage = {
  systems,
  limit: 5,
  people,
  members: [
    { name: 'Ada Lovelace', role: 'admin', everybody: false },
    { name: 'operations', role: 'approver', everybody: true },
    { name: 'Alan Turing', role: 'builder', everybody: false },
  ],
  rules: [
    'Everybody may ask for systems and changes; approvers approve.',
    'Somebody else has to approve what one asked for.',
    'At most 5 systems may run at once.',
  ],
  deeds: [
    { who: 'Grace Hopper', did: 'approved blueprint 3 of Todo', at: new Date(ago(400)) },
    { who: 'Ada Lovelace', did: 'changed the rules: at most 5 systems may run', at: new Date(ago(9_000)) },
    { who: 'Ada Lovelace', did: 'handed Dental clinic over to Grace Hopper', at: new Date(ago(90_000)) },
  ],
}

/** The list of a team's systems in a thread, and the card of one of them. */
export const systemsCards: Record<string, Card> = {
  'systems-list': systemsCard(systems, { limit: 5, now: NOW }),
  'systems-search': systemsCard(systems, { search: 'grace', now: NOW }),
  'systems-archived': systemsCard(systems, { archived: true, now: NOW }),
  'system-card': {
    kind: 'list',
    title: 'Todo',
    system: 'todo',
    text: 'This thread is about it from now on. Say what should change, or ask me about it.',
    empty: '',
    items: [
      {
        title: 'Running for 3 h',
        state: 'good',
        url: 'http://127.0.0.1:8100',
        details: ['Documentation: http://127.0.0.1:8100/docs'],
      },
      { title: 'Last change', text: 'Adds a due date to todos, by Grace Hopper, 2 h ago' },
      { title: 'Owner', text: 'Ada Lovelace' },
      {
        title: 'Cost',
        text: 'No model was paid. It takes 96 MB of memory and has used 41 s of processor time since it started 3 h ago.',
      },
    ],
    buttons: [
      buttons.open('http://127.0.0.1:8100'),
      buttons.change('s1'),
      buttons.handOver('s1', 'todo', people.slice(1)),
      buttons.subscribe('s1', 'todo'),
      buttons.fork('s1', 'todo'),
      buttons.archive('s1', 'todo'),
    ],
  },
}
