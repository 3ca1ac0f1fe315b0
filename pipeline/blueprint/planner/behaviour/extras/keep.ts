import { plural, sentence } from '../../language/words.ts'
import type { BehaviourDraft } from '../draft.ts'
import { filtered } from '../lists/filtered.ts'
import { whichRows } from '../lists/which.ts'
import { type Pattern, people, readerOf, thing } from './patterns.ts'
import { nameAll } from './targets.ts'

const exported =
  /\b(?:export|download|get)(?:s|ing|ed)? (?:of )?(?:(?:all|the|any|every|our|their) )*(?<rows>.+?) (?:as|to|in|into) /iu

/** "Export the registrations of an event", "paid orders as CSV": how the list is asked for these alone. */
const someOf = (draft: BehaviourDraft, said: string): { told: string[] } | { unresolved: string } | undefined => {
  const rows = exported.exec(said)?.groups?.rows
  const which = rows ? whichRows(draft, rows) : undefined
  if (!rows || !which || which.words === '' || which.over) return undefined
  if (which.of) return { told: [`${sentence(rows)} are listed by ${which.model.path}?${which.of}={id}.`] }
  if (!which.condition)
    return { unresolved: `Nothing here says of ${plural(which.model.words)} whether they are “${which.words}”.` }
  const outcome = filtered(which.model, which.condition, which.words, rows)
  return { told: 'holds' in outcome ? [outcome.holds] : 'understood' in outcome ? outcome.understood : [] }
}

const csv: Pattern = {
  patterns: [
    new RegExp(
      `^(?:${people}|(?:it should be possible to|we (?:can|want to|need to|must be able to)|i (?:want|need) to|please|let (?:me|us|people|users|them|[\\p{L}-]+)|allow (?:\\w+ )?(?:to )?|add|support|offer|provide|enable|have|with) )*(?:an? |the )*(?:export(?:s|ing|ed)?|download(?:s|ing)?|get|csv[- ]export|list)(?: of)?(?: (?:all |the |any |every |our |their )*${thing})? (?:as|to|in|into) (?:an? )?(?:csv|comma[- ]separated|excel|spreadsheets?|xlsx)(?: files?| format| lists?| \\(csv\\)| sheets?| for excel)?(?: or (?:csv|excel))?$`,
      'iu',
    ),
    new RegExp(
      `^(?:${thing} (?:can|should|must|may) be (?:exported|downloaded|fetched|listed|available|had) (?:as|to|in) (?:an? )?(?:csv|excel|spreadsheets?)(?: files?| format)?)$`,
      'iu',
    ),
    new RegExp(
      `^(?:(?:please )?(?:add|support|offer|provide|enable|have|with|we (?:want|need)|i (?:want|need)) )?(?:an? )?(?:csv|excel|spreadsheet)[- ](?:exports?|downloads?|lists?|files?)(?: (?:for|of|with) (?:all |the |our |every )*${thing})?$`,
      'iu',
    ),
    new RegExp(`^export (?:all |the |any |every |our )*${thing}? ?(?:as|to|in) (?:an? )?csv$`, 'iu'),
  ],
  make: (draft, models, said) => {
    const some = models.length === 1 ? someOf(draft, said) : undefined
    if (some && 'unresolved' in some) return some
    for (const { api } of models) api.csv = true
    return {
      understood: [
        ...(some?.told ?? []),
        `The ${models.length > 1 ? 'lists' : 'list'} of ${nameAll(draft, models)} can be had as CSV, which spreadsheets open (?format=csv).`,
      ],
    }
  },
}

const bulk: Pattern = {
  patterns: [
    new RegExp(
      `^(?:${people}|(?:it should be possible to|we (?:can|want to|need to|must be able to)|i (?:want|need) to|please|let (?:me|us|people|users|them|[\\p{L}-]+)|allow (?:\\w+ )?(?:to )?) )*(?:create|add|import|insert|enter|post|update|change|edit|upload|send|record|make)(?: (?:and|or) (?:create|add|import|update|change|edit))? (?:(?:many|several|multiple|lots of|a list of|up to \\d+|a batch of|\\d+|hundreds of|dozens of) )(?:new )?${thing}(?: (?:at once|at a time|in (?:one|a single) (?:request|call|go|step)|in bulk|together|with one (?:request|call)))?$`,
      'iu',
    ),
    new RegExp(
      `^(?:${people}|(?:it should be possible to|we (?:can|want to|need to)|i (?:want|need) to|please|let (?:me|us|people|users|them|[\\p{L}-]+)|allow (?:\\w+ )?(?:to )?) )*(?:create|add|import|insert|post|update|change|edit|upload|send)(?: (?:and|or) (?:create|add|import|update|change|edit))? (?:the |all |new )?${thing} (?:in bulk|in batches|many at once|several at once|at once)$`,
      'iu',
    ),
    new RegExp(
      `^(?:(?:please )?(?:add|support|offer|provide|enable|have|with|allow|we (?:want|need)|i (?:want|need)) )?(?:an? )?(?:bulk|batch|mass)[- ](?:imports?|creat(?:e|es|ion)|inserts?|updates?|edits?|changes?|adding|operations?|endpoints?)(?: (?:and (?:updates?|edits?) ))?(?: ?(?:for|of|with) (?:all |the |our |many )*${thing})?$`,
      'iu',
    ),
    new RegExp(
      `^${thing} (?:can|should|must|may) be (?:created|added|imported|updated|changed|posted)(?: (?:and|or) (?:updated|changed))? (?:in bulk|in batches|many at once|several at once|\\d+ at (?:once|a time))$`,
      'iu',
    ),
  ],
  make: (draft, models, said) => {
    const most = Math.min(1000, Math.max(2, Number(/\b(\d{1,5})\b/.exec(said)?.[1] ?? 100)))
    if (models.every(({ api }) => api.bulk === most))
      return { holds: `Up to ${most} ${nameAll(draft, models)} can be made or changed in one request already.` }
    for (const { api } of models) api.bulk = most
    return {
      understood: [`Up to ${most} ${nameAll(draft, models)} can be made or changed in one request, all or none.`],
    }
  },
}

/** "Export as CSV", "create many at once". */
export const readKeeping = readerOf([csv, bulk])
