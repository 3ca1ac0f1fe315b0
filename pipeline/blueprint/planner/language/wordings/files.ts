import { formatPattern } from '../../read/files.ts'
import type { Wording } from '../makings.ts'
import { pluralPhrase } from '../words.ts'

const a = '(?:an? |the |their )?'
const picture = '(?:photo|picture|image)s?'
const kind = `(?:an? )?(?:${formatPattern}|${picture})`
const kinds = `(${kind}(?:(?:, (?:or |and )?| or | and |/)${kind})*)`
const file = '((?:the |an? |all |each )?(?!be\\b)[\\p{L}-]+)'

/** What kinds of files may be sent, said in other words. */
export const files: readonly Wording[] = [
  // "tenants upload a photo or PDF of the defect"
  [
    new RegExp(
      `\\b(upload|attach)(s?) ${a}(?:${picture} or (?:an? )?PDFs?|PDFs? or (?:an? )?${picture})(?= (?:of|to|for|with)\\b|$)`,
      'iu',
    ),
    '$1$2 a document (photo or PDF)',
  ],
  // "the attachment may be a JPEG as well": what is there stays
  [
    new RegExp(`^${file} (?:can|may|should) be ${kinds}(?: files?| images?)? (?:too|as well|also|besides)$`, 'iu'),
    '$1 may also be $2',
  ],
  [
    new RegExp(
      `^(?:please )?also (?:accept|allow|permit|support|take) ${kinds}(?: files?| images?)? (?:for|as) ${file}$`,
      'iu',
    ),
    (_, formats, what) => `${pluralPhrase(what!)} may also be ${formats}`,
  ],
]
