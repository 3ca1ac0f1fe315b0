import { saidVerb } from '../../behaviour/states/verbs.ts'
import { participleOf } from '../words.ts'
import { stateName } from './state-names.ts'
import { article, isPerson, isSomeone, many, sentenceOf, thingBefore, thingWords } from './things.ts'
import type { Told } from './told.ts'

const who = '(?<who>(?:(?:the|an?|our|its|their|his|her) )?[\\p{L}-]+(?: (?!(?:has|have|can|may)\\b)[\\p{L}-]+)?)'
const does = `${who} (?:has |have )?(?<verb>[\\p{L}]+) (?:(?:it|them)(?<up> (?:off|up|out|in|over|back))?|(?:off|up|out) (?:on )?(?:it|them))`
const whenDone = `(?:when|once|as soon as|after|if) ${does}`
const firstThen = new RegExp(
  `^${article}${thingWords} (?:are|is|starts?(?: out)? as|begins? as|stays?) (?:an? )?(?<first>[\\p{L}-]+)(?: at)?(?: first)?,? (?:and |but |then |they |it )*(?:(?:are|is|becomes?|gets?|turns?(?: into)?|counts? as)(?: only)? )(?:an? )?(?<then>[\\p{L}-]+)(?: only)? ${whenDone}$`,
  'iu',
)
const onceDone = new RegExp(
  `^${article}${thingWords} (?:are|is|becomes?|counts? as)(?: only)? (?<then>[\\p{L}-]+)(?: only)? ${whenDone}$`,
  'iu',
)
const until = new RegExp(
  `^${article}(?:${thingWords}|(?<it>it|they)) (?:(?:are|is|stays?|remains?|can (?:be|stay|remain)|may (?:be|stay)) )(?:an? )?(?<first>[\\p{L}-]+) until ${does}$`,
  'iu',
)
const isMaker =
  /^(?:(?:its|their|the|his|her) )?(?:authors?|owners?|creators?|makers?|writers?|you|they|somebody|someone)$/i

/** Whoever signs, releases or publishes it: their verb is what brings the thing to its state. */
const steps = (thing: string, first: string, then: string, doer: string): string[] => [
  `${sentenceOf(thing)} goes ${first}, ${then}`,
  ...(isMaker.test(doer)
    ? []
    : [`Only ${doer.replace(/^(?:an?|our|its|their|his|her) /i, 'the ')} can mark ${many(thing)} as ${then}`]),
]

/** "Reports are drafts first and are final when the chief signs them off", "a car stays blocked until the coordinator releases it". */
export const untilDone: Told = (text, before) => {
  const told = firstThen.exec(text)?.groups
  const doer = (found: { [name: string]: string }): boolean => isSomeone(found.who!) || isMaker.test(found.who!)
  if (told && doer(told)) {
    const [first, then] = [stateName(told.first!.replace(/^drafts$/i, 'draft')), stateName(told.then!)]
    return first && then ? steps(told.thing!, first, then, told.who!) : undefined
  }
  const late = onceDone.exec(text)?.groups
  if (late && doer(late) && stateName(late.then!)) return steps(late.thing!, 'draft', stateName(late.then!)!, late.who!)
  const found = until.exec(text)?.groups
  const first = found && stateName(found.first!.replace(/^drafts$/i, 'draft'))
  const thing = found && (found.thing ?? thingBefore(before))
  if (!found || !first || !thing || !doer(found) || isPerson(thing)) return undefined
  const then = participleOf([saidVerb(found.verb!), found.up?.trim()].filter(Boolean).join(' '))
  if (!beforeIt.test(first)) return undefined
  return [
    ...steps(thing, first, then, found.who!),
    ...(first === 'private' ? [`${many(thing)} that are private are only visible to their author`] : []),
  ]
}

const untilDecided = new RegExp(
  `^${article}${thingWords} (?:is|are|stays?|remains?) (?<first>[\\p{L}-]+) until ${who} (?:decides?|has decided|have decided)(?: (?:on|about) (?:it|them))?$`,
  'iu',
)

/** "An idea is open until the board decides": what the board says of it is told elsewhere. */
export const untilItIsDecided: Told = (text, _before, all) => {
  const found = untilDecided.exec(text)?.groups
  const both =
    found && /\b(?<yes>approve|accept|grant)s? (?:or|and) (?<no>reject|decline|refuse)s?\b/i.exec(all)?.groups
  if (!found || !both) return undefined
  const [yes, no] = [both.yes!, both.no!].map((verb) => participleOf(saidVerb(verb)))
  return [`${sentenceOf(found.thing!)} goes ${found.first!.toLowerCase()}, ${yes} or ${no}`]
}

/** What something is before anybody does anything with it; what is blocked was something else before. */
const beforeIt =
  /^(?:private|hidden|secret|draft|open|pending|new|unpublished|provisional|preliminary|tentative|internal|invisible|unconfirmed|reserved|waiting)$/

const brings = new RegExp(`\\b(?:final|official|definite|valid|binding)(?: only)? ${whenDone}`, 'iu')

/** "A signed report", where reports are final when the chief signs them: a final one. */
export const doneCalled = (all: string): { done: RegExp; state: string } | undefined => {
  const found = brings.exec(all)
  if (!found) return undefined
  const [state = ''] = found[0].split(' ')
  const done = participleOf(saidVerb(found.groups!.verb!))
  return { done: new RegExp(`\\b${done}(?:[- ]off)? (?=[\\p{L}])`, 'iu'), state: `${state.toLowerCase()} ` }
}
