import type { Question } from '../result.ts'
import type { BehaviourDraft } from './draft.ts'

/** A sentence that asks for behaviour. */
export type Wish = {
  /** The sentence as said. */
  said: string
  /** Plain sentences it still says about things and fields, for the ordinary reader ("courses have seats"). */
  rest: string[]
  /** What a new system is told besides, so that nothing is left open: who marks photos sees them. A running one has its rights. */
  implies?: readonly string[]
  /** Plain sentences that say what is stored, where nothing else does. */
  founds?: readonly string[]
  /** Carried out after wishes with a smaller number: 0 where absent. "Managers approve" needs the states of a later sentence. */
  after?: number
  /** It can mean nothing else: where it cannot be carried out it is named so, and not read as if it spoke of things and fields. */
  sure?: boolean
  /** Nothing else is meant by it: no other reading of the sentence is tried. */
  alone?: boolean
  /** Often means something else: where nothing comes of it, it is as if it had not been read. */
  maybe?: boolean
  /** Is said by itself: what others read into it together with what follows is a misreading. */
  apart?: boolean
  /** Left out before others where not all go together: steps of people matter more than what happens by itself. */
  yields?: boolean
  /** Only tried: another wish of the same sentence says what became of it. */
  tried?: boolean
  /** What must be there before others look for it; carried out at its own time, and said of nobody where it comes to nothing. */
  ahead?: Wish
  /** Puts it into the architecture. Called once, on the architecture that all sentences together make. */
  apply: (draft: BehaviourDraft) => Outcome
  /** Other readings of the sentence, tried where this one comes to nothing. */
  others?: readonly Wish[]
}

/** What became of a wish. `understood`: rules in plain words; `breaks`: programs that use the system notice. */
export type Outcome =
  /** `unsays`: what was assumed before and is no longer so. */
  | { understood: string[]; assumptions?: string[]; breaks?: boolean; unsays?: RegExp }
  /** All that it says is so already, or comes by itself: in a plain sentence, which says where it is found. */
  | { holds: string }
  /** Why nothing came of it; empty where all that it says is so already. */
  | { unresolved: string }
  | { question: Question }

/**
 * Returns the wish of a sentence, or undefined where it is none. A sentence is offered whole first and then in parts, so a
 * reader takes only what it reads to the end: it anchors its patterns on both sides and leaves other clauses to others.
 */
export type Read = (sentence: string) => Wish | undefined
