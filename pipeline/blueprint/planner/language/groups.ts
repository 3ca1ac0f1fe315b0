import type { Statement } from './statements.ts'
import { plural } from './words.ts'

const ofGroup = /\bmembers of (?:the|an?|their|that|its|each) ([\p{L}-]+)\b|\b(?:the|its|their) [\p{L}-]+'s members\b/iu
/** Whether what the members of a group may do is spoken of. */
export const speaksOfGroup = (all: string): boolean => ofGroup.test(all)

const kinds =
  /^(?:an?|each|every) members? (?:is|are|can be) (?:either )?(?:an? )?([\p{L}-]+) or (?:an? )?(?:(?:ordinary|normal|regular|plain|simple) )?([\p{L}-]+)$/iu

/**
 * Returns the statements without the members of a group as things of their own, where those who belong to it have rights:
 * they are accounts. "A member is a chair or an ordinary member" says who leads it.
 */
export const withGroups = (statements: readonly Statement[]): Statement[] => {
  const all = statements.map(({ text }) => text).join('. ')
  const group = ofGroup.exec(all)?.[1]?.toLowerCase()
  if (!group || /\b(?:an?|each|every) member has\b|\bmembers (?:have|with)\b/i.test(all)) return [...statements]
  const among = new RegExp(
    `^((?:an?|the|each|every) ${group} has .+?)(?:,| and|, and) (?:several |many |its )?members$`,
    'iu',
  )
  const alone = new RegExp(`^(?:an?|the|each|every) ${group} has (?:several |many |its )?members$`, 'iu')
  return statements.flatMap((one) => {
    if (one.items) return [one]
    if (alone.test(one.text)) return []
    const kind = kinds.exec(one.text)
    const lead = kind?.slice(1, 3).find((word) => !/^members?$/i.test(word))
    if (kind && lead) return [{ text: `${plural(lead)} of a ${group} can add members` }]
    return [{ ...one, text: one.text.replace(among, '$1') }]
  })
}
