import type { Http } from '../../../../../schemas/generated/architecture.ts'
import { commonDepth } from '../../assemble/base-path.ts'
import { toName } from '../../language/words.ts'
import type { Read } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'

type Shape = { set: (http: Http, draft: BehaviourDraft) => void; rule: string }
type Reader = (found: RegExpExecArray) => Shape | undefined

const lead =
  '(?:(?:please )?(?:use|return|send|answer|respond with|reply with|give|give back|deliver|output|serve|have|make|want|we want|we need|i want|switch to|should use|emit|expect|accept|let us use|it should (?:use|return)|the api (?:should |must )?(?:uses?|returns?|answers? with|responds? with)|the (?:responses?|json|answers?) (?:should |must )?(?:use|be in|is in|are in|be|is|are)|all (?:json )?(?:fields|keys|properties|field names|names)(?: in json)? (?:should |must )?(?:be|are|use)(?: in)?|(?:json )?(?:fields|keys|properties|field names|names)(?: in json)? (?:should |must )?(?:be|are|use)(?: in| written in)?) )?'
const tail = '(?: (?:in|for|from|of|to|as|everywhere|please|instead|throughout|with)\\b.{0,60})?'
const whole = (source: string): RegExp => new RegExp(`^${lead}(?:an? |the |all )?${source}${tail}$`, 'i')

const http = (change: Http, rule: string): Shape => ({ set: (shape) => void Object.assign(shape, change), rule })

