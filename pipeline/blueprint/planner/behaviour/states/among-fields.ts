import { stepsOf } from './read-sequence.ts'
import type { Sequence } from './spec.ts'

const field = '(?:(?:an?|its|the) )?(?<field>(?:[\\p{L}-]+ )?(?:status|state|stage|phase))'
const often = '(?:(?:always|only|then|first|usually|normally|must|has to|should|can|will|shall|may) )*'
const going =
  '(?:go(?:es)?|moves?|passes|pass|runs?|progress(?:es)?|proceeds?|travels?|advances?|flows?|steps?|changes?|switches|starts?|begins?)'
const goingOn = '(?:going|moving|passing|running|progressing|advancing|changing|starting|beginning)'
const from = '(?: step by step)?(?: only)?(?: out)?(?: from| through| via| over| along| as| at| with| in)?'
const arrows = '(?<arrows>[\\p{L} -]+(?:\\s*->\\s*[\\p{L} -]+?)+)'
/** What is said of the thing after the states: the next field. */
const tail = '(?<tail>(?:,? (?:and|plus)|,) (?:an?|its|the|optional|optionally|whether|who|how|when|which|several) .+)?'
const head = '(?<head>(?:.*?\\b(?:has|have|with|having)\\b|[\\p{L} -]{2,40}:).*?)(?<joint>,? and |, | )'

const patterns: readonly RegExp[] = [
  `^${head}${field},? (?:(?:that|which) ${often}${going}|${goingOn})${from} (?<list>.+?)${tail}$`,
  `^${head}${field}\\s*(?::|,|of)?\\s*${arrows}${tail}$`,
  `^${head}${field}\\s*:?\\s*\\(${arrows}\\)(?<tail>(?:,| and| with).+)?$`,
].map((source) => new RegExp(source, 'iu'))

/** Longer sentences are not read: these patterns try every way to cut them. */
const longest = 400
const spoken = /\b(?:status|state|stage|phase)\b/i
const ending = /,?\s*\b(?:and )?(?:ends?|ending|finish(?:es)?|finishing)(?: up)? (?:at|as|in|with|on|by being)\s+/gi

/**
 * Reads a state whose steps are told among the fields: "orders have a name and a status that goes from new to packed to
 * shipped". `things`: what may have them. `fields` is the sentence with the values alone, for the ordinary reader.
 */
export const readStatesAmongFields = (
  sentence: string,
): { steps: Sequence['steps']; things: string[]; fields: string } | undefined => {
  if (sentence.length > longest || !spoken.test(sentence)) return undefined
  const said = sentence.trim()
  for (const pattern of patterns) {
    const groups = pattern.exec(said)?.groups
    const steps = groups && stepsOf((groups.list ?? groups.arrows ?? '').replace(ending, ' to '))
    if (!groups || !steps) continue
    const values = [...new Set(steps.flat())].map((value) => value.replaceAll('_', ' '))
    return {
      steps,
      things: thingsOf(groups.head!),
      fields: `${groups.head}${groups.joint}a ${groups.field} (${values.join(', ')})${groups.tail ?? ''}`,
    }
  }
  return undefined
}

/** What has the fields: the words before "have" or "with", those that stand nearest first. */
const thingsOf = (head: string): string[] =>
  head
    .split(/\s+(?:has|have|with|having)\b|:/i)
    .slice(0, -1)
    .map((part) =>
      part
        .split(/[\s,]+/)
        .slice(-2)
        .join(' '),
    )
    .reverse()
