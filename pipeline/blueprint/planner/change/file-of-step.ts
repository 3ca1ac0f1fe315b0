import { toWords } from '../../names.ts'
import { toName, withArticle } from '../language/words.ts'
import type { Draft } from './draft.ts'

const withStep =
  /^(?:the |all |our )?(?<who>[\p{L}-]+(?: [\p{L}-]+)?) (?:can |may |must |should |have to )?(?:also )?(?:upload|attach|add|hand in)s? (?:an?|their|the|his|her) (?<what>[\p{L}-]+(?: [\p{L}-]+)?) (?:when|once|as soon as) (?:they|he|she|it) (?:(?:set|mark|move|change|put|close|report)s? (?:it|them|something)(?: (?:to|as))? |is |are |becomes? |gets? )(?<state>[\p{L}]+(?: [\p{L}]+)?)$/iu

/**
 * "Craftsmen upload their invoice when they set it to solved": a file of whatever can be solved, where that is one thing.
 * Returns the clause as that, others as they are.
 */
export const fileOfStep = (clause: string, { architecture }: Draft): string => {
  const { what = '', state = '' } = withStep.exec(clause.trim())?.groups ?? {}
  if (!what) return clause
  const value = toName(state.toLowerCase().split(' ')).toLowerCase()
  const things = Object.entries(architecture.models).filter(([, { fields }]) =>
    Object.values(fields).some(
      (field) =>
        field.type === 'enum' &&
        field.values?.some((one: string) => one.replaceAll('_', '') === value.replaceAll('_', '')),
    ),
  )
  return things.length === 1
    ? `each ${toWords(things[0]![0])} has ${withArticle(`optional ${what.toLowerCase()}`)} (PDF or photo)`
    : clause
}
