const begins = new Set(
  'new open pending draft unpaid outstanding waiting requested submitted planned proposed todo in_progress'.split(' '),
)
const decided = new Set(
  'approved accepted granted confirmed rejected declined refused denied paid settled closed done completed complete finished resolved solved shipped delivered sent published cancelled canceled archived'.split(
    ' ',
  ),
)

/** "unpaid", "not paid" beside "paid"; what is unavailable is no beginning. */
const isNot = (value: string, other: string): boolean =>
  [`un${other}`, `not_${other}`, `not_yet_${other}`, `non_${other}`].includes(value.replaceAll('-', '_')) &&
  !/[ai]ble$/.test(other)

/**
 * Returns states with the one first in which something begins. People say "paid or unpaid" and "approved, rejected or
 * pending": what nobody paid or decided on is not paid or approved when it is made. Other orders are left as they are.
 */
export const beginningFirst = (values: readonly string[]): string[] => {
  const [first = ''] = values
  const start =
    values.find((value) => isNot(value, first)) ??
    (decided.has(first) ? values.find((value) => begins.has(value)) : undefined)
  return start === undefined ? [...values] : [start, ...values.filter((value) => value !== start)]
}

/** Whether words are states of something, one of which is what it begins in: not "approved or rejected", which are deeds. */
export const areStates = (values: readonly string[]): boolean => {
  const denied = (value: string): boolean => values.some((other) => isNot(value, other) || isNot(other, value))
  return (
    values.every((value) => begins.has(value) || decided.has(value) || denied(value)) &&
    values.some((value) => begins.has(value) || denied(value))
  )
}
