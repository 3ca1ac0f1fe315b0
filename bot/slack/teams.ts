import { webApi } from '@slack/bolt'
import type { Logger } from 'pino'
import { AppError } from '../../schemas/errors.ts'
import type { Installations } from '../chat/adapter.ts'
import { type CallOptions, callSlack, type Patience } from './call.ts'
import { installKeys, teamKey } from './ids.ts'
import { toBoltLogger } from './log.ts'

/** What an installation entrusts; sealed at rest by whoever keeps it. */
export type Secrets = { token: string; bot: string; scopes: string[] }

/** A workspace that the bot speaks in. */
export type Team = {
  key: string
  name: string
  /** The bot's user id there. */
  bot: string
  token: string
  /** What the app may do there, as far as Slack said. */
  scopes: readonly string[]
  call: <T>(method: string, patience: Patience, make: (client: webApi.WebClient) => Promise<T>) => Promise<T>
}

export type Teams = {
  /** Returns the workspace, or undefined where the app is not installed in it. Throws `platform-away` where Slack must be asked and is away. */
  get: (key: string) => Promise<Team | undefined>
  forget: (key: string) => void
}

/** Milliseconds for one call: Slack answers in well under a second, uploads of a zip take longer. */
const TIMEOUT = 15_000
/** Milliseconds for which an installation is taken as still there, where several processes serve one app. */
const FRESH = 60_000

const isSecrets = (value: unknown): value is Secrets =>
  typeof (value as Secrets | undefined)?.token === 'string' && typeof (value as Secrets).bot === 'string'

/** Returns the workspaces: the one of the bot token, or those that installed the app. */
export const createTeams = (deps: {
  botToken: string | undefined
  apiUrl: string | undefined
  installations: Installations
  signal: AbortSignal
  log: Logger
}): Teams => {
  const known = new Map<string, { team: Team; until: number }>()
  let own: Promise<Team> | undefined

  const clientOf = (token: string): webApi.WebClient =>
    new webApi.WebClient(token, {
      ...(deps.apiUrl ? { slackApiUrl: deps.apiUrl } : {}),
      // The client would stop every call of the workspace where one is limited; callSlack waits for that one alone.
      rejectRateLimitedCalls: true,
      retryConfig: { retries: 0 },
      timeout: TIMEOUT,
      logger: toBoltLogger(deps.log),
    })

  const teamOf = (key: string, name: string, { token, bot, scopes }: Secrets): Team => {
    const client = clientOf(token)
    return {
      key,
      name,
      bot,
      token,
      scopes,
      call: (method, patience, make) => {
        const options: CallOptions = { ...patience, signal: deps.signal }
        return callSlack(method, options, () => make(client))
      },
    }
  }

  /** The bot token says itself whose it is. */
  const askOwn = async (token: string): Promise<Team> => {
    const answer = await callSlack('auth.test', { limited: 'wait', again: 4, signal: deps.signal }, () =>
      clientOf(token).auth.test(),
    )
    const key = teamKey({ team: answer.team_id ?? '', enterprise: answer.enterprise_id })
    const { scopes = [] } = answer.response_metadata ?? {}
    return teamOf(key, answer.team ?? key, { token, bot: answer.user_id ?? '', scopes })
  }

  return {
    get: async (key) => {
      if (deps.botToken !== undefined) {
        own ??= askOwn(deps.botToken)
        const team = await own.catch((error: unknown) => {
          own = undefined
          throw error
        })
        return key === '' || team.key === key ? team : undefined
      }
      const cached = known.get(key)
      if (cached && cached.until > Date.now()) return cached.team
      for (const candidate of installKeys(key)) {
        const found = await deps.installations.find(candidate)
        if (!found) continue
        if (!isSecrets(found.secrets))
          throw new AppError('internal', 'The installation of a Slack workspace cannot be read')
        // Its client, and what it waits for, stay where the token is the same.
        const team = cached?.team.token === found.secrets.token ? cached.team : teamOf(key, found.name, found.secrets)
        known.set(key, { team, until: Date.now() + FRESH })
        return team
      }
      known.delete(key)
      return undefined
    },
    forget: (key) => void known.delete(key),
  }
}
