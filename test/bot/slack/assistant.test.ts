import { afterEach, describe, expect, it } from 'vitest'
import { EVERY_SCOPE, startFakeSlack } from '../../fakes/slack/slack.ts'
import { everyCard } from '../../fixtures/cards.ts'
import { startSlackBot } from './support/slack.ts'

const READY = `> Build a todo API: Build me a todo API with user authentication
> Build a pet clinic: A clinic: pets have visits, vets see all visits, owners see only their own pets
> See our systems: Which systems do we have?
> What can you do?: help`

const ofAssistant = (calls: { method: string; answer: string }[]): string[] =>
  calls.filter(({ method }) => method.startsWith('assistant.')).map(({ method, answer }) => `${method}: ${answer}`)

type Bot = Awaited<ReturnType<typeof startSlackBot>>

describe('the app as an assistant', () => {
  let bot: Bot
  afterEach(async () => {
    const refused = bot.slack.refused()
    await bot.stop()
    expect(refused).toEqual([])
  })
  const start = async (
    view: 'none' | 'assistant' | 'agent',
    more: Partial<Parameters<typeof startSlackBot>[0]> = {},
  ) => {
    const scopes = view === 'none' ? EVERY_SCOPE : [...EVERY_SCOPE, 'assistant:write']
    bot = await startSlackBot({ mode: 'socket', scopes, ...more })
    bot.slack.state.app.view = view
    return bot.slack.person('Ada', bot.team)
  }
  const answers = (thread: string, key = 'reply:1') =>
    bot.adapter.post(
      { team: bot.team.id, thread },
      { key, card: { kind: 'message', tone: 'plain', text: 'Here is the blueprint.' } },
    )
  const shows = (thread: string) => expect.poll(() => bot.slack.assistant(thread))

  it('lays prompts ready and says nothing, then titles the conversation and shows that it reads', async () => {
    const ada = await start('assistant')
    const thread = await ada.opensAssistant()
    await shows(thread).toBe(READY)
    expect(bot.slack.transcript(thread)).toBe('AutoCoder: New chat')
    await ada.takesPrompt('Build a todo API', thread)
    await shows(thread).toBe(`# Build me a todo API with user authentication\n${READY}\nAutoCoder is reading …`)
    await answers(thread)
    await shows(thread).toBe(`# Build me a todo API with user authentication\n${READY}`)
    expect(bot.events).toMatchObject([
      { type: 'message', text: 'Build me a todo API with user authentication', thread, actor: { name: 'Ada' } },
    ])
    expect(bot.events[0]).not.toHaveProperty('before')
  })

  it('goes on as in any direct message, under the title that the first words gave', async () => {
    const ada = await start('assistant')
    const thread = await ada.opensAssistant()
    await ada.says('Build me a todo API', { thread })
    await answers(thread)
    await ada.says('add due dates', { thread })
    await answers(thread, 'reply:2')
    await ada.edits(thread.split(':')[0]!, bot.slack.state.messages.at(-2)!.ts, 'add due dates and tags')
    await shows(thread).toBe(`# Build me a todo API\n${READY}`)
    expect(bot.events).toMatchObject([
      { type: 'message', text: 'Build me a todo API', thread },
      { type: 'message', text: 'add due dates', thread },
      { type: 'edit', text: 'add due dates and tags', thread },
    ])
  })

  it('caps the title, in one line', async () => {
    const ada = await start('assistant')
    const thread = await ada.opensAssistant()
    await ada.says(`Build me\na list of ${'very '.repeat(40)}good pets`, { thread })
    await shows(thread).toMatch(/^# Build me a list of very .{1,60}…\n/)
    expect(bot.slack.assistant(thread).split('\n')[0]).toHaveLength(2 + 80)
  })

  it('takes the status away where the answer changes a message or is for one person alone', async () => {
    const ada = await start('assistant')
    const thread = await ada.opensAssistant()
    const ref = { team: bot.team.id, thread }
    await ada.says('Build me a todo API', { thread })
    const message = await answers(thread)
    await ada.says('cancel', { thread })
    await shows(thread).toContain('is reading …')
    await bot.adapter.update(ref, message, { key: 'reply:1', card: everyCard.message })
    await shows(thread).not.toContain('is reading …')
    await ada.says('approve', { thread })
    await shows(thread).toContain('is reading …')
    await bot.adapter.whisper(ref, { id: ada.id, name: 'Ada' }, { kind: 'message', tone: 'refusal', text: 'Not you.' })
    await shows(thread).not.toContain('is reading …')
  })

  it('shows no status for what comes again after it was answered', async () => {
    const ada = await start('assistant')
    const thread = await ada.opensAssistant()
    await ada.says('Build me a todo API', { thread })
    await answers(thread)
    const [channel, root] = thread.split(':')
    const { ts } = bot.slack.state.messages.at(-2)!
    const again = { type: 'message', user: ada.id, ts, text: 'Build me a todo API', channel, thread_ts: root }
    await bot.slack.event(bot.team, { ...again, channel_type: 'im', event_ts: ts })
    await ada.edits(channel!, ts, 'Build me a shop')
    expect(bot.events).toHaveLength(2)
    expect(ofAssistant(bot.slack.state.calls).filter((call) => call.includes('setStatus'))).toHaveLength(1)
    expect(bot.slack.assistant(thread)).not.toContain('is reading')
  })

  it('lays prompts ready under Messages where the app is an agent, and titles what begins there', async () => {
    const ada = await start('agent')
    const channel = await ada.opensMessages()
    await shows(channel).toBe(READY)
    const thread = await ada.takesPrompt('See our systems')
    await shows(thread).toBe('# Which systems do we have?\nAutoCoder is reading …')
    await answers(thread)
    await shows(thread).toBe('# Which systems do we have?')
    expect(bot.slack.transcript(thread)).toBe('Ada: Which systems do we have?\nAutoCoder: Here is the blueprint.')
  })

  it('does nothing of this in channels', async () => {
    const ada = await start('assistant')
    const thread = await ada.mentions('Build me a todo API')
    await answers(thread)
    expect(ofAssistant(bot.slack.state.calls)).toEqual([])
  })

  it('calls nothing where the app is neither', async () => {
    const ada = await start('none')
    await ada.opensMessages()
    const thread = await ada.tells('Build me a todo API')
    await answers(thread)
    await ada.says('add tags', { thread })
    expect(ofAssistant(bot.slack.state.calls)).toEqual([])
  })
})

describe('an assistant without its rights', () => {
  it('is refused once, keeps the status that chat:write allows, and logs nothing that alarms', async () => {
    const slack = await startFakeSlack()
    slack.state.app.view = 'assistant'
    slack.install(slack.team('Acme'))
    const bot = await startSlackBot({ mode: 'socket', slack })
    const ada = slack.person('Ada', bot.team)
    for (const text of ['Build me a todo API', 'Build me a shop']) {
      const thread = await ada.opensAssistant()
      await ada.says(text, { thread })
      await expect.poll(() => slack.assistant(thread)).toBe('AutoCoder is reading …')
    }
    await bot.stop()
    expect(ofAssistant(slack.state.calls).sort()).toEqual([
      'assistant.threads.setStatus: ok',
      'assistant.threads.setStatus: ok',
      'assistant.threads.setSuggestedPrompts: missing_scope assistant:write',
      'assistant.threads.setTitle: missing_scope assistant:write',
    ])
    const loud = bot.logged.filter((line) => (JSON.parse(line) as { level: number }).level > 20)
    expect(loud.filter((line) => line.includes('assistant'))).toEqual([])
    await slack.close()
  })

  it('goes on where Slack limits or fails a call, and tries it again the next time', async () => {
    const slack = await startFakeSlack()
    slack.state.app.view = 'assistant'
    slack.install(slack.team('Acme'), [...EVERY_SCOPE, 'assistant:write'])
    const bot = await startSlackBot({ mode: 'socket', slack })
    const ada = slack.person('Ada', bot.team)
    slack.rates.limit('assistant.threads.setSuggestedPrompts', 1, 30)
    slack.breakNext('assistant.threads.setStatus', '503')
    const first = await ada.opensAssistant()
    await ada.says('Build me a todo API', { thread: first })
    const second = await ada.opensAssistant()
    await ada.says('Build me a shop', { thread: second })
    await expect.poll(() => slack.assistant(second)).toBe(`# Build me a shop\n${READY}\nAutoCoder is reading …`)
    expect(slack.assistant(first)).toBe('# Build me a todo API')
    expect(bot.events).toHaveLength(2)
    await bot.stop()
    await slack.close()
  })
})
