import { linkNouns } from '../lexicon/verbs.ts'
import { plural, sentence, singular, withArticle } from './words.ts'

const logs =
  /^(?<who>(?:the |all |our )?(?:[\p{L}-]+ )?[\p{L}-]+s|we|i|people|staff) (?:can |must |should )?(?:log|record|note|note down|write down|enter|track|register|document)s? (?:each|every|all|the|an?) (?<thing>[\p{L}-]+(?: (?!given|taken|sold|made|done|used|with|that|which|they|we|i\b)[\p{L}-]+)?)(?: (?:given|taken|sold|made|done|received|used|(?:that )?(?:they|we|i) \p{L}+))?(?:: | with )(?<has>.+)$/iu

/** "Nurses log each dose given: medicine, amount in mg and time": what a dose has, and who enters it. */
export const logsEach = (text: string): string[] | undefined => {
  const { who = '', thing = '', has = '' } = logs.exec(text)?.groups ?? {}
  if (!thing || !/,| and /.test(has) || / (?:can|may|must|has|have|is|are) /i.test(has)) return undefined
  const one = singular(thing.toLowerCase())
  const fields = `${sentence(withArticle(one))} has ${has}`
  return /^(?:we|i)$/i.test(who) ? [fields] : [`${who} can create ${plural(one)}`, fields]
}

const hour = "\\d{1,2}(?::\\d\\d)?(?: ?(?:am|pm|o'clock|h))?"
const within = new RegExp(
  `^(?<deed>(?:[\\p{L}-]+ ){1,3}?(?:can |may )?(?<verb>book|reserve|rent|hire|borrow)s? (?!only\\b).{3,60}?),? (?<when>(?:only )?(?:between ${hour} and|from ${hour} (?:to|till|until)) ${hour}|(?:only )?on (?:weekdays|weekends|working days))$`,
  'iu',
)

/** "Members book a court for one hour between 8 and 22": what they do, and when that is. */
export const bookedWithin = (text: string, all: string): string[] | undefined => {
  const { deed = '', verb = '', when = '' } = within.exec(text)?.groups ?? {}
  const noun = linkNouns.get(verb.toLowerCase())
  // Where others book too, it says nothing of when those do.
  return noun && [...all.matchAll(new RegExp(`s (?:can |may )?${verb} `, 'gi'))].length === 1
    ? [deed, `${sentence(plural(noun))} are only possible ${when.replace(/^only /i, '')}`]
    : undefined
}

const after =
  /^after (?:the|an?|each|every|their) (?<thing>[\p{L}-]+(?: (?!the\b|all\b|its\b|an?\b)[\p{L}-]+)??),? (?<who>(?:the |all |its |an? )?[\p{L}-]+) (?:gets?|receives?|(?:is|are) sent) an? (?:[\p{L}-]+ )?(?:message|notification|note|mail|email|e-mail|thank-you)$/iu

/** "After the donation the donor gets a message". */
export const toldAfter = (text: string): string[] | undefined => {
  const { thing = '', who = '' } = after.exec(text)?.groups ?? {}
  return thing ? [`When ${withArticle(singular(thing.toLowerCase()))} is made, ${who} is told`] : undefined
}
