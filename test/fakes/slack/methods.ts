import { assistantMethods } from './assistant.ts'
import { chatMethods } from './chat.ts'
import { fileMethods } from './files.ts'
import { Refusal } from './refusal.ts'
import type { Install, Message, State } from './state.ts'
import { viewMethods } from './views.ts'

/** What a method of the Web API works with: the state, and whose token called. */
export type Context = {
  state: State
  install: Install
  appId: string
  base: string
  /** Throws `missing_scope` where the token was not given the scope. */
  needs: (scope: string) => void
  /** Tells the app of a message, as the Events API does of the bot's own too. */
  deliverMessage: (message: Message) => void
  /** Tells the app that the root of a conversation with it has another title. */
  deliverTitle: (root: Message, title: string) => void
  /** Returns who a trigger id was made for, once and for three seconds. Throws `expired_trigger_id` and the like. */
  spendTrigger: (trigger: string | undefined) => { team: string; user: string }
  /** Milliseconds that an uploaded picture takes to be usable in a block. */
  processing: number
}

export type Method = (context: Context, args: Record<string, string>) => Record<string, unknown>

const peopleMethods: Record<string, Method> = {
  'auth.test': ({ state, install, appId }) => {
    const team = state.teams.get(install.team)!
    return {
      url: `https://${team.domain}.slack.com/`,
      team: team.name,
      user: 'autocoder',
      team_id: team.id,
      user_id: install.botUser,
      bot_id: install.botId,
      app_id: appId,
      is_enterprise_install: false,
      ...(team.enterprise ? { enterprise_id: team.enterprise.id } : {}),
    }
  },
  'auth.revoke': ({ install }) => {
    install.revoked = true
    return { revoked: true }
  },
  'users.info': (context, args) => {
    context.needs('users:read')
    const person = context.state.people.get(args.user ?? '')
    if (!person || person.team !== context.install.team) throw new Refusal('user_not_found')
    return {
      user: {
        id: person.id,
        team_id: person.team,
        name: person.name.toLowerCase().replace(/\W/g, '.'),
        real_name: person.name,
        is_admin: person.admin,
        is_owner: false,
        is_bot: person.bot ?? false,
        deleted: false,
        profile: { real_name: person.name, display_name: person.display },
      },
    }
  },
  'usergroups.list': (context) => {
    context.needs('usergroups:read')
    const { state, install } = context
    const usergroups = [...state.groups.values()]
      .filter((group) => group.team === install.team)
      .map((group) => ({
        id: group.id,
        handle: group.handle,
        users: [...state.people.values()].filter((person) => person.groups.includes(group.id)).map(({ id }) => id),
      }))
    return { usergroups }
  },
  'usergroups.users.list': (context, args) => {
    context.needs('usergroups:read')
    if (!context.state.groups.has(args.usergroup ?? '')) throw new Refusal('no_such_subteam')
    const users = [...context.state.people.values()].filter((person) => person.groups.includes(args.usergroup!))
    return { users: users.map(({ id }) => id) }
  },
}

/** Every method that the stand-in knows; others are answered with `unknown_method`. */
export const methods: Record<string, Method> = {
  ...assistantMethods,
  ...chatMethods,
  ...fileMethods,
  ...viewMethods,
  ...peopleMethods,
}
