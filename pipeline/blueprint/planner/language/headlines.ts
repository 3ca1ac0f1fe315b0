import { isPersonNoun } from '../lexicon/people.ts'
import { places, systemWords } from '../lexicon/system-words.ts'
import { baseVerb, isKnownVerb } from '../lexicon/verbs.ts'
import { singular } from './words.ts'

const head =
  /^(?<head>[^:,.;()\d]{3,60}): (?<rest>(?:the |our |all )?(?<who>[\p{L}-]+s)(?:(?:, (?:the )?[\p{L}-]+s)*,? and (?:the )?[\p{L}-]+s)? (?<verb>[\p{L}-]+)(?: .+)?)$/isu
const place =
  /^(?<head>(?:(?:please )?(?:build|make|create)(?: me| us)? )?(?:an?|our|the) (?:[\p{L}-]+ ){0,3}?(?:app|application|platform|site|website|system|tool|network|portal|community|marketplace|service|game|forum)) (?:where|in which|on which|with which|through which) (?<rest>(?<who>[\p{L}-]+s|people)(?: and (?:the )?[\p{L}-]+s)? (?<verb>[\p{L}-]+)(?: .+)?)$/isu
/** "A CRM for our sales team: contacts, companies and deals": whom it is for says nothing of what is kept. */
const keeping =
  /^(?<head>(?:(?:please )?(?:build|make|create)(?: me| us)? )?(?:an?|our) (?:[\p{L}-]+ ){0,3}?(?:crm|app|application|system|tool|database|platform|program|register|tracker)) for (?:our|my|the|an?) [\p{L}' -]{2,40}: (?<rest>[\p{L}-]+s(?:, (?:[\p{L}-]+ )?[\p{L}-]+s)*,? and (?:[\p{L}-]+ )?[\p{L}-]+s)$/iu
const noHead =
  /^(?:roles?|rules?|permissions?|access|rights|users?|features?|who|notes?|requirements?|for|when|if|every|each|on|in|at|after|before|only|all|as|so|and)\b|\b(?:can|may|must|should|is|are|has|have|when|if|with)\b/i

/** Returns a sentence as the name of a system and what people do there, one by one: "Issue tracker: tenants report defects". */
export const withoutHeadline = (text: string): string[] => {
  const kept = keeping.exec(text)?.groups
  if (kept) return [`${kept.head} with ${kept.rest}`]
  const found = (head.exec(text) ?? place.exec(text))?.groups
  if (!found || noHead.test(found.head!) || !acts(found.who!, found.verb!)) return [text]
  // What a word alone stands for is told by the rest: "Mentoring: mentors ...".
  const words = found.head!.toLowerCase().split(' ')
  const names = words.length > 1 || systemWords.has(words[0]!) || places.has(words[0]!)
  const plain = found.head!.replace(/ (?:for|in|of) (?:our|my|the) [\p{L} -]+$/iu, '')
  return [...(names ? [plain] : []), ...clauses(found.rest!)]
}

/** Each of the clauses that begin with people of their own. */
const clauses = (rest: string): string[] => {
  const parts: string[] = []
  for (const part of rest.split(/,? and (?=(?:the |our )?[\p{L}-]+s (?:can|may) )|, (?:and )?/iu)) {
    const begins =
      /^(?:the |our |all )?(?<who>[\p{L}-]+s)(?: and (?:the )?[\p{L}-]+s)? (?<verb>[\p{L}-]+)(?: |$)/iu.exec(part)
    if (parts.length === 0 || (begins && actsSomehow(begins.groups!.who!, begins.groups!.verb!))) parts.push(part)
    else
      parts[parts.length - 1] +=
        rest.slice(
          rest.indexOf(parts.at(-1)!) + parts.at(-1)!.length,
          rest.indexOf(part, rest.indexOf(parts.at(-1)!) + parts.at(-1)!.length),
        ) + part
  }
  return parts
}

const acts = (who: string, said: string): boolean => {
  const verb = said.toLowerCase()
  const base = baseVerb(verb)
  return (
    (who.toLowerCase() === 'people' || isPersonNoun(singular(who.toLowerCase()))) &&
    (/^(?:can|may|should|must|sign|log|pay|see|get|give|send|challenge|message|fix)$/.test(verb) ||
      (isKnownVerb(base) && !/s$/.test(verb.replace(/ss$/, ''))))
  )
}

/** In a row of clauses the verb may be any. */
const actsSomehow = (who: string, verb: string): boolean =>
  acts(who, verb) ||
  (isPersonNoun(singular(who.toLowerCase())) && !/^(?:and|or|with|who|that|of|in|on|at|for|to|is|are)$/i.test(verb))
