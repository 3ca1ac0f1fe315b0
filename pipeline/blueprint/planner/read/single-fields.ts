import { splitItems } from './items.ts'
import { takeLimits } from './limits.ts'
import { keyOf, nounOf } from './noun.ts'
import type { Reader } from './reader.ts'

const ruleShape =
  /^(?:the |an? |every |each |all |its |their )?(.{2,60}?)\s+(?:(?:is|are|be|must|should|has to|have to|can|may|could|will|needs? to|cannot)\s+(?:always\s+|only\s+|also\s+|not\s+)?(?:be\s+)?)(.+)$/i

/** "Status (draft, approved)" after a thing was spoken of: the values of its field. */
export const readValues = (text: string, reader: Reader): boolean => {
  const found =
    /^(?:the |its |their )?((?:[\p{L}]+ )?(?:status|state|stage|phase|priority|type|kind|category|level|severity))\s*\(([^()]+)\)$/iu.exec(
      text,
    )
  const states = /^(?:(?:an?|the|each|every|all)\s+)?([\p{L}-]+(?: [\p{L}-]+)?)\s*\(([^()]*\bor\b[^()]*)\)$/iu.exec(
    text,
  )
  const noun = states ? nounOf(states[1]!) : undefined
  if (
    !found &&
    states &&
    noun &&
    reader.facts.some((fact) => fact.kind === 'fields' && keyOf(fact.of) === keyOf(noun))
  ) {
    reader.facts.push({ kind: 'rule', subject: 'status', note: `(${states[2]!})`, of: noun })
    return true
  }
  if (!found || !reader.last) return false
  reader.facts.push({ kind: 'rule', subject: found[1]!, note: `(${found[2]!})`, of: reader.last })
  return true
}

/** "title is required", "emails must be unique", "the status can be draft, active or retired". */
export const readRule = (text: string, reader: Reader): boolean => {
  const found = ruleShape.exec(text)
  const unique =
    /^(?:no two|there can(?: ?not|not) be two|two) (.{2,40}?) (?:can|may|should|must|have|with)\s*(?:not )?(?:ever )?(?:have |share )?(?:the )?same (.{2,40})$/i.exec(
      text,
    )
  if (unique) {
    reader.facts.push({ kind: 'rule', subject: unique[2]!, note: 'unique', of: nounOf(unique[1]!) })
    return true
  }
  if (!found) return false
  const subject = found[1]!
  const predicate = /\b(?:must|should|can|has to|have to|may)\s+not\b|\bcannot\b/i.test(
    text.slice(0, text.length - found[2]!.length),
  )
    ? `not ${found[2]}`
    : found[2]!
  const note = predicate
    .replace(/^not be (?:empty|blank|null|missing)$|^not (?:empty|blank|null|missing)$/i, 'required')
    .replace(/^not be negative$|^not negative$/i, 'non-negative')
  const { rest, limits } = takeLimits(note)
  const choices =
    /^\s*\(([^)]+)\)\s*$/.exec(note) ??
    /^(?:either |one of )?\(?((?:"?[\p{L}\d_-]+"?(?: [\p{L}\d_-]+)?)(?:\s*(?:,|\/|\bor\b)\s*(?:or )?"?[\p{L}\d_-]+"?(?: [\p{L}\d_-]+)?)+)\)?$/iu.exec(
      note,
    )
  const typeWord =
    /^(?:an?\s+)?(?:number|integer|whole number|decimal|boolean|date|text|string|email|url|yes or no)$/i.test(note)
  if (Object.keys(limits).length === 0 && !choices && !typeWord) return false
  if (rest.split(/\s+/).filter(Boolean).length > 4 && !choices) return false
  if (Object.keys(limits).length > 0 && rest !== '' && !choices && !/^(?:and|long|each|always|per \w+|,)?$/i.test(rest))
    return false
  const of = /^(?:the )?(.{2,40}?) of (?:an?|the|each|every|all)?\s*(.{2,40})$/i.exec(subject) ?? undefined
  const possessive = /^(.{2,40}?)(?:'s|s') (.{2,40})$/i.exec(subject)
  const owner = of ? nounOf(of[2]!) : possessive ? nounOf(possessive[1]!) : undefined
  for (const one of splitItems(of ? of[1]! : possessive ? possessive[2]! : subject))
    reader.facts.push({
      kind: 'rule',
      subject: one,
      note: choices ? `(${choices[1]})` : note,
      of: owner ?? reader.last,
    })
  return true
}
