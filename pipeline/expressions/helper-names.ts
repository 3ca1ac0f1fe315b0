/** What the functions of expressions are called in the runtime: alike in expressions.py and in sql.py. */
export const HELPER_NAMES: { [name: string]: string } = {
  day: 'day',
  date: 'day',
  week: 'week',
  month: 'month',
  year: 'year',
  hour: 'hour',
  time: 'time_of_day',
  weekday: 'weekday',
  hourOf: 'hour_of',
  minutes: 'minutes',
  hours: 'hours',
  days: 'days',
  inMinutes: 'in_minutes',
  inHours: 'in_hours',
  inDays: 'in_days',
  decimal: 'decimal',
  contains: 'contains',
  startsWith: 'starts_with',
  endsWith: 'ends_with',
  lower: 'lower',
  size: 'length',
  string: 'as_text',
  min: 'smaller',
  max: 'larger',
  abs: 'size_of',
  round: 'rounded',
}

/** Functions of a moment, which go by a zone. */
export const CALENDAR = /^(?:day|date|week|month|year|hour|time|weekday|hourOf)$/
