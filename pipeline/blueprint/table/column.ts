/** What a column holds, in the planner's words: "whole number", "open, closed"; undefined for plain words. */
export type Column = { name: string; holds: string | undefined; gaps: boolean }

const kinds: readonly (readonly [holds: string, value: RegExp])[] = [
  ['yes/no', /^(?:true|false|yes|no|y|n|ja|nein)$/i],
  // A leading zero belongs to a number that nobody calculates with: a post code, a telephone.
  ['whole number', /^-?(?:0|[1-9]\d{0,14})$/],
  ['decimal', /^-?(?:0|[1-9]\d{0,14})(?:[.,]\d{1,8})?$/],
  ['date and time', /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/],
  ['date', /^(?:\d{4}-\d\d-\d\d|\d{1,2}\.\d{1,2}\.\d{4}|\d{1,2}\/\d{1,2}\/\d{4})$/],
  ['time', /^\d{1,2}:\d\d(?::\d\d)?$/],
  ['email', /^[^\s@]+@[^\s@]+\.[^\s@]+$/],
  ['url', /^https?:\/\/\S+$/i],
  ['long text', /[\n\r]|^.{200}/s],
]
/** Of so many values at least, so few different ones are a choice. */
const CHOICE = { values: 8, most: 6 }
const choice = /^\p{L}[\p{L} -]{0,24}$/u

/** Returns what a column holds, by its values from the top; `name` is as planners read it. */
export const columnOf = (name: string, values: readonly string[]): Column => {
  const given = values.map((value) => value.trim()).filter(Boolean)
  const different = new Set(given)
  const kind =
    given.length === 0
      ? undefined
      : kinds.find(([holds, value]) =>
          holds === 'long text' ? given.some((one) => value.test(one)) : given.every((one) => value.test(one)),
        )?.[0]
  const chosen =
    kind === undefined &&
    given.length >= CHOICE.values &&
    different.size > 1 &&
    different.size <= CHOICE.most &&
    given.every((value) => choice.test(value))
  return { name, holds: chosen ? [...different].join(', ') : kind, gaps: given.length < values.length }
}

/** Whether a text is a value rather than the name of a column. */
export const isValue = (text: string): boolean =>
  kinds.some(([holds, value]) => holds !== 'yes/no' && holds !== 'long text' && value.test(text.trim())) ||
  text.trim().length > 60
