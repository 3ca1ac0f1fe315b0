import type { Step } from '../../../../schemas/generated/architecture.ts'
import { toWords } from '../../names.ts'
import { plural, singular } from '../language/words.ts'
import type { Outcome, Read } from './behaviour.ts'
import type { BehaviourDraft } from './draft.ts'
import { addRule } from './rules.ts'

const said =
  /^(?<what>[\p{L}-]+s) in and out (?:change|changes|affect|adjust|update|alter|move) (?:the |its |their )?(?<value>[\p{L}]+(?: [\p{L}]+)?)(?: of (?:the |an? |its )?(?<thing>[\p{L}-]+))?(?<never>,? (?:(?:and|but|which) )?(?:it |the \p{L}+ )?(?:can |may |must )?(?:never|not) (?:be |go |fall |get |drop )?(?:below zero|below 0|negative|under zero|under 0))?$/iu

/**
 * "Movements in and out change the quantity; it can never go below zero": each movement is of an item, says which way it
 * goes and how much, and changes the number as it is made.
 */
export const readMovements: Read = (sentence) => {
  const { what = '', value = '', thing } = said.exec(sentence.replace(/;/g, ','))?.groups ?? {}
  if (!what) return undefined
  const one = singular(what.toLowerCase())
  return {
    said: sentence,
    rest: [`${plural(one)} have a direction (in, out) and a number of pieces`],
    after: 2,
    sure: true,
    apply: (draft) => apply(draft, one, value.toLowerCase(), thing),
  }
}

const apply = (draft: BehaviourDraft, what: string, value: string, thing: string | undefined): Outcome => {
  const movement = draft.findModel(what)
  const named = thing ? draft.findModel(thing) : undefined
  const holder = (named ? [named] : draft.models())
    .filter((model) => model.name !== movement?.name)
    .map((model) => ({ model, field: draft.findField(model, value) }))
    .find(({ model, field }) => /^(?:int|decimal)$/.test(model.model.fields[field ?? '']?.type ?? ''))
  if (!movement || !holder?.field) return { unresolved: `Nothing here has a number called ${value}.` }
  const { model, field } = holder
  const way = movement.model.fields.direction
  const amount = ['pieces', 'quantity', 'amount', 'number'].find((name) =>
    /^(?:int|decimal)$/.test(movement.model.fields[name]?.type ?? ''),
  )
  if (!way?.values?.includes('in') || !amount)
    return { unresolved: `It is not known which way ${plural(what)} go, and how much.` }
  const ref = draft.refFrom(movement, model) ?? draft.ensureRef(movement, model)
  const row = model.key
  const step: Step = {
    each: {
      as: row,
      model: model.name,
      where: `${row}.id == this.${ref}`,
      do: [
        {
          set: {
            of: row,
            values: {
              [field]: `this.direction == "in" ? ${row}.${field} + this.${amount} : ${row}.${field} - this.${amount}`,
            },
          },
        },
      ],
    },
  }
  const { on } = movement.model
  movement.model.on = { ...on, create: { ...on?.create, do: [...(on?.create?.do ?? []), step] } }
  addRule(model, {
    name: `enough_${field}`,
    message: `There is not enough ${toWords(field)} of this ${model.words}.`,
    check: `this.${field} >= 0`,
  })
  return {
    understood: [
      `A ${movement.words} in adds its ${amount} to the ${toWords(field)} of its ${model.words}, one out takes it away.`,
    ],
    assumptions: [`The ${toWords(field)} never goes below zero: what would take it there is refused.`],
  }
}
