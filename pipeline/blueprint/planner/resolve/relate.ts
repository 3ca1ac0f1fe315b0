import { singular } from '../language/words.ts'
import { childThings } from '../lexicon/sharing.ts'
import { baseVerb, linkNouns } from '../lexicon/verbs.ts'
import type { Fact } from '../read/facts.ts'
import { readField } from '../read/field.ts'
import { keyOf } from '../read/noun.ts'
import type { Ref, Sketch, Thing } from './sketch.ts'

export const createThing = (key: string): Thing => ({
  key,
  words: key.replaceAll('_', ' '),
  fields: [],
  refs: [],
  unique: [],
  owned: false,
})

/** True where following references from `from` reaches `to`. */
export const reaches = (
  things: ReadonlyMap<string, Thing>,
  from: string,
  to: string,
  seen = new Set<string>(),
): boolean => {
  if (from === to) return true
  if (seen.has(from)) return false
  seen.add(from)
  return (things.get(from)?.refs ?? []).some((ref) => ref.to !== from && reaches(things, ref.to, to, seen))
}

/** Adds a reference unless it exists or would close a circle. Returns whether the child now has it. */
export const addRef = (sketch: Sketch, child: string, to: string, options: Partial<Ref> = {}): boolean => {
  const thing = sketch.things.get(child)
  if (!thing || (to !== 'user' && !sketch.things.has(to))) return false
  const self = child === to
  const field = options.field ?? `${self ? 'parent' : to}_id`
  const known = thing.refs.find((ref) => ref.field === field)
  if (known) return true
  if (to === 'user' ? false : !self && reaches(sketch.things, to, child)) {
    sketch.assumptions.push(
      `The ${sketch.things.get(to)!.words} and the ${thing.words} name each other in the text; it is the ${sketch.things.get(to)!.words} that holds the reference.`,
    )
    return false
  }
  const optional = options.optional ?? self
  thing.refs.push({
    field,
    to,
    optional,
    onDelete: options.onDelete ?? (optional ? 'set-null' : 'cascade'),
    nested: options.nested ?? false,
  })
  thing.fields = thing.fields.filter((one) => one.name !== field && one.name !== field.replace(/_id$/, ''))
  return true
}

/** Makes the child listed under its parent. The first parent stays, unless it is only one of the child's fields. */
export const addChild = (sketch: Sketch, child: string, parent: string, optional = false): void => {
  if (child === parent) return
  if (!addRef(sketch, child, parent, { optional, nested: true })) return
  const thing = sketch.things.get(child)!
  const ref = thing.refs.find((one) => one.to === parent)
  if (!ref || (thing.parent && !thing.parentOfField)) return
  thing.parent = ref.field
  delete thing.parentOfField
}

/** "Members book courts from a start to an end". */
const fromTo =
  /\bfrom (?:an? |the )?(?:start|begin(?:ning)?)(?:ing)?(?: time| date| day)? (?:to|till|until) (?:an? |the )?end(?:ing)?(?: time| date| day)?\b/i

/** Makes the thing between two others, such as an enrollment between a student and a course. */
export const addLink = (
  sketch: Sketch,
  fact: Extract<Fact, { kind: 'many' }>,
  byAccount: boolean,
): string | undefined => {
  const [saidVerb = '', tail = ''] = (fact.via ?? '').split('|')
  const verb = baseVerb(saidVerb.replace(/^signs? up$/, 'register'))
  const to = keyOf(fact.to)
  const from = keyOf(fact.from)
  if (!sketch.things.has(to)) return undefined
  if (!byAccount && !sketch.things.has(from)) return undefined
  const other = sketch.things.get(to)!
  if (!fact.via && !byAccount) {
    const sides = [from, to]
    const between = [...sketch.things.values()].find((one) =>
      sides.every((side) => one.refs.some((ref) => ref.to === side)),
    )
    if (between) return between.key
  }
  const noun = linkNouns.get(verb)?.replaceAll(' ', '_') ?? `${from}_${to}`
  const exists = [...sketch.things.keys()].find(
    (key) => key === noun || key.endsWith(`_${noun}`) || (verb && key === verb),
  )
  const key = exists ?? (sketch.things.has(noun) ? `${to}_${noun}` : noun)
  const link = sketch.things.get(key) ?? createThing(key)
  sketch.things.set(key, link)
  if (byAccount) link.owned = true
  else addRef(sketch, key, from)
  addChild(sketch, key, to)
  if (fromTo.test(tail)) link.spans = true
  if (/^(?:rate|review)$/.test(verb) && !link.fields.some((field) => /rating|score|stars?/.test(field.name))) {
    const score = readField(`rating ${tail.replace(/\b(?:with|and)\b.*$/i, '')}`)
    const range = score && score.max !== undefined ? score : { ...readField('rating from 1 to 5')! }
    if (score?.max === undefined) sketch.assumptions.push('A rating is a whole number from 1 to 5.')
    link.fields.push({ ...range, name: 'rating', words: 'rating', said: 'required' })
    if (verb === 'review' || /\bcomment|text|review\b/i.test(tail))
      link.fields.push({ ...readField('optional comment')!, name: 'comment' })
  }
  const once =
    /^(?:enroll|enrol|join|like|follow|favorite|favourite|bookmark|vote|subscribe|rsvp|star|rate)$/.test(verb) || !verb
  const pair = [byAccount ? 'owner_id' : `${from}_id`, `${to}_id`]
  if (once && !link.unique.some((fields) => fields.join() === pair.join())) link.unique.push(pair)
  if (!childThings.has(singular(other.key))) link.parent ??= `${to}_id`
  return key
}
