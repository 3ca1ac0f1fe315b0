/** Which names expressions may use where they stand. */
import type {
  Architecture,
  EventPort,
  Find,
  Operation,
  Requirement,
  RpcPort,
  Step,
  Transition,
} from '../../schemas/generated/architecture.ts'
import type { Scope } from '../expressions/scope.ts'
import { own } from './names.ts'
import { handlerRoute } from './operations.ts'

/** The names in braces of a path. */
export const parametersOf = (path: string): string[] => [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!)

/** Whether a part of the path is an id: called so, or looked up as one. */
const isId = (shape: Operation, name: string): boolean =>
  name === 'id' || name.endsWith('_id') || Object.values(shape.find ?? {}).some(({ id }) => id?.trim() === name)

const inputScope = (architecture: Architecture, input: string | undefined): Scope =>
  input === undefined ? {} : { input: { kind: 'shape', fields: own(architecture.types, input) ?? {} } }

/** Rules: the row. */
export const ruleScope = (model: string): Scope => ({ this: { kind: 'row', model } })

/** Computed values and conditions of grants: the row and the caller. */
export const rowScope = (model: string): Scope => ({ me: { kind: 'caller' }, this: { kind: 'row', model } })

/** Returns the names of what a hook does and requires: the row and the caller; for a change also the row as it was before it. */
export const hookScope = (model: string, kind: string): Scope => ({
  ...rowScope(model),
  ...(kind === 'update' ? { was: { kind: 'row', model, past: true } } : {}),
})

/** Whether a requirement of a change compares the row as it has become (`this`) with what it was (`was`). */
export const looksBack = (check: string): boolean => /\bwas\./.test(check)

/** As looksBack, of what a hook requires or does; what it says to people is no expression. */
export const looksBackIn = (parts: readonly (Requirement | Step)[]): boolean =>
  parts.some((part) => looksBack('check' in part ? part.check : JSON.stringify(part)))

/**
 * Returns what a requirement asks of a row whichever values are changed: of one that looks back, that it holds for the row
 * as it was and as it becomes, where what must stay equal does not. `later`: fields that nobody sends, which stay equal.
 */
export const askedOfRow = (check: string, later: ReadonlySet<string>): string =>
  looksBack(check)
    ? check
        .replace(/\b(this|was)\.(\w+) == (?!\1)(?:this|was)\.\2\b/g, (_, _side, name: string) => `${later.has(name)}`)
        .replace(/\bwas\./g, 'this.')
    : check

/** Returns the names at the beginning of a handler: the caller, what was sent, and the parts of the path. */
export const handlerScope = (architecture: Architecture, port: RpcPort, name: string): Scope => {
  const shape = port.ops![name]!
  return {
    me: { kind: 'caller' },
    ...inputScope(architecture, shape.in),
    ...Object.fromEntries(
      parametersOf(handlerRoute(port, name).path).map((each) => [
        each,
        { kind: 'value' as const, type: isId(shape, each) ? ('uuid' as const) : ('string' as const) },
      ]),
    ),
  }
}

/** Returns the names of a transition of a model. */
export const transitionScope = (architecture: Architecture, model: string, transition: Transition): Scope => ({
  ...rowScope(model),
  ...inputScope(architecture, transition.in),
})

/** The shape of an event's type, `Type@version`; undefined where it may be anything. */
export const eventShape = (architecture: Architecture, port: EventPort) =>
  own(architecture.types, port.type.split('@')[0]!)

/** The names of what a timer does. Nobody is the caller then. */
export const timerScope: Scope = { me: { kind: 'caller' } }

/** Returns the names of what handles an event. Nobody is the caller then. */
export const eventScope = (architecture: Architecture, port: EventPort): Scope => ({
  ...timerScope,
  event: { kind: 'shape', fields: eventShape(architecture, port) ?? {} },
})

/** Returns the names after everything was found and done. */
export const scopeAfter = (
  scope: Scope,
  { find, do: steps }: { find?: { [name: string]: Find }; do?: Step[] },
): Scope => {
  const all: Scope = { ...scope }
  for (const [name, { model, optional }] of Object.entries(find ?? {}))
    all[name] = { kind: 'row', model, ...(optional ? { nullable: true } : {}) }
  for (const { create } of steps ?? []) if (create?.as) all[create.as] = { kind: 'row', model: create.model }
  return all
}
