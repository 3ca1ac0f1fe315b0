import { baseVerb, linkNouns } from '../../lexicon/verbs.ts'
import { plural, pluralPhrase, singularPhrase, withArticle } from '../words.ts'
import { crowd, found, isPeople, isSpoken, type Turn, who } from './words.ts'

const only = new RegExp(
  `^${who} (?:can |may )(?:only )?(?:see|look up|look at|view|read) (?<what>.+?),? but (?:can |may )?(?:(?:see|do|access|read) )?nothing (?:else|more)$`,
  'iu',
)

/** "Relatives can see the doses of their resident but nothing else". */
export const nothingElse: Turn = (text) => {
  const said = found(only, text)
  return said && [`${said.who} can only see ${said.what}`]
}

const answer = new RegExp(
  `^${who} (?:can |may )?(?:answers?|repl(?:y|ies) to|responds? to) (?:the |an? |all |open )?(?<what>[\\p{L}-]+)$`,
  'iu',
)

/** "Landlords answer defects": the answer is kept, and the defect stays as it is. */
export const answers: Turn = (text, { all }) => {
  const said = found(answer, text)
  if (!said || !isPeople(said.who!) || /^(?:them|it|calls?|phones?|questions?)$/i.test(said.what!)) return undefined
  if (!isSpoken(said.what!, text, all) || /\banswers? (?:has|have|with)\b/i.test(all)) return undefined
  const [people, things] = [crowd(said.who!), pluralPhrase(said.what!)]
  return [
    `${people} can see all ${things}`,
    `${people} can add answers`,
    `An answer belongs to ${withArticle(singularPhrase(said.what!))}`,
    ...mayers(things, all),
  ]
}

/** "Tenants report defects": they see their own and no others, whoever answers them. */
const mayers = (things: string, all: string): string[] => {
  const makers = new RegExp(
    `\\b(?<who>[\\p{L}-]+s) (?:can |may )?(?:report|submit|file|open|raise|send|lodge) (?:an? |their )?(?:${things}|${singularPhrase(things)})\\b`,
    'iu',
  ).exec(all)?.groups?.who
  return makers && isPeople(makers) ? [`${crowd(makers)} can see their own ${things}`] : []
}

const childrens =
  /^(?<who>(?:the |all )?[\p{L}-]+s) (?:can |may )?(?<see>see|view|look at) what their (?<whom>[\p{L}-]+) (?:have |has )?(?<verb>[\p{L}]+ed|bought|took|ate)$/iu

/** "Parents see what their children ordered". */
export const whatTheyDid: Turn = (text) => {
  const said = found(childrens, text)
  const noun = said ? linkNouns.get(baseVerb(said.verb!.toLowerCase())) : undefined
  return said && noun ? [`${said.who} ${said.see} the ${plural(noun)} of their ${said.whom}`] : undefined
}

const prescribes =
  /^(?<who>(?:the |all )?[\p{L}-]+s) (?:can |may )?prescribe (?:the )?(?<what>medicines?|medication|drugs?|treatments?|remedies|therapies)(?: to (?:the |an? )?(?<whom>[\p{L}-]+))?(?: with (?<more>.+))?$/iu

/** "Doctors prescribe medicines": to whom is whoever is looked after here. */
export const prescribe: Turn = (text, { all }) => {
  const said = found(prescribes, text)
  if (!said || !isPeople(said.who!)) return undefined
  const whom = said.whom ?? /\b(?<whom>residents|patients|animals|pets|clients) have\b/iu.exec(all)?.groups?.whom
  const has = [
    withArticle(singularPhrase(said.what!)),
    ...(whom ? [withArticle(singularPhrase(whom))] : []),
    ...(said.more ? [said.more] : []),
  ]
  return [`${crowd(said.who!)} can add prescriptions`, `Each prescription has ${has.join(' and ')}`]
}

const noted =
  /^(?<who>(?:the |all )?[\p{L}-]+s) (?:can |may |must )?(?:log|record|note|document|enter|measure|take) (?<things>[\p{L}-]+s) with (?<fields>an? .+)$/iu

/** "Nurses record vitals with a pulse", where others may see some of it: who records them is somebody with a right. */
export const recordsThings: Turn = (text, { all }) => {
  const said = found(noted, text)
  if (
    !said ||
    !isPeople(said.who!) ||
    !/\bnothing (?:else|more)\b|\bonly [\p{L}]+ (?:can |may )?(?:see|read)\b/iu.test(all)
  )
    return undefined
  return [`${crowd(said.who!)} can add ${said.things}`, `Each ${singularPhrase(said.things!)} has ${said.fields}`]
}
