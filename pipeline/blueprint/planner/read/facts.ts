import type { Operation } from '../lexicon/verbs.ts'
import type { Upload } from './files.ts'
import type { Noun } from './noun.ts'

/** Whose rows a permission is about: everybody's, one's own, those whose named field refers to me, or those under what I may see. */
export type Scope = 'all' | 'own' | 'assigned' | 'parent'

export type ListingHint = {
  how: 'filter' | 'search' | 'sort'
  fields: string[]
  descending?: boolean
  /** By these and by nothing else. */
  only?: boolean
  of?: Noun | undefined
}

/** What one clause says, in the words of the text; resolved against all the others later. */
export type Fact =
  | { kind: 'thing'; noun: Noun; how: 'headline' | 'named' | 'tracked' | 'acted' | 'place'; by?: string }
  | { kind: 'fields'; of: Noun; items: string[]; extends: boolean }
  | { kind: 'parent'; child: Noun; parent: Noun; optional: boolean; sure: boolean }
  | { kind: 'many'; from: Noun; to: Noun; via?: string }
  /** Together these are unique in the row that ties them: "only once per day". */
  | { kind: 'once'; names: string[]; verb: string }
  | { kind: 'nested'; of: Noun; field: string }
  | { kind: 'rule'; subject: string; note: string; of?: Noun | undefined }
  | {
      kind: 'access'
      who: string[]
      only: boolean
      /** "may only read": nothing beyond these operations. */
      limited?: boolean
      not: boolean
      ops: readonly Operation[]
      object: string
      noun?: Noun | undefined
      /** The outcomes of a decision: "approved, rejected". */
      decision?: string
      scope: Scope
      /** Said of one of each: "the sender and the recipient". */
      parties?: true
      /** The field that refers to whoever may: a party of the thing. */
      party?: string
      /** It is only taken back (cancelled): things of their own where it is not said whose (`usual`), or those that are named. */
      takesBack?: 'usual' | 'named'
    }
  | { kind: 'listing'; hint: ListingHint }
  | { kind: 'accounts'; on: boolean }
  | { kind: 'mine' }
  | { kind: 'shared' }
  | ({ kind: 'upload' } & Upload)
  | { kind: 'title'; title: string }
  | { kind: 'gap'; topic: string }
  | { kind: 'unread'; text: string }
  /** Understood, and not built: `why` says what is there instead. */
  | { kind: 'unbuilt'; text: string; why: string }
  /** `joins`: one becomes it by signing up; `granted`: one is made it. */
  | { kind: 'role'; name: string; joins?: boolean; granted?: true }
