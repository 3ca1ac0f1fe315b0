import { plural } from '../../language/words.ts'
import { isKnown } from '../../resolve/defaults.ts'
import { withAccounts } from '../account-words.ts'
import { bracketChoices, splitItems } from '../items.ts'
import { keyOf, type Noun, nounOf } from '../noun.ts'
import { meet, type Reader } from '../reader.ts'
import { parentOf, readAct } from './acts.ts'
import { bystanders } from './bystanders.ts'
import { predicatesIn, statementsIn } from './clause-ends.ts'
import { readDeed, readOnce } from './deeds.ts'
import { looksLikeFields } from './field-lists.ts'
import { bracketOf, pack } from './pack.ts'
import { readParts, type Scene } from './parts-of.ts'
import { readPhrases } from './phrases.ts'
import { takeThing } from './take.ts'
import { readThings } from './things.ts'

const rights =
  /\b(?:only|log(?:ged|s)?[ -]?ins?|log(?:ged|s)? (?:in|on)|sign(?:ed|s)?[ -](?:in|up)|anyone|everyone|everybody|nobody|no one|visitors|admins?|administrators?|permissions?|accounts?|private|publicly)\b/i
const listing =
  /\b(?:search(?:able|ed|es)?|filter(?:ed|s|able)?|sort(?:ed|able|s)?|ordered by|newest|oldest|listed by|paginat\w+)\b/i

/**
 * Reads a sentence about things that the text describes: which fields they have and how they belong together. Hands
 * what says something else to `elsewhere`, in its place: wishes, rights and orders.
 */
export const readStructure = (sentence: string, reader: Reader, elsewhere: (text: string) => void): void => {
  const glossary = reader.glossary
  if (!glossary || glossary.things.size === 0 || sentence.length > 4000) {
    elsewhere(sentence)
    return
  }
  const packed = pack(
    bracketChoices(sentence.replace(/\s+to be (?:stored|saved|recorded|kept|managed|registered)\s+with\s/gi, ' with ')),
  )
  const scene: Scene = {
    reader,
    glossary: glossary.things,
    described: glossary.described,
    packed,
    accounts: glossary.accounts,
  }
  for (const part of statementsIn(packed.text, scene.glossary))
    if (!readOne(part.replace(/[.,;\s]+$/, ''), scene, elsewhere)) elsewhere(packed.open(part))
}

const forEach = /^(?:for|about|on|of|per|in|during|at)\s+(?=(?:each|every|an?|all|the)\s)/i
const weStore =
  /^,?\s*(?:(?:there (?:is|are)|(?:we|i|you|they|people|it)\s+(?:(?:also|just|want to|need to|would like to|have to|should|must|can|always|usually|only|like to)\s+)*(?:need|want|store|record|keep|note|track|save|log|know|remember|write down|register|use|have|see|collect|enter|capture|measure|count|plan|order|book|list|offer|sell)(?:\s+(?:down|track of|to know|to store|to keep|to record))?)\s*:?\s+|(?=(?:an?|the|its|their|whether|when|how)\s))/i
const introduction =
  /^(?:(?:there (?:are|is|will be)|(?:we|i) (?:also )?(?:have|got|keep|own|sell|rent out|run|offer)|it (?:has|stores|keeps|should store|should have)|(?:(?:we|i)\s+)?(?:(?:also|want to|need to|would like to|like to|just)\s+)*(?:keep track of|keep|have|own|track|store|record|save|manage|log|register|collect|organi[sz]e|administer|write down|write|remember|need|want)(?: (?:an? (?:list|log|record|register|overview|inventory|catalogue|collection) of))?(?: (?:all )?(?:our|my|the))?)\s+)/i

