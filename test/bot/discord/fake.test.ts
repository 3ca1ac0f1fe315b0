import { randomUUID } from 'node:crypto'
import { GatewayIntentBits, PermissionFlagsBits } from 'discord.js'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { commands } from '../../../bot/discord/commands.ts'
import { type FakeDiscord, startFakeDiscord } from '../../fakes/discord/server.ts'

let discord: FakeDiscord
beforeAll(async () => {
  discord = await startFakeDiscord({ pace: 0.001 })
})
afterAll(() => discord.stop())

type Answer = { status: number; body: Record<string, unknown>; headers: Headers }
const call = async (method: string, path: string, body?: unknown, token = discord.token): Promise<Answer> => {
  const answer = await fetch(`${discord.api}/v10${path}`, {
    method,
    headers: { authorization: `Bot ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await answer.text()
  return { status: answer.status, body: text ? JSON.parse(text) : {}, headers: answer.headers }
}
const post = (body: unknown) => call('POST', `/channels/${discord.general.id}/messages`, body)
const text = (content: string, more = {}) => ({ type: 10, content, ...more })
const button = (custom_id: string, label = 'Go') => ({ type: 2, style: 1, label, custom_id })
const row = (...components: unknown[]) => ({ type: 1, components })
const v2 = (...components: unknown[]) => ({ flags: 32_768, components })
const many = <Value>(count: number, make: (index: number) => Value): Value[] =>
  Array.from({ length: count }, (_, index) => make(index))

describe('a message is refused', () => {
  beforeEach(() => new Promise((resolve) => setTimeout(resolve, 30)))
  const refused: [string, unknown, string][] = [
    ['with content beside components', { ...v2(text('a')), content: 'b' }, 'content'],
    ['with embeds beside components', { ...v2(text('a')), embeds: [{}] }, 'embeds'],
    ['of 41 components', v2(...many(41, () => text('a'))), 'components'],
    ['of 41 components, counting those inside', v2({ type: 17, components: many(40, () => text('a')) }), 'components'],
    ['of 4,001 characters', v2(...many(3, () => text('a'.repeat(1_334)))), 'components'],
    ['without text', v2(text('')), 'components'],
    ['with a button outside a row', v2(button('a')), 'components'],
    ['with six buttons in a row', v2(row(...many(6, (index) => button(`b${index}`)))), 'components'],
    ['with one custom_id twice', v2(row(button('a'), button('a'))), 'components'],
    ['with a custom_id of 101 characters', v2(row(button('a'.repeat(101)))), 'components'],
    ['with a label of 81 characters', v2(row(button('a', 'a'.repeat(81)))), 'components'],
    ['with one id twice', v2(text('a', { id: 7 }), text('b', { id: 7 })), 'components'],
    ['with an id beyond 32 bits', v2(text('a', { id: 2 ** 31 })), 'components'],
    [
      'with a picture that is not attached',
      v2({ type: 12, items: [{ media: { url: 'attachment://a.png' } }] }),
      'components',
    ],
    ['with a section without its accessory', v2({ type: 9, components: [text('a')] }), 'components'],
    [
      'with 26 choices',
      v2(row({ type: 3, custom_id: 'a', options: many(26, (index) => ({ label: 'a', value: `${index}` })) })),
      'components',
    ],
    [
      'with a choice twice',
      v2(row({ type: 3, custom_id: 'a', options: many(2, () => ({ label: 'a', value: 'a' })) })),
      'components',
    ],
    ['with a link that is no address', v2(row({ type: 2, style: 5, label: 'a', url: 'javascript:1' })), 'components'],
    ['with a nonce of 26 characters', { ...v2(text('a')), nonce: 'a'.repeat(26) }, 'nonce'],
    ['of 2,001 characters without components', { content: 'a'.repeat(2_001) }, 'content'],
    ['with components of version 2 without the flag', { components: [text('a')] }, 'components'],
  ]
  for (const [name, body, field] of refused)
    it(name, async () => {
      const answer = await post(body)
      expect(answer).toMatchObject({ status: 400, body: { code: 50035, message: 'Invalid Form Body' } })
      expect(answer.body.errors).toHaveProperty(field)
    })

  it('when it is empty, when the token is wrong, when the body is no JSON', async () => {
    expect(await post({})).toMatchObject({ status: 400, body: { code: 50006 } })
    expect(await call('GET', '/users/@me', undefined, 'wrong')).toMatchObject({ status: 401, body: { code: 0 } })
    const answer = await fetch(`${discord.api}/v10/channels/${discord.general.id}/messages`, {
      method: 'POST',
      headers: { authorization: `Bot ${discord.token}`, 'content-type': 'application/json' },
      body: '{',
    })
    expect(await answer.json()).toMatchObject({ code: 50109 })
  })

  it('where the bot may not write or look', async () => {
    const quiet = discord.channel('quiet', { denied: PermissionFlagsBits.SendMessages })
    expect(await call('POST', `/channels/${quiet.id}/messages`, { content: 'a' })).toMatchObject({
      status: 403,
      body: { code: 50013 },
    })
    const secret = discord.channel('secret', { denied: PermissionFlagsBits.ViewChannel })
    expect(await call('POST', `/channels/${secret.id}/messages`, { content: 'a' })).toMatchObject({
      status: 403,
      body: { code: 50001 },
    })
    expect(await call('GET', '/channels/100000000000000000')).toMatchObject({ status: 404, body: { code: 10003 } })
  })

  it('when its files are larger than 10 MiB', async () => {
    const form = new FormData()
    form.append('files[0]', new Blob([new Uint8Array(10 * 1024 * 1024 + 1)]), 'a.bin')
    form.append('payload_json', JSON.stringify({ content: 'a' }))
    const answer = await fetch(`${discord.api}/v10/channels/${discord.general.id}/messages`, {
      method: 'POST',
      headers: { authorization: `Bot ${discord.token}` },
      body: form,
    })
    expect([answer.status, await answer.json()]).toMatchObject([413, { code: 40005 }])
  })
})

describe('a message is taken', () => {
  it('once for a nonce, with its ids, and keeps its kind', async () => {
    const nonce = randomUUID().slice(0, 20)
    const body = { ...v2({ type: 17, id: 1_500_000_000, components: [text('a')] }), nonce, enforce_nonce: true }
    const first = await post(body)
    expect(first).toMatchObject({ status: 200, body: { components: [{ id: 1_500_000_000, components: [{ id: 1 }] }] } })
    expect((await post(body)).body.id).toBe(first.body.id)
    discord.world.pass(600_000)
    expect((await post(body)).body.id).not.toBe(first.body.id)
    const path = `/channels/${discord.general.id}/messages/${String(first.body.id)}`
    expect(await call('PATCH', path, { flags: 0, content: 'a' })).toMatchObject({ status: 400, body: { code: 50035 } })
  })
})

describe('threads', () => {
  it('have the id of their message, are made once, and have a name of 1 to 100 characters', async () => {
    const { body } = await post({ content: 'a' })
    const path = `/channels/${discord.general.id}/messages/${String(body.id)}/threads`
    expect(await call('POST', path, { name: '' })).toMatchObject({ status: 400, body: { code: 50035 } })
    expect(await call('POST', path, { name: 'a'.repeat(101) })).toMatchObject({ status: 400, body: { code: 50035 } })
    expect(await call('POST', path, { name: 'a' })).toMatchObject({ status: 200, body: { id: body.id } })
    expect(await call('POST', path, { name: 'a' })).toMatchObject({ status: 400, body: { code: 160004 } })
  })
})

describe('commands', () => {
  const put = async (body: unknown) => {
    await new Promise((resolve) => setTimeout(resolve, 20))
    return call('PUT', `/applications/${discord.world.application.id}/commands`, body)
  }
  it('are taken and given back', async () => {
    expect((await put(commands)).status).toBe(200)
    const { body } = await call('GET', `/applications/${discord.world.application.id}/commands`)
    expect(body).toMatchObject([{ name: 'build' }, { name: 'builds' }, { name: 'Build this', type: 3 }])
  })
  for (const [name, wrong] of [
    ['a name of 33 characters', [{ name: 'a'.repeat(33), description: 'a' }]],
    ['capitals', [{ name: 'Build', description: 'a' }]],
    ['a description of 101 characters', [{ name: 'a', description: 'a'.repeat(101) }]],
    ['a description of a menu', [{ name: 'a', type: 3, description: 'a' }]],
    ['one name twice', many(2, () => ({ name: 'a', description: 'a' }))],
    [
      '26 options',
      [
        {
          name: 'a',
          description: 'a',
          options: many(26, (index) => ({ type: 3, name: `a${index}`, description: 'a' })),
        },
      ],
    ],
    ['16 menus', many(16, (index) => ({ name: `a${index}`, type: 3 }))],
  ] as const)
    it(`are refused for ${name}`, async () => {
      expect(await put(wrong)).toMatchObject({ status: 400, body: { code: 50035 } })
    })
})

describe('interactions', () => {
  const press = async () => {
    const ada = discord.person('Ada')
    const channel = discord.channel('presses')
    await call('POST', `/channels/${channel.id}/messages`, v2(row(button('a'))))
    const asked = ada.presses(channel, 'Go', discord.world.newId())
    return { asked, channel, ...lastInteraction() }
  }
  // What the gateway would tell: the tests answer without a bot.
  const lastInteraction = () => {
    const [id, interaction] = [...discord.interactions.all].at(-1)!
    return { id, token: interaction.token }
  }
  const answer = (id: string, token: string, body: unknown) =>
    call('POST', `/interactions/${id}/${token}/callback`, body)
  const followUp = (token: string) =>
    call('POST', `/webhooks/${discord.world.application.id}/${token}`, { content: 'a' })

  it('take one first answer, in time, and others after it for a quarter of an hour', async () => {
    const { asked, id, token } = await press()
    expect(await followUp(token)).toMatchObject({ status: 404, body: { code: 10015 } })
    expect(await answer(id, 'wrong', { type: 6 })).toMatchObject({ status: 404, body: { code: 10062 } })
    expect(await answer(id, token, { type: 6 })).toMatchObject({ status: 204 })
    expect(await answer(id, token, { type: 6 })).toMatchObject({ status: 400, body: { code: 40060 } })
    expect((await asked).type).toBe(6)
    expect((await followUp(token)).status).toBe(200)
    discord.world.pass(15 * 60_000 + 1)
    expect(await followUp(token)).toMatchObject({ status: 401, body: { code: 50027 } })
  })

  it('are unknown after three seconds', async () => {
    const { asked, id, token } = await press()
    asked.catch(() => undefined)
    discord.world.pass(3_001)
    expect(await answer(id, token, { type: 6 })).toMatchObject({ status: 404, body: { code: 10062 } })
  })

  it('open modals within their limits only', async () => {
    const { asked, id, token } = await press()
    const input = (more = {}) => ({ type: 4, custom_id: 'text', style: 2, ...more })
    const modal = (more = {}, label = 'What?') => ({
      type: 9,
      data: { title: 'a', custom_id: 'a', components: [{ type: 18, label, component: input() }], ...more },
    })
    for (const wrong of [
      modal({ title: 'a'.repeat(46) }),
      modal({ custom_id: '' }),
      modal({}, 'a'.repeat(46)),
      modal({ components: [] }),
      modal({ components: [{ type: 18, label: 'a', component: input({ max_length: 4_001 }) }] }),
      modal({ components: [row(input({ label: 'a' }))] }),
      { type: 8, data: { choices: [] } },
    ])
      expect(await answer(id, token, wrong)).toMatchObject({ status: 400, body: { code: 50035 } })
    expect((await answer(id, token, modal())).status).toBe(204)
    expect((await asked).type).toBe(9)
  })
})

describe('rate limits', () => {
  it('are announced in headers and answered with 429, retry_after and Retry-After', async () => {
    const slow = await startFakeDiscord({ pace: 1 })
    const say = () =>
      fetch(`${slow.api}/v10/channels/${slow.general.id}/messages`, {
        method: 'POST',
        headers: { authorization: `Bot ${slow.token}`, 'content-type': 'application/json' },
        body: '{"content":"a"}',
      })
    const first = await say()
    expect([first.headers.get('x-ratelimit-limit'), first.headers.get('x-ratelimit-remaining')]).toEqual(['5', '4'])
    for (let number = 0; number < 4; number += 1) await say()
    const over = await say()
    expect(over.status).toBe(429)
    expect(Number(over.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await over.json()).toMatchObject({
      message: 'You are being rate limited.',
      retry_after: expect.any(Number),
      global: false,
    })
    await slow.stop()
  })
})

describe('the gateway', () => {
  const connect = (query = 'v=10&encoding=json') => {
    const socket = new WebSocket(`${discord.api.replace('http', 'ws').replace('/api', '')}/?${query}`)
    const heard: { op: number; t?: string; s?: number; d?: unknown }[] = []
    socket.on('message', (data) => heard.push(JSON.parse(String(data))))
    const closed = new Promise<number>((resolve) => socket.on('close', resolve))
    const open = new Promise<void>((resolve) => socket.on('open', () => resolve()))
    return {
      heard,
      closed,
      open,
      send: (op: number, d: unknown) => socket.send(JSON.stringify({ op, d })),
      end: () => socket.terminate(),
    }
  }
  const identify = (more = {}) => ({ token: discord.token, intents: GatewayIntentBits.Guilds, properties: {}, ...more })

  it('closes with the code of what was wrong', async () => {
    const code = async (op: number, d: unknown): Promise<number> => {
      const socket = connect()
      await socket.open
      socket.send(op, d)
      return socket.closed
    }
    expect(await code(2, identify({ token: 'wrong' }))).toBe(4004)
    expect(await code(2, identify({ intents: 1 << 30 }))).toBe(4013)
    expect(await code(2, identify({ intents: GatewayIntentBits.GuildMembers }))).toBe(4014)
    expect(await code(3, {})).toBe(4003)
    const old = connect('v=9&encoding=json')
    expect(await old.closed).toBe(4012)
  })

  it('numbers what it tells, and tells again what a resumed session missed', async () => {
    const first = connect()
    await first.open
    first.send(2, identify())
    await expect.poll(() => first.heard.map(({ t }) => t).filter(Boolean)).toEqual(['READY', 'GUILD_CREATE'])
    const { session_id } = first.heard.find(({ t }) => t === 'READY')!.d as { session_id: string }
    first.end()
    await first.closed
    discord.channel('while you were away')
    const second = connect()
    await second.open
    second.send(6, { token: discord.token, session_id, seq: 2 })
    await expect
      .poll(() => second.heard.filter(({ op }) => op === 0).map(({ t, s }) => [t, s]))
      .toEqual([
        ['CHANNEL_CREATE', 3],
        ['RESUMED', 4],
      ])
    const third = connect()
    await third.open
    third.send(6, { token: discord.token, session_id: 'unknown', seq: 2 })
    await expect.poll(() => third.heard.at(-1)).toMatchObject({ op: 9, d: false })
    second.end()
    third.end()
  })
})
