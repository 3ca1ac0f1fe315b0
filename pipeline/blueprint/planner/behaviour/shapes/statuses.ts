import { firstOf, type NoShape, type Shape, shape } from './shape.ts'

const status =
  '(?:an? |the |with |http |status |code )*(\\d{3})(?: (?:ok|created|no content|bad request|unprocessable(?: entity| content)?))?'
const answers =
  '(?:should |must |shall )?(?:answers?|returns?|gives?|be|are|is|get|gets|responds?|yields?|means?|lead to|come back|comes back)(?: (?:with|as|back|answered with|answered by))*'
const give = '(?:answer|return|respond|use|give|send|reply|report)(?: with)?'
const when = '(?:on|for|when|after|if|in case of|where|at|upon)'

const invalid =
  '(?:the |all |every |an? )*(?:validation (?:errors?|failures?|problems?)|invalid (?:requests?|inputs?|data|bodies|values?|json)|wrong (?:inputs?|values?|data|requests?)|bad (?:inputs?|requests?|data|values?)|failed validation|(?:the )?(?:inputs?|requests?|data|bodies|body|values?)(?: that)? (?:is|are|do(?:es)? not validate|fails? validation)(?: (?:invalid|wrong|bad|not valid))?)'
const deletes =
  '(?:the |all |every |an? |successful )*(?:deletes?|deletions?|deleting(?: (?:something|anything|things?|an? [\\p{L}-]+))?|delete (?:requests?|calls?|endpoints?)|(?:something|anything|things?|it|an? [\\p{L}-]+|[\\p{L}-]+s) (?:is|are|was|has been|gets) (?:deleted|removed))'
const creates =
  '(?:the |all |every |an? |successful )*(?:creates?|creations?|creating(?: (?:something|anything|things?|an? [\\p{L}-]+))?|(?:create|post) (?:requests?|calls?|endpoints?)|posts?|(?:something|anything|things?|it|an? [\\p{L}-]+|[\\p{L}-]+s) (?:is|are|was|has been|gets) (?:created|made|added))'

/** What is so in every system: who is not signed in, may not, asks for what is not there, breaks a rule, calls too often. */
const always: { readonly [status: string]: [RegExp, string] } = {
  401: [
    /\b(?:not signed in|unauthenticated|without (?:an? )?(?:tokens?|login|sign(?:ing)? ?in)|no token|(?:invalid|wrong|bad|missing|expired) (?:tokens?|passwords?|credentials?)|not logged in)\b/i,
    'Whoever is not signed in is answered 401.',
  ],
  403: [
    /\b(?:forbidden|not allowed|may not|no rights?|without (?:the )?rights?|missing (?:rights?|permissions?)|no permission)\b/i,
    'Whoever is signed in and may not is answered 403.',
  ],
  404: [
    /\b(?:not found|not exist|missing|unknown|no such|not there|gone)\b/i,
    'What is not there, or not theirs to see, is answered 404.',
  ],
  409: [
    /\b(?:conflicts?|duplicates?|taken already|exists already|already (?:exists|taken))\b/i,
    'What would break a rule, or is there already, is answered 409.',
  ],
  429: [
    /\b(?:too many|too often|wrong) .*\b(?:logins?|sign-?ins?|passwords?|attempts|keys)\b/i,
    'Who tries too many wrong passwords or keys is answered 429.',
  ],
}

const other = (code: string, said: string): Shape | undefined => {
  const known = always[code]
  return known?.[0].test(said) ? shape({}, known[1]) : undefined
}

const ofInvalid = (code: string): Shape | NoShape | undefined =>
  code === '400' || code === '422'
    ? shape({ invalid: Number(code) as 400 | 422 }, `What is wrong in itself is answered with ${code}.`)
    : { unresolved: 'What is wrong in itself can be answered with 422 or with 400.' }

const ofDeletes = (code: string): Shape | NoShape =>
  code === '204'
    ? shape({ deleted: 204 }, 'A delete is answered with 204 and nothing else.')
    : code === '200'
      ? shape({ deleted: 200 }, 'A delete is answered with 200 and the object.')
      : { unresolved: 'A delete can be answered with 204, or with 200 and the object.' }

