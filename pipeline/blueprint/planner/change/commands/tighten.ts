import { refOf } from '../../../names.ts'
import { tellsApart, valueProblem } from '../../../values.ts'
import { withArticle } from '../../language/words.ts'
import type { takeLimits } from '../../read/limits.ts'
import { ask, type Draft, note } from '../draft.ts'
import { words } from '../fields.ts'
import type { Entry } from '../view.ts'

/** Applies limits, defaults, uniqueness and optionality to a field that is there. */
export const tighten = (
  draft: Draft,
  entry: Entry,
  name: string,
  limits: ReturnType<typeof takeLimits>['limits'],
): void => {
  const field = entry.model.fields[name]!
  const place = `${words(name)} of ${entry.words}`
  if (limits.said === 'optional' && !field.optional) {
    if (field.default !== undefined && field.type === 'bool')
      draft.assumptions.push(`${place} may be left out already.`)
    else {
      field.optional = true
      if (refOf(field.type)) field.onDelete = field.onDelete === 'cascade' ? 'cascade' : 'set-null'
      note(draft, `${place} may be left empty.`)
    }
  }
  if (limits.said === 'required' && (field.optional || field.default !== undefined)) {
    if (field.optional) {
      requireWithValue(draft, entry, name)
      return
    }
    delete field.default
    note(draft, `${place} must be given.`, 'major')
  }
  if (limits.unique && !field.unique && tellsApart(field.type)) {
    field.unique = true
    note(
      draft,
      `No two ${entry.words} entries may have the same ${words(name)}. If rows that exist clash, the build stops and says so.`,
      'major',
    )
  }
  const step = field.type === 'int' || ['string', 'text'].includes(field.type) ? 1 : 0.01
  const least =
    typeof limits.min === 'number' ? limits.min : limits.above !== undefined ? limits.above + step : undefined
  const most =
    typeof limits.max === 'number' ? limits.max : limits.below !== undefined ? limits.below - step : undefined
  const bound = (side: 'min' | 'max', limit: number | undefined, said: string): void => {
    const before = field[side]
    if (limit === undefined || before === limit) return
    const looser = before !== undefined && (side === 'min' ? limit <= Number(before) : limit >= Number(before))
    note(draft, `${place} is ${said} ${limit}${isText(field.type) ? ' characters' : ''}.`, looser ? 'minor' : 'major')
    field[side] = limit
  }
  bound('min', least, 'at least')
  bound('max', most, 'at most')
  if (limits.default !== undefined && field.default !== limits.default) {
    const value = field.values
      ? field.values.find((one) => one.toLowerCase() === String(limits.default).toLowerCase())
      : limits.default
    if (value === undefined || valueProblem(field, value) !== undefined)
      draft.notCarried.push(`Not built: “${String(limits.default)}” is no value that ${place} can have.`)
    else {
      field.default = value
      delete field.optional
      note(draft, `${place} is ${String(value)} where nothing is given.`)
    }
  }
}

type Field = Entry['model']['fields'][string]
const isText = (type: string): boolean => type === 'string' || type === 'text'

/** Rows that exist have nothing there, so a value must stand in for them: it is asked which. */
const requireWithValue = (draft: Draft, entry: Entry, name: string): void => {
  const field = entry.model.fields[name]!
  const place = `${words(name)} of ${entry.words}`
  const values = standIns(field)
  if (values.length === 0) {
    draft.problem ??= {
      text: `${place} may be empty in rows that exist, and there is no value that could stand in for ${withArticle(field.type)}, so it cannot be required.`,
      help: `It can stay as it is, or you say "remove ${words(name)}" and add a required field under another name with a default.`,
    }
    return
  }
  const value = ask(draft, {
    id: `required_${name}`,
    text: `${place} may be empty in rows that exist. What shall stand there, and wherever nothing is given?`,
    choices: [
      ...values.map((one) => ({
        label: typeof one === 'string' && one.length < 2 ? `“${one}”` : String(one),
        value: String(one),
      })),
      { label: 'Leave it optional', value: '@optional' },
    ],
  })
  if (value === undefined) return
  const chosen = values.find((one) => String(one) === value)
  if (chosen === undefined) {
    draft.assumptions.push(`${place} stays optional, as answered.`)
    note(draft, `Leaves ${place} optional.`)
    return
  }
  delete field.optional
  field.default = chosen
  note(draft, `${place} is never empty: it is ${JSON.stringify(chosen)} where nothing is given.`, 'major')
}

/** Values that may stand where nothing was given. */
const standIns = (field: Field): (string | number)[] => {
  if (field.values) return field.values.slice(0, 3)
  if (field.unique) return []
  if (['int', 'float', 'decimal'].includes(field.type)) return [typeof field.min === 'number' ? field.min : 0]
  return isText(field.type) && Number(field.min ?? 0) <= 1 ? ['-'] : []
}
