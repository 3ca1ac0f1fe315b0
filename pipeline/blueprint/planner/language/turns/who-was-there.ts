import { sentence, singularPhrase, withArticle } from '../words.ts'
import { crowd, found, type Turn, who } from './words.ts'

const there = '(?<how>present|absent|there|missing|attending)'
const marks = new RegExp(
  `^${who} (?:can |may |must |should )?(?:marks?|notes?|records?|enters?|logs?|ticks?(?: off)?|writes? down|checks?) (?:who|which (?<people>[\\p{L}-]+s)) (?:is|are|was|were) ${there}(?: (?:at|in|for|on) (?:an?|the|each|every) (?<at>[\\p{L}-]+(?: [\\p{L}-]+)?))?$`,
  'iu',
)
const kept =
  /(?:^|[.;] ?)(?:(?:an?|each|every|the|all) )?(?<people>students?|pupils?|players?|members?|children|child|participants?|singers?|volunteers?|trainees?|apprentices?|employees?|residents?|dancers?|swimmers?|athletes?|scouts?|attendees?) (?:has|have|signs? up|sign in|join|belong) ?/iu
/** What has a day, in two words. */
const dated =
  /(?:^|[.;] ?)(?:(?:an?|each|every|the|all) )?(?<at>[\p{L}-]+ [\p{L}-]+) (?:has|have) [^.;]*\b(?:date|day|start)\b/iu

/** "Coaches mark who was present": of those who are kept, at what was spoken of. */
export const whoWasThere: Turn = (text, { event, all }) => {
  const said = found(marks, text)
  const people = said?.people ?? (said ? kept.exec(all)?.groups?.people : undefined)
  const at = said?.at ?? event ?? dated.exec(all)?.groups?.at
  if (!said || !people || !at) return undefined
  const one = singularPhrase(people.toLowerCase())
  const way = /^(?:absent|missing)$/i.test(said.how!) ? 'absent' : 'present'
  return [
    `${crowd(said.who!)} can add attendances`,
    `${sentence('each attendance')} has ${withArticle(singularPhrase(at.toLowerCase()))}, ${withArticle(one)} and ${way} (yes/no)`,
    `One attendance per ${one} and ${singularPhrase(at.toLowerCase())}`,
  ]
}
