import { pluralPhrase, singularPhrase } from './words.ts'

const reports =
  /\b[\p{L}-]+s (?:can |may )?report (?:an? |the |their )?(?<thing>[\p{L}-]+(?: (?!with\b|of\b|for\b|in\b|on\b|at\b|to\b|from\b|and\b|or\b|by\b|about\b)[\p{L}-]+)?)/iu
const own = /\b(their own|only their|their) reports?\b/iu

/** "Passengers report a lost bag. A passenger sees only their own reports": the bags, where nothing is said of reports. */
export const ownReports = (text: string, all: string): string[] | undefined => {
  if (
    !own.test(text) ||
    /\breports? (?:has|have|with)\b|\b(?:write|add|create|submit|file)s? (?:an? )?reports?\b/i.test(all)
  )
    return undefined
  const thing = reports.exec(all.replace(text, ''))?.groups?.thing
  return thing ? [text.replace(own, `$1 ${pluralPhrase(singularPhrase(thing.toLowerCase()))}`)] : undefined
}

const apart =
  /^(?<sees>(?<who>(?:the |all )?[\p{L}-]+s) (?:can |may )?(?:only )?sees? (?:only )?(?:all |their own |their |the )?[\p{L}-]+(?: [\p{L}-]+)?),? but (?:not|never) (?:the |its |their )(?<field>[\p{L}-]+(?: [\p{L}-]+)?)$/iu

/** "Clients see their own wigs but not the material cost", of which nothing is said besides: each half by itself. */
export const notThatField = (text: string, all: string): string[] | undefined => {
  const said = apart.exec(text)?.groups
  const last = said?.field?.toLowerCase().split(' ').at(-1)
  if (!said || !last || new RegExp(`\\b${last}`, 'i').test(all.replace(text, ''))) return undefined
  return [said.sees!, `${said.who} do not see the ${said.field}`]
}

/** "The offerer accepts one bid": whoever made the offer. */
export const offererOwns = (text: string, all: string): string[] | undefined =>
  /\bthe offerer\b/i.test(text) && /\boffers?\b/i.test(all)
    ? [text.replace(/\bthe offerer\b/gi, 'the owner')]
    : undefined
