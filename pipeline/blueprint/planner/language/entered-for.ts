import { isPersonNoun } from '../lexicon/people.ts'
import { addedBy, plural, singular, withArticle } from './words.ts'

const enters =
  /^(?<who>(?:the |all )?[\p{L}-]+s) (?:can |may )?(?:register|enter|nominate|submit|enrol|put in) (?:an? |their |one )(?<thing>[\p{L}-]+) (?:for|to|in) (?:an? |the )(?<of>[\p{L}-]+)(?:,? with (?<fields>.+))?$/iu

/** "Mushers register a team for a race with a name", where teams are not described besides: each is of the race, and has those. */
export const enteredFor = (text: string, all: string): string[] | undefined => {
  const said = enters.exec(text)?.groups
  if (!said?.fields) return undefined
  const [one, of] = [singular(said.thing!.toLowerCase()), singular(said.of!.toLowerCase())]
  const others = all.replace(text, '')
  if (isPersonNoun(one) || new RegExp(`\\b(?:${plural(one)} (?:have|with)|${one} (?:has|with))\\b`, 'i').test(others))
    return undefined
  return addedBy(said.who!, one, { of: withArticle(of), has: said.fields })
}
