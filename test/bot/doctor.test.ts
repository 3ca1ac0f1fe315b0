import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Finding, marksOf } from '../../bot/doctor/finding.ts'
import { examine, renderFindings } from '../../bot/doctor.ts'
import { SCOPES } from '../../bot/slack/scopes.ts'
import { readConfig } from '../../schemas/config.ts'
import { type FakeDiscord, startFakeDiscord } from '../fakes/discord/server.ts'
import { type FakeSlack, startFakeSlack } from '../fakes/slack/slack.ts'
import { freePort } from '../support/server.ts'
import { startTestBot } from './support/bot.ts'

let data: string
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'autocoder-doctor-'))
})
afterAll(() => rm(data, { recursive: true, force: true }))

/** What the doctor says of a platform, a line each, with its next step at the end; no line may hold a secret. */
const say = async (env: Record<string, string>, about: string): Promise<string[]> => {
  const findings = await examine(readConfig({ AUTOCODER_DATA: data, WEB_PORT: '0', ...env }))
  const text = renderFindings(findings)
  for (const [name, value] of Object.entries(env))
    if (/TOKEN|SECRET/.test(name)) expect(text, name).not.toContain(value)
  const of = (finding: Finding) => finding.name.startsWith(about)
  expect(new Set(findings.map(({ name }) => name)).size).toBe(findings.length)
  const next = /^Next: (.*)$/m.exec(text)![1]!
  // The one next step is the first thing that is to be mended, whatever it is about.
  expect(next).toBe(findings.find(({ state }) => state === 'bad')?.fix ?? 'Everything is there. Run: npm start')
  return findings
    .filter(of)
    .map(({ name, state, text: line, fix }) => `${marksOf[state]} ${name}: ${line}${fix ? ` | ${fix}` : ''}`)
}

