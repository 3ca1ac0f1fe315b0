import { singular, toName } from '../../language/words.ts'
import { baseVerb } from '../../lexicon/verbs.ts'
import { targetOf } from '../allowed/target.ts'
import type { Outcome, Read } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { requireOn } from '../rules.ts'
import { stateFieldOf } from '../states/state-field.ts'
import { asRule, cannot, deed } from './barred-words.ts'

const state =
  '(?<state>suspended|blocked|banned|barred|expelled|inactive|deactivated|disabled|frozen|excluded|retired|unverified|unapproved|unconfirmed|flagged)'
const people = '(?<who>[\\p{L}-]+)'
const lead = '(?:an? |the |all |any )?'

const barred = [
  new RegExp(`^${lead}${state} ${people} ${cannot} ${deed}(?: any ?more| any longer)?$`, 'iu'),
  new RegExp(
    `^${lead}${people} (?:who|that) (?:is|are|was|were|has been|have been|got) ${state} ${cannot} ${deed}(?: any ?more| any longer)?$`,
    'iu',
  ),
  new RegExp(
    `^${lead}${people} ${cannot} ${deed} (?:while|when|if|once|as long as|after) (?:(?:he or she|they|he|she)(?: is|['’]re| are| was| were| has been| have been) )?(?:been )?${state}$`,
    'iu',
  ),
]

/**
 * "Suspended carriers cannot post bids": where what they make says whose it is, and it is kept of them that they are
 * suspended. That somebody who signs in is so nobody keeps, and it is said.
 */
export const readPeopleInState: Read = (said) => {
  const found = barred.map((one) => one.exec(said.trim())?.groups).find((groups) => groups !== undefined)
  const who = found && singular(found.who!.toLowerCase())
  if (!found || !who || /^(?:be|have|get|become)$/i.test(found.verb!)) return undefined
  return { said, rest: [], after: 4, sure: true, alone: true, apply: (draft) => keepOut(draft, said, who, found) }
}

const keepOut = (
  draft: BehaviourDraft,
  said: string,
  who: string,
  { state: is, verb, thing }: Record<string, string | undefined>,
): Outcome => {
  const persons = draft.exactModel(toName([who]))
  const so = persons && isSo(persons, toName([is!.toLowerCase()]))
  const nothing = /^(?:anything|something|things)$/i.test(thing!)
  const target = nothing
    ? undefined
    : targetOf(draft, { who, verb: baseVerb(verb!.toLowerCase()), thing: thing!.replace(/^(?:an?|the|any) /i, '') })
  const theirs = persons && target && target.op !== 'step' ? draft.refFrom(target.model, persons) : undefined
  if (!persons || !so || !target || target.op === 'step' || !theirs)
    return {
      unresolved: `Nothing here says which ${who} is ${is!.toLowerCase()}; an administrator can take the role of a ${who} from somebody who has an account.`,
    }
  const message = asRule(said)
  requireOn(target.model, target.op, { check: `!(${so(`this.${theirs.replace(/_id$/, '')}`)})`, message, status: 409 })
  return { understood: [message] }
}

/** How it is asked of a person whether they are in a state: a value of their status, or a yes or no of its name. */
const isSo = (persons: Found, is: string): ((path: string) => string) | undefined => {
  const known = stateFieldOf(persons)
  if (known?.values.includes(is)) return (path) => `${path}.${known.name} == "${is}"`
  return persons.model.fields[is]?.type === 'bool' ? (path) => `${path}.${is} == true` : undefined
}
