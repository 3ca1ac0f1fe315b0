import { toName } from '../../language/words.ts'
import { firstOf, type NoShape, type Shape, shape } from './shape.ts'

const lead =
  '(?:(?:use|return|send|answer|respond with|reply with|give|give back|deliver|output|serve|have|make|want|switch to|should use|emit|expect|accept|(?:uses?|returns?|answers? with|responds? with)|the (?:responses?|json|answers?) (?:should |must )?(?:use|be in|is in|are in|be|is|are)|all (?:json )?(?:fields|keys|properties|field names|names)(?: in json)? (?:should |must )?(?:be|are|use)(?: in)?|(?:json )?(?:fields|keys|properties|field names|names)(?: in json)? (?:should |must )?(?:be|are|use)(?: in| written in)?) )?'
const tail = '(?: (?:in|for|from|of|to|as|everywhere|instead|throughout|with)\\b.{0,60})?'
const whole = (source: string): RegExp => new RegExp(`^${lead}(?:an? |the |all )?${source}${tail}$`, 'i')

const lists =
  '(?:the |all |our |your |json |every |each )*(?:lists?|collections?|list (?:endpoints?|responses?|answers?|results?|calls?)|listings?|list of (?:items|objects|things|rows)|get requests on lists|(?:paginated|paged) (?:lists?|responses?|answers?|results?)|pages)'
const answer =
  '(?:(?:should|must|shall|can|may|to) )?(?:return|returns|are|is|be|come|comes|answer|answers|give|gives|respond|responds|have|has|include|includes|contain|contains|carry|carries|show|shows|look|looks)(?: (?:returned|wrapped|sent|answered|given|with|as|like|back))*'
const how =
  '(?:the |an? |its |their )?(?:(?:total|overall|full) (?:counts?|numbers?|amount)|counts?|totals?|number of (?:items|rows|results|entries|objects|all))(?: of (?:all )?(?:items|rows|results|entries|objects|hits|them))?(?: (?:in all|overall|on all pages))?'
const key = '["\'`]?([a-z][\\w-]*)["\'`]?'

const usualKeys =
  /^(?:items|data|results?|records?|rows|entries|list|values?|contents?|objects?|elements|hits|payload|response|body|names?|their|own|plural)$/i

/** Whether a word is meant as a key: items are put in boxes, lists are in folders. */
const isKey = (said: string, name: string): boolean =>
  usualKeys.test(name) ||
  /["'`]|\b(?:key|field|property|called|named)\b/i.test(said) ||
  (/^(?:wrap|nest|envelope)\b/i.test(said) && !/\b(?:items|records|rows)\b/i.test(said))

/** "Total" is the key where nothing else is said. */
const totalKey = (words: string): string => (/\btotal/i.test(words) || !/\bcount/i.test(words) ? 'total' : 'count')

const counted = (said: string): Shape => {
  const name = totalKey(said)
  return {
    set: (http) => {
      // Named lists count already, bare arrays have no room for it.
      if (http.list === 'named') return
      delete http.list
      http.totalKey = name
    },
    rule: `Lists say under ${name} how many there are on all pages.`,
  }
}

const under = (name: string, total: string | undefined): Shape => {
  const one = toName([name])
  if (/^(?:name|names|their|own|plural)$/.test(one))
    return shape(
      { list: 'named', itemsKey: undefined, totalKey: undefined },
      'Lists are answered under their name, with their count.',
    )
  const count = total ? totalKey(total) : undefined
  return shape(
    { list: undefined, itemsKey: one, ...(count ? { totalKey: count } : {}) },
    `The items of a list are under ${one}${count ? `, and how many there are on all pages is under ${count}` : ''}.`,
  )
}

const bareArrays = shape(
  { list: 'bare', itemsKey: undefined, totalKey: undefined },
  'Lists are answered as a bare array.',
)

/** "data" and "result" are keys; "an envelope" names none. */
const wrapped = (what: string, name: string): Shape => {
  const one = toName([name])
  const all = /everything|responses?|answers?|bodies|lists?|all json|payloads?/i.test(what)
  const both = /lists?/i.test(what) && !/objects?|resources?|items?|entit/i.test(what) ? 'list' : all ? 'all' : 'one'
  if (both === 'list') return under(name, undefined)
  return shape(
    { rootKey: one, root: undefined, ...(both === 'all' ? { list: undefined, itemsKey: one } : {}) },
    both === 'all'
      ? `Objects are answered under ${one}, and so are the items of a list.`
      : `Objects are answered under ${one}.`,
  )
}

const objects =
  '((?:the |all |every |each |single |a single |one )*(?:objects?|resources?|responses?|entit(?:y|ies)|items?|bodies|answers?|everything|payloads?|all json|results?|records?|rows?)(?: and (?:the |all )?lists?)?)'

/** "Respond with {data: ...}": what stands in an answer, by its keys. */
const keysOf = (said: string): Shape | NoShape => {
  const keys = said.replace(/:.*?(?=,|\}|$)/g, '').match(/[a-z_]\w*/gi) ?? []
  return keys.length === 1 && usualKeys.test(keys[0]!)
    ? wrapped('everything', keys[0]!)
    : {
        unresolved:
          'Answers can stand under one key, and lists say how many there are: say “wrap everything in data” or “lists come with a total”.',
      }
}

