import { sentence } from '../../language/words.ts'
import type { Outcome, Read } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { nameAll, targetsOf } from './targets.ts'

type Make = (draft: BehaviourDraft, models: Found[]) => Outcome
type Pattern = { patterns: readonly RegExp[]; make: Make }

const thing = "([\\p{L}'-]+(?: [\\p{L}'-]+){0,3}?)"
const people =
  '(?:(?:the |all |any |only )?[\\p{L}-]+ (?:can|may|should be able to|must be able to|want to|need to|are able to) (?:also )?)'
const must = '(?:can|may|should|must|has to|have to|need to|needs to|want to)'

const trash: Pattern = {
  patterns: [
    new RegExp(
      `^(?:a )?deleted ${thing} ${must} be (?:restored|recovered|brought back|undeleted|undone)(?: (?:again|later|by .+|for .+))?$`,
      'iu',
    ),
    new RegExp(
      `^${thing} ${must} be (?:restored|recovered|brought back|undeleted) (?:when|if|after|once) (?:they (?:are|were|have been)|it (?:is|was|has been)|being )?\\s*(?:deleted|deletion)$`,
      'iu',
    ),
    new RegExp(
      `^${people}(?:restore|undelete|recover|bring back) (?:the )?(?:deleted )?${thing}(?: (?:that|which|they|they have|again|from (?:the )?(?:trash|bin)).*)?$`,
      'iu',
    ),
    new RegExp(
      `^(?:do not (?:really )?delete ${thing}(?: for good| permanently| really| forever)?|never (?:really )?delete ${thing}(?: for good)?)(?:,? (?:but|just|only) (?:hide|archive|mark|move) .*)?$`,
      'iu',
    ),
    new RegExp(
      `^(?:(?:please )?(?:add|use|enable|support|have|with|we (?:want|need)) )?(?:an? )?(?:soft[- ]?delet(?:e|es|ion|ing)|trash(?: ?can| bin)?|recycle bin|undelete|undo for delet(?:es|ion|ing))(?: (?:for|on|of|with) (?:deleted )?${thing}(?: with (?:a )?restore)?)?$`,
      'iu',
    ),
    new RegExp(
      `^(?:when (?:an? |the )?${thing} (?:is|are) deleted,? (?:it|they)|deleted ${thing}|${thing} that (?:is|are) deleted) (?:goes?|should go|moves?|is moved|are moved|lands?|stays?|is kept|are kept) (?:to|into|in) (?:the |a )?(?:trash|recycle bin|bin|archive)(?: (?:and|so|from where|where) .*)?$`,
      'iu',
    ),
    new RegExp(
      `^(?:it (?:should|must) be possible to |we (?:can|must be able to|want to) |let (?:us|people|users|them) |allow (?:users |people )?(?:to )?)?(?:restore|undelete|undo (?:the )?delet(?:ing|ion)(?: of)?) (?:the )?(?:deleted )?${thing}$`,
      'iu',
    ),
    new RegExp(
      `^(?:deleting|a delete|deletion) (?:of )?(?:an? |the )?${thing} ${must} be (?:undone|reversible|undoable|revertible)$`,
      'iu',
    ),
  ],
  make: (draft, models) => {
    for (const { model } of models) model.softDelete = true
    return {
      understood: [
        `${sentence(nameAll(draft, models))} that ${models.length > 1 && models.length === draft.models().length ? 'is' : 'are'} deleted can be restored, by whoever may delete.`,
      ],
    }
  },
}

