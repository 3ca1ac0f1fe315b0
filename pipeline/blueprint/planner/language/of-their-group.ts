import type { Statement } from './statements.ts'
import { isPeople } from './turns/words.ts'
import { plural, singularPhrase, withArticle } from './words.ts'

const noun = "[\\p{L}'-]+(?: (?!can\\b|may\\b|only\\b|in\\b|of\\b|to\\b)[\\p{L}'-]+)?"
/** "Singers belong to a choir", "tenants live in a building", "each employee works in one department". */
const joins = new RegExp(
  `^(?:(?:each|every|all|the) )?(?<who>${noun}) (?:(?:can |may )?(?:belongs?|are assigned|is assigned) to|(?:lives?|works?|plays?|sings?|stud(?:y|ies)|is|are) in|works? for|(?:is|are) (?:an? )?(?:part|members?) of) (?:an?|one|exactly one|only one|the|their|at most one|one or more|several) (?<group>${noun})$`,
  'iu',
)
const acts =
  '(?:see|view|read|list|look at|access|write|add|post|create|edit|change|update|delete|manage|upload|open|comment on)'
const list = `${acts}s?(?:(?:,| and|, and| or) ${acts}s?)*`
/** "Singers see only rehearsals of their choir", "employees can only read documents of their own department". */
const theirs = new RegExp(
  `^(?<lead>only )?(?:(?:the|all|each|every) )?(?<who>${noun}) (?:(?:can|may|should) )?(?<only>only )?(?<acts>${list})(?<only2> only)? (?:(?:the|all|any) )*(?<what>${noun}) (?:of|in|from|for|at) their (?:own |respective )?(?<group>${noun})$`,
  'iu',
)
/** "Only project members see the tasks". */
const ofMembers = new RegExp(
  `^(?:only|just) (?:the )?(?<group>[\\p{L}-]+) members (?:(?:can|may) )?(?<acts>${list}) (?:(?:the|its|their|all) )*(?<what>${noun})(?: (?:of|in) (?:an?|the|their|its|that)(?: own)? [\\p{L}-]+)?$`,
  'iu',
)

/** "Chairs add members to committees": who says who belongs to a group looks after it. */
const adds = new RegExp(
  `^(?:the |all )?(?<who>${noun}) (?:can |may )?(?:add|invite|assign|put)s? (?:new |the |other )?(?:members|people|users) (?:to|into) (?:an?|the|their|each)? ?(?<group>${noun})$`,
  'iu',
)
const ofGroup = /\bmembers of (?:the|an?|their|that|its|each) ([\p{L}-]+)\b/iu

const one = (words: string): string => singularPhrase(words.toLowerCase())

/**
 * People who belong to something, and see only what is of it: it has members, who are accounts, and what belongs to it is
 * for them. Told plainly as the rights of the members of a group.
 */
export const ofTheirGroup = (statements: readonly Statement[]): Statement[] => {
  const all = statements.map(({ text }) => text).join('. ')
  const joined = statements.flatMap(({ text, items }) => {
    const found = items ? undefined : joins.exec(text)?.groups
    return found && isPeople(found.who!) && !isPeople(found.group!) && !isDescribed(found.who!, all)
      ? [{ text, who: one(found.who!), group: one(found.group!) }]
      : []
  })
  const used = new Set<string>()
  const plain = statements.map((said) => {
    if (said.items) return said
    const members = ofMembers.exec(said.text)?.groups
    if (members && hasMembers(members.group!, all)) return { ...said, text: right(members, true) }
    const adder = adds.exec(said.text)?.groups
    if (adder && isPeople(adder.who!) && ofGroup.exec(all)?.[1]?.toLowerCase() === one(adder.group!))
      return { ...said, text: `${adder.who} can change ${plural(one(adder.group!))}` }
    const found = theirs.exec(said.text)?.groups
    const joins = joined.find(({ who, group }) => found && who === one(found.who!) && group === one(found.group!))
    if (!found || !joins) return said
    used.add(joins.text)
    return { ...said, text: right(found, false) }
  })
  return plain.filter(({ text }) => !used.has(text))
}

const right = ({ group, acts: verbs, what }: { [name: string]: string }, only: boolean): string => {
  const base = verbs!.replace(
    /\b(see|view|read|list|add|post|create|edit|change|update|delete|manage|upload|open)s\b/gi,
    '$1',
  )
  return `${only ? 'Only members' : 'Members'} of ${withArticle(one(group!))} can ${base} its ${what}`
}

/** People of whom more is kept than where they belong are rows, and no accounts for that. */
const isDescribed = (who: string, all: string): boolean =>
  new RegExp(`\\b(?:${one(who)}|${plural(one(who))}) (?:has|have) (?:an?|their|one) `, 'iu').test(all)

const hasMembers = (group: string, all: string): boolean =>
  new RegExp(
    `\\b(?:${one(group)}|${plural(one(group))}) (?:has|have) (?:[\\p{L} ,]+ and )?(?:several |many |its |their )?members\\b|\\bmembers (?:to|of|join|belong to) (?:an? |the )?${one(group)}`,
    'iu',
  ).test(all)
