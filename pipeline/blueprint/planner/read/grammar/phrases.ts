import { baseVerb, linkNouns } from '../../lexicon/verbs.ts'
import { readField } from '../field.ts'
import { splitItems } from '../items.ts'
import { keyOf, type Noun } from '../noun.ts'
import { meet } from '../reader.ts'
import { betweenOf, readParts, type Scene } from './parts-of.ts'
import { type Taken, takeThing } from './take.ts'

const modals =
  /^(?:(can|may|might|could|sometimes|optionally)|must|should|will|always|also|usually|each|all|then|would|exactly|only)\s+/i
const preposition =
  /(?:^|[\s,]+)(?:and\s+)?(with|in|at|on|for|to|from|until|till|by|of|between|under|into|onto|per|inside|within|about|during|against|after|before)\s+(?!least\b|most\b|first\b)/gi
const possess =
  /^(?:has|have|gets?|contains?|produces?|sends?|owns?|generates?|receives?|includes?|creates?|makes?|gives?|offers?|comprises?|consists?|keeps?|issues?)$/i
const joins = /^(?:matches|binds?|assigns?|links?|connects?|joins?|ties|relates?|pairs?|combines?)$/i
const crowded =
  /^(?:enrol+ed|registered|dispatched|invited|signed up|subscribed|tagged|nominated|used|shown|featured)$/i
const dateWord = /\b(?:date|day|time|moment|start|end|arrival|departure|week|month|year|deadline)\b/i

/**
 * Reads a predicate made of a verb and phrases: "is booked in a room by a client", "links an actor and a role", "goes
 * from one harbour to another with a ship". Returns false, and adds nothing, where no phrase names a known thing.
 */
