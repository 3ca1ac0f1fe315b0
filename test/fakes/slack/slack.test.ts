import { webApi } from '@slack/bolt'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { problemsOf, type Surface } from './blocks.ts'
import type { PersonAct } from './person.ts'
import { EVERY_SCOPE, type FakeSlack, startFakeSlack } from './slack.ts'

const plain = (length: number) => ({ type: 'plain_text', text: 'x'.repeat(length) })
const button = (more: object = {}) => ({ type: 'button', action_id: 'a', text: plain(5), ...more })
const rows = (count: number, cells: number) =>
  Array.from({ length: count }, () => Array.from({ length: cells }, () => ({ type: 'raw_text', text: 'x' })))
const input = { type: 'input', label: plain(5), element: { type: 'plain_text_input', action_id: 'a' } }

/** What the service refuses, and where it says so; each passes with one less. */
const refused: [string, unknown[], RegExp, Surface?][] = [
  ['51 blocks', Array(51).fill({ type: 'divider' }), /no more than 50 items/],
  ['101 blocks in a modal', Array(101).fill({ type: 'divider' }), /no more than 100 items/, 'modal'],
  ['a header of 151', [{ type: 'header', text: plain(151) }], /less than 151 characters.*blocks\/0\/text/],
  ['a header with notation', [{ type: 'header', text: { type: 'mrkdwn', text: 'x' } }], /must be one of plain_text/],
  ['a section of 3001', [{ type: 'section', text: plain(3001) }], /less than 3001/],
  ['an empty section', [{ type: 'section', text: plain(0) }], /more than 0 characters/],
  ['11 fields', [{ type: 'section', fields: Array(11).fill(plain(1)) }], /no more than 10/],
  ['a field of 2001', [{ type: 'section', fields: [plain(2001)] }], /less than 2001/],
  ['11 context elements', [{ type: 'context', elements: Array(11).fill(plain(1)) }], /no more than 10/],
  [
    '26 buttons',
    [{ type: 'actions', elements: Array.from({ length: 26 }, (_, n) => button({ action_id: `a${n}` })) }],
    /no more than 25/,
  ],
  ['no buttons', [{ type: 'actions', elements: [] }], /no fewer than 1/],
  ['an action id twice', [{ type: 'actions', elements: [button(), button()] }], /already exists/],
  ['a label of 76', [{ type: 'actions', elements: [button({ text: plain(76) })] }], /less than 76/],
  ['a value of 2001', [{ type: 'actions', elements: [button({ value: 'x'.repeat(2001) })] }], /less than 2001/],
  ['an action id of 256', [{ type: 'actions', elements: [button({ action_id: 'x'.repeat(256) })] }], /less than 256/],
  ['a link of 3001', [{ type: 'actions', elements: [button({ url: `https:${'x'.repeat(2995)}` })] }], /less than 3001/],
  ['a plain style', [{ type: 'actions', elements: [button({ style: 'plain' })] }], /primary, danger/],
  ['an unknown field', [{ type: 'divider', colour: 'red' }], /invalid additional property: colour/],
  ['an unknown block', [{ type: 'heading' }], /unsupported type: heading/],
  ['an input in a message', [input], /unsupported type: input/],
  ['a plan in a modal', [{ type: 'plan', title: 'x', tasks: [] }], /unsupported type: plan/, 'modal'],
  ['a picture without words', [{ type: 'image', slack_file: { id: 'F0123456789' } }], /missing required field/],
  [
    'a file that is not there',
    [{ type: 'image', alt_text: 'x', slack_file: { id: 'F0123456789' } }],
    /invalid slack file/,
  ],
  ['a file id that is none', [{ type: 'image', alt_text: 'x', slack_file: { id: 'x' } }], /regex pattern/],
  ['a markdown block of 12001', [{ type: 'markdown', text: 'x'.repeat(12_001) }], /less than 12001/],
  ['101 table rows', [{ type: 'table', rows: rows(101, 1) }], /no more than 100/],
  ['21 table cells', [{ type: 'table', rows: rows(1, 21) }], /no more than 20/],
  ['an empty rich text', [{ type: 'rich_text', elements: [] }], /no fewer than 1/],
  [
    'a task of unknown state',
    [{ type: 'task_card', task_id: 'a', title: 'x', status: 'done' }],
    /must be one of pending/,
  ],
  [
    'a task twice',
    [
      {
        type: 'plan',
        title: 'x',
        tasks: Array(2).fill({ type: 'task_card', task_id: 'a', title: 'x', status: 'pending' }),
      },
    ],
    /unique/,
  ],
  ['a block id twice', Array(2).fill({ type: 'divider', block_id: 'a' }), /already exists/],
]

