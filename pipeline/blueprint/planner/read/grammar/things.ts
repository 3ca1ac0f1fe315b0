import { splitItems } from '../items.ts'
import { keyOf, type Noun } from '../noun.ts'
import { meet } from '../reader.ts'
import { readAct } from './acts.ts'
import { looksLikeFields } from './field-lists.ts'
import { bracketOf } from './pack.ts'
import { readParts, type Scene } from './parts-of.ts'
import { type Taken, takeThing } from './take.ts'

type Head = { noun: Noun; parents: Noun[]; inner: string[]; list: string[]; open: boolean; each: boolean }

/** Reads "plants (species, height) and waterings of a plant with an amount": each head begins anew. `first` is known. */
export const readThings = (text: string, scene: Scene, first?: Noun, before?: () => void, nested = false): boolean => {
  const heads: Head[] = []
  const joined = text.replace(
    /\b(?:(?:which|that)\s+)?(?:links?|linking|connects?|connecting|joins?|joining)\s+((?:an?|the|one)\s+[\p{L}-]+(?: [\p{L}-]+)?)\s+and\s+(?=(?:an?|the|one)\s)/giu,
    'linking $1 to ',
  )
  for (const item of splitItems(joined)) {
    const head = headOf(item, scene, heads.length === 0 ? first : undefined)
    const current = heads.at(-1)
    if (head && !(current?.open && !beginsAnew(head, item))) heads.push(head)
    else if (!current) return false
    else if (current.open || current.inner.length === 0) {
      const list = /^(?:each\s+)?(?:with|having)\s+(.+)$/is.exec(item)
      current.list.push(list ? list[1]! : item)
      current.open = true
    } else return false
  }
  if (
    heads.length === 0 ||
    heads.every((head) => head.list.length === 0 && head.inner.length === 0 && head.parents.length === 0)
  )
    return false
  before?.()
  for (const head of heads) {
    meet(scene.reader, head.noun, 'named')
    if (nested && first && head !== heads[0] && head.parents.length === 0 && head.list.length > 0)
      head.parents.push(first)
    for (const parent of head.parents)
      if (keyOf(parent) !== keyOf(head.noun))
        scene.reader.facts.push({ kind: 'parent', child: head.noun, parent, optional: false, sure: true })
    if (head.inner.length > 0)
      scene.reader.facts.push({ kind: 'fields', of: head.noun, items: head.inner, extends: false })
    if (head.list.length > 0 && !readAct(head.noun, head.list.join(', '), scene))
      readParts(head.noun, head.list.join(', '), scene)
  }
  return true
}

/** In an open list of fields only what brings fields of its own is another thing. */
const beginsAnew = (head: Head, item: string): boolean =>
  (head.noun.plural || head.each) &&
  (head.inner.length > 0 || head.list.length > 0 || head.parents.length > 0) &&
  !/^(?:many|several|multiple|one or more|at least)\s/i.test(item)

const headOf = (item: string, scene: Scene, known?: Noun): Head | undefined => {
  const taken = takeThing(item.replace(/^(?:and|also|plus)\s+/i, ''), scene.glossary)
  const thing: Taken | undefined = taken && known ? { ...taken, noun: { ...taken.noun, plural: true } } : taken
  if (!thing || thing.modifier) return undefined
  if (!thing.noun.plural && thing.number === 'bare') return undefined
  if (!thing.noun.plural && /^(?:an?|one)$/.test(thing.article)) return undefined
  const head: Head = {
    noun: thing.noun,
    parents: [],
    inner: [],
    list: [],
    open: false,
    each: /^(?:each|every)$/.test(thing.article),
  }
  let rest = thing.rest
  const relative =
    /^\s+(?:(?:that |which )?(?:i|we|they|people|you|users?)|who|that|which)\s+\p{L}+(?: \p{L}+)?\s+(?:on|in|at|with|for|to|of|from)\s+(.+)$/isu.exec(
      rest,
    )
  const joint =
    /^\s+(?:linking|connecting|joining|tying|between|that links?|which links?|that connects?)\s+(.+?)\s+(?:to|with|and)\s+(.+)$/is.exec(
      rest,
    )
  const one = joint ? takeThing(joint[1]!, scene.glossary) : undefined
  const two = joint ? takeThing(joint[2]!, scene.glossary) : undefined
  if (joint && (!one || !two)) return undefined
  if (one && two) {
    head.parents.push(one.noun, two.noun)
    const span = /^\s+from\s+(.+?)\s+(?:to|till|until)\s+(.+)$/is.exec(two.rest)
    if (span) head.list.push(span[1]!, span[2]!)
    rest = span ? '' : two.rest
    head.open = span !== null
  }
  const ours = /^\s+(?:in|at|of|on|for)\s+(?:our|my|the)\s+[\p{L}-]+(?: [\p{L}-]+)?(?=\s*(?::|,|-\s|with\b))/iu.exec(
    rest,
  )
  if (ours && !takeThing(ours[0].replace(/^\s+\S+\s+/, ''), scene.glossary)) rest = rest.slice(ours[0].length)
  const of = joint
    ? null
    : (/^(?:\s+\p{L}+(?:ed|ade|ent|ught))?\s+(?:of|on|at|in|for|by|to|from|per|about|during)\s+(.+)$/isu.exec(rest) ??
      relative)
  if (of) {
    const owner = takeThing(of[1]!, scene.glossary)
    if (!owner) return undefined
    head.parents.push(owner.noun)
    rest = owner.rest
    const second = /^\s+(?:and|by|at|in|on|with)\s+(?=(?:an?|the|one)\s)(.+)$/is.exec(rest)
    const other = second ? takeThing(second[1]!, scene.glossary) : undefined
    if (other && !other.noun.plural) {
      head.parents.push(other.noun)
      rest = other.rest
    }
  }
  const span =
    head.parents.length > 0
      ? /^\s+from\s+((?:an?|the)\s+.+?)\s+(?:to|till|until)\s+((?:an?|the|optionally an?)\s+.+)$/is.exec(rest)
      : null
  if (span) {
    head.list.push(span[1]!, span[2]!)
    head.open = true
    rest = ''
  }
  const inner = /^\s*⟦\d{1,3}⟧/.test(rest) ? bracketOf(rest, scene.packed) : undefined
  if (inner !== undefined) {
    if (!looksLikeFields(splitItems(inner)) && splitItems(inner).length < 2) return undefined
    head.inner = splitItems(inner)
    rest = rest.replace(/^\s*⟦\d{1,3}⟧/, '')
  }
  const list =
    /^\s*,?\s*(?:each\s+)?(?:with|having|that have|which have|saying|telling|stating|recording|showing|:|-)\s+(.+)$/is.exec(
      rest,
    )
  if (list) {
    head.list.push(list[1]!)
    head.open = true
    rest = ''
  }
  return rest.trim() === '' ? head : undefined
}
