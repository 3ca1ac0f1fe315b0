import { plain } from '../chat/plain.ts'
import { commandIn } from './commands.ts'
import { isPraise, isUnsure, wantsSurface, withoutPause } from './musings.ts'
import type { Names } from './names.ts'
import { isDecision } from './sentences.ts'
import { wishIn } from './wishes.ts'

/** What can be done to a system that exists. */
export type Lifecycle = 'stop' | 'start' | 'restart' | 'rollback' | 'remove' | 'purge'
/** What is only read. */
export type Reading = 'status' | 'logs' | 'cost' | 'files' | 'download' | 'builds' | 'changes' | 'open'
export type Talk = 'hello' | 'help' | 'thanks' | 'systems' | 'unclear' | 'unsure' | 'surface'

/** What a person wants, decided from words alone. `system` is a slug, where one was named. */
export type Intent =
  | { kind: 'new'; text: string }
  | { kind: 'change'; text: string; system?: string }
  /** Said in the thread of a system, and may be a change of it as well as another system; `likelier` stands first. */
  | { kind: 'either'; text: string; likelier: 'new' | 'change' }
  | { kind: 'question'; text: string; system?: string }
  | { kind: 'approve' }
  | { kind: 'cancel' }
  /** Words for the button of a card, which may wait or not: "approve and hide 'backs'", "reject blueprint 2". */
  | { kind: 'decision'; verb: 'approve' | 'cancel'; said: string }
  | { kind: Lifecycle; system?: string; unknown?: string; build?: number | 'next' | 'newest' }
  | { kind: Exclude<Reading, 'logs'>; system?: string; unknown?: string }
  /** `build`: what the checks of a build printed, rather than what the system writes. */
  | { kind: 'logs'; system?: string; unknown?: string; build?: number | 'last' }
  | { kind: 'systems'; search?: string; archived?: boolean }
  | { kind: Exclude<Talk, 'systems'> }

export type IntentContext = Names & {
  /** Whether a blueprint waits for approval, a build runs: they give "yes" and "stop" their meaning. */
  proposal: boolean
  building: boolean
  likeness: (text: string) => { newSystem: number; change: number }
  /** Whether a text uses words of the current system: what it stores, and its fields. */
  mentions: (text: string) => boolean
  /** Whether the planner can make a system of a text. */
  makesSystem: (text: string) => boolean
}

const approvals =
  /^(?:approved?|i approve|lgtm|ship it|build it|go|go ahead|do it|make it so|deploy(?: it)?|looks (?:good|great|fine|right)(?: to me)?|sounds good|perfect|accept(?:ed)?|let'?s (?:go|do it|build it))$/
const yes = /^(?:yes|y|yep|yeah|yup|sure|ok|okay|fine|please do|yes please|correct)$/
const cancels =
  /^(?:cancel(?: (?:it|this|that|everything|(?:the |this )?(?:build|request|change|blueprint|draft)))?|abort(?: (?:it|the build))?|reject(?:ed)?(?: it)?|never ?mind|forget (?:it|about it|that)|discard(?: it)?|(?:stop|kill|end) (?:the |this )?build(?:ing)?|stop it|no thanks|no thank you)$/
const no = /^(?:no|n|nope|nah|don'?t)$/
const greetings =
  /^(?:hi|hello|hey|hey there|hi there|hello there|good (?:morning|afternoon|evening|day)|howdy|greetings|yo|hola|moin)(?: (?:bot|there|all|everyone|autocoder))?$/
const thanks =
  /^(?:thanks?|thank you|thx|ty|cheers|great|awesome|nice|cool|wonderful|amazing)(?: (?:you|a lot|so much|very much|job|work))*$/
const helps =
  /^(?:help|help me|\?|what can (?:you|i) do(?: here| for me)?|how does this work|how do(?:es)? (?:i|this|it|you) (?:work|start|begin)|who are you|what are you|what is this|usage|commands|examples?|get started|how do i (?:start|begin|use (?:this|you)))$/
const lists =
  /^(?:(?:show|list|see)(?: me)? )?(?:all )?(?:the |my |our )?(?:systems?|apps?|apis?|projects?|services)$|^(?:what |(?:what|which) (?:systems?|apps?|apis?|projects?|services?) )(?:do (?:i|we) (?:already )?have|are there|is running|are running|runs?)$|^(?:list|ls)$/
const searches =
  /^(?:(?:show|list|find|see|search)(?: me)? )?(?:the |our |all )?(?:(?<archived>archived) (?:builds|systems)|builds(?= (?!of\b)\S)|systems(?= \S))(?: (?:like |named |called |of )?(?!(?:for|that|which|where|with|to|in)\b)(?<search>[\p{L}\d][\p{L}\d -]{0,59}))?$/u

/** Returns a sentence without politeness and closing signs, in lower case: what the rules look at. */
const bare = (text: string): string =>
  plain(text)
    .toLowerCase()
    .replace(/[‘’]/g, "'")
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^(?:please|pls|hey|ok|okay|so|now|then|and|well|@?autocoder)[,:]? (?=\S)/, '')
    .replace(
      /^(?:(?:can|could|would|will) you|(?:i|we)(?: would|'d)? (?:want|need|like) you to|you (?:should|must|have to)) (?:please )?(?=(?:stop|start|restart|show|list|cancel|delete|remove|roll|give|download|approve|open|undo|revert)\b)/,
      '',
    )
    .replace(/[\s.!?]+$/, '')
    .replace(/(?<=\S)[\s,]+(?:please|pls|thanks|thank you)$/, '')
    .replace(/[\s.!?,]+$/, '')
    .trim()

/** Returns what a message asks for. Commands are whole sentences; everything else is weighed as a wish or a question. */
export const decideIntent = (said: string, context: IntentContext): Intent => {
  const text = withoutPause(said)
  const sentence = bare(text)
  if (sentence === '') return { kind: /^\s*\?/.test(text) ? 'help' : 'unclear' }
  if (approvals.test(sentence) || (context.proposal && yes.test(sentence))) return { kind: 'approve' }
  if (cancels.test(sentence) || ((context.proposal || context.building) && no.test(sentence))) return { kind: 'cancel' }
  if (context.building && /^(?:stop|stop (?:it|now)|halt)$/.test(sentence)) return { kind: 'cancel' }
  if (helps.test(sentence)) return { kind: 'help' }
  if (greetings.test(sentence)) return { kind: 'hello' }
  if (thanks.test(sentence) || isPraise(sentence)) return { kind: 'thanks' }
  if (isUnsure(sentence)) return { kind: 'unsure' }
  if (wantsSurface(sentence, context)) return { kind: 'surface' }
  const list = listIn(sentence)
  if (list) return list
  if (isDecision(sentence, context))
    return {
      kind: 'decision',
      verb: /^(?:reject|cancel|decline|discard)/.test(sentence) ? 'cancel' : 'approve',
      said: sentence,
    }
  return commandIn(sentence, context) ?? wishIn(text, sentence, context)
}

/** What lists of systems are called; "builds of todo" and "builds" alone are about one system. */
const listIn = (sentence: string): Intent | undefined => {
  if (lists.test(sentence)) return { kind: 'systems' }
  const groups = searches.exec(sentence)?.groups
  if (!groups) return undefined
  const { archived, search } = groups
  return { kind: 'systems', ...(search ? { search } : {}), ...(archived ? { archived: true } : {}) }
}
