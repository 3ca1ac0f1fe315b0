import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { systemsCard } from '../../../bot/chat/systems.ts'
import { buttons } from '../../../bot/conversation/buttons.ts'
import type { Card } from '../../../schemas/generated/card.ts'
import type { PersonAct } from '../../fakes/slack/person.ts'
import { everyCard } from '../../fixtures/cards.ts'
import { draftView, systemView } from '../../fixtures/systems.ts'
import { startSlackBot } from './support/slack.ts'

const systems = [systemView('todo'), draftView('pets', { owner: 'Bob' }), systemView('old', { archived: true })]

for (const mode of ['socket', 'http'] as const)
  describe(`people talk to the bot in Slack, over ${mode}`, () => {
    let bot: Awaited<ReturnType<typeof startSlackBot>>
    let ada: PersonAct
    let bob: PersonAct
    beforeAll(async () => {
      bot = await startSlackBot({ mode, systems })
      const group = bot.slack.group(bot.team, 'builders')
      ada = bot.slack.person('Ada Lovelace', bot.team, { admin: true, groups: [group], display: 'Ada' })
      bob = bot.slack.person('Bob', bot.team)
    })
    afterAll(async () => {
      const refused = bot.slack.refused()
      await bot.stop()
      expect(refused).toEqual([])
    })
    beforeEach(() => void bot.events.splice(0))

    const post = (thread: string, key: string, card: Card): Promise<string> =>
      bot.adapter.post({ team: bot.team.id, thread }, { key, card })
    const last = () => bot.events.at(-1)

    it('hears a call once, though Slack tells of it twice, with who it is and what rights they bring', async () => {
      const thread = await ada.mentions('Build me a todo API & <b>more</b> at https://example.com/x')
      const ts = thread.split(':')[1]
      expect(bot.events).toEqual([
        {
          type: 'message',
          id: `${bot.team.id}:${bot.general}:${ts}`,
          platform: 'slack',
          team: { id: bot.team.id, name: 'Acme' },
          thread,
          actor: { id: ada.id, name: 'Ada', owner: true, groups: [expect.stringMatching(/^S/)] },
          at: expect.stringMatching(/^\d{4}-/),
          text: 'Build me a todo API & <b>more</b> at https://example.com/x',
        },
      ])
    })

    it('follows a thread that it is in without being called, and leaves others alone', async () => {
      const thread = await ada.mentions('Build me a todo API')
      await bob.says('add due dates', { thread })
      expect(last()).toMatchObject({ text: 'add due dates', thread, actor: { name: 'Bob', owner: false, groups: [] } })
      const before = bot.events.length
      const other = await bob.says('lunch?')
      await ada.says('yes', { thread: other })
      expect(bot.events).toHaveLength(before)
    })

    it('reads what people wrote in a thread before it was called', async () => {
      const thread = await bob.says('We need a list of pets')
      await ada.says(`with names, <@${bob.id}>?`, { thread, raw: true })
      await ada.mentions('build that', { thread })
      expect(last()).toMatchObject({
        text: 'build that',
        before: [
          { name: 'Bob', text: 'We need a list of pets' },
          { name: 'Ada', text: 'with names, @Bob?' },
        ],
      })
      await ada.mentions('and tags', { thread })
      expect(last()).not.toHaveProperty('before')
    })

    it('talks with one person alone, a thread for each message', async () => {
      const thread = await ada.tells('Build me a todo API')
      expect(thread).toMatch(/^D/)
      expect(last()).toMatchObject({ thread, text: 'Build me a todo API' })
      await ada.says('add tags', { thread })
      expect(last()).toMatchObject({ thread, text: 'add tags' })
    })

    it('names whom a message mentions: people and user groups, also in commands', async () => {
      const group = bot.slack.group(bot.team, 'ops')
      const thread = await ada.mentions('hello')
      await ada.says(`make <@${bob.id}> and <!subteam^${group}> approvers`, { thread, raw: true })
      expect(last()).toMatchObject({
        text: 'make @Bob and @ops approvers',
        mentions: [
          { kind: 'person', id: bob.id, name: 'Bob' },
          { kind: 'group', id: group, name: 'ops' },
        ],
      })
    })

    it('tells of edits and deletions in threads that it knows', async () => {
      const thread = await ada.mentions('Build me a tudo API')
      const [channel, ts] = thread.split(':') as [string, string]
      const { id } = last()!
      await ada.edits(channel, ts, 'Build me a todo API')
      expect(last()).toMatchObject({ type: 'edit', message: id, text: 'Build me a todo API', thread })
      await ada.deletes(channel, ts)
      expect(last()).toMatchObject({ type: 'edit', message: id })
      expect(last()).not.toHaveProperty('text')
    })

    it('hears a call that was added to a message afterwards', async () => {
      const thread = await ada.says('Build me a todo API')
      const [channel, ts] = thread.split(':') as [string, string]
      expect(bot.events).toEqual([])
      await bot.slack.event(bot.team, {
        type: 'message',
        subtype: 'message_changed',
        channel,
        channel_type: 'channel',
        ts: '1.000001',
        message: { type: 'message', user: ada.id, ts, text: `<@${bot.install.botUser}> Build me a todo API` },
        previous_message: { type: 'message', user: ada.id, ts, text: 'Build me a todo API' },
      })
      expect(bot.events).toMatchObject([{ type: 'message', text: 'Build me a todo API', thread }])
    })

    it('reads attached text files, and says in private which it cannot read', async () => {
      await ada.mentions('serve exactly this', {
        files: [
          { name: 'openapi.yaml', text: 'openapi: 3.1.0\n' },
          { name: 'logo.png', text: 'not a text' },
          { name: 'huge.csv', text: 'a,b\n'.repeat(300_000) },
        ],
      })
      expect(last()).toMatchObject({ files: [{ name: 'openapi.yaml', text: 'openapi: 3.1.0\n' }] })
      await expect.poll(() => bot.slack.whispers(ada.id)).toContain('logo.png, huge.csv')
    })

    it('takes a press with the value that the card carries', async () => {
      const thread = await ada.mentions('Build me a todo API')
      await post(thread, 'blueprint:r1', everyCard.blueprint)
      await ada.presses("Approve and hide 'tags'", { thread })
      expect(last()).toMatchObject({
        type: 'press',
        card: 'blueprint:r1',
        button: 'approve',
        value: `sha256:${'a'.repeat(64)}`,
        thread,
        actor: { name: 'Ada' },
      })
      const first = last()!.id
      await ada.presses("Approve and hide 'tags'", { thread })
      expect(last()!.id).not.toBe(first)
    })

    it('asks in a modal where a button wants words, and takes them as the press', async () => {
      const thread = await ada.mentions('Build me a todo API')
      await post(thread, 'reply:1', {
        kind: 'message',
        tone: 'plain',
        text: 'There it is.',
        buttons: [{ id: 'change', label: 'Change', style: 'plain', value: 'r1', ask: 'What should change?' }],
      })
      bot.events.splice(0)
      await ada.presses('Change', { thread })
      expect(bot.events).toEqual([])
      expect(JSON.stringify(ada.modal())).toContain('What should change?')
      await ada.submits('add due dates')
      expect(bot.events).toMatchObject([
        { type: 'press', card: 'reply:1', button: 'change', value: 'r1', text: 'add due dates', thread },
      ])
      expect(ada.modal()).toBeUndefined()
    })

    it('begins a thread for /build, as the person who asks', async () => {
      await ada.runs('/build', 'a todo API with <tags>')
      expect(last()).toMatchObject({ type: 'message', text: 'a todo API with <tags>', actor: { name: 'Ada' } })
      expect(bot.slack.transcript(last()!.thread)).toBe('AutoCoder: Ada asks: a todo API with <tags>')
    })

    it('asks for the wish where /build has none, and begins in the chosen channel', async () => {
      await ada.runs('/build')
      await ada.submits('a pet register', bot.general)
      expect(last()).toMatchObject({ text: 'a pet register', thread: expect.stringMatching(bot.general) })
      await bob.uses('build')
      const outside = bot.slack.channel(bot.team, 'outside')
      const answer = await bob.submits('a pet register', outside)
      expect(answer).toMatchObject({ response_action: 'errors', errors: { where: expect.stringContaining('invite') } })
      bot.slack.state.calls.splice(0)
    })

    it('says in private that it must be invited', async () => {
      const outside = bot.slack.channel(bot.team, 'elsewhere')
      bot.slack.state.channels.get(outside)!.members.add(ada.id)
      await ada.runs('/build', 'a todo API', outside)
      expect(bot.slack.whispers(ada.id)).toContain('invite me with /invite @AutoCoder')
      expect(bot.events).toEqual([])
      bot.slack.state.calls.splice(0)
    })

    it('builds from a message by its shortcut, in its thread', async () => {
      const thread = await bob.says('A list of pets would be nice')
      const [channel, ts] = thread.split(':') as [string, string]
      await ada.uses('build_this', { channel, ts })
      expect(bot.events).toMatchObject([
        { type: 'message', text: 'A list of pets would be nice', thread, actor: { name: 'Ada' } },
      ])
    })

    it('offers one list to choose from below many systems, and a choice is a press', async () => {
      const thread = await ada.mentions('systems')
      const card = systemsCard(systems, { limit: 5 })
      await bot.adapter.post({ team: bot.team.id, thread }, { key: 'reply:1', card })
      const blocks = bot.slack.state.messages.at(-1)!.blocks as { type: string }[]
      expect(blocks.filter(({ type }) => type === 'actions')).toHaveLength(1)
      await bob.chooses('Pets', { thread })
      expect(last()).toMatchObject({
        type: 'press',
        card: 'reply:1',
        button: 'about',
        value: 'id-pets',
        thread,
        actor: { name: 'Bob' },
      })
    })

    it('asks for a person with Slack’s own list, and never takes itself for one', async () => {
      const thread = await ada.mentions('open todo')
      const card: Card = {
        kind: 'list',
        title: 'Todo',
        items: [],
        empty: '',
        buttons: [buttons.handOver('s1', 'todo', undefined)],
      }
      await bot.adapter.post({ team: bot.team.id, thread }, { key: 'reply:2', card })
      const before = bot.events.length
      await ada.presses('Hand over', { thread })
      expect(bot.events).toHaveLength(before)
      expect(JSON.stringify(ada.modal())).toContain('users_select')
      expect(await ada.submits(bot.install.botUser)).toMatchObject({ response_action: 'errors' })
      expect(bot.events).toHaveLength(before)
      await ada.submits(bob.id)
      expect(last()).toMatchObject({
        type: 'press',
        card: 'reply:2',
        button: 'hand-over',
        value: 's1',
        person: { kind: 'person', id: bob.id, name: 'Bob' },
      })
      expect(last()).not.toHaveProperty('text')
    })

    it('lists the systems to one person, and takes a button there as a sentence in a thread', async () => {
      await ada.runs('/builds')
      const all = bot.slack.whispers(ada.id)
      expect(all).toContain('Todo  running for 3 h · 96 MB · owner Ada')
      expect(all).toContain('Built for the first time, by Ada')
      expect(all).toContain('1 runs, with 96 MB of memory. No model was paid.')
      expect(all).not.toContain('Old')
      await ada.runs('/builds', 'archived')
      expect(bot.slack.whispers(ada.id)).toContain('Archived systems')
      await ada.runs('/builds', 'find BOB')
      expect(bot.slack.whispers(ada.id)).toContain('Systems that match “BOB”')
      expect(bot.events).toEqual([])
      await ada.chooses('Pets')
      expect(last()).toMatchObject({ type: 'message', text: 'open pets', actor: { name: 'Ada' } })
      expect(bot.slack.transcript(last()!.thread)).toBe('AutoCoder: Ada asks: open pets')
    })

    it('takes other words of /builds as a sentence, and helps by example', async () => {
      await ada.runs('/builds', 'audit')
      // The channel's budget may be spent: then the command is acknowledged in time, and its thread begins a little later.
      await expect.poll(last, { timeout: 10_000 }).toMatchObject({ text: 'audit' })
      await bob.runs('/builds', 'help')
      expect(bot.slack.whispers(bob.id)).toContain('/builds open todo')
    })

    it('shows the systems in the App Home', async () => {
      await bob.opensHome()
      await expect.poll(() => bot.slack.home(bob.id)).toContain('Pets  a blueprint, not built yet · owner Bob')
      await bob.chooses('Todo', { home: true })
      expect(last()).toMatchObject({ text: expect.stringMatching(/^open/), thread: expect.stringMatching(/^D/) })
    })

    it('whispers to whoever is in the channel, and directly to whoever left', async () => {
      const thread = await bob.mentions('Build me a todo API')
      const say = (text: string) =>
        bot.adapter.whisper(
          { team: bot.team.id, thread },
          { id: bob.id, name: 'Bob' },
          { kind: 'message', tone: 'refusal', text },
        )
      await say('Only builders may do this.')
      expect(bot.slack.whispers(bob.id)).toContain('Only builders may do this.')
      bot.slack.state.channels.get(bot.general)!.members.delete(bob.id)
      await say('You have left.')
      expect(bob.sees()).toContain('You have left.')
      bot.slack.state.channels.get(bot.general)!.members.add(bob.id)
      bot.slack.state.calls.splice(0)
    })
  })
