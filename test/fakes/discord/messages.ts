import { GatewayIntentBits, MessageFlags, PermissionFlagsBits } from 'discord.js'
import { type Component, checkComponents } from './components.ts'
import { createForm, fail } from './errors.ts'
import type { Gateway } from './gateway.ts'
import { toChannel, toDispatch } from './shapes.ts'
import { type Attachment, type Channel, isThread, type Message, type User, type World } from './world.ts'

export type Upload = { index: number; name: string; bytes: Uint8Array; type: string }
export type Body = Record<string, unknown>
export type Messages = ReturnType<typeof createMessages>

/** Bytes of all files of a message of a bot in a guild without boosts. */
const LARGEST = 10 * 1024 * 1024

/** Writing, changing and keeping messages, with every rule that a payload is held to. */
export const createMessages = (world: World, gateway: Gateway, base: () => string) => {
  const store = (channel: Channel, upload: Upload, description?: string): Attachment => {
    const id = world.newId()
    world.files.set(`${channel.id}/${id}/${upload.name}`, upload)
    return {
      id,
      filename: upload.name,
      size: upload.bytes.length,
      url: `${base()}/attachments/${channel.id}/${id}/${encodeURIComponent(upload.name)}`,
      content_type: upload.type,
      ...(description === undefined ? {} : { description }),
    }
  }

  /** Returns what a body makes of a message. Throws as the service does. */
  const check = (channel: Channel, body: Body, uploads: Upload[], before?: Message): Partial<Message> => {
    const form = createForm()
    const flags = Number(body.flags ?? before?.flags ?? 0)
    const v2 = (flags & MessageFlags.IsComponentsV2) !== 0
    if (before && (before.flags & MessageFlags.IsComponentsV2) !== 0 && !v2)
      form.add(['flags'], 'MESSAGE_CANNOT_REMOVE_COMPONENTS_V2_FLAG', 'The flag IS_COMPONENTS_V2 cannot be removed.')
    if (uploads.reduce((sum, { bytes }) => sum + bytes.length, 0) > LARGEST) throw fail('tooLarge')
    const listed = body.attachments as { id: string | number; filename?: string; description?: string }[] | undefined
    if (listed && listed.length > 10)
      form.add(['attachments'], 'BASE_TYPE_MAX_LENGTH', 'Must be 10 or fewer in length.')
    for (const [index, one] of (listed ?? []).entries()) {
      if (one.description !== undefined) form.length(['attachments', index, 'description'], one.description, 0, 1024)
      if (Number(one.id) < 100 && !uploads.some((upload) => upload.index === Number(one.id)))
        form.add(['attachments', index, 'id'], 'ATTACHMENT_NOT_FOUND', 'The attachment was not found.')
    }
    const kept = listed
      ? (before?.attachments ?? []).filter((old) => listed.some((one) => String(one.id) === old.id))
      : (before?.attachments ?? [])
    const names = new Set([...kept.map((one) => one.filename), ...uploads.map((upload) => upload.name)])
    if (body.nonce !== undefined && String(body.nonce).length > 25)
      form.add(['nonce'], 'NONCE_TYPE_TOO_LONG', 'Value must be 25 or fewer in length.')
    const mentions = body.allowed_mentions as { parse?: string[] } | undefined
    if (mentions?.parse?.some((kind) => !['roles', 'users', 'everyone'].includes(kind)))
      form.add(['allowed_mentions', 'parse'], 'BASE_TYPE_CHOICES', 'Unknown kind of mention.')
    let components = (body.components as Component[] | undefined) ?? before?.components ?? []
    if (v2) {
      for (const name of ['content', 'embeds', 'poll', 'sticker_ids'])
        if (
          body[name] !== undefined &&
          body[name] !== null &&
          !(Array.isArray(body[name]) && (body[name] as []).length === 0)
        )
          form.add(
            [name],
            'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
            'The field cannot be used with the flag IS_COMPONENTS_V2.',
          )
      components = structuredClone(components)
      const shown = checkComponents(form, components, names)
      for (const upload of uploads)
        if (!shown.has(upload.name))
          form.add(
            ['attachments', upload.index],
            'ATTACHMENT_NOT_REFERENCED',
            'Attachments of such messages must be referenced by a component.',
          )
    } else if (components.length > 0) {
      for (const [index, one] of components.entries())
        if (one.type !== 1) form.add(['components', index, 'type'], 'BASE_TYPE_CHOICES', 'Value must be one of {1}.')
      if (components.length > 5) form.add(['components'], 'BASE_TYPE_BAD_LENGTH', 'Must be between 1 and 5 in length.')
    }
    if (typeof body.content === 'string' && [...body.content].length > 2_000)
      form.add(['content'], 'BASE_TYPE_MAX_LENGTH', 'Must be 2000 or fewer in length.')
    form.check()
    if (!before && !body.content && components.length === 0 && uploads.length === 0) throw fail('emptyMessage')
    return {
      flags,
      components,
      ...(typeof body.content === 'string' ? { content: body.content } : {}),
      attachments: [
        ...kept,
        ...uploads.map((upload) =>
          store(channel, upload, listed?.find((one) => Number(one.id) === upload.index)?.description),
        ),
      ],
    }
  }

  const mentionsIn = (content: string): User[] =>
    [...content.matchAll(/<@!?(\d+)>/g)].flatMap(([, id]) => world.users.get(id!) ?? [])

  /** Adds a message and tells those who listen. */
  const add = (channel: Channel, author: User, more: Partial<Message>): Message => {
    const made: Message = {
      id: world.newId(),
      channel_id: channel.id,
      author,
      content: '',
      timestamp: new Date(world.now()).toISOString(),
      edited_timestamp: null,
      mentions: mentionsIn(more.content ?? ''),
      mention_roles: [...(more.content ?? '').matchAll(/<@&(\d+)>/g)].map(([, id]) => id!),
      attachments: [],
      components: [],
      embeds: [],
      flags: 0,
      type: 0,
      ...more,
    }
    channel.messages.push(made)
    if (channel.archived) {
      channel.archived = false
      gateway.dispatch('THREAD_UPDATE', toChannel(channel), GatewayIntentBits.Guilds)
    }
    if (!made.ephemeralTo) gateway.dispatchMessage('MESSAGE_CREATE', made, toDispatch(world, made))
    return made
  }

  return {
    store,
    check,
    add,
    edit: (message: Message, more: Partial<Message>): Message => {
      Object.assign(message, more, { edited_timestamp: new Date(world.now()).toISOString() })
      if (more.content !== undefined) message.mentions = mentionsIn(more.content)
      if (!message.ephemeralTo) gateway.dispatchMessage('MESSAGE_UPDATE', message, toDispatch(world, message))
      return message
    },
    remove: (message: Message): void => {
      const channel = world.channels.get(message.channel_id)!
      channel.messages = channel.messages.filter((one) => one !== message)
      if (!message.ephemeralTo)
        gateway.dispatch(
          'MESSAGE_DELETE',
          { id: message.id, channel_id: channel.id, ...(channel.guildId ? { guild_id: channel.guildId } : {}) },
          channel.guildId ? GatewayIntentBits.GuildMessages : GatewayIntentBits.DirectMessages,
        )
    },
    /** What the bot posts of itself. */
    post: (channel: Channel, body: Body, uploads: Upload[]): Message => {
      const writing = isThread(channel) ? PermissionFlagsBits.SendMessagesInThreads : PermissionFlagsBits.SendMessages
      if (!world.may(channel, PermissionFlagsBits.ViewChannel)) throw fail('missingAccess')
      if (!world.may(channel, writing)) throw fail('missingPermissions')
      if (uploads.length > 0 && !world.may(channel, PermissionFlagsBits.AttachFiles)) throw fail('missingPermissions')
      if (channel.locked) throw fail('archived')
      const nonce = body.nonce === undefined ? undefined : String(body.nonce)
      const twin =
        nonce && body.enforce_nonce
          ? channel.messages.find((one) => one.nonce === nonce && world.now() - Date.parse(one.timestamp) < NONCE)
          : undefined
      if (twin) return twin
      return add(channel, world.bot, { ...check(channel, body, uploads), ...(nonce ? { nonce } : {}) })
    },
  }
}

/** Milliseconds that a nonce is remembered: "the past few minutes". */
const NONCE = 300_000
