import { randomBytes } from 'node:crypto'
import type { Shown, View as Surface } from './assistant.ts'

export type Person = {
  id: string
  team: string
  name: string
  display: string
  admin: boolean
  groups: string[]
  bot?: boolean
}

export type StoredFile = {
  id: string
  team: string
  name: string
  title: string
  mimetype: string
  bytes: Buffer
  owner: string
  /** Milliseconds since the epoch from which it can be shown in a block. */
  readyAt: number
  complete: boolean
  altText?: string
}

export type Message = {
  ts: string
  channel: string
  thread?: string
  user: string
  botId?: string
  text: string
  blocks?: unknown[]
  metadata?: { event_type: string; event_payload: Record<string, unknown> }
  files?: string[]
  edited?: string
  subtype?: string
}

export type Ephemeral = { ts: string; channel: string; thread?: string; to: string; text: string; blocks?: unknown[] }
export type Channel = { id: string; team: string; name: string; kind: 'channel' | 'group' | 'im'; members: Set<string> }
export type View = {
  id: string
  team: string
  user: string
  view: Record<string, unknown>
  kind: 'modal' | 'home'
}
export type Install = {
  team: string
  token: string
  botUser: string
  botId: string
  scopes: Set<string>
  revoked: boolean
}
export type Team = { id: string; name: string; domain: string; enterprise?: { id: string; name: string } }

/** What a call to the Web API did, for tests that look at the wire. */
export type Call = { method: string; team: string; args: Record<string, string>; answer: string; at: number }

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'

export type State = ReturnType<typeof createState>

/** Returns an empty Slack: workspaces, people, channels, messages, files. */
export const createState = () => {
  let counter = 0
  let lastTs = 0
  const teams = new Map<string, Team>()
  const people = new Map<string, Person>()
  const channels = new Map<string, Channel>()
  const messages: Message[] = []
  const ephemerals: Ephemeral[] = []
  const files = new Map<string, StoredFile>()
  const views = new Map<string, View>()
  const installs = new Map<string, Install>()
  const groups = new Map<string, { id: string; team: string; handle: string }>()
  const calls: Call[] = []
  /** What the app's settings at Slack make it beside a bot. */
  const app: { view: Surface } = { view: 'none' }
  const assistants = new Map<string, Shown>()
  /** Kinds of blocks that this workspace does not know yet. */
  const unknownBlocks = new Set<string>()

  /** Ids look like Slack's: a letter and ten capitals or digits. */
  const id = (letter: string): string => {
    counter += 1
    let rest = ''
    for (let left = counter; rest.length < 6; left = Math.floor(left / ALPHABET.length))
      rest = ALPHABET[left % ALPHABET.length]! + rest
    return `${letter}0FAK${rest}`
  }

  /** A message's ts is its time in seconds and the id within its channel: never twice, always rising. */
  const ts = (): string => {
    lastTs = Math.max(Date.now() * 1000, lastTs + 1)
    return `${Math.floor(lastTs / 1_000_000)}.${String(lastTs % 1_000_000).padStart(6, '0')}`
  }

  return {
    teams,
    people,
    channels,
    messages,
    ephemerals,
    files,
    views,
    installs,
    groups,
    calls,
    unknownBlocks,
    app,
    /** What stands beside the messages of a thread with the app, or of the place where such threads begin. */
    assisted: (channel: string, root = ''): Shown => {
      const key = `${channel}:${root}`
      const known = assistants.get(key) ?? {}
      assistants.set(key, known)
      return known
    },
    id,
    ts,
    secret: (prefix: string): string => `${prefix}-${randomBytes(16).toString('hex')}`,
    message: (channel: string, at: string): Message | undefined =>
      messages.find((message) => message.channel === channel && message.ts === at),
    /** The root first, then the answers in their order. */
    thread: (channel: string, root: string): Message[] =>
      messages
        .filter((message) => message.channel === channel && (message.ts === root || message.thread === root))
        .sort((a, b) => a.ts.localeCompare(b.ts)),
    isMember: (channel: string, user: string): boolean => channels.get(channel)?.members.has(user) ?? false,
    /** The direct conversation of a person with the bot, made on first sight. */
    dm: (team: string, user: string, bot: string): Channel => {
      for (const channel of channels.values())
        if (channel.kind === 'im' && channel.members.has(user) && channel.members.has(bot)) return channel
      const made: Channel = { id: id('D'), team, name: '', kind: 'im', members: new Set([user, bot]) }
      channels.set(made.id, made)
      return made
    },
  }
}
