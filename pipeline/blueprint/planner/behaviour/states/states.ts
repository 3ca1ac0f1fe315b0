import { plural, singular } from '../../language/words.ts'
import { grantedRoles } from '../../lexicon/people.ts'
import { contentThings } from '../../lexicon/sharing.ts'
import { roleOf } from '../../read/people.ts'
import type { Outcome, Read, Wish } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'
import { readStatesAmongFields } from './among-fields.ts'
import { applyActors } from './apply-actors.ts'
import { applySequence } from './apply-sequence.ts'
import { applyLock, applyStep } from './apply-step.ts'
import { doerOf, isPeople, isSomebody, withoutLead } from './doers.ts'
import { type ActorsFound, readActors } from './read-actors.ts'
import { readSequence, takersIn } from './read-sequence.ts'
import { readLock, readStep } from './read-steps.ts'
import type { Actors } from './spec.ts'
import { isDecision, verbOf } from './verbs.ts'

/** Reads how things go from state to state, and by whom where that is said. */
export const readStates: Read = (said) => {
  const among = readStatesAmongFields(said)
  if (among)
    return {
      said,
      rest: [among.fields],
      apply: (draft) => {
        const thing = among.things.find((one) => draft.findModel(one)) ?? among.things[0] ?? 'it'
        return applySequence(draft, { thing, steps: among.steps })
      },
    }
  const sequence = readSequence(said)
  if (!sequence) return undefined
  const goes: Wish = { said, rest: [], apply: (draft) => applySequence(draft, sequence) }
  const actors = takersIn(said).flatMap(({ who, states }): Actors[] => {
    const known =
      (isPeople(who) || (/^(?:the|an?|one of the) /i.test(who) && isSomebody(who))) &&
      states.every((state) => sequence.steps.flat().includes(state))
    const acts = states.map((state) => ({ verb: verbOf(state), thing: sequence.thing }))
    return known ? [{ who, acts, whose: 'seen' }] : []
  })
  if (actors.length === 0) return goes
  return {
    said,
    rest: [],
    implies: actors.flatMap(staffSees),
    after: 2,
    ahead: goes,
    apply: (draft) => applyAll(draft, actors),
  }
}

const applyAll = (draft: BehaviourDraft, all: readonly Actors[]): Outcome => {
  const understood: string[] = []
  for (const actors of all) {
    const outcome = applyActors(draft, actors)
    if (!('understood' in outcome)) return outcome
    understood.push(...outcome.understood)
  }
  return { understood }
}

/** Reads steps beside the sequence, and what states forbid. Carried out after the sequences. */
export const readSteps: Read = (sentence) => {
  const lock = readLock(sentence)
  if (lock) return { said: sentence, rest: [], after: 1, apply: (draft) => applyLock(draft, lock) }
  const step = readStep(sentence)
  if (!step) return undefined
  // What brings a thing back to a state is nothing that happens when it is made.
  const alone = step.back ? { alone: true } : {}
  const goes: Wish = { said: sentence, rest: [], after: 1, ...alone, apply: (draft) => applyStep(draft, step) }
  const verb = step.verb ?? (step.to ? verbOf(step.to) : undefined)
  if (!step.who || !verb) return goes
  const actors: Actors = { who: step.who, acts: [{ verb, thing: step.thing }], whose: 'seen' }
  return { ...goes, after: 2, implies: staffSees(actors), ahead: goes, apply: (draft) => applyActors(draft, actors) }
}

const changesAssigned =
  /\b(?:change|edit|update|modify|delete|remove|see|view|read)s? (?:only |just )?(?:the |those |all )?[\p{L}-]+(?: [\p{L}-]+)? (?:that are |which are )?assigned to (?:them|him|her)\b/iu

/** Reads who may take steps. Carried out when all steps are known. */
export const readStepTakers: Read = (sentence) => {
  // "Lawyers change the cases assigned to them": a right to those, and no step.
  const found = changesAssigned.test(sentence) ? undefined : actorsIn(sentence)
  if (!found) return undefined
  return {
    said: sentence,
    rest: found.flatMap(({ rest }) => rest),
    // Of some rows only: whoever reads it as a right to all of them gives too much.
    ...(found.every(({ actors: { rows } }) => rows !== undefined) ? { sure: true, alone: true } : {}),
    implies: found.flatMap(({ actors }) => staffSees(actors)),
    // What narrows a right comes after those who were given it.
    after: found.some(({ actors: { whose, rows } }) => whose === 'others' || whose === 'never' || rows !== undefined)
      ? 3
      : 2,
    apply: (draft) =>
      applyAll(
        draft,
        found.map(({ actors }) => actors),
      ),
  }
}

/** Whoever decides about things sees them; that there are such people is what the ordinary reader is to know. */
export const staffSees = ({ who, acts }: Actors): string[] =>
  who.split(/\s*(?:,|\band\b|\bor\b)\s*/i).flatMap((one) => {
    const role = doerOf(one)
    const { thing } = acts[0]!
    // "The desk", "the office": who works there signs in.
    if (
      role &&
      !roleOf(withoutLead(one)) &&
      /(?:^|_)(?:desk|office|reception|warehouse|depot|bank|league|federation|association|foundation|authority|lab|laboratory|kitchen|agency|bakery|shop|school|gym|clinic|studio|farm|brewery|restaurant|hotel|cafe|café|salon|workshop|practice|pharmacy)$/.test(
        role,
      )
    )
      return ['With user accounts']
    // What people write for each other is not hidden from them since somebody decides about it.
    if (role && isDecision(acts, thing) && contentThings.has(singular(thing.toLowerCase().split(' ').at(-1)!)))
      return ['With user accounts']
    return role && grantedRoles.has(role.split('_').at(-1)!) && !/^(?:it|they|them)$/i.test(thing)
      ? [`${plural(withoutLead(one).toLowerCase())} can see all ${plural(thing)}`]
      : []
  })

/** "Customers approve their jobs, printers print them": one clause of people after the other; undefined where a part is none. */
const actorsIn = (sentence: string): ActorsFound[] | undefined => {
  if (sentence.length > 400) return undefined
  const whole = readActors(sentence)
  if (whole) return [whole]
  for (const joint of sentence.matchAll(/\s*[,;]\s*(?:and |but |while |then )?|\s+(?:and|while|but)\s+/gi)) {
    const first = readActors(sentence.slice(0, joint.index))
    const others = first && actorsIn(sentence.slice(joint.index + joint[0].length))
    if (first && others) return [first, ...others]
  }
  return undefined
}
