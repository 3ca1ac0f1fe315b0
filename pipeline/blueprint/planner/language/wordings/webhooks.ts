import type { Wording } from '../makings.ts'
import { isPlural, pluralPhrase, sentence, singularPhrase, withArticle } from '../words.ts'

const url = '(https?:\\/\\/[^\\s,;]+)'
const when = '(?:when(?:ever)?|once|as soon as|every time|each time|if)'
const http =
  '(?:(?:by|over|via|through|with|using) (?:an? )?(?:http(?: request| call| post)?|web ?hook|api call|post request))'
const others =
  '((?:[\\p{L}-]+ )?(?:systems?|programs?|software|partners?|subscribers?|shops?|platforms?|services?|apps?|erps?|crms?|warehouses?|providers?|suppliers?|carriers?|clients?|customers?|resellers?))'
const lead = '(?:the |our |all |its |their |an? |external |other )*'

/** Who is called has an address, which is registered: no address is known where none was said. */
const registers = (who: string, event: string): string => {
  const many = isPlural(who.toLowerCase()) ? who : pluralPhrase(who)
  return `${sentence(many)} can register a URL that is called when ${event}`
}

/** A sentence begins with a capital letter, an address does not. */
const posts = (address: string, event: string): string => `POST to ${address.replace(/^H/, 'h')} when ${event}`

/** What goes out over HTTP, and what comes in, in free words. */
export const webhooks: readonly Wording[] = [
  // "our partner's address https://partner.example/hook is called when a shipment is shipped", in either order
  [
    new RegExp(
      `^${when} (.+?), (?:then )?(?:${lead}[\\p{L}’' -]*?)${url} (?:is|gets|should be|must be) (?:called|pinged|notified|informed|told)(?: with .+)?$`,
      'iu',
    ),
    (_, event, address) => posts(address!, event!),
  ],
  [
    new RegExp(
      `^(?:${lead}[\\p{L}’' -]*?)${url} (?:is|gets|should be|must be) (?:called|pinged|notified|informed|told)(?: with .+?)? ${when} (.+)$`,
      'iu',
    ),
    (_, address, event) => posts(address!, event!),
  ],
  [
    new RegExp(
      `^${when} (.+?),? (?:then )?(?:call|ping|notify|inform|hit|invoke)(?: ${lead}[\\p{L}’' -]+?(?: at| under)?)? ${url}(?: with .+)?$`,
      'iu',
    ),
    (_, event, address) => posts(address!, event!),
  ],
  [
    new RegExp(
      `^(?:call|ping|notify|inform|hit|invoke)(?: ${lead}[\\p{L}’' -]+?(?: at| under)?)? ${url}(?: with .+?)?,? ${when} (.+)$`,
      'iu',
    ),
    (_, address, event) => posts(address!, event!),
  ],
  // "notify our accounting system by HTTP when an invoice is paid", "send a webhook to partners when ..."
  [
    new RegExp(`^(?:notify|inform|call|ping|tell|alert) ${lead}${others} ${http},? ${when} (.+)$`, 'iu'),
    (_, who, event) => registers(who!, event!),
  ],
  [
    new RegExp(
      `^(?:send|post|fire|make|trigger) (?:an? )?(?:web ?hooks?|http (?:request|call|post)s?|api calls?) to ${lead}${others},? ${when} (.+)$`,
      'iu',
    ),
    (_, who, event) => registers(who!, event!),
  ],
  [
    new RegExp(
      `^${when} (.+?),? (?:then )?(?:${lead})${others} (?:is|are|gets?|should be|must be) (?:notified|informed|told|called|alerted) ${http}$`,
      'iu',
    ),
    (_, event, who) => registers(who!, event!),
  ],
  [
    new RegExp(
      `^${when} (.+?),? (?:then )?(?:send|post|fire) (?:an? )?(?:web ?hook|http (?:request|call|post)) to ${lead}${others}$`,
      'iu',
    ),
    (_, event, who) => registers(who!, event!),
  ],
  // "members register a URL which gets every new alert", "subscribers register a URL for a parcel and are called on each update"
  [
    /^((?:the |all )?[\p{L}-]+s) (?:(?:log|sign) (in|up) and )?(?:can |may )?(?:register|leave|give|enter|add|set up|provide) (?:an? |their )(?:url|web ?hook|callback|address|callback url|web ?hook url)s? (?:which|that|to which) (?:gets|receives|is told of|is called (?:with|for|on)|we send|is sent|we post) (?:every|each|all|any) (?:new )?([\p{L}-]+?)s?(?: as json| by http)?$/iu,
    (_, who, login, thing) =>
      `${login ? `${who} sign ${login} || ` : ''}${who} can register a URL that is called when ${withArticle(singularPhrase(thing!.toLowerCase()))} is made`,
  ],
  [
    /^((?:the |all )?[\p{L}-]+s) (?:can |may )?(?:register|leave|give|enter|add|set up|provide) (?:an? |their )(?:url|web ?hook|callback|address)s? for (?:an? |the )([\p{L}-]+) (?:and are|that is|which is) (?:called|told|notified|posted to) (?:on|at|with|for|after) (?:each|every|any|all) (?:of its )?(?:updates?|changes?|status updates?)$/iu,
    (_, who, thing) => `${who} can register a URL that is called when ${withArticle(thing!)} is changed`,
  ],
  // "Stripe tells us by webhook that an invoice is paid", "the bank informs us by webhook when ..."
  [
    new RegExp(
      `^((?:the |our |an? )?[\\p{L}-]+(?: [\\p{L}-]+)?) (?:tells?|informs?|notif(?:y|ies)|lets?) us (?:know )?${http},? (?:that|when|whenever|if|once) (an?|the) ([\\p{L}-]+) (?:is|was|has been|gets) ([\\p{L}-]+)(,? (?:and )?(?:signs?|signed) .+)?$`,
      'iu',
    ),
    (_, who, article, thing, done, signed) =>
      `${who} calls us by webhook when ${article} ${thing} was ${done}${signed ?? ''}`,
  ],
]
