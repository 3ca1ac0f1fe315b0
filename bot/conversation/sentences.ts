import type { IntentContext } from './intents.ts'
import { stripName } from './names.ts'

/** Who may do what: "helpers can delete their own registrations", "only coaches may cancel", "nobody signs up twice". */
const rights =
  /^(?:only |all |every |each |any |an? |the |no )?(?:(?!(?:where|that|which|who|whose|in|with|to) )[\p{L}-]+ ){0,3}?(?!(?:i|we|you|it|this|that|what|who|how|when|where|which) )[\p{L}-]+ (?:can|may|must|cannot|can't|can not|should|shouldn't|need to|needs to|has to|have to|(?:is|are) (?:not )?(?:allowed|able|permitted|forbidden) to)(?: |$)/u

/** What happens when: a clause that says when, and what then; an auxiliary right behind the first word would ask. */
const happens =
  /^(?:when|whenever|if|once|unless|as soon as|as long as|after|before|where|should)(?! (?:do|does|did|is|are|was|were|will|would|can|could|should|has|have|may|must)\b) /

/** "do not show phone numbers", "have managers approve": an order, though it begins like a question. */
const orders = /^(?:do not|don't|does not|doesn't|have (?!i\b|we\b|you\b|they\b|all\b|any\b))/

/**
 * Whether a sentence says how a system behaves or who may do what, rather than asks it or wishes for a system; `sentence`
 * is the text in lower case, without its closing signs.
 */
export const saysHow = (text: string, sentence: string): boolean => {
  if (/\?\s*$/.test(text)) return false
  if (orders.test(sentence)) return true
  if (/^(?:can|could|may|should|must) /.test(sentence)) return sentence.startsWith('should ') && sentence.includes(',')
  // "where is …" and "when does …" ask; so does a clause that no other follows.
  if (/^(?:when|where)\b/.test(sentence))
    return happens.test(sentence) && /,| then | (?:should|must|may|is|are|gets?) /.test(sentence)
  return happens.test(sentence) || rights.test(sentence.split(/[.;:]/)[0]!)
}

const decides = /^(?:i )?(?:approve|reject|decline|confirm|accept|discard|cancel)\b(?: (?<rest>.+))?$/
/** What only a card is called, or what its buttons say. */
const ofCards =
  /^(?:and (?:hide|show)\b.*|(?:(?:the|this|that|my|its) )?(?:blueprint|draft|proposal|change|changes|request|removal|deletion|build|card)(?: (?:#?\d+|of .+|for .+))?|(?:the |my )?[\p{L}\d -]{1,40} (?:blueprint|draft|proposal))$/u

/** Whether a sentence is for the button of a card, whether one waits or not; `sentence` is in lower case. */
export const isDecision = (sentence: string, context: IntentContext): boolean => {
  const rest = decides.exec(sentence)?.groups?.rest
  if (rest === undefined) return false
  if (ofCards.test(rest) || stripName(rest, context).kind === 'system') return true
  // "cancel orders after a week" is a wish; "cancel membership" names something that is not there.
  return /^[\p{L}\d'"-]+(?: [\p{L}\d'"-]+){0,2}$/u.test(rest) && !context.mentions(rest)
}
