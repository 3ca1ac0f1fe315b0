import type { Statement } from './statements.ts'
import { isPeople } from './turns/words.ts'
import { sentence, singular, withArticle } from './words.ts'

const list = /:|\b(?:has|have|with|keeps?|notes?|records?|stores?|wants?|needs?|enters?|writes?)\b/i

/** What is said in passing within a list of what something has, and names nothing more; each with what is left of it. */
const asides: readonly (readonly [RegExp, string | ((...found: string[]) => string)])[] = [
  // "tags like vegan, quick or dessert": examples of what will be entered
  [
    /\b((?:[\p{L}-]+ )?(?:tags|labels|keywords|categories|topics|hobbies|skills|allergies|ingredients|interests|languages|features|symptoms|tools|photos|pictures|documents|extras|options|[\p{L}-]*(?:tions|ments|ties)))(?:,)? (?:like|such as|eg|including) (?:the |an? )?[\p{L}-]+(?: (?!or\b|and\b)[\p{L}-]+)?(?:, [\p{L}-]+(?: (?!or\b|and\b)[\p{L}-]+)?)*,? (?:or|and) [\p{L}-]+(?: (?!and\b|with\b)[\p{L}-]+)?(?=[.;)]|$)/giu,
    '$1',
  ],
  // "the mechanic who works on it", "the members who took part": who it is, not what they do
  [
    /(?<=, |\band |\b(?:have|has|with|keep|keeps|note|notes|record|records|store|stores|want|enter): ?|\b(?:have|has|with|keep|keeps|note|notes|record|records|store|stores|want|enter) |: )((?:the|an?) )([\p{L}-]+) who (?:[\p{L}]+)(?: (?:on|for|with|at|in|to|part|care of|up|out|over))?(?: (?:it|them|this|there|the [\p{L}-]+))?(?=,|;|\.| and | or |$)/giu,
    (said, article, who) => (isPeople(who!) ? `${article}${who}` : said!),
  ],
  // "the vehicles used": which ones, where a count would be "the number of"
  [
    /\b(the )?([\p{L}-]+s) (?:used|involved|affected|present|taking part)(?=,|;|\.| and |$)/giu,
    (_, __, things) => things!,
  ],
  // "a date when their medical check expires", "a date from which on they should be drunk": what the date is called
  [
    /\ban? (?:date|day) (?:when|on which|until which|at which|where|that says when) (?:their|the|its|his|her|our) ([\p{L}-]+(?: [\p{L}-]+)?) (?:expires?|runs? out|ends?|begins?|starts?|is due)\b/giu,
    (said, what) =>
      `a ${what!.toLowerCase()} ${/expire|runs? out/i.test(said!) ? 'expiry' : /ends?$/i.test(said!) ? 'end' : /due$/i.test(said!) ? 'due' : 'start'} date`,
  ],
  [
    /\ban? (?:date|day) (?:(from) which(?: on)?|(until|by) which|(after|before) which) (?:they|it|he|she) (?:should|must|can|may|has to|have to)(?: be)? (?!not\b)([\p{L}]+)\b/giu,
    (_, from, until, after, done) => `a ${done!.toLowerCase()} ${from ?? until ?? after} (date)`,
  ],
  [
    /\ban? (?:date|day) until which (?:they|it|he|she) (?:must not|may not|can not|cannot|should not|are not allowed to)(?: be)? [\p{L}]+\b/giu,
    'a blocked until (date)',
  ],
  // "how many we have in stock"
  [
    /\bhow many (?:of (?:them|those|each|it) )?(?:we|i|there|they)(?: still| currently| now)? (?:have|own|got|are|keep)(?: left)? (?:in|on) stock\b/gi,
    'a stock',
  ],
  [
    /\bhow many (?:of (?:them|those|each|it) )?(?:we|i)(?: still| currently| now)? (?:have|own|got)(?: left| of (?:it|them))?(?=,|;|\.| and |$)/gi,
    'a count',
  ],
  [
    /\bhow many ([\p{L}-]+) (?:came|come|are coming|were there|took part|attended|participated|were taken|are expected|turned up|showed up)(?=,|;|\.| and |$)/giu,
    'the number of $1',
  ],
  [/\bon a scale (?:from|of) (?=\d)/gi, 'from '],
  [
    /\bhow many (?:of (?:them|those|each|it) )?(?:are|is) (?:still )?(?:left|available|there|in stock)(?=,|;|\.| and |$)/gi,
    'a count',
  ],
  // "every cat gets a file with a name and an age": what it has
  [
    /\b(gets?|has|have) (?:an? |their own |its own )(?:file|card|profile|page|sheet|dossier|folder|index card) with (?=[^.]+,)/giu,
    (_, verb) => (/s$/i.test(verb!) ? 'has ' : 'have '),
  ],
  // "CV as PDF"
  [/\b([\p{L}-]+) as (?:an? )?(PDF|PNG|JPE?G|MP3|MP4)s?(?: file)?\b/giu, '$1 ($2)'],
  [/\bfrom and to times?\b/gi, 'from, to'],
  [/\bfrom and to dates?\b/gi, 'a start date, an end date'],
]

