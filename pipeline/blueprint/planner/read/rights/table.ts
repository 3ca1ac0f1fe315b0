import type { Operation } from '../../lexicon/verbs.ts'
import { readWho, type Who } from '../people.ts'
import { opsOf } from './nouns.ts'

const people = (said: string): Who | undefined =>
  readWho(said.replace(/^(?:for|to|by)\s+/i, '').replace(/\s+only$|^only\s+/i, ''))

/** "admin write", "read access for all", "viewers: read only": who, and what they may do. */
export const readEntry = (part: string): { who: Who; ops: readonly Operation[] } | undefined => {
  const text = part
    .replace(/^(?:and|but|with)\s+/i, '')
    .replace(/\s+is (?:allowed|granted|possible|enough)\b|\s+(?:is|are)(?= (?:for|open))/i, '')
    .trim()
  const colon = /^([^:]{2,30}):\s*(.{1,60})$/.exec(text)
  if (colon) {
    const who = people(colon[1]!)
    const ops = opsOf(colon[2]!)
    if (who && ops) return { who: { ...who, limited: true }, ops }
    const turned = people(colon[2]!)
    const named = opsOf(colon[1]!)
    return turned && named ? { who: turned, ops: named } : undefined
  }
  const forWhom = /^(.{2,40}?)\s+(?:only )?(?:for|to|by)\s+(.{2,50})$/i.exec(text)
  if (forWhom) {
    const who = people(forWhom[2]!)
    const ops = opsOf(forWhom[1]!.replace(/\bopen\b/i, ''))
    if (who && ops)
      return {
        who: { ...who, ...(/^(?:reads?-?\s?only|view(?:ing)? only)/i.test(forWhom[1]!) ? { limited: true } : {}) },
        ops,
      }
  }
  const words = text.split(/\s+/)
  for (let at = 1; at < Math.min(4, words.length); at += 1) {
    const who = people(words.slice(0, at).join(' '))
    const rest = words.slice(at).join(' ')
    const ops = /^(?:read|write|edit|view|create|delete|full|admin)\b/i.test(rest) ? opsOf(rest) : undefined
    if (who && ops && !/^(?:i|we|they|users?|people)$/i.test(words[0]!)) return { who, ops }
  }
  return undefined
}
