import { saidVerb } from '../../behaviour/states/verbs.ts'
import { durationPattern } from '../../behaviour/terms/durations.ts'
import { participleOf, pluralPhrase, sentence, singularPhrase } from '../words.ts'
import { stateName } from './state-names.ts'
import { arePeople, article, isPerson, many, one, thingWords } from './things.ts'
import type { Told } from './told.ts'

const length = `(?<length>(?:${durationPattern}))`
const must = '(?:(?:is|are|has|have) to|should|shall|must|will|can|may)?'
const done = '(?<done>[\\p{L}]+(?:ed|en|id|nt|ld|wn|ght|de|un|pt)(?: (?:up|out|off|in|over|back|on))?)'
const notDone = `(?:is|are|was|were|has|have|had)? ?(?:still )?not (?:yet )?(?:been )?${done}(?: yet)?`
const nobody = `(?:that |which |when |if )?(?:nobody|no one|none|not anyone) (?:has |have |is |was )?(?:been )?(?<done>[\\p{L}]+)(?: to)?(?: (?:it|them))?`
const within = `(?:within|in|after|for|by|inside) (?:the first |more than )?${length}`
const subject = (thing: string): string =>
  `(?:it|they|this|that|those|these|we|the system|the (?:${thing.toLowerCase()}|${singularPhrase(thing)}|${pluralPhrase(thing)}))`
const tells = /^(?:told|notified|informed|reminded|warned|alerted|messaged|emailed|asked|called|pinged)$/i

/** What becomes of them then, as readers know it; undefined for other deeds. */
const deedOf = (said: string, thing: string): string | undefined => {
  const text = said
    .trim()
    .replace(/[.,;]+$/, '')
    .replace(
      new RegExp(
        `^(?:then )?(?:${subject(thing)} )?(?:then )?${must}(?: also| then| automatically| simply)*\\s*`,
        'iu',
      ),
      '',
    )
    .replace(/ (?:automatically|again|by itself|by themselves|by the system)$/i, '')
  const back =
    /^(?:be |is |are |gets? |get )?(?:goes|go|falls?|moved?|moves|set|sets|comes?|turns?|turned|put|reverts?|returns?|returned|sent|changes?|changed) (?:back )?(?:to|into) (?:being )?(?<state>.+)$/iu.exec(
      text,
    )?.groups?.state
  if (back && /^charity$/i.test(back)) return 'are given to charity'
  const state = back && stateName(back)
  if (state) return `are set to ${state}`
  if (/^(?:be |is |are |gets? )?(?:expires?|lapses?|runs? out)$/i.test(text)) return 'are expired'
  const acts = /^(?<verb>closes?|ends?|disappears?|vanish(?:es)?)(?: down)?$/i.exec(text)?.groups?.verb
  if (acts) return /^clos/i.test(acts) ? 'are closed' : /^end/i.test(acts) ? 'are ended' : 'are deleted'
  const given =
    /^(?:be |is |are |gets? |get )?(?<to>given (?:away )?to [\p{L}-]+|given away|donated)(?: to .+)?$/iu.exec(text)
      ?.groups?.to
  if (given) return `are ${given.toLowerCase()}`
  const passive = /^(?:be |is |are |gets? |get |becomes? |become )(?<done>[\p{L}]+(?: (?:up|out|off))?)$/iu.exec(text)
    ?.groups?.done
  if (passive && stateName(passive) !== undefined && !tells.test(passive))
    return `are ${passive.toLowerCase().replace(/^canceled$/, 'cancelled')}`
  return undefined
}

const ifNot = [
  new RegExp(`^(?:if|when|once|as soon as|unless) ${article}${thingWords} ${notDone} ${within},? (?<then>.+)$`, 'iu'),
  new RegExp(
    `^(?:if|when) (?:nobody|no one|none) (?:has )?(?<done>[\\p{L}]+)(?: on| about| to| for)? ${article}${thingWords} ${within},? (?<then>.+)$`,
    'iu',
  ),
]
const those = [
  new RegExp(`^${article}(?<which>[\\p{L}]+ )?${thingWords} ${nobody} ${within} (?<then>.+)$`, 'iu'),
  new RegExp(`^${article}(?<which>[\\p{L}]+ )?${thingWords} (?:that|which) ${notDone} ${within} (?<then>.+)$`, 'iu'),
  new RegExp(`^${article}(?<which>[\\p{L}]+ )?${thingWords} ${notDone} ${within} (?<then>.+)$`, 'iu'),
  new RegExp(
    `^(?:after|within) ${length},? (?:all |any )?(?<which>[\\p{L}]+ )?${thingWords} ${nobody} (?<then>.+)$`,
    'iu',
  ),
]

/** "Claims" nobody "claims": what people do, as it is done; "has been assigned" is done already. */
const doneOf = (verb: string): string =>
  /(?:ed|en|wn|nt|ght|id|ld)$/i.test(verb) ? verb.toLowerCase() : participleOf(saidVerb(verb))

const told =
  /^(?:should |must |will |are |is |have to |has to )*(?:go|goes|be sent|sent|be forwarded|forwarded|be escalated|escalated|be passed on|passed on|be reported|reported) to (?<who>(?:the |our )?[\p{L}-]+(?: [\p{L}-]+)?)(?: (?:by|via|per) (?:e-?mail|sms|text|mail))?$/iu

const tell =
  /^(?:then )?(?:please )?(?:tell|notify|inform|alert|warn|remind) (?<who>(?:the |our )?[\p{L}-]+(?: [\p{L}-]+)?)$/iu

