import { plural, sentence, singular } from '../../language/words.ts'
import { isPersonNoun } from '../../lexicon/people.ts'
import type { Outcome, Read } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'
import { addTransition, statesOf } from './apply-sequence.ts'
import { rolesOf } from './people-of.ts'

const moves =
  /^(?<only>only )?(?:the )?(?<who>[\p{L}-]+(?: [\p{L}-]+)?) (?:can |may |must )?(?:check(?:s|-in|-out)?|sign|book)s? (?:the |an? )?(?<thing>[\p{L}-]+) (?:in and out|out and in|in or out)$/iu
const again =
  /^(?:an?|the|each|no) (?<thing>[\p{L}-]+) (?:that|which) is (?<state>out|checked out|check-out) (?:can ?not|cannot|must not|may not) be (?:check(?:ed)?[ -]?out|taken(?: out)?|signed out|booked out|lent) (?:again|twice)?$/iu

/** "Technicians check samples in and out": a sample is in or out, and who did what is kept. */
export const readInAndOut: Read = (said) => {
  const found = moves.exec(said.trim())?.groups
  if (!found) return undefined
  const { who = '', thing = '' } = found
  if (isPersonNoun(singular(thing.toLowerCase()))) return undefined
  return {
    said,
    rest: [],
    implies: [`${sentence(plural(singular(who.toLowerCase())))} can see all ${thing}`],
    apply: (draft) => apply(draft, who, thing),
  }
}

/** "A sample that is out can't be checked out again": so it is, where only what is in goes out. */
export const readNotOutAgain: Read = (said) => {
  const thing = again.exec(said.trim())?.groups?.thing
  if (!thing) return undefined
  return {
    said,
    rest: [],
    after: 2,
    apply: (draft) => {
      const model = draft.findModel(thing)
      const step = model?.model.states?.transitions.check_out
      return step && !step.from.includes('out')
        ? { understood: [`${sentence(plural(model!.words))} that are out cannot be checked out again.`] }
        : { unresolved: `It is not said who checks ${plural(thing)} out.` }
    },
  }
}

const apply = (draft: BehaviourDraft, who: string, thing: string): Outcome => {
  const model = draft.findModel(thing)
  if (!model || model.name === draft.userModel()?.name) return { unresolved: `There is no “${thing}”.` }
  const states = statesOf(draft, model, ['in', 'out'], 'in')
  const ops = [
    addTransition(draft, model, states, 'check_out', { from: ['in'], to: 'out' }),
    addTransition(draft, model, states, 'check_in', { from: ['out'], to: 'in' }),
  ]
  if (!draft.noAccounts)
    for (const role of rolesOf(draft, who)) {
      draft.ensureRole(role)
      for (const op of ops) draft.grantOnly(model, op, [{ role }])
    }
  return {
    understood: [
      `${sentence(plural(model.words))} are in or out; ${who.toLowerCase()} check them out and in, and who did what when is kept.`,
    ],
  }
}
