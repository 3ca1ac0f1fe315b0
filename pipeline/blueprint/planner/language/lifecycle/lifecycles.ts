import type { Statement } from '../statements.ts'
import { reopenedElseClosed, soLongInState, unlessInTime } from './by-itself.ts'
import { hasAndIsEither, isEither, statesAlone } from './declared.ts'
import { movedBy } from './moved-by.ts'
import { oneAfterAnother } from './one-after-another.ts'
import { approvedBefore, draftAtFirst, draftsHidden, publishedOnes, seenOnceDone } from './published.ts'
import type { Told } from './told.ts'
import { remindedAgain, thenTheyAreTold, toldOfDecision, withReason } from './told-later.ts'
import { doneCalled, untilDone, untilItIsDecided } from './until-done.ts'

const readers: readonly Told[] = [
  statesAlone,
  isEither,
  hasAndIsEither,
  oneAfterAnother,
  untilDone,
  untilItIsDecided,
  movedBy,
  draftAtFirst,
  draftsHidden,
  publishedOnes,
  seenOnceDone,
  approvedBefore,
  unlessInTime,
  soLongInState,
  reopenedElseClosed,
  remindedAgain,
  toldOfDecision,
  withReason,
  thenTheyAreTold,
]

/**
 * Returns the statements with what they say of states said plainly: which there are, what comes after what, and who brings
 * things there. "A wedding starts as an inquiry, then we send an offer" goes from inquiry to offer.
 */
export const withLifecycles = (statements: readonly Statement[]): Statement[] => {
  const all = statements.map(wordsOf).join('. ')
  let before = ''
  const called = doneCalled(all)
  return statements.flatMap((one) => {
    const text = called ? one.text.trim().replace(called.done, called.state) : one.text.trim()
    const plain =
      one.items || text.length > 240 ? undefined : readers.map((read) => read(text, before, all)).find(Boolean)
    before += `${wordsOf(one)}. `
    return plain?.map((said) => ({ ...one, text: said })) ?? [one.items ? one : { ...one, text }]
  })
}

const wordsOf = ({ text, items }: Statement): string => [text, ...(items ?? [])].join(', ')
