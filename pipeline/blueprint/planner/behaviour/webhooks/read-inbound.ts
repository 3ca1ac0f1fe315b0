/** Somebody outside calls: who, about what, and what it means for the row. */
export type InboundSpec = {
  sender: string
  /** "status updates", "a payment succeeded". */
  what: string
  /** What else follows: "the order is marked as paid". */
  follows?: string
  /** Field names in words, where they were given. */
  fields?: string
  signed: boolean
  said: string
}

const np = "[\\p{L}\\d'-]+(?: [\\p{L}\\d'-]+){0,2}?"
const hook = '(?:an? |the |our |its |their )?(?:inbound |incoming )?web ?hooks?'
const patterns: readonly {
  pattern: RegExp
  read: (f: RegExpExecArray) => { sender: string; what: string; follows?: string }
}[] = [
  {
    pattern: new RegExp(
      `^(?:the |our |all |each )?(${np}) (?:sends?|posts?|pushe?s?|delivers?|reports?|notif(?:y|ies)|tells?|informs?|calls?) (?:us |to us |in )?(?:of |about |their |its |the |with )?(.+?) (?:by|via|through|with|over|using|to|as|on) ${hook}$`,
      'iu',
    ),
    read: (f) => ({ sender: f[1]!, what: f[2]! }),
  },
  {
    pattern: new RegExp(
      `^(?:the |our )?(${np}) (?:calls?|notif(?:y|ies)|pings?|tells?|informs?|sends? (?:us )?${hook}|posts? to (?:us|${hook})|calls? (?:us|${hook})|hits?)(?: us| our (?:api|system|server)| ${hook})?(?: (?:by|via|through|with|over) ${hook})? (?:when|whenever|once|as soon as|each time|every time|if) (.+)$`,
      'iu',
    ),
    read: (f) => ({ sender: f[1]!, what: f[2]! }),
  },
  {
    pattern: new RegExp(
      `^(?:(?:we|it|the (?:system|api|server))(?: should| must| can| have to)? )?(?:receives?|accepts?|takes?|handles?|gets?|processe?s?|listens? (?:to|for)|supports?|add|expose|offers?|provides?|needs?) ${hook} (?:from|of|by|for) (?:the |our )?(${np})(?:'s)?(?: (?:when|whenever|about|for|with|on|that (?:tell|report|say)(?:s)?) (.+))?$`,
      'iu',
    ),
    read: (f) => ({ sender: f[1]!, what: f[2] ?? 'updates' }),
  },
  {
    pattern: new RegExp(
      `^(?:(?:we|it|the (?:system|api|server))(?: should| must| can)? )?(?:receives?|accepts?|takes?|handles?|gets?) (.+?) (?:from|of) (?:the |our )?(${np}) (?:by|via|through|as|over) ${hook}$`,
      'iu',
    ),
    read: (f) => ({ sender: f[2]!, what: f[1]! }),
  },
  {
    pattern: new RegExp(
      `^(.+?) (?:arrive|arrives|come in|comes in|come|comes|are (?:sent|received|posted|delivered)|is (?:sent|received|posted|delivered)) (?:from (?:the |our )?(${np}) )?(?:by|via|through|as|over) ${hook}(?: (?:of|from) (?:the |our )?(${np}))?$`,
      'iu',
    ),
    read: (f) => ({ sender: f[2] ?? f[3] ?? 'partner', what: f[1]! }),
  },
  {
    pattern:
      /^(?:(?:add|have|support|use|with|we (?:want|need)) )?(?:an? |the )?(stripe|paypal|adyen|mollie|klarna|square|shopify|github|gitlab|twilio|sendgrid|mailgun|dhl|ups|fedex|dpd)(?:'s)? web ?hooks?(?: (?:for|when|about|on|whenever) (.+))?$/iu,
    read: (f) => ({ sender: f[1]!, what: f[2] ?? 'updates' }),
  },
  {
    pattern: new RegExp(`^when (?:the |our |an? )?(${np}) (?:calls?|posts? to|hits?) ${hook},? (.+)$`, 'iu'),
    read: (f) => ({ sender: f[1]!, what: 'updates', follows: f[2]! }),
  },
]
const outward = /^(?:we|it|the (?:system|api|server)|i|users?|subscribers?|customers?|members?|people|clients?)$/i

/** Reads a sentence about calls from outside, or returns undefined. */
export const readInbound = (sentence: string): InboundSpec | undefined => {
  let text = sentence.trim().replace(/[.]+$/, '')
  const signed = /\b(?:signed|signature|secret|hmac)\b/i.test(text)
  text = text
    .replace(
      /,? (?:and )?(?:which |that |they |it )?(?:are |is |must be |should be )?(?:signed|secured|verified|checked)(?: (?:with|by) (?:an? |the )?(?:shared )?(?:secret|signature|hmac))?$/i,
      '',
    )
    .replace(/\b(?:signed|secured) (?=webhook)/i, '')
  const inBrackets = /\s*\(([^()]+)\)/.exec(text)
  if (inBrackets) text = `${text.slice(0, inBrackets.index)}${text.slice(inBrackets.index + inBrackets[0].length)}`
  const listing =
    /,? (?:with|containing|that (?:contain|have|carry)s?|which (?:contain|have|carry)s?) (?:the |an? )?((?!web ?hook)[^,]+(?:,.+| and .+))$|, (?:with|containing) (?:the |its |their |an? )?((?!web ?hook)[\p{L}-]+(?: [\p{L}-]+){0,2})$/iu.exec(
      text,
    )
  const plain = listing && !/web ?hook/i.test(listing[1]!) ? text.slice(0, listing.index) : text
  const [first = '', ...others] = plain.split(
    /[,;]? (?:and then|then|so that|so|and) (?=(?:the |an? |its |their |it |that |this )[\p{L}]+)/iu,
  )
  for (const { pattern, read } of patterns)
    for (const [body, more] of [
      [first, others.join(' and ')],
      [plain, ''],
    ] as const) {
      const found = pattern.exec(body)
      if (!found) continue
      const { sender, what, follows = more } = read(found)
      if (outward.test(sender.trim())) continue
      const fields = inBrackets?.[1] ?? (listing && plain !== text ? listing[1] : undefined)
      return { sender, what, ...(follows ? { follows } : {}), ...(fields ? { fields } : {}), signed, said: sentence }
    }
  return undefined
}