/** Why somebody wants something: nothing that a system does. */
const purposes: readonly RegExp[] = [
  /,? so (?:that )?(?:we|i|they|everybody|everyone|nobody|people) (?:can|could|know|do not|don't|never|always|have|see)\b[^,]*$/i,
  /, for (?:the|our|my) (?:wages|taxes|tax|accounting|bookkeeping|payroll|records?|statistics|insurance|accountant|invoices)$/i,
]

/** "Dentists send us orders with a due date": to whoever looks after them. */
const toUs =
  /\b(?:send|give|bring|hand|email)s? (?:us|me|in) (?!(?:an? |their |the )?(?:webhooks?|messages?|emails?|updates?|links?|lists?|calls?|status)\b)(?=(?:an? |their |the )?[\p{L}-]+(?: [\p{L}-]+)? with )/giu

/** "Parents order a meal for each child", "owners book a walk for one of their dogs": each time it is for one of them. */
const forEach =
  /\b((?:book|order|reserve|request|rent|buy|make|schedule|arrange)s? (?:an? |one )(?:[\p{L}-]+ ){1,2})for (?:each (?:one )?of their|every one of their|one of their|any of their|each|every|their) (?!day\b|week\b|month\b|date\b|time\b)([\p{L}-]+)\b/giu

/** "Dog school: trainers, dogs and courses": what there is in a place that is called after some of it. */
const titled =
  /^(?:an? |our |my |the )?(?<kind>[\p{L}-]+) [\p{L}-]+: (?<things>(?:[\p{L}-]+ )?[\p{L}-]+s(?:, (?:[\p{L}-]+ )?[\p{L}-]+s)*,? and (?:[\p{L}-]+ )?[\p{L}-]+s)$/iu

/** "Small vineyard: we keep parcels": what is behind the colon is a sentence of its own. */
const titledSentence =
  /^(?:an? |our |my |the )?[\p{L}' -]{3,40}: (?=(?:we|i) (?:keep|have|sell|rent|lend|plan|need|want|run|offer|make|track|note|record)\b)/iu

const listedOf = (told: string): string => {
  const text = titledSentence.test(told) ? sentence(told.replace(titledSentence, '')) : told
  const { kind = '', things = '' } = titled.exec(text)?.groups ?? {}
  const own = things.split(/,? and |, /).map((one) => singular(one.toLowerCase()))
  return things !== '' && own.indexOf(singular(kind.toLowerCase())) > 0 ? `There are ${things}` : text
}

/** Returns the statements without what is said in passing. */
export const withoutAsides = (statements: readonly Statement[]): Statement[] =>
  statements.map((one, at) => ({
    ...one,
    text: plain(at === 0 && !one.items ? listedOf(one.text) : one.text),
    ...(one.items ? { items: one.items.map(plain) } : {}),
  }))

const plain = (text: string): string => {
  let said = text
  for (const pattern of purposes) if (!/^so\b/i.test(said)) said = said.replace(pattern, '')
  said = said.replace(toUs, 'submit ').replace(forEach, (_, deed, whom) => `${deed}for ${withArticle(singular(whom))}`)
  if (!list.test(said)) return said
  for (const [pattern, left] of asides) said = said.replace(pattern, left as string)
  return said
}
