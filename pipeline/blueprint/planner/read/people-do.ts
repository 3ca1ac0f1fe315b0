import type { Statement } from '../language/statements.ts'
import { singular } from '../language/words.ts'
import { isPersonNoun } from '../lexicon/people.ts'
import { noAccounts } from './account-words.ts'

const does =
  /^((?:(?:the|all|our) )?((?!guests|visitors|friends|neighbou?rs|kids|relatives)[\p{L}-]+s)) ((?:enrol+|attend|borrow|rent|join|subscribe|register(?! (?:and|to|with|as|themselves|first)\b)|participate|sponsor|adopt|hire|lease|volunteer|reserve|book|apply(?= for\b)|bid(?= (?:for|on)\b)|rate|log|record|enter)\s)/iu

/**
 * "Members borrow tools" says what people do, as "members can borrow tools" does, unless they are what is kept: then a loan is
 * written down by whoever keeps them.
 */
export const withPeopleWhoDo = (statements: readonly Statement[]): Statement[] => {
  if (statements.some(({ text }) => noAccounts.test(text))) return [...statements]
  return statements.map((one) => {
    const [, who, noun] = does.exec(one.text) ?? []
    if (!who || !isPersonNoun(singular(noun!.toLowerCase()))) return one
    const kept = keptAs(noun!.toLowerCase())
    if (statements.some(({ text, items }) => kept.test(items ? `${text}: ${items.join(', ')}` : text))) return one
    return { ...one, text: one.text.replace(does, '$1 can $3') }
  })
}

/** How people are spoken of as something that is stored: "books and members", "members have a name". */
const keptAs = (noun: string): RegExp => {
  const one = `${singular(noun)}s?`
  return new RegExp(
    `(?:\\b(?:with|and|of|about|tracks?|stores?|manages?|keeps?|saves?|records?|adds?|creates?|enters?)|[,:;(])\\s+(?:(?:all|our|the|my|its|their)\\s+)?(?:${one}|${noun})\\b(?!\\s+(?:can|may|must|should|who|borrow|book|register|enrol+|join|rent|attend|reserve|rate)\\b)|\\b(?:${one}|${noun})\\s*(?:\\(|:|(?:has|have|with|belongs?)\\b)`,
    'iu',
  )
}
