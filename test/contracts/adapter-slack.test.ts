import { pino } from 'pino'
import { createSlackAdapter } from '../../bot/slack/adapter.ts'
import { toElements } from '../../bot/slack/render/buttons.ts'
import { createInstallations, PNG } from '../bot/slack/support/slack.ts'
import { noWelcomes } from '../bot/support/welcomes.ts'
import { serve } from '../fakes/slack/serve.ts'
import { startFakeSlack } from '../fakes/slack/slack.ts'
import { describeAdapter } from './adapter.ts'

for (const mode of ['socket', 'http'] as const)
  describeAdapter('slack', async (onEvent) => {
    // The suite posts a score of cards at once; what a budget does is tested with the budgets of the service.
    const slack = await startFakeSlack({
      retryDelays: [],
      rates: { 'chat.postMessage': { calls: 1_000, per: 1_000, by: 'channel' } },
    })
    const team = slack.team('Acme')
    const install = slack.install(team)
    const ada = slack.person('Ada', team, { id: 'x' })
    const channel = slack.channelOf(team)
    const server = await serve((request, response) => adapter.listener(request, response))
    const adapter = createSlackAdapter({
      botToken: install.token,
      appToken: mode === 'socket' ? slack.app.token : undefined,
      signingSecret: slack.app.signingSecret,
      oauth: undefined,
      apiUrl: slack.apiUrl,
      url: undefined,
      stateSecret: 'a secret of the tests',
      installations: createInstallations(),
      welcomes: noWelcomes,
      files: { picture: async () => PNG, download: async () => ({ name: 'todo.zip', bytes: Buffer.from('PK') }) },
      home: async () => [],
      knows: async () => true,
      threads: async () => [],
      log: pino({ level: 'silent' }),
    })
    if (mode === 'http') slack.deliverTo(`${server.url}/slack/events`)
    await adapter.start(onEvent)

    // Slack's ids are its own: each of the suite's stands for one.
    const stamps = new Map<string, string>()
    const stampOf = (id: string): string => {
      const known = stamps.get(id) ?? slack.state.ts()
      stamps.set(id, known)
      return known
    }
    const root = slack.state.ts()
    slack.state.messages.push({ ts: root, channel, user: ada.id, text: 'a thread' })
    const thread = `${channel}:${root}`
    const idOf = (id: string): string =>
      id.startsWith('press')
        ? `${team.id}:${channel}:${root}:${ada.id}:${stampOf(id)}`
        : `${team.id}:${channel}:${stampOf(id)}`
    return {
      adapter,
      idOf,
      thread: { team: team.id, thread },
      write: async (text, id) => void (await ada.says(text, { thread, ts: stampOf(id) })),
      press: async (card, button, value, id) => {
        const [element] = toElements([{ id: button, label: button, style: 'plain', value }], card)
        await ada.press(slack.state.message(channel, root)!, { ...element }, stampOf(id))
      },
      // What people wrote there themselves is theirs.
      seen: async () => slack.transcript(thread, 'bot'),
      whispers: async () => slack.whispers(ada.id),
      close: async () => {
        const refused = slack.refused()
        await adapter.stop()
        await server.close()
        await slack.close()
        if (refused.length > 0) throw new Error(`Slack refused: ${refused.join('; ')}`)
      },
    }
  })
