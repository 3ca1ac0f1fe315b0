import type { Wording } from '../makings.ts'
import { pluralPhrase, singularPhrase } from '../words.ts'
import { thing } from './thing.ts'

const url = '(https?:\\/\\/\\S+?)'
const comesIn = (who: string, what: string): string =>
  `${pluralPhrase(who)} send us ${what.toLowerCase().replace(/ updates?$/, '')} updates by webhook`
const updates = '((?:[\\p{L}-]+ )?[\\p{L}-]+)'
const slug = (one: string): string => `${pluralPhrase(one)} get a slug from the title`

/** What comes from outside, goes there, and how things are found from there, said in other words. */
export const outside: readonly Wording[] = [
  // "a post has a readable address made from its title"
  [
    /^(?:an?|the|each|every|all) ([\p{L}-]+(?: [\p{L}-]+)?) (?:has|have|gets?|should have|needs?) (?:an? |their )?(?:own )?(?:readable|pretty|nice|speaking|friendly) (?:(?:web )?address(?:es)?|urls?|links?)(?:,? (?:(?:that is |which is )?(?:made|built|taken|derived|formed) )?(?:from|out of) (?:its|their|the) ([\p{L}-]+))?$/iu,
    (_, thing, field) => `${pluralPhrase(singularPhrase(thing!))} get a slug from the ${field ?? 'title'}`,
  ],
  // "deleting a recipe only hides it and it can be restored", "a deleted recipe can be brought back"
  [
    /^(?:deleting|removing) (?:an? |the )?([\p{L}-]+(?: [\p{L}-]+)?) (?:only|just) hides (?:it|them)(?:,? (?:and|so that|so) (?:it|they) can be (?:restored|brought back|undeleted|recovered))?$/iu,
    (_, thing) => `Deleted ${pluralPhrase(singularPhrase(thing!))} can be restored`,
  ],
  // "allow the website https://cellar.example to call it from the browser"
  [
    new RegExp(
      `^(?:please )?(?:allow|let|permit) (?:the |our )?(?:web ?site|page|site|front ?end|app|browser app)?(?: at)? ?${url} (?:to )?(?:call|use|access|reach|talk to) (?:it|us|this|the (?:api|system|app))(?: from (?:the|a|its) browser)?$`,
      'iu',
    ),
    'Allow requests from $1',
  ],
  [
    new RegExp(
      `^(?:web ?)?(?:pages|sites|scripts|browsers|front ?ends) (?:on|of|from|at) ${url} (?:can|may|should be able to) (?:call|use|access|reach) (?:it|us|this|the (?:api|system|app))$`,
      'iu',
    ),
    'Allow requests from $1',
  ],
  // "opening the code sends the visitor on to the target address"
  [
    /^(?:opening|visiting|calling|following) (?:the|a|its|their) (?:short )?(?:code|link|address|short link)s? (?:sends|takes|leads|brings|forwards) (?:the |a )?(?:visitors?|people|users?|callers?|whoever opens it|them|you) (?:on |straight )?to (?:the|its) (.+)$/iu,
    'Opening the code redirects to the $1',
  ],
  // "each link counts its visits", "count how often a link was opened"
  [
    /^(?:each|every|an?|the) ((?:short )?link)s? counts (?:its|how many) (?:visits|clicks|opens|views|hits)(?: it (?:gets|has))?$/iu,
    'Count the clicks of each $1',
  ],
  [
    /^(?:count|track|show|record) how (?:often|many times) (?:each|every|an?|the) ((?:short )?link) (?:is|was|has been|gets) (?:opened|clicked|visited|followed|used)$/iu,
    'Count the clicks of each $1',
  ],
  // "a webhook takes status updates from carriers", "accept webhooks from carriers that change the status"
  [
    new RegExp(
      `^(?:an?|the|one) webhook (?:takes|receives|accepts|gets) (?:the )?${updates} from (?:the |our )?([\\p{L}-]+s)$`,
      'iu',
    ),
    (_, what, who) => comesIn(who!, what!),
  ],
  [
    new RegExp(
      `^(?:the |our |each |every |an? )?([\\p{L}-]+) (?:sends?|posts?) (?:us )?(?:an? )?webhooks? (?:with|about|for|containing) (?:the |an? )?(?:new |current |latest |changed )?${updates}(?: of .+)?$`,
      'iu',
    ),
    (_, who, what) => comesIn(who!, what!),
  ],
  [
    new RegExp(
      `^(?:accept|receive|take|offer|provide|have) (?:an? )?webhooks? (?:from|for) (?:the |our )?([\\p{L}-]+s)(?:,? (?:that|which|to)) (?:changes?|updates?|sets?|reports?|tells?) (?:us )?(?:the )?(?:new )?${updates}(?: of .+)?$`,
      'iu',
    ),
    (_, who, what) => comesIn(who!, what!),
  ],
  [
    new RegExp(
      `^there (?:is|should be|must be) an? webhook (?:for|from) (?:the |our )?([\\p{L}-]+s) (?:to|that|which) (?:changes?|updates?|sets?|reports?) (?:the )?(?:new )?${updates}(?: of .+)?$`,
      'iu',
    ),
    (_, who, what) => comesIn(who!, what!),
  ],
  // "whenever a parcel is delivered https://example.org/hook is called"
  [
    new RegExp(
      `^(?:when|whenever|once|as soon as|if|each time|every time) (.+? (?:is|was|are|were|has been|gets) [\\p{L}-]+),? ${url} (?:is|gets|should be|must be) (?:called|told|notified|informed)$`,
      'iu',
    ),
    'When $1, call $2',
  ],
  // "when a parcel is delivered, tell the subscriber's URL"
  [
    /^(?:when|whenever|once|as soon as|if) (.+? (?:is|was|are|were|has been|gets) [\p{L}-]+),? (?:tell|call|notify|inform|post to) (?:the |all |every |each )?([\p{L}-]+?)(?:['’]s|s['’]) urls?$/iu,
    (_, event, who) => `${pluralPhrase(who!)} can register a URL that is called when ${event}`,
  ],
  // "only hives with an API key may add readings"
  [
    new RegExp(
      `^only ([\\p{L}-]+s) with (?:an?|their|its) (?:own )?(?:api )?key (?:can|may) (?:add|post|send|create|enter|write|submit) (?:new )?${thing}$`,
      'iu',
    ),
    '$1 post $2 with an API key',
  ],
  // "chart the weight by day", "show the weight of a hive by day"
  [
    new RegExp(
      `^(?:please )?(?:chart|plot|graph|draw) (?:the )?${thing} (?:by|per|over each|for each) (hour|day|week|month|year)$`,
      'iu',
    ),
    'Show the $1 per $2 as a chart',
  ],
  [
    new RegExp(
      `^(?:please )?(?:show|chart|plot|graph) (?:the )?${thing} of (?:an?|each|every|the) ${thing} (?:by|per) (hour|day|week|month|year)$`,
      'iu',
    ),
    (_, what, one, unit) => `Show the ${what} per ${singularPhrase(one!)} and ${unit} as a chart`,
  ],
  // "visiting the code sends people to the target", "each click is counted"
  [
    /^(?:visiting|opening|following|calling|clicking(?: on)?|entering) (?:the|an?|its) (?:short )?(?:code|link|url) (?:sends|takes|brings|leads|redirects|forwards) (?:people|users|visitors|whoever (?:opens|clicks) it|everybody|them|you|one) (?:on |over )?to (?:the|its) (target|target url|url|address|original|original url|long url)$/iu,
    'Short links redirect to the target',
  ],
  [
    /^(?:each|every) (?:click|visit|opening)(?: of a link| on a link)? is counted$|^clicks(?: on (?:a|each|every|the) links?)? are counted$/iu,
    'Count the clicks',
  ],
  // "the URL of an article contains its title", "use slugs in article URLs"
  [
    new RegExp(
      `^the (?:url|address|path|web address)s? of (?:an?|each|every|the) ${thing} (?:contains?|has|is made (?:of|from)|comes from|uses|includes|shows) (?:its|the|their) title$`,
      'iu',
    ),
    (_, one) => slug(one!),
  ],
  [
    new RegExp(
      `^${thing} (?:urls?|addresses|paths) (?:contain|are made (?:of|from)|come from|use|include|show) (?:its|the|their) titles?$`,
      'iu',
    ),
    (_, one) => slug(one!),
  ],
  [
    new RegExp(
      `^(?:please )?(?:use|put|have) (?:an? )?slugs? (?:in|for|as) (?:the )?(?:urls|addresses|paths) of (?:the |our )?${thing}$|^(?:please )?(?:use|put|have) (?:an? )?slugs? (?:in|for|as) (?:the )?([\\p{L}-]+) (?:urls?|addresses|paths)$`,
      'iu',
    ),
    (_, one, other) => slug((one ?? other)!),
  ],
  // "embed the author of an article", "return the author together with the article"
  [
    new RegExp(
      `^(?:please )?(?:embed|expand|nest) (?:the )?${thing} (?:of|in|with|for) (?:an?|each|every|the) ${thing}$`,
      'iu',
    ),
    (_, part, one) => `Show the ${part} with each ${singularPhrase(one!)}`,
  ],
  [
    new RegExp(
      `^(?:please )?(?:return|send|give|answer|show|deliver) (?!each |every |all )(?:the )?${thing} (?:together with|along with|inside) (?:an?|each|every|the|its|their) ${thing}$`,
      'iu',
    ),
    (_, part, one) => `Show the ${part} with each ${singularPhrase(one!)}`,
  ],
  [
    /^(?:the |all )?([\p{L}-]+s) (?:come|are (?:returned|sent|answered|shown|listed|delivered)|include|contain|should (?:come|include))(?: together)?(?: with)? (?:their|the) (author|owner|creator|writer|poster|maker)s?$/iu,
    (_, things, who) => `Show the ${who} with each ${singularPhrase(things!)}`,
  ],
  // "a scale under each hive posts the weight every ten minutes with its own API key"
  [
    /^(?:an?|the|each|every) [\p{L}-]+ (?:under|in|on|at|of|inside|above|below|near) (?:an?|each|every|the) ([\p{L}-]+) (?:posts|sends|reports|transmits) (?:us )?(?:the|its) ([\p{L}-]+)(?: (?:of it|every [\p{L}\d]+ (?:minutes?|hours?|seconds?|days?)|once an? [\p{L}]+|hourly|daily))?,? (?:with|using|by) (?:its own |an? |the )?(?:api )?key$/iu,
    (_, one, what) => `${pluralPhrase(one!)} post their ${what} with an API key`,
  ],
  // "a subscriber leaves a URL for a parcel, and we call it whenever the status changes"
  [
    /^(?:(?:an?|each|every|the) )?([\p{L}-]+?)s? (?:can |may )?(?:leaves?|registers?|gives?|enters?|adds?|has|have) (?:us )?(?:an? |their )?(?:own )?url (?:for|of|with) (?:an?|the|each) ([\p{L}-]+)(?: (?:that|which) (?:is|gets) called|,? (?:and|which|that) (?:we|the system) (?:call|calls|post to|notify)(?: it)?) (?:when|whenever|once|as soon as|each time) (?:its |the |their )?(?:status|state) (?:changes|is changed)$/iu,
    (_, who, one) => `${pluralPhrase(who!)} can register a URL that is called when the status of a ${one} changes`,
  ],
]
