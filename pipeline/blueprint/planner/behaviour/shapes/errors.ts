import { firstOf, type NoShape, type Shape, shape } from './shape.ts'

const errors = '(?:the |all |our )*(?:errors?|error (?:messages?|responses?|answers?|bodies|format)|problems|failures)'
const look =
  '(?: (?:should |must )?(?:(?:be|are|is|come|look|answer|return)(?: (?:returned|sent|answered|formatted|back))?|returned|have the form))?(?: (?:as|in|with|in the form(?: of)?|in the format|like|look like|of the form|using))?:?'
const problem = shape({ errors: 'problem' }, 'Errors are problem documents (RFC 9457): type, title, status and detail.')

/** Returns the shape that has such keys. */
const ofKeys = (keys: readonly string[]): Shape | NoShape => {
  const has = (...names: string[]): boolean => names.some((name) => keys.includes(name))
  if (has('errors')) return shape({ errors: 'errors' }, 'Errors are answered as {"errors": {field: [messages]}}.')
  if (has('error') && has('code') && has('message', 'msg'))
    return shape({ errors: 'coded' }, 'Errors are answered as {"error": {"code": "not_found", "message": "..."}}.')
  if (has('error')) return shape({ errors: 'error' }, 'Errors are answered as {"error": "..."}.')
  if (has('message', 'msg'))
    return shape({ errors: 'message' }, 'Errors are answered as {"code": 404, "message": "..."}.')
  if (has('detail', 'title', 'type')) return problem
  return {
    unresolved:
      'Errors can be {"error"}, {"error": {"code", "message"}}, {"code", "message"}, {"errors": {field: [...]}} or problem documents (RFC 9457), in no other form.',
  }
}

/** How errors are answered. */
export const readErrors = firstOf([
  [
    new RegExp(
      `^(?:(?:return|report|send|answer|give|format|use|make|show) )?${errors}${look} (?:an? |the )?(?:json |plain )?(?:object |body )?(?:with |under |in )?(?:an? |the |just |only |one )*(?:key |field |property )?(?:called |named )?(\\{[^}]*\\}?(?:\\})?|["'\`]?(?:errors?|messages?|msg|detail)["'\`]?(?: and (?:an? |the )?["'\`]?(?:code|status|message|error)["'\`]?)?)(?: (?:key|field|property|only|objects?))*$`,
      'i',
    ),
    ([, keys]) =>
      ofKeys(
        // What stands under a key are keys too: {"error": {"code", "message"}}.
        keys!
          .replace(/:\s*\{/g, ', ')
          .toLowerCase()
          .replace(/:.*?(?=,|$)/g, '')
          .match(/[a-z_]+/g) ?? [],
      ),
  ],
  [
    new RegExp(
      `^(?:(?:return|report|send|answer|give|format|use|make) )?(?:${errors}${look} )?(?:an? )?(?:(?:rfc ?(?:7807|9457))|problem\\+?[ -]?(?:json|details?|documents?)|application/problem\\+json|problem details)(?: (?:for|as) ${errors})?$`,
      'i',
    ),
    () => problem,
  ],
])
