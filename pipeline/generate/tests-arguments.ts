import { identifier } from './emit-names.ts'

/** Returns `name=value`, or `**{"class": value}` where the name is a word of Python's. */
export const argument = (name: string, value: string): string =>
  identifier(name) === name ? `${name}=${value}` : `**{${JSON.stringify(name)}: ${value}}`

/** Returns the arguments without those that others of the same name replace. */
export const without = (argumentTexts: readonly string[], replaced: readonly string[]): string[] => {
  const names = new Set(replaced.map(nameIn))
  return argumentTexts.filter((text) => !names.has(nameIn(text)))
}

/** Returns the name in `name=value` or `**{"name": value}`. */
export const nameIn = (text: string): string =>
  text.startsWith('**{"') ? text.slice(4, text.indexOf('"', 4)) : text.slice(0, text.search(/[=:]/))
