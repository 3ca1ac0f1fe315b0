import type { Statement } from './statements.ts'
import { isPeople } from './turns/words.ts'

/** So far into a request people still say who they are and why they ask. */
const opening = 3

/** "A practice with several dentists": how many there are of those who work there says who is who. */
const staffed = (text: string): boolean =>
  [
    ...text.matchAll(
      /\b(?:several|many|some|two|three|four|five|six|seven|eight|nine|ten|twelve|\d+) (?:[\p{L}-]+ )??(?<who>[\p{L}-]+s)\b/giu,
    ),
  ].some((one) => isPeople(one.groups!.who!))

const greeting =
  /^(?:hi|hello|hey|dear [\p{L}]+|good (?:morning|evening|afternoon|day))(?: there| all| everyone| everybody| team)?\b[,!. ]*/iu
/** What says what is kept, who may do what or when something is so is more than talk. */
const meant =
  /[(:]|\b(?:can|may|must|should|only|each|every|per|has|have|their|until|if|when|whenever|before|after|nobody|not|never|gets?|without|log-?in|accounts?|with (?:an?|the|their|name|title))\b/i
const complaint =
  /\b(?:is|are|has become|have become|gets?|is getting|are getting) (?:such |quite |really |just )*(?:(?:an?|complete|total|real|big|bit of an?) )*(?:mess|chaos|chaotic|messy|nightmare|pain|hassle|disaster|too much|out of hand|confusing|complicated)\b|\b(?:lose|losing|lost|keep losing) (?:track|the overview|sight)\b/i
const asking =
  /,? (?:so|and) (?:please )?(?:we |i )?(?:(?:please )?(?:make|build|give|help|create)(?: for)? (?:us|me)|need|want|would like|are looking for|look for)(?: (?:something|some help|a tool|an app|a system|a solution|help|one|it))?(?: (?:better|simple|easy|for (?:it|that|this)))?$/i
const we =
  '(?:(?:my|our) [\\p{L}-]+ and (?:i|me|myself)|(?:i|me) and my [\\p{L}-]+|we|i|the (?:two|three|four|five|six|ten) of us)'
/** Who speaks and what they do all day: "my sister and I collect records". */
const about = new RegExp(
  `^${we} (?:also |just |mostly |still )?(?!(?:need|want|would|like|record|note|store|track|save|log|enter|write|see|know|keep|require|wish|add|register|count|measure|plan|book)\\b)[\\p{L}]+\\b`,
  'iu',
)
const number = '(?:\\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|a dozen|several|a few|some|many)'
/** "Six households in our street share two cars": whose system it is. */
const shares = new RegExp(
  `^(?:(?:we are|there are) )?${number} (?:[\\p{L}-]+ ){1,2}(?:in|of|from|at|on) (?:our|the|one|a) [\\p{L}-]+ (?:who |that )?(?:share|use|own|run|have)\\b`,
  'iu',
)
const wants =
  /^(?:i|we) (?:want|need|would like|am looking for|are looking for|look for)(?: to have)? (?:an? |some )?(?:[\p{L}-]+ ){1,4}(?:collection|app|tool|system|database|website|site|software|program|programme|register|tracker|planner|organi[sz]er)(?: for (?:my|our|the) [\p{L} -]{2,30})?$/iu
const needs =
  /^(?:i|we|(?:our|my|the) [\p{L}-]+(?: [\p{L}-]+)?) (?:urgently |really |just )?(?:need|want|would like|needs|wants)(?: to have)? (?:something|an? (?:new )?(?:place|tool|system|app|solution|home|overview|way)|some (?:help|order|overview))(?: (?:for (?:everything|it|that|this|all of it|all that)|simple|better|easy|new))?$/iu
const thereAre = /^there are (.+)$/i

/** "There are teachers, students and the office", where each is spoken of besides. */
const isCast = (text: string, others: string): boolean => {
  const cast = thereAre.exec(text)?.[1]?.split(/,? and |, /)
  return (
    cast !== undefined &&
    cast.length > 1 &&
    cast.every((one) => {
      const plain = one.replace(/^(?:the|our|an?) /i, '')
      const known =
        isPeople(plain) || /^(?:[\p{L}-]+ )?(?:office|kitchen|reception|desk|board|team|crew)$/iu.test(plain)
      return known && new RegExp(`\\b${plain.replace(/s$/i, '')}`, 'i').test(others)
    })
  )
}

/** Returns the sentences at the beginning of a request that only say who asks, and why. */
export const smallTalk = (statements: readonly Statement[]): Statement[] =>
  statements.slice(0, opening).filter((one) => {
    if (one.items) return false
    const text = one.text.replace(greeting, '').replace(/[\s.!]+$/, '')
    if (text === '' || complaint.test(text)) return !meant.test(text.replace(complaint, '').replace(asking, ''))
    const others = statements.flatMap((other) => (other === one ? [] : [other.text, ...(other.items ?? [])])).join('. ')
    if (isCast(text, others) || wants.test(text) || needs.test(text)) return true
    return (about.test(text) || shares.test(text)) && !meant.test(text) && !/,/.test(text) && !staffed(text)
  })

/** What a system is for, without a verb: "Lost and found office at a train station". */
export const isTitle = ({ text, items }: Statement): boolean =>
  !items &&
  text.split(/\s+/).length <= 10 &&
  !meant.test(text) &&
  !staffed(text) &&
  !/,|\b(?:is|are|be|will|want|need|track|manage|keep|build|make|create|add|store|show|list|see|sees|send|book|books|order|orders)\b/i.test(
    text,
  )
