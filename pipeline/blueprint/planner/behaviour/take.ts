import type { Statement } from '../language/statements.ts'
import type { Read, Wish } from './behaviour.ts'
import { paraphrased } from './paraphrases.ts'
import { readers } from './readers.ts'
import { joined, type Segment, segmentsOf } from './segments.ts'

/** A wish, and what was said before it: what "it" means. */
export type Taken = { wish: Wish; before: string }

/** Longer sentences are no rules; more offers than this no request needs. Both keep hostile texts cheap. */
const maxSentence = 600
const maxOffers = 4000

/**
 * Takes the sentences that ask for behaviour out of a text. Returns them with the statements that are left for the
 * ordinary reader. `passed`: sentences that are not to be taken, because their wish could not be carried out. `read`: how
 * a sentence is read, where the same are offered often (`rememberReadings`).
 */
export const takeBehaviour = (
  statements: readonly Statement[],
  passed: Pick<ReadonlyMap<string, unknown>, 'has'> = new Map(),
  read: Read = readSentence,
): { taken: Taken[]; statements: Statement[] } => {
  const taken: Taken[] = []
  const left: Statement[] = []
  let before = ''
  let offers = 0
  const offer = (sentence: string): Wish | undefined => {
    const text = tidy(sentence)
    offers += 1
    if (text.length < 6 || text.length > maxSentence || offers > maxOffers || passed.has(text)) return undefined
    const wish = read(text)
    return wish && { ...wish, said: text }
  }
  const take = (wish: Wish, at: string): void => {
    for (const one of wish.ahead ? [wish, wish.ahead] : [wish]) taken.push({ wish: one, before: `${before}\n${at}` })
  }
  for (const statement of statements) {
    if (!statement.items) {
      const { wishes, rest } = takeFrom(statement.text, offer)
      for (const { wish, at } of wishes) take(wish, at)
      for (const text of rest) left.push({ text })
      before = recent(before, statement.text)
      continue
    }
    const heading = statement.text || statement.heading || ''
    const items: string[] = []
    const added: string[] = []
    for (const item of statement.items) {
      const wish =
        offer(item) ??
        (/^(?:must|may|can|cannot|should|no|not|never|is|are|goes)\b/i.test(item)
          ? offer(`${heading} ${item}`)
          : undefined)
      if (!wish) items.push(item)
      else {
        take(wish, heading)
        added.push(...wish.rest)
      }
    }
    if (items.length === statement.items.length) left.push(statement)
    else if (items.length > 0) left.push({ ...statement, items })
    left.push(...added.map((text) => ({ text })))
    before = recent(before, heading)
  }
  return { taken, statements: left }
}

const readSentence: Read = (text) => firstOf(readers, paraphrased(text))

/** Returns a reader that reads each sentence once. What it says depends on the sentence alone. */
export const rememberReadings = (): Read => {
  const known = new Map<string, Wish | undefined>()
  return (text) => {
    if (!known.has(text)) known.set(text, readSentence(text))
    return known.get(text)
  }
}

/** The last few sentences: "it" seldom reaches further back. */
const recent = (before: string, said: string): string => [...before.split('\n').slice(-3), said].join('\n')

/** A part that says of something else what it may or must is no field of what came before. */
const standsAlone = ({ joint, text }: Segment): boolean =>
  (/;/.test(joint) && /^(?:(?:an?|each|every|the|no|only|nobody|one|two|both|before that|after that)\b)/i.test(text)) ||
  /^(?:no|nobody|no one|only|an?|each|every) (?:(?!(?:with|and|that|which|who|whether|how)\b)[\p{L}'-]+ ){0,3}?(?:can|cannot|can not|must|may|should) (?:not |never |only |be |ever )/iu.test(
    text,
  )

/** Takes the wishes of one sentence: whole if a reader takes it whole, else its longest parts, from the left. */
const takeFrom = (
  sentence: string,
  offer: (sentence: string) => Wish | undefined,
): { wishes: { wish: Wish; at: string }[]; rest: string[] } => {
  const segments = segmentsOf(sentence)
  const wishes: { wish: Wish; at: string }[] = []
  const rest: string[] = []
  let open: Segment[] = []
  const close = (): void => {
    let begun = 0
    for (let at = 1; at <= open.length; at += 1)
      if (at === open.length || standsAlone(open[at]!)) {
        rest.push(joined(open.slice(begun, at), 0, at - begun))
        begun = at
      }
    open = []
  }
  let from = 0
  while (from < segments.length) {
    let found: { wish: Wish; to: number } | undefined
    for (let to = endOf(segments, from); to > from && !found; to -= 1) {
      const wish = offer(joined(segments, from, to))
      if (wish) found = { wish, to }
    }
    if (found && found.to > from + 1 && !found.wish.apart) {
      const alone = offer(joined(segments, from, from + 1))
      if (alone?.apart) found = { wish: alone, to: from + 1 }
    }
    if (found) {
      close()
      const at = joined(segments, 0, from)
      wishes.push({ wish: found.wish, at })
      rest.push(...found.wish.rest)
      from = found.to
    } else {
      open.push(open.length === 0 ? { joint: '', text: joined(segments, from, from + 1) } : segments[from]!)
      from += 1
    }
  }
  close()
  return { wishes, rest }
}

/** No rule goes on behind a semicolon. */
const endOf = (segments: readonly Segment[], from: number): number => {
  const stop = segments.findIndex(({ joint }, i) => i > from && joint.includes(';'))
  return stop < 0 ? segments.length : stop
}

/** Returns the first reading of a sentence, with the others. */
const firstOf = (list: readonly Read[], text: string): Wish | undefined => {
  const [first, ...others] = list.map((read) => read(text)).filter((wish) => wish !== undefined)
  return first && !first.alone && others.length > 0 ? { ...first, others } : first
}

/** Returns a sentence without what only joins it to others or is polite. */
export const tidy = (sentence: string): string =>
  sentence
    .replace(/\s+/g, ' ')
    .replace(
      /^(?:(?:and|but|also|please|then|so|plus|additionally|in addition|furthermore|moreover|of course|importantly|important|ideally|note that|make sure(?: that)?|ensure(?: that)?|it (?:is|'s) important that|the system (?:should|must) (?:ensure|make sure|check)(?: that)?|we (?:also )?(?:want|need)(?: it)? (?:so )?that)\b[\s,:]*)+/i,
      '',
    )
    .replace(/\b(?:please|as well|too)\s*(?=[.,;!]*$)/gi, '')
    .replace(/[\s.,;:!]+$/, '')
    .trim()

/** True where a text has a sentence, or a part of one, that asks for behaviour. */
export const asksForBehaviour = (statements: readonly Statement[]): boolean =>
  takeBehaviour(statements).taken.length > 0