const readOne = (clause: string, scene: Scene, elsewhere: (text: string) => void): boolean => {
  const plain = clause
    .replace(
      /^((?:we|i|they)\s+[\p{L}]+(?: down)?)\s+(for|of|on) (each|every)\s+((?:[\p{L}-]+ )?[\p{L}-]+)\s+(?=(?:which|who|whether|when|how|the|an?)\b)/iu,
      '$2 $3 $4 $1 ',
    )
    .replace(/^(?:(?:and|but|then|also|so|finally|furthermore|additionally|in addition|plus|lastly|next)\b,?\s+)+/i, '')
  if (readOnce(plain, scene) || readDeed(plain, scene) || readSame(plain, scene)) return true
  const inPlace = /^(?:in|on|at)\s+(?:the|our|my)\s+[\p{L} -]{3,30}?\s+(?=(?:we|i)\s)/iu.exec(plain)
  if (inPlace && !takeThing(plain.replace(/^\S+\s+/, ''), scene.glossary))
    return readOne(plain.slice(inPlace[0].length), scene, elsewhere)
  const each = forEach.exec(plain)
  if (each) {
    const thing = takeThing(plain.slice(each[0].length), scene.glossary)
    const store = thing && !thing.modifier ? weStore.exec(thing.rest) : null
    if (thing && store) {
      const list = thing.rest.slice(store[0].length)
      if (!list || listing.test(list) || rights.test(list)) return false
      meet(scene.reader, thing.noun, 'named')
      readParts(thing.noun, list, scene)
      return true
    }
  }
  const pronoun =
    /^(?:it|they|each(?: one| of them)?|these|every one|those)\s+(?=(?:has|have|is|are|belongs?|can have|must have|should have|contains?|consists?)\b)/i.exec(
      plain,
    )
  if (pronoun && scene.reader.last && scene.glossary.has(keyOf(scene.reader.last)))
    return readSubject(scene.reader.last, plain.slice(pronoun[0].length - 1), scene)
  const told = weStore.exec(plain)
  if (told?.[0].trim() && scene.reader.last && scene.glossary.has(keyOf(scene.reader.last))) {
    const list = plain.slice(told[0].length)
    if (
      /^(?:(?:also\s+)?(?:their|its|his|her|when|whether|how|where|if)\b|the\s+\p{L}+)/iu.test(list) &&
      !/\b(?:apis?|app|system|backend|service|database|tool|possibility|ability|option|following)\b/i.test(list) &&
      !takeThing(list, scene.glossary)?.noun.plural
    ) {
      readParts(scene.reader.last, list, scene)
      return true
    }
  }
  const subject = takeThing(plain, scene.glossary)
  if (subject && !subject.modifier && subject.number !== 'two')
    if (readSubject({ ...subject.noun, several: subject.number === 'many' }, subject.rest, scene)) return true
  return readTitle(plain, scene) || readIntroduced(plain, scene, elsewhere)
}

/** "Ice rink: skate rentals" names the system. */
const readTitle = (clause: string, scene: Scene): boolean => {
  const found = /^([\p{L}][\p{L} -]{2,40}?)\s*:\s+([^,;:⟦]{3,60})$/u.exec(clause)
  const noun = found && scene.reader.facts.length === 0 ? nounOf(found[1]!) : undefined
  if (!found || !noun || noun.plural || /\s(?:and|with|has|have|can|is|are)\s/i.test(found[2]!)) return false
  meet(scene.reader, noun, 'place')
  return true
}

/** "Sender and recipient are persons": what was named as a field is another thing. */
const readSame = (clause: string, scene: Scene): boolean => {
  const found =
    /^(?:both\s+|the\s+|an?\s+)?([\p{L} -]{2,40}?)\s+(?:is|are)\s+(?:both\s+|also\s+|always\s+|one of\s+)*(.+)$/iu.exec(
      clause,
    )
  const target = found ? takeThing(found[2]!, scene.glossary) : undefined
  if (!found || !target || target.rest.trim() !== '' || target.modifier || takeThing(found[1]!, scene.glossary))
    return false
  let done = false
  for (const one of splitItems(found[1]!)) {
    const name = one.replace(/^(?:the|an?)\s+/i, '').toLowerCase()
    for (const fact of scene.reader.facts) {
      if (fact.kind !== 'fields') continue
      const at = fact.items.findIndex(
        (item) => item.toLowerCase().replace(/^(?:an?|the|its|their|one)\s+/, '') === name,
      )
      if (at < 0) continue
      fact.items[at] = `@ref ${name.replace(/[\s-]+/g, '_')} ${keyOf(target.noun)}`
      done = true
    }
  }
  return done
}

