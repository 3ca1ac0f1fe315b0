import { pluralPhrase } from '../../language/words.ts'
import { roleOf } from '../../read/people.ts'
import type { Read } from '../behaviour.ts'
import { applyToggle } from './apply-toggle.ts'
import { readToggle, type ToggleSpec } from './read-toggle.ts'

/** What people mark, they see; visitors too, before they sign up. */
const seen = (specs: readonly ToggleSpec[]): string[] => [
  ...new Set(
    specs.flatMap(({ what, visitors }) =>
      isPeople(what) ? [] : [visitors ? `Everybody can read ${what}` : `Users see all ${what}`],
    ),
  ),
]
const accounts = ['With user accounts']

/** Where nothing else is told, what is marked is all that there is to keep. */
const kept = (specs: readonly ToggleSpec[]): string[] => [
  ...new Set(specs.flatMap(({ what }) => (isPeople(what) ? [] : [`There are ${pluralPhrase(what)}`]))),
]
const isPeople = (what: string): boolean =>
  /^(?:it|them|each other|one another|people|users?|members?|others?)$/i.test(what)

const plain =
  /^((?:(?:the|all) )?[\p{L}-]+s|people) (?=(?:also )?(?:like|favou?rite|bookmark|star|upvote|follow|vote for|vote on)(?:,? (?:and|or) (?:also )?(?:like|favou?rite|bookmark|star|upvote|follow|vote for|vote on))* (?:the |all |other |each other|one another|[\p{L}-]+s(?: |$)))/iu

/** "Cooks like recipes": they can. */
const withCan = (sentence: string): string => {
  const who = plain.exec(sentence)?.[1]
  return who && roleOf(who) ? sentence.replace(plain, '$1 can ') : sentence
}

/** "Users can like photos", "let members follow each other", "add likes to posts". */
export const readMarks: Read = (said) => {
  const sentence = withCan(said)
  const spec = readToggle(sentence)
  if (spec)
    return {
      said,
      rest: accounts,
      implies: seen([spec]),
      founds: kept([spec]),
      apply: (draft) => applyToggle(draft, spec),
    }
  const { specs, others } = inParts(sentence)
  if (specs.length === 0) return undefined
  return {
    said,
    rest: [...accounts, ...others],
    implies: seen(specs),
    founds: kept(specs),
    apply: (draft) => {
      const understood: string[] = []
      const assumptions: string[] = []
      for (const one of specs) {
        const outcome = applyToggle(draft, one)
        if (!('understood' in outcome)) return outcome
        understood.push(...outcome.understood)
        assumptions.push(...(outcome.assumptions ?? []))
      }
      return { understood, assumptions }
    },
  }
}

/** "Members can post recipes, favourite recipes and follow each other": marks, and what else the same people may do. */
const inParts = (sentence: string): { specs: ToggleSpec[]; others: string[] } => {
  const found = /^(.{2,60}? (?:can|may|should be able to|are able to|want to) (?:also )?)(.+)$/i.exec(sentence)
  if (!found) return { specs: [], others: [] }
  const [, lead = '', rest = ''] = found
  const parts = rest.split(/\s*,\s*(?:and\s+)?(?:also\s+)?|\s+and\s+(?:also\s+)?(?:to\s+)?/)
  const specs: ToggleSpec[] = []
  const others: string[] = []
  let from = 0
  for (let to = 1; to <= parts.length; to += 1) {
    const spec = readToggle(`${lead}${parts.slice(from, to).join(' and ')}`) ?? readToggle(`${lead}${parts[to - 1]!}`)
    if (!spec) continue
    const alone = readToggle(`${lead}${parts.slice(from, to).join(' and ')}`) === undefined
    if (alone) others.push(...parts.slice(from, to - 1))
    const named = /^(?:it|them|these|those|each)$/i.test(spec.what) ? parts[to - 2]?.replace(/^\S+ /, '') : undefined
    specs.push(named ? { ...spec, what: named } : spec)
    from = to
  }
  others.push(...parts.slice(from))
  // "Favourite recipes and rate them": what was marked.
  const marked = specs.at(-1)?.what
  if (marked && !/^(?:it|them|these|those|each)$/i.test(marked))
    for (const [i, part] of others.entries()) others[i] = part.replace(/ (?:it|them|these|those)$/i, ` ${marked}`)
  return { specs, others: others.length > 0 ? [`${lead}${others.join(' and ')}`] : [] }
}
