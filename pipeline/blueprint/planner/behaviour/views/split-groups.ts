export const per =
  /\s+(?:(?:broken down|grouped|split|aggregated|summed up|added up|summari[sz]ed)\s+(?:by|per|into)|per|by|for each|for every|in each|in every|of each|of every|on each|each|every|over each|across)\s+/i

/** Parts "X per A and B, per C" into what is measured and what it goes by. */
export const splitGroups = (text: string): { measure: string; groups: string[] } => {
  const bracket = /\s*\(([^)]*)\)\s*$/.exec(text)
  const plain = bracket ? text.slice(0, bracket.index) : text
  const first = per.exec(plain)
  if (!first) return { measure: text, groups: [] }
  const measure = plain.slice(0, first.index).trim()
  const groups = plain
    .slice(first.index + first[0].length)
    .replace(/\s*,?\s+(?:with|showing|including|as)\s+(?:an?|the|their|csv|chart).*$/i, '')
    .split(new RegExp(`\\s*(?:,\\s*(?:and\\s+)?|\\s+and\\s+|\\s*/\\s*|${per.source})\\s*`, 'i'))
    .map((group) =>
      (group ?? '')
        .trim()
        .toLowerCase()
        .replace(/^(?:by|per|each|every|the|an?|calendar|their|its)\s+/i, '')
        .replace(/^calendar\s+/, ''),
    )
    .filter((group) => group !== '' && !/^(?:only|too|also|please)$/.test(group))
  return { measure: bracket ? `${measure} (${bracket[1]!})` : measure, groups: [...new Set(groups)].slice(0, 5) }
}
