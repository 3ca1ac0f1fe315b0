import { plural } from '../../language/words.ts'
import { baseVerb, linkNouns } from '../../lexicon/verbs.ts'
import { splitItems } from '../items.ts'
import { keyOf, type Noun } from '../noun.ts'
import { meet, type Reader } from '../reader.ts'
import { looksLikeFields } from './field-lists.ts'
import type { Glossary } from './glossary.ts'
import { bracketOf, type Packed } from './pack.ts'
import { type Taken, takeThing } from './take.ts'

/** What one sentence is read with. */
export type Scene = {
  reader: Reader
  glossary: Glossary
  described: ReadonlySet<string>
  packed: Packed
  accounts: boolean
}

const nested = /^\s*,?\s*(?:each\s+)?(?:with|having|that (?:has|have)|which (?:has|have)|consisting of)\s+(.+)$/is
const eachWith = /^(?:(?:each|every one|each one|all)\s+(?:with|having|has|have)|with)\s+(.+)$/i
const whichIs = /^(?:which|who|that)\s+(?:is|are|can be)\s+(?:also\s+|both\s+|each\s+)*(.+)$/i

/** Reads what a thing has: fields of its own, other things with fields of theirs. */
export const readParts = (of: Noun, list: string, scene: Scene, verb = 'has'): void => {
  const { reader, packed } = scene
  const mine: string[] = []
  let target: { noun: Noun; items: string[] } | undefined
  let before: Taken | undefined
  const items = splitItems(list)
  for (let i = 0; i < items.length; i += 1) {
    const item = items[i]!.replace(/^(?:and|also|as well as|plus)\s+/i, '')
      .replace(/^(?:into|in|on|at|to|from|for|by|with|onto)\s+(?=which\s)/i, '')
      .trim()
    if (!item) continue
    const bare = /^⟦\d{1,3}⟧$/.test(item)
    if (bare && bracketOf(item, packed)) {
      ;(target?.items ?? mine).push(`status ${packed.open(item)}`)
      continue
    }
    const sub = eachWith.exec(item)
    if (sub && before && !target) {
      target = begin(of, before, scene, mine, verb)
      target.items.push(sub[1]!)
      continue
    }
    const is = whichIs.exec(item)
    const other = is
      ? takeThing(is[1]!.replace(/\s+(?:too|as well|also|themselves|again)$/i, ''), scene.glossary)
      : undefined
    const list = target?.items ?? mine
    if (other && other.rest.trim() === '' && list.length > 0) {
      const both = /^(?:which|who|that)\s+are\b/i.test(item) ? 2 : 1
      for (let back = 1; back <= Math.min(both, list.length); back += 1) {
        const named = list.at(-back)!.replace(/^(?:an?|the|its|their)\s+/i, '')
        if (/^[\p{L} -]+$/u.test(named))
          list[list.length - back] = `@ref ${named.replace(/\s+/g, '_')} ${keyOf(other.noun)}`
      }
      continue
    }
    if ((item.match(/\bwhich\s/gi) ?? []).length > 1) {
      for (const part of item.split(/\bwhich\s+/i).filter((one) => one.trim() !== '')) {
        const asked = takeThing(`a ${part}`, scene.glossary)
        ;(target?.items ?? mine).push(asked ? `one ${asked.noun.words.join(' ')}` : `a ${part.trim().split(/\s+/)[0]!}`)
      }
      continue
    }
    const thing = takeThing(item, scene.glossary)
    if (
      thing &&
      keyOf(thing.noun) === keyOf(of) &&
      /^(?:parent|super)$/.test(thing.modifier) &&
      thing.rest.trim() === ''
    ) {
      reader.facts.push({ kind: 'nested', of, field: `parent_${keyOf(of)}` })
      continue
    }
    const attended =
      thing && /^(?:which|what)$/.test(thing.article) && thing.noun.plural
        ? /^\s+(?:have\s+|were\s+|are\s+)?([\p{L}-]+)(?:\s+(?:it|in it|at it|there))?$/iu.exec(thing.rest)
        : null
    if (thing && attended) {
      scene.reader.facts.push({
        kind: 'many',
        from: thing.noun,
        to: of,
        ...(linkNouns.has(baseVerb(attended[1]!)) ? { via: `${baseVerb(attended[1]!)}|` } : {}),
      })
      continue
    }
    if (thing && !target && keyOf(thing.noun) !== keyOf(of)) {
      const inner = bracketOf(thing.rest, packed)
      const dated = /^\s+(?:on|at|in)\s+(an?\s+(?:date|day|time))\s+(?:with|and)\s+(.+)$/is.exec(thing.rest)
      if (dated && (thing.number === 'many' || thing.noun.plural)) thing.rest = ` with ${dated[1]}, ${dated[2]}`
      const tail = nested.exec(thing.rest) ?? /^\s*(?::|-)\s+(.+)$/s.exec(thing.rest)
      const several = thing.number === 'many' || thing.noun.plural
      if (tail && (several || thing.number === 'one') && !thing.modifier) {
        target = begin(of, thing, scene, mine, verb)
        target.items.push(tail[1]!)
        continue
      }
      if (inner && /^\s*⟦\d{1,3}⟧\s*$/.test(thing.rest) && !thing.modifier && looksLikeFields(splitItems(inner))) {
        const child = begin(of, thing, scene, mine, verb)
        child.items.push(...splitItems(inner))
        finish(child, scene)
        continue
      }
      if (
        several === false &&
        /^\s+(?:log|list|register|history|record|diary|book)$/i.test(thing.rest) &&
        scene.described.has(keyOf(thing.noun))
      ) {
        reader.facts.push({ kind: 'parent', child: thing.noun, parent: of, optional: false, sure: true })
        continue
      }
      before = thing
      if (
        /\b(?:gets?|needs?|uses?|requires?|involves?|employs?)$/i.test(verb) &&
        (thing.number === 'many' || (thing.noun.plural && /^use/.test(verb) && !/^with\b/i.test(items[i + 1] ?? ''))) &&
        thing.rest.trim() === '' &&
        scene.described.has(keyOf(thing.noun))
      ) {
        reader.facts.push({ kind: 'thing', noun: thing.noun, how: 'named' }, { kind: 'many', from: of, to: thing.noun })
        continue
      }
    }
    ;(target?.items ?? mine).push(...whichThing(item, thing))
  }
  const own = mine.map((item) => packed.open(item))
  if (own.length > 0) reader.facts.push({ kind: 'fields', of, items: own, extends: false })
  if (target) finish(target, scene)
  reader.last = of
}

