import { runningNumbers, sampleNumber } from '../lexicon/running-numbers.ts'
import { listed, sentence } from './words.ts'

const has =
  '(?:(?:should |must |also |additionally )*(?:have|has|get|gets|contain|contains|consist of|consists of)|with)'
const described = new RegExp(
  `^(?<head>(?:.*? )?(?<thing>(?!(?:and|or|of|the|an?|for|api|system|app|also|additionally|should|must)\\b)[\\p{L}-]+)) (?<verb>${has}) (?<list>.+)$`,
  'iu',
)
const added =
  /^(?:please )?add (?<list>.+(?:,| and ).+) to (?:(?:the|all|each|every|our) )*(?<thing>[\p{L}-]+(?: [\p{L}-]+)?)$/iu
/** "Orders belong to a customer and have a running number". */
const behind =
  /^(?<thing>(?:(?:each|every|all|the|an?) )?[\p{L}-]+(?: [\p{L}-]+)?) (?<said>(?:belongs?|refers?|is|are|goes?|consists?|can|may|must) [^,;]+),? and (?:also )?(?:have|has|gets?|receives?) (?<item>[^,;]+)$/iu
const counts = '(?: (?:that|which) (?:counts?|goes|runs?|starts?|increases?|is (?:assigned|counted|generated|given)).*)'
const looks = `(?: (?:like|such as|in the (?:form|format)(?: of)?|of the form|starting (?:from|at|with)) ${sampleNumber}.*)`
/** "A running number per project", "a ticket number like T-0001", "get a membership number". */
const numbers = new RegExp(
  `^(?:(?:gets?|receives?|(?:is|are) (?:given|assigned)) (?:an? |their own |its own |their |its )(?:[\\p{L}-]+ )*?number.*|(?:an? |its own |their own |its |their )*${runningNumbers} (?:[\\p{L}-]+ )?(?:number|no\\.?|id)(?: .*)?|(?:an? |its own |their own |its |their )*(?:[\\p{L}-]+ )?number(?:${counts}|${looks}))$`,
  'iu',
)
const numbered =
  /^(?<thing>(?:(?:each|every|all|the) )?[\p{L}-]+(?: [\p{L}-]+)?) (?<numbered>(?:is|are) numbered[^,;]*?),? and (?<rest>(?:have|has|with) .+)$/iu

/** "Tickets have a title and are numbered". */
const andNumbered =
  /^(?<thing>(?:(?:each|every|all|the|an?) )?[\p{L}-]+(?: [\p{L}-]+)?) (?<said>(?:have|has) .+?),? and (?<numbered>(?:is|are|get|gets) (?:automatically |consecutively |sequentially )?numbered.*)$/iu

/** What follows says more of the number, and is no field. */
const goesOn =
  /^(?:[\p{L}-]+ing|that|which|e\.?g|for example|like|such as|without|never|in order|one|each|every|from|\d[\d.]*|[A-Z]+-?\d+)(?: |$)/u

/** "Tickets have a title and a running number": what they have, and that they are numbered. */
export const numberAmongFields = (text: string): string[] | undefined => {
  const both = numbered.exec(text)?.groups
  if (both) return [`${both.thing} ${both.rest!.replace(/^with /i, 'have ')}`, `${both.thing} ${both.numbered}`]
  const then = andNumbered.exec(text)?.groups
  if (then) return [`${then.thing} ${then.said}`, `${then.thing} ${then.numbered}`]
  const adding = added.exec(text)?.groups
  if (adding) {
    const apart = itemApart(adding.list!)
    return apart && [`Add ${apart.others} to ${adding.thing}`, `${sentence(adding.thing!)} ${apart.gets}`]
  }
  const last = behind.exec(text)?.groups
  if (last && numbers.test(last.item!)) return [`${last.thing} ${last.said}`, `${last.thing} get ${last.item}`]
  const found = described.exec(text)?.groups
  const apart = found && itemApart(found.list!)
  return apart && [`${found.head} ${found.verb} ${apart.others}`, `${sentence(found.thing!)} ${apart.gets}`]
}

const itemApart = (list: string): { others: string; gets: string } | undefined => {
  if (!/\b(?:number|no|id)\b/i.test(list) || list.includes('(')) return undefined
  const items = list.split(/,? and |, /)
  const at = items.findIndex((item) => numbers.test(item))
  if (at < 0 || items.length < 2 || items.some((item) => goesOn.test(item))) return undefined
  const item = items[at]!
  const others = items.toSpliced(at, 1)
  return {
    others: listed(others),
    gets: /^(?:get|receive|is|are)/i.test(item) ? item : `get ${item}`,
  }
}
