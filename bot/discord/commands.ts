import { createHash } from 'node:crypto'
import {
  type APIApplicationCommand,
  ApplicationCommandType as Kind,
  ApplicationCommandOptionType as Option,
} from 'discord.js'
import type { Api } from './api.ts'

export const BUILD = 'build'
export const BUILDS = 'builds'
export const BUILD_THIS = 'Build this'

/** What people can command. Changing it changes its hash, and the next start registers it anew. */
export const commands = [
  {
    type: Kind.ChatInput,
    name: BUILD,
    description: 'Describe what you need; it is planned, shown to you, built and started',
    options: [
      {
        type: Option.String,
        name: 'text',
        description: 'In your own words, e.g. a todo API where everybody sees only their own',
        required: true,
        max_length: 6_000,
      },
    ],
  },
  {
    type: Kind.ChatInput,
    name: BUILDS,
    description: 'The systems of this server: list, find, open; "help" shows what can be said',
    options: [
      {
        type: Option.String,
        name: 'words',
        description: 'A name to look for, or what to do: open todo, audit, help',
        required: false,
        autocomplete: true,
        max_length: 1_000,
      },
    ],
  },
  { type: Kind.Message, name: BUILD_THIS },
] as const

type Shape = { name: string; type?: number; description?: string; options?: readonly object[] }

/** The part of a command that we set; Discord adds ids, versions and defaults, and leaves out what is false. */
const own = ({ name, type, description, options }: Shape): unknown => [
  name,
  type ?? Kind.ChatInput,
  description ?? '',
  (options ?? []).map((option) => {
    const { type, name, description, required, autocomplete, max_length } = option as Record<string, unknown>
    return [type, name, description, required ?? false, autocomplete ?? false, max_length ?? null]
  }),
]

const hashOf = (list: readonly Shape[]): string =>
  createHash('sha256')
    .update(JSON.stringify(list.map((one) => JSON.stringify(own(one))).sort()))
    .digest('hex')

/** Registers the commands where what is registered differs. Returns whether it did. */
export const registerCommands = async (api: Api, applicationId: string): Promise<boolean> => {
  const registered: APIApplicationCommand[] = await api.commands(applicationId)
  if (hashOf(registered) === hashOf(commands)) return false
  await api.setCommands(applicationId, [...commands])
  return true
}
