import { isDeepStrictEqual } from 'node:util'
import type { Http } from '../../../../../schemas/generated/architecture.ts'
import type { BehaviourDraft } from '../draft.ts'

/** What a sentence says of how answers look: how it is set, and what then holds, as a sentence. */
export type Shape = {
  set: (http: Http, draft: BehaviourDraft) => void
  rule: string
  /** It is about who is signed in; `asked`: so much so that it asks for accounts in a new system. */
  needsAccounts?: 'there' | 'asked'
  /** Why it can not be changed in a system that runs. */
  onlyNew?: string
  /** The thing that it is about, as people call it. */
  needs?: string
}

/** A shape that there is not, and why. */
export type NoShape = { unresolved: string }

export type ShapeReader = (text: string) => Shape | NoShape | undefined

/** What is not said of the others is taken back by `undefined`. */
export type Change = { [key in keyof Http]: Http[key] | undefined }

export const shape = (change: Change, rule: string): Shape => ({
  set: (http) => void Object.assign(http, change),
  rule,
})

const usual: Required<
  Pick<
    Http,
    | 'casing'
    | 'list'
    | 'itemsKey'
    | 'created'
    | 'deleted'
    | 'update'
    | 'errors'
    | 'ids'
    | 'nulls'
    | 'unknown'
    | 'invalid'
    | 'root'
    | 'token'
  >
> = {
  casing: 'snake',
  list: 'envelope',
  itemsKey: 'items',
  created: 201,
  deleted: 204,
  update: 'PATCH',
  errors: 'problem',
  ids: 'uuid',
  nulls: 'keep',
  unknown: 'refuse',
  invalid: 422,
  root: false,
  token: { header: 'Authorization', scheme: 'Bearer' },
}

/** Returns a shape without what is so anyway. */
export const withoutUsual = (http: Http): Http =>
  Object.fromEntries(
    Object.entries(http).filter(
      ([key, value]) => value !== undefined && !isDeepStrictEqual((usual as { [key: string]: unknown })[key], value),
    ),
  )

/** Patterns in the order in which they are asked. */
export const firstOf =
  (patterns: readonly (readonly [RegExp, (found: RegExpExecArray) => Shape | NoShape | undefined])[]): ShapeReader =>
  (text) => {
    for (const [pattern, read] of patterns) {
      const found = pattern.exec(text)
      const one = found ? read(found) : undefined
      if (one) return one
    }
    return undefined
  }

const polite =
  /^(?:(?:and|also|then|please|pls|just|can you|could you|we want you to|i want you to|(?:i|we) (?:want|need|would like)(?: it| the api| to have| you)?(?: to)?|let us|make sure(?: that)?|it (?:should|must)|(?:the |our )?api (?:should|must|needs to|has to)|make (?:it|the api|all endpoints|everything)(?= (?:return|answer|use|send|speak)))\s+)+/i
const trailing =
  /(?:,? (?:please|pls|thanks|everywhere|throughout|instead|from now on|in future|by default|too|as well|for (?:all|every|the whole) (?:endpoints?|routes?|api|things?|resources?)|(?:in|on|for) (?:all|every) (?:answers?|responses?|endpoints?)))+$/i

/** Returns a sentence without what is only polite, and says where it goes anyway. */
export const bare = (sentence: string): string =>
  sentence.trim().replace(polite, '').replace(trailing, '').replace(/\s+/g, ' ').trim()
