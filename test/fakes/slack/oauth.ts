import { createHash, randomBytes } from 'node:crypto'
import { Refusal } from './refusal.ts'
import type { State } from './state.ts'

type App = { id: string; clientId: string; clientSecret: string }
type Grant = { team: string; redirect: string; scopes: string[]; challenge?: string; until: number; user: string }

/** Returns the consent page's and the token exchange's side of docs.slack.dev/authentication/installing-with-oauth. */
export const createOauth = (options: { state: State; app: App }) => {
  const { state, app } = options
  const grants = new Map<string, Grant>()

  return {
    /** A person agrees on the consent page; returns the address that Slack sends the browser to. Throws on a wrong request. */
    agree: (authorize: URL, team: string, user: string): URL => {
      const query = authorize.searchParams
      if (query.get('client_id') !== app.clientId) throw new Refusal('invalid_client_id')
      if (!query.get('scope')) throw new Refusal('no_scopes')
      const redirect = query.get('redirect_uri') ?? ''
      const code = randomBytes(12).toString('hex')
      grants.set(code, {
        team,
        user,
        redirect,
        scopes: query.get('scope')!.split(','),
        challenge: query.get('code_challenge') ?? undefined,
        until: Date.now() + 600_000,
      })
      const back = new URL(redirect)
      back.searchParams.set('code', code)
      back.searchParams.set('state', query.get('state') ?? '')
      return back
    },
    access: (args: Record<string, string>, basic: string | undefined): Record<string, unknown> => {
      const [id, secret] = basic
        ? Buffer.from(basic, 'base64').toString().split(':')
        : [args.client_id, args.client_secret]
      if (id !== app.clientId) throw new Refusal('invalid_client_id')
      if (secret !== app.clientSecret) throw new Refusal('bad_client_secret')
      const grant = grants.get(args.code ?? '')
      // A code works once and for ten minutes.
      if (!grant || grant.until < Date.now()) throw new Refusal('invalid_code')
      grants.delete(args.code!)
      if (grant.redirect !== (args.redirect_uri ?? '')) throw new Refusal('bad_redirect_uri')
      const verifier = args.code_verifier ?? ''
      if (grant.challenge && createHash('sha256').update(verifier).digest('base64url') !== grant.challenge)
        throw new Refusal('invalid_code_verifier')
      const team = state.teams.get(grant.team)!
      const known = [...state.installs.values()].find((entry) => entry.team === team.id)
      const botUser = known?.botUser ?? state.id('U')
      const made = {
        team: team.id,
        token: state.secret('xoxb'),
        botUser,
        botId: known?.botId ?? state.id('B'),
        scopes: new Set(grant.scopes),
        revoked: false,
      }
      state.people.set(botUser, {
        id: botUser,
        team: team.id,
        name: 'AutoCoder',
        display: 'autocoder',
        admin: false,
        groups: [],
        bot: true,
      })
      state.installs.set(made.token, made)
      for (const channel of state.channels.values()) if (channel.team === team.id) channel.members.add(botUser)
      return {
        access_token: made.token,
        token_type: 'bot',
        scope: grant.scopes.join(','),
        bot_user_id: botUser,
        app_id: app.id,
        team: { id: team.id, name: team.name },
        enterprise: team.enterprise ?? null,
        is_enterprise_install: false,
        authed_user: { id: grant.user },
      }
    },
  }
}

export type Oauth = ReturnType<typeof createOauth>
