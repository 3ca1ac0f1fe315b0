import type { Usage } from '../../deploy/target.ts'
import type { CardItem, ListCard } from '../../schemas/generated/card.ts'
import { ago, inSize, oneLine, roughly } from './plain.ts'

/** A system of a team as lists show it: what the store knows, and how it is where it runs. */
export type SystemView = {
  id: string
  slug: string
  title: string
  /**
   * draft: never built. building: for the first time. silent: it runs and does not answer its health check. down: it
   * should run and does not. unknown: where it runs could not be asked in time.
   */
  health: 'running' | 'starting' | 'crashing' | 'silent' | 'down' | 'stopped' | 'draft' | 'building' | 'unknown'
  /** Whether a build of it is under way. */
  building: boolean
  /** Seconds since its process started. */
  uptime: number | undefined
  /** After crashes. */
  restarts: number
  usage: Usage | undefined
  url: string | undefined
  owner: string
  /** What the build that runs changed, who approved it, when it was ready. */
  change: { what: string; by: string; at: Date } | undefined
  /** The number of the build that runs, where a later one could. */
  rolledBack: number | undefined
  archived: boolean
}

const times = (count: number): string => (count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`)

/** Returns how a system is: "running for 3 h, restarted twice". */
export const healthWords = (system: SystemView): string => {
  const { health, uptime, restarts } = system
  const since = uptime === undefined ? '' : ` for ${roughly(uptime)}`
  const after = restarts > 0 ? `, restarted ${times(restarts)}` : ''
  const back = system.rolledBack === undefined ? '' : `, rolled back to build ${system.rolledBack}`
  const more = `${back}${system.building ? ', a new build is under way' : ''}`
  switch (health) {
    case 'running':
      return `running${since}${after}${more}`
    case 'silent':
      return `runs${since}${after}, but does not answer${more}`
    case 'crashing':
      return `keeps crashing${after}${more}`
    case 'down':
      return `not running, though it should be${more}`
    case 'draft':
      return 'a blueprint, not built yet'
    case 'building':
      return 'being built for the first time'
    case 'unknown':
      return `did not say in time how it is${more}`
    default:
      return `${health}${more}`
  }
}

/** Of a dot beside a system. */
export const stateOf = ({ health, building }: SystemView): NonNullable<CardItem['state']> => {
  if (health === 'crashing' || health === 'silent' || health === 'down') return 'bad'
  if (building || health === 'building' || health === 'starting') return 'busy'
  return health === 'running' ? 'good' : 'idle'
}

/** Returns what a system takes of the machine now: "96 MB"; undefined where nothing runs. */
export const takes = ({ usage }: Pick<SystemView, 'usage'>): string | undefined => usage && inSize(usage.memory)

/** Returns the newest change in words: "Adds a due date to todos, by Ada, yesterday". */
export const changeWords = ({ change }: SystemView, now: number): string | undefined =>
  change && `${change.what}, by ${oneLine(change.by, 60)}, ${ago(change.at, now)}`

/** Returns the systems whose name, title or owner holds every word of a search. */
export const matching = <System extends Pick<SystemView, 'slug' | 'title' | 'owner'>>(
  systems: readonly System[],
  search: string,
): System[] => {
  const words = search.trim().toLowerCase().split(/\s+/).filter(Boolean)
  return systems.filter((system) => {
    const text = `${system.slug} ${system.title} ${system.owner}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
}

/** Returns what runs, and what all of it takes: "2 of at most 5 run, with 192 MB of memory. No model was paid." */
export const sumWords = (systems: readonly SystemView[], limit?: number): string => {
  const up = systems.filter(({ usage }) => usage)
  const running = systems.filter(({ health }) => ['running', 'starting', 'silent', 'crashing'].includes(health)).length
  const count = limit === undefined ? (running === 0 ? 'None' : `${running}`) : `${running} of at most ${limit}`
  const verb = running <= 1 && limit === undefined ? 'runs' : 'run'
  const memory = up.reduce((sum, { usage }) => sum + usage!.memory, 0)
  return `${count} ${verb}${up.length > 0 ? `, with ${inSize(memory)} of memory` : ''}. No model was paid.`
}

/** Returns a system's title, with its name behind it where another system has the same title: "Todo (todo-2)". */
export const distinctTitle = (
  { slug, title }: Pick<SystemView, 'slug' | 'title'>,
  among: readonly Pick<SystemView, 'slug' | 'title'>[],
): string => {
  const same = (other: { title: string }): boolean => other.title.trim().toLowerCase() === title.trim().toLowerCase()
  if (title.trim() === '') return slug
  return among.some((other) => other.slug !== slug && same(other)) ? `${title} (${slug})` : title
}

const itemOf = (system: SystemView, all: readonly SystemView[], now: number): CardItem => {
  const change = changeWords(system, now)
  return {
    title: oneLine(distinctTitle(system, all), 120),
    state: stateOf(system),
    text: [healthWords(system), takes(system), `owner ${oneLine(system.owner, 60)}`].filter(Boolean).join(' · '),
    ...(change ? { details: [change] } : {}),
    ...(system.url ? { url: system.url } : {}),
    buttons: [{ id: 'about', label: 'Open', style: 'plain', value: system.id, say: `open ${system.slug}` }],
  }
}

/** Returns the list of a team's systems; each can be opened, and what can be done with one stands on its own card. */
export const systemsCard = (
  systems: readonly SystemView[],
  shown: { search?: string; archived?: boolean; limit?: number; now?: number } = {},
): ListCard => {
  const { search = '', archived = false, limit, now = Date.now() } = shown
  const kept = matching(systems, search).filter((system) => system.archived === archived)
  const what = archived ? 'Archived systems' : 'Systems of this team'
  return {
    kind: 'list',
    title: search ? `${archived ? 'Archived systems' : 'Systems'} that match “${oneLine(search, 60)}”` : what,
    ...(kept.length > 0 && !archived && !search ? { text: sumWords(kept, limit) } : {}),
    choose: 'With this system…',
    items: kept.map((system) => itemOf(system, systems, now)),
    empty: search
      ? 'None matches in its name, title or owner.'
      : archived
        ? 'None is archived.'
        : 'None yet. Tell me what to build, for example: Build me a todo API with user authentication',
  }
}
