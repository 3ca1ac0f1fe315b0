import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { wordsOf } from './blocks.ts'
import { createDelivery, type Payload } from './delivery.ts'
import type { Context } from './methods.ts'
import { createOauth } from './oauth.ts'
import { createPerson, type Hand, type PersonAct, untyped } from './person.ts'
import { type Budget, createRates } from './rates.ts'
import { Refusal } from './refusal.ts'
import { createRoutes } from './routes.ts'
import { createSockets } from './sockets.ts'
import { createState, type Install, type Message, type Team } from './state.ts'

export const EVERY_SCOPE = [
  'app_mentions:read',
  'channels:history',
  'channels:read',
  'chat:write',
  'commands',
  'files:read',
  'files:write',
  'groups:history',
  'groups:read',
  'im:history',
  'im:read',
  'usergroups:read',
  'users:read',
]

export type FakeSlack = Awaited<ReturnType<typeof startFakeSlack>>

/** Starts a Slack of its own on 127.0.0.1: the Web API, Socket Mode, the Events API, OAuth, and people to act in it. */
export const startFakeSlack = async (
  options: { rates?: Record<string, Budget>; retryDelays?: number[]; processing?: number } = {},
) => {
  const state = createState()
  const appId = state.id('A')
  const app = {
    id: appId,
    token: `xapp-1-${appId}-1-${randomBytes(16).toString('hex')}`,
    /** What the app-level token was given. */
    scopes: new Set(['connections:write']),
    signingSecret: randomBytes(16).toString('hex'),
    clientId: '1.2',
    clientSecret: randomBytes(16).toString('hex'),
  }
  const rates = createRates(options.rates)
  const sockets = createSockets({ appId, pingEvery: 2_000 })
  const triggers = new Map<string, { team: string; user: string; until: number; spent: boolean }>()
  let url: string | undefined
  let retryDelays = options.retryDelays ?? [20, 200, 1_000]
  const delivery = createDelivery({
    signingSecret: app.signingSecret,
    sockets,
    url: () => url,
    retryDelays: () => retryDelays,
  })

  const envelope = (team: string, event: Payload): Payload => {
    const { enterprise } = state.teams.get(team)!
    return {
      token: 'unused',
      team_id: team,
      ...(enterprise ? { enterprise_id: enterprise.id, context_enterprise_id: enterprise.id } : {}),
      context_team_id: team,
      api_app_id: appId,
      event,
      type: 'event_callback',
      event_id: state.id('Ev'),
      event_time: Math.floor(Date.now() / 1000),
      authorizations: [
        {
          enterprise_id: enterprise?.id ?? null,
          team_id: team,
          user_id: 'U',
          is_bot: true,
          is_enterprise_install: false,
        },
      ],
      is_ext_shared_channel: false,
    }
  }

  const eventOf = (message: Message): Payload => {
    const channel = state.channels.get(message.channel)!
    return {
      type: 'message',
      ...(message.subtype ? { subtype: message.subtype } : {}),
      user: message.user,
      ...(message.botId ? { bot_id: message.botId } : {}),
      ts: message.ts,
      text: message.text,
      team: channel.team,
      channel: message.channel,
      channel_type: channel.kind,
      event_ts: message.ts,
      ...(message.thread ? { thread_ts: message.thread } : {}),
      ...(message.files ? { files: message.files.map((id) => hand.shownFile(id)) } : {}),
    }
  }

  /** Rejections are the concern of whoever wrote; the bot's own messages are told of and forgotten. */
  const deliverMessage = (message: Message): void =>
    void delivery
      .send('events_api', envelope(state.channels.get(message.channel)!.team, eventOf(message)))
      .catch(() => undefined)

  /** docs.slack.dev/reference/events/message/assistant_app_thread: a title changes the root. */
  const deliverTitle = (root: Message, title: string): void => {
    const { team } = state.channels.get(root.channel)!
    const before = { ...eventOf(root), thread_ts: root.ts }
    root.text = title
    const at = state.ts()
    const edited = { user: root.user, ts: at }
    const now = { ...eventOf(root), thread_ts: root.ts, edited, assistant_app_thread: { title, artifacts: [] } }
    const change = {
      type: 'message',
      subtype: 'message_changed',
      channel: root.channel,
      channel_type: 'im',
      hidden: true,
    }
    void delivery
      .send('events_api', envelope(team, { ...change, message: now, previous_message: before, ts: at, event_ts: at }))
      .catch(() => undefined)
  }

  const spendTrigger: Context['spendTrigger'] = (trigger) => {
    const known = triggers.get(trigger ?? '')
    if (!known) throw new Refusal('invalid_trigger_id')
    if (known.spent) throw new Refusal('exchanged_trigger_id')
    known.spent = true
    if (known.until < Date.now()) throw new Refusal('expired_trigger_id')
    return known
  }

  const oauth = createOauth({ state, app })
  const routes = createRoutes({
    state,
    app,
    rates,
    sockets,
    processing: options.processing ?? 0,
    deliverMessage,
    deliverTitle,
    spendTrigger,
    oauth,
  })
  const server = createServer(routes.handle)
  server.on('upgrade', (request, socket, head) =>
    routes.isDown() ? socket.destroy() : sockets.upgrade(request, socket, head),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  routes.setBase(base)

  const hand: Hand = {
    state,
    appId,
    base,
    delivery,
    envelope,
    eventOf,
    newTrigger: (team, user) => {
      const trigger = `${Date.now()}.${randomBytes(6).toString('hex')}.${randomBytes(8).toString('hex')}`
      triggers.set(trigger, { team, user, until: Date.now() + 3_000, spent: false })
      return trigger
    },
    responseUrl: routes.responseUrl,
    shownFile: routes.shownFile,
    botOf: (team) => [...state.installs.values()].find((install) => install.team === team && !install.revoked)!,
  }

  /** Makes a workspace with one public channel, `general`. */
  const team = (name: string, enterprise?: Team['enterprise']): Team => {
    const made: Team = { id: state.id('T'), name, domain: name.toLowerCase().replace(/\W+/g, '-'), enterprise }
    state.teams.set(made.id, made)
    channel(made, 'general')
    return made
  }
  const channel = (of: Team, name: string, kind: 'channel' | 'group' = 'channel'): string => {
    const id = state.id('C')
    state.channels.set(id, { id, team: of.id, name, kind, members: new Set() })
    return id
  }
  /** Installs the app in a workspace and in all of its channels that are there now. */
  const install = (of: Team, scopes: string[] = EVERY_SCOPE): Install => {
    const botUser = state.id('U')
    state.people.set(botUser, {
      id: botUser,
      team: of.id,
      name: 'AutoCoder',
      display: 'autocoder',
      admin: false,
      groups: [],
      bot: true,
    })
    const made: Install = {
      team: of.id,
      token: state.secret('xoxb'),
      botUser,
      botId: state.id('B'),
      scopes: new Set(scopes),
      revoked: false,
    }
    state.installs.set(made.token, made)
    for (const known of state.channels.values())
      if (known.team === of.id && known.kind !== 'im') known.members.add(botUser)
    return made
  }
  const person = (
    name: string,
    of: Team,
    more: { id?: string; admin?: boolean; groups?: string[]; display?: string } = {},
  ): PersonAct => {
    const id = more.id ?? state.id('U')
    state.people.set(id, {
      id,
      team: of.id,
      name,
      display: more.display ?? '',
      admin: more.admin ?? false,
      groups: more.groups ?? [],
    })
    for (const known of state.channels.values())
      if (known.team === of.id && known.kind === 'channel') known.members.add(id)
    return createPerson(hand, id)
  }

  return {
    app,
    state,
    base,
    apiUrl: `${base}/api/`,
    rates,
    sockets,
    delivery,
    oauth,
    team,
    channel,
    install,
    person,
    group: (of: Team, handle: string): string => {
      const id = state.id('S')
      state.groups.set(id, { id, team: of.id, handle })
      return id
    },
    /** Changes who is in a user group, and tells the app. */
    regroup: async (group: string, { add = [], drop = [] }: { add?: string[]; drop?: string[] }): Promise<void> => {
      for (const person of state.people.values()) {
        if (drop.includes(person.id)) person.groups = person.groups.filter((one) => one !== group)
        if (add.includes(person.id)) person.groups = [...person.groups, group]
      }
      const of = state.groups.get(group)!.team
      const change = { subteam_id: group, team_id: of, added_users: add, removed_users: drop }
      await delivery.send('events_api', envelope(of, { type: 'subteam_members_changed', ...change }))
    },
    channelOf: (of: Team, name = 'general'): string =>
      [...state.channels.values()].find((known) => known.team === of.id && known.name === name)!.id,
    /** Returns a trigger as a press brings one; `age` milliseconds old. */
    trigger: (of: Team, user: string, age = 0): string => {
      const trigger = hand.newTrigger(of.id, user)
      triggers.get(trigger)!.until -= age
      return trigger
    },
    responseUrl: routes.responseUrl,
    /** From now on payloads go to this address, as in an app without Socket Mode; undefined for sockets. */
    deliverTo: (to: string | undefined): void => void (url = to),
    /** How redeliveries are spaced; none where the list is empty. */
    redeliver: (delays: number[]): void => void (retryDelays = delays),
    /** Lets the whole of Slack be away: requests and sockets are refused until it is back. */
    down: (): void => {
      routes.down(true)
      sockets.cut()
    },
    up: (): void => routes.down(false),
    /** Breaks the next call of a method: before Slack did it, or after, when only the answer is lost. */
    breakNext: routes.breakNext,
    /** Takes the app out of a workspace, as its people can: the token dies and the app is told. */
    uninstall: async (of: Team): Promise<void> => {
      const known = hand.botOf(of.id)
      known.revoked = true
      await delivery.send(
        'events_api',
        envelope(of.id, { type: 'tokens_revoked', tokens: { oauth: [], bot: [known.botUser] } }),
      )
      await delivery.send('events_api', envelope(of.id, { type: 'app_uninstalled' }))
    },
    /** Sends an event of any shape, as Slack would. */
    event: (of: Team, event: Payload): Promise<Payload> => delivery.send('events_api', envelope(of.id, event)),
    /** Returns what a thread shows to everybody, a message after the other; only the bot's where they are asked for. */
    transcript: (thread: string, whose: 'everybody' | 'bot' = 'everybody'): string => {
      const [at, root] = thread.split(':') as [string, string]
      const shown = state.thread(at, root).filter((message) => whose === 'everybody' || message.botId)
      return shown.map(lineOf).join('\n')
    },
    /** Returns what stands around a thread's messages in the assistant: its title, what may be said, the status. */
    assistant: (thread: string): string => {
      const [at, root] = thread.split(':') as [string, string | undefined]
      const { title, prompts, status } = state.assisted(at, root)
      const lines = [title && `# ${title}`, ...(prompts ?? []).map((prompt) => `> ${prompt.title}: ${prompt.message}`)]
      if (status && status.until > Date.now()) lines.push(`AutoCoder ${status.words}`)
      return lines.filter(Boolean).join('\n')
    },
    /** Returns what only this person was told. */
    whispers: (to: string): string =>
      state.ephemerals
        .filter((entry) => entry.to === to)
        .map((entry) => (entry.blocks?.length ? wordsOf(entry.blocks) : untyped(entry.text)))
        .join('\n'),
    home: (user: string): string =>
      wordsOf([...state.views.values()].find((view) => view.user === user && view.kind === 'home')?.view.blocks),
    /** Calls that were refused for another reason than a budget: what a test expects to be none. */
    refused: (): string[] =>
      state.calls
        .filter(({ answer }) => !['ok', 'ratelimited', 'broken'].includes(answer))
        .map(({ method, answer }) => `${method}: ${answer}`),
    close: async (): Promise<void> => {
      delivery.close()
      sockets.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }

  function lineOf(message: Message): string {
    const who = state.people.get(message.user)?.name ?? message.user
    const files = (message.files ?? []).map((id) => `{file ${state.files.get(id)?.name}}`)
    const shown = message.blocks?.length ? wordsOf(message.blocks) : untyped(message.text)
    return `${who}: ${[shown, ...files].filter(Boolean).join(' ')}`
  }
}
