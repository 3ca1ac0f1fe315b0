import type { Draft } from '../draft.ts'
import type { Entry } from '../view.ts'

/** One way of saying a change. Returns true where the clause was that, also where it then had a problem. */
export type Command = (clause: string, draft: Draft, preferred: Entry | undefined) => boolean

/** Says why the whole change cannot be made; the first reason counts. */
export const problem = (draft: Draft, value: { text: string; help: string }): true => {
  draft.problem ??= value
  return true
}
