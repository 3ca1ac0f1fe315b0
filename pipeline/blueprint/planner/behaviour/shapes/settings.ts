import type { RpcPort } from '../../../../../schemas/generated/architecture.ts'
import { durationPattern, secondsOf } from '../terms/durations.ts'
import { firstOf, type NoShape, type Shape, shape } from './shape.ts'

/** How many entries a page of a list has at most. */
const pages = (said: string): Shape | NoShape => {
  const most = Number(said)
  if (most < 1 || most > 1000) return { unresolved: 'A page of a list can have 1 to 1000 entries.' }
  return {
    set: (_, draft) => {
      for (const { ports } of Object.values(draft.architecture.components))
        for (const port of Object.values(ports))
          if (port.kind === 'rpc' && port.dir === 'in' && (port as RpcPort).list) (port as RpcPort).list!.maxPage = most
    },
    rule: `A page of a list has at most ${most} entries.`,
  }
}

/** How long people stay signed in. */
const signedIn = (seconds: number | undefined, whole: boolean): Shape | NoShape | undefined => {
  if (seconds === undefined) return undefined
  const [least, most, unit] = whole ? [86_400, 365 * 86_400, 86_400] : [60, 86_400, 60]
  if (seconds < least || seconds > most)
    return {
      unresolved: whole
        ? 'People can stay signed in for 1 to 365 days.'
        : 'An access token can be good for a minute to a day; how long people stay signed in is said in days.',
    }
  const count = Math.round(seconds / unit)
  return {
    set: (_, draft) => {
      const { authn } = draft.architecture.policies
      if (authn) Object.assign(authn, whole ? { refreshDays: count } : { accessMinutes: count })
    },
    rule: whole
      ? `People stay signed in for ${count} days.`
      : `An access token is good for ${count} minutes, and renewed with the refresh token.`,
    needsAccounts: 'there',
  }
}

const always = (rule: string): Shape => shape({}, rule)
const lead =
  '(?:(?:use|add|support|with|have|make|enable|return|send|we (?:want|need)|i (?:want|need)|provide|offer|include|set|the api (?:has|uses)) )?(?:an? |the |all |proper |standard |good |some )*'
const end =
  '(?: (?:please|for (?:all |the )?(?:lists?|things|endpoints?|everything|[\\p{L}]+s)|on (?:all |the )?(?:lists?|endpoints?|everything)|everywhere))?'
const is = (source: string): RegExp => new RegExp(`^${lead}(?:${source})${end}$`, 'iu')

