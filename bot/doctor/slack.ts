import type { Config, SlackConfig } from '../../schemas/config.ts'
import { SCOPES } from '../slack/scopes.ts'
import { ask } from './ask.ts'
import { bad, type Finding, good, note } from './finding.ts'

const call = (config: SlackConfig, method: string, token: string) =>
  ask(`${(config.apiUrl ?? 'https://slack.com/api/').replace(/\/?$/, '/')}${method}`, {
    method: 'POST',
    authorization: `Bearer ${token}`,
  })

const away = (name: string, reason: string): Finding =>
  bad(name, `Slack does not answer: ${reason}`, 'Check that this machine reaches slack.com, and status.slack.com.')

/** Refusals that only say that Slack is busy. */
const passing = new Set(['ratelimited', 'internal_error', 'fatal_error', 'service_unavailable', 'request_timeout'])

const workspace = async (config: SlackConfig, token: string): Promise<Finding> => {
  const name = 'Slack'
  const answer = await call(config, 'auth.test', token)
  if (!answer.ok) return away(name, answer.reason)
  const { body, headers } = answer
  const error = String(body.error ?? '')
  if (body.ok !== true && passing.has(error)) return away(name, error)
  if (body.ok !== true)
    return bad(
      name,
      `Slack does not take SLACK_BOT_TOKEN: ${error}`,
      'Set SLACK_BOT_TOKEN to the bot token of the page "OAuth & Permissions" of your app.',
    )
  const who = `${body.team} (${body.team_id}) as ${body.user} (${body.user_id})`
  const given = headers.get('x-oauth-scopes')?.split(/\s*,\s*/)
  if (!given) return note(name, `${who}; Slack did not say which scopes it has`)
  const missing = SCOPES.filter((scope) => !given.includes(scope))
  return missing.length === 0
    ? good(name, `${who}, all ${SCOPES.length} scopes`)
    : bad(
        name,
        `${who}; missing scopes: ${missing.join(', ')}`,
        `Add ${missing.join(', ')} to the bot's scopes on the page "OAuth & Permissions" of your app, then reinstall it.`,
      )
}

/** Opens no socket: while the bot runs, a second one would be sent a part of what people say. */
const socketMode = async (config: SlackConfig, token: string): Promise<Finding> => {
  const name = 'Slack events'
  const answer = await call(config, 'apps.connections.open', token)
  if (!answer.ok) return away(name, answer.reason)
  const error = String(answer.body.error ?? '')
  if (answer.body.ok === true) return good(name, 'Over Socket Mode: Slack offers a socket')
  if (passing.has(error)) return away(name, error)
  return bad(
    name,
    error === 'missing_scope'
      ? 'SLACK_APP_TOKEN lacks the scope connections:write'
      : `Slack does not take SLACK_APP_TOKEN: ${error}`,
    'Make an app-level token with the scope connections:write on the page "Basic Information" of your app, and set SLACK_APP_TOKEN to it.',
  )
}

const isPrivate = (host: string): boolean =>
  /^(?:localhost|.*\.(?:localhost|local|internal)|127\..*|10\..*|192\.168\..*|172\.(?:1[6-9]|2\d|3[01])\..*|0\.0\.0\.0|\[::1?\]|\[f[cd].*)$/.test(
    host,
  ) || !host.includes('.')

const overHttp = (config: SlackConfig, url: string | undefined): Finding => {
  const name = 'Slack events'
  if (!/^[0-9a-f]{32}$/.test(config.signingSecret ?? ''))
    return bad(
      name,
      'SLACK_SIGNING_SECRET is none: it has 32 hexadecimal digits',
      'Set SLACK_SIGNING_SECRET to the signing secret of the page "Basic Information" of your app.',
    )
  if (!url)
    return bad(
      name,
      'They come over HTTP, and WEB_URL does not say where',
      'Set WEB_URL to the public https address of this bot, or SLACK_APP_TOKEN for Socket Mode.',
    )
  const { protocol, hostname } = new URL(url)
  if (protocol !== 'https:' || isPrivate(hostname))
    return bad(
      name,
      `They come over HTTP, and Slack cannot reach ${new URL(url).origin}`,
      'Set WEB_URL to a public https address that leads here, or SLACK_APP_TOKEN for Socket Mode.',
    )
  return good(name, `Over HTTP: the request URL of your app is ${new URL('/slack/events', url).href}`)
}

/** Looks at what is set up for Slack and asks Slack about it. Shows no token and changes nothing. */
export const examineSlack = async (config: Config): Promise<Finding[]> => {
  const { slack, web } = config
  if (!slack) return [note('Slack', 'Not set up')]
  const findings = await Promise.all([
    slack.botToken ? workspace(slack, slack.botToken) : note('Slack', 'For every workspace that installs it'),
    slack.appToken ? socketMode(slack, slack.appToken) : overHttp(slack, web.url),
  ])
  const install = slack.oauth && web.url ? new URL('/slack/install', web.url).href : undefined
  return [...findings, ...(install ? [note('Slack installs', `Workspaces install it at ${install}`)] : [])]
}
