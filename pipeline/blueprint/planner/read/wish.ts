const greeting =
  /^(?:(?:hi|hello|hey|hiya|dear|good (?:morning|evening|afternoon|day)|ok(?:ay)?|so|well|yo|thanks|thank you|um+|alright|right|now|basically|essentially|ideally|maybe|actually|first|also|and|then|finally|additionally|furthermore)\b(?:,? (?:there|all|team|folks|everyone|bot|autocoder|dear|again|friends?))?[\s,!:.-]+)+/i
const politeness =
  /\b(?:please|kindly|if (?:that is )?possible|if you can|thanks(?: a lot| in advance)?|thank you|thx|for me|for us|asap|quickly|real quick|from scratch)\b[,!]?/gi
const asking =
  /^(?:(?:can|could|would|will) (?:you|we|i|somebody|someone)|is it possible|are you able|would it be possible|how about|what about|i was wondering if you could|i wonder if you can|would you mind|do you think you could)\s+(?:help (?:me|us)\s+)?(?:to\s+)?(?:have|get\s+)?/i
const wanting =
  /^(?:(?:i|we|my [\p{L}]+(?: [\p{L}]+)?|our [\p{L}]+(?: [\p{L}]+){0,2}|the team|the office)(?: and i)?\s+)?(?:(?:would|just|really|also|currently|still|badly|am|are|is|have been|desperately|definitely|will|kind of)\s+)*(?:wants?|needs?|like|love|looking for|look for|requires?|wish|thinking (?:of|about)|planning|hoping|trying|searching for|after|in need of|got)\b\s*(?:you\s+)?(?:to\s+(?:have|get|be able to)\s+|for\s+(?=an?\s)|to\s+|having\s+)?/iu
const others =
  /^(?:[\p{L}]+|the [\p{L}]+(?: [\p{L}]+)?|our [\p{L}]+)\s+(?:wants?|needs?|would like|wish(?:es)?)\s+to\s+(?=(?:manage|track|store|keep|record|organi[sz]e|log|catalog|handle|administer|collect|list)\b)/iu
const building =
  /^(?:to\s+)?(?:let us\s+|let me\s+|go and\s+|help me\s+)?(?:re-?build|build|create|make|generate|develop|write|design|code|implement|set up|setup|give|prepare|scaffold|spin up|whip up|produce|craft|get|provide|deliver|have|start|do|cook up|put together)(?:ing)?\b\s*(?:(?:me|us|up|out|together|with)\s+)*/i

export type Wish = { text: string; wish: boolean }

/** Takes greetings, politeness and "I want you to build me" off a sentence, and says whether it was a wish. */
export const takeWish = (sentence: string): Wish => {
  let text = sentence
    .replace(politeness, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(greeting, '')
    .replace(/^[\s,;:.!-]+/, '')
  let wish = false
  const asked = asking.exec(text)
  if (asked) {
    text = text.slice(asked[0].length)
    wish = true
  }
  text = text.replace(others, () => {
    wish = true
    return ''
  })
  const wanted = wanting.exec(text)
  if (wanted && wanted[0].trim() !== '' && !/^(?:like|planning|after|got|love)\b/i.test(text)) {
    text = text.slice(wanted[0].length)
    wish = true
  }
  const built = building.exec(text)
  if (built) {
    const after = text.slice(built[0].length)
    if (after !== '' && !/^(?:is|are|of|can|has|have)\b/i.test(after)) {
      text = after
      wish = true
    }
  }
  return { text: text.replace(/^(?:quick|simple)\s+(?=\w+\s+\w+)/i, '').trim(), wish }
}
