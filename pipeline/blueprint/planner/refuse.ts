import type { Sketch } from './resolve/sketch.ts'
import type { PlanResult } from './result.ts'

const example =
  'For example: "Build me a todo API with user authentication", or "Track our tools: name, serial number, location and whether they are lent out".'

const harmful: readonly RegExp[] = [
  /\b(?:ransomware|malware|spyware|keylog\w*|rootkits?|botnets?|trojans?|computer (?:virus|worm)|stalkerware|ddos|denial[- ]of[- ]service|exploit kits?|credential stuffing|carding)\b/i,
  /\b(?:phish\w*|scam(?:ming|s)?(?: people| victims| emails?)?|spoof(?:ed)? (?:bank|login)|fake (?:login|bank) (?:pages?|sites?)|identity theft)\b(?!.*\b(?:report|protect|awareness|training|detect)\w*)/i,
  /\b(?:steal|stolen|harvest|skim|crack|dump|grab)(?:ing|s|ed)?\b.{0,40}\b(?:passwords?|credentials?|credit cards?|card numbers?|identit\w+|logins?|accounts?|cookies|personal data)\b/i,
  /\b(?:stolen|hacked|leaked) (?:credit cards?|passwords?|credentials?|accounts?|identit\w+|data)\b/i,
  /\b(?:stalk(?:ing)?|spy(?:ing)? on|secretly (?:track|record|monitor|follow)|track (?:my|her|his) (?:ex|girlfriend|boyfriend|wife|husband|partner)|without (?:her|his|their) (?:knowledge|consent|knowing))\b/i,
  /\b(?:hack(?:ing)? into|break into|brute[- ]?force (?:passwords?|logins?)|bypass (?:paywalls?|drm|licen[cs]e))\b/i,
  /\b(?:build|make|sell|buy)\w*\b.{0,30}\b(?:bombs?|explosives|nerve agent|illegal (?:drugs|weapons|guns)|child porn\w*|csam|meth|cocaine|heroin)\b/i,
  /\b(?:drug (?:dealing|dealers?|trafficking)|human trafficking|money laundering|hitm[ae]n|doxx?(?:ing)?|revenge porn|swatting)\b(?!.*\b(?:report|prevent|victims?|support|awareness|detect)\w*)/i,
]

/** Returns a refusal where a text asks for something that harms people. */
export const refuseHarm = (text: string): PlanResult | undefined =>
  harmful.some((pattern) => pattern.test(text.slice(0, 12_000)))
    ? {
        kind: 'refusal',
        text: 'I will not build this: it is made to harm somebody.',
        help: `I gladly build something else. ${example}`,
      }
    : undefined

/** One sentence that asks; "can you …" and "what about …" are wishes in the form of a question. */
const asking =
  /^(?!(?:can|could|would|will) (?:you|we|i)\b|(?:what|how) (?:about|if)\b)(?:who|whose|what|which|how|where|when|why|can|may|does|do|did|is|are|was|were|has|have)\b[^.!?\n]*\?\s*$/i
/** One short sentence that orders something to be done to what exists. */
const ordering =
  /^(?:please\s+)?(?:(?:remove|delete|rename|erase|purge|destroy|uninstall|get rid of|roll ?back|undo|restart|redeploy|shut ?down|take down)\s+[^.,:;()\n]{1,60}|(?:stop|start|cancel|drop)\s+(?:the\s+)?[\w-]+(?:\s+(?:system|app|api|service|build))?)[.!]*\s*$/i

/** Returns a refusal where a text is about a system that exists: a question or an order, and no wish for a new one. */
export const refuseCommand = (text: string): PlanResult | undefined => {
  const sentence = text.trim()
  if (!asking.test(sentence) && !ordering.test(sentence)) return undefined
  return {
    kind: 'refusal',
    text: sentence.endsWith('?')
      ? 'This is a question about a system, and this thread has none yet.'
      : 'This is to be done to a system, and this thread has none that it fits.',
    help: `Name the system that you mean, or tell me what to build. ${example}`,
  }
}

/** What somebody feels, and what is to be more so: nothing that could be stored. */
const talking =
  /^(?:i|we|you|it|this|that)(?: (?:really|just|do|does|all))* (?:love|like|hate|adore|enjoy|miss|hope|guess|wonder|am|are|is|was|looks?|feels?|seems?|rocks?|sucks?|works?)\b(?!.*\b(?:can|must|may|should|have|has|need|want|store|keep|track|who|only|possible|allowed|forbidden|record(?:ed)?|stored|saved|noted|remembered|kept|told|notified)\b)[^.!?:,]{0,60}[.!]*$/i
const grading =
  /^(?:please )?make (?:the |a |my |our )?[\p{L}-]+(?: [\p{L}-]+)? (?:[\p{L}]{2,}er|more [\p{L}]+|less [\p{L}]+)[.!]*$/iu

/** Returns the friendly line for talk, which is no wish. */
export const refuseTalk = (text: string): PlanResult | undefined =>
  talking.test(text.trim()) || grading.test(text.trim())
    ? {
        kind: 'refusal',
        text: 'I found nothing in this that a system could keep or do.',
        help: `Say what it should store, and who may see or do what. ${example}`,
      }
    : undefined

/** Returns the friendly line for a text in which nothing to store was found. */
export const refuseNothing = (text: string, sketch: Sketch): PlanResult => {
  const missing =
    sketch.notCarried.length > 0 ? ` What I cannot build yet: ${sketch.notCarried.slice(0, 2).join(' ')}` : ''
  return {
    kind: 'refusal',
    text:
      text.trim() === ''
        ? 'There is nothing here to build yet.'
        : `I did not find anything in this that a system could keep.${missing}`,
    help: `Tell me what it should store, and who may see it. ${example}`,
  }
}
