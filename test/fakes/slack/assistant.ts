import type { Delivery, Payload } from './delivery.ts'
import type { Context, Method } from './methods.ts'
import { Refusal } from './refusal.ts'
import type { Message, State } from './state.ts'

type Args = Record<string, string>
type Prompt = { title: string; message: string }

/** What an app is to people beside its channels: an assistant is opened in threads, an agent under Messages. */
export type View = 'none' | 'assistant' | 'agent'

/** What a conversation with the assistant shows beside its messages; `status` only while it shows. */
export type Shown = { title?: string; prompts?: Prompt[]; status?: { words: string; until: number } }

/** Milliseconds after which a status goes by itself: assistant.threads.setStatus, "a two minute timeout applies". */
const STATUS = 120_000
const PROMPTS = 4
const LOADING = 10

/** The kind of the root of a conversation with an assistant. */
export const ROOT = 'assistant_app_thread'

const required = (args: Args, ...names: string[]): void => {
  const missing = names.filter((name) => args[name] === undefined)
  if (missing.length > 0)
    throw new Refusal('invalid_arguments', {
      response_metadata: { messages: missing.map((name) => `[ERROR] missing required field: ${name}`) },
    })
}

/** Returns what a thread of the bot's shows. Throws `channel_not_found` and `invalid_thread_ts`. */
const placeOf = ({ state, install }: Context, { channel_id, thread_ts }: Args): { shown: Shown; root: Message } => {
  const channel = state.channels.get(channel_id ?? '')
  if (!channel?.members.has(install.botUser)) throw new Refusal('channel_not_found')
  const root = state.message(channel.id, thread_ts ?? '')
  if (!root || (root.thread ?? root.ts) !== root.ts) throw new Refusal('invalid_thread_ts')
  return { shown: state.assisted(channel.id, root.ts), root }
}

/** Only conversations with the app have titles and prompts; a status may stand in any thread. */
const ofAssistant = (context: Context, args: Args): ReturnType<typeof placeOf> => {
  const place = placeOf(context, args)
  const { view } = context.state.app
  const direct = context.state.channels.get(place.root.channel)!.kind === 'im'
  if (!direct || view === 'none' || (view === 'assistant' && place.root.subtype !== ROOT))
    throw new Refusal('invalid_thread_ts')
  return place
}

const promptsIn = (value: string): Prompt[] => {
  const prompts = JSON.parse(value) as Prompt[]
  const problems: string[] = []
  if (!Array.isArray(prompts) || prompts.length === 0) problems.push('[ERROR] must be a list [json-pointer:/prompts]')
  else if (prompts.length > PROMPTS) problems.push(`[ERROR] no more than ${PROMPTS} items [json-pointer:/prompts]`)
  else
    for (const [index, prompt] of prompts.entries())
      for (const name of ['title', 'message'] as const)
        if (typeof prompt[name] !== 'string' || prompt[name] === '')
          problems.push(`[ERROR] missing required field: ${name} [json-pointer:/prompts/${index}]`)
  if (problems.length > 0) throw new Refusal('invalid_arguments', { response_metadata: { messages: problems } })
  return prompts
}

export const assistantMethods: Record<string, Method> = {
  'assistant.threads.setSuggestedPrompts': (context, args) => {
    context.needs('assistant:write')
    required(args, 'channel_id', 'prompts')
    const prompts = promptsIn(args.prompts!)
    const { state, install } = context
    if (args.thread_ts === undefined) {
      const channel = state.channels.get(args.channel_id!)
      if (!channel?.members.has(install.botUser)) throw new Refusal('channel_not_found')
      state.assisted(channel.id).prompts = prompts
      return {}
    }
    const { shown } = ofAssistant(context, args)
    // An agent has them in one place: for a thread the call succeeds and nothing is shown.
    if (state.app.view === 'assistant') shown.prompts = prompts
    return {}
  },
  'assistant.threads.setTitle': (context, args) => {
    context.needs('assistant:write')
    required(args, 'channel_id', 'thread_ts', 'title')
    if (args.title === '')
      throw new Refusal('invalid_arguments', { response_metadata: { messages: ['[ERROR] title'] } })
    const { shown, root } = ofAssistant(context, args)
    shown.title = args.title
    if (root.subtype === ROOT) context.deliverTitle(root, args.title!)
    return {}
  },
  'assistant.threads.setStatus': (context, args) => {
    if (!context.install.scopes.has('assistant:write')) context.needs('chat:write')
    required(args, 'channel_id', 'thread_ts', 'status')
    if (args.loading_messages && (JSON.parse(args.loading_messages) as string[]).length > LOADING)
      throw new Refusal('invalid_arguments', { response_metadata: { messages: ['[ERROR] loading_messages'] } })
    const { shown } = placeOf(context, args)
    if (args.status === '') delete shown.status
    else shown.status = { words: args.status!, until: Date.now() + STATUS }
    return {}
  },
}

/** Returns what a person does with the app where it is an assistant or an agent. */
export const createOpening = (hand: {
  state: State
  delivery: Delivery
  envelope: (team: string, event: Payload) => Payload
  eventOf: (message: Message) => Payload
}) => {
  const { state, delivery } = hand
  return {
    /** Opens the assistant: its thread begins with a message of Slack's own, in the bot's name. Returns the thread. */
    assistant: async (team: string, user: string, bot: string, viewed: string): Promise<string> => {
      const { id: channel } = state.dm(team, user, bot)
      const root: Message = { ts: state.ts(), channel, user: bot, text: 'New chat', subtype: ROOT }
      state.messages.push(root)
      await delivery.send('events_api', hand.envelope(team, { ...hand.eventOf(root), thread_ts: root.ts }))
      await delivery.send(
        'events_api',
        hand.envelope(team, {
          type: 'assistant_thread_started',
          assistant_thread: {
            user_id: user,
            context: {
              channel_id: viewed,
              team_id: team,
              enterprise_id: state.teams.get(team)!.enterprise?.id ?? null,
            },
            channel_id: channel,
            thread_ts: root.ts,
          },
          event_ts: state.ts(),
        }),
      )
      return `${channel}:${root.ts}`
    },
    /** Opens the app's Messages tab. Returns the channel. */
    messages: async (team: string, user: string, bot: string): Promise<string> => {
      const { id: channel } = state.dm(team, user, bot)
      const opened = { type: 'app_home_opened', user, channel, tab: 'messages', event_ts: state.ts() }
      await delivery.send('events_api', hand.envelope(team, opened))
      return channel
    },
  }
}
