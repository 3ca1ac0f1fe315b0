import type { Numbers } from '../../../../../schemas/generated/architecture.ts'

/** How a number looks, and where it begins. */
export type Look = Pick<Numbers, 'as' | 'from'>

const parts = /^(?<before>[\p{L}\d\-_/#. ]*?)(?<number>\d+)$/u
/** "2026-" and "2026/11-" of "INV-2026-0001": what comes before the number changes by itself. */
const dated = /(?<![\d])(?:19|20)\d\d(?<rest>[-_/.](?:0[1-9]|1[0-2])(?=[-_/.]))?(?=[-_/.])/

/**
 * Returns how numbers are written that look like the sample ("T-0001", "2026-001", "1000"); undefined where it has no
 * number at its end. A round number is where they begin, any other only shows how many digits there are.
 */
export const lookOf = (sample: string): Look | undefined => {
  const found = parts.exec(sample.trim().replace(/^["'“‘`]|["'”’`]$/g, ''))?.groups
  if (!found) return undefined
  const digits = found.number!
  const value = Number(digits)
  if (digits.length > 12) return undefined
  const from = value > 1 && value % 100 <= 1 && digits.length > 2 ? { from: value } : {}
  if (found.before === '' && (digits.length === 1 || !digits.startsWith('0'))) return from
  const before = found.before!.replace(dated, (whole, rest: string | undefined) =>
    rest === undefined ? '{year}' : `{year}${whole.slice(4, 5)}{month}`,
  )
  return { as: `${before}{number${digits.length > 1 ? `:${digits.length}` : ''}}`, ...from }
}
