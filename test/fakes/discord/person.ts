import { ComponentType, InteractionType } from 'discord.js'
import type { Component } from './components.ts'
import type { Interactions, Outcome } from './interactions.ts'
import type { Messages } from './messages.ts'
import { controls, shown } from './transcript.ts'
import type { Channel, Guild, Message, User, World } from './world.ts'

export type Person = ReturnType<typeof createPerson>
type Sending = { id?: string; replyTo?: Message; files?: { name: string; text: string | Uint8Array; type?: string }[] }

/** Returns what one person can do with a client in their hands. */
export const createPerson = (
  deps: { world: World; messages: Messages; interactions: Interactions },
  user: User,
  guild: Guild,
) => {
  const { world, messages, interactions } = deps

  const writes = (channel: Channel, text: string, { id, replyTo, files }: Sending = {}): Message =>
    messages.add(channel, user, {
      content: text,
      ...(id ? { id } : {}),
      ...(replyTo
        ? {
            type: 19,
            message_reference: { message_id: replyTo.id, channel_id: channel.id },
            // A reply names its author, as the client does by default.
            mentions: [replyTo.author],
          }
        : {}),
      ...(files
        ? {
            attachments: files.map(({ name, text: content, type }, index) =>
              messages.store(channel, {
                index,
                name,
                bytes: typeof content === 'string' ? new TextEncoder().encode(content) : content,
                type: type ?? 'text/plain; charset=utf-8',
              }),
            ),
          }
        : {}),
    })

  /** The newest message that shows the control, and the control. */
  const find = (channel: Channel, label: string): { source: Message; control: Component } => {
    for (const source of channel.messages.toReversed()) {
      if (source.ephemeralTo && source.ephemeralTo !== user.id) continue
      const control = controls(source.components).find(
        (one) =>
          one.custom_id !== undefined && (one.label === label || one.placeholder === label || one.custom_id === label),
      )
      if (control) return { source, control }
    }
    throw new Error(`Nothing called "${label}" can be pressed in ${channel.name}`)
  }
  const option = (name: string, value: string, focused?: true) => ({
    type: 3,
    name,
    value,
    ...(focused ? { focused } : {}),
  })

  return {
    user,
    writes,
    /** Writes a message that names the bot. */
    mentions: (channel: Channel, text: string, sending?: Sending): Message =>
      writes(channel, `<@${world.bot.id}> ${text}`, sending),
    edits: (message: Message, text: string): Message => messages.edit(message, { content: text }),
    deletes: (message: Message): void => messages.remove(message),
    /** Opens the direct messages with the bot. */
    direct: (): Channel =>
      [...world.channels.values()].find((one) => one.recipient?.id === user.id) ??
      world.channel({ type: 1, name: user.username, recipient: user }),
    presses: (channel: Channel, label: string, id?: string): Promise<Outcome> => {
      const { source, control } = find(channel, label)
      return interactions.send(
        InteractionType.MessageComponent,
        { channel, user, source, ...(id ? { id } : {}) },
        { component_type: ComponentType.Button, custom_id: control.custom_id, id: control.id },
      )
    },
    chooses: (channel: Channel, placeholder: string, label: string): Promise<Outcome> => {
      const { source, control } = find(channel, placeholder)
      const chosen = (control.options as { label: string; value: string }[]).find((one) => one.label === label)
      if (!chosen) throw new Error(`There is no choice "${label}"`)
      return interactions.send(
        InteractionType.MessageComponent,
        { channel, user, source },
        {
          component_type: ComponentType.StringSelect,
          custom_id: control.custom_id,
          id: control.id,
          values: [chosen.value],
        },
      )
    },
    /** Fills in the modal that an answer opened. */
    fills: (channel: Channel, modal: Outcome, text: string, source?: Message): Promise<Outcome> => {
      const label = (modal.data.components as (Component & { component: Component })[])[0]!
      return interactions.send(
        InteractionType.ModalSubmit,
        { channel, user, ...(source ? { source } : { source: channel.messages.at(-1)! }) },
        {
          custom_id: modal.data.custom_id,
          components: [
            {
              type: ComponentType.Label,
              id: 1,
              component: { type: ComponentType.TextInput, id: 2, custom_id: label.component.custom_id, value: text },
            },
          ],
        },
      )
    },
    /** Chooses somebody in the modal that an answer opened. */
    picks: (channel: Channel, modal: Outcome, who: User): Promise<Outcome> => {
      const label = (modal.data.components as (Component & { component: Component })[])[0]!
      if (label.component.type !== ComponentType.UserSelect) throw new Error('The modal asks for nobody')
      const member = guild.members.get(who.id)
      return interactions.send(
        InteractionType.ModalSubmit,
        { channel, user, source: channel.messages.at(-1)! },
        {
          custom_id: modal.data.custom_id,
          components: [
            {
              type: ComponentType.Label,
              id: 1,
              component: {
                type: ComponentType.UserSelect,
                id: 2,
                custom_id: label.component.custom_id,
                values: [who.id],
              },
            },
          ],
          resolved: {
            users: { [who.id]: who },
            // As the service sends them: without the user and without what is voice's.
            ...(member ? { members: { [who.id]: { nick: member.nick ?? null, roles: member.roles } } } : {}),
          },
        },
      )
    },
    commands: (channel: Channel, name: string, values: Record<string, string> = {}): Promise<Outcome> => {
      const command = world.application.commands.find((one) => one.name === name && one.type === 1)
      if (!command) throw new Error(`There is no command /${name}`)
      return interactions.send(
        InteractionType.ApplicationCommand,
        { channel, user },
        { id: command.id, name, type: 1, options: Object.entries(values).map(([key, value]) => option(key, value)) },
      )
    },
    completes: async (
      channel: Channel,
      name: string,
      key: string,
      text: string,
    ): Promise<{ name: string; value: string }[]> => {
      const command = world.application.commands.find((one) => one.name === name && one.type === 1)
      if (!command) throw new Error(`There is no command /${name}`)
      const outcome = await interactions.send(
        InteractionType.ApplicationCommandAutocomplete,
        { channel, user },
        { id: command.id, name, type: 1, options: [option(key, text, true)] },
      )
      return outcome.data.choices as { name: string; value: string }[]
    },
    /** Uses a command of a message's menu. */
    uses: (name: string, message: Message): Promise<Outcome> => {
      const command = world.application.commands.find((one) => one.name === name && one.type === 3)
      if (!command) throw new Error(`There is no message command ${name}`)
      return interactions.send(
        InteractionType.ApplicationCommand,
        { channel: world.channels.get(message.channel_id)!, user },
        { id: command.id, name, type: 3, target_id: message.id, resolved: { messages: { [message.id]: message } } },
      )
    },
    /** Everything that only this person was told: ephemeral answers and direct messages of the bot. */
    whispers: (): string =>
      [...world.channels.values()]
        .flatMap((channel) =>
          channel.messages.filter(
            (one) => one.ephemeralTo === user.id || (channel.recipient?.id === user.id && one.author.bot),
          ),
        )
        .map((one) => shown(world, one))
        .join('\n'),
    guild,
  }
}