export const readPhrases = (subject: Noun, source: string, scene: Scene): boolean => {
  const colon = /^([^:]*?)\s*:\s+(.+)$/s.exec(source)
  let text = (colon ? colon[1]! : source)
    .trim()
    .replace(/\b(?:an?|one|the)\s+(?:pair|piece|set|copy)\s+of\b/gi, 'the')
    .replace(/\blook(?:s|ed)?\s+after\b/gi, 'supervised')
    .replace(/\b(sends?|gives?|brings?|delivers?|offers?|pays?)\s+(?:us|me|them)\s+/gi, '$1 ')
    .replace(/\btakes?\s+part\b/gi, 'participates')
    .replace(
      /\s+(?:monthly|weekly|daily|yearly|annually|regularly|once an? (?:day|week|month|year)|every (?:day|week|month|year))(?=\s*(?:,|$|with\b))/gi,
      '',
    )
  let optional = false
  for (let found = modals.exec(text); found; found = modals.exec(text)) {
    optional ||= found[1] !== undefined
    text = text.slice(found[0].length)
  }
  const choices = /^(?:is|are|be)\s+(?:either\s+)?([\p{L}-]+)\s+or\s+([\p{L}-]+)$/iu.exec(text)
  const bracketed = /^(?:is|are|be)?\s*(⟦\d{1,3}⟧)$/i.exec(text)
  if (choices || bracketed) {
    const item = bracketed
      ? `status ${scene.packed.open(bracketed[1]!)}`
      : /^not$/i.test(choices![2]!)
        ? `whether it is ${choices![1]}`
        : `status (${choices![1]}, ${choices![2]})`
    scene.reader.facts.push({ kind: 'fields', of: subject, items: [item], extends: false })
    return true
  }
  if (/\b(?:not|cannot|never|no longer)\b/i.test(text)) return false
  const whole = text
  const range = /,?\s*(?:from|between)\s+(-?\d+)\s+(?:to|and)\s+(-?\d+)(?=\s*(?:,|$|with\b))/i.exec(text)
  if (range && !/\bwith\b/i.test(text.slice(0, range.index)))
    text = `${text.slice(0, range.index)} ${text.slice(range.index + range[0].length)}`.replace(/\s+,/g, ',').trim()
  const pieces = phrasesOf(text)
  const head =
    /^(?:(is|are|was|were|be|being|gets?)\s+)?(?:(?:usually|always|normally|then)\s+)?([\p{L}-]+)?(?:\s+(?:up|out|down|off|place|over|away|after|back|together|part))?\s*(.*)$/isu.exec(
      pieces.head,
    )
  if (!head) return false
  const passive =
    (head[1] !== undefined && !/^gets?$/i.test(head[1])) || /^(?:is|are|was|were|be)$/i.test(head[2] ?? '')
  let verb = (head[2] ?? '').toLowerCase()
  let object = head[3] ?? ''
  if (/^gets?$/i.test(head[1] ?? '')) {
    object = `${head[2] ?? ''} ${head[3] ?? ''}`.trim()
    verb = 'gets'
  }
  if (passive && /^(?:an?|one|the)$/.test(verb)) {
    object = `${verb} ${object}`
    verb = 'is'
  }
  // Who looks at something has a right, and nothing comes between the two.
  if (!passive && /^(?:see|view|browse)s?$/.test(verb)) return false
  let list = colon?.[2]
  const given = possess.test(verb) && !passive ? takeThing(object, scene.glossary) : undefined
  if (given && (list || given.rest.trim() !== '') && pieces.phrases.every(({ word }) => word === 'with')) {
    readParts(
      subject,
      text.slice(text.toLowerCase().indexOf(verb) + verb.length).trim() + (list ? `: ${list}` : ''),
      scene,
    )
    return true
  }
  const record = !passive && object && !given ? takeThing(object, scene.glossary) : undefined
  if (
    record &&
    record.rest.trim() === '' &&
    record.noun.plural &&
    !scene.described.has(keyOf(record.noun)) &&
    (list || pieces.phrases.some(({ word, np }) => word === 'with' && !takesOne(np, scene)))
  ) {
    meet(scene.reader, record.noun, 'named')
    scene.reader.facts.push({ kind: 'parent', child: record.noun, parent: subject, optional: false, sure: true })
    for (const { word, np } of pieces.phrases) {
      const about = word === 'with' ? undefined : takeThing(np, scene.glossary)
      if (about && about.number === 'one')
        scene.reader.facts.push({ kind: 'parent', child: record.noun, parent: about.noun, optional: false, sure: true })
      if (word === 'with') list = list ? `${np}, ${list}` : np
    }
    readParts(record.noun, list!, scene)
    return true
  }
  const place =
    record &&
    record.rest.trim() === '' &&
    record.noun.plural &&
    !joins.test(verb) &&
    pieces.phrases.length === 1 &&
    /^(?:in|at|on|for|about)$/.test(pieces.phrases[0]!.word)
      ? takeThing(pieces.phrases[0]!.np, scene.glossary)
      : undefined
  if (
    record &&
    place &&
    place.rest.trim() === '' &&
    keyOf(place.noun) !== keyOf(record.noun) &&
    keyOf(record.noun) !== keyOf(subject) &&
    !list
  ) {
    meet(scene.reader, record.noun, 'named')
    for (const parent of [subject, place.noun])
      scene.reader.facts.push({ kind: 'parent', child: record.noun, parent, optional: false, sure: true })
    return true
  }
  const found: (() => void)[] = []
  const items: string[] = range && text !== whole ? [`${subject.words.join(' ')} from ${range[1]} to ${range[2]}`] : []
  const links: Noun[] = []
  const { reader } = scene
  for (const one of object ? splitItems(object) : []) {
    const thing = takeThing(one, scene.glossary)
    if (!thing) return false
    if (thing.rest.trim() !== '' || keyOf(thing.noun) === keyOf(subject)) return false
    if (thing.number === 'two') items.push(...twoOf(thing))
    else if (joins.test(verb) || verb === 'is') found.push(() => refer(subject, thing, optional, scene))
    else if (thing.noun.plural || thing.number === 'many') {
      if (possess.test(verb))
        items.push(`many ${one.replace(/^(?:many|several|one or more|multiple|at least one|some)\s+/i, '')}`)
      else links.push(thing.noun)
    } else if (!passive && linkNouns.has(baseVerb(verb))) links.push(thing.noun)
    else found.push(() => refer(subject, thing, optional, scene))
  }
  const withList = list !== undefined || pieces.phrases.some(({ word, np }) => word === 'with' && !takesOne(np, scene))
  let span: string | undefined
  let sides: string[] = []
  for (const { word, np } of pieces.phrases) {
    if (word === 'with' && !takesOne(np, scene)) {
      list = list ? `${np}, ${list}` : np
      continue
    }
    const [first = np, ...more] = splitItems(np)
    const thing = takeThing(first, scene.glossary)
    const modified = more.filter((extra) => thing && takeThing(extra, scene.glossary)?.noun === thing.noun)
    if (thing?.number === 'two' && modified.length === 2) {
      sides = modified.map((extra) => takeThing(extra, scene.glossary)!.modifier)
    } else if (thing && thing.rest.trim() === '' && keyOf(thing.noun) !== keyOf(subject)) {
      if (thing.number === 'two') items.push(...twoOf(thing))
      else if (
        thing.number === 'many' ||
        subject.several ||
        (crowded.test(verb) && thing.noun.plural) ||
        (passive && thing.noun.plural && (hasNoun(verb, scene) || (withList && word !== 'by'))) ||
        (!passive && thing.noun.plural && word !== 'of')
      )
        links.push(thing.noun)
      else if (passive && word === 'by' && hasNoun(verb, scene) && nounFor(verb) !== keyOf(subject))
        links.push(thing.noun)
      else if (word === 'from' && /(?:^|\s)to\s+another\b/i.test(text)) {
        items.push(
          `@ref from_${keyOf(thing.noun)} ${keyOf(thing.noun)}`,
          `@ref to_${keyOf(thing.noun)} ${keyOf(thing.noun)}`,
        )
      } else found.push(() => refer(subject, thing, optional, scene))
    } else if (/^another$/i.test(first)) continue
    else if (/^(?:an?|the|its|their)\s/i.test(first) && readField(first)) {
      if (word === 'from' || /^(?:until|till)$/.test(word) || (word === 'to' && span)) {
        const plainName = /^(?:an?|the)\s+(?:date|day|time|datetime)$/i.exec(first)
        items.push(plainName ? `${word === 'from' ? 'from' : 'until'} ${first.replace(/^(?:an?|the)\s+/i, '')}` : first)
        span = first
      } else items.push(first)
    } else if (dateWord.test(first) && /^(?:date|day|time)$/i.test(first)) items.push(first)
    else return false
    for (const extra of more) {
      const same = /^(?:who|which|that)\s+(?:are|is)\s+(?:both\s+|also\s+|all\s+)*(.+)$/i.exec(extra)
      const target = same ? takeThing(same[1]!, scene.glossary) : undefined
      if (target) {
        const many = /\sare\s/i.test(extra) ? 2 : 1
        for (let back = 1; back <= Math.min(many, items.length); back += 1)
          items[items.length - back] = `@ref ${items
            .at(-back)!
            .replace(/^(?:an?|the)\s+/i, '')
            .replace(/\s+/g, '_')} ${keyOf(target.noun)}`
        continue
      }
      const other = takeThing(extra, scene.glossary)
      if (other && other.rest.trim() === '' && !other.noun.plural)
        found.push(() => refer(subject, other, optional, scene))
      else items.push(extra)
    }
  }
  const touches = found.length + links.length > 0 || items.some((item) => /^(?:@ref|first |second |many )/.test(item))
  const happens = /^(?:takes?|happens?|held|lasts?|runs?|starts?|ends?|occurs?)$/i.test(verb) && items.length > 0
  if (!touches && !happens) return false
  for (const one of found) one()
  let owner = subject
  for (const link of links) owner = between(subject, link, verb, scene)
  if (items.length > 0)
    reader.facts.push({
      kind: 'fields',
      of: owner,
      items: items.map((item) => scene.packed.open(item)),
      extends: false,
    })
  if (list && sides.length === 2)
    list = list.replace(
      /\b(?:an?\s+|the\s+)?([\p{L}]+?)s?\s+(?:for|of)\s+(?:both|each)(?:\s+(?:of them|sides?|teams?|players?))?\b/iu,
      (_, what: string) => sides.map((side) => `${side} ${what}`).join(', '),
    )
  if (list) readParts(owner, list, scene)
  reader.last = owner
  return true
}