const ofCreates = (code: string): Shape | NoShape =>
  code === '200' || code === '201'
    ? shape({ created: Number(code) as 200 | 201 }, `A create is answered with ${code}.`)
    : { unresolved: 'A create can be answered with 201 or with 200.' }

const deleted = (nothing: boolean): Shape | NoShape => ofDeletes(nothing ? '204' : '200')

/** The statuses of answers, and the method of an update. */
export const readStatuses = firstOf([
  [new RegExp(`^${invalid} ${answers} ${status}$`, 'iu'), (found) => ofInvalid(found[1]!)],
  [
    new RegExp(`^${invalid}(?: with| as|:)? ${status}(?: (?:instead of|not|rather than) 4\\d\\d)?$`, 'iu'),
    (found) => ofInvalid(found[1]!),
  ],
  [new RegExp(`^(?:${give} )?${status} ${when} ${invalid}$`, 'iu'), (found) => ofInvalid(found[1]!)],
  [
    /^(?:use |answer |return |send |give )?(?:an? )?(400|422) (?:instead of|not|rather than) (?:an? )?4(?:00|22)(?: .{0,40})?$/i,
    (found) => ofInvalid(found[1]!),
  ],
  [new RegExp(`^(?:${give} )?${status} ${when} ${deletes}$`, 'iu'), (found) => ofDeletes(found[1]!)],
  [new RegExp(`^${deletes} ${answers} ${status}(?: .{0,40})?$`, 'iu'), (found) => ofDeletes(found[1]!)],
  [
    new RegExp(
      `^${deletes} ${answers} (?:an? |the )?(no content|nothing|empty (?:body|answer|response)|(?:deleted )?(?:object|row|thing|item)|what (?:was|is) deleted)$`,
      'iu',
    ),
    (found) => deleted(/no|empty/i.test(found[1]!)),
  ],
  [
    new RegExp(
      `^${give} (?:an? |the )?(no content|nothing|(?:deleted )?(?:object|row|thing|item)) ${when} ${deletes}$`,
      'iu',
    ),
    (found) => deleted(/no/i.test(found[1]!)),
  ],
  [
    /^(?:return|answer|give|send) (?:the )?deleted (?:object|row|thing|item)s?(?: (?:on|after|when|for) .{0,40})?$/i,
    () => deleted(false),
  ],
  [new RegExp(`^(?:${give} )?${status} ${when} ${creates}$`, 'iu'), (found) => ofCreates(found[1]!)],
  [new RegExp(`^${creates} ${answers} ${status}(?: .{0,40})?$`, 'iu'), (found) => ofCreates(found[1]!)],
  [new RegExp(`^(?:${give} )?${status}(?: .{0,80})$`, 'iu'), (found) => other(found[1]!, found[0])],
  [new RegExp(`^.{3,80} ${answers} ${status}$`, 'iu'), (found) => other(found[1]!, found[0])],
  [
    /^(?:use |accept |support |allow |updates? (?:are |is |go |come )?(?:done |made |sent )?(?:with|by|via|through|use) )?(?:the )?(?:http )?(?:method )?(put and patch|patch and put|both put and patch|both|put|patch)(?: (?:for|to) (?:all )?(?:updates?|updating|changes|change|edits?|editing|update).*)?(?:,? (?:instead of|rather than|not|and not) (?:patch|put))?$/i,
    (found) =>
      /and|both/i.test(found[1]!) || (/^put$/i.test(found[1]!) && /^(?:accept|support|allow) /i.test(found[0]))
        ? shape({ update: 'both' }, 'Objects are changed by PUT and by PATCH.')
        : /^patch$/i.test(found[1]!)
          ? shape({ update: 'PATCH' }, 'Objects are changed by PATCH.')
          : shape({ update: 'PUT' }, 'Objects are changed by PUT.'),
  ],
])