describe('blocks that Slack refuses', () => {
  for (const [name, blocks, problem, surface] of refused)
    it(`refuses ${name}`, () => {
      expect(problemsOf(blocks, surface ?? 'message').join('\n')).toMatch(problem)
    })

  it('takes what is at its limits', () => {
    const blocks = [
      { type: 'header', text: plain(150) },
      { type: 'section', text: plain(3000), accessory: button({ value: 'x'.repeat(2000) }) },
      { type: 'table', rows: rows(100, 20) },
      { type: 'plan', title: 'x', tasks: [{ type: 'task_card', task_id: 'a', title: 'x', status: 'pending' }] },
    ]
    expect(problemsOf(blocks, 'message')).toEqual([])
    expect(problemsOf([input], 'modal')).toEqual([])
  })
})

describe('the stand-in for Slack, spoken to by the real client', () => {
  let slack: FakeSlack
  let client: webApi.WebClient
  let ada: PersonAct
  let general: string
  const errorOf = (call: Promise<unknown>): Promise<unknown> =>
    call.then(
      () => 'no error',
      (error: { data?: { error?: string } }) => error.data?.error ?? error,
    )
  const clientOf = (token: string) =>
    new webApi.WebClient(token, {
      slackApiUrl: slack.apiUrl,
      rejectRateLimitedCalls: true,
      retryConfig: { retries: 0 },
    })
  const blocks = [{ type: 'section', text: { type: 'plain_text', text: 'x' } }] as never

  beforeAll(async () => {
    slack = await startFakeSlack()
    const team = slack.team('Acme')
    const install = slack.install(team)
    client = clientOf(install.token)
    ada = slack.person('Ada', team)
    general = slack.channelOf(team)
  })
  afterAll(() => slack.close())

  it('checks tokens and scopes, and names what is missing', async () => {
    expect(await errorOf(clientOf('xoxb-1').auth.test())).toBe('invalid_auth')
    expect(await errorOf(clientOf(slack.app.token).auth.test())).toBe('not_allowed_token_type')
    const poor = slack.install(
      slack.team('Poor'),
      EVERY_SCOPE.filter((scope) => scope !== 'users:read'),
    )
    const refusal = await clientOf(poor.token)
      .users.info({ user: 'U1' })
      .catch((error) => error.data)
    expect(refusal).toMatchObject({
      ok: false,
      error: 'missing_scope',
      needed: 'users:read',
      provided: expect.stringContaining('chat:write'),
    })
  })

  it('answers with the errors of the service', async () => {
    expect(await errorOf(client.chat.postMessage({ channel: 'C1', text: 'x' }))).toBe('channel_not_found')
    expect(await errorOf(client.chat.postMessage({ channel: general, text: '' }))).toBe('no_text')
    expect(await errorOf(client.chat.postMessage({ channel: general, text: 'x'.repeat(40_001) }))).toBe('msg_too_long')
    expect(await errorOf(client.chat.postMessage({ channel: general, text: 'x', thread_ts: '1.000000' }))).toBe(
      'thread_not_found',
    )
    expect(await errorOf(client.chat.update({ channel: general, ts: '1.000000', text: 'x' }))).toBe('message_not_found')
    expect(await errorOf(client.chat.postEphemeral({ channel: general, user: 'U1', text: 'x' }))).toBe(
      'user_not_in_channel',
    )
    expect(await errorOf(client.conversations.replies({ channel: general, ts: '1.000000' }))).toBe('thread_not_found')
    expect(await errorOf(client.apiCall('chat.shout'))).toBe('unknown_method')
    const outside = slack.channel(slack.state.teams.values().next().value!, 'outside')
    expect(await errorOf(client.chat.postMessage({ channel: outside, text: 'x' }))).toBe('not_in_channel')
  })

  it('says which block is wrong', async () => {
    const wrong = [{ type: 'header', text: { type: 'plain_text', text: 'x'.repeat(151) } }] as never
    const refusal = await client.chat
      .postMessage({ channel: general, text: 'x', blocks: wrong })
      .catch((error) => error.data)
    expect(refusal).toMatchObject({
      error: 'invalid_blocks',
      response_metadata: { messages: ['[ERROR] must be less than 151 characters [json-pointer:/blocks/0/text/text]'] },
    })
    const long = Array.from({ length: 5 }, () => ({
      type: 'section',
      text: { type: 'plain_text', text: 'x'.repeat(2_900) },
    })) as never
    expect(await errorOf(client.chat.postMessage({ channel: general, text: 'x', blocks: long }))).toBe(
      'msg_blocks_too_long',
    )
  })

  it('limits a channel to a message a second, with Retry-After', async () => {
    const channel = slack.channel(slack.state.teams.values().next().value!, 'busy')
    for (const install of slack.state.installs.values()) slack.state.channels.get(channel)!.members.add(install.botUser)
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, () => client.chat.postMessage({ channel, text: 'x', blocks }).catch((error) => error)),
    )
    const limited = outcomes.filter((outcome) => outcome instanceof webApi.WebAPIRateLimitedError)
    expect(limited).toHaveLength(3)
    expect(limited[0]?.retryAfter).toBeGreaterThanOrEqual(1)
  })

  it('lets a trigger open one modal, within three seconds', async () => {
    const view = { type: 'modal', title: { type: 'plain_text', text: 'x' }, blocks } as never
    const team = slack.state.teams.values().next().value!
    const trigger = slack.trigger(team, ada.id)
    expect(await errorOf(client.views.open({ trigger_id: 'none', view }))).toBe('invalid_trigger_id')
    expect(await errorOf(client.views.open({ trigger_id: trigger, view }))).toBe('no error')
    expect(await errorOf(client.views.open({ trigger_id: trigger, view }))).toBe('exchanged_trigger_id')
    const old = slack.trigger(team, ada.id, 3_001)
    expect(await errorOf(client.views.open({ trigger_id: old, view }))).toBe('expired_trigger_id')
    const long = { type: 'modal', title: { type: 'plain_text', text: 'x'.repeat(25) }, blocks } as never
    expect(await errorOf(client.views.open({ trigger_id: 'none', view: long }))).toBe('invalid_arguments')
  })

  it('lets an answer address be used five times', async () => {
    const team = slack.state.teams.values().next().value!.id
    const address = slack.responseUrl({ channel: general, user: ada.id, team })
    const statuses: number[] = []
    for (let use = 1; use <= 6; use += 1)
      statuses.push((await fetch(address, { method: 'POST', body: JSON.stringify({ text: `use ${use}` }) })).status)
    expect(statuses).toEqual([200, 200, 200, 200, 200, 404])
    expect(slack.whispers(ada.id)).toContain('use 5')
  })

  it('keeps files to those whose token may read them', async () => {
    const body = Buffer.from('hello')
    const { upload_url: address, file_id: id } = await client.files.getUploadURLExternal({
      filename: 'a.txt',
      length: 5,
    })
    expect((await fetch(address!, { method: 'POST', body: Buffer.from('more than five') })).status).toBe(400)
    expect((await fetch(address!, { method: 'POST', body })).status).toBe(200)
    await client.files.completeUploadExternal({ files: [{ id: id!, title: 'a.txt' }], channel_id: general })
    const { file } = await client.files.info({ file: id! })
    const page = await fetch(file!.url_private_download!)
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    const real = await fetch(file!.url_private_download!, { headers: { authorization: `Bearer ${client.token}` } })
    expect(await real.text()).toBe('hello')
  })

  it('refuses an event that nobody acknowledges, and a socket without a ticket', async () => {
    await expect(ada.mentions('hello')).rejects.toThrow('no socket is open')
    const socket = new WebSocket(`${slack.base.replace('http', 'ws')}/link?ticket=none`)
    await expect(new Promise((resolve) => socket.addEventListener('error', () => resolve('refused')))).resolves.toBe(
      'refused',
    )
  })
})
