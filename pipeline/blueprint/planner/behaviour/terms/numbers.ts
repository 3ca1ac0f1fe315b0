const words = new Map<string, number>(
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'
    .split(' ')
    .map((word, value) => [word, value]),
)
for (const [word, value] of Object.entries({
  a: 1,
  an: 1,
  dozen: 12,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  ninety: 90,
  hundred: 100,
  thousand: 1000,
  half: 0.5,
}))
  words.set(word, value)

/** A number in digits or letters, for patterns. */
export const numberPattern = `(?:\\d+(?:[.,]\\d+)*|${[...words.keys()].filter((word) => word.length > 2).join('|')}|an?)`

/** Returns the number that a word or digits mean, or undefined. */
export const numberOf = (text: string): number | undefined => {
  const plain = text.trim().toLowerCase()
  const word = words.get(plain)
  if (word !== undefined) return word
  const digits = plain.replace(/,(?=\d{3}\b)/g, '').replace(',', '.')
  return /^-?\d+(?:\.\d+)?$/.test(digits) ? Number(digits) : undefined
}
