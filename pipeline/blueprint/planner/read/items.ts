import { takeLimits } from './limits.ts'

/** The most items that one list is read for. */
const maxItems = 150

const value = `(?!(?:and|is|are|has|have|which|that|it|they)\\b)(?:"[^"]+"|'[^']+'|[\\p{L}\\d][\\p{L}\\d_-]*(?: (?!or\\b|and\\b|with\\b|a\\b|an\\b|the\\b|of\\b)[\\p{L}\\d_-]+){0,2})`
const orList = `${value}(?:\\s*,\\s*${value}){0,15}\\s*,?\\s*\\bor (?!(?:not|more|less|fewer|two|three)\\b)${value}`
const choiceLead =
  '(?:,?\\s*\\b(?:which|that|who)\\s+(?:(?:can|could|may|must|should|will|would) (?:only )?be|is|are)|\\b(?:can|could|may|must|should|will)(?: only)? be|\\bbeing|\\bis|\\bof)\\b(?:\\s*:)?\\s*(?:either |one of |any of |one out of )?(?:the values )?'
const closedNouns =
  'status|state|stage|phase|priority|type|kind|category|size|level|difficulty|severity|condition|gender|sex|mood|role|visibility|urgency|frequency|format|method|channel'

const withChoices = new RegExp(`${choiceLead}(${orList})(?=$|[,;.)]|\\s+and\\b|\\s+with\\b|\\s+by default)`, 'giu')
const withEither = new RegExp(
  `(?:,?\\s*\\b(?:which|that) is )?(?:[,:]?\\s*\\b(?:either|one of:?|any of:?))\\s+(?:the following:? )?(${orList})(?=$|[,;.)]|\\s+and\\b|\\s+with\\b)`,
  'giu',
)
const closedNoun = new RegExp(
  `\\b(${closedNouns}):? (?:of |as |is |being |can be |either |to (?:either )?)?(${orList})(?=$|[,;.)]|\\s+and\\b|\\s+with\\b|\\s*\\()`,
  'giu',
)
const colonChoices = new RegExp(
  `(?<=^|[,;(]\\s*|\\band |\\bwith |\\b(?:an?|the) )([\\p{L}-]+(?: [\\p{L}-]+)?):\\s+(${orList})(?=$|[,;.)]|\\s+and\\b|\\s+with\\b)`,
  'giu',
)
const plainWord = '[\\p{L}][\\p{L}_-]*(?: [\\p{L}_-]+){0,2}'
const colonList = new RegExp(
  `\\b(${closedNouns}|position|result|outcome|verdict|grade|response)(?:\\s*:|\\s+-)\\s+(${plainWord}(?:\\s*,\\s*(?:and )?${plainWord}){1,12})(?=$|[;.)])`,
  'giu',
)
const ofList = new RegExp(
  `\\b(status|state|stage|phase|type|kind|category)\\s+of\\s+(${plainWord}(?:\\s*,\\s*(?:and )?${plainWord}){2,12})(?=$|[;.)])`,
  'giu',
)
const dashed = /([\p{L}-]+(?: [\p{L}-]+)?)\s+-\s+([^-();:]{3,80}?)\s+-(?=[\s,;.]|$)/giu
const dashChoices = new RegExp(`([\\p{L}-]+)\\s+-\\s+(${orList})(?=$|[,;.)]|\\s+and\\b|\\s+with\\b)`, 'giu')
const lifecycle = new RegExp(
  `\\b(status|state|stage|phase)\\s+(?:is\\s+)?(?:starts? (?:as|at|with|out as)|goes from|begins as|initially)\\s+([\\p{L}-]+)\\s*,?\\s*(?:and\\s+)?(?:then|to|can become|becomes)\\s+(${orList}|[\\p{L}-]+(?:\\s*,\\s*(?:then )?[\\p{L}-]+)*)`,
  'giu',
)
const eitherItem = new RegExp(`\\b(?:it|they)\\s+(?:is|are|can be)\\s+(?:either\\s+)?(${orList})(?=$|[,;.)])`, 'giu')
const oneOfAnd = new RegExp(
  `\\b(?:one of|any of)\\s*:?\\s*\\(?(${value}(?:\\s*,\\s*${value}){1,15}(?:\\s*,?\\s*and ${value})?)\\)?(?=$|[;.)])`,
  'giu',
)

/** Puts the choices of a phrase in brackets, so that their commas do not part the list: "a status of (draft, active or retired)". */
export const bracketChoices = (text: string): string =>
  text.length > 4000 || !/\bor\b|\bone of\b|\bany of\b|:|\s-\s|\bstarts?\b|\bof\b/i.test(text)
    ? text
    : text
        .replace(/\b([\p{L}-]+) ([A-Z0-9]{1,3}(?:\s*,\s*[A-Z0-9]{1,3})+,? or [A-Z0-9]{1,3})\b/gu, '$1 ($2)')
        .replace(dashed, '$1 ($2)')
        .replace(dashChoices, '$1 ($2)')
        .replace(lifecycle, '$1 ($2, $3)')
        .replace(eitherItem, 'status ($1)')
        .replace(colonChoices, '$1 ($2)')
        .replace(colonList, (found, noun: string, list: string) =>
          /\b(?:date|name|email|price|description|notes?|title|amount|text|string|required|optional|enum)\b/i.test(list)
            ? found
            : `${noun} (${list})`,
        )
        .replace(ofList, (found, noun: string, list: string) =>
          /\b(?:date|name|email|price|description|notes?|title|amount|text|an?|the|either|or|one)\b/i.test(list)
            ? found
            : `${noun} (${list})`,
        )
        .replace(withEither, ' ($1)')
        .replace(closedNoun, '$1 ($2)')
        .replace(withChoices, ' ($1)')
        .replace(oneOfAnd, ' ($1)')

