import { PermissionFlagsBits } from 'discord.js'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { planChange, planSystem } from '../../pipeline/blueprint/planner/plan.ts'
import { startFakeDiscord } from '../fakes/discord/server.ts'
import { startFakeSlack } from '../fakes/slack/slack.ts'
import { freePort } from '../support/server.ts'
import { startTestBot } from './support/bot.ts'
import { type Member, platforms, type Workspace } from './support/workspace.ts'

/** The whole story in a workspace, with a stand-in for what builds and runs systems. */
describe.each(platforms)('a team on $name', ({ open }) => {
  let workspace: Workspace
  let bot: Awaited<ReturnType<typeof startTestBot>>
  let ada: Member
  let grace: Member
  beforeAll(async () => {
    workspace = await open()
    bot = await startTestBot({ web: true, env: workspace.env, planner: { planSystem, planChange } })
    workspace.reach(bot.invite())
    ada = workspace.join('Ada', { admin: true })
    grace = workspace.join('Grace')
  })
  afterAll(async () => {
    await bot.stop()
    await workspace.close()
  })
  const shows = (text: string | RegExp) =>
    expect
      .poll(workspace.transcript, { timeout: 20_000, interval: 50 })
      [typeof text === 'string' ? 'toContain' : 'toMatch'](text as string & RegExp)

  it('goes from a mention to a blueprint, over another person’s approval to an address', async () => {
    await ada.mentions('Build me a todo API with user authentication')
    await shows('Approve')
    await ada.presses('Request changes', 'Todos have a priority')
    await shows(/priority/i)
    await grace.presses('Approve')
    await shows('is running')
    expect(workspace.transcript()).toContain('http://')
    expect(workspace.transcript()).toMatch(/approved by Grace/i)
  })

  it('follows up in the thread without a mention, changes and rolls back', async () => {
    await grace.says('add a due date to todos')
    await shows(/due date/i)
    await ada.presses('Approve')
    await shows('Roll back')
    await ada.presses('Roll back')
    await shows(/rolled back|runs build 1|is back/i)
  })

  it('hands over, and tells a second press privately that it came too late', async () => {
    await ada.says('hand over todo to Grace')
    await shows('Grace looks after')
    await grace.says('add a color to todos')
    await shows(/color/i)
    await Promise.all([ada.presses('Approve'), grace.presses('Approve')])
    await expect
      .poll(() => `${ada.whispers()}\n${grace.whispers()}`, { timeout: 10_000 })
      .toContain('was approved already')
  })

  it('sends nothing that the platform refuses', () => {
    expect(workspace.refused()).toEqual([])
  })
})

/** Rights that come from a user group of Slack or a role of Discord; people come and go there. */
describe.each(platforms)('rights by group on $name', ({ open }) => {
  let workspace: Workspace
  let bot: Awaited<ReturnType<typeof startTestBot>>
  let people: Record<'ada' | 'grace' | 'bob', Member>
  let ops: ReturnType<Workspace['group']>
  beforeAll(async () => {
    workspace = await open()
    bot = await startTestBot({ web: true, env: workspace.env, planner: { planSystem, planChange } })
    workspace.reach(bot.invite())
    people = { ada: workspace.join('Ada', { admin: true }), grace: workspace.join('Grace'), bob: workspace.join('Bob') }
    ops = workspace.group('ops')
    await ops.takes(people.grace)
  })
  afterAll(async () => {
    await bot.stop()
    await workspace.close()
  })
  const shows = (text: RegExp) => expect.poll(workspace.transcript, { timeout: 20_000, interval: 50 }).toMatch(text)
  const refuses = (member: Member, times = 1) =>
    expect
      .poll(() => member.whispers().split('only approvers and admins may approve').length - 1, { timeout: 20_000 })
      .toBe(times)

  it('lets a member of the group approve, and tells somebody outside in private that they may not', async () => {
    const { ada, grace, bob } = people
    await ada.mentions('team: only approvers may approve')
    await shows(/approvers approve/)
    await ada.says(`make ${ops.called} approvers`)
    await shows(/ops has the role approver/)
    await bob.mentions('Build me a todo API with user authentication')
    await shows(/\[Approve\]/)
    await bob.presses('Approve')
    await refuses(bob)
    expect(workspace.transcript()).not.toMatch(/approved by|only approvers and admins/i)
    await grace.presses('Approve')
    await shows(/is running/)
    expect(workspace.transcript()).toMatch(/approved by Grace/i)
  })

  it('refuses whoever left the group, and lets in who joined it', async () => {
    const { grace, bob } = people
    await ops.loses(grace)
    await ops.takes(bob)
    await grace.says('add a color to todos')
    await shows(/color/i)
    await grace.presses('Approve')
    await refuses(grace)
    expect(workspace.transcript()).not.toMatch(/build 2/)
    await bob.presses('Approve')
    await shows(/build 2/)
    expect(workspace.refused()).toEqual([])
  })
})

