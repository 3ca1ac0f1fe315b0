/** What behaviour does, read off the blueprint before any code exists: for documentation, diagrams and tests. */
import type { Architecture, EventPort } from '../../schemas/generated/architecture.ts'
import type { Scope } from '../expressions/scope.ts'
import { isEvent, isTimer } from './background.ts'
import { keeperOf } from './checks/behaviour.ts'
import { gather, type Handling, unique, type Write } from './effects-of-steps.ts'
import { isHandler, type Operation, operationsOf } from './operations.ts'
import { eventScope, handlerScope, hookScope, timerScope, transitionScope } from './scopes.ts'

export type { Write } from './effects-of-steps.ts'

export type Effects = {
  kind: 'handler' | 'transition' | 'hook' | 'event' | 'timer'
  /** `component.port:op` of a handler, `component.port` of an event and a timer, `Model:transition`, `Model:create` of a hook. */
  name: string
  /** The component that does it. */
  component: string | undefined
  /** Models whose rows it looks at. */
  reads: string[]
  writes: Write[]
  /** `component.port` by which it tells what happened. */
  emits: string[]
  /** `component.port` by which it calls the world outside. */
  calls: string[]
  /** Roles that may ask for it, `anyone`, or `signed-in`; none for what happens by itself. */
  callers: string[]
}

/** Returns the effects of every handler, transition, hook, event and timer. Wrong expressions are passed over. */
export const effectsOf = (architecture: Architecture): Effects[] => {
  const operations = operationsOf(architecture)
  const found: Effects[] = []
  for (const [model, { states, on }] of Object.entries(architecture.models)) {
    if (!states && !on) continue
    const component = keeperOf(architecture, model)
    for (const [op, transition] of Object.entries(states?.transitions ?? {})) {
      const scope = transitionScope(architecture, model, transition)
      const effects = gather(architecture, component, scope, transition)
      const asked = operations.filter((each) => each.kind === 'transition' && each.model === model && each.op === op)
      const changed = unique([{ model, how: 'change' }, ...effects.writes])
      found.push({
        ...effects,
        kind: 'transition',
        name: `${model}:${op}`,
        writes: changed,
        callers: callersOf(asked),
      })
    }
    for (const [kind, hook] of Object.entries(on ?? {}))
      found.push({
        ...gather(architecture, component, hookScope(model, kind), hook),
        kind: 'hook',
        name: `${model}:${kind}`,
        callers: [],
      })
  }
  for (const [component, { ports }] of Object.entries(architecture.components))
    for (const [portName, port] of Object.entries(ports)) {
      const name = `${component}.${portName}`
      if (isEvent(port) && port.dir === 'in')
        found.push(background(architecture, component, name, port, eventScope(architecture, port)))
      if (isTimer(port)) found.push(background(architecture, component, name, port, timerScope))
      if (port.kind !== 'rpc' || port.dir !== 'in') continue
      for (const [op, shape] of Object.entries(port.ops ?? {}))
        if (isHandler(shape))
          found.push({
            ...gather(architecture, component, handlerScope(architecture, port, op), shape),
            kind: 'handler',
            name: `${name}:${op}`,
            callers: callersOf(
              operations.filter((each) => each.component === component && each.port === portName && each.op === op),
            ),
          })
    }
  return found
}

const background = (
  architecture: Architecture,
  component: string,
  name: string,
  port: (Handling & Pick<EventPort, 'kind'>) | (Handling & { kind: 'timer' }),
  scope: Scope,
): Effects => ({
  ...gather(architecture, component, scope, port),
  kind: port.kind,
  name,
  callers: [],
})

const callersOf = (operations: Operation[]): string[] => [
  ...new Set(
    operations.flatMap(({ access, grants }) =>
      access === 'public' ? ['anyone'] : access === 'signed-in' ? ['signed-in'] : [...grants.keys()],
    ),
  ),
]
