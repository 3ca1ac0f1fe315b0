import { plural, singular } from './words.ts'

const verbs =
  '(?:rate|review|like|upvote|vote for|vote on|favou?rite|bookmark|star|heart|endorse|comment on|recommend|score|judge)'
const thing = '[\\p{L}-]+(?: (?!of\\b|from\\b|but\\b|and\\b|by\\b|with\\b)[\\p{L}-]+)?'
const acts = new RegExp(
  `^(?<lead>(?<who>(?:the |all |other )?(?:[\\p{L}-]+ )?(?:[\\p{L}-]+s|people|staff|everyone|everybody))(?<can> can| may)? (?:(?<first>[^.;]{3,90}?),? (?:and|or) (?:can |also |may )*)?)(?<verb>${verbs}) (?<object>(?<whose>(?:other|each other|one another)(?: [\\p{L}-]+)?['’]s?|others['’]?|other people['’]s|someone else['’]s) (?<theirs>${thing})|(?:the )?(?<of>${thing}) (?:of|by|from) (?:others|other [\\p{L}-]+|each other|someone else)|(?:an? |the |other |all )?(?<any>${thing}))(?<more> (?:from|with|on|between|once|only once|at most once)\\b[^,;]*)?(?<not>,? but (?:not|never) (?:for |on |in |to )?(?:their|his or her) own(?: ones?| [\\p{L}-]+)?)?$`,
  'iu',
)

/** "Members rate others' photos", "users can upvote ideas, but not their own": what they may, and what they may not. */
export const othersOnly = (text: string): string[] | undefined => {
  const found = text.length > 240 ? undefined : acts.exec(text)?.groups
  if (!found) return undefined
  const named = found.theirs ?? found.of
  if (!named && !found.not) return undefined
  const things = plural(singular((named ?? found.any!).toLowerCase()))
  if (/^(?:it|them|they)s?$/.test(things)) return undefined
  const who = found.who!
  return [
    ...(found.first ? [`${who}${found.can ?? ''} ${found.first}`] : []),
    `${who} can ${found.verb} ${things}${found.more ?? ''}`,
    `${who} can not ${found.verb} their own ${things}`,
  ]
}
