import { ComponentType } from 'discord.js'
import { oneLine } from '../chat/plain.ts'
import { distinctTitle, type SystemView, systemsCard } from '../chat/systems.ts'
import { layOut, type Payload } from './render/face.ts'
import { listFace } from './render/lists.ts'
import { words } from './say.ts'

/** The custom_id of a list whose choices are sentences. */
export const SAY = 'say'

/** Words that ask for what was put away. */
export const ARCHIVED = /^archived\b\s*/i

/** Discord takes 25 choices, 100 characters each. */
const CHOICES = 25
const CHOICE = 100

/** Returns the list of a team's systems, with a choice that opens one. */
export const homeList = (systems: SystemView[], search: string, now = Date.now()): Payload => {
  const words = search.replace(ARCHIVED, '')
  const card = systemsCard(systems, { search: words, archived: ARCHIVED.test(search), now })
  const empty = search
    ? 'No system is called so. In sentences: open todo, audit, stop todo; /builds help has more.'
    : 'Nothing yet. Say what you need with /build, or mention me in a channel.'
  const options = card.items.flatMap(({ title, text = '', buttons = [] }) =>
    buttons.flatMap(({ say = '' }) =>
      say && say.length <= CHOICE
        ? [{ label: oneLine(title, CHOICE), description: oneLine(text, CHOICE), value: say }]
        : [],
    ),
  )
  const { choose = 'Choose', ...shown } = card
  return layOut('home', {
    ...listFace({ ...shown, empty, items: card.items.map(({ buttons: _buttons, ...item }) => item) }),
    rows:
      options.length > 0
        ? [
            {
              type: ComponentType.ActionRow,
              components: [
                {
                  type: ComponentType.StringSelect,
                  custom_id: SAY,
                  placeholder: choose,
                  options: options.slice(0, CHOICES),
                },
              ],
            },
          ]
        : [],
  })
}

const sentence = (system: SystemView): string => `open ${system.slug}`

/** Returns what is offered while somebody types: sentences, and the systems whose name fits. */
export const completions = (systems: SystemView[], typed: string): { name: string; value: string }[] => {
  const fixed = [
    { name: 'help: what can be said', value: 'help' },
    { name: 'audit: who did what', value: 'audit' },
  ].filter(({ value }) => value.startsWith(typed.trim().toLowerCase()))
  const open = systems.map((system) => ({
    name: oneLine(`open ${distinctTitle(system, systems)} (owner ${system.owner})`, CHOICE),
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
      'Anywhere: /builds lists the systems, /builds todo looks for one, /builds archived for those put away, /builds open todo opens it, /builds audit says who did what. "Build this" in the menu of a message builds what it says.',
    ].join('\n'),
  )
