import type { Model, Step } from '../../../../schemas/generated/architecture.ts'
import { OPPOSITE } from '../../../expressions/negate.ts'
import { own } from '../../names.ts'
import { cyclesOf } from '../models.ts'
import type { Checks } from './expression.ts'

/** What steps go along with: `take:` and a transition's name stands for going through it. */
type Kind = 'create' | 'update' | 'delete' | `take:${string}`
/** What a step does to rows of a model, and for a change the fields with what they get. */
type Write = { model: string; kind: Kind; values: { readonly [field: string]: string } }
type Node = { model: string; kind: Kind; at: number; step: Step; writes: Write[] }

/**
 * Reports hooks and transitions that call each other without an end: making, changing or deleting a row, or taking it through
 * a transition, does the same with one whose hooks and transitions lead back. A circle ends where a step in it asks whether a
 * value has just changed that the step before it leaves alone, or for another value than the one that was just written.
 */
export const checkHookCycles = ({ architecture, report }: Checks): void => {
  const nodes = Object.entries(architecture.models).flatMap(([name, model]) => nodesOf(name, model))
  const byName = new Map(nodes.map((node) => [nameOf(node), node]))
  const next = (name: string): string[] =>
    byName
      .get(name)!
      .writes.flatMap((write) => nodes.filter((node) => node.model === write.model && isDone(node, write)))
      .map(nameOf)
  for (const cycle of cyclesOf([...byName.keys()], next)) {
    const { model, kind, at } = byName.get(cycle[0]!)!
    const words = [...cycle, cycle[0]!].map((name) => {
      const node = byName.get(name)!
      return node.kind.startsWith('take:') ? `${node.model}:${node.kind.slice(5)}` : `${node.model} on ${node.kind}`
    })
    const place = kind.startsWith('take:') ? ['states', 'transitions', kind.slice(5)] : ['on', kind]
    report('hook-cycle', ['models', model, ...place, 'do', at], words.join(' -> '))
  }
}

const nameOf = ({ model, kind, at }: Node): string => `${model}:${kind}:${at}`

const nodesOf = (name: string, { on, states }: Model): Node[] => [
  ...Object.entries(on ?? {}).flatMap(([kind, hook]) => nodesAt(name, kind as Kind, hook?.do)),
  ...Object.entries(states?.transitions ?? {}).flatMap(([op, step]) => nodesAt(name, `take:${op}`, step.do)),
]

const nodesAt = (name: string, kind: Kind, steps: readonly Step[] = []): Node[] => {
  let rows: Rows = { this: name }
  return steps.map((step, at) => {
    const writes = writesOf(step, rows)
    if (step.create?.as) rows = { ...rows, [step.create.as]: step.create.model }
    return { model: name, kind, at, step, writes }
  })
}

/** Name of a row -> its model. */
type Rows = { readonly [name: string]: string }

const writesOf = (step: Step, rows: Rows): Write[] => {
  if (step.create) return [{ model: step.create.model, kind: 'create', values: step.create.values }]
  // What a hook sets in its own row calls no hooks again.
  if (step.set) {
    const model = step.set.of === 'this' ? undefined : own(rows as { [name: string]: string }, step.set.of)
    return model === undefined ? [] : [{ model, kind: 'update', values: step.set.values }]
  }
  if (step.take) {
    const model = own(rows as { [name: string]: string }, step.take.of)
    return model === undefined ? [] : [{ model, kind: `take:${step.take.transition}`, values: {} }]
  }
  if (step.delete !== undefined) {
    const model = own(rows as { [name: string]: string }, step.delete)
    return model === undefined ? [] : [{ model, kind: 'delete', values: {} }]
  }
  if (!step.each) return []
  let inner: Rows = { ...rows, [step.each.as]: step.each.model }
  return step.each.do.flatMap((each) => {
    const writes = writesOf(each, inner)
    if (each.create?.as) inner = { ...inner, [each.create.as]: each.create.model }
    return writes
  })
}

/** Whether a write may lead to a step of a hook, as far as its condition tells. */
const isDone = ({ kind, step }: Node, write: Write): boolean => {
  if (kind !== write.kind) return false
  if (step.when === undefined || step.when.includes('||')) return true
  const parts = step.when.split('&&').map((part) => part.trim())
  return !parts.some((part) => isOther(part, write)) && !(kind === 'update' && isUntouched(parts, write))
}

/** `this.paid` where false was written, `this.state == "open"` where "shut" was. */
const isOther = (part: string, { values }: Write): boolean => {
  const [, not, plain] = /^(!?)this\.(\w+)$/.exec(part) ?? []
  if (plain !== undefined) return own(values as { [field: string]: string }, plain)?.trim() === (not ? 'true' : 'false')
  const [, field = '', sign, wanted = ''] =
    /^this\.(\w+) (==|!=) (["'].*["']|null|true|false|-?[\d.]+)$/.exec(part) ?? []
  const written = own(values as { [field: string]: string }, field)?.trim()
  if (sign === undefined || written === undefined || !/^(?:(["'])[^"']*\1|null|true|false|-?[\d.]+)$/.test(written))
    return false
  const same = bare(written) === bare(wanted)
  return sign === '==' ? !same : same
}

const bare = (constant: string): string => constant.replace(/^["']|["']$/g, '"')

/** Whether a condition is only true where a field has another value than before, and the write leaves that field alone. */
const isUntouched = (parts: readonly string[], { values }: Write): boolean =>
  parts.some((part) => {
    const [, field, , before] = /^this\.(\w+) (!=|<|>) was\.(\w+)$/.exec(part) ?? []
    if (field !== undefined && field === before) return !Object.hasOwn(values, field)
    const [, asked, rest = ''] = /^was\.(\w+)( .+)?$/.exec(part.replace(/^!/, '')) ?? []
    if (asked === undefined || Object.hasOwn(values, asked)) return false
    const [, sign, value] = /^ (==|!=|<=?|>=?) (.+)$/.exec(rest) ?? []
    const wanted = sign
      ? `this.${asked} ${OPPOSITE[sign]} ${value}`
      : part.startsWith('!')
        ? `this.${asked}`
        : `!this.${asked}`
    return !/\bwas\.|\bthis\./.test(value ?? '') && parts.includes(wanted)
  })
