import { sentence, singularPhrase, withArticle } from '../words.ts'
import { found, isDescribed, isPeople, type Turn } from './words.ts'

const sends =
  /^(?:(?:the|our|all) )?(?<who>[\p{L}-]+(?: [\p{L}-]+)?s) (?:send|transmit|emit|deliver|produce) (?<what>(?:[\p{L}-]+ )?[\p{L}-]+s) (?:with|that have|which have) (?<has>.+?)(?:,? every (?:\d+ |[\p{L}]+ )?(?:seconds?|minutes?|hours?|days?|night))?$/iu
/** Sent to people, and kept by nobody. */
const message = /^(?:emails?|e-mails?|messages?|letters?|invitations?|reminders?)$/i

/** "Pumps send readings with a level": of what they are and what they have, where nothing else is said of the pumps. */
export const sendsReadings: Turn = (text, { all }) => {
  const { who = '', what = '', has = '' } = found(sends, text) ?? {}
  if (!who || isPeople(singularPhrase(who)) || message.test(what) || isDescribed(who, all)) return undefined
  if (/\bapi[ -]?keys?\b/i.test(all)) return undefined
  return [`${sentence(what)} belong to ${withArticle(singularPhrase(who.toLowerCase()))} and have ${has}`]
}