const named = /\b(?:name|title|label|text|description|code|sku)\b/i

/** What is listed as an ingredient or a part is called something, also where only its amount was said. */
const finish = (target: { noun: Noun; items: string[] }, scene: Scene): void => {
  if (
    /^(?:ingredient|material|component|supply|grocery)$/.test(target.noun.words.at(-1)!) &&
    !scene.described.has(keyOf(target.noun)) &&
    !target.items.some((item) => named.test(item))
  )
    target.items.unshift('name')
  scene.reader.facts.push({
    kind: 'fields',
    of: target.noun,
    items: target.items.flatMap((item) => splitItems(item)).map((item) => scene.packed.open(item)),
    extends: false,
  })
}

/** "which song was played" is a song. */
const whichThing = (item: string, thing: Taken | undefined): string[] =>
  thing &&
  thing.number === 'one' &&
  !thing.modifier &&
  !thing.noun.plural &&
  /^\s+(?:who|that|which|whom)\s+\S+/i.test(thing.rest) &&
  !/⟦/.test(thing.rest)
    ? [`one ${thing.noun.words.join(' ')}`]
    : thing &&
        thing.noun.words.length > 1 &&
        thing.rest.trim() === '' &&
        !thing.modifier &&
        !item.toLowerCase().includes(thing.noun.words[0]!) &&
        /^[\p{L} ]+$/u.test(item)
      ? [
          thing.number === 'many'
            ? `many ${plural(thing.noun.words.join(' '))}`
            : thing.noun.plural
              ? plural(thing.noun.words.join(' '))
              : `one ${thing.noun.words.join(' ')}`,
        ]
      : thing && thing.number === 'one' && thing.rest.trim() === '' && / of(?: an?| the)?$/.test(thing.article)
        ? [`one ${thing.noun.words.join(' ')}`]
        : thing &&
            thing.rest.trim() === '' &&
            !thing.modifier &&
            /^(?:exactly|only|just|at most|zero or)\s+one$/.test(thing.article)
          ? [`${/^(?:at|zero)/.test(thing.article) ? 'optional ' : ''}one ${thing.noun.words.join(' ')}`]
          : thing && /^(?:which|what)\b/i.test(thing.article) && !/^\s*(?:of|number|name|type|kind)\b/i.test(thing.rest)
            ? [`one ${thing.noun.words.join(' ')}`]
            : [item]

/** Relates the two, and returns what the list that follows describes: the other thing, or what is between them. */
const begin = (of: Noun, thing: Taken, scene: Scene, mine: string[], verb: string): { noun: Noun; items: string[] } => {
  const { reader } = scene
  const several = thing.number === 'many' || thing.number === 'two' || thing.noun.plural
  const at = mine.findLastIndex((item) => takeThing(item, scene.glossary)?.noun === thing.noun)
  if (at >= 0) mine.splice(at, 1)
  if (!several) {
    meet(reader, thing.noun, 'named')
    reader.facts.push({ kind: 'parent', child: of, parent: thing.noun, optional: false, sure: true })
    return { noun: thing.noun, items: [] }
  }
  const known = reader.facts.some((fact) => fact.kind === 'fields' && keyOf(fact.of) === keyOf(thing.noun))
  if (
    known &&
    scene.described.has(keyOf(thing.noun)) &&
    /\b(?:contain|include|use|get|need|require|consist|involve|employ|feature|list)/i.test(verb)
  ) {
    const between = betweenOf(of, thing.noun)
    meet(reader, between, 'named')
    for (const parent of [of, thing.noun])
      reader.facts.push({ kind: 'parent', child: between, parent, optional: false, sure: true })
    return { noun: between, items: [] }
  }
  meet(reader, thing.noun, 'named')
  reader.facts.push({ kind: 'parent', child: thing.noun, parent: of, optional: false, sure: true })
  return { noun: thing.noun, items: [] }
}

/** The thing between two others, named after both. */
export const betweenOf = (one: Noun, other: Noun): Noun => ({
  words: [...one.words, ...other.words],
  plural: false,
  several: false,
  article: '',
})

export const manyWords = (noun: Noun): string => `many ${plural(noun.words.join(' '))}`
