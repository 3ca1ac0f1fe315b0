import type { Intent, IntentContext } from './intents.ts'
import { saysHow } from './sentences.ts'

const asks =
  /^(?:what|who|whose|whom|which|where|when|why|how|does|do|is|are|can (?:i|anyone|anybody|everyone|everybody|users?|admins?|people|someone|somebody|the|a|an|they|[a-z]+s)\b|may|should|could (?:i|anyone)|will|was|were|has|have|tell me (?:what|who|which|how|about))\b/
const wishes =
  /^(?:what|how) (?:about|if)\b|^(?:can|could|would|will) (?:you|we)\b|^(?:why (?:not|don'?t))\b|^is it possible to\b/

/** Whether a sentence, in lower case, asks something rather than wishes for it. */
export const isAsking = (sentence: string): boolean => asks.test(sentence) && !wishes.test(sentence)

const tells =
  /^(?:please )?(?:show|list|report|sort|hide|display|send|tell|notify|remind|rename|remove|delete|count|export|limit|require|forbid|email|archive|calculate|compute) (?:\S+ )+\S+$/

/** Whether a sentence, in lower case, is a wish by its form, as no answer to a question has it: "show defects per month". */
export const isOwnWish = (sentence: string): boolean => tells.test(sentence)

/** What people call a whole program. */
const whole =
  '(?<whole>system|app|application|api|service|tool|web ?site|site|web ?app|platform|software|backend|microservice|tracker|planner|crm|wiki|manager|database|directory|catalogue|catalog|help ?desk)'

const another = /\b(?:another|new|second|separate) (?<whole>system|app|application|api|service)\b/
const asksForOne = new RegExp(
  `^(?:[a-z' ]{0,30} )?(?:build|create|make|develop|design|draft|generate|set up|need|want|like)(?: me| us)? (?:an?|another|one more|some)(?: \\S+){0,4}? ${whole}s?\\b`,
)
/** "Podcast directory. …", "A recipe app with login": nothing but names before it. */
const headline = new RegExp(
  `^(?:an? )?(?:(?!(?:an?|the|in|on|to|of|for|from|with|by|at|and|or|it|as|is|are|can|may|must|also|has|have) )[\\p{L}\\d'-]+ ){0,3}?${whole}(?=[.:,;(]| (?:for|with|where|that|in which) |$)`,
  'u',
)
const orders =
  /^(?:[a-z' ]{0,20} )?(?:(?:build|code|scaffold)(?: me| us)?|(?:create|make|develop|design|draft|generate|write|set up|spin up) (?:me|us)) (?:an?|another|some|my|our|the) (?<what>.+)$/s
const needs =
  /^(?:i|we)(?: would|'d)? (?:want|need|like|(?:am|are|'m|'re) looking for)(?: to (?:build|have|get))? an? (?<what>.+)$/s
const named = /^(?:an?|my|our) (?<what>.+)$/s
/** A name, and what goes on there: "library where members borrow books", "clinic: pets have visits". */
const unfolded =
  /^(?<name>(?:[\p{L}\d'/-]+ ){0,4}?[\p{L}\d'/-]+)(?:,? (?:where|in which|whose|to (?:manage|track|store|record|keep)|for (?:managing|tracking|storing|recording|keeping)) |: (?:[^\s,;]+ ){2})/u

/** Says that something comes to what is there. */
const adds =
  /\b(?:also|as well|additionally|in addition|furthermore|moreover|besides|on top of that)\b|\btoo(?=$|[,.;])/
/** "We need a waiting list": what is missed in what is there. */
const misses = /^(?:i|we)(?: would|'d)? (?:want|need|like|miss) (?!to |you )/
/** Speaks of what is there without naming it, or of whoever has an account. */
const pointsBack =
  /^(?:it|its|they|their|these|those|this|there|everyone|everybody|anyone|anybody|nobody|no one|all of them|(?:the |all )?(?:users?|admins?|administrators?)) /
/** What opens a description rather than says something: "flashcards. front, back", "invoices with a number". */
const opens = /^(?!(?:we|i|you) )(?:[\p{L}\d'-]+ ){0,2}[\p{L}\d'-]+(?:[.:(]| with |,? \()/u

/** From here on a text says by its form that it changes something: "add …", "rename …", "only admins may …". */
const CLEARLY_A_CHANGE = 0.7
/** From here on it has the form of a wish for a system. */
const LIKE_A_SYSTEM = 0.2

const firstOf = (sentence: string): string => sentence.split(/[.;\n](?:\s|$)/)[0]!

/** Whether a sentence asks for a program as such, and not for one of the tools or services that the system at hand is about. */
const asksForAnother = (sentence: string, mentions: IntentContext['mentions']): boolean => {
  const asked = (another.exec(sentence) ?? asksForOne.exec(sentence))?.groups?.whole
  return asked !== undefined && !mentions(asked)
}

/**
 * Whether a sentence begins a system in so many words: "build me another …", "a new app: …", "a library where …". What
 * has a word of the system at hand for its name is a part of that one: "make me a list of overdue loans".
 */
const beginsSystem = (sentence: string, mentions: IntentContext['mentions']): boolean => {
  if (asksForAnother(sentence, mentions) || headline.test(sentence)) return true
  const ordered = orders.exec(sentence)?.groups?.what
  const what = ordered ?? needs.exec(sentence)?.groups?.what ?? named.exec(sentence)?.groups?.what
  if (what === undefined) return false
  const name = unfolded.exec(what)?.groups?.name
  return name === undefined ? ordered !== undefined && !mentions(what) : !mentions(name)
}

/**
 * Whether a text orders something in its first sentence and goes on to describe it: "build me a bakery. bakers make orders".
 * Only what is ordered is looked at: what is said of it has words that systems share.
 */
const ordersAndDescribes = (sentence: string, mentions: IntentContext['mentions']): boolean => {
  const [first = '', ...rest] = sentence.split(/[.;\n](?:\s+|$)/)
  const what = orders.exec(first)?.groups?.what
  if (what === undefined || !rest.some((one) => one.trim() !== '')) return false
  return !mentions(what.replace(/,? (?:with|where|in which|for|that|to) .*$/, ''))
}

/** Returns what a text that is no command asks for: a new system, a change, an answer, or one of two that only a person can tell. */
export const wishIn = (text: string, sentence: string, context: IntentContext): Intent => {
  const { text: wish, system } = context.addressed(text)
  const { newSystem, change } = context.likeness(wish)
  const how = saysHow(text, sentence)
  const asking = isAsking(sentence) && !how
  if (system === undefined && context.current === undefined) {
    if (change >= CLEARLY_A_CHANGE && change >= newSystem && context.systems.length > 0)
      return { kind: 'change', text: wish }
    // With nothing there to change, the planner decides: it also says what is missing in one friendly line.
    return asking && newSystem === 0 ? { kind: 'unclear' } : { kind: 'new', text: wish }
  }
  const about = system ? { system } : {}
  const begins = beginsSystem(sentence, context.mentions)
  if (ordersAndDescribes(sentence, context.mentions)) return { kind: 'new', text: wish }
  // How a system behaves and who may do what is said of the one at hand; another one has to be asked for in so many words.
  if (how && !asksForAnother(sentence, context.mentions)) return { kind: 'change', text: wish, ...about }
  if (asking && !begins) return { kind: 'question', text: wish, ...about }
  if (begins) return { kind: 'new', text: wish }
  if (system !== undefined || isOfThread(wish, sentence, change, context))
    return { kind: 'change', text: wish, ...about }
  if (newSystem > LIKE_A_SYSTEM || context.makesSystem(wish))
    return { kind: 'either', text: wish, likelier: opens.test(sentence) ? 'new' : 'change' }
  if (/\?\s*$/.test(text)) return { kind: 'question', text: wish }
  return change > 0 || wish.split(/\s+/).length > 2 ? { kind: 'change', text: wish } : { kind: 'unclear' }
}

/** Whether a text is about the system of its thread: by its form, its words, or as it goes on from what is there. */
const isOfThread = (wish: string, sentence: string, change: number, context: IntentContext): boolean =>
  change >= CLEARLY_A_CHANGE ||
  adds.test(firstOf(sentence)) ||
  misses.test(sentence) ||
  pointsBack.test(sentence) ||
  context.mentions(wish)
