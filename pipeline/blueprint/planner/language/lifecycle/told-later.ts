import { saidVerb } from '../../behaviour/states/verbs.ts'
import { participleOf, pluralPhrase, sentence, singularPhrase } from '../words.ts'
import { arePeople, one, thingBefore } from './things.ts'
import type { Told } from './told.ts'

const often =
  '(?<often>(?:each|every|once (?:an?|per)) (?:day|week|month|morning|monday|friday)|daily|weekly|monthly|(?:every|each) (?:two|2|three|3|other) (?:days|weeks|day|week))'
const note = '(?:an? )?(?:friendly )?(?:reminder|notice|message|note|e-?mail|warning)'
const people = '(?:the |each |every |all |our |their )?(?<who>[\\p{L}-]+)'
const late = `(?:if|when|as long as|while|until|once) (?:an?|the|any)? ?(?<thing>[\\p{L}-]+(?: (?!is\\b|are\\b|has\\b|was\\b)[\\p{L}-]+)?) (?:is|are|was|has|have)(?: still)? not(?: yet)?(?: been)? (?<done>paid|returned|given back|brought back|handed back|settled)(?: (?:by|before|until|on|after|at) (?:the|its|their) (?:due date|deadline|due day)| in time| on time)`
const reminds = `(?:then )?(?:please )?(?:(?:send|give)s? ${people} ${note} ${often}|(?:remind|warn|notify)s? ${people.replace('who', 'who2')} ${often.replace('often', 'often2')}|${people.replace('who', 'who3')} (?:gets?|receives?|is sent|are sent|should get|should receive) ${note} ${often.replace('often', 'often3')}|${people.replace('who', 'who4')} (?:is|are|should be) (?:reminded|warned|notified) ${often.replace('often', 'often4')})`
const whileLate = new RegExp(`^${late},? ${reminds}$`, 'iu')

/** "If it is not paid by the due date, send the client a reminder every week": of what is overdue, again and again. */
export const remindedAgain: Told = (text, before) => {
  const found = whileLate.exec(text)?.groups
  const who = found && (found.who ?? found.who2 ?? found.who3 ?? found.who4)
  const when = found && (found.often ?? found.often2 ?? found.often3 ?? found.often4)
  const thing = found && (/^(?:it|they)$/i.test(found.thing!) ? thingBefore(before) : found.thing!)
  if (!who || !when || !thing || !arePeople(who)) return undefined
  return [
    `Remind ${pluralPhrase(who)} of overdue ${pluralPhrase(thing)} ${when.replace(/^once (?:an?|per) /i, 'every ')}`,
  ]
}

const told =
  '(?:is|are|gets?|receives?|should be|should get|will be|must be|has to be|have to be) (?:automatically |also )?(?:told|informed|notified|an? (?:e-?mail|message|notification|text message|text|sms|note)|e-?mailed|messaged)(?: by (?:e-?mail|text message|sms))?'
const when = '(?:when|once|as soon as|after|whenever)'
const decided = `(?:the |our |an? )?[\\p{L}-]+(?: [\\p{L}-]+)? (?:has|have) (?:decided|made (?:a|the|his|her|their) decision|answered)(?: (?:on|about) (?:it|them|the [\\p{L}-]+))?|(?:it|(?:the|a|their|his|her) [\\p{L}-]+) (?:is|has been|was) decided(?: on| about)?|there is a decision`
const asker =
  '(?:(?:the (?:person|one|member|user)s?|whoever|people|those|everyone|everybody)(?: (?:who|that))? (?:has |have )?(?:asked|applied|requested|booked|sent|made|filed|submitted|suggested|reported)(?: (?:for )?(?:it|one|them))?(?: in)?|the (?:asker|requester|applicant|claimant)|(?<who>[\\p{L}-]+s))'
const onDecision = new RegExp(`^${asker} ${told} ${when} (?:${decided})$`, 'iu')
const onDecisionFirst = new RegExp(`^${when} (?:${decided}),? ${asker} ${told}$`, 'iu')
const ofDecision = new RegExp(
  `^(?:${asker}|the (?:author|owner|member|sender)) ${told} (?:about |of )?(?:the (?:decision|result|outcome)|what (?:was|has been|is) decided|how it was decided)$`,
  'iu',
)
const decides =
  /\b(?<yes>approve|accept|confirm|grant|allow)s? (?:or|and) (?<no>reject|decline|refuse|deny|denie|turn down)s? (?:(?:every|each|all|the|an?|any|such|these|their|new|incoming) )*(?<thing>(?!it\b|them\b|with\b|and\b)[\p{L}-]+)/iu

