import { allOf } from '../../../../expressions/conjunction.ts'
import { sentence, singular } from '../../language/words.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { type Condition, conditionFor } from '../places/conditions.ts'
import { findPhrase } from '../places/phrase.ts'
import { verbOf } from '../states/verbs.ts'
import { sinceState } from './since-state.ts'

/** Rows in words: the model, and which of them, as a condition on `row`. */
export type Rows = { model: Found; row: string; where?: Condition }

const pronoun = /^(?:ones?|them|they|it|those|these)$/i
/** "that are not confirmed within 2 hours" */
const relative =
  /^(?:(?:that|which) (?:are|were|is|was|have|has) )?((?:un-?|non-?|not )(?:been )?[\p{L}-]+)(?: (?:within|in|for|after) .+)?$/iu
const participle = /^(?:un|non-?|not )[\p{L}-]+$/iu

/**
 * Finds the rows that words mean: "unpaid dues", "reservations not paid within 15 minutes", "logs older than 90 days". A
 * yes or no that they need and the model lacks is added. Undefined where the model or the condition is not clear.
 */
export const rowsOf = (draft: BehaviourDraft, said: string): Rows | undefined => {
  const words = said
    .trim()
    .replace(/^(?:(?:all|any|every|each|the|an?|of)\s+)+/i, '')
    .split(/\s+/)
  for (let i = words.length; i > 0; i -= 1) {
    const head = words.slice(0, i).join(' ')
    const tail = words
      .slice(i)
      .join(' ')
      .replace(/^(?:if|when|once|as soon as|after (?=they|it|the|its|their)|because)\s+/i, '')
      .replace(/^(?:if|when)\s+/i, '')
    const unless = /^unless\s+/i.test(tail)
    const found = pronoun.test(words[i - 1]!)
      ? pronounRows(draft, words.slice(0, i - 1).join(' '))
      : (findPhrase(draft, head) ?? (i === 1 ? rowsInState(draft, head) : undefined))
    if (!found || (pronoun.test(words[i - 1]!) && found.which === '' && tail === '')) continue
    const { model } = found
    const row = model.key.replace(/^(?:this|that|me|now|input|params|event)$/, 'row')
    const parts = [
      found.which,
      unless
        ? `not ${tail.replace(/^unless\s+/i, '').replace(/^(?:they|it) (?:are|is|have been|has been|were|was)\s+/i, '')}`
        : tail,
    ]
      // "with high priority not answered in 4 hours"
      .flatMap((part) =>
        part.split(
          /(?<!\b(?:is|are|was|were|be|been|has|have|had|that|which|who|still|and|or|but))\s+(?=not [\p{L}]+(?:ed|en)\b)/iu,
        ),
      )
      .filter((part) => part !== '')
    const since = sinceState(draft, model, parts, row)
    if (since) return { model, row, where: since }
    const conditions = parts.map(
      (part) => conditionFor(model, part, row) ?? made(draft, model, part, row) ?? stillOpen(draft, model, part, row),
    )
    if (conditions.some((one) => one === undefined)) continue
    const text = allOf(conditions.map((one) => one!.text))
    return { model, row, ...(text ? { where: { text, words: parts.join(' ') } } : {}) }
  }
  return undefined
}

/** "Drafts": what is in a state of that name, where one thing alone has it. */
const rowsInState = (draft: BehaviourDraft, said: string): { model: Found; which: string } | undefined => {
  const state = singular(said.toLowerCase())
  const isMeant = (value: string): boolean => value === state || verbOf(value) === state
  const having = draft
    .models()
    .filter(({ model }) =>
      Object.entries(model.fields).some(
        ([name, { values }]) => /(?:^|_)(?:status|state|stage)$/.test(name) && values?.some(isMeant),
      ),
    )
  const which = Object.values(having[0]?.model.fields ?? {}).flatMap(({ values }) => values?.filter(isMeant) ?? [])[0]
  return having.length === 1 && which ? { model: having[0]!, which } : undefined
}

/** "unpaid ones": the model last spoken of, else the one that has something of the kind. */
const pronounRows = (draft: BehaviourDraft, which: string): { model: Found; which: string } | undefined => {
  const it = draft.it()
  const candidates = [...(it ? [it] : []), ...draft.models()]
  const model = which ? candidates.find((one) => conditionFor(one, which, 'row') !== undefined) : it
  return (model ?? it) ? { model: (model ?? it)!, which } : undefined
}

/** "unpaid": a model without anything of the kind gets a yes or no. */
const made = (draft: BehaviourDraft, model: Found, part: string, row: string): Condition | undefined => {
  const said = relative.exec(part.trim())?.[1] ?? part.trim()
  if (!participle.test(said)) return undefined
  const name = said
    .toLowerCase()
    .replace(/^(?:un-?|non-?|not )(?:been )?/, '')
    .replace(/[ -]/g, '_')
  if (name.length < 4 || !/(?:ed|en|id|ive|sent|read|done|ld|nt)$/.test(name)) return undefined
  draft.ensureField(model, name, { type: 'bool', default: false })
  draft.assume(`${sentence(model.words)} entries say whether they are ${name.replaceAll('_', ' ')}.`)
  return conditionFor(model, part, row)
}

const money = /(?:^|_)(?:invoice|bill|due|fee|fine|payment|premium|rent|instal+ment|contribution|charge)$/
const open =
  /^(?:(?:that|which) )?(?:(?:are|is|stays?|remains?|have been|has been) )?(?:still )?(?:open|outstanding|unsettled|pending)( for .+| since .+| after .+)?$/iu

/** "Open for more than 14 days": what is to be paid is not paid, anything else is not closed. */
const stillOpen = (draft: BehaviourDraft, model: Found, part: string, row: string): Condition | undefined => {
  const found = open.exec(part.trim())
  if (!found) return undefined
  const name = money.test(model.key) ? 'paid' : 'closed'
  if (conditionFor(model, `not ${name}`, row) === undefined) {
    draft.ensureField(model, name, { type: 'bool', default: false })
    draft.assume(`${sentence(model.words)} entries say whether they are ${name}; until then they are open.`)
  }
  return conditionFor(model, `not ${name}${found[1] ?? ''}`, row)
}
