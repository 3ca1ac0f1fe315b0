import type { Read } from '../behaviour.ts'
import { applyView } from './apply-view.ts'
import { askedFor } from './asked-for.ts'
import { isBareReport } from './bare-report.ts'
import { readView } from './read-view.ts'
import { namedRoles } from './see.ts'

const paper = /,?\s+(?:as|in|by) (?:an? )?(pdf|excel|spreadsheet|xlsx|e-?mail|image|png)s?(?: files?| format| sheet)?$/i

const shows =
  /^(?:at the end of (?:the|each|every) [a-z]+,? )?(?:(?:please )?(?:show|display)|(?:i|we) want to see) (?!the (?:author|owner|name)\b)/i

/** "Show donations per month and campaign": a report over what is stored. */
/** "Doctors see litres per blood group and month": what is seen by the month is added up, whatever it is called. */
const seesPer =
  /^(?:only )?(?:the |all )?[\p{L}-]+(?: [\p{L}-]+)? (?:can |may )?(?:sees?|gets?|wants?|needs?|views?) .+ (?:per|by|for each|for every|each|every) .*\b(?:day|week|month|quarter|year|weekday|hour)$/iu

export const readReport: Read = (sentence) => {
  const form = paper.exec(sentence)
  const whole = form ? sentence.slice(0, form.index) : sentence
  const plain = askedFor(whole) ?? whole
  const bare = isBareReport(plain)
  const spec = readView(bare ? `Show ${plain.charAt(0).toLowerCase()}${plain.slice(1)}` : plain)
  // What people see of what is theirs is no report over everybody's.
  if (!spec || (spec.who && spec.groups.length === 0 && !spec.top && /\b(?:their|they)\b/i.test(plain)))
    return undefined
  if (bare || plain !== whole) spec.said = whole
  const rest = [
    ...(namedRoles(spec.who?.words ?? '').length > 0 ? ['With user accounts'] : []),
    ...(form
      ? [/mail/i.test(form[1]!) ? 'Send the report by email' : `Export the report as ${form[1]!.toUpperCase()}`]
      : []),
  ]
  // What is to be shown per something is a report, also where it cannot be made: no field of the things is.
  const asked = (shows.test(plain) && spec.groups.length > 0) || seesPer.test(plain) || spec.rank !== undefined
  return {
    said: sentence,
    rest,
    ...(bare || asked ? { sure: true } : {}),
    // What it counts may come of what is said later.
    ...(asked && !bare ? { after: 5 } : {}),
    apply: (draft) => applyView(draft, spec),
  }
}
