import { isDeepStrictEqual } from 'node:util'
import type { Architecture } from '../../../schemas/generated/architecture.ts'
import { chooseRole } from './assemble/role-choice.ts'
import { takesSignIn } from './behaviour/unsigned.ts'
import { changeSystem } from './change/plan-change.ts'
import { type Answers, accountsToo, draw, heardIn, quoteIn, withoutTitle } from './draw-up.ts'
import { withoutAsides } from './language/asides.ts'
import { withoutNames } from './language/persons.ts'
import { isTitle } from './language/small-talk.ts'
import type { Statement } from './language/statements.ts'
import { bystanders } from './read/grammar/bystanders.ts'
import { saidIn } from './read/read.ts'
import { refuseCommand, refuseHarm, refuseTalk } from './refuse.ts'
import type { Draft, PlanResult } from './result.ts'
import { unheardParts } from './unheard-parts.ts'

/**
 * Returns a blueprint for a wish in plain English, or a question, or a friendly refusal. Deterministic, without a model;
 * never throws. Where a sentence has several readings it takes the likeliest and says so among the assumptions.
 */
export const planSystem = (text: string, answers: Answers = {}): PlanResult => {
  const refusal = refuseHarm(text) ?? refuseCommand(text) ?? refuseTalk(text)
  if (refusal) return refusal
  const { text: unnamed, named: people } = withoutNames(text)
  const { all, meant } = heardIn(saidIn(unnamed))
  const first = planSaid(meant, text, answers)
  // Where nothing else tells what is kept, the introduction does.
  const whole = first.kind === 'refusal' && meant.length < all.length
  const said = whole ? all : meant
  const plan = whole ? planSaid(all, text, answers) : first
  if (plan.kind !== 'draft') return plan
  const { notCarried, ...draft } = signedIn(plan, said, text, answers)
  const title = said[0] && isTitle(said[0]) ? said[0].text : undefined
  const lost = notCarried.filter((line) => quoteIn(line) !== title)
  return { ...withChoice(draft), notCarried: [...new Set([...lost, ...people])] }
}

/** The draft with a choice between the roles that one gets by signing up, which is said in the place of all of them. */
const withChoice = <D extends Pick<Draft, 'architecture' | 'assumptions'>>(draft: D): D => {
  const architecture = structuredClone(draft.architecture)
  const told = chooseRole(architecture)
  if (told === undefined) return { ...draft, architecture }
  const all = /^Whoever signs up becomes [^.]*\./
  const assumptions = draft.assumptions.map((line) => line.replace(all, told))
  return { ...draft, architecture, assumptions: [...new Set(assumptions)] }
}

const planSaid = (said: readonly Statement[], text: string, answers: Answers): PlanResult => {
  const drawn = draw(said, text, answers)
  if (drawn.kind !== 'draft') return drawn
  const { name, ...draft } = drawn
  const named = name()
  const isSame = (less: readonly Statement[]): boolean => {
    const other = draw(less, text, answers)
    return (
      other.kind === 'draft' && isDeepStrictEqual(withoutTitle(other.architecture), withoutTitle(draft.architecture))
    )
  }
  const parts = unheardParts(said, { ...draft, notCarried: named }, isSame)
  return { ...draft, notCarried: [...named, ...parts] }
}

/**
 * Where nothing says that people sign in, they do if they are to be reminded or see what is theirs, and it is then known what is theirs; and if
 * others have accounts ("people report potholes, officers close them"): else nobody but these could do what the people do.
 */
const signedIn = (plan: Draft, said: readonly Statement[], text: string, answers: Answers): Draft => {
  const lost = plan.notCarried.filter(takesSignIn).map(quoteIn)
  const shutOut = plan.architecture.policies.authn !== undefined && said.some((one) => bystanders.test(one.text))
  if (lost.length === 0 && !shutOut) return plan
  const other = planSaid([...said, accountsToo], text, answers)
  const helps =
    other.kind === 'draft' &&
    (shutOut
      ? other.notCarried.length <= plan.notCarried.length
      : !other.notCarried.some((line) => lost.includes(quoteIn(line))))
  return helps ? other : plan
}

/** Returns the next revision for a wish to change a system. As planSystem: deterministic, stateless, never throws. */
export const planChange = (text: string, current: Architecture, answers: Answers = {}): PlanResult => {
  const plan = changeSystem(text, current, answers)
  if (plan.kind !== 'draft') return plan
  const isSame = (less: readonly Statement[]): boolean => {
    const other = changeSystem(less.map((one) => one.text).join('. '), current, answers)
    return other.kind === 'draft' && isDeepStrictEqual(other.architecture, plan.architecture)
  }
  return { ...plan, notCarried: [...plan.notCarried, ...unheardParts(withoutAsides(saidIn(text)), plan, isSame)] }
}

export { likeness } from './likeness.ts'
export { readingsOf } from './one-by-one.ts'
