import { linkNouns } from '../../lexicon/verbs.ts'
import { plural, pluralPhrase, sentence, singularPhrase, withArticle } from '../words.ts'
import { found, isDescribed, isPeople, type Turn, within } from './words.ts'

const assignable =
  /^(?:an? |the |each |every )?(?<thing>[\p{L}-]+) (?:can|may) be assigned to (?:an?|one|the) (?<whom>[\p{L}-]+)$/iu

const wholeAssigned =
  /^(?:when|whenever|once|as soon as|if) (?:an? |the )(?<thing>[\p{L}-]+) (?:is|gets|was|has been) assigned(?: to (?:an? |the )?[\p{L}-]+)?,? (?:then )?(?:the |that |this )(?<whom>[\p{L}-]+) (?<told>(?:is|gets) (?:told|notified|informed|alerted)|(?:gets|receives) (?:a|an) (?:message|notification|email))(?: (?:about|of) it)?$/iu

/** "Cards can be assigned to a member": the card says to whom, and is in no state. */
export const canBeAssigned: Turn = (text, { all }) => {
  const said = found(assignable, text)
  if (!said || !isPeople(said.whom!) || isDescribed(said.whom!, all)) return undefined
  return [`${sentence(withArticle(singularPhrase(said.thing!)))} has an optional assignee`]
}

export const toldWhenAssigned: Turn = (text, { all }) => {
  const said = found(wholeAssigned, text)
  if (!said || !isPeople(said.whom!) || isDescribed(said.whom!, all) || !within(assignable).test(all)) return undefined
  return [`When the assignee of ${withArticle(singularPhrase(said.thing!))} changes, the assignee is notified`]
}

const one =
  /^(?:an?|each|every|the) (?<who>[\p{L}-]+) (?:can|may) have (?:only|at most|no more than) (?<many>one|two|three|\d+) (?<noun>[\p{L}-]+?)s? (?:per|for each|for every) (?<of>[\p{L}-]+)$/iu

/** "A visitor can have only one viewing per flat": nothing that a visitor has. */
export const haveOne: Turn = (text, { all }) => {
  const said = found(one, text)
  if (!said || !isPeople(said.who!)) return undefined
  const noun = isDescribed(said.noun!, all) || !/\bbook(?:s|ings?)?\b|\bslots?\b/i.test(all) ? said.noun! : 'booking'
  return [
    `${sentence(withArticle(said.who!.toLowerCase()))} can book at most ${said.many} ${said.many === 'one' ? noun : plural(noun)} per ${said.of}`,
  ]
}

const upTo =
  /^(?<lead>(?:the |all )?[\p{L}-]+s (?:can |may )?)(?<verb>order|book|reserve) (?:an? |the |one )?(?<what>[\p{L}-]+) (?<until>(?:until|till|by|before|up to) .+)$/iu

/** "Pupils order a menu until 9 am of that day": the deed, and until when. */
export const doneUntil: Turn = (text) => {
  const said = found(upTo, text)
  const noun = said ? linkNouns.get(said.verb!.toLowerCase()) : undefined
  if (!said || !noun) return undefined
  // "Up to 14 days ahead" is how early, not how late.
  const early = /^up to .+ (?:ahead|in advance)$/i.test(said.until!)
  return [
    `${said.lead}${said.verb} ${pluralPhrase(said.what!)}`,
    early
      ? `${sentence(plural(noun))} can be made ${said.until}`
      : `${sentence(plural(noun))} must be placed ${said.until!.replace(/^(?:by|before|till|up to)\b/i, 'until')}`,
  ]
}

const sends =
  /^(?:they|people|users) (?:can |may )?(?:send|write|make) (?:each other|one another) (?<gift>requests|messages|invitations|challenges)(?<tail>.*)$/iu

/** "They send each other requests", where people sign up. */
export const sendEachOther: Turn = (text, { all }) => {
  const said = found(sends, text)
  if (!said || !/\b(?:sign|log)s? (?:up|in)\b|\baccounts?\b/i.test(all)) return undefined
  return [`${within(signsWith).test(all) ? 'Members' : 'Users'} can send each other ${said.gift}${said.tail}`]
}

const signsWith = /^(?<who>people|everyone|everybody) (?:can |must )?(?:sign up|register) with (?<fields>.+)$/iu

/** "People sign up with a native language": what is said of themselves. */
export const signUpWith: Turn = (text) => {
  const said = found(signsWith, text)
  if (!said || /\b(?:e-?mail|password|account)\b/i.test(said.fields!)) return undefined
  return ['Members sign up', `Members have ${said.fields}`]
}