/** Sizes of pages, how long tokens are good for, and what every system does anyway. */
export const readSettings = firstOf([
  [
    /^(?:use |set |have |make |limit |show |return |give |list |with )?(?:the |an? )?(?:lists? to )?(?:max(?:imum|imal)? |default )?(?:page ?sizes?|page limit|(?:items|entries|results|rows) (?:per|a) page|pages?)(?: of)?(?: (?:is|are|should be|must be|have|to|with|=|:))?(?: (?:of|at most|up to|max(?:imum)?|no more than))? ?(\d{1,5})(?: (?:items|entries|results|rows))?(?: (?:each|at most|max))?$/i,
    (found) => pages(found[1]!),
  ],
  [
    /^(?:show |list |return |give |have |at most |up to |max(?:imum)? |no more than )*(\d{1,5})(?: (?:items|entries|results|rows|things|of them))? (?:per|a|on (?:a|each)|each) page(?: (?:at most|max(?:imum)?))?$/i,
    (found) => pages(found[1]!),
  ],
  [
    new RegExp(
      `^(?:the |all |an? )?(?:(?:access|auth|login|jwt|bearer) )?(?:tokens?|jwts?) (?:expires?|lapses?|ends?|(?:are|is|should be|must be) (?:only )?(?:valid|good)|lasts?|lives?|should (?:expire|last))(?: after| for| within)? (${durationPattern})$`,
      'iu',
    ),
    (found) => signedIn(secondsOf(found[1]!), false),
  ],
  [
    new RegExp(
      `^(?:(?:the |all |an? )?(?:sessions?|logins?|sign-?ins?|refresh tokens?) (?:expires?|lapses?|ends?|(?:are|is|should be|must be) (?:only )?(?:valid|good)|lasts?|should (?:expire|last))(?: after| for)?|(?:people|users|members|everybody|everyone)? ?(?:stay|remain|keep(?: people| users)?|are kept|should stay|can stay) (?:signed|logged)[- ]in(?: for)?|(?:sign|log) (?:people|users|everybody|members) out after) (${durationPattern})$`,
      'iu',
    ),
    (found) => signedIn(secondsOf(found[1]!), true),
  ],
  [
    is(
      'paginat(?:e|ion|ed)(?: (?:all |the )?lists?)?(?: (?:with|by|using|via) (?:cursors?|limit(?: and cursor)?|next links?))?|cursor pagination|lists? (?:should be |are |must be )?(?:paginated|paged|in pages)|paging|pages',
    ),
    () => always('Lists are answered in pages, with limit and cursor.'),
  ],
  [
    is(
      '(?:paginat(?:e|ion)|paging)(?: (?:all |the )?lists?)? (?:with|by|using|via) (?:limit (?:and|\\+|&) offset|offsets?|page (?:numbers?|and (?:per_page|size|limit))|pages? numbers?)|offset pagination|page numbers',
    ),
    () => ({
      unresolved:
        'Lists are answered in pages with limit and cursor, not by number or offset: so nothing is missed or seen twice while rows come and go.',
    }),
  ],
  [
    is(
      'idempotency(?:[- ]keys?)?|(?:all )?(?:creates?|posts?|post requests?|requests?) (?:idempotent|safe to (?:repeat|retry))|idempotent (?:creates?|posts?|requests?)|(?:creates?|posts?) (?:are|should be|must be) idempotent',
    ),
    () => always('A POST with the header Idempotency-Key can be repeated and is carried out once.'),
  ],
  [
    is(
      'e-?tags?(?: headers?)?|if-match|optimistic (?:locking|concurrency)|(?:optimistic )?concurrency (?:control|checks?)',
    ),
    () =>
      always(
        'Objects are answered with an ETag, and a change with If-Match fails with 412 where somebody else was faster.',
      ),
  ],
  [
    is(
      '(?:dates?|times?|timestamps?|datetimes?)(?: and (?:dates?|times?|timestamps?))?(?: (?:are|should be|must be))? (?:in|as) (?:an? )?(?:iso(?: ?8601)?|rfc ?3339|utc)(?: (?:format|strings?|dates?|time))*|(?:iso(?: ?8601)?|rfc ?3339|utc) (?:dates?|timestamps?|times?)|timestamps? in utc',
    ),
    () => always('Times are answered as ISO 8601 in UTC, dates as YYYY-MM-DD.'),
  ],
  [
    is('kebab[ -]?case (?:in )?(?:urls?|paths?)|(?:urls?|paths?) in kebab[ -]?case'),
    () => always('Paths are written with hyphens, as in /print-jobs.'),
  ],
  [
    is('jwts?|jwt (?:tokens?|auth|authentication)|json web tokens?|token[- ]based auth(?:entication)?'),
    () => ({
      ...always('People sign in and get a JWT, which is sent as a bearer token.'),
      needsAccounts: 'asked' as const,
    }),
  ],
  [
    is(
      '(?:open ?api|swagger)(?: (?:docs?|documentation|spec(?:ification)?|file|ui|page))?|api docs?|api documentation|interactive docs?|(?:docs?|documentation|swagger|open ?api) (?:at|under|on) /docs',
    ),
    () => always('The interface is described at /docs and /openapi.json.'),
  ],
  [
    /^(?:(?:every|each|all) (?:responses?|answers?|requests?|errors?) (?:should |must )?(?:have|has|carry|carries|get|gets|contain|contains|include|includes) (?:an? )?(?:request|correlation|trace) ?-?ids?|(?:add|return|send|use|with|include) (?:an? |the )?(?:request|correlation|trace) ?-?ids?(?: (?:to|in|on|with) (?:every|each|all) (?:responses?|answers?|requests?))?)$/i,
    () => always('Every answer has the header X-Request-Id, and errors say it.'),
  ],
  [
    /^(?:return|answer|send|give)(?: with)? (?:back )?(?:the )?(?:created|new|updated|changed|saved) (?:object|row|resource|entity|thing|item|one)s?(?: (?:on|after|when|in) .{0,30})?$/i,
    () => always('What was made or changed is answered as it is then.'),
  ],
  [
    is('(?:health|liveness|readiness)(?:[- ]?(?:checks?|endpoints?|probes?))|/healthz?'),
    () => always('Whether it is up is answered at /livez and /readyz.'),
  ],
  [
    /^(?:use |enforce |force |require |only )*(?:https|tls|ssl)(?: only| everywhere| please)*$/i,
    () => ({ unresolved: 'Whether it is reached over HTTPS is decided where it runs, not in the system.' }),
  ],
  [
    /^(?:add |use |have |set |with |enable |an? )*(?:(?:rate|request) ?limit(?:s|ing)?|throttl(?:e|ing))(?: (?:of|to|at|:|requests?|the api|calls?|callers?|for .{2,30}?))*(?: ?\d+ ?(?:requests?|calls?)? ?(?:per|\/|a|an|each|every) ?(?:ip(?: address)?|user|second|minute|hour|day|key)(?: (?:and|per|\/) ?(?:ip|user|second|minute|hour|day|key))*)?$|^(?:at most |max(?:imum)? |no more than |limit (?:the api |calls |callers )?to )?\d+ (?:requests?|calls?) (?:per|a|an|each|every|\/) ?(?:second|minute|hour|day|user|ip)(?: (?:per|and|for each|a) (?:second|minute|hour|day|user|ip|key|caller))?$/i,
    () => ({
      unresolved:
        'How often somebody may call is not limited; only who tries too many wrong passwords or keys has to wait (429).',
    }),
  ],
])
