import { splitItems } from './items.ts'
import type { Reader } from './reader.ts'

export const joinPattern =
  /^(.{2,40}?)\s+(?:can |may |should |must |have to |need to |could )?(?:be able to )?(?:sign(?:s)? up(?! (?:for|to)\b (?!an? account|free|membership|use|the (?:system|app|site)))|register(?:s)?(?= *(?:$|,|and\b|to\b|with\b|w\/|by\b|themselves\b))|sign(?:s)? in|log(?:s)? in|creates? (?:an? |their (?:own )?)?accounts?)(?:\s+(?:too|as well|first|themselves))?(?:\s+(?:with|using|by)\s+((?:(?!\s+(?:and|to|then)\s+(?:can\b|[\p{L}]+\s+(?:an?|the|their|[\p{L}]+s)\b)).)*))?(?:\s*,\s*(?:and\s+|then\s+)?|\s+(?:and|to|then)\s+|$)(.*)$/isu

/** Who signs up is not made by an administrator; who only signs in may be. */
const signsUp = /\b(?:signs? up|registers?|creates? (?:an? |their (?:own )?)?accounts?)\b/i

/** "customers sign up with name and email and open tickets": accounts, a role, fields of the account, and what they do. */
export const readJoin = (found: RegExpExecArray, names: readonly string[], reader: Reader): void => {
  reader.facts.push({ kind: 'accounts', on: true })
  for (const name of names)
    if (!/^(?:user|signed|we|owner|nobody)$/.test(name))
      reader.facts.push({ kind: 'role', name, ...(signsUp.test(found[0]) ? { joins: true } : {}) })
  const items = splitItems(found[2] ?? '').filter(
    (item) => !/\b(?:e-?mails?|passwords?|accounts?|google|facebook)\b/i.test(item),
  )
  if (items.length > 0)
    reader.facts.push({
      kind: 'fields',
      of: { words: ['user'], plural: false, several: false, article: '' },
      items,
      extends: false,
    })
  const rest = (found[3] ?? '').trim()
  if (rest.length > 2) reader.read(`${found[1]!} can ${rest.replace(/^(?:can|may)\s+/i, '')}`, false)
}
