/** A day or moment that lies so far ahead of whenever it is needed. */
export type Relative = { readonly ahead: { readonly days: number; readonly minutes: number }; readonly day: boolean }

export const isRelative = (value: unknown): value is Relative =>
  typeof value === 'object' && value !== null && 'ahead' in value

/** Returns the value as JSON has it at a moment (milliseconds since 1970): counted from the next full hour. */
export const resolved = ({ ahead, day }: Relative, now: number): string => {
  const hour = Math.ceil(now / 3_600_000) * 3_600_000
  const text = new Date(hour + ahead.days * 86_400_000 + ahead.minutes * 60_000).toISOString()
  return day ? text.slice(0, 10) : text.replace('.000Z', 'Z')
}
