/**
 * What stands for itself: code, addresses, paths, names of headers, names in quotes. Each is written as people wrote it, also
 * where a part of it looks like a short word for another ("auth").
 */
const names =
  /`[^`\n]{1,120}`|"[\w./:{}-]{1,60}"|\bhttps?:\/\/[^\s"'`]{1,300}|(?<![\p{L}\d/])\/(?:[\w.{}:*-]+\/?){1,12}|\b(?:X|x)-[A-Za-z][A-Za-z-]{1,40}|\b[A-Z][a-z]+(?:-[A-Z][A-Za-z]+)+\b|\b[a-z]+(?:_[a-z0-9]+)+\b|\b[a-z]+(?:[A-Z][a-z0-9]+)+\b/gu

/** Private signs, which no pattern of words knows. */
const first = 0xe000
const most = 6_000

/** Returns what `change` makes of a text whose names of headers, paths, addresses and fields stay as they are. */
export const keepingNames = (text: string, change: (text: string) => string): string => {
  const kept: string[] = []
  const masked = text
    .replace(/[\ue000-\uf8ff]/g, '')
    .replace(names, (name) => (kept.length < most ? String.fromCharCode(first + kept.push(name) - 1) : name))
  return change(masked).replace(/[\ue000-\uf8ff]/g, (sign) => kept[sign.charCodeAt(0) - first] ?? '')
}
