import type { Architecture, Find, Requirement, Step } from '../../schemas/generated/architecture.ts'
import { checkExpression } from '../expressions/check.ts'
import type { Scope } from '../expressions/scope.ts'
import { accountModelOf, own, refOf } from './names.ts'
import { rowsOfEach, stepsOfEach, whenOf } from './taken.ts'

export type Write = { model: string; how: 'create' | 'change' | 'delete' }

export type Handling = { find?: { [name: string]: Find }; require?: Requirement[]; do?: Step[] }

type Gathered = { component: string | undefined; reads: string[]; writes: Write[]; emits: string[]; calls: string[] }

/** Each once, in their order. */
export const unique = (writes: Write[]): Write[] => [
  ...new Map(writes.map((write) => [`${write.how} ${write.model}`, write])).values(),
]

/** Returns what finding, requiring and doing look at and change. */
export const gather = (
  architecture: Architecture,
  component: string | undefined,
  start: Scope,
  handling: Handling,
): Gathered => {
  const reads = new Set<string>()
  const writes: Write[] = []
  const emits = new Set<string>()
  const calls = new Set<string>()
  const look = (text: string | undefined, scope: Scope): void => {
    if (text !== undefined) for (const model of modelsOf(architecture, text, scope)) reads.add(model)
  }
  const lookAll = (texts: { [key: string]: string }, scope: Scope): void => {
    for (const text of Object.values(texts)) look(text, scope)
  }
  const rowOf = (scope: Scope, name: string): string | undefined => {
    const binding = own(scope, name)
    return binding?.kind === 'row' ? binding.model : undefined
  }
  const write = (model: string | undefined, how: Write['how']): void => {
    if (model !== undefined) writes.push({ model, how })
  }
  let scope = start
  for (const [name, { model, id, where }] of Object.entries(handling.find ?? {})) {
    reads.add(model)
    look(id, scope)
    scope = { ...scope, [name]: { kind: 'row', model } }
    look(where, scope)
  }
  for (const { check } of handling.require ?? []) look(check, scope)
  const follow = (steps: readonly Step[], outer: Scope): void => {
    let inner = outer
    for (const { when, create, set, take, delete: gone, emit, call, each } of steps) {
      look(whenOf(architecture, { when, take }, take && rowOf(inner, take.of)), inner)
      if (create) {
        lookAll(create.values, inner)
        write(create.model, 'create')
        if (create.as) inner = { ...inner, [create.as]: { kind: 'row', model: create.model } }
      }
      if (set) {
        lookAll(set.values, inner)
        write(rowOf(inner, set.of), 'change')
      }
      if (take) write(rowOf(inner, take.of), 'change')
      if (gone !== undefined) write(rowOf(inner, gone), 'delete')
      if (emit) {
        lookAll(emit.values, inner)
        emits.add(`${component}.${emit.port}`)
      }
      if (call) {
        lookAll({ ...call.body, url: call.url, ...(call.secret ? { secret: call.secret } : {}) }, inner)
        calls.add(`${component}.${call.port}`)
      }
      if (each) {
        reads.add(each.model)
        const within: Scope = { ...inner, [each.as]: { kind: 'row', model: each.model } }
        look(rowsOfEach(architecture, each), within)
        follow(stepsOfEach(each), within)
      }
    }
  }
  follow(handling.do ?? [], scope)
  return { component, reads: [...reads], writes: unique(writes), emits: [...emits], calls: [...calls] }
}

/** The models of the rows that an expression looks at: of its names, along its references, and under exists and filter. */
const modelsOf = (architecture: Architecture, text: string, scope: Scope): string[] => {
  const { expression } = checkExpression(text, scope, architecture)
  if (!expression) return []
  const start = (name: string): string | undefined => {
    const binding = own(scope, name)
    if (binding?.kind === 'caller') return accountModelOf(architecture)
    return binding?.kind === 'row' ? binding.model : undefined
  }
  const along = expression.follows.flatMap(([name = '', ...path]) => {
    let model = start(name)
    return path.flatMap((step) => {
      const fields = own(architecture.models, model ?? '')?.fields
      const field = own(fields, `${step}_id`) ?? own(fields, step)
      model = field && refOf(field.type)?.model
      return model ?? []
    })
  })
  return [...expression.fields.flatMap(({ name }) => start(name) ?? []), ...along, ...expression.models]
}
