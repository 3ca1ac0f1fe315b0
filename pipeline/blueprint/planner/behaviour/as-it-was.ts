/** Types whose values expressions compare. */
export const comparable = /^(?!list\(|object\(|json$|file$|slug$|code$)/

/** A condition of a change: each of these fields stays as it was. */
export const isStill = (names: readonly string[]): string => names.map(stays).join(' && ')

/** As isStill, of one field. */
export const stays = (name: string): string => `this.${name} == was.${name}`

/** Whether a condition looks at the present moment or day. */
export const looksAtNow = (check: string): boolean => /\bnow\b|\btoday\(\)/.test(check)

/** Puts brackets around what is joined by "and", to stand beside an "or". */
export const bracketed = (check: string): string => (/&&/.test(check) ? `(${check})` : check)
