import type { Logger } from 'pino'
import type { ChatEvent, Mention } from '../../schemas/generated/chat-event.ts'
import { HOME } from './home.ts'
import { messageId, threadId, timeOf } from './ids.ts'
import { baseOf, LONGEST, toMessage } from './intake.ts'
import type { People } from './people.ts'
import type { RawAction, RawBody } from './raw.ts'
import { type Carried, carried, chosen } from './render/buttons.ts'
import type { Starts } from './starts.ts'
import type { Team } from './teams.ts'
import { ASK, type AskedFor, askView, BUILD, buildView } from './views.ts'

export type Interactions = {
  /** Takes a payload of interactivity; resolves, once it is stored, with what to answer. */
  take: (team: Team, body: RawBody) => Promise<unknown>
  /** Opens the modal that a press wants, if it wants one: before anything else, as its trigger lives three seconds. */
  openFirst: (team: Team, body: RawBody) => Promise<boolean>
}

const openPatience = { limited: 'drop', again: 0 } as const

/** Returns what turns presses, modals and shortcuts into events. */
export const createInteractions = (deps: {
  people: People
  starts: Starts
  onEvent: (event: ChatEvent) => Promise<void>
  /** Shows words to the person, where the payload came from. */
  reply: (body: RawBody, text: string) => Promise<void>
  log: Logger
}): Interactions => {
  const { people } = deps

  const open = (team: Team, body: RawBody, view: Parameters<typeof askView> | 'build'): Promise<unknown> =>
    team.call('views.open', openPatience, (client) =>
      client.views.open({
        trigger_id: body.trigger_id ?? '',
        view: view === 'build' ? buildView(body.channel_id) : askView(...view),
      }),
    )

  const threadIn = (body: RawBody): string | undefined => {
    const channel = body.container?.channel_id ?? body.channel?.id
    const root = body.container?.thread_ts ?? body.message?.thread_ts ?? body.container?.message_ts ?? body.message?.ts
    return channel && root ? threadId(channel, root) : undefined
  }

  const readable = (body: RawBody): { action: RawAction; carried: Carried } | undefined => {
    const action = body.actions?.[0]
    const found = action && (chosen(action) ?? carried(action.value))
    return action && found ? { action, carried: found } : undefined
  }

  const press = async (
    team: Team,
    body: RawBody,
    on: {
      thread: string
      key: string
      button: string
      value?: string | undefined
      id: string
      text?: string
      person?: Mention
    },
  ): Promise<void> =>
    deps.onEvent({
      ...(await baseOf(people, {
        team,
        user: body.user?.id ?? '',
        thread: on.thread,
        at: new Date().toISOString(),
      })),
      type: 'press',
      id: on.id,
      card: on.key,
      button: on.button,
      ...(on.value === undefined ? {} : { value: on.value }),
      ...(on.text === undefined ? {} : { text: on.text.slice(0, LONGEST) }),
      ...(on.person ? { person: on.person } : {}),
    })

  const pressed = async (team: Team, body: RawBody): Promise<void> => {
    const read = readable(body)
    const user = body.user?.id ?? ''
    if (!read) return
    const { action, carried: button } = read
    if (button.key === HOME) {
      // In the App Home there is no channel: the thread begins in the person's own conversation with the bot.
      const excuse = await deps.starts.begin(team, user, body.container?.channel_id ?? user, {
        text: button.value ?? '',
      })
      if (excuse) await deps.reply(body, excuse)
      return
    }
    const thread = threadIn(body)
    if (!thread) return
    const message = body.container?.message_ts ?? ''
    await press(team, body, {
      key: button.key,
      button: button.button,
      value: button.value,
      thread,
      id: `${team.key}:${thread.split(':')[0]}:${message}:${user}:${action.action_ts ?? ''}`,
    })
  }

  const submitted = async (team: Team, body: RawBody): Promise<unknown> => {
    const { view } = body
    const values = view?.state?.values ?? {}
    if (view?.callback_id === ASK) {
      const asked = JSON.parse(view.private_metadata ?? '{}') as AskedFor
      const id = `${team.key}:${view.id ?? ''}`
      const person = values.answer?.person?.selected_user
      if (!person) await press(team, body, { ...asked, id, text: values.answer?.text?.value ?? '' })
      else if (person === team.bot)
        return { response_action: 'errors', errors: { answer: 'That is me. Choose somebody of your team.' } }
      else {
        const name = (await people.names(team, [person])).get(person) ?? person
        await press(team, body, { ...asked, id, person: { kind: 'person', id: person, name } })
      }
      return undefined
    }
    if (view?.callback_id === BUILD) {
      const channel = values.where?.channel?.selected_conversation ?? ''
      const excuse = await deps.starts.begin(team, body.user?.id ?? '', channel, {
        text: values.wish?.text?.value ?? '',
      })
      return excuse ? { response_action: 'errors', errors: { where: excuse } } : undefined
    }
    return undefined
  }

  /** "Build this" on a message: its words, in its thread. */
  const onMessage = async (team: Team, body: RawBody): Promise<void> => {
    const { message, user } = body
    const channel = body.channel?.id
    if (!message?.ts || !channel || !user?.id) return
    const event = await toMessage(people, {
      team,
      user: user.id,
      channel,
      ts: message.ts,
      root: message.thread_ts ?? message.ts,
      text: message.text ?? '',
      files: [],
    })
    if (!event.text) return deps.reply(body, 'This message has no words that I could build from.')
    const at = body.action_ts ?? message.ts
    await deps.onEvent({ ...event, id: `${messageId(team.key, channel, message.ts)}:${at}`, at: timeOf(at) })
  }

  return {
    openFirst: async (team, body) => {
      const wish = body.command === '/build' && !body.text?.trim()
      if (wish || (body.type === 'shortcut' && body.callback_id === BUILD)) {
        await open(team, body, 'build')
        return true
      }
      const read = body.type === 'block_actions' && body.actions?.[0]?.action_id?.startsWith('ask:') && readable(body)
      const thread = threadIn(body)
      if (!read || !thread) return false
      const { key, button, value, ask, person = false } = read.carried
      await open(team, body, [ask ?? 'What should it be?', { thread, key, button, value }, person])
      return true
    },
    take: async (team, body) => {
      if (body.type === 'block_actions') await pressed(team, body)
      if (body.type === 'view_submission') return submitted(team, body)
      if (body.type === 'message_action' && body.callback_id === 'build_this') await onMessage(team, body)
      return undefined
    },
  }
}
