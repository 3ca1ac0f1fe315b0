import { PermissionFlagsBits } from 'discord.js'

/** What the bot asks a server for, and why. Least first: without the last ones it still works, and says so. */
export const permissions = [
  { name: 'View Channels', bit: PermissionFlagsBits.ViewChannel, why: 'to see where it is called' },
  {
    name: 'Send Messages',
    bit: PermissionFlagsBits.SendMessages,
    why: 'to open the conversation that /build asks for',
  },
  { name: 'Create Public Threads', bit: PermissionFlagsBits.CreatePublicThreads, why: 'one thread for each system' },
  { name: 'Send Messages in Threads', bit: PermissionFlagsBits.SendMessagesInThreads, why: 'to answer in it' },
  { name: 'Attach Files', bit: PermissionFlagsBits.AttachFiles, why: 'pictures, blueprints, the code as a zip' },
  {
    name: 'Read Message History',
    bit: PermissionFlagsBits.ReadMessageHistory,
    why: 'what was said before it was called, and what it missed',
  },
] as const

/** Returns the address at which somebody who manages a server adds the bot, with no more rights than it needs. */
export const inviteUrl = (applicationId: string): string => {
  const url = new URL('https://discord.com/oauth2/authorize')
  url.searchParams.set('client_id', applicationId)
  url.searchParams.set('scope', 'bot applications.commands')
  url.searchParams.set('permissions', String(permissions.reduce((sum, { bit }) => sum | bit, 0n)))
  return url.href
}