type Bot = Awaited<ReturnType<typeof startTestBot>>

/** A moment in which a second greeting would have come. */
const quiet = () => new Promise((resolve) => setTimeout(resolve, 300))

describe('the first words in a Slack workspace', () => {
  let slack: Awaited<ReturnType<typeof startFakeSlack>>
  let bot: Bot
  let port = 0
  const open = async (): Promise<void> => {
    slack = await startFakeSlack()
    port = await freePort()
    const url = `http://127.0.0.1:${port}`
    bot = await startTestBot({
      web: true,
      planner: { planSystem, planChange },
      env: {
        SLACK_API_URL: slack.apiUrl,
        SLACK_SIGNING_SECRET: slack.app.signingSecret,
        SLACK_CLIENT_ID: slack.app.clientId,
        SLACK_CLIENT_SECRET: slack.app.clientSecret,
        WEB_PORT: String(port),
        WEB_URL: url,
      },
    })
    slack.deliverTo(`${url}/slack/events`)
  }
  afterEach(async () => {
    await bot.stop()
    await slack.close()
  })

  const installs = async (team: { id: string }, person: { id: string }): Promise<void> => {
    const begun = await fetch(`http://127.0.0.1:${port}/slack/install`, { redirect: 'manual' })
    const back = slack.oauth.agree(new URL(begun.headers.get('location')!), team.id, person.id)
    const cookie = begun.headers.get('set-cookie')!.split(';')[0]!
    const done = await fetch(back, { headers: { cookie } })
    expect([done.status, await done.text()]).toEqual([200, expect.stringContaining('AutoCoder is installed')])
  }
  const greetings = (person: { sees: () => string }): number => person.sees().split('Hello! Say what').length - 1

  it('come to whoever installed the app, once, and what they offer works', async () => {
    await open()
    const team = slack.team('Acme')
    const ada = slack.person('Ada', team)
    await installs(team, ada)
    await expect.poll(ada.sees, { timeout: 10_000 }).toContain('Hello!')
    await expect(`${ada.sees()}\n`).toMatchFileSnapshot('../golden/slack/welcome.txt')
    await bot.restart(port)
    await installs(team, ada)
    await quiet()
    expect(greetings(ada)).toBe(1)
    await ada.tells('help')
    await expect.poll(ada.sees, { timeout: 10_000 }).toContain('For example:')
    expect(slack.refused()).toEqual([])
  })

  it('come again where the app was taken out and comes back, and to each workspace by itself', async () => {
    await open()
    const [one, two] = [slack.team('One'), slack.team('Two')]
    const [ada, bob] = [slack.person('Ada', one), slack.person('Bob', two)]
    await installs(one, ada)
    await installs(two, bob)
    await expect.poll(() => greetings(ada) + greetings(bob), { timeout: 10_000 }).toBe(2)
    await slack.uninstall(one)
    await installs(one, ada)
    await expect.poll(() => greetings(ada), { timeout: 10_000 }).toBe(2)
    expect(greetings(bob)).toBe(1)
  })

  it('are neither doubled nor an error where Slack does not say whether it showed them', async () => {
    await open()
    const team = slack.team('Acme')
    const ada = slack.person('Ada', team)
    slack.breakNext('chat.postMessage', 'after')
    await installs(team, ada)
    await expect.poll(() => greetings(ada), { timeout: 10_000 }).toBe(1)
    await bot.restart(port)
    await quiet()
    expect(greetings(ada)).toBe(1)
  })

  it('are nothing to an installer whom Slack does not let it write to', async () => {
    await open()
    const team = slack.team('Acme')
    await installs(team, { id: 'U0GONE' })
    await quiet()
    await bot.restart(port)
    await quiet()
    expect(slack.state.calls.filter(({ method }) => method === 'chat.postMessage')).toHaveLength(1)
  })
})

