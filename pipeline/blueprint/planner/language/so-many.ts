import { plural, sentence, singular } from './words.ts'

const number =
  /^(?:an?|each|every) (?<thing>[\p{L}-]+) (?:needs|takes|has|requires|wants) (?:a|a certain|a fixed|a set) number of (?<people>[\p{L}-]+s),? (?:and|but) (?:(?:no|not|never) more than|at most|only) (?:that|this|so) (?:many|number)(?: of them| people| [\p{L}-]+s)? (?:can|may) (?:join|sign up|register|take part|enrol+|book|come|apply|attend)(?: (?:it|for it|in it|to it))?$/iu

/** "A shift needs a number of volunteers, and no more than that many can join": a field, and a limit by it. */
export const soMany = (text: string): string[] | undefined => {
  const { thing = '', people = '' } = number.exec(text.trim())?.groups ?? {}
  if (!thing) return undefined
  const who = plural(singular(people.toLowerCase()))
  return [sentence(`a ${thing.toLowerCase()} has a number of ${who} needed`), `No more ${who} than needed`]
}
