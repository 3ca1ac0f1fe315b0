import type { Read } from '../behaviour.ts'

const day = '(?:day|week|month|quarter|year|morning|evening|night|(?:mon|tues|wednes|thurs|fri|satur|sun)day)'
const often = `(?:daily|weekly|monthly|quarterly|yearly|annual|regular|every (?:other )?${day}|each ${day}|once (?:a|per) ${day}|at the end of (?:the|each|every) ${day}|on the first of (?:the|each|every) month)`
const paper =
  '(?:e-?mails?|newsletters?|lists?|reports?|overviews?|summar(?:y|ies)|digests?|statements?|mailings?|bulletins?)'
const sent =
  '(?:gets?|receives?|is sent|are sent|is e-?mailed|are e-?mailed|should (?:get|receive)|must (?:get|receive))'
const posted = [
  new RegExp(
    `^(?=.*\\b${often}\\b).{2,60} ${sent} (?:by e-?mail )?(?:an? |the |all )?(?:[\\p{L}-]+ )?${paper}\\b.*$`,
    'iu',
  ),
  new RegExp(
    `^(?=.*\\b${often}\\b)(?:${often},? )?(?:we |it |the system )?(?:should |must )?(?:sends?|e-?mails?|mails?|posts?) (?:out )?.*\\b${paper}\\b.*$`,
    'iu',
  ),
  new RegExp(
    `^(?=.*\\b${often}\\b)(?:an? |the )?.{0,40}\\b${paper}\\b.{0,60} (?:is|are|should be|must be|gets?) (?:sent|e-?mailed|mailed)\\b.*$`,
    'iu',
  ),
]
const form = '(?:pdfs?|excel|spreadsheets?|xlsx|word documents?)'
const made = new RegExp(
  `^(.+?) (?:can|may|should be able to) (?:also )?(?:download|print|export|get|save|see|view) (.+?),? (?:as|in|to) (?:an? )?${form}(?: files?| format| documents?)?$`,
  'iu',
)
const printed = new RegExp(
  `^(?!.*\\b(?:upload|attach|ha(?:s|ve)|with an? pdf)).+ (?:get|gets|receives?|is|are|can be|print|create|generate|make|export|download)\\b.* (?:as|to|into|in) (?:an? )?${form}\\b(?: files?| format| documents?)?(?: .*)?$|^(?:print|create|generate|make|export|download) (?:an? |the )?${form} .*$`,
  'iu',
)

/** "Everybody sees who comes": who comes is no thing. */
const wondered =
  /^(?:[\p{L}'-]+ ){1,3}?(?:can |may |must |should )?(?:never |not )?(?:sees?|knows?|finds? out) (?:who|whether|when|why|how|where) \p{L}+$/iu

/**
 * What a system of ours does not do: lists that are sent out by themselves, documents that are made. Said so, and not read as if
 * it spoke of things; what people may see stays said.
 */
export const readBeyond: Read = (said) => {
  if (posted.some((pattern) => pattern.test(said)))
    return {
      said,
      rest: [],
      sure: true,
      apply: () => ({
        unresolved:
          'Nothing is sent out by itself at a time; the same can be read whenever it is wanted: say "show overdue loans per member".',
      }),
    }
  if (wondered.test(said))
    return {
      said,
      rest: [],
      sure: true,
      apply: () => ({ unresolved: 'Say what of it should be seen, in things and fields.' }),
    }
  const paper_ = made.exec(said)
  if (!paper_ && !printed.test(said)) return undefined
  const what = paper_?.[2]
  return {
    said,
    rest: paper_ && /^(?:the |their |his |her |its |all |own )/i.test(what!) ? [`${paper_[1]!} can see ${what!}`] : [],
    sure: true,
    apply: () => ({
      unresolved:
        'Documents such as PDF or Excel are not made; every list can be had as CSV: say "export orders as CSV".',
    }),
  }
}
