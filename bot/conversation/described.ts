import { describeArchitecture } from '../../pipeline/blueprint/describe.ts'
import { diffArchitecture } from '../../pipeline/blueprint/diff.ts'
import { firstCurl } from '../../pipeline/blueprint/first-curl.ts'
import { parseArchitecture } from '../../pipeline/blueprint/parse.ts'
import type { RevisionCard } from '../../queue/compile.ts'
import type { Architecture } from '../../schemas/generated/architecture.ts'
import { oneLine } from '../chat/plain.ts'
import { grantWords } from './granting.ts'
import type { Described, Revision } from './state.ts'

const parsed = new Map<string, Architecture>()

/** How many parsed blueprints a process keeps: a revision never changes, and one of 100 components takes about 1 MB. */
const KEPT = 64

/** Returns a stored revision's architecture. Stored text was canonical when it was written, so it always parses. */
export const architectureOf = (revision: Pick<Revision, 'id' | 'architecture'>): Architecture => {
  const known = parsed.get(revision.id)
  if (known) return known
  // Stored blueprints are ours and may be of any size.
  const { value, diagnostics } = parseArchitecture(revision.architecture, {
    maxBytes: Number.POSITIVE_INFINITY,
    maxSigns: Number.POSITIVE_INFINITY,
  })
  if (!value) throw new Error(`revision ${revision.id} does not parse: ${diagnostics[0]?.message}`)
  if (parsed.size >= KEPT) parsed.delete(parsed.keys().next().value!)
  parsed.set(revision.id, value)
  return value
}

const sentence = (text: string): string => {
  const line = oneLine(text, 300)
  return line.charAt(0).toUpperCase() + line.slice(1)
}

const linesOf = (card: unknown, key: string): string[] => {
  const value = (card as Record<string, unknown> | null)?.[key]
  return Array.isArray(value) ? value.filter((line) => typeof line === 'string').map((line) => oneLine(line, 500)) : []
}

/** What came of each sentence; a line is quoted as it was said, so that it is the reader's own. */
const readingsIn = (card: unknown): Described['readings'] =>
  ((card as Partial<RevisionCard> | null)?.readings ?? []).map(({ said, made, lost }) => ({
    said: oneLine(said, 300),
    made: made.map((line) => oneLine(line, 300)),
    lost,
  }))

/**
 * Returns a revision in plain words. `live` is the revision that ran when this one was made: changes and their risks are
 * told against what people use, not against a draft in between. Before anything runs they are told against `base`, the
 * draft that this one came from, and risk nothing.
 */
export const describeRevision = (revision: Revision, live: Revision | undefined, base?: Revision): Described => {
  const before = live ?? base
  const architecture = architectureOf(revision)
  const words = describeArchitecture(architecture)
  const { alt, size } = (revision.card ?? {}) as Partial<RevisionCard>
  return {
    title: architecture.system.title ?? architecture.system.name,
    summary: words.summary,
    stores: words.stores,
    people: words.people,
    rules: words.rules,
    endpoints: words.endpoints,
    roles: grantWords(architecture),
    assumptions: linesOf(revision.card, 'assumptions'),
    notCarried: linesOf(revision.card, 'notCarried'),
    readings: readingsIn(revision.card),
    live: live !== undefined,
    changes: before
      ? diffArchitecture(architectureOf(before), architecture).map(({ text, risk }) => ({
          text: sentence(text),
          risk: live ? risk : 'none',
        }))
      : [],
    alt,
    size,
    files: [
      { path: 'architecture.yaml', text: revision.architecture },
      { path: 'deployment.yaml', text: revision.deployment },
    ],
    curl: (url) => firstCurl(architecture, url),
  }
}
