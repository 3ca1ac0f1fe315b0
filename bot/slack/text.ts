import { plain } from '../chat/plain.ts'

/** Names for what a text refers to by id. */
export type Names = { people: ReadonlyMap<string, string>; groups: ReadonlyMap<string, string> }

const unescape3 = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')

/** Returns the ids of the people whom a text in Slack's notation mentions. */
export const mentionedIn = (text: string): string[] =>
  [...text.matchAll(/<@([UW][A-Z0-9]+)(?:\|[^>]*)?>/g)].map((match) => match[1]!)

/** Returns the ids of the people and user groups that a text mentions, in its order, each once. */
export const mentionsIn = (text: string): { kind: 'person' | 'group'; id: string }[] => {
  const found = [...text.matchAll(/<(?:@([UW][A-Z0-9]+)|!subteam\^([A-Z0-9]+))(?:\|[^>]*)?>/g)].map(
    ([, person, group]) =>
      person ? ({ kind: 'person', id: person } as const) : { kind: 'group' as const, id: group! },
  )
  return found.filter(({ id }, index) => found.findIndex((other) => other.id === id) === index)
}

/**
 * Returns a text in Slack's notation as the person wrote it: names for mentions, addresses without marks, the three
 * escaped signs as they are; docs.slack.dev/messaging/formatting-message-text.
 */
export const toWords = (text: string, names: Names): string =>
  unescape3(
    text.replace(/<([^<>]*)>/g, (_, inside: string) => {
      const [target = '', label] = inside.split('|') as [string, string | undefined]
      if (target.startsWith('@')) return `@${label ?? names.people.get(target.slice(1)) ?? target.slice(1)}`
      if (target.startsWith('#')) return `#${label || target.slice(1)}`
      if (target.startsWith('!subteam^')) return label ?? `@${names.groups.get(target.slice(9)) ?? 'group'}`
      if (target.startsWith('!date^')) return label ?? ''
      if (target.startsWith('!')) return `@${label?.replace(/^@/, '') ?? target.slice(1)}`
      if (label === undefined || target.endsWith(label)) return target.replace(/^mailto:/, '')
      return `${label} (${target})`
    }),
  )

/** Returns a text without the bot's mentions and the blanks that they leave. */
export const withoutMention = (text: string, bot: string): string =>
  text
    .replace(new RegExp(`<@${bot}(?:\\|[^>]*)?>`, 'g'), ' ')
    .replace(/^[ \t]+|[ \t]+$/g, '')
    .trim()

/** Returns words as Slack takes them where it reads notation: nothing in them is a mention, a link or a command. */
export const escaped = (text: string): string =>
  plain(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