/** "I need an API for a zoo with animals (name, species)": what stands before the first thing is read elsewhere. */
const readIntroduced = (clause: string, scene: Scene, elsewhere: (text: string) => void): boolean => {
  const lead = introduction.exec(clause)
  const place = lead
    ? /^(?:(?:an?|our|my|the)\s+)?[\p{L}-]+(?: [\p{L}-]+)?$/iu.exec(clause.slice(lead[0].length).trim())
    : null
  const noun = place ? nounOf(place[0]) : undefined
  if (
    noun &&
    !noun.plural &&
    scene.described.size > 1 &&
    !takeThing(place![0], scene.glossary) &&
    !isKnown(keyOf(noun))
  ) {
    meet(scene.reader, noun, 'place')
    return true
  }
  if (lead && readThings(clause.slice(lead[0].length), scene)) {
    if (/^(?:we|i)\b/i.test(clause)) scene.reader.facts.push({ kind: /^we/i.test(clause) ? 'shared' : 'mine' } as const)
    return true
  }
  const doing = bystanders.exec(clause)
  if (doing && !scene.accounts && readThings(clause.slice(doing[0].length), scene)) return true
  const starts =
    /(?:\b(?:with|for|of|has|have|stores?|tracks?|manages?|keeps?|records?|logs?|where|are|needs?|including|sav(?:e|es|ing)|manag(?:e|ing)|track(?:ing)?|stor(?:e|ing)|list)|[:,-])\s+(?=[\p{L}])/giu
  for (const found of clause.matchAll(starts)) {
    const at = found.index + found[0].length
    const thing = takeThing(clause.slice(at), scene.glossary)
    if (!thing || thing.modifier || !(thing.noun.plural || thing.number !== 'bare')) continue
    if (/^\s*$/.test(thing.rest) || !hasList(thing.rest, scene)) continue
    const head = clause
      .slice(0, found.index)
      .trim()
      .replace(
        /\s*\b(?:something\s+)?(?:to\s+)?(?:keep(?:ing)? track|keep(?:ing)? an? (?:list|log|record)|an? (?:list|overview|log))(?:\s+of)?$/i,
        '',
      )
    if (
      /\bown\b/i.test(clause.slice(0, clause.length - thing.rest.length)) ||
      withAccounts.test(thing.rest.replace(/^\s*with\s+/i, ''))
    )
      return false
    // "Treasurers can record payments with an amount": who may is read with it.
    if (/\b(?:can|may)$/i.test(head) && /^(?:records?|logs?|keeps?|stores?|tracks?|saves?)\b/i.test(found[0]))
      return false
    if (/\b(?:can|may|could|should be able to)\s+(?!have\b|be\b)|\b(?:who|to)\s*$|\bown\b/i.test(head)) return false
    const before = (): void => {
      if (head) elsewhere(scene.packed.open(head))
    }
    if (readThings(clause.slice(at), scene, undefined, before)) return true
  }
  return false
}

const hasList = (rest: string, scene: Scene): boolean => {
  const inner = /^\s*⟦\d{1,3}⟧/.test(rest) ? bracketOf(rest, scene.packed) : undefined
  if (inner !== undefined) return looksLikeFields(splitItems(inner))
  const after = /^\s+(?:of|on|at|in|for|by|to|about|during|from)\s+(.+)$/is.exec(
    rest.replace(/^\s+\p{L}+(?:ed|ade|ent|ught)(?=\s)/iu, ''),
  )
  const other = after ? takeThing(after[1]!, scene.glossary) : undefined
  const tail = other ? other.rest : rest
  return (
    /^\s*,?\s*(?:each\s+)?(?:with|having|that have|which have)\s/i.test(tail) ||
    /^\s*(?::|-)\s/.test(tail) ||
    /^\s*⟦/.test(tail)
  )
}

const have =
  /^(?:(?:can|may|must|should|will|also|always|usually|each|all|then|would|typically|just)\s+)*(?:(?:has|have)(?!\s+to\b)|contains?|consists? of|includes?|comprises?|comes? with|comes? in|(?:is|are) available in|(?:is|are) (?:split|divided) into|is described by|are described by|is made (?:up )?of|are made (?:up )?of|needs?|requires?|stores?|carr(?:y|ies)|holds?|gets?|has to have|is identified by|costs?(?= (?:an?|the)\b)|(?:is|are) (?:reported|recorded|stored|saved|described|logged|entered|listed|registered|kept|defined|published|given) with(?= (?:an?|the|their|its)\b))(?:\s+(?:the following|following|these)(?: (?:fields|attributes|properties|data))?)?\s*:?\s+/i
const opening = /^(?:can|may|might|could)\b/i

