import type { Sketch } from './sketch.ts'

/**
 * "from" and "to" tell nothing by themselves: beside a day they are times, beside another moment they are places or
 * people, and alone they are when something begins and ends.
 */
export const settleSpans = (sketch: Sketch): void => {
  for (const thing of sketch.things.values()) {
    const time = thing.fields.find((field) => field.name === 'time' && field.type === 'time' && !field.typed)
    if (
      time &&
      !thing.fields.some(
        (field) =>
          field !== time && (['date', 'datetime'].includes(field.type) || /(?:date|day|weekday|on)$/.test(field.name)),
      )
    )
      time.type = 'datetime'
    const ends = thing.fields.filter(
      (field) => /^(?:from|to|until|till)$/.test(field.name) && field.type === 'string' && !field.typed,
    )
    if (ends.length < 2) continue
    const others = thing.fields.filter((field) => !ends.includes(field))
    const day = others.some((field) => /^(?:\w+_)?(?:date|day|weekday|on)$/.test(field.name))
    const moment = others.some((field) => ['datetime', 'date', 'time'].includes(field.type))
    const type = day
      ? 'time'
      : moment
        ? 'string'
        : /(?:stay|rental|lease|loan|trip|holiday|vacation|absence|leave|contract|membership|let|hire|season|subscription)$/.test(
              thing.key,
            )
          ? 'date'
          : 'datetime'
    for (const end of ends) end.type = type
  }
}
