import type { Architecture } from '../../../../schemas/generated/architecture.ts'
import { checkBlueprint } from '../../check.ts'
import { createDraft, type Draft } from '../change/draft.ts'
import type { Answers } from '../questions/question.ts'
import type { Question } from '../result.ts'
import type { Outcome, Wish } from './behaviour.ts'
import { createBehaviourDraft, tell } from './draft.ts'
import { linkStores } from './reach.ts'
import { settle } from './settle.ts'
import { reachAll } from './states/reach-all.ts'
import { stampAll } from './states/stamp.ts'
import { type Taken, tidy } from './take.ts'

/** What became of the wishes: a draft that holds them, what is to be asked, and which sentences nothing was made of. */
export type Carried = { draft: Draft; questions: Question[]; unresolved: { said: string; why: string }[] }

/** Returns wishes in their order, those that need what others make after these. */
export const inOrder = (taken: readonly Taken[]): Taken[] =>
  taken.toSorted((a, b) => (a.wish.after ?? 0) - (b.wish.after ?? 0))

/** Puts wishes into a copy of an architecture, in order. `noAccounts`: it was said that there is no sign-in. */
export const carryBehaviour = (
  architecture: Architecture,
  taken: readonly Taken[],
  answers: Answers,
  noAccounts = false,
): Carried => {
  const draft = { ...createDraft(architecture, answers), noAccounts }
  const carried: Carried = { draft, questions: [], unresolved: [] }
  for (const one of inOrder(taken)) carryOne(carried, one, false)
  const whole = createBehaviourDraft(carried.draft, '', false)
  reachAll(whole)
  stampAll(whole)
  settle(whole, draft.unlocked)
  return carried
}

/** What is said of a wish whose outcome breaks what else there is. */
export const misfit = 'It does not go together with the rest.'

/** Why a step that is taken by itself cannot ask who takes it. */
export const onlyStep = 'That step is taken by itself too, and then nobody is there who could be asked.'

/**
 * As carryBehaviour; a wish that alone keeps the blueprint from being sound is left out, and nothing was made of it. `sound`:
 * whether the blueprint is so then.
 */
export const carrySound = (
  architecture: Architecture,
  taken: readonly Taken[],
  answers: Answers,
  noAccounts: boolean,
): Carried & { sound: boolean } => {
  const whole = carryBehaviour(architecture, taken, answers, noAccounts)
  if (taken.length === 0 || isSound(whole)) return { ...whole, sound: true }
  const why = checkBlueprint(whole.draft.architecture).some(({ code }) => code === 'take') ? onlyStep : misfit
  // What keeps something from somebody is left out last.
  const entries = [...taken.entries()].toSorted(
    ([, a], [, b]) =>
      Number(a.wish.maybe ?? 0) - Number(b.wish.maybe ?? 0) || Number(b.wish.yields ?? 0) - Number(a.wish.yields ?? 0),
  )
  for (const [at, { wish }] of entries) {
    const others = carryBehaviour(architecture, taken.toSpliced(at, 1), answers, noAccounts)
    if (isSound(others))
      return { ...others, unresolved: [...others.unresolved, { said: tidy(wish.said), why }], sound: true }
  }
  return { ...whole, sound: false }
}

const isSound = ({ draft }: Carried): boolean => checkBlueprint(draft.architecture).length === 0

/** Puts one wish into the draft, in the first of its readings that comes to something. Returns whether one does. */
export const carryOne = (carried: Carried, { wish, before }: Taken, changing: boolean): boolean => {
  const { draft } = carried
  const readings = [wish, ...(wish.others ?? [])]
  let why: string | undefined
  let isSure = false
  for (const reading of readings) {
    const outcome = tryOne(draft, reading, before, changing)
    if ('understood' in outcome) return true
    if ('holds' in outcome) {
      draft.anyway.push(outcome.holds)
      return true
    }
    if ('question' in outcome) {
      carried.questions.push(outcome.question)
      return false
    }
    // The first that can mean nothing else says why.
    if (why === undefined || (reading.sure && !isSure)) why = outcome.unresolved
    isSure ||= reading.sure === true
  }
  if (wish.tried) return true
  if (readings.some(({ sure }) => sure) && why !== '') {
    draft.notCarried.push(`Not built: “${tidy(wish.said)}”. ${why}`)
    return true
  }
  carried.unresolved.push({ said: tidy(wish.said), why: why! })
  return false
}

/** Carries out one reading. One that fails leaves the draft as it was; of what is so already, only what it is short of is noted. */
const tryOne = (draft: Draft, reading: Wish, before: string, changing: boolean): Outcome => {
  const lost = [...draft.notCarried]
  const kept = structuredClone({
    architecture: draft.architecture,
    understood: draft.understood,
    assumptions: draft.assumptions,
    effect: draft.effect,
  })
  const outcome = reading.apply(createBehaviourDraft(draft, before, changing))
  if ('understood' in outcome) {
    linkStores(draft.architecture)
    tell(draft, outcome.understood, outcome.breaks === true)
    if (outcome.unsays) {
      draft.unsaid.push(outcome.unsays)
      draft.assumptions = draft.assumptions.filter((one) => !outcome.unsays!.test(one))
    }
    draft.assumptions.push(...(outcome.assumptions ?? []))
  } else Object.assign(draft, kept, 'holds' in outcome ? {} : { notCarried: lost })
  return outcome
}