const readSubject = (subject: Noun, tail: string, scene: Scene): boolean => {
  const { reader, packed } = scene
  let rest = tail
    .replace(
      /^\s+(?:that|which|who)\s+(?:belongs?|are|is|lives?|works?|comes?)\s[^,.;⟦]{3,40}?(?=\s+(?:has|have)\b)/iu,
      '',
    )
    .replace(/^\s+(?:that |which )?(?:i|we|they|you|people|users)\s+\p{L}+(?=\s+(?:has|have|is|are)\b)/iu, '')
  if (/^\s*⟦\d{1,3}⟧\s*(?:,|and\b|;)/i.test(rest))
    return readThings(`${subject.words.join(' ')}${rest}`, scene, subject)
  const inner = /^\s*⟦\d{1,3}⟧/.test(rest) ? bracketOf(rest, packed) : undefined
  const described: string[] = []
  if (inner !== undefined && looksLikeFields(splitItems(inner))) {
    described.push(...splitItems(inner))
    rest = rest.replace(/^\s*⟦\d{1,3}⟧/, '')
    if (rest.trim() === '') {
      meet(reader, subject, 'named')
      reader.facts.push({ kind: 'fields', of: subject, items: described, extends: false })
      return true
    }
  } else if (inner !== undefined) return false
  const listed = /^\s*(?::|\s-)\s+(.+)$/s.exec(rest) ?? /^\s*,?\s+(?:each\s+)?(?:with|having)\s+(.+)$/is.exec(rest)
  if (listed) {
    if (subject.plural === false && /:/.test(rest) && takeThing(listed[1]!, scene.glossary)?.noun.plural) return false
    if (/^\s*,?\s+(?:each\s+)?(?:with|having)/i.test(rest) && !subject.plural) return false
    if (readAct(subject, listed[1]!, scene)) return true
    meet(reader, subject, 'named')
    if (described.length > 0) reader.facts.push({ kind: 'fields', of: subject, items: described, extends: false })
    return readThings(
      `${subject.words.join(' ')} with ${listed[1]!}`,
      scene,
      subject,
      undefined,
      /^\s*(?::|-|\s-)\s/.test(rest),
    )
  }
  const of = /^\s+(?:of|for|on|in|at|per|to)\s+(.+)$/is.exec(rest)
  const per = /^\s+per\s+/i.test(rest)
  if (of) {
    const owner = takeThing(of[1]!, scene.glossary)
    if (
      !owner ||
      (owner.noun.plural && !/^\s*(?::|-\s|⟦)/.test(owner.rest)) ||
      !/^\s*(?:⟦|:|-\s|,?\s+(?:has|have|with|each|are|happen|take place)\b)/i.test(owner.rest) ||
      (owner.number === 'bare' && !per && !/^\s*(?::|-\s|⟦)/.test(owner.rest))
    ) {
      const things =
        hasList(rest, scene) || !owner ? false : readThings(`${subject.words.join(' ')}${rest}`, scene, subject)
      return things
    }
    meet(reader, subject, 'named')
    reader.facts.push(parentOf(subject, owner.noun, false))
    return readSubject(subject, owner.rest, scene)
  }
  const facts: { predicate: string; verb: RegExpExecArray | null }[] = []
  for (const predicate of predicatesIn(rest.trim())) facts.push({ predicate, verb: have.exec(predicate) })
  const first = facts[0]
  if (!first) return false
  if (!first.verb && (rights.test(first.predicate) || listing.test(first.predicate))) return false
  if (
    first.verb &&
    opening.test(first.predicate) &&
    /^(?:can|may|could|might) (?:only |also )?(?:needs?|require|store|hold|get|include)\b/i.test(first.predicate)
  )
    return false
  const before = reader.facts.length
  meet(reader, subject, 'named')
  if (described.length > 0) reader.facts.push({ kind: 'fields', of: subject, items: described, extends: false })
  let done = described.length > 0
  for (const { predicate, verb } of facts) {
    if (verb && !/\b(?:access|full control|rights?)\b/i.test(predicate)) {
      readParts(subject, predicate.slice(verb[0].length), scene, verb[0].trim())
      done = true
    } else if (readPhrases(subject, predicate, scene)) done = true
    else if (done)
      reader.read(
        packed.open(
          `${subject.plural ? '' : 'each '}${subject.plural ? plural(subject.words.join(' ')) : subject.words.join(' ')} ${predicate}`,
        ),
        false,
      )
    else {
      reader.facts.splice(before)
      return false
    }
  }
  if (!reader.last || !facts.some(({ verb }) => !verb)) reader.last = subject
  return true
}

const making =
  /^(?:also\s+)?((?:create|save|store|write down|record|log|note(?: down)?|track|add|keep(?: track of)?|register|enter|collect|plan|publish|post|submit|report|manage|upload)\s+)/i

/**
 * Reads the things that a story makes with their fields: "save trails with their length, and write down every hike I did
 * on a trail, with the date". Returns the story without the fields, for who reads rights.
 */
export const readStory = (story: string, reader: Reader): string => {
  const known = reader.glossary
  if (!known || known.things.size === 0) return story
  const packed = pack(bracketChoices(story))
  const scene: Scene = { reader, glossary: known.things, described: known.described, packed, accounts: known.accounts }
  const told = /^(.{3,120}?):\s+(.+)$/s.exec(packed.text)
  if (told && readThings(told[2]!, scene)) return packed.open(told[1]!)
  const parts = packed.text.split(
    /,?\s+and\s+(?=(?:also\s+)?(?:create|save|store|write down|record|log|note|track|add|keep|register|enter|collect|plan|publish|post|submit|report)\s)/i,
  )
  return parts
    .map((part) => {
      const verb = making.exec(part)
      const thing = verb ? takeThing(part.slice(verb[0].length), known.things) : undefined
      if (!verb || !thing || !readThings(part.slice(verb[0].length), scene, thing.noun)) return packed.open(part)
      return `${verb[0]}${plural(thing.noun.words.join(' '))}`
    })
    .join(' and ')
}
