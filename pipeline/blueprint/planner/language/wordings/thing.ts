/** One or two words that name something, as a group of a pattern. */
export const thing =
  '([\\p{L}-]+(?: (?!of\\b|for\\b|per\\b|in\\b|on\\b|by\\b|at\\b|that\\b|which\\b|has\\b|have\\b|is\\b|with\\b|when\\b|only\\b|may\\b|must\\b|are\\b|if\\b|can\\b|to\\b|left\\b)[\\p{L}-]+)?)'

/** What became of something, as a group of a pattern: "printed", "handed in". */
export const done = '([\\p{L}]+(?:ed|en|wn|id|ld|lt|pt|nt)(?: (?:up|in|out|off|over|back))?)'
