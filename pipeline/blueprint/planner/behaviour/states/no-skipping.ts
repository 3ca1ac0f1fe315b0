import type { Outcome, Read } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'

const steps = '(?:steps?|states?|stages?|status(?:es)?|phases?)'
const cannot = '(?:can ?not|must not|may not|should not|can never|may never|must never)'
const skipped = '(?:skipped|jumped|left out|missed|missed out)'

const patterns = [
  `(?:no|not any|none of the) ${steps} (?:can|may|must|should)(?: ever)? be ${skipped}`,
  `(?:an?|the|any)? ?${steps} ${cannot} be ${skipped}`,
  `(?:no|without|never|do not|not) (?:skip|jump|skipping|jumping|leaving out)(?: of| over)? (?:an?|any|the)? ?${steps}`,
  `(?:it|they|you|one|nobody|no one|people|(?:an?|the) [\\p{L}-]+(?: [\\p{L}-]+)?) (?:${cannot}|can|may|never|cannot) (?:skips?|jumps?|leaves? out|miss)(?: over)? (?:an?|any|the)? ?${steps}`,
  `(?:only |always |strictly )*(?:step by step|one (?:step|state) (?:at a time|after the other|after another)|in (?:this|that) order)`,
].map((text) => new RegExp(`^${text}$`, 'iu'))

/** Reads that no step is left out: so it is wherever things go from state to state. */
export const readNoSkipping: Read = (said) =>
  patterns.some((pattern) => pattern.test(said.trim()))
    ? { said, rest: [], sure: true, apart: true, after: 1, apply: holdsHere }
    : undefined

const holdsHere = (draft: BehaviourDraft): Outcome =>
  draft.models().some(({ model }) => model.states)
    ? { holds: 'No step is left out: each change of state goes from the states that lead to it, already.' }
    : { unresolved: 'Nothing here goes from state to state.' }