const takesOne = (np: string, scene: Scene): boolean => splitItems(np).every((one) => isOne(one, scene))

const isOne = (np: string, scene: Scene): boolean => {
  const thing = takeThing(np, scene.glossary)
  return (
    thing !== undefined &&
    thing.rest.trim() === '' &&
    (thing.number === 'one' || thing.number === 'two') &&
    !thing.noun.plural
  )
}

const hasNoun = (verb: string, scene: Scene): boolean => {
  const noun = nounFor(verb)
  return noun !== undefined && scene.glossary.has(noun)
}

/** Nouns of verbs that `linkNouns` does not join things with by itself. */
const deeds: Readonly<Record<string, string>> = {
  assign: 'assignment',
  dispatch: 'dispatch',
  sign: 'signature',
  deliver: 'delivery',
  ship: 'shipment',
  treat: 'treatment',
  inspect: 'inspection',
  allocate: 'allocation',
  nominate: 'nomination',
  appear: 'appearance',
  place: 'placement',
  submit: 'submission',
}

export const nounFor = (verb: string): string | undefined => {
  const base = baseVerb(verb.toLowerCase())
  return (
    linkNouns.get(base)?.replaceAll(' ', '_') ??
    deeds[base] ??
    deeds[base.replace(/e?d$/, '')] ??
    deeds[base.replace(/ed$/, 'e')] ??
    deeds[base.replace(/s$/, '')]
  )
}