const joiner =
  /^(?:\s*[,;]\s*(?:and\s+|plus\s+|or\s+)?(?:also\s+|optionally\s+(?=an?\b))?|\s+(?:and|plus|as well as|along with|together with|and also)\s+(?:also\s+)?)/i

/**
 * Returns the items of a list in words: parted at commas, semicolons and "and", but not inside brackets or quotes, nor
 * inside "between 1 and 5". A strong separator (`;`) wins over commas where there is one.
 */
export const splitItems = (source: string): string[] => {
  const text = bracketChoices(source)
  const strong = hasStrong(text)
  const items: string[] = []
  let depth = 0
  let quote = ''
  let start = 0
  let i = 0
  while (i < text.length && items.length < maxItems) {
    const sign = text[i]!
    if (quote) {
      if (sign === quote) quote = ''
    } else if (sign === '"' || sign === '`') quote = sign
    else if (sign === '(' || sign === '[' || sign === '{') depth += 1
    else if (sign === ')' || sign === ']' || sign === '}') depth = Math.max(0, depth - 1)
    else if (depth === 0 && (sign === ',' || sign === ';' || sign === ' ')) {
      const found = joiner.exec(text.slice(i, i + 24))
      const weak = strong && !found?.[0].includes(';')
      if (
        found &&
        !weak &&
        !betweenNumbers(text, start, i, found[0]) &&
        !(/^\s+and\s/i.test(found[0]) && pairs.test(text.slice(start, i + found[0].length + 14)))
      ) {
        items.push(text.slice(start, i))
        i += found[0].length
        start = i
        continue
      }
    }
    i += 1
  }
  items.push(text.slice(start))
  const parts = joinLimits(items.map((item) => item.trim()).filter(Boolean))
  if (strong) return parts.flatMap((part) => (/[:;]/.test(part) ? [part] : splitItems(part)))
  return shareHeads(parts)
}

const hasStrong = (text: string): boolean => {
  let depth = 0
  for (const sign of text) {
    if ('([{'.includes(sign)) depth += 1
    else if (')]}'.includes(sign)) depth -= 1
    else if (sign === ';' && depth === 0) return true
  }
  return false
}

/** "between 1 and 5" and "1,000" are not two items. */
const betweenNumbers = (text: string, start: number, at: number, found: string): boolean => {
  const before = text.slice(start, at)
  const after = text.slice(at + found.length, at + found.length + 14)
  if (/^\s*and\s/i.test(found) && /\b(?:between|from)\s+-?[\d.]+$/i.test(before) && /^-?\d/.test(after)) return true
  return found === ',' && /\d$/.test(before) && /^\d{3}\b/.test(after)
}
const pairs = /\b(?:pros and cons|terms and conditions|black and white|q and a|date and time)\s*$/i

const sharing =
  /^(?:(?:an?|the|its|their|his|her|optional) )?(first|last|start|end|starting|ending|min|max|minimum|maximum|home|away|billing|shipping|opening|closing|departure|arrival|begin|front|back|given|family|middle|pickup|drop-off|dropoff|expected|actual|planned|target|high|low|source|origin|old|new|left|right|inner|outer|net|gross|work|private|day|night|check-in|check-out|buying|selling|purchase|sale|prep|cook|preparation|cooking|lower|upper|morning|evening|issue|due|creation|birth)$/i

/** "first and last name" -> "first name", "last name". */
const shareHeads = (items: string[]): string[] =>
  items.map((item, i) => {
    const next = items[i + 1]
    if (!next || !sharing.test(item)) return item
    const words = next.replace(/\(.*$/, '').trim().split(/\s+/)
    const modifier = words.findIndex((word) => sharing.test(word))
    const head = modifier >= 0 ? words.slice(modifier + 1) : []
    return head.length > 0 && head.length < 3 ? `${item} ${head.join(' ')}` : item
  })

/** "seats, at least 1" is one item: what is nothing but a limit belongs to what stands before it. */
const joinLimits = (items: readonly string[]): string[] => {
  const joined: string[] = []
  for (const item of items) {
    const before = joined.at(-1)
    const fallback = /^(?:-?[\d.]+|[\p{L}-]+) (?:by default|as (?:the )?default)$/iu.test(item)
    const lone =
      /^(?:which (?:is|must be|can be) |that (?:is|must be) |must be |always )?(?:at least|at most|up to|between|from|max(?:imum)?|min(?:imum)?|no more than|default(?:s|ing)?(?: to)?|by default|unique|required|optional|never negative|not negative|(?:can not|must not|may not) be (?:negative|empty))\b[\d\s.,\p{L}%-]*$/iu.test(
        item,
      ) && /\d|unique|required|optional|negative|default|empty/i.test(item)
    if (before !== undefined && (lone || fallback) && takeLimits(item).rest === '')
      joined[joined.length - 1] = `${before} (${item})`
    else joined.push(item)
  }
  return joined
}