const readers: readonly (readonly [RegExp, Reader])[] = [
  [
    whole(
      '(?:json )?(?:keys?|fields?|names?|property names?|field names?)?\\s*(?:in )?(?:lower )?camel ?-?case(?:d)?(?: (?:json|keys?|names?|fields?|field names?|property names?|properties|responses?))?',
    ),
    () => http({ casing: 'camel' }, 'Fields are spelled in camelCase.'),
  ],
  [
    whole('(?:json )?(?:keys?|fields?|names?)?\\s*(?:in )?snake[ _-]?case(?: (?:json|keys?|names?|fields?))?'),
    () => http({ casing: 'snake' }, 'Fields are spelled in snake_case.'),
  ],
  [
    whole('(?:bare|plain|raw|simple|flat|top-level|naked) (?:json )?(?:arrays?|lists?)'),
    () => http({ list: 'bare' }, 'Lists are answered as a bare array.'),
  ],
  [
    /^(?:the )?(?:lists?|list endpoints?|collections?|list responses?|listings?|get requests on lists) (?:should |must )?(?:return|are|be|answer(?: with)?|give|come as|respond with) (?:just |only )?(?:an? )?(?:bare |plain |raw |simple |json )*arrays?(?: without (?:an? )?(?:envelope|wrapper|pagination object))?$/i,
    () => http({ list: 'bare' }, 'Lists are answered as a bare array.'),
  ],
  [
    /^(?:no|without an?|do not use an?|drop the|remove the) (?:envelope|wrapper)(?: (?:around|for|in|of) (?:the )?(?:lists?|collections?|responses?))?$/i,
    () => http({ list: 'bare' }, 'Lists are answered as a bare array.'),
  ],
  [
    /^(?:wrap|put|return|nest|answer with) (?:the |all )?(?:lists?|collections?|items|results?) (?:in|under|inside|into|within) (?:an? |the )?(?:key |field |property |object with )?(?:called |named )?["'`]?([a-z_]+)["'`]?(?: key| field| property)?$/i,
    (found) => {
      const key = toName([found[1]!])
      return /^(?:name|names|their|own|plural)$/.test(key)
        ? http({ list: 'named' }, 'Lists are answered under their name, with their count.')
        : http({ list: 'envelope', itemsKey: key }, `The items of a list are under ${key}.`)
    },
  ],
  [
    /^(?:wrap|put|return|nest|answer|send|envelope) (?:the |all |every |each |single )*(?:objects?|resources?|responses?|entit(?:y|ies)|items?|bodies|answers?|single objects?)(?: and (?:the )?lists?)? (?:in|under|inside|into|by|with) (?:an? |the |their |its )*(?:own |resource |model |singular |root )*(?:names?|keys?|root keys?|root|root object|type)$/i,
    (found) =>
      http(
        { root: true, ...(/lists?/i.test(found[0]) ? { list: 'named' as const } : {}) },
        'Objects are sent and answered under their name.',
      ),
  ],
  [
    whole('(?:json )?root keys?'),
    () => http({ root: true, list: 'named' }, 'Objects are sent and answered under their name.'),
  ],
  [
    /^(?:(?:return|report|send|answer|give|format|use|make) )?(?:the )?(?:all )?(?:errors?|error messages?|error responses?|problems|failures)(?: (?:should |must )?(?:(?:be|are|come|look)(?: returned| sent| answered| formatted)?|returned|have the form))?(?: (?:as|in the form|in the format|like|look like|of the form))?:? ?\{? ?["'`]?errors["'`]?\s*:?.*$/i,
    () => http({ errors: 'errors' }, 'Errors are answered as {"errors": {field: [messages]}}.'),
  ],
  [
    /^(?:(?:return|report|send|answer|give|format|use|make) )?(?:the )?(?:all )?(?:errors?|error messages?|error responses?|problems|failures)(?: (?:should |must )?(?:(?:be|are|come|look)(?: returned| sent| answered| formatted)?|returned|have the form))?(?: (?:as|in the form|in the format|like|look like|of the form))?:? ?\{? ?["'`]?error["'`]?\s*:?.*$/i,
    () => http({ errors: 'error' }, 'Errors are answered as {"error": "..."}.'),
  ],
  [
    /^(?:allow |enable |support |use |turn on |add |accept |permit )*(?:cors|cross[- ]origin(?: requests?| calls?)?(?: sharing)?)(?: (?:requests?|calls?|access))?(?: (?:for|from|to|on))?\s*(.*)$/i,
    (found) => cors(found[1]!),
  ],
  [
    /^(?:allow|let|permit) (?:requests? |calls? |access )?(?:from )?(?:the )?(?:browsers?|web ?pages?|front-?ends?|origins?|sites?|our (?:website|site|web app|front-?end))(?: (?:at|on|from|of))? (https?:\/\/\S+.*?)(?: (?:to )?(?:call|use|access|reach)(?: (?:it|the api|us))?)?$/i,
    (found) => cors(found[1]!),
  ],
  [
    /^(?:(?:the )?(?:callers|clients|users|we|apps) )?(?:send|pass|expect|put|read|take|accept|use|the token (?:is|comes|goes|must be|should be|is sent|is passed|is expected))?(?: ?the)?(?: ?(?:access |auth(?:entication|orization)? |api |jwt )?token)?(?: (?:is|comes|goes|must be|should be|is sent|is passed|sent|passed|is expected))? ?(?:in|as|with|through|via) (?:an?|the) (?:http )?(?:header )?["'`]?(x-[a-z-]+|[a-z]+-token|token)["'`]?(?: header)?(?: (?:instead of .*|rather than .*))?$/i,
    (found) => {
      const header = found[1]!
      return http({ token: { header, scheme: '' } }, `The token is sent in the header ${header}.`)
    },
  ],
  [
    /^(?:use |with |send |the )?(?:the )?(?:authorization |auth )?(?:token )?(?:header )?(?:scheme|prefix)(?: for the token| of the token)?(?: (?:is|should be|must be|called))? ["'`]?([A-Z][A-Za-z]*)["'`]?(?: (?:instead of|rather than|not) bearer)?$/i,
    (found) =>
      http(
        { token: { header: 'Authorization', scheme: found[1]! } },
        `The token is sent as Authorization: ${found[1]!} ...`,
      ),
  ],
  [
    /^(?:(?:use|send|expect|the token is sent as|tokens? (?:are|is) sent as|authenticate with) )?["'`]?(?:the header )?authorization: ?["'`]?([A-Za-z]+) (?:<|\{|\.\.\.|jwt|xxx|token|abc|your).*$/i,
    (found) =>
      http(
        { token: { header: 'Authorization', scheme: found[1]! } },
        `The token is sent as Authorization: ${found[1]!} ...`,
      ),
  ],
  [
    /^(?:use |accept |support |allow |updates? (?:are |is |go |come )?(?:done |made |sent )?(?:with|by|via|through|use) )?(?:the )?(?:http )?(?:method )?(put and patch|patch and put|both put and patch|both|put)(?: (?:for|to) (?:updates?|updating|changes|change|edits?|editing|update).*)?(?:,? (?:instead of|rather than|not|and not) patch)?$/i,
    (found) =>
      /and|both/i.test(found[1]!)
        ? http({ update: 'both' }, 'Objects are changed by PUT and by PATCH.')
        : http({ update: 'PUT' }, 'Objects are changed by PUT.'),
  ],
  [
    /^(?:return|answer|respond|use|give|send|a create (?:returns|answers)|creat(?:e|es|ing|ion)(?: requests?| endpoints?)? (?:should |must )?(?:returns?|answers?|gives?))(?: with)? (?:the )?(?:http )?(?:status )?(?:code )?(200|201)(?: ok)?(?: (?:on|for|when|after|instead of 201|from) ?.*)?$/i,
    (found) =>
      /delet/i.test(found[0])
        ? undefined
        : http({ created: Number(found[1]) as 200 | 201 }, `A create is answered with ${found[1]!}.`),
  ],
  [
    /^(?:return|answer|respond|use|give|send|delet(?:e|es|ing|ion)(?: requests?| endpoints?)? (?:should |must )?(?:returns?|answers?|gives?))(?: with)? (?:the )?(?:(?:http )?(?:status )?(?:code )?200(?: ok)?|deleted object)(?: .*)?$/i,
    (found) =>
      /delet/i.test(found[0]) ? http({ deleted: 200 }, 'A delete is answered with 200 and the object.') : undefined,
  ],
  [
    /^(?:(?:use|set|make|change|put|serve|(?:all |the )?(?:paths|urls|routes|endpoints) (?:should |must |all )?(?:start|begin) with|the (?:base |url |path )?(?:path|prefix|url)(?: prefix)? (?:is|should be|must be)|everything (?:is |lives |should be )?(?:under|below|at)|serve (?:it|everything|the api) (?:under|at|below|from)|mount (?:it|everything|the api) (?:under|at|on)|put (?:it|everything|the api|all endpoints|all paths) under|endpoints (?:are |live |should be )?under|the api (?:is|lives|should be|should live) (?:under|at|below)|prefix|base path|base url|start (?:all )?paths with) ?)+(?:the |a |all )?(?:(?:url|path|paths?|routes?|endpoints?|urls) ?)?(?:prefix|with|by|as|to be|to|of)? ?["'`]?(\/[a-z0-9/_-]*)["'`]?(?: as (?:the |a |its )?(?:(?:url|path|api|base) )?(?:prefix|path))?(?: (?:\(?(?:without|instead of|rather than|not|no) .*))?$/i,
    (found) => prefix(found[1]!),
  ],
  [
    /^(?:no|drop the|remove the|without (?:the|an?)|do not use (?:the|an?)) (?:\/?v1|version|\/v1\/?)(?: (?:in|from) (?:the )?(?:paths?|urls?)| prefix)?$/i,
    () => prefix('/'),
  ],
]

const cors = (said: string): Shape => {
  const origins = [...said.matchAll(/https?:\/\/[^\s/,;"'`)]+/gi)].map(([origin]) =>
    origin.toLowerCase().replace(/[.]+$/, ''),
  )
  const bare =
    origins.length > 0
      ? []
      : [...said.matchAll(/\b((?:[a-z0-9-]+\.)+[a-z]{2,}|localhost:\d+)\b/gi)].map(([, host]) =>
          host!.startsWith('localhost') ? `http://${host}` : `https://${host!.toLowerCase()}`,
        )
  const found = [...new Set([...origins, ...bare])].slice(0, 50)
  return {
    set: (shape) => {
      shape.cors =
        found.length > 0 ? [...new Set([...(shape.cors ?? []).filter((one) => one !== '*'), ...found])] : ['*']
    },
    rule: found.length > 0 ? `Pages of ${found.join(', ')} may call it.` : 'Pages of every origin may call it.',
  }
}

const prefix = (said: string): Shape => {
  const base = said.toLowerCase().replaceAll('_', '-').replace(/\/+$/, '').replace(/\/+/g, '/')
  return {
    set: (_, draft) => {
      const depth = commonDepth(draft.architecture)
      for (const exposure of draft.architecture.expose)
        exposure.path = `${base}/${exposure.path
          .split('/')
          .slice(depth + 1)
          .join('/')}`
    },
    rule: `All paths begin with ${base || '/'}.`,
  }
}

/** "Return a bare array", "use camelCase", "prefix /api": how answers look. */
export const readShape: Read = (sentence) => {
  const text = sentence.replace(/^(?:and|also|then|please)\s+/i, '').trim()
  for (const [pattern, read] of readers) {
    const found = pattern.exec(text)
    const shape = found ? read(found) : undefined
    if (!shape) continue
    return {
      said: sentence,
      rest: [],
      apply: (draft) => {
        const http = { ...draft.architecture.http }
        shape.set(http, draft)
        if (Object.keys(http).length > 0) draft.architecture.http = http
        return { understood: [shape.rule], breaks: draft.changing }
      },
    }
  }
  return undefined
}
