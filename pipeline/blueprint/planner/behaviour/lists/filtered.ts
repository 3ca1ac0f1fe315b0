import { sentence, toName } from '../../language/words.ts'
import type { Outcome } from '../behaviour.ts'
import type { Found } from '../find.ts'
import { queryOf } from './query.ts'

/** Returns the list as it is where its filters say it, else a yes or no that is worked out and filtered by. */
export const filtered = (model: Found, condition: string, words: string, rows: string): Outcome => {
  const query = queryOf(model, condition)
  const many = sentence(rows)
  if (query)
    return {
      holds: `${many} are listed by ${model.path}?${query.text}${query.inclusive ? ` (what is exactly ${query.inclusive} as well)` : ''}.`,
    }
  const negated = /^this\.(\w+) == null$/.exec(condition)
  const name = nameOf(
    model,
    negated
      ? words.replace(
          /^(?:(?:that|which) )?(?:(?:are|is|have|has|were) )?(?:still )?(?:not |un)(?:yet )?(?:been )?/i,
          '',
        )
      : words,
  )
  return ask(model, name, negated ? `this.${negated[1]} != null` : condition, negated === null, many)
}

/** Adds a yes or no to what a list is filtered by. */
const ask = (model: Found, name: string, expr: string, yes: boolean, many: string): Outcome => {
  const told = `${many} are listed by ${model.path}?${name}=${yes}.`
  if (model.model.computed?.[name]?.expr === expr) return { holds: told }
  model.model.computed = { ...model.model.computed, [name]: { type: 'bool', expr } }
  const { list } = model.api
  if (list && !list.filter.includes(name)) list.filter.push(name)
  return { understood: [told] }
}

/** Returns a name for a yes or no, in the words in which it was said. */
export const nameOf = (model: Found, words: string): string => {
  const plain = words
    .toLowerCase()
    .replace(/\b(?:that|which|who|is|are|was|were|has|have|been|still|yet|the|an?|of|with|in)\b/g, ' ')
    .match(/[a-z0-9]+/g)
  const base = toName((plain ?? ['listed']).slice(0, 5)).slice(0, 40)
  return Object.hasOwn(model.model.fields, base) ? `is_${base}` : base
}
