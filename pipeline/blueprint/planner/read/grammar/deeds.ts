import { baseVerb, linkNouns } from '../../lexicon/verbs.ts'
import { splitItems } from '../items.ts'
import { keyOf, type Noun } from '../noun.ts'
import { meet } from '../reader.ts'
import { readParts, type Scene } from './parts-of.ts'
import { between, nounFor } from './phrases.ts'
import { type Taken, takeThing } from './take.ts'

/** Members, customers, students and the like sign in to book and to order, unless they leave a name with it. */
const passersBy =
  /^(?:(?:the|our|all|any|a|an)\s+)?(?:people|persons?|someone|somebody|guests?|visitors?|users?|citizens?|fans?)\s/iu
const leaveName = /\b(?:with|and)\s+(?:their|his|her)\s+(?:own\s+)?(?:full\s+)?(?:name|e-?mail|phone|address)/iu
const people =
  /^(?:(?:the|our|all|any|a|an)\s+)?(?:people|persons?|someone|somebody|guests?|customers?|clients?|visitors?|users?|members?|citizens?|residents?|fans?|students?|parents?|staff|neighbours?|neighbors?|readers?|players?|volunteers?|patients?|donors?|employees?)\s+(?:can\s+|may\s+)?([\p{L}-]+)\s+(?:up\s+for\s+|for\s+|to\s+|on\s+|in\s+)?/iu
const noting =
  '(?:we|i|they|you)\\s+(?:(?:also|just|want to|need to|must|should|can|then)\\s+)*(?:note|store|record|keep|save|track|log|need|want|write down|remember|register|enter)(?:\\s+(?:down|track of|to know))?'
const whenever = new RegExp(
  `^(?:when|whenever|if|every time|each time)\\s+(.{4,80}?),?\\s+${noting}\\s*:?\\s+(.+)$`,
  'is',
)
const onEach = /^(?:on|in|for|at|to|during)\s+(?=(?:an?|each|every|the|one)\s)(.+)$/is
const use =
  /^,?\s+(?:we|i|you|they|one|people|[\p{L}-]+s)\s+(?:(?:can|may|will|also|want to|need to)\s+)*(?:use|add|book|put|attach|assign|log|sell|list|plan|order|place|track|record|store|invite|select|choose|write|make|take|note)\s+(.+)$/isu
const questions =
  /^(?:(?:(?:we|i|they|you|it)\s+)?(?:(?:also|just|want to|need to|must|should|can)\s+)*(?:note|store|record|keep|save|track|log|know|see|remember|register|need|want)(?:\s+(?:down|track of|to know|to see))?\s+)?(?:of\s+)?(?=(?:which|what|who)\s)(.+)$/is

/**
 * Reads what people do, where it leaves a record: "people sign a petition with their name", "when a neighbour borrows a
 * tool we note the day", "we record which member attended which session".
 */
export const readDeed = (clause: string, scene: Scene): boolean =>
  readUse(clause, scene) ||
  readQuestions(clause, scene) ||
  readWhenever(clause, scene) ||
  readOnEach(clause, scene) ||
  readPeople(clause, scene)

/** "which pieces are sung at which concert, in which order" */
const readQuestions = (clause: string, scene: Scene): boolean => {
  const asked = questions.exec(clause)
  if (!asked || (asked[1]!.match(/\b(?:which|what|who)\b/gi) ?? []).length < 2) return false
  const one = takeThing(asked[1]!, scene.glossary)
  if (!one) return false
  const rest =
    /^\s+(?:is\s+|are\s+|was\s+|were\s+|has\s+|have\s+|gets?\s+)?([\p{L}-]+)(?:\s+(?:at|in|on|for|to|by|with|from|of|up for))?\s+(?=which\s|what\s)(.+)$/isu.exec(
      one.rest,
    )
  const other = rest ? takeThing(rest[2]!, scene.glossary) : undefined
  if (!rest || !other) return false
  const link = between(one.noun, other.noun, rest[1]!, scene)
  const items = splitItems(
    other.rest.replace(/^[\s,]+(?:and\s+)?/, '').replace(/\s+(?=(?:on|at|in|for|from)\s+which\b)/gi, ', '),
  )
    .map((item) =>
      item
        .trim()
        .replace(/^(?:and\s+)?in\s+(?:which|what)\s+order$/i, 'position')
        .replace(/^(?:and\s+)?(?:on|at|in|for|from)\s+(?:which|what)\s+/i, ''),
    )
    .filter(Boolean)
  if (items.length > 0) readParts(link, items.join(', '), scene)
  return true
}

