import type { Wording } from '../makings.ts'

const casing = '(camel ?-?case|snake ?_?-?case)'
const prefix = '(/[\\w/-]+)'

/** How requests and answers look, said in other words. */
export const shapes: readonly Wording[] = [
  // "answer 200 instead of 201 on create"
  [
    /^(?:please )?(?:answer|return|respond with|send|use|give)(?: with)?(?: a)?(?: status)? ?(\d{3})(?: (?:instead of|and not|rather than) \d{3})? (?:on|for|to|after|when) (?:an? |each |every )?(create|creates|creating|creation|post|delete|deletes|deleting|deletion)s?$/iu,
    (_, code, what) => `a ${/^d/i.test(what!) ? 'delete' : 'create'} answers ${code}`,
  ],
  // "the client sends Authorization: Token abc"
  [
    /^(?:the |all |every |each )?(?:clients?|callers?|apps?|programs?|front ?ends?) (?:sends?|uses?|passes) (?:the header )?(authorization: ?[a-z]+)(?: \S+)?$/iu,
    'Send $1',
  ],
  // "name fields in camelCase instead of snake_case"
  [
    new RegExp(
      `^(?:name|call|write|spell|give|send|return) (?:all |the )?(?:fields|properties|keys|names|field names|attributes)(?: names)? (?:in|as|using) ${casing}(?:,? (?:instead of|not|rather than) .+)?$`,
      'iu',
    ),
    'Use $1',
  ],
  [
    new RegExp(
      `^(?:please )?(?:use|prefer|i (?:want|prefer)) ${casing},? (?:instead of|not|rather than|over) .+$`,
      'iu',
    ),
    'Use $1',
  ],
  // "/api in front of every path"
  [
    new RegExp(
      `^(?:(?:i|we) (?:want|need|would like) )?(?:an? )?${prefix} (?:in front of|before|as (?:the |a )?prefix (?:of|for|on)) (?:every|each|all|the)(?: the)? (?:paths?|urls?|endpoints?|routes?)$`,
      'iu',
    ),
    'Prefix all paths with $1',
  ],
  // "lists without an envelope", "answer lists as a JSON array", "just return the array"
  [
    /^(?:(?:i|we) (?:want|need) )?(?:lists|list endpoints|list answers|list responses) (?:without|with no|not in) (?:an? |any )?(?:envelope|wrapper|wrapping)$/iu,
    'Return a bare array',
  ],
  [
    /^(?:answer|return|send|give|deliver) (?:the |all )?lists as (?:an? |plain |bare |simple |json )*arrays?$/iu,
    'Return a bare array',
  ],
  [
    /^(?:please )?(?:just|only|simply) (?:return|answer|send|give)(?: me| us)? (?:the|an?|plain) (?:json )?arrays?$/iu,
    'Return a bare array',
  ],
  // "all responses are wrapped in { data }"
  [
    /^(?:all |the |every )?(?:responses?|answers?|objects?|results?) (?:are|is|should be|must be|come|comes) wrapped in (?:an? )?\{ ?["']?(\w+)["']?(?: ?: ?[^}]*)?\}$/iu,
    'Wrap every answer in a "$1" key',
  ],
  [
    /^wrap (?:all |every |the )?(?:answers?|responses?|objects?|everything|results?) in \{ ?["']?(\w+)["']?(?: ?: ?[^}]*)?\}$/iu,
    'Wrap every answer in a "$1" key',
  ],
  // "answer deletes with 200"
  [
    /^(?:answer|reply to|respond to|confirm) (?:all |every )?(?:deletes?|deletions?) (?:with|by) (?:a |status |an? status of )*(\d{3})(?: instead of \d{3})?$/iu,
    'Deletes return $1',
  ],
  [
    /^(?:answer|reply to|respond to) (?:all |every )?(?:creates?|creations?|posts?) (?:with|by) (?:a |status |an? status of )*(\d{3})(?: instead of \d{3})?$/iu,
    'Creates return $1',
  ],
  // "20 classes per page", "paginate by 20", "show 20 entries at a time"
  [
    /^(?:(?:please )?(?:show|list|return|send|give|only) |lists? (?:show|return|have|contain)s? )?(?:at most |up to )?(\d+) (?:[\p{L}-]+ )?(?:per|a|on each|on a|on one) page$/iu,
    '$1 per page',
  ],
  [
    /^(?:please )?(?:paginate|page) (?:the )?(?:lists |everything |all )?(?:by|in|with|at)(?: pages of| steps of)? (\d+)(?: entries| items| rows| a page| per page)?$/iu,
    '$1 per page',
  ],
  [
    /^(?:show|list|return|send|load) (?:only |at most )?(\d+) (?:entries|items|rows|results|records) at (?:a time|once)$/iu,
    '$1 per page',
  ],
  // "allow requests from https://gym.example"
  [
    /^(?:please )?(?:allow|accept|permit|enable) (?:(?:cross-?origin|browser|cors|web|api) )*(?:requests|calls|access|traffic)(?: to the api)? (?:from|by|for|of) (?:our |the |my )?(?:(?:website|site|frontend|front end|web app|app|page|browser|domain|origin) )?(?:at |on )?(https?:\/\/\S+)$/iu,
    'Allow CORS from $1',
  ],
  [
    /^(?:our|the|my) (?:website|site|frontend|front end|web app|page|web page) (?:(?:runs|lives|is|is served|is hosted) (?:at|on|under) (https?:\/\/\S+)|(?:at |on )?(https?:\/\/\S+) (?:calls|uses|talks to|accesses|needs) (?:the|this|our) (?:api|backend|system))$/iu,
    (_, at, other) => `Allow CORS from ${at ?? other}`,
  ],
]
