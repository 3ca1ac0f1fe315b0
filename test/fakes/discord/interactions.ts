import { randomBytes } from 'node:crypto'
import { InteractionResponseType as Answer, InteractionType, MessageFlags } from 'discord.js'
import { type Component, checkModal } from './components.ts'
import { createForm, fail } from './errors.ts'
import type { Gateway } from './gateway.ts'
import type { Body, Messages, Upload } from './messages.ts'
import { toChannel, toDispatch, toMember } from './shapes.ts'
import type { Channel, Message, User, World } from './world.ts'

export type Outcome = { type: number; data: Body; message: Message | undefined }
export type Interaction = {
  id: string
  token: string
  kind: number
  channel: Channel
  user: User
  source: Message | undefined
  created: number
  answered: number | undefined
  original: Message | undefined
  resolve: (outcome: Outcome) => void
}
export type Interactions = ReturnType<typeof createInteractions>

/** Milliseconds (page "Receiving and Responding"): to the first answer, and until the token dies. */
const FIRST = 3_000
const TOKEN = 15 * 60_000

/** Which answers each kind of interaction takes. */
const allowed: Record<number, readonly number[]> = {
  [InteractionType.ApplicationCommand]: [
    Answer.ChannelMessageWithSource,
    Answer.DeferredChannelMessageWithSource,
    Answer.Modal,
  ],
  [InteractionType.MessageComponent]: [
    Answer.ChannelMessageWithSource,
    Answer.DeferredChannelMessageWithSource,
    Answer.DeferredMessageUpdate,
    Answer.UpdateMessage,
    Answer.Modal,
  ],
  [InteractionType.ApplicationCommandAutocomplete]: [Answer.ApplicationCommandAutocompleteResult],
  [InteractionType.ModalSubmit]: [
    Answer.ChannelMessageWithSource,
    Answer.DeferredChannelMessageWithSource,
    Answer.DeferredMessageUpdate,
    Answer.UpdateMessage,
  ],
}