const readWhenever = (clause: string, scene: Scene): boolean => {
  const found = whenever.exec(clause)
  const one = found ? takeThing(found[1]!, scene.glossary) : undefined
  const deed = one ? /^\s+([\p{L}-]+)(?:\s+(?:at|in|on|for|to|with|up for|from))?\s+(.+)$/isu.exec(one.rest) : null
  const other = deed ? takeThing(deed[2]!, scene.glossary) : undefined
  if (!found || !one || !deed || !other || other.rest.trim() !== '') return false
  readParts(between(one.noun, other.noun, deed[1]!, scene), found[2]!, scene)
  return true
}

/** "On a repair we can use parts, with a quantity": what is between the two. */
const readOnEach = (clause: string, scene: Scene): boolean => {
  const found = onEach.exec(clause)
  const one = found ? takeThing(found[1]!, scene.glossary) : undefined
  const used = one && !one.modifier ? use.exec(one.rest) : null
  if (!one || !used) return false
  const other = takeThing(used[1]!, scene.glossary)
  if (!other) return false
  meet(scene.reader, one.noun, 'named')
  readParts(one.noun, used[1]!, scene, 'use')
  return true
}

const readPeople = (clause: string, scene: Scene): boolean => {
  if (scene.accounts) return false
  const who = people.exec(clause)
  const signsIn = who && linkNouns.has(baseVerb(who[1]!.toLowerCase())) && !passersBy.test(clause)
  if (signsIn && !leaveName.test(clause)) return false
  const name = who ? nounFor(who[1]!) : undefined
  const thing = who ? takeThing(clause.slice(who[0].length), scene.glossary) : undefined
  if (!who || !name || !thing || thing.modifier) return false
  // What nothing else describes is made by handing it in: "citizens submit petitions with a title".
  if (name === 'submission' && !scene.described.has(keyOf(thing.noun))) return false
  const list = /^\s*,?\s*(?:with|and (?:leave|give|enter|provide))\s+(.+)$/is.exec(thing.rest)
  const span =
    /^\s+from\s+((?:an?|the)\s+.+?)\s+(?:to|till|until)\s+((?:an?|the)\s+[\p{L} -]+?)(?:,?\s+(?:with|and)\s+(.+))?$/isu.exec(
      thing.rest,
    )
  if (!list && !span) return false
  const subject = takeThing(clause, scene.glossary)
  const link: Noun = subject
    ? between(subject.noun, thing.noun, who[1]!, scene)
    : { words: name.split('_'), plural: false, several: false, article: '' }
  if (!subject) {
    meet(scene.reader, link, 'named')
    scene.reader.facts.push({ kind: 'parent', child: link, parent: thing.noun, optional: false, sure: true })
  }
  readParts(link, span ? [span[1], span[2], span[3]].filter(Boolean).join(', ') : list![1]!, scene)
  return true
}

