import { singular } from '../../language/words.ts'
import { baseVerb } from '../../lexicon/verbs.ts'
import { ask, type Draft, note } from '../draft.ts'
import { noticesThere } from '../notices-there.ts'
import { type RuleThere, rulesThere } from '../rules-there.ts'
import { findAnyField, findEntry } from '../view.ts'
import { problem } from './command.ts'

const noun = '(?:rules?|restrictions?|constraints?|conditions?|requirements?|checks?)'
const patterns: readonly RegExp[] = [
  `^${verb()} (?:the |that |this |any |our )?${noun} (?:that|which|about|against|for|on|of|saying|where(?:by)?|:) ?(?<said>.+)$`,
  `^${verb()} (?:the |that |this |any |our )?(?<said>[\\p{L}\\d][^:]{1,60}?)[ -]${noun}(?: again| please| altogether| completely)?$`,
  `^(?:the )?${noun} (?:that|about|against|for|on) (?<said>.+?) (?:is|are) (?:no longer|not) (?:needed|wanted|necessary|valid)(?: any ?more)?$`,
  `^${verb()} (?:the |that |this |all |any |our )?(?<said>${noun})$`,
].map((text) => new RegExp(text, 'iu'))

const byItself = '(?:flag|mark|cancel|clos|archiv|expir|block|lock|suspend|remind|delet|anonymi[sz])'
/** "No longer flag unpaid dues on Mondays", "unpaid dues are no longer flagged": what happens by itself no longer does. */
const stops: readonly RegExp[] = [
  `^(?:please )?(?:stop|no longer|do not|never)(?: automatically)? (?<said>${byItself}[a-z]* .+?)(?: automatically)?(?: any ?more| any longer| again)?$`,
  `^(?<said>.+? (?:are|is|get|gets) no longer (?:automatically )?${byItself}[a-z]*(?: .+)?)$`,
].map((text) => new RegExp(text, 'iu'))

function verb(): string {
  return '(?:please )?(?:remove|delete|drop|get rid of|lift|scrap|abolish|lose|take (?:away|out|back)|undo|cancel|forget|turn off|switch off|disable|(?:we |i )?(?:do not|no longer) (?:need|want))'
}

const small =
  /^(?:the|an?|that|which|of|for|to|be|is|are|can|may|must|not|cannot|never|only|no|and|or|in|on|at|by|with|their|his|her|its|it|they|before|until|after|than|as|long|rule|any|all|each|every|per|has|have|one|two|same|this|restriction|constraint|condition|requirement|check)$/

const contentOf = (text: string): Set<string> =>
  new Set(
    (text.toLowerCase().match(/[\p{L}\d]+/gu) ?? [])
      .filter((word) => !small.test(word))
      .map((word) => {
        const stem = singular(word).replace(/(?:ation|ing|ed)$/, '')
        return baseVerb(stem).replace(/e$|(?<=([lmnprt]))\1$/, '')
      }),
  )

/** Ends what a timer does, where the words fit one alone; what else is no longer done is a right that is taken away. */
const endTimer = (draft: Draft, said: string): boolean => {
  const fitting = bestOf(
    rulesThere(draft.architecture).filter(({ text }) =>
      /^(?:every|each|on |at |.+ (?:are|is) (?:flagged|marked|cancel|clos|archiv|block|lock|suspend|delet|remind))/i.test(
        text,
      ),
    ),
    said,
  )
  const [rule] = fitting
  if (!rule || fitting.length > 1) return false
  rule.remove()
  note(draft, `No longer a rule: ${rule.text}`)
  return true
}

/**
 * "Remove the cancel rule", "drop the rule that bookings must not overlap": takes the rule away whose words fit best. Of
 * several that fit equally it asks which; where none fits it says which there are. Returns false for other sentences.
 */
export const removeRule = (sentence: string, draft: Draft): boolean => {
  const text = sentence.trim().replace(/[.!]+$/, '')
  const saidIn = (some: readonly RegExp[]): string | undefined =>
    some.map((pattern) => pattern.exec(text)?.groups?.said).find((found) => found !== undefined)
  const ended = saidIn(stops)
  if (ended !== undefined && endTimer(draft, ended)) return true
  const said = saidIn(patterns)
  if (said === undefined || isStored(draft, sentence)) return false
  const rules = [...rulesThere(draft.architecture), ...noticesThere(draft.architecture)]
  const fitting = bestOf(rules, said)
  const rule = fitting.length > 1 ? chosen(draft, fitting) : fitting[0]
  if (!rule) return draft.questions.length > 0 || nothingFits(draft, said, rules)
  rule.remove()
  note(draft, `No longer a rule: ${rule.text}`)
  return true
}

/** "Remove the condition" of bikes that have one: no rule is meant. */
const isStored = (draft: Draft, sentence: string): boolean => {
  const words = sentence.replace(new RegExp(`^${verb()} (?:the |all )?`, 'i'), '')
  return (
    new RegExp(`${noun}$`, 'i').test(words) &&
    (findEntry(draft.architecture, words) !== undefined || findAnyField(draft.architecture, words).length > 0)
  )
}

/** The rules that share most words with what was said, at least half of them. */
export const bestOf = (rules: readonly RuleThere[], said: string): RuleThere[] => {
  const wanted = contentOf(said)
  if (wanted.size === 0) return [...rules]
  const scores = rules.map((rule) => {
    const words = contentOf(rule.words)
    return [...wanted].filter((word) => words.has(word)).length
  })
  const best = Math.max(0, ...scores)
  return best * 2 < wanted.size || best === 0 ? [] : rules.filter((_, at) => scores[at] === best)
}

/** Returns the one that shall go, or asks which. */
export const chosen = (
  draft: Draft,
  rules: readonly RuleThere[],
  text = 'Which rule shall go?',
): RuleThere | undefined => {
  const value = ask(draft, {
    id: 'remove_rule',
    text,
    choices: rules.slice(0, 4).map(({ text: label }, at) => ({ label, value: `rule_${at + 1}` })),
  })
  return rules.find((_, at) => value === `rule_${at + 1}`)
}

const nothingFits = (draft: Draft, said: string, rules: readonly RuleThere[]): true =>
  problem(draft, {
    text: `There is no rule “${said.replace(/^(?:that|which)\s+/i, '')}” in this system.`,
    help: rules.length > 0 ? `Its rules are: ${rules.map(({ text }) => text).join(' ')}` : 'It has no rules yet.',
  })
