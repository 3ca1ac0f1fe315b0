import { pluralPhrase, sentence, singularPhrase, withArticle } from '../words.ts'
import { crowd, found, isPeople, type Turn, who } from './words.ts'

const papers =
  'reports?|assessments?|reviews?|opinions?|notes?|statements?|protocols?|summar(?:y|ies)|verdicts?|evaluations?|diagnos[ie]s|quotes?|offers?|recommendations?|findings?|minutes|inspections?|appraisals?|estimates?|critiques?|expertises?|reply|replies|answers?'
const deed = new RegExp(
  `^${who} (?:can |may |must )?(?<verb>visit|inspect|take(?: on)?|check|examine|handle|read|assess|audit|survey|evaluate|pick up|go to|look at|open|test|study|process|view|see) (?:the |all |our |assigned |open |new )*(?<what>[\\p{L}-]+(?: (?!and\\b|to\\b|with\\b|for\\b|in\\b|on\\b|at\\b|of\\b)[\\p{L}-]+)?)(?:,| and|, and)(?: then)? (?:write|make|file|submit|give|add|draw up|leave|enter|record|prepare|hand in) (?<one>an? |their |one )?(?<paper>(?:[\\p{L}-]+ )?(?:${papers}))(?: (?:about|on|for|of|per|to) (?:it|them|each(?: of them)?|that))?(?: with (?<has>(?!.*\\b(?:approve|refuse|accept|reject|decline|close|release|sign)).+?))?(?:,? (?:and|then|and then) (?<rest>(?:approve|refuse|accept|reject|decline|close|release|settle|pass|fail|grant|deny|confirm|clear)\\b.+))?$`,
  'iu',
)

/** "Inspectors visit sites, write a report and approve or refuse them": the report is of the site, and so is what is decided. */
export const goAndWrite: Turn = (text) => {
  const said = found(deed, text)
  if (!said || !isPeople(said.who!)) return undefined
  const people = crowd(said.who!)
  const [what, paper] = [singularPhrase(said.what!), singularPhrase(said.paper!)]
  const it = sentence(`each ${paper}`)
  return [
    `${people} ${said.verb!.toLowerCase()} ${pluralPhrase(what)}`,
    isPeople(what) ? `${it} has ${withArticle(what)}` : `${it} belongs to ${withArticle(what)}`,
    `${people} can add ${pluralPhrase(paper)}`,
    ...(said.has ? [`${it} has ${said.has}`] : []),
    ...(said.rest ? [`${people} ${said.rest.replace(/\b(?:them|it|these|those)\b/gi, pluralPhrase(what))}`] : []),
  ]
}
