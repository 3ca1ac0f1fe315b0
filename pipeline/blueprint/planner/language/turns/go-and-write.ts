import { baseVerb, isKnownVerb } from '../../lexicon/verbs.ts'
import { baseOfSaid } from '../wordings/deeds.ts'
import { pluralPhrase, sentence, singularPhrase, withArticle } from '../words.ts'
import { crowd, found, isPeople, type Turn, who } from './words.ts'

const papers =
  'reports?|assessments?|reviews?|opinions?|notes?|statements?|protocols?|summar(?:y|ies)|verdicts?|evaluations?|diagnos[ie]s|quotes?|offers?|recommendations?|findings?|minutes|inspections?|appraisals?|estimates?|critiques?|expertises?|reply|replies|answers?|comments?|letters?'
const deed = new RegExp(
  `^${who} (?:can |may |must )?(?<verb>visit|inspect|take(?: on)?|check|examine|handle|read|assess|audit|survey|evaluate|pick up|go to|look at|open|test|study|process|view|see|(?!(?:the|all|our|an?|and|or|can|may|must|assigned|open|new)\\b)[\\p{L}]+) (?:the |all |our |assigned |open |new )*(?<what>[\\p{L}-]+(?: (?!and\\b|to\\b|with\\b|for\\b|in\\b|on\\b|at\\b|of\\b)[\\p{L}-]+)?)(?:, (?<middle>[\\p{L}]+ [\\p{L}-]+))?(?:,| and|, and)(?: then)? (?:write|make|file|submit|give|add|draw up|leave|enter|record|prepare|hand in) (?<one>an? |their |one )?(?<paper>(?:[\\p{L}-]+ )?(?:${papers}))(?: (?:about|on|for|of|per|to) (?:it|them|each(?: of them)?|that))?(?: with (?<has>(?!.*\\b(?:approve|refuse|accept|reject|decline|close|release|sign)).+?))?(?:,? (?:and|then|and then) (?<rest>(?:approve|refuse|accept|reject|decline|close|release|settle|pass|fail|grant|deny|confirm|clear|publish|archive|return|forward|send)\\b.+))?$`,
  'iu',
)

/** "An inspector visits a site, writes a report and approves or refuses it": said of each of them. */
const one = /^an? ([\p{L}-]+) ([\p{L}]+s) (?:an? |the )([\p{L}-]+)((?:,| and) .+)$/iu
const manyOf = (_: string, who: string, verb: string, what: string, rest: string): string =>
  `${sentence(pluralPhrase(who))} ${baseOfSaid(verb)} ${pluralPhrase(what)}${rest.replace(/(?<=(?:,| and| or) )([\p{L}]+s)(?= )/giu, (word) => baseOfSaid(word))}`

/** "Inspectors visit sites. They write a report": of what they visit. */
const withBefore = (text: string, all: string): string => {
  if (!/^they (?:then )?(?:write|make|file|submit|give|draw up|leave|prepare|hand in) /i.test(text)) return text
  const before = all
    .slice(0, all.indexOf(text))
    .replace(/[.\s]+$/, '')
    .split(/\. +/)
    .at(-1)!
  return `${before}, ${text.replace(/^they (?:then )?/i, '')}`
}

const knownDeed =
  /^(?:visit|inspect|take(?: on)?|check|examine|handle|read|assess|audit|survey|evaluate|pick up|go to|look at|open|test|study|process|view|see)$/i
const isMaking = (verb: string): boolean => {
  const base = baseVerb(verb.toLowerCase())
  return isKnownVerb(base) || /^(?:can|may|must|have|has|are|is|and|or|who|that|sign|log|get|give|send)$/i.test(verb)
}

const doers = (who: string): boolean => isPeople(who) || /(?:ers|ors|ists|ants|perts)$/i.test(who)

/** "Inspectors visit sites, write a report and approve or refuse them": the report is of the site, and so is what is decided. */
export const goAndWrite: Turn = (text, { all }) => {
  const said = found(deed, text.replace(one, manyOf)) ?? found(deed, withBefore(text, all))
  if (!said || !doers(said.who!)) return undefined
  // What they do besides must be a deed that others read; else the row that they write says it.
  const reads = knownDeed.test(said.verb!)
  if (!reads && (said.middle || isMaking(said.verb!) || isPeople(said.verb!))) return undefined
  const people = crowd(said.who!)
  const [what, paper] = [singularPhrase(said.what!), singularPhrase(said.paper!)]
  const it = sentence(`each ${paper}`)
  return [
    ...(reads ? [`${people} ${said.verb!.toLowerCase()} ${pluralPhrase(what)}`] : []),
    isPeople(what) ? `${it} has ${withArticle(what)}` : `${it} belongs to ${withArticle(what)}`,
    `${people} can add ${pluralPhrase(paper)}`,
    ...(said.middle ? [`${people} ${said.middle}`] : []),
    ...(said.has ? [`${it} has ${said.has}`] : []),
    ...(said.rest ? [`${people} ${said.rest.replace(/\b(?:them|it|these|those)\b/gi, pluralPhrase(what))}`] : []),
  ]
}