/** "The person who asked gets an email as soon as the secretary has decided": of a yes and of a no. */
export const toldOfDecision: Told = (text, _before, all) => {
  if (!onDecision.test(text) && !onDecisionFirst.test(text) && !ofDecision.test(text)) return undefined
  const found = decides.exec(all)?.groups
  if (!found) return undefined
  const it = one(singularPhrase(found.thing!))
  return [found.yes!, found.no!].map(
    (verb) => `When ${it} is ${participleOf(saidVerb(verb.replace(/^denie$/i, 'deny')))}, whoever made it is told`,
  )
}

const reason =
  /^(?<head>.+?),? (?:and |but )(?:(?:she|he|they) )?(?:has to|have to|must|needs to|need to|should) (?:give|state|name|enter|write|add|provide)(?: down)? (?:an? |the |her |his |their )?(?<field>reason|explanation|comment|note)(?: why)? (?:when|if|for|whenever)(?: (?:she|he|they|it|(?:the |an? )[\p{L}-]+))? (?<verb>reject|declin|refus|den[yi]|cancel|approv|accept)[\p{L}]*(?: (?:it|them|one|an? [\p{L}-]+))?$/iu

const ends: Readonly<Record<string, string>> = {
  reject: 'rejected',
  declin: 'declined',
  refus: 'refused',
  deny: 'denied',
  deni: 'denied',
  cancel: 'cancelled',
  approv: 'approved',
  accept: 'accepted',
}

const giving =
  /^(?<head>.+?),? (?:with|giving|stating|by giving|and give|and gives|and state|and states) (?:an? |the |her |his |their )(?<field>reason|explanation|comment|note)$/iu

/** "The treasurer approves or rejects claims, with a reason": it may be given, and by those who decide alone. */
const decidesGiving: Told = (text) => {
  const found = giving.exec(text)?.groups
  const thing = found && decides.exec(found.head!)?.groups?.thing
  if (!found || !thing) return undefined
  const field = found.field!.toLowerCase()
  return [
    found.head!,
    `${sentence(one(singularPhrase(thing)))} has an optional ${field}`,
    ...decidersWrite(found.head!, field, thing),
  ]
}

/** What those who decide on things write down is not for others to change. */
const decidersWrite = (head: string, field: string, things: string): string[] => {
  const who =
    /^(?:only )?(?<who>(?:(?:the|an?) )?[\p{L}-]+(?: (?!can\b|may\b|must\b)[\p{L}-]+)?) (?:can |may |must )?(?:approve|accept|confirm|grant|allow)s?\b/iu.exec(
      head,
    )?.groups?.who
  return who
    ? [
        `Only ${who.replace(/^[A-Z](?=[a-z])/, (first) => first.toLowerCase())} can change the ${field} of ${pluralPhrase(things)}`,
      ]
    : []
}

/** "The secretary approves or rejects every request, and has to give a reason when she rejects". */
export const withReason: Told = (text, before, all) => {
  const plain = decidesGiving(text, before, all)
  if (plain) return plain
  const found = reason.exec(text)?.groups
  const thing = found && decides.exec(found.head!)?.groups?.thing
  if (!found || !thing) return undefined
  const it = one(singularPhrase(thing))
  const field = found.field!.toLowerCase()
  return [
    found.head!,
    `${sentence(it)} has an optional ${field}`,
    ...decidersWrite(found.head!, field, thing),
    `${sentence(it)} needs ${one(found.field!)} before it is ${ends[found.verb!.toLowerCase()]}`,
  ]
}

const thenTold =
  /^(?<head>(?:(?:an?|the|any|all) )?(?<thing>[\p{L}-]+(?: [\p{L}-]+)?) can be (?<done>[\p{L}]+(?:ed|wn|nt))(?: [^,]*)?),? and (?:then |in that case )(?<who>[^,]+?) (?:is|are|gets?) (?:told|informed|notified|an? (?:message|e-?mail|notification))$/iu

const doesThenTold =
  /^(?<head>(?:the |an? )?[\p{L}-]+(?: [\p{L}-]+)? (?:can|may) (?<verb>cancel|call off|move|postpone|close|publish|reject) (?:an?|the|any|their) (?<thing>[\p{L}-]+)(?: (?:at )?any ?time| at any (?:point|time))?),? (?:and |then |in that case )*(?<who>(?:all|every|the|everyone|everybody|whoever) ?[^,]*?) (?:is|are|gets?) (?:then )?(?:told|informed|notified|an? (?:message|e-?mail|notification))$/iu

/** "A trip can be cancelled at any time, and then all parents who signed up are told". */
export const thenTheyAreTold: Told = (text) => {
  const found = thenTold.exec(text)?.groups ?? doesThenTold.exec(text)?.groups
  if (!found) return undefined
  const done = found.done ?? participleOf(found.verb!.toLowerCase())
  const many = /^(?:all|the [\p{L}-]+s)\b/iu.test(found.who!)
  return [found.head!, `When ${one(singularPhrase(found.thing!))} is ${done}, ${found.who} ${many ? 'are' : 'is'} told`]
}