describe('the first words in a Discord server', () => {
  let discord: Awaited<ReturnType<typeof startFakeDiscord>>
  let bot: Bot
  const open = async (): Promise<void> => {
    bot = await startTestBot({
      planner: { planSystem, planChange },
      env: { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.api },
    })
  }
  afterEach(async () => {
    await bot.stop()
    await discord.stop()
  })
  const greetings = (channel: Parameters<typeof discord.transcript>[0]): number =>
    discord.transcript(channel).split('Hello! Say what').length - 1
  const posts = (): number => discord.requests.filter(({ route }) => route === 'POST /channels/:id/messages').length

  it('stand in the channel for news once, whatever is told again', async () => {
    discord = await startFakeDiscord()
    await open()
    const { guild, general } = discord.join('Difference Engines')
    await expect.poll(() => discord.transcript(general), { timeout: 10_000 }).toContain('Hello!')
    await expect(`${discord.transcript(general)}\n`).toMatchFileSnapshot('../golden/discord/welcome.txt')
    discord.gateway.invalidate(false)
    await bot.restart()
    await quiet()
    expect(greetings(general)).toBe(1)
    // Discord remembers what it took for some minutes only.
    discord.world.pass(3_600_000)
    discord.leave(guild)
    discord.rejoin(guild)
    await expect.poll(() => greetings(general), { timeout: 10_000 }).toBe(2)
  })

  it('reach a server that invited the bot while it was away, and none that spoke to it before', async () => {
    discord = await startFakeDiscord()
    await open()
    const ada = discord.person('Ada')
    ada.mentions(discord.general, 'help')
    await expect.poll(() => discord.world.channels.size, { timeout: 10_000 }).toBe(2)
    await expect
      .poll(() => discord.transcript([...discord.world.channels.values()][1]!), { timeout: 10_000 })
      .toContain('For example:')
    await bot.halt()
    discord.guild.systemChannelId = discord.general.id
    const { general } = discord.join('Difference Engines')
    bot = await startTestBot({
      data: bot.data,
      planner: { planSystem, planChange },
      env: { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.api },
    })
    await expect.poll(() => greetings(general), { timeout: 10_000 }).toBe(1)
    await quiet()
    expect(greetings(discord.general)).toBe(0)
  })

  it('are looked for where an earlier process began with them and died', async () => {
    discord = await startFakeDiscord()
    await open()
    discord.faults((route) => (route === 'POST /channels/:id/messages' ? 'lost' : undefined))
    const { general } = discord.join('Difference Engines')
    await expect.poll(() => greetings(general), { timeout: 10_000 }).toBe(1)
    await bot.halt()
    discord.faults(() => undefined)
    // Discord remembers what it took for some minutes only.
    discord.world.pass(3_600_000)
    bot = await startTestBot({
      data: bot.data,
      env: { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.api },
    })
    await quiet()
    expect(greetings(general)).toBe(1)
  })

  it('are nothing where there is no such channel or nothing may be written', async () => {
    discord = await startFakeDiscord()
    await open()
    discord.join('No News', { news: false })
    await quiet()
    expect(posts()).toBe(0)
    discord.role.permissions &= ~PermissionFlagsBits.SendMessages
    const { guild } = discord.join('No Words')
    for (const role of guild.roles.values()) role.permissions = PermissionFlagsBits.ViewChannel
    await expect.poll(posts, { timeout: 10_000 }).toBe(1)
    await bot.restart()
    await quiet()
    expect(posts()).toBe(1)
  })
})
