import { randomUUID } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import type { Logger } from 'pino'
import { createRowCounter } from '../deploy/local/rows.ts'
import { openBackend } from '../queue/backend/backend.ts'
import { writeBackup } from '../queue/backup/backup.ts'
import type { Pipeline } from '../queue/pipeline-contract.ts'
import { createProducer } from '../queue/producer.ts'
import * as conversationRows from '../queue/store/conversations.ts'
import { openStore } from '../queue/store/store.ts'
import * as teams from '../queue/store/teams.ts'
import { startWorkers } from '../queue/worker.ts'
import type { Config } from '../schemas/config.ts'
import type { ChatEvent } from '../schemas/generated/chat-event.ts'
import { type ChatAdapter, isLocal, type ThreadRef } from './chat/adapter.ts'
import { zipOf } from './conversation/archive.ts'
import { createConversations } from './conversation/conversations.ts'
import { say, type TurnDeps } from './conversation/turns/turn.ts'
import { createPlatforms } from './platforms.ts'
import type { Reached } from './reach.ts'
import { createRelay } from './relay.ts'
import { createTerminalAdapter } from './terminal/adapter.ts'
import { createWebAdapter } from './web/adapter.ts'
import { createWebReader } from './web/read.ts'

export type Bot = {
  /** Returns the page's address with a new one-time token; undefined where the bot has no page. */
  invite: () => string | undefined
  /** The team platforms that are set up, and whether each is reached now. */
  platforms: () => Reached[]
  /** Takes no more, hands unfinished work back, closes; resolves by the deadline (milliseconds) whatever happens. */
  stop: (deadline: number) => Promise<void>
}

/** The team of whoever sits at this machine. */
const LOCAL_TEAM = 'local'

const personOf = (): string => {
  try {
    return userInfo().username
  } catch {
    // A container may run under a number that has no name.
    return 'you'
  }
}

/** Starts the chat side, and a worker in this process where the configuration wants one. */
export const startBot = async (options: {
  config: Config
  pipeline: Pipeline
  /** How the planner reads a text that may be a wish. */
  reader: Pick<TurnDeps, 'likeness' | 'makesSystem'>
  /** Whether to serve the page. */
  web: boolean
  log: Logger
}): Promise<Bot> => {
  const { config, log, pipeline } = options
  const { data } = config
  await mkdir(data, { recursive: true, mode: 0o700 })
  const store = await openStore({ databaseUrl: config.databaseUrl, data, log })
  // What was opened is closed again in the other order, also where a later step fails.
  const closers: ((milliseconds: number) => Promise<void>)[] = [() => store.close()]
  const stop = async (deadline: number): Promise<void> => {
    const end = Date.now() + deadline
    for (const close of closers.splice(0).reverse())
      await Promise.race([
        close(Math.max(500, end - Date.now())).catch((error: unknown) =>
          log.warn({ err: error }, 'something did not close well'),
        ),
        new Promise<void>((resolve) => setTimeout(resolve, Math.max(500, end - Date.now())).unref()),
      ])
  }
  try {
    return await open()
  } catch (error) {
    await stop(5_000)
    throw error
  }

  async function open(): Promise<Bot> {
    const backend = await openBackend({ redisUrl: config.redisUrl, data, log })
    closers.push(() => backend.close())
    const producer = createProducer({ store, backend, concurrency: config.concurrency, log })
    const actor = personOf()
    const conversationOf = async (thread: ThreadRef): Promise<string> =>
      conversationRows.ensure(store.db, {
        teamId: await teams.ensure(store.db, { platform: 'local', externalId: thread.team, name: thread.team }),
        platform: 'terminal',
        thread: thread.thread,
        title: '',
      })
    const terminal = createTerminalAdapter({
      data,
      log: log.child({ platform: 'terminal' }),
      conversationOf,
      catchUp: (conversationId) => relay.sync(conversationId),
      invite: (name) => web?.invite(name),
      address: () => web?.address(),
      save: (buildId, team) => saveZip(buildId, team),
      backup: (file) => writeBackup({ db: store.db, data, file }),
    })
    const saveZip = async (buildId: string, team: string): Promise<string | undefined> => {
      const teamId = await teams.ensure(store.db, { platform: 'local', externalId: team, name: team })
      const zip = await zipOf(store.db, data, buildId, teamId)
      if (!zip) return undefined
      const folder = join(data, 'downloads')
      await mkdir(folder, { recursive: true })
      await writeFile(join(folder, zip.name), zip.bytes)
      return join(folder, zip.name)
    }
    const platforms = await createPlatforms({ config, store, target: pipeline.target, log })
    const web = options.web
      ? createWebAdapter({
          ...config.web,
          data,
          team: LOCAL_TEAM,
          actor,
          ...(platforms.slack ? { slack: platforms.slack.listener } : {}),
          reader: createWebReader({
            db: store.db,
            target: pipeline.target,
            log,
            data,
            team: LOCAL_TEAM,
            newThread: randomUUID,
          }),
          ready: async () => {
            await teams.get(store.db, '')
            await backend.ping()
            return true
          },
          log: log.child({ platform: 'web' }),
        })
      : undefined
    const adapters: ChatAdapter[] = [terminal, ...(web ? [web] : []), ...platforms.all]
    const relay = createRelay({
      store,
      adapters,
      data,
      log: log.child({ part: 'relay' }),
      onSettled: ({ platform, thread, lastEvent, question, system }) => {
        if (platform === 'terminal') terminal.settled(thread, { lastEvent, question, system })
      },
    })
    const conversations = createConversations({
      store,
      data,
      queue: producer,
      target: pipeline.target,
      ...options.reader,
      countRows: createRowCounter({ data }),
      log: log.child({ part: 'conversation' }),
      whisper: async (event, text) => {
        const adapter = adapters.find((one) => one.name === event.platform)
        await adapter?.whisper(
          { team: event.team.id, thread: event.thread },
          event.actor,
          say(text, { tone: 'refusal' }),
        )
      },
    })
    if (config.embeddedWorker) {
      const workers = await startWorkers({
        store,
        backend,
        producer,
        pipeline,
        data,
        concurrency: config.concurrency,
        log,
      })
      closers.push((milliseconds) => workers.stop(milliseconds))
    }
    if (web) {
      const unsubscribe = store.changes.subscribe((change) => {
        if (change.kind === 'conversation' || change.kind === 'poll') web.refresh()
      })
      closers.push(async () => unsubscribe())
    }
    await relay.start()
    closers.push(() => relay.stop())
    await conversations.start()
    closers.push(() => conversations.stop())
    const accept = (event: ChatEvent): Promise<void> =>
      conversations.accept(
        // Whoever runs the bot on this machine administers its team.
        isLocal(event.platform) && event.actor.name === actor
          ? { ...event, actor: { ...event.actor, owner: true } }
          : event,
      )
    for (const adapter of adapters) {
      await adapter.start(accept)
      closers.push(() => adapter.stop())
    }
    return {
      invite: () => web?.invite(),
      platforms: () => platforms.all.map((one) => ({ name: one.name, reach: one.reach?.() ?? 'called' })),
      stop,
    }
  }
}