/** "Hikers reserve beds in a hut: name, email": what is reserved is no thing, where it stands is one. */
const readUse = (clause: string, scene: Scene): boolean => {
  if (scene.accounts) return false
  const found =
    /^(?:[\p{L}-]+ )?[\p{L}-]+s\s+(?:can\s+)?([\p{L}-]+)\s+(?:an?\s+|the\s+)?([\p{L}-]+(?: [\p{L}-]+)?)\s+(?:in|at|on|for|from|of)\s+((?:an?|the|one)\s+.+)$/isu.exec(
      clause,
    )
  const name = found ? nounFor(found[1]!) : undefined
  const thing = found ? takeThing(found[3]!, scene.glossary) : undefined
  const list = thing ? /^\s*(?::|,?\s+with)\s+(.+)$/is.exec(thing.rest) : null
  if (!found || !name || !thing || !list) return false
  const object = takeThing(found[2]!, scene.glossary)
  if (object && scene.described.has(keyOf(object.noun))) return false
  const link: Noun = { words: name.split('_'), plural: false, several: false, article: '' }
  meet(scene.reader, link, 'named')
  scene.reader.facts.push({ kind: 'parent', child: link, parent: thing.noun, optional: false, sure: true })
  readParts(link, list[1]!, scene)
  return true
}

const only =
  /^(?:(?:each|every|an?|the same|the|one|any)\s+)?(.+?)\s+(?:can|may|must|should|could|has|have)\s+(?:not have more than|at most have|have|get|give|make|leave|submit|write)?\s*(?:only |at most |exactly |just |more than )?one\s+(.+?)\s+(?:per|for each|for every|for the same|in the same|in each|on the same)\s+(.+)$/isu

/** "A climber can have only one result per boulder." */
const readOnly = (clause: string, scene: Scene): boolean => {
  const found = only.exec(clause)
  if (!found || !/\b(?:only|at most|just|not|exactly)\b/i.test(clause)) return false
  const [one, record] = [takeThing(found[1]!, scene.glossary), takeThing(found[2]!, scene.glossary)]
  const other = nameIn(found[3]!, scene)[0]
  if (!one || !record || !other || one.rest.trim() !== '' || record.rest.trim() !== '') return false
  scene.reader.facts.push({ kind: 'once', names: [keyOf(one.noun), other], verb: 'have' })
  return true
}

const once =
  /^(?:(?:each|every|an?|the|no|one|any)\s+)?(.+?)\s+(?:can|may|must|should|could)(?:\s*not)?\s+(?:only\s+|just\s+)?(?:be\s+)?(?:only\s+)?([\p{L}-]+)\s*(.*?)\s*,?\s*(?:only\s+|just\s+|at most\s+)?\b(?:once|twice|more than once|one time|two times)\b\s*(.*)$/isu

/** "A student can't enrol twice in the same course", "a desk can be reserved only once per day". */
const single =
  /^there (?:is|can be|may be|must be|should be) (?:only|at most|exactly|just) one\s+(.+?)\s+(?:per|for each|for every)\s+(.+)$/isu

/** "There is only one result per station and candidate." */
const readSingle = (clause: string, scene: Scene): boolean => {
  const found = single.exec(clause)
  const names = found ? splitItems(found[2]!).flatMap((part) => nameIn(part, scene)) : []
  if (!found || names.length < 2 || !takeThing(found[1]!, scene.glossary)) return false
  scene.reader.facts.push({ kind: 'once', names, verb: 'be' })
  return true
}

export const readOnce = (clause: string, scene: Scene): boolean => {
  if (readSingle(clause, scene)) return true
  if (readOnly(clause, scene)) return true
  const found = once.exec(clause)
  const one = found ? takeThing(found[1]!, scene.glossary) : undefined
  if (!found || !one || one.rest.trim() !== '') return false
  const others = [found[3]!, found[4]!].flatMap((part) => nameIn(part, scene))
  if (others.length === 0) return false
  scene.reader.facts.push({
    kind: 'once',
    names: [keyOf(one.noun), ...others],
    verb: baseVerb(found[2]!.toLowerCase()),
  })
  return true
}

const nameIn = (part: string, scene: Scene): string[] => {
  const plain = part.replace(/^(?:for|in|to|on|at|per|by|with|a|an|the|each|every|one|same|and)\s+/i, '')
  if (plain !== part) return nameIn(plain, scene)
  if (plain === '') return []
  const thing: Taken | undefined = takeThing(plain, scene.glossary)
  return [thing ? keyOf(thing.noun) : plain.toLowerCase().split(/\s+/)[0]!]
}
