import { own } from '../blueprint/names.ts'
import { readersOf, restrictedFields } from '../blueprint/readers.ts'
import type { Context } from './emit-context.ts'
import { attributeOf } from './emit-names.ts'
import { text } from './emit-python.ts'

/** Whether some fields of a model are kept from some of those who see its rows. */
export const isGuarded = (context: Context, model: string): boolean =>
  restrictedFields(own(context.architecture.models, model)).length > 0

/** What goes behind a row when a shape is made of it: to whom it is shown, where that makes a difference. */
export const shownTo = (context: Context, model: string, call = 'call'): string =>
  isGuarded(context, model) ? `, context=${call}` : ''

/** The line of a table that says who alone sees which of its fields; none where everybody sees all. */
export const readersLine = ({ architecture }: Context, model: string): string[] => {
  const entries = restrictedFields(own(architecture.models, model)).map(([name, field]) => {
    const { roles, fields } = readersOf(architecture, model, field)!
    const named = fields.map((each) => text(attributeOf(each)))
    const more = named.length ? `, (${named.join(', ')}${named.length === 1 ? ',' : ''})` : ''
    return `${text(attributeOf(name))}: tables.Readers(frozenset({${roles.map(text).join(', ')}})${more})`
  })
  return entries.length ? [`    __readers__ = {${entries.join(', ')}}`] : []
}
