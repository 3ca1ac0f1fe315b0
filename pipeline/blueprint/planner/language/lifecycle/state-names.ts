import { isState } from '../../behaviour/states/read-sequence.ts'

/** Words before a state that say nothing of what it is called: "as an inquiry", "then finally done". */
const lead =
  /^(?:(?:is|are|gets?|becomes?|be|either|as|an?|the|first|at first|initially|just|simply|then|finally|already|still|and|or|state|status)\s+)+/i
const tail = /\s+(?:first|at first|initially|again|automatically|state|status)$/i

/** Returns the name of one state as people write it, or undefined where the words are none. */
export const stateName = (words: string): string | undefined => {
  const name = words
    .replace(/\b(in|on|at|under) (?:the|an?|our) /gi, '$1 ')
    .replace(/["“”'‘’]/g, '')
    .trim()
    .replace(lead, '')
    .replace(tail, '')
    .toLowerCase()
  return name !== '' && isState(name) && !beginsWrong.test(name) ? name : undefined
}

/** A clause or what is done with something, never a state. */
const beginsWrong =
  /^(?:it|they|them|we|i|you|he|she|this|that|there|to|from|about|of|at|if|when|per|than|has|have|can|may|must|do|does|will|only|not)\b/i

const between =
  /\s*(?:->|→|=>)\s*|\s*,\s*(?:and then |and finally |and |or |then |finally )?|\s+(?:and then|and|or|then)\s+/i

/** Returns the states of a list ("new, in work, and closed"), or undefined where one of its parts is none. */
export const stateNames = (list: string): string[] | undefined => {
  const names = list.split(between).map(stateName)
  return names.length > 1 && names.length < 15 && names.every((one) => one !== undefined) ? names : undefined
}

const state =
  /^(?:being|in|on|under|out|not|partly|fully|half) |(?:ed|en|wn|nt|ld|ght|id|ft|pt|ing)(?: (?:up|out|off|in|over|back))?$|^(?:un|in)[\p{L}]+$|^(?:free|clean|dirty|open|new|available|ready|busy|empty|full|active|draft|final|done|public|private|overdue|late|live|sick|away|present|absent|paid|due|valid|alive|dead|ripe|sold|lost|out|wet|dry|idle|loose|okay|ok|fine|safe|healthy|ill|hot|cold|blank|whole|old|secret|current|past|missing|vacant|online|offline|on hold|to do|todo|in)$/iu

/** Whether one word at least says how something is at the moment: "free or taken", not "red or white". */
export const sayHowItIs = (names: readonly string[]): boolean => names.some((name) => state.test(name))

const quality =
  /^(?:free|clean|dirty|fine|ok|okay|available|busy|empty|full|healthy|sick|ill|vacant|occupied|broken|alive|dead|ripe|wet|dry|hungry|thirsty|online|offline|present|absent|safe|late|active|idle|loose|intact|public|private)$/iu

/** Whether a list begins with how something is, and with nothing that is done to it: "fine, thirsty or sick". */
export const beginWithQuality = (names: readonly string[]): boolean => quality.test(names[0] ?? '')
