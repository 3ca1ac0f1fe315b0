import { plural, sentence, singular } from './words.ts'

const reopens =
  /^(?<who>(?:the |all )?[\p{L}-]+s) (?:can|may) reopen (?:their(?: own)?|an?|the) (?<thing>[\p{L}-]+?)(?: again)? (?:with)?in (?<time>(?:\d+|an?|one|two|three|four|five|six|seven|ten) (?:hours?|days?|weeks?|months?))$/iu
const ends =
  /\b(?<state>closed|closes?|resolved|resolves?|solved|solves?|completed|completes?|fixed|fixes|done|finished|finish(?:es)?)\b/iu
const states: Readonly<Record<string, string>> = {
  clos: 'closed',
  reso: 'resolved',
  solv: 'solved',
  comp: 'completed',
  fixe: 'fixed',
  done: 'done',
  fini: 'finished',
}

/** "Customers can reopen their ticket within 7 days": from when it was closed. */
export const reopenedWithin = (text: string, all: string): string[] | undefined => {
  const { who = '', thing = '', time = '' } = reopens.exec(text)?.groups ?? {}
  const word = who ? ends.exec(all.replace(text, ''))?.groups?.state?.toLowerCase() : undefined
  const state = word && states[word.slice(0, 4)]
  if (!state) return undefined
  const one = singular(thing.toLowerCase())
  return [
    `A ${one} can be reopened while it is ${state}`,
    `${sentence(who)} can reopen their ${plural(one)} within ${time} after it was ${state}`,
  ]
}
