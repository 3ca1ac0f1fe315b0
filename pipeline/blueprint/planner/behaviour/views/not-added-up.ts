import type { Read } from '../behaviour.ts'

const named: readonly (readonly [RegExp, string])[] = [
  [
    /\b(?:average|mean|median|longest|shortest) (?:time|duration) (?:to|until|from|between|before|it takes)\b|\bhow long (?:it|they) (?:takes?|took)\b.* (?:per|on average)\b/i,
    'How long something takes until a step is not added up in reports; the history of each row has the times.',
  ],
  [
    /^(?:show (?:a |the )?|an? |the )?(?:league )?(?:table|standings|ranking|leader-?board) (?:with|of|by|for) [\p{L} ]+ (?:per|for each) [\p{L}-]+(?:: |,? with ).*\d.*$/iu,
    'Points that follow from results are not worked out; enter them as a number and say "show points per team".',
  ],
  [
    /^(?:the )?(?:best|cheapest|most expensive|biggest|largest|smallest)(?: ones?| [\p{L}-]+s)? (?:come |are shown |are listed )?first$/iu,
    'It is not clear by which number of what: say "sort flats by rent".',
  ],
  [
    /^(?:an? |the )?(?:daily|weekly|monthly) lists? of [\p{L} -]+$/iu,
    'Nothing is listed by itself at a time; the rows can be read and filtered whenever it is wanted.',
  ],
]

/** Reports that cannot be built: said so, and not read as if they spoke of things and fields. */
export const readNotAddedUp: Read = (said) => {
  const why = named.find(([pattern]) => pattern.test(said))?.[1]
  return why === undefined ? undefined : { said, rest: [], sure: true, apply: () => ({ unresolved: why }) }
}
