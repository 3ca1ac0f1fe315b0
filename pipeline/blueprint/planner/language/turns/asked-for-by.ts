import { singularPhrase, withArticle } from '../words.ts'
import { crowd, found, isDescribed, isPeople, type Turn, who } from './words.ts'

const applies = new RegExp(`^${who} (?:can |may )?(?:apply|applies) with (?<fields>.+)$`, 'iu')
const offered =
  /\b(?:posts?|offers?|lists?|publish(?:es)?|advertises?|announces?) (?<thing>jobs|positions|openings|vacancies|internships|apprenticeships|grants|scholarships|places|roles|flats|rooms)\b/iu

/** "Applicants apply with a letter", where companies post jobs: for a job. */
export const appliesWith: Turn = (text, { all }) => {
  const said = found(applies, text)
  const thing = said && offered.exec(all)?.groups?.thing
  if (!said || !thing) return undefined
  return [`${crowd(said.who!)} apply for ${withArticle(singularPhrase(thing.toLowerCase()))} with ${said.fields}`]
}

const requests = new RegExp(
  `^${who} (?:can |may )?requests? (?:an? |some |new )?(?<what>[\\p{L}-]+(?: (?!with\\b)[\\p{L}-]+)?) with (?<fields>.+)$`,
  'iu',
)

/** Is called so itself. */
const away = /\b(?:off|leave|vacation|holidays?|absence)$/i

/** "Hospitals request blood with an amount", where what is decided on are requests. */
export const requestsAre: Turn = (text, { all }) => {
  const said = found(requests, text)
  const others = all.replace(text, '')
  if (!said || !/\brequests\b/i.test(others) || isDescribed('requests', others)) return undefined
  if (isPeople(said.what!) || away.test(said.what!)) return undefined
  const one = isDescribed(said.what!, others) ? `${withArticle(singularPhrase(said.what!))}, ` : ''
  return [
    `${crowd(said.who!)} can add, see, change and delete their own requests`,
    `Each request has ${one}${said.fields}`,
  ]
}
