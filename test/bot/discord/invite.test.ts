import { readFile } from 'node:fs/promises'
import { PermissionsBitField } from 'discord.js'
import { describe, expect, it } from 'vitest'
import { inspectDiscord } from '../../../bot/discord/inspect.ts'
import { inviteUrl, permissions } from '../../../bot/discord/permissions.ts'
import { startFakeDiscord } from '../../fakes/discord/server.ts'

describe('inspectDiscord', () => {
  it('says how the application is set up, or that the token is wrong', async () => {
    const discord = await startFakeDiscord()
    const options = { token: discord.token, apiUrl: discord.api }
    const { id } = discord.world.application
    const expected = { applicationId: id, name: 'AutoCoder', messageContent: true, invite: inviteUrl(id) }
    expect(await inspectDiscord(options)).toEqual(expected)
    discord.gateway.state.privileged = 0
    expect(await inspectDiscord(options)).toEqual({ ...expected, messageContent: false })
    await expect(inspectDiscord({ ...options, token: 'WRONG' })).rejects.toMatchObject({ code: 'config-invalid' })
    discord.faults(() => 'down')
    await expect(inspectDiscord(options)).rejects.toMatchObject({ code: 'platform-away', retryable: true })
    await discord.stop()
  })
})

describe('inviteUrl', () => {
  it('asks for the two scopes and the least permissions', () => {
    const url = new URL(inviteUrl('123456789012345678'))
    expect(url.origin + url.pathname).toBe('https://discord.com/oauth2/authorize')
    expect(url.searchParams.get('client_id')).toBe('123456789012345678')
    expect(url.searchParams.get('scope')).toBe('bot applications.commands')
    expect(new PermissionsBitField(BigInt(url.searchParams.get('permissions')!)).toArray().toSorted()).toEqual([
      'AttachFiles',
      'CreatePublicThreads',
      'ReadMessageHistory',
      'SendMessages',
      'SendMessagesInThreads',
      'ViewChannel',
    ])
  })

  it('is explained permission by permission in docs/discord.md', async () => {
    const guide = await readFile(new URL('../../../docs/discord.md', import.meta.url), 'utf8')
    for (const { name, why } of permissions) expect(guide).toMatch(new RegExp(`\\| ${name} +\\| ${why}`))
  })
})
