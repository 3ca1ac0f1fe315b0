import { type Pattern, people, readerOf, thing } from './patterns.ts'
import { nameAll } from './targets.ts'
import { notForThem } from './who-said.ts'

const did =
  '(?:has |have |had )?(?:changed|did|edited|modified|updated|deleted|removed|added|created|touched|made)(?:(?:,| and| or)+ (?:changed|edited|modified|updated|deleted|removed|added|created|touched))*'
const kept =
  '(?:kept|recorded|logged|stored|visible|tracked|known|seen|remembered|saved|shown|traceable|documented|audited|written down)'
const keep =
  '(?:keep(?: track of| a record of)?|record|log|store|save|show|remember|track|document|write down|audit|let (?:us|me|\\p{L}+) see|(?:we|i) (?:want|need) to (?:see|know|keep)|(?:we|i) (?:must|should) (?:see|know|keep))'

const history: Pattern = {
  lasts: true,
  patterns: [
    new RegExp(
      `^who ${did} (?:what|which|it|(?:an? |the |each |every )${thing})(?:,? (?:and )?when)? (?:should|must|has to|needs to|shall|is|can)(?: always)?(?: (?:be|to be))? ${kept}$`,
      'iu',
    ),
    new RegExp(
      `^${keep} (?:it )?(?:who|whoever) ${did} (?:what|which|everything|(?:an? |the |each |every |which |their |his |her |our )?${thing})(?:,? (?:and )?when)?$`,
      'iu',
    ),
    new RegExp(
      `^(?:(?:the |all |old |previous |earlier |former )+(?:versions|values|states|revisions)(?: of (?:the |an? |each )?${thing})? (?:are|is|should be|must be|stay) ${kept})$`,
      'iu',
    ),
    new RegExp(
      `^keep (?:the |all |old |previous |earlier |former )+(?:versions|values|revisions)(?: of (?:the |an? |each |all )?${thing})?$`,
      'iu',
    ),
    new RegExp(
      `^(?:(?:all |the |any |every )?(?:changes?|edits?)(?: (?:to|of|in|on) (?:an? |the |each |every )?${thing})?) (?:should|must|have to|has to) (?:be ${kept}|leave a (?:trace|trail))$`,
      'iu',
    ),
    /^(?:audit|log|track|record) (everything|all|it all)$/iu,
    new RegExp(
      `^(?:(?:please )?(?:keep|track|store|record|save|log|show|have|add|we (?:want|need)|i (?:want|need)|with|maintain) )?(?:an? |the |full )*(?:history|audit(?: log| trail)?|change ?log|version history|log|trail|record)(?: of (?:all |the |every )?(?:changes?|edits?|modifications?|revisions?|who changed what))?(?: (?:to|of|for|on|in|made to) (?:an? |the |each |every )?${thing})?(?:,? (?:so (?:that )?we (?:can )?(?:see|know) )?(?:(?:with|including|and|of) )?(?:who|what|when) .*)?$`,
      'iu',
    ),
    new RegExp(
      `^(?:(?:keep track of|track|record|log|show|see|audit|we (?:want|need) to (?:see|know)|i (?:want|need) to (?:see|know)|it should be (?:visible|clear|possible to see)|${people}(?:see|view|look up|check)) )(?:who (?:has |have )?(?:changed|did|edited|modified|updated) (?:what|which)(?:,? and when| when)?|(?:all |every |each )?(?:changes?|edits?)|who (?:has |have )?(?:changed|edited|modified|updated) (?:an? |the |each |every |their |his |her |our )?${thing}(?: and when| when)?)(?: (?:to|of|for|on|in|made to) (?:an? |the |each |every )?${thing})?(?: and when| when)?$`,
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
  make: (draft, models, said, lasting) => {
    const not = notForThem(draft, models, 'read', said)
    if (not) return { unresolved: not }
    if (lasting) draft.lose(`Not built: “${lasting}”. What was changed is known for as long as the thing is there.`)
    const rule = `Every change of ${nameAll(draft, models)} is kept: who did what when`
    if (models.every(({ model }) => model.history)) return { holds: `${rule}, already.` }
    for (const { model } of models) model.history = true
    return { understood: [`${rule}.`] }
  },
}

/** "Keep a history of changes", "who changed what should be kept". */
export const readHistory = readerOf([history])
