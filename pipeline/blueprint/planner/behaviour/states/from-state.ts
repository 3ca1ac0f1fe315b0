import { toWords } from '../../../names.ts'
import { listed, participleOf, peopleOf, plural, sentence, toName } from '../../language/words.ts'
import { hasOneOf, holdersOf } from '../access/holders.ts'
import type { Outcome, Read } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'
import { requireOnStep } from '../rules.ts'
import { applyActors } from './apply-actors.ts'
import { addTransition, statesOf, transitionsOf } from './apply-sequence.ts'
import { isPeople, isSomebody, withoutLead } from './doers.ts'
import { rolesOf } from './people-of.ts'
import { stateFieldOf } from './state-field.ts'
import { readStepTakers, staffSees } from './states.ts'
import { processVerbs, saidVerb } from './verbs.ts'

const takes =
  /^(?<only>only )?(?<who>(?:the |an? |all )?[\p{L}-]+(?: [\p{L}-]+)??) (?:can |may |must )?(?<only2>only )?(?<verb>[\p{L}]+) (?:the |all |any |an? )?(?<state>[\p{L}]+(?:ed|en|id|nt|ld|wn|ght|out|ng|dy)|new|done) (?<things>[\p{L}-]+(?: [\p{L}-]+)?)$/iu

/** "Staff ship paid orders", "only hosts can cancel confirmed bookings": a step from one state, and who takes it. */
export const readFromState: Read = (said) => {
  const found = takes.exec(said.trim())?.groups
  const verb = saidVerb(found?.verb ?? '')
  if (!found || !processVerbs.has(verb)) return undefined
  if (!isPeople(plural(withoutLead(found.who!))) && !isSomebody(found.who!)) return undefined
  const otherwise = readStepTakers(said)
  const only = found.only !== undefined || found.only2 !== undefined
  const wanted = { who: found.who!, verb, state: toName([found.state!.toLowerCase()]), things: found.things!, only }
  return {
    said,
    rest: [],
    implies: staffSees({ who: wanted.who, acts: [{ verb, thing: wanted.things }], whose: 'seen' }),
    // Of which states there are is known when others have said their steps.
    after: 2.3,
    maybe: true,
    apply: (draft) => apply(draft, wanted),
    ...(otherwise ? { others: [otherwise] } : {}),
  }
}

type Wanted = { who: string; verb: string; state: string; things: string; only: boolean }

const apply = (draft: BehaviourDraft, { who, verb, state, things, only }: Wanted): Outcome => {
  const model = draft.findModel(things)
  const values: readonly string[] = (model && stateFieldOf(model)?.values) ?? []
  if (!model || !values.includes(state)) return { unresolved: `${sentence(things)} are never ${toWords(state)}.` }
  const to = toName([participleOf(verb)])
  const states = statesOf(draft, model, values)
  const there = transitionsOf(model.model, verb)
  const from: [string] = [state]
  const op = there[0] ?? addTransition(draft, model, statesOf(draft, model, [to]), verb, { from, to })
  const step = states.transitions[op]!
  if (!step.from.some((one) => one === state)) step.from = [...step.from, state]
  const roles = rolesOf(draft, who)
  const others = holdersOf(draft, model, op).filter(({ role }) => !roles.includes(role))
  const words = `${sentence(plural(withoutLead(who).toLowerCase()))} may ${toWords(op)} ${toWords(state)} ${plural(model.words)}.`
  if (there.length > 0 && only && others.length > 0 && step.from.length > 1) {
    const check = `this.${states.field} != '${state}' || ${hasOneOf([...roles, 'admin'])}`
    const message = `Only ${listed([...roles, 'admin'].map(peopleOf))} may ${toWords(op)} ${plural(model.words)} that are ${toWords(state)}.`
    requireOnStep(model, op, { check, message, status: 403 })
    for (const role of roles) draft.grant(role, model, op)
    return { understood: [message] }
  }
  // Which of several states it is taken from is said here, and was only guessed before.
  if (!draft.changing || there.length === 0) step.from = from
  const outcome = applyActors(draft, {
    who,
    acts: [{ verb: op, thing: model.words }],
    whose: 'seen',
    ...(only ? { only: true as const } : {}),
  })
  return 'understood' in outcome ? { understood: [words] } : outcome
}
