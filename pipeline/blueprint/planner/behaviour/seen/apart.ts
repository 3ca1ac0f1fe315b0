import type { Statement } from '../../language/statements.ts'

const who = "[\\p{L}'-]+(?: (?:and |or |, ?)?[\\p{L}'-]+){0,3}?"
const may = '(?:(?:can|may|should|must) )?'
const see = '(?:see|sees|view|views|read|reads)'
const shown = '(?:visible|shown|seen|readable|accessible)'
const name = '(?:[\\p{L}-]+ ){0,2}?[\\p{L}-]+'

/** Behind the name of a field: who sees it. Each with the sentence that says the same by itself. */
const said: readonly (readonly [source: string, sentence: (field: string, who: string) => string])[] = [
  [`only (${who}) ${may}${see}(?: it| them)?`, (field, who) => `Only ${who} see the ${field}`],
  [`(?:is |are )?(?:only|just) ${shown} (?:to|by|for) (${who})`, (field, who) => `Only ${who} see the ${field}`],
  [`(?:is |are )?${shown} only (?:to|by|for) (${who})`, (field, who) => `Only ${who} see the ${field}`],
  [`(?:is |are )?(?:only )?for (${who}) only`, (field, who) => `Only ${who} see the ${field}`],
  [`(?:is |are )?hidden from (${who})`, (field, who) => `${who} do not see the ${field}`],
  [`(?:is |are )?not ${shown} (?:to|by|for) (${who})`, (field, who) => `${who} do not see the ${field}`],
  [
    `(${who}) (?:can ?not|can['’]t|must not|may not|do not|don['’]t) see`,
    (field, who) => `${who} do not see the ${field}`,
  ],
]

const adds = new RegExp(
  `((?:add|adds) (?:an? |the )?)(${name})( (?:to|for) (?:the |all |each |every )?[\\p{L}-]+(?: [\\p{L}-]+)?),? (?:which|that) `,
  'iu',
)

const end = '(?=\\s*(?:[,.;)]|$| and (?:an?|the|their|its) ))'
const patterns = said.flatMap(([source, sentence]) =>
  [
    `((?:an?|the|and|or|with|has|have|,|^)\\s+)?(${name}) \\(${source}\\)`,
    `((?:an?|the|and|or|with|has|have|,|^)\\s+)(${name}),? (?:which|that) ${source}${end}`,
  ].map((whole) => [new RegExp(whole, 'iu'), sentence] as const),
)

const lists = /\b(?:has|have|with|add|adds|plus|including|includes?|give|gets?)\b/i

/** Takes "a salary that only HR sees" apart: the field stays where it is told, who sees it is a sentence behind it. */
export const seenApart = (statements: readonly Statement[]): Statement[] =>
  statements.flatMap((statement) => {
    const told: string[] = []
    const plain = (text: string, listed: boolean): string => {
      if (text.length > 400 || (!listed && !lists.test(text))) return text
      // "Add a bonus to employees that only HR sees": what comes first is meant.
      const moved = listed ? text : text.replace(adds, '$1$2 that ')
      const to = adds.exec(text)?.[3]
      if (to && moved !== text) {
        const inner = plain(moved, false)
        return inner === moved ? text : `${inner}${to}`
      }
      for (const [pattern, sentence] of patterns) {
        const found = pattern.exec(text)
        if (!found || (!listed && !lists.test(text.slice(0, found.index + (found[1] ?? '').length)))) continue
        told.push(sentence(found[2]!.trim(), found[3]!.trim()))
        return `${text.slice(0, found.index)}${found[1] ?? ''}${found[2]}${text.slice(found.index + found[0].length)}`
      }
      return text
    }
    const items = statement.items?.map((item) => plain(item, true))
    const text = items ? statement.text : plain(statement.text, false)
    if (told.length === 0) return [statement]
    return [{ ...statement, text, ...(items ? { items } : {}) }, ...told.map((one) => ({ text: one }))]
  })
