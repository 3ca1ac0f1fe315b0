import { baseVerb, linkNouns } from '../../lexicon/verbs.ts'
import { pluralPhrase, sentence, singularPhrase } from '../words.ts'
import { found, isPeople, type Turn } from './words.ts'

const asker =
  '(?<asker>(?:the )?others|(?:the )?other [\\p{L}-]+|everyone else|everybody else|anyone else|[\\p{L}-]+s|people)'
const wanted =
  '(?:(?:an?|the|one of the|such an?|any) )?(?<thing>(?!(?:an?|the|any|for)\\b)[\\p{L}-]+(?: (?!to\\b|for\\b|with\\b)[\\p{L}-]+)?)'
const asks = `${asker} (?:can |may )?(?:(?:ask|request|want) to (?<verb>borrow|rent|hire|use|have|get|take|book|reserve|join)|(?:ask for|request|apply for)) ${wanted}`
const judge = '(?:accept|decline|approve|reject|refuse|confirm|deny|agree|disagree)'
const decides = `(?:the |its |their )?(?:owner|lender|host|maker|poster|member who (?:owns|lists?|listed|offers?|offered|posted) it)s? (?:then |can |may )*(?<verbs>${judge}(?:e?s)? or ${judge}(?:e?s)?|says? yes or no|decides?)(?: (?:it|that|this|them|(?:about|on) (?:it|that|them)|(?:the|each|every) request|requests))?`
const both = new RegExp(`^(?:(?<lead>.+?)(?:,|,? and) (?:then )?)?${asks}(?:,|,? and) (?:then )?${decides}$`, 'iu')
const onlyAsks = new RegExp(`^${asks}$`, 'iu')
const onlyDecides = new RegExp(`^${decides}$`, 'iu')

/** Who puts up what is asked for: "members list tools". */
const makersOf = (things: string, all: string): string | undefined =>
  new RegExp(
    `\\b(?<who>[\\p{L}-]+s|people) (?:can |may )?(?:list|offer|post|publish|add|create|share|rent out|lend(?: out)?|put up|upload|enter|have|own|register)s? (?:each other |their |new |own )*(?:\\p{L}+ )?${things}\\b`,
    'iu',
  ).exec(all)?.groups?.who

type Asked = { asker: string; thing: string; verb?: string }

/** What is made by asking, with who asks and who decides on it. */
const askedFor = (
  asked: Asked,
  all: string,
): { noun: string; who: string; makers: string; things: string } | undefined => {
  const one = singularPhrase(asked.thing)
  const things = pluralPhrase(one)
  const makers = makersOf(things, all)
  if (!makers || !isPeople(makers)) return undefined
  const who = /\bothers$|\belse$/i.test(asked.asker)
    ? makers
    : pluralPhrase(asked.asker.replace(/^(?:the )?other /i, ''))
  if (!isPeople(who)) return undefined
  return { noun: linkNouns.get(asked.verb?.toLowerCase() ?? '') ?? 'request', who: sentence(who), makers, things }
}

const asking = (asked: Asked, { noun, who, things }: NonNullable<ReturnType<typeof askedFor>>): string[] =>
  noun === 'request'
    ? [`${who} can add requests`, `Each request has a ${singularPhrase(things)}`]
    : [`${who} can ${asked.verb!.toLowerCase()} ${things}`]

const verbsOf = (said: string): string[] =>
  / yes or no$|^decides?$/i.test(said)
    ? ['accept', 'decline']
    : said
        .toLowerCase()
        .split(' or ')
        .map((verb) =>
          baseVerb(verb)
            .replace(/^agree$/, 'accept')
            .replace(/^disagree$/, 'decline'),
        )

const deciding = (said: string, { noun, makers, things }: NonNullable<ReturnType<typeof askedFor>>): string[] => {
  const verbs = verbsOf(said)
  const ends = verbs.map((verb) => (verb === 'deny' ? 'denied' : `${verb.replace(/e$/, '')}ed`))
  return [
    `A ${noun} goes from pending to ${ends.join(' or ')}`,
    `${sentence(makers)} decide on ${pluralPhrase(noun)} of their own ${things}: ${verbs.join(', ')}`,
  ]
}

/**
 * "Others ask to borrow a tool, the owner accepts or declines": what is decided on is what was asked for, the loan or the
 * request, and by whoever put up the tool.
 */
export const asksTheOwner: Turn = (text, { all }) => {
  const whole = found(both, text)
  if (whole) {
    const meant = askedFor(whole as Asked, all)
    return (
      meant && [...(whole.lead ? [whole.lead] : []), ...asking(whole as Asked, meant), ...deciding(whole.verbs!, meant)]
    )
  }
  const parts = all.split(/\. +/)
  const asked = found(onlyAsks, text)
  if (asked) {
    const meant = parts.some((part) => onlyDecides.test(part.replace(/\.$/, '')))
      ? askedFor(asked as Asked, all)
      : undefined
    return meant && asking(asked as Asked, meant)
  }
  const decided = found(onlyDecides, text)
  const before = decided && parts.map((part) => found(onlyAsks, part)).find(Boolean)
  const meant = before && askedFor(before as Asked, all)
  return meant && deciding(decided!.verbs!, meant)
}
