import { firstOf, type Shape, shape } from './shape.ts'

const inHeader = (header: string, scheme: string): Shape => ({
  ...shape(
    { token: { header, scheme } },
    scheme ? `The token is sent as ${header}: ${scheme} ...` : `The token is sent in the header ${header}.`,
  ),
  needsAccounts: 'there',
})
const bearer: Shape = { ...inHeader('Authorization', 'Bearer'), needsAccounts: 'asked' }

const token =
  '(?:the |an? |their |its |your )*(?:(?:access|auth|authentication|authorization|api|jwt|session|login|bearer) )*(?:tokens?|jwts?)'
const header = '["\'`]?(x-[a-z-]+|[a-z]+-(?:token|auth|key|jwt)|token)["\'`]?'

/** How callers send their token. */
export const readToken = firstOf([
  [
    /^(?:(?:put|send|keep|store|use|set|pass|expect) )?(?:the |an? )?(?:(?:auth(?:entication)?|access|session|login|jwt|sign-?in) )*(?:tokens?|sessions?|jwts?|cookies?)(?: (?:is|are|goes|go|should be))?(?: (?:sent|passed|kept|stored|put))? ?(?:in|into|as|with|via|by|for)? ?(?:an? |the )?(?:http-?only |secure |session )*(?:cookies?|query(?: (?:string|parameters?|params?))?|urls?|auth(?:entication)?|sign-?in)$/i,
    (found) =>
      /cookie|query|urls?$/i.test(found[0])
        ? {
            unresolved:
              'The token is sent in a header, not in a cookie or an address: say “put the token in the header X-Auth-Token”.',
          }
        : undefined,
  ],
  [
    /^(?:the |an? )?(?:api[- ]?keys?|keys?) (?:is |are |goes? |go |comes? |come |should be |must be )?(?:sent |passed |given |expected )?(?:in|as|with|through|via) (?:an?|the)? ?(?:http )?(?:header )?["'`]?(x-[a-z-]+)["'`]?(?: header)?$/i,
    (found) =>
      /^x-api-key$/i.test(found[1]!)
        ? shape({}, 'API keys are sent in the header X-API-Key.')
        : { unresolved: 'API keys are sent in the header X-API-Key, in no other.' },
  ],
  [
    new RegExp(
      `^(?:(?:callers|clients|users|we|apps|people) )?(?:send|pass|expect|put|read|take|accept|use|transport|carry|get)s?(?: ${token})? ?(?:into|in|as|with|through|via|from|by means of)? ?(?:an? |the )?(?:http |custom )*(?:header )?(?:called |named )?${header}(?: header)?(?: (?:for|as) ${token})?(?:,? (?:instead of|rather than|not) .*)?$`,
      'i',
    ),
    (found) => (/\bheader|token|auth/i.test(found[0]) ? inHeader(found[1]!, '') : undefined),
  ],
  [
    new RegExp(
      `^${token} (?:is |are |goes |go |comes? |must be |should be |is expected )?(?:sent |passed |given |expected |put )?(?:into|in|as|with|through|via) (?:an? |the )?(?:http |custom )*(?:header )?(?:called |named )?${header}(?: header)?(?:,? (?:instead of|rather than|not) .*)?$`,
      'i',
    ),
    (found) => inHeader(found[1]!, ''),
  ],
  [
    /^(?:the )?(?:auth|authentication|authorization|sign[- ]?in|authenticate|auth(?:entication|orization)? header|token header)(?: is| goes| should be| must be| called| named)?(?: by| via| with| through| in| is|:)* (?:an? |the )?(?:header )?["'`]?(x-[a-z-]+)["'`]?(?: header)?$/i,
    (found) => inHeader(found[1]!, ''),
  ],
  [
    /^(?:use |with |send |the )?(?:the )?(?:authorization |auth )?(?:token )?(?:header )?(?:scheme|prefix)(?: for the token| of the token)?(?: (?:is|should be|must be|called))? ["'`]?([A-Z][A-Za-z]*)["'`]?(?: (?:instead of|rather than|not) bearer)?$/i,
    (found) => inHeader('Authorization', found[1]!),
  ],
  [
    /^(?:(?:use|send|expect|(?:send |pass |expect )?(?:the |an? )?(?:auth |access )?tokens?(?: (?:is|are))?(?: (?:sent|passed|expected))? (?:as|in|with)|authenticate with) )?["'`]?(?:the header )?authorization: ?["'`]?([A-Za-z]+)(?: (?:<|\{|\.\.\.|jwt|xxx|token|abc|your).*)?["'`]?$/i,
    (found) => inHeader('Authorization', found[1]!),
  ],
  [
    /^(?:(?:use|send|expect|support|accept|have|with|add|want|authenticate (?:with|by|via)|sign in with|(?:the )?(?:access |auth(?:entication)? )?tokens? (?:is|are|should be|must be)(?: sent)?(?: as)?) )*(?:(?:an?|the|standard|normal|plain|oauth2?|jwt|http) )*bearer(?: (?:tokens?|auth|authentication|authorization|scheme|header|jwts?))*(?: (?:for|in) (?:the )?(?:auth|authentication|authorization(?: header)?|header|sign(?:ing)? ?in))?$/i,
    () => bearer,
  ],
  [
    new RegExp(
      `^(?:(?:send|pass|expect|put|read|take|accept|use) )?${token} (?:is |are |goes |go |comes? |must be |should be )?(?:sent |passed |given |expected )?(?:in|as|with|through|via) (?:an? |the )?["'\`]?authorization["'\`]?(?: header)?$`,
      'i',
    ),
    () => bearer,
  ],
])
