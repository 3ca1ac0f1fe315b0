import type { View } from '../../../../../schemas/generated/architecture.ts'
import { allOf, partsOf } from '../../../../expressions/conjunction.ts'
import { negated } from '../../../../expressions/negate.ts'
import { plural } from '../../language/words.ts'
import type { Outcome, Read } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { conditionFor } from '../places/conditions.ts'
import { findPhrase } from '../places/phrase.ts'

const report =
  '(?<report>(?:the|our|this|that|these|those|all|each|every|any) (?:(?!only\\b)[\\p{L}-]+ ){0,3}?(?:reports?|statistics|stats|overview|summary|evaluation|figures|chart|table|totals?)(?: (?:of|per|by|on|for) [\\p{L}-]+(?: (?:and )?[\\p{L}-]+){0,3}?)?)'
const rows = '(?:the )?(?<rows>[\\p{L}-]+(?: [\\p{L}-]+){1,6}?)'
const may = '(?:(?:should|must|shall|may|can|will|has to|have to|is to|are to) )?(?:be )?'
const counts =
  '(?:shows?|counts?|includes?|lists?|adds? up|sums? up|uses?|takes?|contains?|covers?|considers?|looks? at|(?:is|are|be) (?:about|of|over|for)|(?:is|are|be) (?:limited|restricted) to)'
const counted = '(?:shown|counted|included|listed|added up|summed up|used|part|considered|contained)'

const only: readonly RegExp[] = [
  `^(?:please )?(?:show|count|include|list|add up|sum up|use|take|consider|put) (?:only|just) ${rows} (?:in|into|for|on) ${report}$`,
  `^(?:please )?only (?:show|count|include|list|add up|sum up|use|take|consider|put) ${rows} (?:in|into|for|on) ${report}$`,
  `^${report} ${may}(?:only|just) ${counts} ${rows}$`,
  `^${report} ${may}${counts} (?:only|just) ${rows}$`,
  `^(?:in|for) ${report},? (?:only|just) ${rows} (?:count|are ${counted}|should be ${counted}|must be ${counted})$`,
  `^(?:only|just) ${rows} ${may}(?:(?:are )?${counted}(?: of)?|counts?|appears?|goe?s?|comes?|show up)(?: up)? (?:in|into|for|towards|on|of) ${report}$`,
  `^${rows} (?:only )?(?:are|should be|must be) the only ones (?:that )?(?:are )?(?:${counted}|count) (?:in|into|for|on) ${report}$`,
  `^(?:please )?(?:limit|restrict|narrow(?: down)?|filter|reduce) ${report} (?:to|by|for) (?:only )?${rows}$`,
].map((source) => new RegExp(source, 'iu'))

const without: readonly RegExp[] = [
  `^(?:please )?(?:leave|take|keep) (?:out )?${rows} (?:out )?(?:of|from) ${report}$`,
  `^(?:please )?(?:exclude|remove|drop|omit) ${rows} (?:from|in) ${report}$`,
  `^(?:please )?(?:do not|don't|never) (?:show|count|include|list|add up|use) ${rows} (?:in|into|for) ${report}$`,
  `^${rows} (?:are|is|should be|must be|get) (?:left out of|excluded from|not ${counted} (?:in|of|for)|not part of|kept out of|ignored (?:in|by)) ${report}$`,
  `^${rows} (?:do|does|should|must) not (?:count|appear|show up|go|be ${counted}) (?:in|into|for|towards) ${report}$`,
  `^${report} ${may}(?:leaves? out|excludes?|ignores?|omits?|skips?|(?:does|do|should|must|shall) not (?:count|include|show|list|contain)|without) ${rows}$`,
].map((source) => new RegExp(source, 'iu'))

