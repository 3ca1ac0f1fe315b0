const house =
  '(?:team|firm|company|companies|lab|club|family|families|school|office|house|household|group|department|shop|practice|organi[sz]ation|staff|building|class|crew|village|parish|community|system)'
const made =
  '(?:creat|mak|writ|add|start|post|open|own|submit|upload|plac|enter|record|book|report|fil|request|publish|sen[dt]|propos|ask)[a-z]*|made|wrote|sent'
const signedUp =
  '(?:(?:is|are|has|have|was|were) )?(?:also )?(?:sign(?:s|ed)?[- ]?(?:up|in)|log(?:s|ged)?[- ]?in|register(?:s|ed)?|(?:an |their |his |her )?account)'
const places =
  '(shop|store|house|company|restaurant|clinic|business|farm|gym|studio|salon|club|hotel|bar|cafe|practice|place)'
const it = '(?: (?:it|them|this|that|one|(?:the|an?) [a-z]+))?'
const all = '(?:everyone|everybody|anyone|anybody|people|persons?|users?|all|those|whoever|someone|somebody)'

type Rule = readonly [RegExp, string | ((found: string) => string)]
const rule = (source: string, to: Rule[1]): Rule => [new RegExp(source, 'u'), to]

/** In the order in which they are tried. */
const rules: readonly Rule[] = [
  rule(`^(?:the |our )?(?:owner|boss) of (?:the|our|this) ${places}$`, '$1 owner'),
  rule(`^(?:the |that )?(?:[\\p{L}-]+|same person) (?:who|that|which) (?:has |have |had )?(?:${made})${it}$`, 'owner'),
  rule(`^whoever (?:has )?(?:${made})${it}$`, 'owner'),
  rule(
    '^(?:the |its |their |an? )(?:original )?(?:author|creator|writer|uploader|submitter|poster|owner)(?: of (?:it|them|the \\w+|an? \\w+))?$',
    (found) => (/^an? /.test(found) ? found : 'owner'),
  ),
  rule(`^${all}(?: else)? (?:who |that )?(?:${signedUp})$`, 'signed-in'),
  rule(`^(.+?) (?:who|that) (?:${signedUp})$`, '$1'),
  rule(`^${all}(?: else)? with (?:an? |their )?(?:user )?(?:accounts?|log-?in)$`, 'signed-in'),
  rule(' with (?:an? |their )?(?:accounts?|log-?in)$', ''),
  rule(
    `^${all}(?: (?:of us|who is|that is|who are))? (?:in|on|of|from|inside|within) (?:the |our |my |this )?${house}$`,
    'signed-in',
  ),
  rule(`^(?:all |every |any |other )?${house} members?$`, 'member'),
  rule(` (?:in|on|of|from|at) (?:the |our |my |this |a )?${house}$`, ''),
  rule(
    '^(everyone|everybody|anyone|anybody|nobody|no one) (?:at all|whatsoever|out there|on the (?:web|internet)|in the world)$',
    '$1',
  ),
  rule('^(?:(?:the )?(?:people|world|public|anyone|everyone|everybody|nobody|no one) )?outside(?:rs)?$', (found) =>
    /nobody|no one/.test(found) ? 'nobody' : 'everyone',
  ),
]

const worthTrying = /\s|^outsiders?$/

/** "poets who sign up", "the one who started it", "everyone in the team", "anyone at all" -> who they are. */
export const withoutRelative = (text: string): string =>
  worthTrying.test(text) && text.length < 120
    ? rules.reduce(
        (said, [pattern, to]) => (typeof to === 'string' ? said.replace(pattern, to) : said.replace(pattern, to)),
        text,
      )
    : text