/** "If an offer is not confirmed within 14 days it should go back to inquiry", "items that nobody claims within 90 days are given to charity". */
export const unlessInTime: Told = (text) => {
  // With a time at which it happens it is read as it stands.
  if (atTimes.test(text)) return undefined
  const found = [...ifNot, ...those].map((pattern) => pattern.exec(text)?.groups).find((groups) => groups?.then)
  if (!found || isPerson(found.thing!)) return undefined
  const which = found.which?.trim().toLowerCase()
  const things = `${which ? `${which} ` : ''}${many(found.thing!)}`
  const not = doneOf(found.done!)
  const who = (
    told.exec(found.then!) ?? (/^(?:if|when) (?:nobody|no one|none)\b/i.test(text) ? tell.exec(found.then!) : null)
  )?.groups?.who
  if (who && arePeople(who))
    return [
      `When ${one(`${which ? `${which} ` : ''}${singularPhrase(found.thing!)}`)} is not ${not} for ${found.length}, ${who} is told`,
    ]
  const deed = deedOf(found.then!, found.thing!)
  return deed ? [`${sentence(things)} that are not ${not} within ${found.length} ${deed}`] : undefined
}

const atTimes =
  /\b(?:every|each|on|at) (?:night|day|week|month|year|hour|morning|evening|noon|midnight|weekday|quarter|(?:mon|tues|wednes|thurs|fri|satur|sun)day)|\b(?:nightly|daily|weekly|monthly|hourly)\b/i

const become = '(?: (?:(?:is|are|has|have) to|should|shall|must|will|can|may|be|is|are|gets?|automatically))+'
const ofPeople = new RegExp(
  `^(?:all )?(?<things>[\\p{L}-]+s) (?:of|by|from) (?:people who (?:are|were|have been) )?(?<state>[\\p{L}]+ed|unsuccessful|hired)(?: (?<people>[\\p{L}-]+))?${become} (?<deed>deleted|removed|archived|erased) after ${length}$`,
  'iu',
)
const soLongAfter = new RegExp(
  `^${article}${thingWords}${become} (?<deed>deleted|removed|archived|erased|closed|cancelled) ${length} after (?:(?:it|they|the [\\p{L}-]+) (?:is|are|was|were|has been|have been|gets?) |being |having been )(?<state>[\\p{L}]+)$`,
  'iu',
)
const soLongAfterIt = new RegExp(
  `^${length} after (?:(?:it|they|${article}${thingWords}) (?:is|are|was|were|has been|have been|gets?) )(?<state>[\\p{L}]+),? (?:it|they|(?:the|an?|all) (?<it>[\\p{L}-]+))${become} (?<deed>deleted|removed|archived|erased|closed|cancelled)$`,
  'iu',
)
const made = /^(?:made|created|added|entered|placed|booked|submitted|posted|uploaded|written)$/i

const stateOfThem = new RegExp(
  `^(?:all |any |the )?(?<state>rejected|declined|closed|solved|resolved|cancelled|finished|completed|archived|expired|published|delivered|refused|withdrawn|paid) ${thingWords}${become} (?<deed>deleted|removed|archived|erased|closed) after ${length}$`,
  'iu',
)

/** "Applications of rejected people must be deleted after 6 months", "claims should be deleted one year after they are closed". */
export const soLongInState: Told = (text) => {
  const theirs = ofPeople.exec(text)?.groups
  if (theirs)
    return [
      `${sentence(theirs.things!)} that have been ${theirs.state} for ${theirs.length} are ${theirs.deed!.replace('erased', 'deleted')}`,
    ]
  const found = (soLongAfter.exec(text) ?? soLongAfterIt.exec(text) ?? stateOfThem.exec(text))?.groups
  const thing = found && (found.thing ?? found.it)
  if (!found || !thing || isPerson(thing) || made.test(found.state!)) return undefined
  return [
    `${sentence(many(thing))} that have been ${found.state!.toLowerCase()} for ${found.length} are ${found.deed!.replace('erased', 'deleted')}`,
  ]
}

const reopens = new RegExp(
  `^(?<who>(?:(?:an?|the|all) )?[\\p{L}-]+) (?:can|may) (?<verb>reopen|dispute|object to|contest) (?:an?|the|their(?: own)?|any|his) (?:(?<state>[\\p{L}]+) )?(?<thing>[\\p{L}-]+)(?: again)? (?:with)?in ${length}(?<else>,? (?:otherwise|or else|after that|else|if not)(?:,)? (?<then>.+))?$`,
  'iu',
)

/** "A tenant can reopen a solved problem within 5 days, otherwise it closes automatically". */
export const reopenedElseClosed: Told = (text) => {
  const found = reopens.exec(text)?.groups
  if (!found?.state || !/^reopen$/i.test(found.verb!) || !arePeople(found.who!)) return undefined
  const deed = found.then ? deedOf(found.then, found.thing!) : ''
  if (deed === undefined) return undefined
  const [thing, state] = [singularPhrase(found.thing!), found.state.toLowerCase()]
  return [
    `A ${thing} can be reopened while it is ${state}`,
    `${sentence(pluralPhrase(found.who!.replace(/^(?:an?|the|all) /i, '')))} can reopen their ${pluralPhrase(thing)} within ${found.length} after it was ${state}`,
    ...(deed ? [`${sentence(pluralPhrase(thing))} that have been ${state} for ${found.length} ${deed}`] : []),
  ]
}
