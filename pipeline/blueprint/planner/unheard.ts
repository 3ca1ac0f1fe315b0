import type { Statement } from './language/statements.ts'

/** When, how often or on what terms something may be done: from the word that begins it to the next comma or the end. */
const condition = new RegExp(
  [
    '\\s(?:but )?(?:only )?(?:',
    '(?:while|unless|until|if|when|whenever|as long as|so long as|provided that|during|after|before|once|twice|within)\\b',
    '|(?:no|not) (?:later|earlier|sooner) than\\b',
    '|(?:at most|up to|no more than|not more than) (?:\\d+|an?|one|two|three|four|five|six|seven|ten|twelve)\\b',
    '|for (?:at most |up to )?(?:\\d+|two|three|four|five|six|seven|ten|twelve) (?:minute|hour|day|week|month|year)s\\b',
    '|(?<=only )(?:on|in|at|between|from)\\b',
    ')[^,;:()]*',
  ].join(''),
  'giu',
)
/** "Users can only cancel a booking before it starts": not that they can do nothing else. */
const onlyThen =
  /\b(can|may|could|should) (?:only|just) (?=[^,;:()]*\s(?:within|while|until|before|after|during|as long as|(?:no|not) later than)\b)/giu

/** Returns a statement without an "only" that belongs to a time. */
export const withoutOnly = (statement: Statement): Statement =>
  statement.text.search(onlyThen) < 0 ? statement : { ...statement, text: statement.text.replace(onlyThen, '$1 ') }

/** Signing in is no condition: it is how rights are had. */
const signsIn = /\b(?:log|logs|logged|logging|sign|signs|signed|signing|regist\w+|log-?in|sign-?up|accounts?)\b/i
/** What comes before the condition says what somebody does or may do. */
const deed =
  /\b(?:can|cannot|could|may|must|should|only|never|nobody|no one)\b|^(?:the |all |our )?(?:[\p{L}-]+ )?[\p{L}-]+s \p{L}{3,}/iu
const described = /\b(?:has|have|with|is|are|contains?|consists?)\b/i

/** A sentence that says how much, how long or what becomes of something is a rule, and no introduction. */
const ruled =
  /\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|once|twice|half|hidden|secret|blocked|locked|banned|free|anonymous|numbered|logged|escalated|reopened|automatically|instead|otherwise|at a time|at once)\b/i
const introduction =
  /^(?:we|i|our|my|an? (?:api|app|system|service)|build|create|make|hi|hey|hello|it is|this is|there (?:is|are))\b/i
const finite =
  /\b(?:is|are|gets?|has|have|must|may|can|cannot|should|will|lasts?|takes?|costs?|needs?|becomes?|[\p{L}]{3,}s|[\p{L}]{3,}ed)\b/iu

/** So many conditions are tried: each means to read everything again, which takes longer the more there is. */
const mostOf = (statements: readonly Statement[]): number =>
  Math.max(2, Math.min(8, Math.floor(400 / Math.max(1, statements.length))))

/**
 * Names conditions of sentences of which nothing came: without them all is the same. `isSame` says whether it is with
 * other statements in the place of these; `named` is what is said already.
 */
export const unheard = (
  statements: readonly Statement[],
  isSame: (statements: readonly Statement[]) => boolean,
  named: readonly string[],
): string[] => {
  const most = mostOf(statements)
  let tried = 0
  return statements.flatMap(({ text, items }, at) => {
    if (items || named.some((line) => text.includes(line) || line.includes(text))) return []
    return [...text.matchAll(condition)].flatMap((found) => {
      const before = text.slice(0, found.index)
      if (
        before.length < 8 ||
        /\([^)]*$/.test(before) ||
        found[0].trim().split(' ').length < 2 ||
        signsIn.test(found[0])
      )
        return []
      if (!deed.test(before) || (described.test(before) && !/\b(?:can|cannot|may|must)\b/i.test(before))) return []
      if (tried >= most || named.some((line) => line.includes(found[0].trim()))) return []
      tried += 1
      const shorter = `${text.search(onlyThen) < 0 ? before : before.replace(/\b(can|may|could|should) (?:only|just) /gi, '$1 ')}${text.slice(found.index + found[0].length)}`
      if (!isSame(statements.with(at, { text: shorter }))) return []
      return [`Not understood, so not built: “${found[0].trim().replace(/^but /i, '')}”, in “${text}”.`]
    })
  })
}

/** The opposite of a restriction, as far as exchanging words gives one. */
const opposites: readonly (readonly [RegExp, string])[] = [
  [/\b(?:can|may|must|should) ?(?:not|never)\b|\b(?:cannot|can't|mustn't|shouldn't)(?!\w)/i, 'can'],
  [/^(?:nobody|no one|no \p{L}+) (?:else )?(can|may|must|should)\b/iu, 'everybody $1'],
  [/^only (?:the |an? )?(?:\p{L}+ ){1,3}?(can|may|must|should)\b/iu, 'everybody $1'],
  [/\bnever (?=\p{L}+ )/iu, ''],
  [/^(.+?) (?:is|are) (?:only )?(?:visible|shown|seen|known) (?:only )?(?:to|by) .+$/i, 'everybody can see $1'],
]
const oppositeOf = (text: string): string | undefined => {
  const found = opposites.find(([words]) => words.test(text))
  return found && text.replace(found[0], found[1])
}

/**
 * As `unheard`, for whole sentences that are rules ("a lesson lasts 45 minutes") or keep somebody from something. One of
 * those may say what is so anyway; then its opposite is something else.
 */
export const unheardRules = (
  statements: readonly Statement[],
  isSame: (statements: readonly Statement[]) => boolean,
  named: readonly string[],
): string[] =>
  statements
    .flatMap(({ text, items }, at) => {
      if (items || named.some((line) => text.includes(line) || line.includes(text))) return []
      if (!finite.test(text) || introduction.test(text) || signsIn.test(text)) return []
      const opposite = oppositeOf(text)
      return ruled.test(text) || opposite !== undefined ? [{ text, at, opposite }] : []
    })
    .slice(0, mostOf(statements))
    .flatMap(({ text, at, opposite }) =>
      isSame(statements.toSpliced(at, 1)) && (opposite === undefined || isSame(statements.with(at, { text: opposite })))
        ? [`Not understood, so not built: “${text}”.`]
        : [],
    )
