import { sampleNumber as sample } from '../../lexicon/running-numbers.ts'
import { type Look, lookOf } from './sample.ts'

/** What is said of how numbers run, besides that they do. */
export type Running = Look & {
  /** For each of what they begin again, in the words that were said; `year` and `month` too. */
  per: readonly string[]
}

const noun =
  '[\\p{L}-]+(?: (?!start|begin|run|count|reset|restart|and\\b|from\\b|like\\b|in\\b|with\\b|at\\b|that\\b|which\\b|each\\b|every\\b|per\\b|separately|consecutively|sequentially|automatically|without\\b)[\\p{L}-]+)?'
const count = '(\\d{1,12})'
const begun =
  '(?:start|starts|starting|begin|begins|beginning|run|runs|running|count|counts|counting|counted|go|goes|going|continue|continues|continuing)'
const again =
  '(?:(?:start|starts|starting|begin|begins|beginning|reset|resets|resetting|restart|restarts|restarting)(?: again| anew| over| fresh)*(?: (?:at|from|with) (?:1|one))?)'

type Part = { at: RegExp; take: (said: Running, found: RegExpExecArray) => Running | undefined }

const starting = (source: string, take: Part['take']): Part => ({
  at: new RegExp(
    `^(?:,|;)? ?(?:and |but |which |that |they |it )*(?:should |must |will |shall )?(?:are |is |be )?${source}(?![\\p{L}\\d-])`,
    'iu',
  ),
  take,
})
const same = (said: Running): Running => said
const per = (said: Running, what: string): Running => ({ ...said, per: [...said.per, what.trim()] })

/** How it may go on; each is taken off the front until nothing is left. */
const ways: readonly Part[] = [
  starting(
    `(?:${begun} )?(?:up )?(?:from|at|with) (?:number |no\\. ?)?${count}(?: on(?:wards?)?| upwards?| up)?`,
    (said, found) => ({ ...said, from: Number(found[1]) }),
  ),
  starting(
    `(?:again )?${again} (?:(?:for|in|with|within|on) )?(?:each|every|the|a) (?:new |calendar )*(${noun})`,
    (said, found) => per(said, found[1]!),
  ),
  starting(
    `(?:separately |individually |anew |again |independently |consecutively |sequentially )*(?:per|by(?! (?:hand|us|staff|whoever|people|somebody|someone|the)\\b)|for each|for every|within each|within every|within an?|within its|within their|within the|in each|in every|inside each|inside a|of each|each|every) (?:own |calendar |single |new )*(${noun})`,
    (said, found) => per(said, found[1]!),
  ),
  // "Starting at 2025-0001".
  starting(`${begun} (?:at|with|from) (?!\\d+(?![\\d_/.-]))${sample}`, (said, found) => {
    const look = lookOf(found[1]!)
    return look && { ...said, ...look }
  }),
  starting('(?:yearly|annually)', (said) => per(said, 'year')),
  starting('monthly', (said) => per(said, 'month')),
  starting(
    `(?:in the (?:form|format|style|shape)(?: of)?|of the (?:form|format)|formatted (?:like|as)|written (?:like|as)|looking like|looks? like|in the way of|like|such as|as in|e\\.?g\\.?|for example|for instance|,|:)?[:,]? ?${sample}(?:(?:, | and |, and ){1,2}${sample})*(?:,? (?:and so on|etc\\.?|…|\\.\\.\\.))*`,
    (said, found) => {
      const look = lookOf(found[1]!)
      return look && { ...said, ...look }
    },
  ),
  starting(
    `\\( ?(?:e\\.?g\\.? ?|like |for example |for instance |i\\.?e\\.? ?)?:?${sample}(?:(?:, ?| and |, and ){1,2}${sample})*[, ]*(?:and so on|etc\\.?|…|\\.\\.\\.)*\\)`,
    (said, found) => {
      const look = lookOf(found[1]!)
      return look && { ...said, ...look }
    },
  ),
  starting(
    '(?:consecutively|sequentially|successively|continuously|automatically|serially|through|in (?:sequence|order|turn)|one after (?:another|the other)|in ascending order|ascending|upwards?|by (?:the system|itself|themselves)|without (?:any )?gaps?|with no gaps?|gap-?less(?:ly)?|with a (?:running|sequential|consecutive) number)',
    same,
  ),
  starting(
    '(?:in the order (?:in which |that )?(?:they (?:are|were) )?(?:made|created|added|entered|placed|issued)|in order of (?:creation|entry)|as (?:they|it) (?:are|is) (?:made|created|added))',
    same,
  ),
  starting(
    '(?:(?:count|counts|go|goes|increase|increases|rise|rises|increment|increments|incremented|incrementing|increasing|counting|counted)(?: up)?(?: automatically)?(?: by (?:one|1))?(?: (?:each|every) time)?)',
    same,
  ),
  starting(
    '(?:assigned|generated|given|set|made|filled in|created|issued)(?: automatically)?(?: by the system)?(?: automatically)?(?: (?:when|once) (?:it|they) (?:is|are) (?:made|created|added))?',
    same,
  ),
  starting(
    '(?:(?:can(?:not| not)|must not|may not|should not) be (?:changed|edited|set)(?: by anyone| afterwards| by anybody)?|nobody (?:can|may) (?:change|edit)(?: it| them)?|never (?:changes?|repeats?|used twice))',
    same,
  ),
  starting('unique', same),
]

/** Reads how the numbers run to the end of the sentence; undefined where it says something else too. */
export const readRunning = (tail: string): Running | undefined => {
  let said: Running = { per: [] }
  let rest = tail.trim()
  for (let step = 0; rest !== '' && step < 8; step += 1) {
    let next: { said: Running; rest: string } | undefined
    for (const { at, take } of ways) {
      const found = at.exec(rest)
      const taken = found && take(said, found)
      const left = found && rest.slice(found[0].length).trim()
      if (taken && (!next || left!.length < next.rest.length)) next = { said: taken, rest: left! }
    }
    if (!next) return undefined
    ;({ said, rest } = next)
  }
  return rest === '' ? said : undefined
}

/**
 * Returns the numbers with the year or month written where they begin again with it ("per year"), and of `per` what is
 * left; what is wrong with it, in a sentence, where that is not clear.
 */
export const periodically = (running: Running): Running | string => {
  let { as } = running
  const per: string[] = []
  for (const words of running.per) {
    const period = /^(?:new |calendar )*(year|month)s?$/i.exec(words)?.[1]?.toLowerCase()
    if (!period) {
      per.push(words)
      continue
    }
    as ??= '{number:4}'
    if (!as.includes('{year}')) as = `{year}-${period === 'month' ? '{month}-' : ''}${as}`
    else if (period === 'month' && !as.includes('{month}')) return 'How a number of the month looks is not clear.'
  }
  return {
    ...(running.from === undefined || running.from === 1 ? {} : { from: running.from }),
    ...(as === undefined ? {} : { as }),
    per,
  }
}
