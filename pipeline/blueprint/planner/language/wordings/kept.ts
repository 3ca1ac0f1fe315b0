import type { Wording } from '../makings.ts'
import { pluralPhrase } from '../words.ts'
import { thing } from './thing.ts'

const trash = '(?:trash|trash can|bin|recycle bin|recycling bin|wastebasket|paper basket)'
const restorable = (one: string): string => `Deleted ${pluralPhrase(one)} can be restored`
const history = (one: string): string => `Keep a history of ${pluralPhrase(one)}`

/** What is kept of what was deleted or changed, said in other words. */
export const kept: readonly Wording[] = [
  // "deleting a note moves it to the trash", "deleted notes go to a trash"
  [
    new RegExp(
      `^deleting (?:an?|the) ${thing} (?:moves|puts|sends|throws) it (?:in|into|to) (?:the|an?) ${trash}(?: first| instead)?$`,
      'iu',
    ),
    (_, one) => restorable(one!),
  ],
  [
    new RegExp(
      `^(?:when|if) (?:an?|the) ${thing} is deleted,? it (?:goes|is moved|is put|lands|ends up) (?:in|into|to) (?:the|an?) ${trash}(?: first| instead)?$`,
      'iu',
    ),
    (_, one) => restorable(one!),
  ],
  [
    new RegExp(
      `^(?:all )?deleted ${thing} (?:go|are moved|move|land|end up|are put|stay|are kept) (?:in|into|to) (?:the|an?) ${trash}(?: first)?$`,
      'iu',
    ),
    (_, one) => restorable(one!),
  ],
  // "notes can be undeleted", "deleted notes are kept and can be brought back"
  [
    new RegExp(
      `^${thing} can be (?:undeleted|un-deleted|brought back after (?:a delete|deletion|they (?:are|were) deleted)|restored after (?:a delete|deletion))$`,
      'iu',
    ),
    (_, one) => restorable(one!),
  ],
  [
    new RegExp(
      `^deleted ${thing} are (?:only hidden|kept|not lost|not gone),? and can be (?:brought back|restored|recovered|undeleted)$`,
      'iu',
    ),
    (_, one) => restorable(one!),
  ],
  [new RegExp(`^(?:please )?undelete ${thing}$`, 'iu'), (_, one) => restorable(one!)],
  // "we want to see earlier versions of notes", "version notes"
  [
    new RegExp(
      `^(?:(?:we|i) (?:want|need|would like) to (?:see|keep|know)|keep|store|show|save|remember)(?: all| the)*(?: earlier| old| older| previous| former| past)? versions of (?:an?|the|each|every|all)? ?${thing}$`,
      'iu',
    ),
    (_, one) => history(one!),
  ],
  [new RegExp(`^(?:please )?version (?:the |all )?${thing}$`, 'iu'), (_, one) => history(one!)],
  [
    new RegExp(`^${thing} (?:are|should be|must be) (?:versioned|under version control)$`, 'iu'),
    (_, one) => history(one!),
  ],
  // "several notes can be created in one request"
  [
    new RegExp(
      `^(?:many|several|multiple|a lot of) ${thing} (?:can|may|should) be (created|added|imported|updated|changed|edited)(?: together)? (?:in|with) (?:one|a single) (?:request|call|go)$`,
      'iu',
    ),
    (_, things, done) => `${/^(?:updated|changed|edited)$/i.test(done!) ? 'Update' : 'Create'} many ${things} at once`,
  ],
  [
    new RegExp(
      `^(?:bulk|mass|batch)[ -](create|creation of|add|import|import of|insert) (?:of )?(?:the |many )?${thing}$`,
      'iu',
    ),
    'Create many $2 at once',
  ],
  [
    new RegExp(`^(?:bulk|mass|batch)[ -](?:update|updates of|edit|change) (?:of )?(?:the |many )?${thing}$`, 'iu'),
    'Update many $1 at once',
  ],
  [
    new RegExp(
      `^(?:import|add|create|send) (?:many|several|multiple) ${thing} (?:in|with) (?:one|a single) (?:request|call|go)$`,
      'iu',
    ),
    'Create many $1 at once',
  ],
]
