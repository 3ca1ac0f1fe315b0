import { createOpening } from './assistant.ts'
import { problemsOf, wordsOf } from './blocks.ts'
import type { Delivery, Payload } from './delivery.ts'
import { mimetypeOf } from './files.ts'
import type { Ephemeral, Install, Message, State, View } from './state.ts'

type Bag = Record<string, unknown>

/** What a person's acts need of the stand-in. */
export type Hand = {
  state: State
  appId: string
  base: string
  delivery: Delivery
  envelope: (team: string, event: Payload) => Payload
  eventOf: (message: Message) => Payload
  newTrigger: (team: string, user: string) => string
  responseUrl: (response: { channel: string; user: string; team: string; thread?: string }) => string
  shownFile: (id: string) => Record<string, unknown>
  botOf: (team: string) => Install
}

/** Typed text as Slack sends it: three signs escaped, addresses marked; docs.slack.dev/messaging/formatting-message-text. */
export const typed = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/https?:\/\/[^\s"'<>()[\]|]*[^\s"'<>()[\]|.,!?]/g, (address) => `<${address}>`)

export const untyped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')

export type Say = {
  in?: string
  thread?: string
  files?: { name: string; text: string }[]
  /** The ts to use, where a test must know it before. */
  ts?: string
  /** Whether the text is sent as it is, in Slack's own notation. */
  raw?: boolean
}

export type PersonAct = ReturnType<typeof createPerson>

type Shown = Message | Ephemeral

const buttonsOf = (blocks: unknown[] | undefined): (Bag & { block_id: string })[] =>
  (blocks ?? []).flatMap((block, index) => {
    const { type, elements, accessory, block_id } = block as Bag & { elements?: Bag[]; accessory?: Bag }
    const inside = type === 'actions' ? elements! : accessory ? [accessory] : []
    return inside.map((item) => ({ ...item, block_id: String(block_id ?? `b${index}`) }))
  })

const labelOf = (button: Bag): string => String((button.text as Bag | undefined)?.text)

/** Returns what one person can do in the stand-in; each act resolves when the app acknowledged it, with its answer. */
export const createPerson = (hand: Hand, id: string) => {
  const { state, delivery } = hand
  const opening = createOpening(hand)
  const person = state.people.get(id)!
  const team = state.teams.get(person.team)!
  const bot = (): Install => hand.botOf(team.id)
  const general = (): string =>
    [...state.channels.values()].find((channel) => channel.team === team.id && channel.name === 'general')!.id

  const base = (): Bag => ({
    user: { id, username: person.name.toLowerCase(), name: person.name.toLowerCase(), team_id: team.id },
    api_app_id: hand.appId,
    token: 'unused',
    team: { id: team.id, domain: team.domain, ...(team.enterprise ? { enterprise_id: team.enterprise.id } : {}) },
    enterprise: team.enterprise ?? null,
    is_enterprise_install: false,
  })

  const event = (payload: Payload): Promise<Payload> => delivery.send('events_api', hand.envelope(team.id, payload))

  const attach = (files: NonNullable<Say['files']>): string[] =>
    files.map(({ name, text }) => {
      const file = state.id('F')
      state.files.set(file, {
        id: file,
        team: team.id,
        name,
        title: name,
        mimetype: mimetypeOf(name),
        bytes: Buffer.from(text),
        owner: id,
        readyAt: 0,
        complete: true,
      })
      return file
    })

  /** Writes; an app that is called hears of it twice, as `message` and as `app_mention`. */
  const says = async (text: string, say: Say = {}): Promise<string> => {
    const [channel, thread] = say.thread ? say.thread.split(':') : [say.in ?? general()]
    const message: Message = {
      ts: say.ts ?? state.ts(),
      channel: channel!,
      thread,
      user: id,
      text: say.raw ? text : typed(text),
      ...(say.files ? { files: attach(say.files), subtype: 'file_share' } : {}),
    }
    const known = state.message(message.channel, message.ts)
    if (!known) state.messages.push(message)
    const called = message.text.includes(`<@${bot().botUser}>`)
    const kind = state.channels.get(message.channel)!.kind
    if (!state.isMember(message.channel, bot().botUser)) return `${channel}:${thread ?? message.ts}`
    // The mention comes first and without files: nothing says which of the twins is the earlier one.
    const { subtype: _subtype, files: _files, channel_type: _type, ...mention } = hand.eventOf(message)
    const sent = called && kind !== 'im' ? [event({ ...mention, type: 'app_mention' })] : []
    sent.push(event(hand.eventOf(message)))
    for (const outcome of await Promise.allSettled(sent)) if (outcome.status === 'rejected') throw outcome.reason
    return `${channel}:${thread ?? message.ts}`
  }

  const seenBy = (thread: string | undefined): Shown[] => {
    const visible = [
      ...state.messages.filter((message) => state.isMember(message.channel, id)),
      ...state.ephemerals.filter((entry) => entry.to === id),
    ]
    return visible
      .filter((shown) => !thread || `${shown.channel}:${shown.thread ?? shown.ts}` === thread)
      .sort((a, b) => b.ts.localeCompare(a.ts))
  }

  const act = (button: Bag, actionTs = state.ts()): Bag => ({
    type: button.type,
    ...(button.selected_option ? { selected_option: button.selected_option } : {}),
    action_id: button.action_id,
    block_id: button.block_id,
    text: button.text,
    ...(button.value === undefined ? {} : { value: button.value }),
    action_ts: actionTs,
  })

  /** Acts on what the person finds in the App Home; undefined where it is not there. */
  const inHome = (find: (blocks: unknown[] | undefined) => Bag | undefined): Promise<Payload> | undefined => {
    const home = [...state.views.values()].find((view) => view.user === id && view.kind === 'home')
    const item = home && find(home.view.blocks as unknown[] | undefined)
    return (
      item &&
      delivery.send('interactive', {
        ...base(),
        type: 'block_actions',
        trigger_id: hand.newTrigger(team.id, id),
        container: { type: 'view', view_id: home.id },
        view: { id: home.id, type: 'home', ...home.view },
        actions: [act(item)],
      })
    )
  }

  /** Presses the newest button of this label that the person sees. */
  const presses = async (label: string, where: { thread?: string; actionTs?: string } = {}): Promise<Payload> => {
    for (const shown of seenBy(where.thread)) {
      const button = buttonsOf(shown.blocks).find((item) => labelOf(item) === label)
      if (button) return press(shown, button, where.actionTs)
    }
    const found = inHome((blocks) => buttonsOf(blocks).find((item) => labelOf(item) === label))
    if (!found) throw new Error(`${person.name} sees no button "${label}"`)
    return found
  }

  /** Chooses from the newest list that offers this to the person, or from that of the App Home. */
  const chooses = (label: string, where: { thread?: string; home?: true } = {}): Promise<Payload> => {
    const optionIn = (blocks: unknown[] | undefined): Bag | undefined => {
      for (const item of buttonsOf(blocks)) {
        const option = ((item.options ?? []) as Bag[]).find((one) => labelOf(one) === label)
        if (item.type === 'static_select' && option) return { ...item, selected_option: option }
      }
      return undefined
    }
    for (const shown of where.home ? [] : seenBy(where.thread)) {
      const chosen = optionIn(shown.blocks)
      if (chosen) return press(shown, chosen)
    }
    const found = inHome(optionIn)
    if (!found) throw new Error(`${person.name} sees no list with "${label}"`)
    return found
  }

  const press = (shown: Shown, button: Bag, actionTs?: string): Promise<Payload> => {
    const { channel, ts, thread } = shown
    const ephemeral = 'to' in shown
    return delivery.send('interactive', {
      ...base(),
      type: 'block_actions',
      container: {
        type: 'message',
        message_ts: ts,
        channel_id: channel,
        is_ephemeral: ephemeral,
        ...(thread ? { thread_ts: thread } : {}),
      },
      trigger_id: hand.newTrigger(team.id, id),
      channel: { id: channel, name: state.channels.get(channel)!.name },
      // An ephemeral message is not sent along: the service keeps none.
      ...(ephemeral
        ? {}
        : {
            message: {
              type: 'message',
              user: bot().botUser,
              ts,
              text: shown.text,
              ...(thread ? { thread_ts: thread } : {}),
            },
          }),
      response_url: hand.responseUrl({ channel, user: id, team: team.id, thread }),
      state: { values: {} },
      actions: [act(button, actionTs)],
    })
  }

  const openModal = (): View | undefined =>
    [...state.views.values()].filter((view) => view.user === id && view.kind === 'modal').at(-1)

  return {
    id,
    name: person.name,
    says,
    /** Calls the bot by its name and writes. */
    mentions: (text: string, say: Say = {}): Promise<string> =>
      says(`<@${bot().botUser}> ${typed(text)}`, { ...say, raw: true }),
    /** Writes to the bot alone. */
    tells: (text: string, say: Say = {}): Promise<string> =>
      says(text, { in: state.dm(team.id, id, bot().botUser).id, ...say }),
    presses,
    chooses,
    press,
    sees: (): string =>
      seenBy(undefined)
        .map((shown) => (shown.blocks?.length ? wordsOf(shown.blocks) : untyped(shown.text)))
        .join('\n'),
    modal: (): Bag | undefined => openModal()?.view,
    /** Fills the open modal's inputs, in their order, and submits it; a modal that the app accepted is closed. */
    submits: async (...texts: string[]): Promise<Payload> => {
      const open = openModal()
      if (!open) throw new Error(`${person.name} has no modal open`)
      const inputs = (open.view.blocks as Bag[]).filter((block) => block.type === 'input')
      const values: Record<string, Bag> = {}
      for (const [index, block] of inputs.entries()) {
        const field = block.element as Bag
        const value = texts[index] ?? ''
        values[String(block.block_id)] = {
          [String(field.action_id)]:
            field.type === 'conversations_select'
              ? { type: field.type, selected_conversation: value }
              : field.type === 'users_select'
                ? { type: field.type, selected_user: value }
                : { type: field.type, value },
        }
      }
      const answer = await delivery.send('interactive', {
        ...base(),
        type: 'view_submission',
        trigger_id: hand.newTrigger(team.id, id),
        view: { id: open.id, type: 'modal', ...open.view, state: { values } },
        response_urls: [],
      })
      if (answer.response_action === undefined) state.views.delete(open.id)
      return answer
    },
    /** Uses a slash command; an answer of the app is shown to the person alone. */
    runs: async (command: string, text = '', where = general()): Promise<Payload> => {
      const channel = state.channels.get(where)!
      const answer = await delivery.send('slash_commands', {
        token: 'unused',
        team_id: team.id,
        team_domain: team.domain,
        ...(team.enterprise ? { enterprise_id: team.enterprise.id, enterprise_name: team.enterprise.name } : {}),
        channel_id: where,
        channel_name: channel.kind === 'im' ? 'directmessage' : channel.name,
        user_id: id,
        user_name: person.name.toLowerCase(),
        command,
        text: typed(text),
        api_app_id: hand.appId,
        is_enterprise_install: 'false',
        response_url: hand.responseUrl({ channel: where, user: id, team: team.id }),
        trigger_id: hand.newTrigger(team.id, id),
      })
      const problems = problemsOf(answer.blocks ?? [], 'message')
      if (problems.length > 0) throw new Error(`Slack refused the answer: ${problems.join('; ')}`)
      if (answer.text || answer.blocks)
        state.ephemerals.push({
          ts: state.ts(),
          channel: where,
          to: id,
          text: String(answer.text ?? ''),
          blocks: answer.blocks as unknown[] | undefined,
        })
      return answer
    },
    /** Uses a message shortcut on a message, or a global one where none is named. */
    uses: (callback: string, on?: { channel: string; ts: string }): Promise<Payload> => {
      const trigger = hand.newTrigger(team.id, id)
      if (!on)
        return delivery.send('interactive', {
          ...base(),
          type: 'shortcut',
          callback_id: callback,
          trigger_id: trigger,
          action_ts: state.ts(),
        })
      const message = state.message(on.channel, on.ts)!
      return delivery.send('interactive', {
        ...base(),
        type: 'message_action',
        callback_id: callback,
        trigger_id: trigger,
        action_ts: state.ts(),
        message_ts: on.ts,
        channel: { id: on.channel, name: state.channels.get(on.channel)!.name },
        message: {
          type: 'message',
          user: message.user,
          ts: message.ts,
          text: message.text,
          ...(message.thread ? { thread_ts: message.thread } : {}),
        },
        response_url: hand.responseUrl({ channel: on.channel, user: id, team: team.id, thread: message.thread }),
      })
    },
    edits: async (channel: string, ts: string, text: string): Promise<void> => {
      const message = state.message(channel, ts)!
      const previous = { type: 'message', user: id, text: message.text, ts }
      message.text = typed(text)
      message.edited = state.ts()
      const place = message.thread ? { thread_ts: message.thread } : {}
      await event({
        type: 'message',
        subtype: 'message_changed',
        channel,
        channel_type: state.channels.get(channel)!.kind,
        ts: message.edited,
        event_ts: message.edited,
        hidden: true,
        message: { ...previous, ...place, text: message.text, edited: { user: id, ts: message.edited } },
        previous_message: { ...previous, ...place },
      })
    },
    /** Deletes a message; one with answers stays as a stone. */
    deletes: async (channel: string, ts: string): Promise<void> => {
      const message = state.message(channel, ts)!
      if (state.thread(channel, ts).length > 1) {
        const previous = { type: 'message', user: id, text: message.text, ts, thread_ts: ts }
        Object.assign(message, { user: 'USLACKBOT', text: 'This message was deleted.', subtype: 'tombstone' })
        const at = state.ts()
        return void (await event({
          type: 'message',
          subtype: 'message_changed',
          channel,
          channel_type: state.channels.get(channel)!.kind,
          ts: at,
          event_ts: at,
          hidden: true,
          message: { type: 'message', subtype: 'tombstone', user: 'USLACKBOT', text: message.text, ts, thread_ts: ts },
          previous_message: previous,
        }))
      }
      state.messages.splice(state.messages.indexOf(message), 1)
      const at = state.ts()
      await event({
        type: 'message',
        subtype: 'message_deleted',
        channel,
        channel_type: state.channels.get(channel)!.kind,
        ts: at,
        event_ts: at,
        deleted_ts: ts,
        hidden: true,
        previous_message: {
          type: 'message',
          user: id,
          text: message.text,
          ts,
          ...(message.thread ? { thread_ts: message.thread } : {}),
        },
      })
    },
    /** Opens the assistant beside a channel. Returns its thread. */
    opensAssistant: (): Promise<string> => opening.assistant(team.id, id, bot().botUser, general()),
    /** Opens the app's Messages tab. Returns the channel. */
    opensMessages: (): Promise<string> => opening.messages(team.id, id, bot().botUser),
    /** Takes one of the suggested prompts: in a thread with the assistant, or under an agent's Messages. */
    takesPrompt: (title: string, thread?: string): Promise<string> => {
      const dm = state.dm(team.id, id, bot().botUser).id
      const prompts = (thread ? state.assisted(dm, thread.split(':')[1]) : state.assisted(dm)).prompts
      const prompt = prompts?.find((one) => one.title === title)
      if (!prompt) throw new Error(`${person.name} sees no prompt "${title}"`)
      return says(prompt.message, thread ? { thread } : { in: dm })
    },
    opensHome: (): Promise<Payload> =>
      event({
        type: 'app_home_opened',
        user: id,
        channel: state.dm(team.id, id, bot().botUser).id,
        tab: 'home',
        event_ts: state.ts(),
      }),
  }
}
