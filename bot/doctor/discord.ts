import type { Config } from '../../schemas/config.ts'
import { inviteUrl } from '../discord/permissions.ts'
import { ask } from './ask.ts'
import { bad, type Finding, good, note } from './finding.ts'

/** Flags of an application that may read what is said (page "Application Resource"); in few servers it has the second. */
const MESSAGE_CONTENT = 1 << 18
const MESSAGE_CONTENT_LIMITED = 1 << 19

const away = (reason: string): Finding[] => [
  bad(
    'Discord',
    `Discord does not answer: ${reason}`,
    'Check that this machine reaches discord.com, and discordstatus.com.',
  ),
]

/** Asks Discord about the bot. Shows no token and changes nothing. */
export const examineDiscord = async (discord: NonNullable<Config['discord']>): Promise<Finding[]> => {
  const get = (path: string) =>
    ask(`${(discord.apiUrl ?? 'https://discord.com/api').replace(/\/$/, '')}/v10${path}`, {
      method: 'GET',
      authorization: `Bot ${discord.token}`,
    })
  const me = await get('/users/@me')
  if (!me.ok) return away(me.reason)
  if (me.status === 401)
    return [
      bad(
        'Discord',
        'Discord does not take DISCORD_TOKEN',
        'Set DISCORD_TOKEN to the token of the page "Bot" of your application; "Reset Token" there makes another.',
      ),
    ]
  if (me.status !== 200) return away(`HTTP ${me.status}`)
  const application = await get('/applications/@me')
  if (!application.ok) return away(application.reason)
  if (application.status !== 200) return away(`HTTP ${application.status}`)

  const { id, flags, approximate_guild_count: servers } = application.body
  const invite = inviteUrl(String(id))
  const who = `${me.body.username} (${me.body.id})`
  return [
    servers === 0
      ? bad('Discord', `${who}, in no server`, `Open this address and add it to your server: ${invite}`)
      : good('Discord', `${who}, in ${servers} ${servers === 1 ? 'server' : 'servers'}`),
    (Number(flags) & (MESSAGE_CONTENT | MESSAGE_CONTENT_LIMITED)) !== 0
      ? good('Discord intents', 'It may read what is said in its threads')
      : note(
          'Discord intents',
          'Message Content is off: in threads it hears only mentions and replies',
          'To have it hear all of a thread, switch on "Message Content Intent" on the page "Bot" of your application.',
        ),
    note('Discord invite', invite),
  ]
}