/** How fields are spelled, what lists and objects stand under, what is left out. */
export const readAnswers = firstOf([
  [
    whole(
      '(?:json )?(?:keys?|fields?|names?|property names?|field names?)?\\s*(?:in )?(?:lower )?camel ?-?case(?:d)?(?: (?:json|keys?|names?|fields?|field names?|property names?|properties|responses?))?',
    ),
    () => shape({ casing: 'camel' }, 'Fields are spelled in camelCase.'),
  ],
  [
    whole(
      '(?:json )?(?:keys?|fields?|names?|field names?)?\\s*(?:in )?snake[ _-]?case(?: (?:json|keys?|names?|fields?))?',
    ),
    () => shape({ casing: 'snake' }, 'Fields are spelled in snake_case.'),
  ],
  [
    /^(?:use |have |make |write |spell )?(?:all |the )?(?:json )?(?:keys?|fields?|names?|field names?) (?:in |are |as )?(?:kebab|pascal|upper|title)[ _-]?case$/i,
    () => ({ unresolved: 'Fields can be spelled in snake_case or in camelCase.' }),
  ],
  [whole('(?:bare|plain|raw|simple|flat|top-level|naked) (?:json )?(?:arrays?|lists?)'), () => bareArrays],
  [
    new RegExp(
      `^${lists} (?:${answer}|as|in) (?:just |only )?(?:an? )?(?:bare |plain |raw |simple |json )*arrays?(?: without (?:an? )?(?:envelope|wrapper|pagination object))?$`,
      'i',
    ),
    () => bareArrays,
  ],
  [
    /^(?:no|without an?|do not use an?|drop the|remove the) (?:envelope|wrapper)(?: (?:around|for|in|of) (?:the )?(?:lists?|collections?|responses?))?$/i,
    () => bareArrays,
  ],
  [
    new RegExp(
      `^(?:(?:wrap|put|return|nest|answer|send|give|answer with|show) )?${lists}(?: ${answer})? (?:in|under|inside|into|within) (?:an? |the )?(?:key |field |property |object with )?(?:called |named )?${key}(?: key| field| property| array)?(?:,? (?:and|with|plus|together with)(?: also)? (${how}))?$`,
      'i',
    ),
    (found) => (isKey(found[0], found[1]!) ? under(found[1]!, found[2]) : undefined),
  ],
  [
    /^(?:wrap|put|return|nest) (?:the |all )?(?:items|results?) (?:of (?:a |the )?lists? )?(?:in|under|inside|into|within) (?:an? |the )?(?:key |field |property )?(?:called |named )?["'`]?([a-z_]+)["'`]?(?: key| field| property)?$/i,
    (found) => (isKey(found[0], found[1]!) ? under(found[1]!, undefined) : undefined),
  ],
  [
    new RegExp(
      `^${lists}(?: ${answer})? \\{ ?["'\`]?([a-z]\\w*)["'\`]?(?:: ?\\[[^\\]]*\\])?(?:, ?["'\`]?(total|count|total_count)["'\`]?(?:: ?[^,}]*)?)? ?\\}$`,
      'i',
    ),
    (found) => (isKey(found[0], found[1]!) ? under(found[1]!, found[2]) : undefined),
  ],
  [
    new RegExp(
      `^(?:(?:return|answer|send|give|show|use|have) )?${lists}(?: ${answer}| with| and| plus)+ (?:also )?(${how})(?: (?:too|also))?$`,
      'i',
    ),
    (found) => counted(found[1]!),
  ],
  [
    new RegExp(
      `^(?:(?:use|have|return) )?${lists} (?:are |should be )?(?:paginated|paged) (?:with|and|plus) (?:also )?(${how})$`,
      'i',
    ),
    (found) => counted(found[1]!),
  ],
  [
    new RegExp(
      `^(?:(?:return|include|add|show|give|send|put|have|with|say|tell) )?(${how}) (?:with|in|to|on|for|of|into|beside|of items in) ${lists}$`,
      'i',
    ),
    (found) => counted(found[1]!),
  ],
  [
    new RegExp(
      `^(?:wrap|put|return|nest|answer|send|envelope|give) ${objects} (?:in|under|inside|into|by|with) (?:an? |the |their |its )*(?:own |resource |model |singular |root )*(?:names?|root keys?|root|root object|type|their own key)$`,
      'i',
    ),
    (found) =>
      shape(
        { root: true, rootKey: undefined, ...(/lists?/i.test(found[0]) ? { list: 'named' as const } : {}) },
        'Objects are sent and answered under their name.',
      ),
  ],
  [
    whole('(?:json )?root keys?'),
    () => shape({ root: true, rootKey: undefined, list: 'named' }, 'Objects are sent and answered under their name.'),
  ],
  [
    new RegExp(
      `^(?:wrap|put|return|nest|answer|send|envelope|give) ${objects} (?:in|under|inside|into|within) (?:an? |the )?(?:key |field |property |object |envelope )*(?:with (?:the |a )?(?:key )?)?(?:called |named )?(?!(?:an?|the|envelope|object|json|xml|arrays?|lists?)$)${key}(?: key| field| property| object| envelope)?$`,
      'i',
    ),
    (found) => (isKey(found[0], found[2]!) ? wrapped(found[1]!, found[2]!) : undefined),
  ],
  [
    new RegExp(
      `^${objects} (?:should |must )?(?:be |are |is |go |goes |come |comes |stand |stands |live )?(?:wrapped |returned |answered |sent |nested |put )?(?:in|under|inside) (?:an? |the )?(?:key |field |property )?(?:called |named )?["'\`]?(data|result|results|payload|response|body|content|value|item|object|record)["'\`]?(?: key| field| property| object)?$`,
      'i',
    ),
    (found) => (isKey(found[0], found[2]!) ? wrapped(found[1]!, found[2]!) : undefined),
  ],
  [
    /^(?:(?:use|have|want|with|return|respond|answer|reply|send) )*(?:with |as |in )?(?:an? |the )?(?:json |response |answer )*(?:envelopes?|wrappers?|responses?|answers?|format)?(?: (?:as|like|of the form|with|look like|should be))?:? ?(\{ ?["'`]?\w+["'`]? ?(?::[^}]*)?(?:, ?["'`]?\w+["'`]? ?(?::[^},]*)?)* ?\})(?: (?:everywhere|format|envelopes?|in all answers))?$/i,
    (found) => keysOf(found[1]!),
  ],
  [
    /^(?:leave out|omit|drop|skip|hide|strip|remove|do not (?:send|return|show|include|answer)|no) (?:the |all |any )*(?:nulls?|null (?:values?|fields?)|empty (?:values?|fields?)|fields? (?:that|which) (?:are|is) (?:null|empty|not set)|values? (?:that|which) (?:are|is) (?:null|empty))(?: (?:in|from) (?:the )?(?:answers?|responses?|json|output|bodies))?$/i,
    () => shape({ nulls: 'omit' }, 'Values that are null are left out of answers.'),
  ],
  [
    /^(?:show|keep|return|include|send) (?:the |all |also )*(?:nulls?|null (?:values?|fields?)|empty (?:values?|fields?))(?: (?:in|as null in) (?:the )?(?:answers?|responses?|json|output))?$/i,
    () => shape({ nulls: 'keep' }, 'Values that are null are shown.'),
  ],
  [
    /^(?:(?:ignore|accept|allow|tolerate|do not (?:reject|refuse)) (?:the |all |any )*(?:unknown|extra|additional|unexpected) (?:fields?|keys?|properties|parameters?|values?)|(?:unknown|extra|additional) (?:fields?|keys?|properties|parameters?) (?:are|should be|must be|can be|may be) (?:ignored|accepted|allowed|tolerated))(?: in (?:the )?(?:requests?|bodies|body))?$/i,
    () => shape({ unknown: 'ignore' }, 'Fields and parameters that nobody knows are not looked at.'),
  ],
  [
    /^(?:(?:reject|refuse|forbid|disallow|do not (?:accept|allow)) (?:the |all |any )*(?:unknown|extra|additional|unexpected) (?:fields?|keys?|properties|parameters?)|(?:unknown|extra|additional) (?:fields?|keys?|properties|parameters?) (?:are|should be|must be) (?:rejected|refused|an? errors?|not allowed|forbidden))(?: in (?:the )?(?:requests?|bodies|body))?$/i,
    () => shape({ unknown: 'refuse' }, 'Fields and parameters that nobody knows are refused.'),
  ],
  [
    /^(?:use |have |make |with )?(?:the |all |our )?(?:ids?|keys|identifiers?|primary keys?)?\s*(?:should |must )?(?:be |are |as )?(?:an? )?(?:(?:auto[- ]?increment(?:ing|ed)?|numeric|integers?|ints?|numbers?|sequential|whole[- ]numbers?|plain)[ -]*)+(?:ids?|keys|identifiers?)?(?: (?:as|for) (?:the )?ids?)?$/i,
    (found) =>
      /\bid|identifier|primary|auto/i.test(found[0])
        ? {
            ...shape({ ids: 'int' }, 'Ids are whole numbers.'),
            onlyNew: 'The rows have UUIDs already: ids stay as they are.',
          }
        : undefined,
  ],
  [
    /^(?:use |have |with )?(?:(?:the |all )?ids? (?:should |must )?(?:be |are )?)?uuids?(?: (?:as|for) (?:the |all )?(?:ids?|keys|primary keys?))?$/i,
    () => shape({ ids: 'uuid' }, 'Ids are UUIDs.'),
  ],
])
