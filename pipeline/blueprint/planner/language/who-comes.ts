import { baseVerb, linkNouns } from '../lexicon/verbs.ts'
import { plural } from './words.ts'

const sees =
  /^(?<who>(?:all |the |any )*[\p{L}-]+(?: [\p{L}-]+)?) (?:can |may |should |must )?(?:also |then )?(?:sees?|views?|knows?|looks? up|finds? out) who (?:else )?(?:comes|is coming|is there|is in it|will come|takes? part|attends?|is attending|participates|is registered|has registered|registered|has signed up|signed up|signs up|is signed up|is going|goes|joins|joined|is joining|is booked in|has booked|booked|is enrolled|has enrolled|enrolled|said yes)(?: (?:to|for|in|on|at) (?<what>[^,;]{2,40}))?$/iu
const ties =
  /\b(?:can |may |should |must |and |up )?(?<verb>register|sign up|enrol|enroll|book|join|rsvp|attend|subscribe|apply|participate)s? (?:for|in|to|at|an?|the|[\p{L}]+s\b)/iu

/** Whether a sentence asks to see who takes part in something. */
export const asksWhoComes = (text: string): boolean => sees.test(text)

/**
 * Returns "everybody sees who comes" as what it is about: the rows that people make by saying that they come, where the text
 * (`all`) says how they do. What all see is for everybody who signs in.
 */
export const whoComes = (text: string, all: string): string[] | undefined => {
  const who = sees.exec(text)?.groups?.who
  const verb = who ? ties.exec(all.replace(text, ''))?.groups?.verb?.toLowerCase() : undefined
  if (!who || !verb) return undefined
  const noun = verb === 'sign up' ? 'registration' : linkNouns.get(baseVerb(verb))
  if (!noun) return undefined
  const crowd = /^(?:every(?:one|body)|any(?:one|body)|all|people)$/i.test(who)
  return [`${crowd ? 'Users' : who} can see all ${plural(noun)}`]
}
