import { plural, singular } from '../language/words.ts'
import { isPersonNoun } from '../lexicon/people.ts'
import type { Unit } from './add-limit.ts'
import type { Outcome, Read } from './behaviour.ts'
import { canonical } from './canonical.ts'
import type { BehaviourDraft } from './draft.ts'
import { type Groups, matching, numberOf, pattern } from './phrases.ts'
import { addRule } from './rules.ts'
import { linksMeant } from './toggles/links.ts'

const people = '(?:(?:each|every|an?|the|all|any|one) )?(?:person|{who:2})'
const mark = '(?<mark>votes?|likes?|favou?rites?|bookmarks?|stars?|upvotes?|hearts?|claps?|points?)'
const does = '(?<does>vote|like|favou?rite|bookmark|star|upvote|clap)'
const period = '(?:,? (?:per|a|each|every|in each|in every|in one) (?<unit>day|week|month|year))?'
const most = '(?:only |just |exactly |at most |up to |no more than |not more than |a maximum of )?'
const patterns: readonly RegExp[] = [
  `${people} (?:has|have|gets?|receives?|owns?|(?:can|may|must) (?:have|cast|give|use|spend|award|hand out)|casts?|gives?) ${most}{n#} ${mark}(?: each)?${period}`,
  `${people} (?:can|may) (?:only )?${does} ${most}{n#} times${period}`,
  `${people} (?:can|may) (?:only )?${does} (?:for )?${most}{n#} {thing:2}${period}`,
  `<atmost> {n#} ${mark} (?:per|for each|for every|by each) {who:1}(?: (?:and|per) (?<unit>day|week|month|year))?`,
  `there (?:are|is) ${most}{n#} ${mark} (?:per|for each|for every) {who:1}(?: (?:and|per) (?<unit>day|week|month|year))?`,
].map(pattern)

/** "Every member has three votes per month", where people vote for something: so many marks of one person. */
export const readMarksEach: Read = (sentence) => {
  const said = matching(patterns, canonical(sentence))?.groups
  const who = said?.who === undefined ? 'person' : singular(said.who.toLowerCase())
  if (!said || !(isPersonNoun(who) || /^(?:person|people|user|everybody|everyone|household)$/.test(who)))
    return undefined
  return { said: sentence, rest: [], maybe: true, after: 2, apply: (draft) => apply(draft, said) }
}

const apply = (draft: BehaviourDraft, said: Groups): Outcome => {
  const links = linksMeant(draft, plural(singular((said.mark ?? said.does)!.toLowerCase())))
  const things = said.thing ? draft.findModel(said.thing) : undefined
  const link = links.find(({ target }) => !things || target.name === things.name)
  const toggle = link?.target.api.toggles?.[link.on]
  const marks = toggle && draft.architecture.models[toggle.model]
  const max = numberOf(said.n)
  if (!link || !toggle || !marks || max === undefined) return { unresolved: '' }
  const unit = said.unit?.toLowerCase() as Unit | undefined
  const what = max === 1 ? singular(link.members) : link.members
  const message = `At most ${max} ${what} per person${unit ? ` and ${unit}` : ''}.`
  // Another number takes the place of the one that was said before.
  marks.rules = marks.rules?.filter(({ limit }) => limit?.per[0] !== toggle.by || limit.within?.unit !== unit)
  if (marks.rules?.length === 0) delete marks.rules
  addRule(
    { ...link.target, name: toggle.model, model: marks },
    {
      name: `limit_of_${link.members}`,
      message,
      limit: {
        per: [toggle.by],
        max: String(max),
        ...(unit ? { within: { field: 'created_at', unit, zone: 'UTC' } } : {}),
      },
    },
  )
  return { understood: [message] }
}
