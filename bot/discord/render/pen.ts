import { codeBlock, inlineCode, link, shorten } from './markdown.ts'

export type Pen = ReturnType<typeof createPen>

/** Returns what writes safe markdown and remembers whether anything had to be shortened. */
export const createPen = () => {
  let cut = false
  const noted = (part: { text: string; cut: boolean }): string => {
    cut ||= part.cut
    return part.text
  }
  return {
    /** Text of others, letter by letter; at most `limit` characters after escaping. */
    words: (text: string, limit = 400): string => noted(shorten(text.replace(/\s+/g, ' ').trim(), limit)),
    /** The same with its lines kept apart. */
    lines: (text: string, limit = 700): string[] =>
      text.split('\n').map((line) => noted(shorten(line.trimEnd(), limit))),
    code: (word: string, limit = 120): string => noted(inlineCode(word, limit)),
    /** An address as a link, under a label of ours where there is one. */
    link: (url: string, label?: string): string => noted(link(url, label)),
    block: (text: string, limit: number, language?: string): string => noted(codeBlock(text, limit, language)),
    cut: (): boolean => cut,
  }
}
