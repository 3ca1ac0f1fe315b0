import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createStates } from '../../../bot/slack/install.ts'
import { SCOPES } from '../../../bot/slack/scopes.ts'
import { type FakeSlack, startFakeSlack } from '../../fakes/slack/slack.ts'
import { everyCard } from '../../fixtures/cards.ts'
import { createInstallations, startSlackBot } from './support/slack.ts'

describe('workspaces install the app', () => {
  let slack: FakeSlack
  let bot: Awaited<ReturnType<typeof startSlackBot>>
  let kept: ReturnType<typeof createInstallations>

  const start = async (pkce = false): Promise<void> => {
    slack = await startFakeSlack()
    slack.install(slack.team('First'))
    kept = createInstallations()
    bot = await startSlackBot({
      mode: 'http',
      slack,
      deps: {
        botToken: undefined,
        oauth: { clientId: slack.app.clientId, clientSecret: slack.app.clientSecret },
        installations: kept,
        pkce,
      },
    })
  }
  beforeEach(() => start())
  afterEach(async () => {
    await bot.stop()
    await slack.close()
  })

  const begin = async (): Promise<{ authorize: URL; cookie: string }> => {
    const answer = await fetch(`${bot.url}/slack/install`, { redirect: 'manual' })
    expect(answer.status).toBe(302)
    const set = answer.headers.get('set-cookie') ?? ''
    expect(set).toMatch(/HttpOnly; SameSite=Lax; Max-Age=600/)
    return { authorize: new URL(answer.headers.get('location')!), cookie: set.split(';')[0]! }
  }
  const finish = (back: URL, cookie: string): Promise<Response> => fetch(back, { headers: { cookie } })

  it('asks for the least scopes, and keeps the token where it is sealed', async () => {
    const grid = slack.team('Grid', { id: 'E0GRID', name: 'Org' })
    const ada = slack.person('Ada', grid)
    const { authorize, cookie } = await begin()
    expect(authorize.searchParams.get('scope')?.split(',')).toEqual([...SCOPES])
    const answer = await finish(slack.oauth.agree(authorize, grid.id, ada.id), cookie)
    expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('AutoCoder is installed')])
    expect([...kept.kept.keys()]).toEqual([`E0GRID|${grid.id}`])
    await ada.mentions('Build me a todo API')
    const event = bot.events.at(-1)!
    expect(event).toMatchObject({ team: { id: `E0GRID|${grid.id}`, name: 'Grid' }, actor: { name: 'Ada' } })
    await bot.adapter.post({ team: event.team.id, thread: event.thread }, { key: 'a', card: everyCard.message })
    expect(slack.transcript(event.thread)).toContain('mark-message')
  })

  it('takes a state once, only from the browser that began', async () => {
    const ada = slack.person('Ada', bot.team)
    const first = await begin()
    const back = slack.oauth.agree(first.authorize, bot.team.id, ada.id)
    const second = await begin()
    expect((await finish(back, '')).status).toBe(400)
    expect((await finish(back, second.cookie)).status).toBe(400)
    const forged = new URL(back)
    forged.searchParams.set('state', `${Date.now() + 1_000}.x.y`)
    expect((await finish(forged, first.cookie)).status).toBe(400)
    expect(kept.kept.size).toBe(0)
    expect((await finish(back, first.cookie)).status).toBe(200)
    expect((await finish(back, first.cookie)).status).toBe(400)
    expect(kept.kept.size).toBe(1)
  })

  it('says so where the person declines or Slack does not confirm', async () => {
    const { authorize, cookie } = await begin()
    const back = new URL(authorize.searchParams.get('redirect_uri')!)
    back.searchParams.set('state', authorize.searchParams.get('state')!)
    back.searchParams.set('error', 'access_denied<script>')
    const declined = await (await finish(back, cookie)).text()
    expect(declined).toContain('access_denied')
    expect(declined).not.toContain('<script>')
    const again = await begin()
    back.searchParams.delete('error')
    back.searchParams.set('state', again.authorize.searchParams.get('state')!)
    back.searchParams.set('code', 'stolen')
    const answer = await finish(back, again.cookie)
    expect([answer.status, await answer.text()]).toEqual([502, expect.stringContaining('invalid_code')])
  })

  it('proves with PKCE that the code is its own, where the app has it on', async () => {
    await bot.stop()
    await slack.close()
    await start(true)
    const ada = slack.person('Ada', bot.team)
    const { authorize, cookie } = await begin()
    expect(authorize.searchParams.get('code_challenge_method')).toBe('S256')
    expect((await finish(slack.oauth.agree(authorize, bot.team.id, ada.id), cookie)).status).toBe(200)
  })

  it('forgets a workspace that takes the app out, and hears nothing of it any more', async () => {
    const ada = slack.person('Ada', bot.team)
    const { authorize, cookie } = await begin()
    await finish(slack.oauth.agree(authorize, bot.team.id, ada.id), cookie)
    await ada.mentions('one')
    expect(bot.events).toHaveLength(1)
    for (const install of slack.state.installs.values()) install.revoked = false
    await slack.uninstall(bot.team)
    expect(kept.kept.size).toBe(0)
    await expect(
      bot.adapter.post({ team: bot.team.id, thread: bot.events[0]!.thread }, { key: 'a', card: everyCard.message }),
    ).rejects.toMatchObject({ code: 'platform-refused' })
  })

  it('hears every workspace of an organisation that installed it as a whole, each as its own team', async () => {
    const org = { id: 'E0ORG', name: 'Org' }
    const [one, two] = [slack.team('One', org), slack.team('Two', org)]
    const { token, botUser: user } = slack.install(one)
    await kept.save('E0ORG|', { name: 'Org', secrets: { token, bot: user, scopes: [] } })
    await slack.person('Ada', one).mentions('from one')
    expect(bot.events.at(-1)?.team.id).toBe(`E0ORG|${one.id}`)
    slack.install(two)
    const bob = slack.person('Bob', two)
    await bob.says(`<@${user}> from two`, { raw: true })
    expect(bot.events.at(-1)?.team.id).toBe(`E0ORG|${two.id}`)
  })

  it('keeps teams apart: nothing comes from a workspace that has not installed it', async () => {
    const stranger = slack.team('Stranger')
    slack.install(stranger)
    await slack.person('Eve', stranger).mentions('Build me a todo API')
    expect(bot.events).toEqual([])
  })
})

describe('the state of an installation', () => {
  it('ends after ten minutes', () => {
    let now = 1_000_000
    const states = createStates('secret', () => now)
    const { state, cookie } = states.make()
    now += 10 * 60_000 + 1
    expect(states.spend(state, cookie)).toBe(false)
  })

  it('is read by another process with the same secret, and by none with another', () => {
    const { state, cookie } = createStates('secret').make()
    expect(createStates('another').spend(state, cookie)).toBe(false)
    expect(createStates('secret').spend(state, cookie)).toBe(true)
  })
})
