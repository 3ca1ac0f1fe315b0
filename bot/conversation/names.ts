import { literal } from './literal.ts'

/** The systems that can be spoken of. */
export type Names = {
  systems: { slug: string; title: string }[]
  /** The slug of the system that the conversation is about. */
  current: string | undefined
  /** Finds the system that a longer sentence addresses, and gives the sentence without the address. */
  addressed: (text: string) => { text: string; system: string | undefined }
}

const pronouns =
  /^(?:it|this|that|everything|(?:the|this|that|my|our) (?:system|app|api|application|service|server|project|thing)|system|app|api|now)$/

const spoken = (name: string): string => name.toLowerCase().replaceAll('-', ' ').replace(/\s+/g, ' ').trim()

/** The ways to say a system's name, longest first. */
const waysOf = (system: { slug: string; title: string }): string[] =>
  [...new Set([spoken(system.title), spoken(system.slug), system.slug.toLowerCase()])].sort(
    (a, b) => b.length - a.length,
  )

/** Returns which system a phrase names: none for a pronoun or nothing, a slug, or the phrase where no system has it. */
export const stripName = (
  phrase: string | undefined,
  names: Pick<Names, 'systems'>,
): { kind: 'none' } | { kind: 'system'; slug: string } | { kind: 'unknown'; text: string } => {
  const text = (phrase ?? '')
    .trim()
    .toLowerCase()
    .replace(/^['"“”‘’`]+|['"“”‘’`]+$/g, '')
  if (text === '' || pronouns.test(text)) return { kind: 'none' }
  const core = text
    .replace(/^(?:the|my|our|system|app) /, '')
    .replace(/ (?:system|app|api|application|service|project|server)$/, '')
  for (const candidate of [text, core])
    for (const system of names.systems)
      if (waysOf(system).includes(spoken(candidate))) return { kind: 'system', slug: system.slug }
  return { kind: 'unknown', text: core }
}

const patternOf = (text: string): string => literal(text).replaceAll(' ', '[ -]')

/**
 * Returns the system that a sentence addresses. A clear address ("todo: …", "in todo, …", "… to the todo system") is cut
 * off; a bare mention only counts where it is not also a word of the current system ("add comments to todos" in Todo).
 */
export const addressedIn = (
  text: string,
  names: Pick<Names, 'systems' | 'current'>,
): { text: string; system: string | undefined } => {
  const candidates = names.systems
    .flatMap((system) => waysOf(system).map((way) => ({ slug: system.slug, way })))
    .sort((a, b) => b.way.length - a.way.length)
  for (const { slug, way } of candidates) {
    const name = `["'“‘\`]?${patternOf(way)}["'”’\`]?`
    const head = new RegExp(
      `^(?:(?:in|for|on|about|change|update)\\s+)?(?:the\\s+|my\\s+|our\\s+)?${name}(?:\\s+(?:system|app|api|service))?\\s*[:,]\\s+`,
      'i',
    )
    if (head.test(text)) return { text: text.replace(head, ''), system: slug }
    const tail = new RegExp(
      `,?\\s+(?:to|in|from|of|for|on)\\s+(?:the\\s+|my\\s+|our\\s+)?${name}\\s+(?:system|app|api|service)\\s*([.!?]*)\\s*$`,
      'i',
    )
    if (tail.test(text)) return { text: text.replace(tail, '$1'), system: slug }
  }
  for (const { slug, way } of candidates) {
    if (slug === names.current) continue
    const mention = new RegExp(
      `\\b(?:to|in|from|of|for|on|does|is|can|change|update)\\s+(?:the\\s+|my\\s+|our\\s+)?["'“‘\`]?${patternOf(way)}["'”’\`]?(?=[\\s,.!?]|$)`,
      'i',
    )
    if (mention.test(text)) return { text, system: slug }
  }
  return { text, system: undefined }
}

/** Names that one sentence holds; a team that has more looks at its list. */
const NAMED = 12

/** Returns the answer to a name that no system has. */
export const noSystemWords = (name: string, systems: Names['systems']): string => {
  const build = 'To have one built, begin with “build me …”.'
  if (systems.length === 0) return `There is no system called ${name}, nor any other yet. ${build}`
  const slugs = systems.slice(0, NAMED).map(({ slug }) => slug)
  const there =
    systems.length > NAMED
      ? `There are ${systems.length}, among them: ${slugs.join(', ')}. Write “systems” for all.`
      : `${systems.length === 1 ? 'There is' : 'There are'}: ${slugs.join(', ')}.`
  return `There is no system called ${name}. ${there} ${build}`
}
