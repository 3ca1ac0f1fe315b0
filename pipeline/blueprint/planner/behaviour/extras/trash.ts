import { sentence } from '../../language/words.ts'
import { must, type Pattern, people, readerOf, thing } from './patterns.ts'
import { nameAll } from './targets.ts'
import { notForThem } from './who-said.ts'

const allow =
  '(?:(?:let|allow|permit) (?:the |all )?[\\p{L}-]+(?: to)? |(?:we|i) (?:want|need) to (?:be able to )?|it (?:should|must) be possible to |make it possible to )?'
const deeds = '(?:deletes?|deletions?|deleting(?: of)?|removals?|removing(?: of)?)'
const soft = '(?:soft|undoable|reversible|revertible|recoverable|restorable|not (?:final|for good|permanent|forever))'

const trash: Pattern = {
  lasts: true,
  patterns: [
    new RegExp(
      `^(?:the |all |every )?${deeds}(?: (?:of |on |for )?(?:an? |the )?${thing})? (?:are|is|should be|must be|shall be) (?:always |only )?${soft}$`,
      'iu',
    ),
    new RegExp(`^(?:make |have )(?:all |the )?${deeds}(?: (?:of |on |for )?${thing})? ${soft}$`, 'iu'),
    new RegExp(
      `^(?:an? |all |every |the )*(?:accidentally |wrongly )?(?:deleted|removed) ${thing} (?:stays?|remains?|is|are|should|must|can)(?: still)?(?: (?:stay|remain|be|is|are))?(?: kept)? (?:restorable|recoverable|retrievable|undeletable|in the (?:trash|bin)|restored|undeleted|brought back|around|kept|there)$`,
      'iu',
    ),
    new RegExp(
      `^${allow}(?:undo|revert|take back|roll back) (?:the |an? |my |our |their |any |all |accidental )*(?:deletes?|deletions?|deleting|removals?)(?: (?:of|on|for) (?:the |an? )?${thing})?$`,
      'iu',
    ),
    new RegExp(
      `^${allow}(?:restore|undelete|recover|bring back|get back) (?:the |all |any |an? |my |our |their )*(?:accidentally )?(?:deleted|removed) ${thing}(?: back)?$`,
      'iu',
    ),
    new RegExp(
      `^(?:keep|do not lose|hold on to|retain) (?:the |all |any )*(?:deleted|removed) ${thing}(?: restorable| recoverable| around| in the (?:trash|bin))?$`,
      'iu',
    ),
    new RegExp(
      `^(?:(?:an?|add an?|we (?:want|need) an?|with) )?(?:undo|restore|undelete)(?: button| function| option| feature)? (?:for|of|on|after) (?:the |all )?(?:deletes?|deletions?|deleting|removals?|deleted ${thing})$`,
      'iu',
    ),
    new RegExp(`^${thing} (?:is|are|should be|must be|get|gets) (?:only )?soft[- ]?deleted$`, 'iu'),
    new RegExp(`^soft[- ]?deletes? (?:for |of |on )?(?:the |all )?${thing}$`, 'iu'),
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
  make: (draft, models, said, lasting) => {
    const not = notForThem(draft, models, 'delete', said)
    if (not) return { unresolved: not }
    const many = models.length > 1 && models.length === draft.models().length
    const restored = `${sentence(nameAll(draft, models))} that ${many ? 'is' : 'are'} deleted can be restored, by whoever may delete`
    if (lasting)
      draft.lose(
        `Not built: “${lasting}”. What is deleted can be restored for as long as the system runs: nothing removes it for good.`,
      )
    if (models.every(({ model }) => model.softDelete)) return { holds: `${restored}, already.` }
    for (const { model } of models) model.softDelete = true
    return { understood: [`${restored}.`] }
  },
}

const final: Pattern = {
  patterns: [
    new RegExp(
      `^(?:the |all |every )?${deeds}(?: (?:of |on |for )?(?:an? |the )?${thing})? (?:are|is|should be|must be|shall be) (?:always )?(?:final|permanent|for good|forever|hard|real|irreversible)$`,
      'iu',
    ),
    new RegExp(
      `^(?:(?:use|do|have|we want) )?hard[- ]?(?:deletes?|deletions?)(?: (?:for|of|on) (?:the |all )?${thing})?$`,
      'iu',
    ),
    new RegExp(`^(?:really )?delete (?:the |all )?${thing} (?:for good|permanently|forever|for real)$`, 'iu'),
  ],
  make: (draft, models) => {
    const what = nameAll(draft, models)
    if (!models.some(({ model }) => model.softDelete))
      return { holds: `What is deleted of ${what} is gone for good already.` }
    for (const { model } of models) delete model.softDelete
    return { understood: [`What is deleted of ${what} is gone for good.`], breaks: draft.changing }
  },
}

/** "Deleted notes can be restored", "deletes are soft", "let me undo deletes". */
export const readTrash = readerOf([trash, final])