/** "Show only paid claims in the report", "drafts are left out of the report": which rows the reports there are add up. */
export const readNarrowedReport: Read = (sentence) => {
  if (!/\b(?:reports?|statistics|stats|overview|summary|evaluation|figures|chart|table|totals?)\b/i.test(sentence))
    return undefined
  for (const [patterns, not] of [
    [only, false],
    [without, true],
  ] as const)
    for (const pattern of patterns) {
      const found = pattern.exec(sentence.trim())?.groups
      if (found)
        return {
          said: sentence,
          rest: [],
          sure: true,
          // Which reports there are, and which states, is known when all else is.
          after: 7,
          apply: (draft) => narrow(draft, found.report!, found.rows!, not),
        }
    }
  return undefined
}

const narrow = (draft: BehaviourDraft, reportWords: string, said: string, not: boolean): Outcome => {
  const meant = rowsMeant(draft, said)
  if (!meant) return { unresolved: `It is not clear which rows “${said}” are.` }
  const { model, condition } = meant
  const all = Object.entries(model.api.views ?? {})
  if (all.length === 0) return { unresolved: `There is no report of ${plural(model.words)}.` }
  const named = all.filter(([name]) => isNamed(name, reportWords))
  const many = /^(?:these|those|all|each|every|any)\b|reports\b|statistics|figures/i.test(reportWords)
  const views = many ? (named.length > 0 ? named : all) : named.length === 1 ? named : all
  if (!many && views.length > 1)
    return {
      unresolved: `There are several reports of ${plural(model.words)}: say which one, as in “the report per month”.`,
    }
  const wish = not ? negated(condition) : condition
  const open = views.filter(([, view]) => !partsOfView(view).includes(wish))
  if (open.length === 0) return { holds: `That report has ${not ? 'none of them' : 'no others'} (${model.path}).` }
  for (const [, view] of open) view.where = allOf([...partsOfView(view).filter((one) => !isSameField(one, wish)), wish])
  for (const [, view] of open) if (view.description) view.description = described(view.description, said, not)
  return {
    understood: [
      `${many && open.length > 1 ? 'The reports' : 'The report'} of ${plural(model.words)} ${many && open.length > 1 ? 'add' : 'adds'} up ${not ? 'all but' : 'only'} ${said.toLowerCase()}.`,
    ],
  }
}

/** The card quotes how a report was asked for: what it is narrowed to stands behind it. */
const described = (text: string, said: string, not: boolean): string =>
  `${text.replace(/ \((?:only|without) [^)]*\)$/, '').slice(0, 300)} (${not ? 'without' : 'only'} ${said.toLowerCase()})`

const partsOfView = ({ where }: View): string[] => (where === undefined ? [] : partsOf(where))

/** Which state rows are in is said once: "only paid ones" goes instead of "only approved ones". */
const isSameField = (one: string, other: string): boolean => {
  const field = /^!?(this\.\w+)(?: == "[^"]*")?$/
  return (
    / == |^!?this\.\w+$/.test(one) &&
    field.exec(one)?.[1] !== undefined &&
    field.exec(one)?.[1] === field.exec(other)?.[1]
  )
}

/** "The monthly report", "the report per volunteer": a report by that. */
const isNamed = (name: string, words: string): boolean => {
  const said = words
    .toLowerCase()
    .replace(/\bmonthly\b/, 'month')
    .replace(/\bdaily\b/, 'day')
    .replace(/\bweekly\b/, 'week')
    .replace(/\b(?:yearly|annual)\b/, 'year')
    .split(/\s+/)
  return name.split('_').some((part) => part.length > 2 && said.includes(part))
}

/** "Paid claims", "claims that are paid", "drafts": rows and what is said of them. */
const rowsMeant = (draft: BehaviourDraft, said: string): { model: Found; condition: string } | undefined => {
  const [, front = said, clause = ''] =
    /^(.+?) (?:that|which|who|in status|with status)(?: (?:are|is|were|was|have been|has been))? (.+)$/iu.exec(said) ??
    []
  const phrase = findPhrase(draft, front)
  const which = [phrase?.which, clause].filter(Boolean).join(' and ')
  const condition = phrase && which ? conditionFor(phrase.model, which, 'this')?.text : undefined
  return phrase && condition ? { model: phrase.model, condition } : undefined
}
