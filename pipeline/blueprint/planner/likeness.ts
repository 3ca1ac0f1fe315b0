import { asksForBehaviour } from './behaviour/take.ts'
import { pureSystemWords } from './lexicon/system-words.ts'
import { statementsIn } from './read/read.ts'

/** Signs of a wish for a new system, of a change, and of talk or questions, each with its weight. */
const newSigns: readonly (readonly [RegExp, number])[] = [
  [
    /\b(?:build|create|make|develop|generate|design|scaffold|set up|spin up|code|write)\b(?:\s+(?:me|us|up|for me|for us|out))*\s+(?:an?|some|the|my|our)?\s*(?:[\p{L}'-]+\s+){0,6}?(?:api|apis|app|application|system|service|backend|tracker|manager|tool|platform|site|website|database|server|planner|catalog|catalogue|crm|blog|shop|store|forum|board|registry|directory|inventory|diary|journal)\b/iu,
    0.95,
  ],
  [/\b(?:build|create|make)\s+(?:me|us)\b/i, 0.85],
  [
    /^(?:(?:hi|hello|hey|so|ok)\b[\s,!]*)?(?:i|we)(?:\s+(?:would|'d))?\s+(?:want|need|like|are looking for|am looking for)\s+(?:to\s+(?:keep track of|track|store|manage|organi[sz]e|record|log|build|have|catalog\w*)|an?\b)/i,
    0.8,
  ],
  [
    /^(?:an?\s+|the\s+)?(?:[\p{L}'-]+\s+){0,5}(?:api|app|application|system|service|backend|tracker|manager|crm|platform|database|site)\b(?!\s*(?:status|logs?|is down|works?|broken|running))/iu,
    0.8,
  ],
  [/^(?:track|manage|store|keep track of|record|catalog(?:ue)?|organi[sz]e)\s+\S+/i, 0.75],
  [/^as an? [\p{L} ]+,?\s+i\s+(?:want|need|can|would like)/iu, 0.7],
  [/^[\p{L}' -]{2,40}\s*(?::|\()\s*[\p{L}_]+(?:\s+[\p{L}_]+){0,3}\s*,/iu, 0.7],
  [/\b(?:each|every|an?)\s+[\p{L}-]+\s+(?:has|have|should have|with)\s+(?:an?|the|many|several)\b/iu, 0.6],
  [/^(?:we (?:run|have|are)|i (?:run|have|am|own)|my|our)\b.{10,}/is, 0.5],
  [/\b(?:can|may)\s+(?:only\s+)?(?:see|view|create|add|edit|delete|book|borrow|read|post|manage)\b/i, 0.4],
]
const changeSigns: readonly (readonly [RegExp, number])[] = [
  [
    /^(?:(?:please|now|also|and|then|ok|okay|great|cool|nice|thanks|perfect)\b[\s,!.]*)*(?:add|remove|rename|drop|delete|change|replace|include|introduce|turn|convert|hide|sort|order|limit|allow|let|forbid|prevent|call it|name it|get rid of|take out|mark|give)\b/i,
    0.9,
  ],
  [
    /^(?:please\s+)?make\s+(?:it|them|this|everything|the\b|[\p{L} ]{2,30}\s+(?:required|optional|unique|public|private|mandatory|readable|visible))/iu,
    0.85,
  ],
  [/^(?:please\s+)?(?:set|default)\b.*\b(?:to|default)\b/i, 0.7],
  [
    /\b(?:can|could|would) you\s+(?:please\s+)?(?:also\s+)?(?:add|remove|rename|change|make|drop|include|let|allow)\b/i,
    0.9,
  ],
  [
    /\b(?:i|we)(?: would| 'd)?\s+(?:also\s+)?(?:want|need|like)(?: you)? to\s+(?:add|remove|rename|change|drop|include)\b/i,
    0.9,
  ],
  [
    /^(?:only|everyone|everybody|anyone|nobody|each|every|all|users?|admins?|managers?|members?)\b.*\b(?:can|may|should|must|only see|only be)\b/i,
    0.75,
  ],
  [/\bshould\s+(?:also\s+)?(?:be|have|get|default|belong|only)\b/i, 0.65],
  [
    /\b(?:also|too|as well)\b.*\b(?:need|want|have|has|store|add)\b|\b(?:need|want|have|has)\b.*\b(?:also|too|as well)\b/i,
    0.55,
  ],
  [/\b(?:must be|up to|at most|at least)\s+(?:unique|\d+)/i, 0.6],
  [/^make it\b/i, 0.7],
]
const talk =
  /^(?:(?:thanks?|thank you|thx|ty|ok(?:ay)?|cool|nice|great|awesome|perfect|hi|hello|hey|yo|good (?:morning|evening|afternoon)|lol|haha|yes|no|yep|nope|sure|hm+|status|logs?|help|cancel|stop|start|restart|approve|reject|builds?|cost|files?|url|link|docs?|roll ?back|remove|ping|bye|undo|done|wow|sorry|never mind|nevermind)\b[\s,!.?:)]*)+$/i
const commandTalk =
  /^(?:show|list|give|get|see|display|tell|open|download)\s+(?:me\s+)?(?:us\s+)?(?:the\s+|all\s+|its\s+|my\s+)?(?:logs?|status|files?|builds?|cost|costs|urls?|links?|docs?|diagram|picture|blueprint|history|errors?|code|source|help|endpoints?|systems?|architecture|yaml|diff|zip|about)\b/i
const operation =
  /^(?:please\s+)?(?:stop|start|restart|roll ?back|undo|deploy|redeploy|approve|reject|cancel|retry|promote|shut ?down|take down)\b(?:\s+(?:it|this|the (?:system|app|api|service|build|deployment|last (?:build|change))|to .*|everything|now|please|last .*|previous .*|that))*[.!?]*$|^(?:remove|delete|destroy) (?:it|this|the (?:system|app|api|service)|everything)[.!?]*$/i
const question = /^(?:what|who|where|when|why|how|which|is|are|does|do|did|has|have|was|were|am|will)\b/i

/** Returns how much a message reads like a wish for a new system and like a wish to change one, 0 to 1 each. */
export const likeness = (text: string): { newSystem: number; change: number } => {
  const plain = text
    .slice(0, 4000)
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/\s+/g, ' ')
    .trim()
  if (!/\p{L}{2}/u.test(plain) || talk.test(plain) || commandTalk.test(plain) || operation.test(plain))
    return { newSystem: 0, change: 0 }
  const asks =
    question.test(plain) &&
    (/\?\s*$/.test(plain) || /^(?:what|who|where|when|why|how|which)\b/i.test(plain)) &&
    !/^(?:how about|what about|what if)\b/i.test(plain)
  if (asks && plain.length < 200) return { newSystem: 0.05, change: 0.05 }
  const score = (signs: readonly (readonly [RegExp, number])[]): number =>
    signs.reduce((best, [pattern, weight]) => (weight > best && pattern.test(plain) ? weight : best), 0)
  let newSystem = score(newSigns)
  let change = score(changeSigns)
  if (change < 0.75 && newSystem < 0.75 && asksForBehaviour(statementsIn(plain).slice(0, 1))) change = 0.75
  if (newSystem === 0 && change === 0 && namesSystem(plain)) newSystem = 0.5
  if (
    /\b(?:another|new|different|second|separate)\s+(?:[\p{L}-]+\s+){0,3}(?:system|api|app|service|project)\b/iu.test(
      plain,
    )
  )
    newSystem = Math.max(newSystem, 0.9)
  if (change >= 0.85 && newSystem < 0.95) newSystem = Math.min(newSystem, 0.3)
  if (newSystem >= 0.95) change = Math.min(change, 0.3)
  return { newSystem, change }
}

const namesSystem = (plain: string): boolean =>
  plain
    .toLowerCase()
    .split(/[^\p{L}-]+/u)
    .some((word) => pureSystemWords.has(word))