/** What people press and command, and how the bot may answer. */
export const createInteractions = (world: World, gateway: Gateway, messages: Messages) => {
  const all = new Map<string, Interaction>()

  const message = (interaction: Interaction, body: Body, uploads: Upload[]): Message => {
    const made = messages.check(interaction.channel, body, uploads)
    return messages.add(interaction.channel, world.bot, {
      ...made,
      ...((Number(body.flags ?? 0) & MessageFlags.Ephemeral) !== 0 ? { ephemeralTo: interaction.user.id } : {}),
    })
  }

  const byToken = (token: string): Interaction => {
    const interaction = [...all.values()].find((one) => one.token === token)
    if (!interaction) throw fail('unknownWebhook')
    if (world.now() - interaction.created > TOKEN) throw fail('invalidWebhookToken')
    if (interaction.answered === undefined) throw fail('unknownWebhook')
    return interaction
  }

  const target = (interaction: Interaction, id: string): Message => {
    const found =
      id === '@original'
        ? (interaction.original ?? interaction.source)
        : interaction.channel.messages.find((one) => one.id === id)
    if (!found) throw fail('unknownMessage')
    return found
  }

  return {
    all,
    /** Sends one to the bot; resolves with the first answer, rejects as the person's client does after three seconds. */
    send: (
      kind: number,
      from: { channel: Channel; user: User; source?: Message; id?: string },
      data: Body,
    ): Promise<Outcome> => {
      const guild = from.channel.guildId ? world.guilds.get(from.channel.guildId) : undefined
      const member = guild?.members.get(from.user.id)
      return new Promise<Outcome>((resolve, reject) => {
        const interaction: Interaction = {
          id: from.id ?? world.newId(),
          token: `aW50ZXJhY3Rpb24-${randomBytes(60).toString('base64url')}`,
          kind,
          channel: from.channel,
          user: from.user,
          source: from.source,
          created: world.now(),
          answered: undefined,
          original: undefined,
          resolve,
        }
        all.set(interaction.id, interaction)
        setTimeout(() => {
          if (interaction.answered === undefined) reject(new Error('This interaction failed'))
        }, FIRST).unref()
        gateway.dispatch('INTERACTION_CREATE', {
          id: interaction.id,
          application_id: world.application.id,
          type: kind,
          token: interaction.token,
          version: 1,
          data,
          channel_id: from.channel.id,
          channel: toChannel(from.channel),
          locale: 'en-GB',
          entitlements: [],
          authorizing_integration_owners: {},
          attachment_size_limit: 10 * 1024 * 1024,
          app_permissions: '0',
          ...(from.source ? { message: toDispatch(world, from.source) } : {}),
          ...(guild && member
            ? {
                guild_id: guild.id,
                guild: { id: guild.id, locale: 'en-GB', features: [] },
                member: {
                  ...toMember(member),
                  user: from.user,
                  permissions: String(world.permissionsOf(guild, member)),
                },
              }
            : { user: from.user }),
        })
      })
    },
    answer: (id: string, token: string, body: Body, uploads: Upload[]): void => {
      const interaction = all.get(id)
      if (interaction?.token !== token) throw fail('unknownInteraction')
      if (interaction.answered !== undefined) throw fail('alreadyAcknowledged')
      if (world.now() - interaction.created > FIRST) throw fail('unknownInteraction')
      const type = Number(body.type)
      const data = (body.data ?? {}) as Body
      const form = createForm()
      const fromMessage = interaction.kind !== InteractionType.ModalSubmit || interaction.source
      if (!allowed[interaction.kind]?.includes(type) || ([6, 7].includes(type) && !fromMessage))
        form.add(['type'], 'INTERACTION_TYPE_INVALID', 'This interaction cannot be answered so.')
      if (type === Answer.Modal) checkModal(form, data)
      if (type === Answer.ApplicationCommandAutocompleteResult && form.count(['data', 'choices'], data.choices, 0, 25))
        for (const [index, choice] of (data.choices as Body[]).entries()) {
          form.length(['data', 'choices', index, 'name'], choice.name, 1, 100)
          form.length(['data', 'choices', index, 'value'], choice.value, 0, 100)
        }
      form.check()
      let made: Message | undefined
      if (type === Answer.ChannelMessageWithSource) made = message(interaction, data, uploads)
      if (type === Answer.UpdateMessage && interaction.source)
        messages.edit(interaction.source, messages.check(interaction.channel, data, uploads, interaction.source))
      interaction.answered = type
      interaction.original = made
      // A deferred answer stays as private as it began.
      if (type === Answer.DeferredChannelMessageWithSource)
        interaction.original = messages.add(interaction.channel, world.bot, {
          content: 'AutoCoder is thinking...',
          flags: Number(data.flags ?? 0) | MessageFlags.Loading,
          ...((Number(data.flags ?? 0) & MessageFlags.Ephemeral) !== 0 ? { ephemeralTo: interaction.user.id } : {}),
        })
      interaction.resolve({ type, data, message: made })
    },
    followUp: (token: string, body: Body, uploads: Upload[]): Message => message(byToken(token), body, uploads),
    read: (token: string, id: string): Message => target(byToken(token), id),
    edit: (token: string, id: string, body: Body, uploads: Upload[]): Message => {
      const interaction = byToken(token)
      const found = target(interaction, id)
      const deferred = (found.flags & MessageFlags.Loading) !== 0
      if (deferred) found.flags &= ~MessageFlags.Loading
      const checked = messages.check(interaction.channel, body, uploads, deferred ? undefined : found)
      return messages.edit(found, {
        ...checked,
        flags: (checked.flags ?? 0) | (found.flags & MessageFlags.Ephemeral),
        content: checked.content ?? '',
      })
    },
    remove: (token: string, id: string): void => messages.remove(target(byToken(token), id)),
  }
}

export type { Component }
