// Escape sequences of terminals: CSI, OSC and the rest. An OSC that does not end in its line takes nothing along.
const ESC = String.fromCharCode(0x1b)
const BEL = String.fromCharCode(0x07)
const escapes = new RegExp(
  `${ESC}(?:\\[[0-?]*[ -/]*[@-~]|\\](?:[^${ESC}${BEL}\n]*(?:${BEL}|${ESC}\\\\))?|[@-Z\\\\-_])`,
  'g',
)
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

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Returns a span of time (seconds) as people say it, in its largest unit: `40 s`, `5 min`, `3 h`, `2 days`. */
export const roughly = (seconds: number): string => {
  if (seconds < MINUTE) return `${Math.max(0, Math.floor(seconds))} s`
  if (seconds < HOUR) return `${Math.floor(seconds / MINUTE)} min`
  if (seconds < DAY) return `${Math.floor(seconds / HOUR)} h`
  return seconds < 2 * DAY ? '1 day' : `${Math.floor(seconds / DAY)} days`
}

/** Returns how long ago something was, the same in every time zone: `just now`, `5 min ago`, `3 h ago`, `2 days ago`. */
export const ago = (date: Date, now: number): string => {
  const seconds = (now - date.getTime()) / 1000
  return seconds < MINUTE ? 'just now' : `${roughly(seconds)} ago`
}

const MB = 1024 * 1024

/** Returns bytes as people say them, in units of 1024: `96 MB`, `1.4 GB`; what is there is never 0. */
export const inSize = (bytes: number): string => {
  const size = bytes / MB
  return size < 1000 ? `${Math.max(1, Math.round(size))} MB` : `${(size / 1024).toFixed(1)} GB`
}
