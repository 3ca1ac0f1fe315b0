import type { Read } from '../behaviour.ts'
import { durationPattern } from '../terms/durations.ts'

const every = `(?:${durationPattern}|day|week|month|quarter|year|night)`
/** What is often asked for and is not done, and what is done instead. */
const absent: readonly (readonly [RegExp, string])[] = [
  [
    new RegExp(
      `^(?:automatically )?(?:(?:purge|empty|clear|clean up|wipe|really delete|finally delete|hard[- ]?delete|permanently delete|remove|delete) (?:the |all )*(?:(?:soft[- ]?)?deleted [\\p{L} -]{2,40}?|trash|recycle bin|bin)(?: for good| permanently| forever)?(?: (?:after|every|once a|each) (?:${every})(?: .{0,20})?)?|(?:the |all )*(?:(?:soft[- ]?)?deleted [\\p{L} -]{2,40}?|trash) (?:is|are|gets?|should be|must be) (?:automatically |really |finally |permanently )*(?:purged|emptied|removed|deleted|erased|wiped)(?: for good| permanently| forever)?(?: (?:after|every) (?:${every}))?)$`,
      'iu',
    ),
    'Nothing removes for good what was deleted and can be restored: it stays, hidden, until it is restored.',
  ],
  [
    /^(?:(?:[\p{L}-]+ (?:can|may|should be able to|must be able to)|let [\p{L}-]+(?: to)?|we (?:want|need) to|it should be possible to|please|allow (?:[\p{L}-]+ )?to|support|add|i want to) )*(?:import(?:s|ing)?|upload(?:s|ing)?|load(?:s|ing)?|read(?:s|ing)?) (?:(?:all|the|new|many|our|their|a list of) )*[\p{L} -]{2,40}? (?:from|as|by|via|in|with|through) (?:an? |the )*(?:csv|excel|spreadsheets?|xlsx)(?: files?| uploads?| format| sheets?)?$|^(?:the |all )?[\p{L} -]{2,40}? (?:can|may|should|must) be (?:imported|uploaded|loaded) (?:from|as|by|via|in|with|through) (?:an? )?(?:csv|excel|spreadsheets?|xlsx)(?: files?| uploads?| format| sheets?)?$|^(?:(?:add|support|have|with|offer|we (?:want|need)) )?(?:an? )?(?:csv|excel) (?:imports?|uploads?)(?: (?:for|of) [\p{L} -]{2,40})?$/iu,
    'Files of CSV or Excel are not read in; many can be sent in one request as JSON: say “create many tools at once”.',
  ],
]

/** What a system of ours does not do, and what is done instead. */
export const readNotThere: Read = (said) => {
  const why = absent.find(([pattern]) => pattern.test(said.trim()))?.[1]
  return why === undefined ? undefined : { said, rest: [], sure: true, apart: true, apply: () => ({ unresolved: why }) }
}
