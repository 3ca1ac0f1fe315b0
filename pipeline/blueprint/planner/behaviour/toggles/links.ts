import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { markOf } from './verbs.ts'

/** A toggle of a model, by the name of its operation. */
export type Link = { target: Found; on: string; members: string }

/** Returns every toggle there is. */
const linksOf = (draft: BehaviourDraft): Link[] =>
  [...draft.models(), ...[draft.userModel()].filter((one) => one !== undefined)].flatMap((target) =>
    Object.entries(target.api.toggles ?? {}).map(([on, { members }]) => ({ target, on, members })),
  )

/** Returns the toggles that a word means: "likes", "favourited", "followers", "people who joined". */
export const linksMeant = (draft: BehaviourDraft, said: string): Link[] => {
  const mark = markOf(
    said
      .trim()
      .toLowerCase()
      .replace(/^(?:the |all |their |his |her |my )+/, '')
      .replace(/^(?:number of|people who|users who|who) /, ''),
  )
  return mark ? linksOf(draft).filter(({ on }) => on === mark.on || isSpelling(on, mark.on)) : []
}

const isSpelling = (a: string, b: string): boolean => a.replace('favour', 'favor') === b.replace('favour', 'favor')
