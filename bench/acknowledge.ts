/**
 * How fast what comes in from Slack is acknowledged, which happens once it is stored: 100 messages a second over HTTP and
 * over Socket Mode, to the whole bot and to a receiver that stores nothing, in one run: `node bench/acknowledge.ts
 * [seconds]`. The goal is a 99th percentile of at most 100 ms, none lost and none doubled; Slack gives up after 3 s.
 */
import { rm } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { pino } from 'pino'
import { createSlackAdapter } from '../bot/slack/adapter.ts'
import { rowsOf } from '../queue/store/db.ts'
import { openStore } from '../queue/store/store.ts'
import { noWelcomes } from '../test/bot/support/welcomes.ts'
import { freshEnvironment, startBot } from '../test/e2e/support.ts'
import { serve } from '../test/fakes/slack/serve.ts'
import { startFakeSlack } from '../test/fakes/slack/slack.ts'

const SECONDS = Number(process.argv[2] ?? 60)
const RATE = 100
const PEOPLE = 50
/** Answers are not what is measured: their budgets would hold the bot back, not its acknowledgements. */
const open = { calls: 1_000_000, per: 1_000, by: 'team' } as const
const rates = Object.fromEntries(
  ['chat.postMessage', 'chat.update', 'users.info', 'conversations.replies'].map((method) => [method, open]),
)

type Mode = 'http' | 'socket'
type Figures = { median: number; p99: number; worst: number; sent: number; refused: number }

const at = (sorted: number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0

/** Sends messages at the rate, whatever becomes of the earlier ones, and times each until it is acknowledged. */
const load = async (slack: Awaited<ReturnType<typeof startFakeSlack>>): Promise<Figures> => {
  const team = [...slack.state.teams.values()][0]!
  const people = Array.from({ length: PEOPLE }, (_, index) => slack.person(`Person ${index}`, team))
  for (const person of people) await person.tells('hello')
  const times: number[] = []
  let refused = 0
  const pending: Promise<void>[] = []
  const begun = performance.now()
  for (let n = 0; n < SECONDS * RATE; n += 1) {
    await sleep(Math.max(0, begun + (n * 1000) / RATE - performance.now()))
    const sent = performance.now()
    pending.push(
      people[n % PEOPLE]!.tells('thanks').then(
        () => void times.push(performance.now() - sent),
        () => {
          refused += 1
        },
      ),
    )
  }
  await Promise.all(pending)
  const sorted = times.toSorted((a, b) => a - b)
  return { median: at(sorted, 0.5), p99: at(sorted, 0.99), worst: sorted.at(-1) ?? 0, sent: SECONDS * RATE, refused }
}

const prepare = async () => {
  const slack = await startFakeSlack({ rates, retryDelays: [] })
  const install = slack.install(slack.team('Acme'))
  return { slack, install }
}

const bare = async (mode: Mode): Promise<Figures> => {
  const { slack, install } = await prepare()
  const server = await serve((request, response) => adapter.listener(request, response))
  const adapter = createSlackAdapter({
    botToken: install.token,
    appToken: mode === 'socket' ? slack.app.token : undefined,
    signingSecret: slack.app.signingSecret,
    oauth: undefined,
    apiUrl: slack.apiUrl,
    url: server.url,
    stateSecret: 'bench',
    installations: {
      save: async () => undefined,
      find: async () => undefined,
      list: async () => [],
      remove: async () => undefined,
    },
    welcomes: noWelcomes,
    files: { picture: async () => undefined, download: async () => undefined },
    home: async () => [],
    knows: async () => true,
    threads: async () => [],
    log: pino({ level: 'silent' }),
  })
  if (mode === 'http') slack.deliverTo(`${server.url}/slack/events`)
  await adapter.start(async () => undefined)
  const figures = await load(slack)
  await adapter.stop()
  await server.close()
  await slack.close()
  return figures
}

/** The bot is a process of its own, as it is for Slack: what sends and measures does not wait for it. */
const whole = async (mode: Mode): Promise<Figures & { stored: number }> => {
  const { slack, install } = await prepare()
  const place = await freshEnvironment({
    SLACK_BOT_TOKEN: install.token,
    SLACK_API_URL: slack.apiUrl,
    ...(mode === 'http' ? { SLACK_SIGNING_SECRET: slack.app.signingSecret } : { SLACK_APP_TOKEN: slack.app.token }),
  })
  const bot = await startBot(place.env)
  if (mode === 'http') slack.deliverTo(new URL('/slack/events', bot.url).href)
  else while (slack.sockets.count() === 0) await sleep(50)
  const figures = await load(slack)
  await bot.stop()
  const store = await openStore({ databaseUrl: undefined, data: place.data, log: pino({ level: 'silent' }) })
  const [row] = await rowsOf<{ stored: number }>(
    store.db,
    sql`select count(*)::int as stored from inbox where event->>'text' = 'thanks'`,
  )
  await store.close()
  await rm(place.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
  await slack.close()
  return { ...figures, stored: row!.stored }
}

const ms = (value: number): string => `${value.toFixed(1)} ms`

let good = true
for (const mode of ['http', 'socket'] as const) {
  const alone = await bare(mode)
  const bot = await whole(mode)
  const kept = bot.stored === bot.sent - bot.refused && bot.refused === 0
  good &&= kept && bot.p99 <= 100
  console.log(
    `${mode}: ${bot.sent} messages at ${RATE}/s; p99 ${ms(bot.p99)} against ${ms(alone.p99)} for a receiver alone (${(bot.p99 / alone.p99).toFixed(1)}x), median ${ms(bot.median)} against ${ms(alone.median)}, worst ${ms(bot.worst)}; ${bot.stored} stored, ${bot.refused} refused`,
  )
}
console.log(good ? 'goal met: p99 at most 100 ms, none lost, none doubled' : 'goal missed')
