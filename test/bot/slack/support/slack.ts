import { pino } from 'pino'
import type { Installations } from '../../../../bot/chat/adapter.ts'
import type { SystemView } from '../../../../bot/chat/systems.ts'
import { parseEvent } from '../../../../bot/conversation/conversations.ts'
import { createSlackAdapter, type SlackAdapter, type SlackDeps } from '../../../../bot/slack/adapter.ts'
import type { ChatEvent } from '../../../../schemas/generated/chat-event.ts'
import { serve } from '../../../fakes/slack/serve.ts'
import { type FakeSlack, startFakeSlack } from '../../../fakes/slack/slack.ts'
import { noWelcomes } from '../../support/welcomes.ts'

/** A picture that is one: a single grey point. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==',
  'base64',
)

export const createInstallations = (): Installations & { kept: Map<string, { name: string; secrets: unknown }> } => {
  const kept = new Map<string, { name: string; secrets: unknown }>()
  return {
    kept,
    save: async (team, installation) => void kept.set(team, structuredClone(installation)),
    find: async (team) => kept.get(team),
    list: async () => [...kept.keys()],
    remove: async (team) => void kept.delete(team),
  }
}

/** Says that the bot knows these threads and has heard nothing since. */
export const knowing =
  (slack: FakeSlack, known: Iterable<string>, since: Date): SlackDeps['threads'] =>
  async () =>
    [...known].map((thread) => ({ team: slack.state.teams.keys().next().value!, thread, since, undecided: [] }))

/** Starts a bot that stores events in a list, over Socket Mode or HTTP, against a stand-in for Slack. */
export const startSlackBot = async (options: {
  mode: 'socket' | 'http'
  slack?: FakeSlack
  onEvent?: (event: ChatEvent) => Promise<void>
  scopes?: string[]
  systems?: SystemView[]
  deps?: Partial<SlackDeps>
}) => {
  const slack = options.slack ?? (await startFakeSlack())
  const team = [...slack.state.teams.values()][0] ?? slack.team('Acme')
  const install =
    slack.state.installs.size > 0 ? [...slack.state.installs.values()][0]! : slack.install(team, options.scopes)
  const events: ChatEvent[] = []
  const known = new Set<string>()
  const logged: string[] = []
  const server = await serve((request, response) => adapter.listener(request, response))
  const { url } = server
  const adapter: SlackAdapter = createSlackAdapter({
    botToken: install.token,
    appToken: options.mode === 'socket' ? slack.app.token : undefined,
    signingSecret: slack.app.signingSecret,
    oauth: undefined,
    apiUrl: slack.apiUrl,
    url,
    stateSecret: 'a secret of the tests',
    installations: createInstallations(),
    welcomes: noWelcomes,
    files: {
      picture: async () => PNG,
      download: async (_team, id) => ({ name: `${id}.zip`, bytes: Buffer.from('PK of a test') }),
    },
    home: async () => options.systems ?? [],
    knows: async (_team, thread) => known.has(thread),
    threads: async () => [],
    log: pino({ level: 'debug' }, { write: (line: string) => void logged.push(line) }),
    ...options.deps,
  })
  if (options.mode === 'http') slack.deliverTo(`${url}/slack/events`)
  await adapter.start(async (event) => {
    await options.onEvent?.(event)
    // As the store does: an event is kept once.
    if (!events.some((stored) => stored.id === event.id)) events.push(parseEvent(event))
    known.add(event.thread)
  })
  return {
    slack,
    team,
    install,
    adapter,
    events,
    known,
    logged,
    url,
    general: slack.channelOf(team),
    stop: async () => {
      await adapter.stop()
      await server.close()
      if (!options.slack) await slack.close()
    },
  }
}
