import type { IntentContext } from './intents.ts'

const great =
  '(?:great|good|nice|cool|perfect|awesome|wonderful|amazing|lovely|fantastic|excellent|brilliant|beautiful|fine|super|neat|well)'
const praises = new RegExp(
  `^(?:(?:thanks?|thank you|thx|cheers|wow|oh|ah|great|nice|cool|awesome)(?: (?:you|a lot|so much|very much|again))*[,.!;: -]*)?(?:(?:that|this|it)(?: (?:looks?|is|was|works?|sounds?|seems)|'s)|(?:looks?|works?|sounds?)|(?:you are|you're)|(?:i|we) (?:love|like) (?:it|this|that))(?: (?:really|so|very|just|pretty|quite|all|absolutely))*(?: ${great})?(?: (?:job|work|stuff|now|indeed|to me|to us|help|helpful))*$`,
)

/** Whether a sentence, in lower case and without its closing signs, only praises or thanks: "thanks, that looks great". */
export const isPraise = (sentence: string): boolean =>
  praises.test(sentence) &&
  (new RegExp(`\\b${great}\\b`).test(sentence) || /^(?:i|we) (?:love|like) |^thank/.test(sentence))

const pause = /^(?:h+m+|mm+|u+m+|u+h+|er+m*|erm)(?:[\s,.…!-]+|$)/i

/** Returns a text without the sound that it opens with: "hmm, add a due date". A sound alone stays. */
export const withoutPause = (text: string): string => text.trim().replace(pause, '') || text

const doubts =
  /^(?:(?:well|oh|ah|maybe|perhaps|honestly|sorry)[, ]+)*(?:(?:i am|i'm|we are|we're|im) )?(?:(?:still )?not (?:so |quite |really |entirely |completely |yet )?(?:sure|certain|convinced|happy)|unsure|undecided|confused)\b(?!.*(?:[.;]|\bbut\b|\bplease\b))/
const thinks =
  /^(?:well|h+m+|mm+|u+h+|u+m+|er+m*|interesting|maybe(?: later| not)?|perhaps|no idea|let me (?:think|see)(?: about (?:it|this|that))?|(?:i|we)(?:'ll| will| have to| need to|'d have to| must) think(?: about (?:it|this|that))?|(?:i|we) (?:don't|do not) (?:know|understand)(?: (?:yet|this|it|that))?|i don't like (?:it|this|that)|not (?:really|now|yet))$/

/** Whether a sentence only says that somebody has not made up their mind: "not sure about this". */
export const isUnsure = (sentence: string): boolean => doubts.test(sentence) || thinks.test(sentence)

const wanted =
  /^(?:[a-z' ]{0,20} )?(?:(?:want|need|like|have|get|build|make|create|add|give|design|develop)(?: me| us)?) (?<what>.+)$/
const devices =
  '(?:iphones?|ipads?|ios|android\\w*|(?:smart|mobile )?phones?|mobiles?|tablets?|watch(?:es)?|windows|macs?)'
const surfaces = new RegExp(
  `^(?:(?:an?|the|some|our|my|nice|good|simple|own) )*(?:(?:(?:mobile |native |phone )?(?:apps?|applications?|versions?|clients?)) (?:for|on) (?:(?:the|our|all|their|my) )*${devices}(?:(?: and |, | or )${devices})*|(?:mobile|iphone|ipad|ios|android|phone|native|desktop|smartphone) (?:apps?|applications?|versions?)|(?:web ?sites?|web ?pages?|landing pages?|home ?pages?|(?:user )?interfaces?|ui|guis?|front-?ends?|screens?))(?: (?:for|of|to) (?:(?:it|this|that|us|them)|(?:(?:our|the|my|all|your) )?[\\p{L}-]+))?$`,
  'u',
)

/**
 * Whether a sentence asks for nothing but what people look at: "we need an app for iPhones", "add a website". Before there
 * is a system, a website or screens may be one that is only named by its looks: there only an app for devices counts.
 */
export const wantsSurface = (sentence: string, { current, mentions }: IntentContext): boolean => {
  const what = wanted.exec(sentence)?.groups?.what
  if (what === undefined || !surfaces.test(what) || mentions(what)) return false
  return current !== undefined || new RegExp(`\\b${devices}\\b|\\b(?:native|desktop)\\b`).test(what)
}
