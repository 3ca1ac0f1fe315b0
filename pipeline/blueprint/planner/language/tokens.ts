/** One word, number, quoted text or sign of a statement, with its place in the statement's text. */
export type Token = {
  text: string
  lower: string
  kind: 'word' | 'number' | 'quoted' | 'mark'
  at: number
  end: number
}

const pattern =
  /"([^"\n]{1,80})"|`([^`\n]{1,80})`|(?<![\p{L}\p{N}])'([^'\n]{1,60})'(?![\p{L}\p{N}])|(-?\d+(?:[.,]\d+)*)|(\p{L}[\p{L}\p{N}_]*(?:[-'][\p{L}\p{N}]+)*)|([^\s\p{L}\p{N}])/gu

/** Returns the tokens of one statement. */
export const tokenize = (text: string): Token[] => {
  const tokens: Token[] = []
  for (const match of text.matchAll(pattern)) {
    const at = match.index
    const end = at + match[0].length
    const quoted = match[1] ?? match[2] ?? match[3]
    if (quoted !== undefined) tokens.push({ text: quoted, lower: quoted.toLowerCase(), kind: 'quoted', at, end })
    else {
      const kind = match[4] !== undefined ? 'number' : match[5] !== undefined ? 'word' : 'mark'
      tokens.push({ text: match[0], lower: match[0].toLowerCase(), kind, at, end })
    }
  }
  return tokens
}

/** Returns the source text from token `from` up to, not including, token `to`. */
export const sliceText = (source: string, tokens: readonly Token[], from: number, to = tokens.length): string =>
  from >= to || !tokens[from] ? '' : source.slice(tokens[from]!.at, tokens[Math.min(to, tokens.length) - 1]!.end)

/** Returns the index of the bracket that closes the one at `open`, or the last index where none does. */
export const closing = (tokens: readonly Token[], open: number): number => {
  let depth = 0
  for (let i = open; i < tokens.length; i += 1) {
    const sign = tokens[i]!.text
    if (sign === '(' || sign === '[' || sign === '{') depth += 1
    else if (sign === ')' || sign === ']' || sign === '}') {
      depth -= 1
      if (depth === 0) return i
    }
  }
  return tokens.length - 1
}
