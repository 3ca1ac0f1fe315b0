/** What is spoken of, as one of several or as all of them: "each one", "every one of them", "all of these". */
const everyOne =
  /^(?:each|every|all|both|any)(?: single)?(?: ones?)?(?: of (?:them|these|those))?(?= (?:is|are|goes|go|has|have|starts?|begins?|moves?|pass(?:es)?|runs?|gets?|becomes?|comes?|progress(?:es)?|proceeds?|travels?|walks?|advances?|flows?|steps?|can|may|must|should|first|always|then|usually|normally|will|shall)\b)/i
const these =
  /^(?:these|those|this|that|the former|the latter)(?= (?:is|are|goes?|has|have|starts?|begins?|moves?|pass(?:es)?|runs?|gets?|becomes?|progress(?:es)?|can|may|must|should)\b)/i
const among = /^(?:each|every|any)(?: single)?(?: one)? of (?:the|our|their|all|those|these) (?=[\p{L}-]+)/iu

/** Returns a sentence whose subject is one of several, or is pointed at, with "they" or the things themselves instead. */
export const withPlainSubject = (sentence: string): string =>
  sentence.trim().replace(everyOne, 'they').replace(these, 'they').replace(among, 'all ')

/** An article before a thing in a pattern, with the space after it: "they" has none. */
export const articles = (list: string): string => `(?:(?:${list})\\s+)?`
