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

  it('has each of its scopes justified', async () => {
    const page = await read('docs/slack.md')
    for (const scope of SCOPES) expect(page).toContain(`| \`${scope}\` |`)
  })
})