export const between = (one: Noun, other: Noun, verb: string, scene: Scene): Noun => {
  const name = nounFor(verb)
  const base = baseVerb(verb)
  if (!name || linkNouns.has(base)) {
    scene.reader.facts.push({ kind: 'thing', noun: other, how: 'named' })
    scene.reader.facts.push({ kind: 'many', from: one, to: other, ...(name ? { via: `${base}|` } : {}) })
    return name ? { words: name.split('_'), plural: false, several: false, article: '' } : betweenOf(one, other)
  }
  const link: Noun = { words: name.split('_'), plural: false, several: false, article: '' }
  meet(scene.reader, link, 'named')
  for (const parent of [one, other])
    scene.reader.facts.push({ kind: 'parent', child: link, parent, optional: false, sure: true })
  return link
}

const refer = (subject: Noun, thing: Taken, optional: boolean, scene: Scene): void => {
  if (thing.modifier)
    scene.reader.facts.push({
      kind: 'fields',
      of: subject,
      items: [
        `${optional ? 'optional ' : ''}@ref ${thing.modifier.replaceAll(' ', '_')}_${keyOf(thing.noun)} ${keyOf(thing.noun)}`,
      ],
      extends: false,
    })
  else {
    scene.reader.facts.push({ kind: 'thing', noun: thing.noun, how: 'named' })
    scene.reader.facts.push({ kind: 'parent', child: subject, parent: thing.noun, optional, sure: true })
  }
}

const twoOf = (thing: Taken): string[] => {
  const key = keyOf(thing.noun)
  return [`@ref first_${key} ${key}`, `@ref second_${key} ${key}`]
}

/** Parts "booked in a room by a client with a start" at its prepositions; what follows "with" is one list. */
const phrasesOf = (text: string): { head: string; phrases: { word: string; np: string }[] } => {
  const marks = [...text.matchAll(preposition)]
  const phrases: { word: string; np: string }[] = []
  let head = text
  for (let i = 0; i < marks.length; i += 1) {
    const mark = marks[i]!
    const from = mark.index + mark[0].length
    if (i === 0) head = text.slice(0, mark.index)
    const word = mark[1]!.toLowerCase()
    const next = marks[i + 1]
    const whole = text.slice(from).trim()
    if (
      word === 'with' &&
      !/^(?:an?|one|the|exactly one)\s+[\p{L}-]+(?:\s+[\p{L}-]+)?(?:\s+(?:at|in|on|for|from|to|by|and has|and have)\b|$)/iu.test(
        whole,
      )
    ) {
      phrases.push({ word, np: whole })
      break
    }
    phrases.push({
      word,
      np: text
        .slice(from, next ? next.index : text.length)
        .replace(/[,\s]+(?:and)?\s*$/i, '')
        .trim(),
    })
  }
  return { head: head.trim(), phrases }
}
