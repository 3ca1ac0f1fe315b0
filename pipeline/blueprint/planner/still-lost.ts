import { silent, stemOf, wordsOf } from './language/content-words.ts'

/**
 * Returns which of the lines about what a blueprint leaves out still hold once more was said: all but those that the new
 * words take up, in whatever form. A blueprint that nobody approved yet is drawn again with every message, and what the
 * first left out is left out of the next; a card that no longer says so would look complete.
 */
export const stillLost = (lines: readonly string[], text: string): string[] => {
  const said = new Set(stemsIn(text))
  return lines.filter((line) => {
    const stems = stemsIn([...line.matchAll(/“(.+?)”/g)].map(([, quote]) => quote).join(' ') || line)
    // Half of the words and less is another wish about the same things.
    return stems.filter((stem) => said.has(stem)).length * 2 <= stems.length
  })
}

/** The words of a text that say something, each once and without its endings. */
const stemsIn = (text: string): string[] => [
  ...new Set(
    wordsOf(text)
      .filter((word) => !silent.has(word.text.toLowerCase()))
      .map((word) => stemOf(word.text)),
  ),
]
