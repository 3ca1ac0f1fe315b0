import { functionWords } from '../lexicon/function-words.ts'
import { baseVerb, linkNouns, operationsOf } from '../lexicon/verbs.ts'
import { readWho } from './people.ts'
import { isNotice } from './rights/signs.ts'
import { beginsActive } from './rights/subjects.ts'

/** Longer clauses are read up to here. */
const maxClause = 900

const connector =
  /^(?:\s*[;]\s*(?:and\s+|but\s+)?|\s*,\s*(?:and|but|so|while|where|whereas|then|plus|also|or)\s+(?:also\s+|then\s+|that\s+)?|\s*,\s+|\s+(?:and also|and then|and|but|where|while|whereas|in which|on which|so that|such that|though|although)\s+|\s+-\s+)/i
const subjectThenPredicate =
  /^(?:(?:an?|the|each|every|all|any|only|our|my|their|its|some|no|one|other|another|just|both)\s+)*((?:[\p{L}\d][\p{L}\d'_-]*)(?:\s+[\p{L}\d][\p{L}\d'_-]*){0,3}?)\s+(?:also\s+|only\s+|always\s+|usually\s+|each\s+|all\s+|just\s+)?(can|could|may|might|must|should|shall|will|would|has|have|belongs?|consists?|contains?|is|are|was|were|needs?|cannot|gets?|includes?|lives?|belong)\b(?=\s+[\p{L}\d])/iu
const subjectThenVerb =
  /^(?:(?:an?|the|each|every|all|only|our|my|some|just)\s+)*([\p{L}][\p{L}'-]*s|everyone|anyone|everybody|anybody|nobody|people|staff|[\p{L}]+ (?:[\p{L}]+s)|i|we|they|he|she)\s+(?:only\s+|also\s+|just\s+|then\s+)?([\p{L}-]+)\b\s+\S/iu
const questionWord = /^(?:whether|when|how|who|whom|if|what|which|where|why|whose|not|never|than|as)\b/i

const ruleStart =
  /^(?:private|public|search|searchable|filter|sort|sorted|only|no|newest|oldest|anyone|everyone|belongs?|each|every|nobody|users?|admins?|readable|default)\b/i

/** True where a text begins with a subject and its predicate, as "members can book classes" does. */
export const beginsClause = (text: string): boolean => {
  if (questionWord.test(text)) return false
  const found = subjectThenPredicate.exec(text)
  if (found) {
    const words = found[1]!.toLowerCase().split(/\s+/)
    if (
      (words.length === 1 || !words.some((word) => /^(?:i|we|they|it|he|she|you)$/.test(word))) &&
      words.every(
        (word) =>
          !functionWords.has(word) ||
          /^(?:i|we|they|it|he|she|you|everyone|everybody|anyone|anybody|nobody|someone|else|one|them|of|them|that|these|those|this|other|in|logged-in|signed-in|not|users?)$/.test(
            word,
          ),
      )
    )
      return !/^(?:that|this|who)$/.test(words[0]!)
  }
  const verb = subjectThenVerb.exec(/^only\s/i.test(text) ? `${text} it all` : text)
  if (!verb) return false
  const base = baseVerb(verb[2]!.toLowerCase())
  const plain = verb[2]!.toLowerCase()
  return (
    (operationsOf.has(base) || linkNouns.has(base)) &&
    (plain === base || plain === `${base}s`) &&
    !/^(?:of|for|with|in|on|to|by)$/.test(plain)
  )
}

/** "members and staff can ...": what stands before is the first half of a subject. */
const isSubject = (before: string, joint: string): boolean =>
  /^(?:\s*,\s*|\s+and\s+)$/.test(joint) && before.split(/\s+/).length <= 6 && readWho(before) !== undefined

const seesOnly = /\bonly (?:see|read|view|list|access|browse)s?\b|\b(?:see|read|view|list|access|browse)s? only\b/i

/** Parts a sentence where a new subject begins: "each class has a name, and members can book classes". */
export const clausesOf = (sentence: string): string[] => {
  const text = sentence.slice(0, 6000)
  const clauses: string[] = []
  let depth = 0
  let start = 0
  let i = 0
  while (i < text.length) {
    const sign = text[i]!
    if ('([{'.includes(sign)) depth += 1
    else if (')]}'.includes(sign)) depth = Math.max(0, depth - 1)
    if (depth === 0 && (sign === ',' || sign === ';' || sign === ' ')) {
      const found = connector.exec(text.slice(i, i + 30))
      if (found) {
        const after = text.slice(i + found[0].length, i + found[0].length + 120)
        // "Only see cases in which they are named" is one right, and not all cases.
        const which =
          /\b(?:where|in which|on which)\s+$/i.test(found[0]) &&
          seesOnly.test(text.slice(start, i).replace(/\s+/g, ' '))
        const always =
          /\b(?:where|so that|such that|in which|on which)\s+$/i.test(found[0]) &&
          !/^(?:it|they|he|she|the \w+) (?:is|are|was|were|lives?|grows?)\b/i.test(after)
        if (which) {
          i += found[0].length
          continue
        }
        if (
          always ||
          ((beginsClause(after) || beginsActive(after)) && !isSubject(text.slice(start, i), found[0])) ||
          (sign === ',' && isNotice(after)) ||
          (sign === ';' &&
            (ruleStart.test(after) ||
              (/^(?:and\s+)?[\p{L}-]+s?\s*\(/u.test(after) && !/[(:]/.test(text.slice(start, i)))))
        ) {
          clauses.push(text.slice(start, i))
          i += found[0].length
          start = i
          continue
        }
      }
    }
    i += 1
  }
  clauses.push(text.slice(start))
  return clauses.map((clause) => clause.trim().slice(0, maxClause)).filter((clause) => /[\p{L}]/u.test(clause))
}
