/** The words of a text, each once. */
export const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/).filter(Boolean))
