// Escape sequences of terminals: CSI, OSC and the rest.
const ESC = String.fromCharCode(0x1b)
const BEL = String.fromCharCode(0x07)
const escapes = new RegExp(`${ESC}(?:\\[[0-?]*[ -/]*[@-~]|\\][^${ESC}${BEL}]*(?:${BEL}|${ESC}\\\\)?|[@-Z\\\\-_])`, 'g')
// Controls, signs that turn the reading direction or hide themselves, line separators that some take for markup, and
// halves of characters. Joined emoji keep their joiner.
const hidden = /(?![\n\t\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu

/** Returns a text without anything that a terminal, a browser or a reader would act on; line breaks and tabs stay. */
export const plain = (text: string): string => text.replace(/\r\n?/g, '\n').replace(escapes, '').replace(hidden, '')

/** Returns a text as one plain line of at most `limit` characters; a longer one ends in an ellipsis. */
export const oneLine = (text: string, limit = 200): string => {
  const line = plain(text).replace(/\s+/g, ' ').trim()
  return [...line].length > limit ? `${[...line].slice(0, limit - 1).join('')}…` : line
}

/** Returns seconds in a person's words: `0.4 s`, `12 s`, `2 min 5 s`. */
export const inWords = (seconds: number): string => {
  if (seconds < 10) return `${Math.round(seconds * 10) / 10} s`
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  return whole % 60 === 0 ? `${whole / 60} min` : `${Math.floor(whole / 60)} min ${whole % 60} s`
}

/** Returns how long ago something changed, in days: shorter on a phone than a date, and the same in every time zone. */
export const changedAgo = (date: Date, now: number): string => {
  const days = Math.floor((now - date.getTime()) / 86_400_000)
  return days <= 0 ? 'changed today' : days === 1 ? 'changed yesterday' : `changed ${days} days ago`
}
