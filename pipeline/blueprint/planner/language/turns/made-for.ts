import { pluralPhrase, sentence, singularPhrase, withArticle } from '../words.ts'
import { found, isDescribed, isPeople, isSpoken, type Turn } from './words.ts'

const people = '(?<who>(?:(?:the|all|each|every|an?) )?[\\p{L}-]+(?: [\\p{L}-]+)?)'
const verb =
  '(?<can>can |may |must |should )?(?<verb>makes?|gives?|writes?|leaves?|submits?|sends?(?: in)?|posts?|files?|places?|adds?|enters?|records?|logs?|hands? in|creates?|uploads?|schedules?|plans?|reports?|issues?|draws? up|raises?)'
const stop = 'with|for|to|of|on|about|in|at|from|by|and|or|that|which|who|per|against|each|every|as|into'
const noun = `[\\p{L}-]+(?: (?!(?:${stop})\\b)[\\p{L}-]+)?`
const what = `(?:(?<one>an?|one) |new |their |the )*(?<what>${noun})`
const about = `(?:to|for|of|on|about|against|at|in|into) (?:(?:an?|the|one|each|their|any|our) )?(?<about>${noun})`
const fields = '(?:with|including|containing|consisting of) (?<has>.+)'

const behind = new RegExp(`^${people} ${verb} ${what} ${about}(?:,? ${fields})?$`, 'iu')
const before = new RegExp(
  `^${people} ${verb} ${what} (?:with|of) (?<has>an? [^.;]+?) (?:to|for|about|against|on) (?:(?:an?|the|one|each|their|any|our) )?(?<about>${noun})$`,
  'iu',
)

const passive = new RegExp(
  `^(?<what>${noun}) (?:can be |may be |are |is |get |gets )(?<verb>made|given|written|left|submitted|sent(?: in)?|posted|filed|placed|added|entered|recorded|logged|created|uploaded|scheduled|planned|issued|raised) ${about} by (?<who>(?:(?:the|all) )?[\\p{L}-]+s)(?:,? ${fields})?$`,
  'iu',
)

const activeOf: Readonly<Record<string, string>> = {
  made: 'make',
  given: 'make',
  give: 'make',
  gives: 'makes',
  written: 'write',
  left: 'leave',
  sent: 'send',
  'sent in': 'send in',
  submitted: 'submit',
  posted: 'post',
  filed: 'file',
  placed: 'place',
  added: 'add',
  entered: 'enter',
  recorded: 'record',
  logged: 'log',
  created: 'create',
  uploaded: 'upload',
  scheduled: 'schedule',
  planned: 'plan',
  issued: 'issue',
  raised: 'raise',
}

/** Carriers that have a name and act are kept as rows: a bid is of one of them. */
const isKept = (who: string, all: string): boolean =>
  /^[\p{L}-]+s$/iu.test(who) && isDescribed(singularPhrase(who), all)

/** "Donors make donations to campaigns with an amount": what they make, what it belongs to, and what it has. */
export const madeFor: Turn = (text, { all }) => {
  const said = found(behind, text) ?? found(before, text) ?? found(passive, text)
  if (
    !said ||
    !(isPeople(said.who!) || isKept(said.who!, all)) ||
    isPeople(said.what!) ||
    isPeople(said.about!) ||
    /^their\b/i.test(said.has ?? '')
  )
    return undefined
  const [what, about] = [singularPhrase(said.what!), singularPhrase(said.about!)]
  if (
    what === about ||
    !isSpoken(about, text, all) ||
    /^(?:it|them|each other|others?|detail|advance|time)$/.test(about)
  )
    return undefined
  const makers = isPeople(said.who!)
    ? `${sentence(said.who!)} ${said.can ?? ''}${activeOf[said.verb!.toLowerCase()] ?? said.verb} ${pluralPhrase(what)}`
    : `Each ${what} has ${withArticle(singularPhrase(said.who!))}`
  return [
    makers,
    `${sentence(withArticle(what))} belongs to ${withArticle(about)}`,
    ...(said.has ? [`${sentence(withArticle(what))} has ${said.has}`] : []),
  ]
}
