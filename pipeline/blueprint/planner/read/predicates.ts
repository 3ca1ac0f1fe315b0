import { nounOf } from './noun.ts'

const nextPredicate =
  /(?:,\s*(?:and\s+)?|\s+and\s+)(?=(?:also\s+|each\s+)?(?:belongs?|has|have|lives?|contains?|consists? of|refers? to|references|(?:is|are) (?:assigned|linked|written|part|owned|made|located|stored|tied|attached|connected|created|placed) (?:to|by|of|in|at|with))\s)/i

/** "harvests belong to a field and have a crop": two clauses with one subject. */
export const splitPredicates = (text: string): string[] | undefined => {
  const masked = text.replace(/\((?:[^()]|\([^()]*\))*\)/g, (inner) => '_'.repeat(inner.length))
  const found = nextPredicate.exec(masked)
  const subject =
    /^(.{2,50}?)\s+(?:also\s+|each\s+|can\s+|must\s+|should\s+)?(?:belongs?|has|have|lives?|contains?|consists?|is|are|refers?|references)\s/i.exec(
      masked,
    )?.[1]
  if (
    !found ||
    !subject ||
    found.index <= subject.length ||
    /\b(?:whether|when|if|how|who|where|which|that)\b[^,]*$/i.test(masked.slice(0, found.index))
  )
    return undefined
  if (!/^(?:it|they|each|these)$/i.test(subject) && !nounOf(subject)) return undefined
  return [text.slice(0, found.index), `${subject} ${text.slice(found.index + found[0].length)}`]
}
