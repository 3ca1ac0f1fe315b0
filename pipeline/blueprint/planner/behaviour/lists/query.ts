import type { Found } from '../find.ts'

/** How a list is asked for some rows: its query, and whether what is exactly as much is there as well. */
export type Query = { text: string; inclusive?: string }

const number = /^this\.(\w+) (<=|>=|<|>|==) (-?\d+(?:\.\d+)?)$/
const equal = /^this\.(\w+) (==|!=) "([^"]*)"$/
const among = /^(!?)\(?this\.(\w+) in \[([^\]]*)\]\)?$/
const truth = /^(!?)this\.(\w+)$/

/**
 * Returns the query by which a list gives the rows of a condition, or undefined where filters do not say it: they know equal
 * values, and from where and up to where.
 */
export const queryOf = ({ model, api }: Found, condition: string): Query | undefined => {
  if (condition.includes('||') || !api.list) return undefined
  const said = condition.split(' && ')
  const parts = said.flatMap((part) => partOf(model, part.trim()) ?? [])
  if (parts.length < said.length) return undefined
  const fits = parts.every(({ field, range }) => (range ? api.list!.range : api.list!.filter)?.includes(field))
  if (!fits) return undefined
  const inclusive = parts.map((one) => one.inclusive).find((one) => one !== undefined)
  return { text: parts.map((one) => one.text).join('&'), ...(inclusive ? { inclusive } : {}) }
}

type Part = { field: string; text: string; range?: boolean; inclusive?: string }

const partOf = (model: Found['model'], text: string): Part | undefined => {
  const [, not, flag = ''] = truth.exec(text) ?? []
  if ((model.fields[flag] ?? model.computed?.[flag])?.type === 'bool')
    return { field: flag, text: `${flag}=${not ? 'false' : 'true'}` }
  const [, field = '', sign, value = ''] = equal.exec(text) ?? []
  const values = model.fields[field]?.values
  if (sign === '==') return { field, text: `${field}=${encodeURIComponent(value)}` }
  if (sign === '!=' && values) return onlyOne(field, values, [value], true)
  const [, none, state = '', list = ''] = among.exec(text) ?? []
  if (model.fields[state]?.values)
    return onlyOne(
      state,
      model.fields[state]!.values!,
      list.split(/\s*,\s*/).map((one) => one.replace(/^["']|["']$/g, '')),
      none === '!',
    )
  const [, measured = '', than = '', limit = ''] = number.exec(text) ?? []
  const shape = model.fields[measured] ?? model.computed?.[measured]
  return shape ? ranged(measured, shape.type === 'int', than, Number(limit)) : undefined
}

/** "Not paid" is open, where there is nothing else. */
const onlyOne = (field: string, all: readonly string[], some: readonly string[], not: boolean): Part | undefined => {
  const left = not ? all.filter((one) => !some.includes(one)) : some
  return left.length === 1 ? { field, text: `${field}=${encodeURIComponent(left[0]!)}` } : undefined
}

/** Both ends count: of whole numbers more than 9 is from 10. */
const ranged = (field: string, whole: boolean, sign: string, limit: number): Part => {
  if (sign === '==') return { field, text: `${field}=${limit}` }
  const least = sign.startsWith('>')
  const strict = sign.length === 1
  const exact = whole && Number.isInteger(limit)
  const end = strict && exact ? limit + (least ? 1 : -1) : limit
  return {
    field,
    range: true,
    text: `${field}_${least ? 'min' : 'max'}=${end}`,
    ...(strict && !exact ? { inclusive: String(limit) } : {}),
  }
}
