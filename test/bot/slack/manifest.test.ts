import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { SCOPES } from '../../../bot/slack/scopes.ts'

const read = (path: string): Promise<string> => readFile(new URL(`../../../${path}`, import.meta.url), 'utf8')

describe('the manifest of the Slack app', () => {
  it('asks for what the installation asks for, over Socket Mode', async () => {
    const manifest = parse(await read('manifest.yaml'))
    expect(manifest.oauth_config.scopes).toEqual({ bot: [...SCOPES] })
    expect(manifest.settings).toMatchObject({
      socket_mode_enabled: true,
      token_rotation_enabled: false,
      interactivity: { is_enabled: true },
    })
    expect(manifest.settings.event_subscriptions.bot_events).toEqual(
      expect.arrayContaining([
        'app_mention',
        'message.channels',
        'message.groups',
        'message.im',
        'subteam_members_changed',
        'subteam_updated',
        'tokens_revoked',
      ]),
    )
    expect(manifest.features.slash_commands.map((entry: { command: string }) => entry.command)).toEqual([
      '/build',
      '/builds',
    ])
    expect(manifest.features.shortcuts.map((entry: { callback_id: string }) => entry.callback_id)).toEqual([
      'build',
      'build_this',
    ])
  })

  it('asks for nothing of an assistant; the page has the lines to add, and the events that the bot listens to', async () => {
    const manifest = parse(await read('manifest.yaml'))
    const page = await read('docs/slack.md')
    const [agent, assistant] = [...page.matchAll(/```yaml\n(.*?)```/gs)].map(([, lines]) => parse(lines!))
    for (const added of [agent, assistant]) expect(added.oauth_config.scopes.bot).toEqual(['assistant:write'])
    expect(SCOPES).not.toContain('assistant:write')
    expect(agent.features.agent_view.agent_description).toBe(manifest.display_information.description)
    expect(agent.settings).toBeUndefined()
    expect(manifest.settings.event_subscriptions.bot_events).toEqual(
      expect.arrayContaining(['app_home_opened', 'message.im']),
    )
    expect(assistant.features.assistant_view.assistant_description).toBe(manifest.display_information.description)
    expect(assistant.settings.event_subscriptions.bot_events).toEqual(['assistant_thread_started'])
    expect(Object.keys(manifest.features)).not.toContain('agent_view')
  })

  it('has each of its scopes justified', async () => {
    const page = await read('docs/slack.md')
    for (const scope of SCOPES) expect(page).toContain(`| \`${scope}\` |`)
  })
})
