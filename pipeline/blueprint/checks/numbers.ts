import type { Field, Model } from '../../../schemas/generated/architecture.ts'
import { isNumbered } from '../field-kinds.ts'
import { own, refOf } from '../names.ts'
import type { Path, Report } from './report.ts'

/** A running number: a whole number, or a text that says how the number is written; nothing else decides its value. */
export const checkNumbers = (model: Model, field: Field, name: string, path: Path, report: Report): void => {
  const { numbers } = field
  if (!isNumbered(field)) {
    if (numbers) report('field-numbers', path, `${name} has numbers and is not set: numbered`)
    return
  }
  const problem = (text: string): void => report('field-numbers', path, `${name} ${text}`)
  if (field.type !== 'int' && field.type !== 'string') problem(`is of type ${field.type}`)
  else if (field.type === 'int' && numbers?.as !== undefined) problem(`is of type int and written as '${numbers.as}'`)
  else if (field.type === 'string' && numbers?.as === undefined)
    problem('is of type string and does not say how its number is written')
  if (numbers?.as?.includes('{month}') && !numbers.as.includes('{year}'))
    problem(`is written as '${numbers.as}': every year would give the same numbers again`)
  for (const key of ['optional', 'default', 'min', 'max', 'key', 'class'] as const)
    if (field[key] !== undefined && field[key] !== false) problem(`is numbered by the system and has ${key}`)
  for (const each of numbers?.per ?? [])
    if (!refOf(own(model.fields, each)?.type ?? ''))
      report('field-numbers', path, `${name} is numbered per '${each}', which is no reference of the model`, {
        word: each,
        names: Object.keys(model.fields).filter((one) => refOf(model.fields[one]!.type)),
      })
}

/** Only rows are numbered, not what is sent or held in a field. */
export const checkUnnumbered = (field: Field, name: string, path: Path, report: Report): void => {
  if (isNumbered(field) || field.numbers)
    report('field-numbers', path, `${name} is in a type, which has no rows to number`)
}
