import type { EventPort, Port, TimerPort } from '../../schemas/generated/architecture.ts'
import { ANYTHING, isEvent, isExternal, isTimer, shapeOfEvent } from '../blueprint/background.ts'
import { own, toWords } from '../blueprint/names.ts'
import type { Scope } from '../expressions/scope.ts'
import { type Draft, method, portsOf, use } from './emit-draft.ts'
import { type Handling, writeHandling } from './emit-handling.ts'
import { identifier } from './emit-names.ts'
import { text } from './emit-python.ts'
import { finished, newBody } from './emit-steps.ts'

/** Whether a port is neither asked by callers nor asks others: events, timers, and calls to the world outside. */
export const isQuiet = (port: Port): boolean => isEvent(port) || isTimer(port) || isExternal(port)

/** Writes the handlers of a component's events and timers, and returns the lines that wire its quiet ports. */
export const writeQuietPorts = (draft: Draft): string[] => {
  const ports = portsOf(draft.context, draft.name).filter(([, port]) => isQuiet(port))
  // What a channel passes on is known before what it takes.
  const inOrder = [...ports.filter(([, { dir }]) => dir === 'out'), ...ports.filter(([, { dir }]) => dir === 'in')]
  return inOrder.map(([name, port]) => {
    const verb = port.dir === 'out' ? 'sends' : 'offers'
    return `        self.${identifier(name)} = self.${verb}(${text(name)}, ${madeOf(draft, name, port)})`
  })
}

const madeOf = (draft: Draft, name: string, port: Port): string => {
  if (isEvent(port)) return port.dir === 'out' ? eventOut(draft, port) : eventIn(draft, name, port)
  if (isTimer(port)) return timer(draft, name, port)
  use(draft, 'runtime.calls', 'CallOut')
  return 'CallOut()'
}

const keyOf = ({ key }: EventPort): string[] => (key === undefined ? [] : [`key=${text(key)}`])

const eventOut = (draft: Draft, port: EventPort): string => {
  use(draft, 'runtime.events', 'EventOut')
  const shape = port.type === ANYTHING ? 'Any' : shapeOfEvent(port.type)
  use(draft, port.type === ANYTHING ? 'typing' : 'app.types', shape)
  return `EventOut[${shape}](${[text(port.type), ...keyOf(port)].join(', ')})`
}

const eventIn = (draft: Draft, name: string, port: EventPort): string => {
  use(draft, 'runtime.events', 'EventIn')
  if (port.type === ANYTHING) {
    use(draft, 'typing', 'Any')
    const onward = portsOf(draft.context, draft.name).filter(([, each]) => isEvent(each) && each.dir === 'out')
    const ports = onward.map(([each]) => `self.${identifier(each)}`)
    return `EventIn[Any](${text(port.type)}, passes_on=[${ports.join(', ')}])`
  }
  const shape = shapeOfEvent(port.type)
  use(draft, 'app.types', shape)
  const fields = own(draft.context.architecture.types, shape) ?? {}
  const handler = writeHandler(draft, name, port, `Handle ${toWords(shape)}.`, {
    event: { kind: 'shape', fields },
  })
  const most = port.maxDeliveries === undefined ? [] : [`max_deliveries=${port.maxDeliveries}`]
  return `EventIn(${[text(port.type), shape, `self.${handler}`, ...keyOf(port), ...most].join(', ')})`
}

const timer = (draft: Draft, name: string, port: TimerPort): string => {
  use(draft, 'runtime.timers', 'TimerIn')
  const handler = writeHandler(draft, name, port, port.description || `Do what is due at ${toWords(name)}.`, {})
  const when = port.cron === undefined ? [`every=${port.every}`] : [`cron=${text(port.cron)}`]
  const zone = port.zone === undefined ? [] : [`zone=${text(port.zone)}`]
  return `TimerIn(${[`self.${handler}`, ...when, ...zone, `missed=${text(port.missed)}`].join(', ')})`
}

/** Writes what is done when something has happened or is due, and returns the method's name. Nobody is the caller then. */
const writeHandler = (draft: Draft, name: string, port: Handling & Port, words: string, scope: Scope): string => {
  const event: { [name: string]: string } = isEvent(port) ? { event: 'event' } : {}
  const body = newBody(draft, { me: { kind: 'caller' }, ...scope }, event)
  writeHandling(body, port)
  use(draft, 'runtime.call', 'Call')
  const parameters = isEvent(port) ? `call: Call, event: ${shapeOfEvent(port.type)}` : 'call: Call'
  return method(draft, `on_${name}`, '', `${parameters}) -> None`, words, finished(body.lines))
}
