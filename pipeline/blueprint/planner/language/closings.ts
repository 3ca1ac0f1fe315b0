import type { Statement } from './statements.ts'
import { plural, singular } from './words.ts'

/** What is done to a thing once, and the state it is in then. */
const done: { readonly [verb: string]: string } = {
  close: 'closed',
  resolve: 'resolved',
  fix: 'fixed',
  complete: 'completed',
  finish: 'finished',
  confirm: 'confirmed',
  verify: 'verified',
  pack: 'packed',
  ship: 'shipped',
  deliver: 'delivered',
  process: 'processed',
  settle: 'settled',
  dispatch: 'dispatched',
}
const verbs = Object.keys(done).join('|')
const deed = new RegExp(
  `^(?:only )?(?:(?:the |all |our )?(?:[\\p{L}-]+ )?[\\p{L}-]+s|(?:the|our) [\\p{L}-]+(?: [\\p{L}-]+)??(?:(?= (?:can |may |must )?(?:pack|ship|deliver|dispatch))|(?<=warehouse|depot|bank|league|federation|association|foundation|authority))) (?:can |may |must )?(?:[\\p{L}-]+ (?<before>[\\p{L}-]+)(?:, [^.;]{3,40}?)?,? and )?(?<verb>${verbs})(?:s|es)? (?:the |all |any |their |an? )?(?<thing>[\\p{L}-]+)(?: (?:(?:that|which) (?:are|is) )?assigned to (?:them|him|her))?$`,
  'iu',
)

/**
 * Returns the statements with the states that what people do to things once leads to, where nothing else is said of states:
 * "agents close tickets" makes tickets open or closed.
 */
export const withClosings = (statements: readonly Statement[]): Statement[] => {
  const all = statements.map(({ text, items }) => [text, ...(items ?? [])].join(', ')).join('. ')
  const led = new Map<string, string[]>()
  for (const { text, items } of statements) {
    const { before, verb = '', thing = '' } = items ? {} : (deed.exec(text)?.groups ?? {})
    const noun = /^(?:it|them|these|those)$/i.test(thing) ? before : thing
    if (!verb || !noun) continue
    const things = plural(singular(noun.toLowerCase()))
    const state = done[verb.toLowerCase()]!
    if (isOpen(all, things, state)) led.set(things, [...new Set([...(led.get(things) ?? []), state])])
  }
  const told = [...led].map(([things, states]) => ({ text: `${things} go open, ${states.join(', ')}` }))
  return [...statements, ...told]
}

/** Whether a thing is described, and neither its states nor this one are. */
const isOpen = (all: string, things: string, state: string): boolean => {
  const one = singular(things)
  const described = new RegExp(`\\b(?:${things} (?:with|have|has)|(?:an?|each|every|the) ${one} (?:with|has))\\b`, 'i')
  const stated = new RegExp(
    `\\b(?:status|state|stage|phase|workflow)\\b|\\b(?:${things}|${one}|they|it) (?:goes?|go|moves?|pass(?:es)?|starts?|begins?|(?:is|are|can be) (?:either )?(?:new|open|draft|pending))\\b|\\b${one} is [\\p{L}]+, `,
    'iu',
  )
  const field = new RegExp(
    `\\b(?:whether|if) (?:it|they) (?:is|are|was|were) ${state}\\b|\\b${state} (?:yes|flag|\\(yes)|[,(] ?${state}\\b`,
    'i',
  )
  return described.test(all) && !stated.test(all) && !field.test(all)
}
