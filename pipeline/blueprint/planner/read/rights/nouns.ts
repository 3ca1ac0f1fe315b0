import { allOperations, type Operation } from '../../lexicon/verbs.ts'

export const reading: readonly Operation[] = ['list', 'read']
const writing: readonly Operation[] = ['create', 'update', 'delete']

/** Nouns and gerunds that stand for operations: "write access", "deleting", "posting". */
const rights: readonly (readonly [RegExp, readonly Operation[]])[] = [
  [
    /^(?:full|all|complete|everything|anything|total|unrestricted|crud|admin(?:istration)?|read(?:ing)?[ /-](?:and )?(?:write|writing)|rw|manag(?:e|ing|ement)|maintenance|maintaining)$/,
    allOperations,
  ],
  [
    /^(?:read(?:s|ing|-only| only)?|view(?:s|ing|-only| only)?|brows(?:e|ing)|see(?:ing)?|look(?:ing)?|list(?:s|ing)?|get|search(?:ing)?|r)$/,
    reading,
  ],
  [/^(?:writ(?:e|es|ing)|edit(?:ing)? rights|w|changes?|changing)$/, writing],
  [
    /^(?:creat(?:e|es|ing|ion)|add(?:s|ing)?|post(?:s|ing)?|submit(?:ting)?|submissions?|enter(?:ing)?|new entries|c)$/,
    ['create'],
  ],
  [/^(?:edit(?:s|ing)?|updat(?:e|es|ing)|modify(?:ing)?|modifications?|u)$/, ['update']],
  [/^(?:delet(?:e|es|ing|ion)|remov(?:e|es|al|ing)|d)$/, ['delete']],
]

/** The operations that a phrase of nouns names ("create, read and update"), or nothing where a word is none. */
export const opsOf = (phrase: string): readonly Operation[] | undefined => {
  const words = phrase
    .toLowerCase()
    .replace(/\b(?:access|rights?|permissions?|privileges|only|of|to)\b|[.]/g, ' ')
    .split(/\s*(?:,|\/|\+|&|\band\b|\bor\b)\s*/)
    .map((word) => word.trim())
    .filter(Boolean)
  const found = words.map((word) => rights.find(([pattern]) => pattern.test(word))?.[1])
  return words.length > 0 && found.every((ops) => ops !== undefined)
    ? [...new Set(found.flatMap((ops) => ops!))]
    : undefined
}
