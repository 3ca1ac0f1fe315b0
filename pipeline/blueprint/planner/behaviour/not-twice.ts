import type { Outcome, Read } from './behaviour.ts'
import { canonical } from './canonical.ts'
import type { BehaviourDraft } from './draft.ts'
import { unique } from './once.ts'
import { matching, pattern } from './phrases.ts'
import { titleField } from './places/fields.ts'

const done =
  '(?:suggested|proposed|added|entered|listed|registered|recorded|submitted|imported|nominated|uploaded|created|put (?:up|in|on the list)|posted)'
const does =
  '(?:suggests?|proposes?|adds?|enters?|lists?|registers?|records?|submits?|imports?|nominates?|uploads?|creates?|posts?)'
const twice = '(?:twice|again|more than once|two times|a second time|multiple times|several times)'
const patterns: readonly RegExp[] = [
  `(?:the |one and the |one )?same {thing:2} <cannot> be ${done} ${twice}`,
  `(?:no|an?) {thing:2} (?:<cannot>|can|may|must|should) be ${done} ${twice}`,
  `(?:nobody|no one) (?:(?:can|may|must|should) )?${does} the same {thing:2} ${twice}`,
  `(?:people|members|users|you|we) <cannot> ${does} the same {thing:2} ${twice}`,
].map(pattern)

/** "The same movie can't be suggested twice": no two have the name by which people know them. */
export const readNotTwice: Read = (said) => {
  const thing = matching(patterns, canonical(said))?.groups.thing
  return thing === undefined ? undefined : { said, rest: [], after: 1, apply: (draft) => apply(draft, thing) }
}

const apply = (draft: BehaviourDraft, thing: string): Outcome => {
  const model = draft.findModel(thing)
  const name = model && titleField(draft.architecture, model.name)
  if (!model || !name) return { unresolved: `Nothing says by what one ${thing} is told from another.` }
  return unique(draft, model, [name], [])
}