const history: Pattern = {
  patterns: [
    new RegExp(
      `^(?:(?:please )?(?:keep|track|store|record|save|log|show|have|add|we (?:want|need)|i (?:want|need)|with|maintain) )?(?:an? |the |full )*(?:history|audit(?: log| trail)?|change ?log|version history|log|trail|record)(?: of (?:all |the |every )?(?:changes?|edits?|modifications?|revisions?|who changed what))?(?: (?:to|of|for|on|in|made to) (?:an? |the |each |every )?${thing})?(?:,? (?:so (?:that )?we (?:can )?(?:see|know) )?(?:(?:with|including|and|of) )?(?:who|what|when) .*)?$`,
      'iu',
    ),
    new RegExp(
      `^(?:(?:keep track of|track|record|log|show|see|audit|we (?:want|need) to (?:see|know)|i (?:want|need) to (?:see|know)|it should be (?:visible|clear|possible to see)|${people}(?:see|view|look up|check)) )(?:who (?:has |have )?(?:changed|did|edited|modified|updated) (?:what|which)(?:,? and when| when)?|(?:all |every |each )?(?:changes?|edits?)|who (?:has |have )?(?:changed|edited|modified|updated) (?:an? |the |each |every )?${thing}(?: and when| when)?)(?: (?:to|of|for|on|in|made to) (?:an? |the |each |every )?${thing})?(?: and when| when)?$`,
      'iu',
    ),
    new RegExp(
      `^(?:every|each|all|any) (?:changes?|edits?)(?: (?:to|of|in|on) (?:an? |the |each |every )?${thing})? (?:is|are|must be|should be|has to be) (?:logged|recorded|kept|tracked|stored|audited)(?:,? (?:with|including) .*)?$`,
      'iu',
    ),
    new RegExp(
      `^${thing} (?:have|has|keep|keeps|should have|need|needs) (?:an? |their |its )*(?:change |edit |version |audit )?(?:history|audit (?:log|trail)|change ?log|versions)(?: of (?:changes|edits))?$`,
      'iu',
    ),
  ],
  make: (draft, models) => {
    for (const { model } of models) model.history = true
    return { understood: [`Every change of ${nameAll(draft, models)} is kept: who did what when.`] }
  },
}

const csv: Pattern = {
  patterns: [
    new RegExp(
      `^(?:${people}|(?:it should be possible to|we (?:can|want to|need to|must be able to)|i (?:want|need) to|please|let (?:me|us|people|users|them|\\w+s)|allow (?:\\w+ )?(?:to )?|add|support|offer|provide|enable|have|with) )*(?:an? |the )*(?:export(?:s|ing|ed)?|download(?:s|ing)?|get|csv[- ]export|list)(?: of)?(?: (?:all |the |any |every |our |their )*${thing})? (?:as|to|in|into) (?:an? )?(?:csv|comma[- ]separated|excel|spreadsheets?|xlsx)(?: files?| format| lists?| \\(csv\\)| sheets?| for excel)?(?: or (?:csv|excel))?$`,
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
  make: (draft, models) => {
    for (const { api } of models) api.csv = true
    return {
      understood: [
        `The ${models.length > 1 ? 'lists' : 'list'} of ${nameAll(draft, models)} can be had as CSV, which spreadsheets open (?format=csv).`,
      ],
    }
  },
}

const bulk: Pattern = {
  patterns: [
    new RegExp(
      `^(?:${people}|(?:it should be possible to|we (?:can|want to|need to|must be able to)|i (?:want|need) to|please|let (?:me|us|people|users|them|\\w+s)|allow (?:\\w+ )?(?:to )?) )*(?:create|add|import|insert|enter|post|update|change|edit|upload|send|record)(?: (?:and|or) (?:create|add|import|update|change|edit))? (?:(?:many|several|multiple|lots of|a list of|up to \\d+|a batch of|\\d+|hundreds of|dozens of) )(?:new )?${thing}(?: (?:at once|at a time|in (?:one|a single) (?:request|call|go|step)|in bulk|together|with one (?:request|call)))?$`,
      'iu',
    ),
    new RegExp(
      `^(?:${people}|(?:it should be possible to|we (?:can|want to|need to)|i (?:want|need) to|please|let (?:me|us|people|users|them|\\w+s)|allow (?:\\w+ )?(?:to )?) )*(?:create|add|import|insert|post|update|change|edit|upload|send)(?: (?:and|or) (?:create|add|import|update|change|edit))? (?:the |all |new )?${thing} (?:in bulk|in batches|many at once|several at once|at once)$`,
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
  make: (draft, models) => {
    for (const { api } of models) api.bulk = 100
    return { understood: [`Up to 100 ${nameAll(draft, models)} can be made or changed in one request, all or none.`] }
  },
}

const all: readonly Pattern[] = [trash, history, csv, bulk]

/** "Deleted notes can be restored", "keep a history of changes", "export as CSV", "create many at once". */
export const readKeeping: Read = (said) => {
  const text = said.trim()
  for (const { patterns, make } of all)
    for (const pattern of patterns) {
      const found = pattern.exec(text)
      if (!found) continue
      const named = found.slice(1).find((group) => group !== undefined) ?? ''
      return {
        said,
        rest: [],
        apply: (draft) => {
          const models = targetsOf(draft, named)
          return models && models.length > 0
            ? make(draft, models)
            : { unresolved: `There is nothing called “${named.trim()}”.` }
        },
      }
    }
  return undefined
}