describe('Slack', () => {
  let slack: FakeSlack
  beforeEach(async () => {
    slack = await startFakeSlack()
  })
  afterEach(() => slack.close())
  const socketMode = (token: string, appToken = slack.app.token) => ({
    SLACK_API_URL: slack.apiUrl,
    SLACK_BOT_TOKEN: token,
    SLACK_APP_TOKEN: appToken,
  })
  const install = (scopes?: string[]) => slack.install(slack.team('Acme'), scopes)

  it('is not needed', async () => {
    expect(await say({}, 'Slack')).toEqual(['· Slack: Not set up'])
  })

  it('is named with the workspace and the bot, where all is right', async () => {
    const { token, team, botUser } = install()
    expect(await say(socketMode(token), 'Slack')).toEqual([
      `✓ Slack: Acme (${team}) as autocoder (${botUser}), all ${SCOPES.length} scopes`,
      '✓ Slack events: Over Socket Mode: Slack offers a socket',
    ])
    expect(slack.state.calls.map(({ method }) => method).sort()).toEqual(['apps.connections.open', 'auth.test'])
  })

  it('lists the scopes that the app was not given', async () => {
    const { token } = install(SCOPES.filter((scope) => scope !== 'commands' && scope !== 'files:write'))
    const [line] = await say(socketMode(token), 'Slack')
    expect(line).toMatch(/^✗ Slack: Acme \(\w+\) as autocoder \(\w+\); missing scopes: commands, files:write \| /)
    expect(line).toMatch(/Add commands, files:write to the bot's scopes .* then reinstall it\.$/)
  })

  it('says what to do about a wrong bot token', async () => {
    const [line] = await say(socketMode('xoxb-wrong'), 'Slack')
    expect(line).toMatch(/^✗ Slack: Slack does not take SLACK_BOT_TOKEN: invalid_auth \| .*page "OAuth & Permissions"/)
  })

  it('says what to do about a token that was revoked', async () => {
    const made = install()
    made.revoked = true
    expect((await say(socketMode(made.token), 'Slack'))[0]).toContain('SLACK_BOT_TOKEN: token_revoked')
  })

  it('says what to do about a wrong app token', async () => {
    const [, line] = await say(socketMode(install().token, 'xapp-wrong'), 'Slack')
    expect(line).toMatch(/^✗ Slack events: Slack does not take SLACK_APP_TOKEN: invalid_auth \| .*connections:write/)
  })

  it('says that the app token lacks its scope', async () => {
    slack.app.scopes.clear()
    expect((await say(socketMode(install().token), 'Slack'))[1]).toMatch(
      /^✗ Slack events: SLACK_APP_TOKEN lacks the scope connections:write \| Make an app-level token/,
    )
  })

  it('tells a Slack that is away from a token that is wrong', async () => {
    const { token } = install()
    slack.down()
    for (const line of await say(socketMode(token), 'Slack')) {
      expect(line).toMatch(/^✗ Slack(?: events)?: Slack does not answer: \w/)
      expect(line).toContain('Check that this machine reaches slack.com')
    }
    slack.up()
    slack.breakNext('auth.test', '503')
    expect((await say(socketMode(token), 'Slack'))[0]).toContain('does not answer: service_unavailable')
  })

  it.each([
    [undefined, 'and WEB_URL does not say where'],
    ['http://bot.example.com', 'Slack cannot reach http://bot.example.com'],
    ['https://localhost:4747', 'Slack cannot reach https://localhost:4747'],
    ['https://10.1.2.3', 'Slack cannot reach https://10.1.2.3'],
    ['https://intranet', 'Slack cannot reach https://intranet'],
  ])('over HTTP, wants an address that Slack reaches: %s', async (url, words) => {
    const env = { SLACK_API_URL: slack.apiUrl, SLACK_BOT_TOKEN: install().token, SLACK_SIGNING_SECRET: 'a'.repeat(32) }
    const [, line] = await say({ ...env, ...(url ? { WEB_URL: url } : {}) }, 'Slack')
    expect(line).toMatch(/^✗ Slack events: They come over HTTP, and /)
    expect(line).toContain(words)
    expect(line).toContain('Set WEB_URL to ')
  })

  it('over HTTP, says which address to give to Slack, and where workspaces install it', async () => {
    const env = {
      SLACK_API_URL: slack.apiUrl,
      SLACK_SIGNING_SECRET: slack.app.signingSecret,
      SLACK_CLIENT_ID: slack.app.clientId,
      SLACK_CLIENT_SECRET: slack.app.clientSecret,
      WEB_URL: 'https://bot.example.com',
    }
    expect(await say(env, 'Slack')).toEqual([
      '· Slack: For every workspace that installs it',
      '✓ Slack events: Over HTTP: the request URL of your app is https://bot.example.com/slack/events',
      '· Slack installs: Workspaces install it at https://bot.example.com/slack/install',
    ])
    const wrong = await say({ ...env, SLACK_SIGNING_SECRET: 'not a secret of Slack' }, 'Slack')
    expect(wrong[1]).toMatch(/^✗ Slack events: SLACK_SIGNING_SECRET is none: .* \| Set SLACK_SIGNING_SECRET/)
  })
})

describe('Discord', () => {
  let discord: FakeDiscord
  beforeEach(async () => {
    discord = await startFakeDiscord()
  })
  afterEach(() => discord.stop())
  const env = (token = discord.token) => ({ DISCORD_API_URL: discord.api, DISCORD_TOKEN: token })

  it('is not needed', async () => {
    expect(await say({}, 'Discord')).toEqual(['· Discord: Not set up'])
  })

  it('is named with its servers, its intent and the address that adds it', async () => {
    const { id } = discord.world.bot
    const lines = await say(env(), 'Discord')
    expect(lines.slice(0, 2)).toEqual([
      `✓ Discord: ${discord.world.bot.username} (${id}), in 1 server`,
      '✓ Discord intents: It may read what is said in its threads',
    ])
    const url = new URL(lines[2]!.replace('· Discord invite: ', ''))
    expect(url.origin + url.pathname).toBe('https://discord.com/oauth2/authorize')
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: id,
      scope: 'bot applications.commands',
      // View, send, attach, history, make public threads, send in threads.
      permissions: String((1n << 10n) | (1n << 11n) | (1n << 15n) | (1n << 16n) | (1n << 35n) | (1n << 38n)),
    })
  })

  it('tells that it hears only mentions, which is no fault', async () => {
    discord.gateway.state.privileged = 0
    const [, line] = await say(env(), 'Discord')
    expect(line).toMatch(/^· Discord intents: Message Content is off: .* \| .*"Message Content Intent"/)
  })

  it('leads a bot that is in no server into one', async () => {
    discord.world.guilds.clear()
    const [line] = await say(env(), 'Discord')
    expect(line).toMatch(
      /^✗ Discord: \S+ \(\d+\), in no server \| .*https:\/\/discord\.com\/oauth2\/authorize\?client_id=\d+/,
    )
  })

  it('says what to do about a wrong token, and tells it from a Discord that is away', async () => {
    expect(await say(env(`wrong.${'y'.repeat(20)}`), 'Discord')).toEqual([
      '✗ Discord: Discord does not take DISCORD_TOKEN | Set DISCORD_TOKEN to the token of the page "Bot" of your application; "Reset Token" there makes another.',
    ])
    discord.faults(() => 'down')
    expect((await say(env(), 'Discord'))[0]).toMatch(/^✗ Discord: Discord does not answer: HTTP 503 \| /)
    expect(
      (await say({ ...env(), DISCORD_API_URL: `http://127.0.0.1:${await freePort()}/api` }, 'Discord'))[0],
    ).toContain('ECONNREFUSED')
  })

  it('does not read an answer that is none', async () => {
    const server = createServer((_request, response) => response.end('<html>'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`
    expect((await say({ ...env(), DISCORD_API_URL: url }, 'Discord'))[0]).toContain('does not answer: HTTP 200')
    server.close()
  })
})

/** Runs the command as a person does. */
const run = async (env: Record<string, string>): Promise<{ said: string; code: number }> => {
  const main = fileURLToPath(new URL('../../bot/doctor-main.ts', import.meta.url))
  const child = spawn(process.execPath, [main], { env: { PATH: process.env.PATH, AUTOCODER_DATA: data, ...env } })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => (said += piece.toString()))
  const [code] = (await once(child, 'exit')) as [number]
  return { said, code }
}

it.each([
  [
    { SLACK_BOT_TOKEN: 'xoxb-1' },
    'SLACK_APP_TOKEN or SLACK_SIGNING_SECRET is not set',
    'Set SLACK_APP_TOKEN for Socket Mode',
  ],
  [{ SLACK_APP_TOKEN: 'xapp-1' }, 'SLACK_BOT_TOKEN is not set', 'Set the token that installing the app'],
  [
    { SLACK_SIGNING_SECRET: 'a'.repeat(32), SLACK_CLIENT_ID: '123.456' },
    'SLACK_CLIENT_SECRET is not set',
    'Set both of them, or none.',
  ],
])('says the one next step where Slack is set up in part: %o', async (env, missing, next) => {
  const { said, code } = await run(env)
  expect(code).toBe(1)
  expect(said).toContain(`✗ Configuration  Slack is set up in part: ${missing}\n\nNext: ${next}`)
  for (const value of Object.values(env)) expect(said).not.toContain(value)
})

it('names a token that stands in the place of the other, and does not show it', async () => {
  const { said, code } = await run({ SLACK_BOT_TOKEN: 'xapp-secret', SLACK_APP_TOKEN: 'xoxb-secret' })
  expect(code).toBe(1)
  expect(said).toContain('SLACK_BOT_TOKEN must begin with xoxb-')
  expect(said).not.toContain('secret')
})

it('prints a line each, ends with one next step, and knows a running bot', async () => {
  const bot = await startTestBot()
  const { said, code } = await run({ AUTOCODER_DATA: bot.data, WEB_PORT: '0' })
  await bot.stop()
  for (const name of ['Node', 'Python', 'Data directory', 'Bot', 'Database', 'Work queue', 'Slack', 'Discord', 'Disk'])
    expect(said.split('\n').filter((line) => line.slice(2).startsWith(`${name} `))).toHaveLength(1)
  expect([code, said]).toEqual([0, expect.stringMatching(/\n\nNext: Everything is there, and it is running\.\n$/)])
})

it('asks the running bot where its page is, whatever port the doctor itself would take', async () => {
  const bot = await startTestBot({ web: true })
  const address = new URL(bot.invite()).origin
  const { said } = await run({ AUTOCODER_DATA: bot.data, WEB_PORT: '4747' })
  const silent = await startTestBot()
  const { said: none } = await run({ AUTOCODER_DATA: silent.data })
  await Promise.all([bot.stop(), silent.stop()])
  expect(said).toMatch(new RegExp(`✓ Web page +${address}, served by the running bot`))
  expect(said).not.toContain('4747')
  expect(none).toMatch(/· Web page +The running bot serves none/)
})
