import { webApi } from '@slack/bolt'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PersonAct } from './person.ts'
import { EVERY_SCOPE, type FakeSlack, startFakeSlack } from './slack.ts'

type Threads = webApi.WebClient['assistant']['threads']

describe('the assistant of the stand-in', () => {
  let slack: FakeSlack
  let client: webApi.WebClient
  let threads: Threads
  let poor: Threads
  let ada: PersonAct
  let place: { channel_id: string; thread_ts: string }
  const clientOf = (token: string) =>
    new webApi.WebClient(token, { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } })
  const answerOf = (call: Promise<unknown>): Promise<unknown> =>
    call.then(
      () => 'ok',
      (error: { data?: { error?: string } }) => error.data?.error ?? error,
    )
  const prompts = (count: number) => Array.from({ length: count }, (_, n) => ({ title: `${n}`, message: 'x' }))
  const opens = async (): Promise<string> => {
    // Nobody listens, so Slack's events are lost; the thread is there.
    await ada.opensAssistant().catch(() => undefined)
    const { channel, ts } = slack.state.messages.at(-1)!
    return `${channel}:${ts}`
  }

  beforeAll(async () => {
    slack = await startFakeSlack({ retryDelays: [] })
    const team = slack.team('Acme')
    client = clientOf(slack.install(team, [...EVERY_SCOPE, 'assistant:write']).token)
    threads = client.assistant.threads
    poor = clientOf(slack.install(slack.team('Poor'), ['chat:write']).token).assistant.threads
    ada = slack.person('Ada', team)
    slack.state.app.view = 'assistant'
    const [channel_id, thread_ts] = (await opens()).split(':') as [string, string]
    place = { channel_id, thread_ts }
  })
  afterAll(() => slack.close())

  it('wants assistant:write for prompts and titles; for a status chat:write is enough', async () => {
    expect(await answerOf(poor.setSuggestedPrompts({ ...place, prompts: prompts(1) }))).toBe('missing_scope')
    expect(await answerOf(poor.setTitle({ ...place, title: 'x' }))).toBe('missing_scope')
    expect(await answerOf(poor.setStatus({ ...place, status: 'x' }))).toBe('channel_not_found')
  })

  it('wants every argument, and at most four prompts with both of their parts', async () => {
    expect(await answerOf(threads.setSuggestedPrompts({ ...place, prompts: prompts(4) }))).toBe('ok')
    for (const wrong of [prompts(5), [], [{ title: 'x' }], [{ title: '', message: 'x' }]])
      expect(await answerOf(threads.setSuggestedPrompts({ ...place, prompts: wrong as never }))).toBe(
        'invalid_arguments',
      )
    expect(await answerOf(threads.setTitle(place as never))).toBe('invalid_arguments')
    expect(await answerOf(threads.setStatus(place as never))).toBe('invalid_arguments')
    const loading_messages = Array<string>(11).fill('x')
    expect(await answerOf(threads.setStatus({ ...place, status: 'x', loading_messages }))).toBe('invalid_arguments')
  })

  it('titles only conversations with the assistant', async () => {
    const at = { channel: place.channel_id, text: 'x' }
    const { ts } = await client.chat.postMessage(at)
    expect(await answerOf(threads.setTitle({ ...place, title: 'x' }))).toBe('ok')
    expect(await answerOf(threads.setTitle({ ...place, thread_ts: ts!, title: 'x' }))).toBe('invalid_thread_ts')
    expect(await answerOf(threads.setTitle({ ...place, thread_ts: '1.000001', title: 'x' }))).toBe('invalid_thread_ts')
    expect(await answerOf(threads.setTitle({ ...place, channel_id: 'C1', title: 'x' }))).toBe('channel_not_found')
  })

  it('takes a status away when the bot writes in the thread, or where it is empty', async () => {
    const thread = `${place.channel_id}:${place.thread_ts}`
    const reads = () => threads.setStatus({ ...place, status: 'is reading' })
    await reads()
    expect(slack.assistant(thread)).toContain('AutoCoder is reading')
    await client.chat.postMessage({ channel: place.channel_id, text: 'elsewhere' })
    expect(slack.assistant(thread)).toContain('AutoCoder is reading')
    await client.chat.postMessage({ channel: place.channel_id, thread_ts: place.thread_ts, text: 'here' })
    expect(slack.assistant(thread)).not.toContain('is reading')
    await reads()
    await threads.setStatus({ ...place, status: '' })
    expect(slack.assistant(thread)).not.toContain('is reading')
  })

  it('has an agent’s prompts in one place, and says nothing where a thread is named', async () => {
    slack.state.app.view = 'agent'
    const thread = await opens()
    const [channel_id, thread_ts] = thread.split(':') as [string, string]
    expect(await answerOf(threads.setSuggestedPrompts({ channel_id, thread_ts, prompts: prompts(1) }))).toBe('ok')
    expect(slack.assistant(thread)).toBe('')
    expect(await answerOf(threads.setSuggestedPrompts({ channel_id, prompts: prompts(1) }))).toBe('ok')
    expect(slack.assistant(channel_id)).toBe('> 0: x')
    slack.state.app.view = 'assistant'
  })
})
