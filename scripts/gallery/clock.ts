/** The moment at which the gallery looks at every card, so that its pictures are the same each time. */
export const NOW = Date.parse('2026-01-05T09:41:00.000Z')

/** Returns the moment some seconds before now. */
export const ago = (seconds: number): string => new Date(NOW - seconds * 1000).toISOString()

/** Returns the time of day as a thread shows it. */
export const timeOfDay = (at: string): string => at.slice(11, 16)

/** Returns a moment with its day. */
export const dayAndTime = (at: string): string =>
  new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).format(new Date(at))

/** Returns how long ago a moment was, in the words of a chat client. */
export const sinceWords = (at: string): string => {
  const seconds = Math.round((Date.parse(at) - NOW) / 1000)
  const format = new Intl.RelativeTimeFormat('en')
  if (Math.abs(seconds) < 60) return format.format(seconds, 'second')
  if (Math.abs(seconds) < 3_600) return format.format(Math.round(seconds / 60), 'minute')
  if (Math.abs(seconds) < 86_400) return format.format(Math.round(seconds / 3_600), 'hour')
  return format.format(Math.round(seconds / 86_400), 'day')
}
