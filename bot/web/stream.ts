import { randomBytes } from 'node:crypto'
import type { Html } from './html.ts'

/** What goes to the page; `key` is the DOM id that a piece of HTML takes the place of. */
export type PageEvent = { type: 'card' | 'said' | 'sidebar' | 'whisper'; html: Html }

/** What every page hears: the list of systems. */
export const SIDEBAR = 'sidebar'
/** What the pages of one thread hear. */
export const channelOf = (thread: string): string => `thread ${thread}`

/** What one person alone hears, on whichever page they are. */
export const personal = (person: string): string => `person ${person}`

type Entry = { id: string; channel: string; text: string }
type Listener = { channels: Set<string>; write: (text: string) => void }

/** How many events a reconnecting page can catch up on; one that was away for longer is told to load again. */
const KEPT = 500

/** Returns the text of one server-sent event. */
const encode = (id: string, type: string, data: string): string =>
  `id: ${id}\nevent: ${type}\n${data
    .split('\n')
    .map((line) => `data: ${line}\n`)
    .join('')}\n`

/**
 * Returns the one stream of events of a page. Ids carry this process's own mark, so a page that comes back after a
 * restart is told to load again rather than served from the wrong numbering.
 */
export const createStream = () => {
  const mark = randomBytes(4).toString('hex')
  const listeners = new Set<Listener>()
  const kept: Entry[] = []
  let last = 0

  const missed = (lastEventId: string, channels: Set<string>): string[] | undefined => {
    const [theirs, number] = lastEventId.split('-')
    const first = kept[0] ? Number(kept[0].id.split('-')[1]) : last + 1
    if (theirs !== mark || !number || Number(number) < first - 1) return undefined
    return kept
      .filter((entry) => Number(entry.id.split('-')[1]) > Number(number) && channels.has(entry.channel))
      .map((entry) => entry.text)
  }

  return {
    /** The id that a page rendered now has seen everything up to. */
    now: (): string => `${mark}-${last}`,
    publish: (channel: string, event: PageEvent): void => {
      last += 1
      const id = `${mark}-${last}`
      const entry = { id, channel, text: encode(id, event.type, event.html.html) }
      kept.push(entry)
      if (kept.length > KEPT) kept.shift()
      for (const listener of listeners) if (listener.channels.has(channel)) listener.write(entry.text)
    },
    /** Whether a page is open that hears this. */
    isHeard: (channel: string): boolean => [...listeners].some(({ channels }) => channels.has(channel)),
    /** Sends what was missed since `lastEventId`, then everything new. Returns what ends it. */
    subscribe: (channels: string[], lastEventId: string | undefined, write: (text: string) => void): (() => void) => {
      const listener: Listener = { channels: new Set(channels), write }
      const late = lastEventId === undefined ? [] : missed(lastEventId, listener.channels)
      if (late === undefined) write(encode(`${mark}-${last}`, 'reload', ''))
      else for (const text of late) write(text)
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    /** A comment that keeps proxies from closing an idle connection. */
    beat: (): void => {
      for (const listener of listeners) listener.write(': beat\n\n')
    },
  }
}

export type PageStream = ReturnType<typeof createStream>
