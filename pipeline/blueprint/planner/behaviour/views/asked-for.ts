import { plural } from '../../language/words.ts'
import { baseVerb, linkNouns } from '../../lexicon/verbs.ts'
import { doerOf, withoutLead } from '../states/doers.ts'

const unit = '(day|week|month|year)'
/** "At year's end", "each month", "once a week": how often, which a report goes by. */
const often: readonly RegExp[] = [
  new RegExp(`^(?:at|by) the end of (?:the|each|every|a) ${unit},? `, 'iu'),
  new RegExp(`^at ${unit}'?s end,? `, 'iu'),
  new RegExp(`^(?:each|every|once (?:a|per|every)) ${unit},? `, 'iu'),
  new RegExp(`,? (?:each|every|once (?:a|per|every)|at the end of (?:the|each|every)) ${unit}$`, 'iu'),
]
/** What it is for: "so we can split the costs", "for the wages", "to do our taxes". */
const purpose =
  /,? (?:so (?:that )?(?:i|we|he|she|they|it|the [\p{L}-]+) (?:can|could|know|knows|may|do|does|have|has)\b.*|because .*|in order to .*|for (?:the|our|my|their|his|her) (?:wages?|payroll|taxes|tax|accounting|bookkeeping|invoices?|bills?|billing|statistics|books|records|newsletter|website|annual report|annual meeting|board|grant)|to (?:do|pay|split|plan|work out|prepare|settle|bill|share|write) .*)$/iu
const document =
  '(?:(?:an?|the|some|short|simple|nice|little) )*(?:report|list|overview|summary|table|chart|breakdown|statistics?|count|figures) (?:of|on|about|over|with|showing) (?:the )?'
/** Somebody wants to see it: "I'd also like to see", "the boss wants a report of", "the office needs". */
const wants =
  /^(?<who>i|we|(?:the |our |my )?(?!each\b|every\b|all\b|an?\b)[\p{L}-]+(?: [\p{L}-]+)?) (?:(?:also|then|always|really|just) )*(?:(?:would|'d) (?:(?:also|really) )?like|wants?|needs?|like|likes|should(?: be able)?|wishes|(?:has|have|gets?)(?= (?:an?|the) (?:[\p{L}-]+ )?(?:report|list|overview|summary|table|chart|breakdown|number|count|total)\b)|must(?: be able)?|is interested|are interested)(?: to (?:see|know|have|get|find out|be able to see))?(?: at a glance)? (?<what>.+)$/iu
const sees =
  /^(?<who>(?:the |our )[\p{L}-]+(?: [\p{L}-]+)?) (?:(?:also|only) )*(?:can )?(?:sees?|knows?) (?<what>.+)$/iu
/** What can be counted or added up, per something or not. */
const added =
  /^(?:how (?:many|much|often)\b|(?:the )?(?:(?:total|overall|average|exact) )*(?:number|count|amount|sum|total|average) of\b|(?:the )?(?:total|average) )|\bper\b/iu

/** What a report may say of what it goes by: "a list of hours for each member". */
const per = new RegExp(`${added.source}|\\b(?:for each|for every|by each|of each)\\b`, 'iu')

/**
 * Returns a wish for figures in the words of a report: "each month we need the kilometres per household, so we can split the
 * costs" is "Show the kilometres per household and month". Undefined where it is none, or says it so already.
 */
export const askedFor = (sentence: string): string | undefined => {
  const { text, by } = withoutTime(
    sentence
      .trim()
      .replace(/[.!]+$/, '')
      .replace(purpose, ''),
  )
  const found = wants.exec(text)?.groups ?? sees.exec(text)?.groups
  if (!found) return undefined
  const asked = found.what!.replace(new RegExp(`^${document}`, 'iu'), '')
  // What is wanted to be done, or described, is no figure.
  if (!(asked === found.what ? added : per).test(asked) || /^(?:to|an?|one) |[:(]/i.test(asked)) return undefined
  const who = withoutLead(found.who!.toLowerCase()).replace(/^(?:our|my) /, '')
  const viewer = /^(?:i|we|everyone|everybody)$/.test(who) ? undefined : doerOf(who)
  if (viewer === undefined && !/^(?:i|we|everyone|everybody)$/.test(who)) return undefined
  const figures = plainFigures(asked)
  // What goes by month goes by year too.
  const grouped =
    by === undefined || /\b(?:per|and) (?:hour|day|week|month|year)\b/i.test(figures) ? figures : withGroup(figures, by)
  return viewer ? `The ${who} can see ${grouped}` : `Show ${grouped}`
}

const withoutTime = (sentence: string): { text: string; by?: string } => {
  for (const pattern of often) {
    const [all, by] = pattern.exec(sentence) ?? []
    if (all && by) return { text: sentence.replace(all, ''), by: by.toLowerCase() }
  }
  return { text: sentence }
}

const withGroup = (figures: string, by: string): string =>
  /\bper\b/i.test(figures) ? `${figures} and ${by}` : `${figures} per ${by}`

/** "How much is still unpaid per client", "how many of each meal were ordered", "how much money we made per month". */
const plainFigures = (text: string): string =>
  text
    .replace(/\b(?:is|are|was|were) (?:still|currently|already|now) (?=[\p{L}]+ (?:per|by|for)\b)/giu, 'is ')
    .replace(/^how much money (?:we|i) (?:have )?(?:made|earned|took in|take in|make|earn)\b/i, 'the revenue')
    .replace(
      /^how many of each ([\p{L}-]+) (?:was|were|are|is|have been|has been|got) ([\p{L}]+)$/iu,
      (all, one: string, deed: string) => {
        const noun = linkNouns.get(baseVerb(deed.toLowerCase()))
        return noun ? `the number of ${plural(noun)} per ${one}` : all
      },
    )
    .replace(
      /^((?:the )?number of) ([\p{L}-]+s) ([\p{L}]+(?:ed|eld|ept|ent|old|one|aid|osed|ost)) (?=per\b)/iu,
      '$1 $3 $2 ',
    )
    .replace(/^how far (?:each|every|an?|the) ([\p{L}-]+) (?:has |have )?[\p{L}]+(?= per\b|$)/iu, 'the distance per $1')
    .replace(/^how long (?:each|every|an?|the) ([\p{L}-]+) (?:has |have )?[\p{L}]+(?= per\b|$)/iu, 'the hours per $1')
    .replace(/ per ([\p{L}-]+(?: [\p{L}-]+)?) per /giu, ' per $1 and ')
