import { isDeepStrictEqual } from 'node:util'
import type { Architecture } from '../../../schemas/generated/architecture.ts'
import { canonicalArchitecture } from '../canonical.ts'
import { contributionOf } from '../contribution.ts'
import { changeSystem } from './change/plan-change.ts'
import { type Answers, accountsToo, draw, heardIn, quoteIn, withoutTitle } from './draw-up.ts'
import { withoutNames } from './language/persons.ts'
import type { Statement } from './language/statements.ts'
import { saidIn } from './read/read.ts'
import type { Draft } from './result.ts'

/**
 * A sentence as it was said, and what a blueprint has because of it, in the words of a card. `made` is empty where all is the
 * same without it: it is said elsewhere too, or came to nothing; `lost` where it is named among what is not carried.
 */
export type Reading = { said: string; made: string[]; lost: boolean }

/** Each sentence means to read all others again: of long texts nobody waits for that, nor reads it. */
const most = 40

/**
 * Returns what came of each sentence of a wish, found out by leaving it out: true by construction, whatever the sentence
 * says. Empty for a wish of one sentence, of which everything came, and for one of more than 40. `current` is what a change
 * was drafted on. Deterministic.
 */
export const readingsOf = (text: string, plan: Draft, current?: Architecture, answers: Answers = {}): Reading[] => {
  const said = saidIn(withoutNames(text).text)
  if (said.length < 2 || said.length > most) return []
  const as = saidIn(text)
  const drawn = current
    ? (some: readonly Statement[]) => changed(some, current, answers)
    : drawsAs(plan.architecture, said, text, answers)
  const all = canonicalArchitecture(plan.architecture).value
  const lost = plan.notCarried.map(quoteIn)
  return said.map((one, at) => {
    const others = said.toSpliced(at, 1)
    const words = wordsOf(as.length === said.length ? as[at]! : one)
    return {
      said: words,
      made: contribution(drawn(others), all),
      lost: lost.some((part) => words.includes(part) || part.includes(words)),
    }
  })
}

const wordsOf = ({ text, heading, items }: Statement): string =>
  items ? `${text || heading}: ${items.join(', ')}` : text

const contribution = (without: Architecture | undefined, all: Architecture): string[] =>
  without ? contributionOf(canonicalArchitecture(without).value, all) : ['Without it there is nothing to build.']

const changed = (said: readonly Statement[], current: Architecture, answers: Answers): Architecture | undefined => {
  const plan = changeSystem(said.map(wordsOf).join('. '), current, answers)
  return plan.kind === 'draft' ? plan.architecture : current
}

/** Draws up sentences in the way in which a blueprint was: without what was said in passing, with accounts where it has them. */
const drawsAs = (
  architecture: Architecture,
  said: readonly Statement[],
  text: string,
  answers: Answers,
): ((some: readonly Statement[]) => Architecture | undefined) => {
  const drawn = (some: readonly Statement[]): Architecture | undefined => {
    const plan = draw(some, text, answers)
    return plan.kind === 'draft' ? plan.architecture : undefined
  }
  const ways = [
    (some: readonly Statement[]) => heardIn(some).meant,
    (some: readonly Statement[]) => heardIn(some).all,
    (some: readonly Statement[]) => [...heardIn(some).meant, accountsToo],
    (some: readonly Statement[]) => [...heardIn(some).all, accountsToo],
  ]
  const isSame = (other: Architecture | undefined): boolean =>
    other !== undefined && isDeepStrictEqual(withoutTitle(other), withoutTitle(architecture))
  const way = ways.find((one) => isSame(drawn(one(said)))) ?? ways[0]!
  return (some) => drawn(way(some)) ?? drawn(heardIn(some).all)
}
