/** What a system does in the background, read off its ports. */
import type {
  Architecture,
  EventPort,
  Operation,
  Port,
  RpcPort,
  TimerPort,
} from '../../schemas/generated/architecture.ts'

/** A port under its address. */
export type Placed<T> = { component: string; name: string; address: string; port: T }

const placed = <T extends Port>(architecture: Architecture, fits: (port: Port) => port is T): Placed<T>[] =>
  Object.entries(architecture.components).flatMap(([component, { ports }]) =>
    Object.entries(ports).flatMap(([name, port]) =>
      fits(port) ? [{ component, name, address: `${component}.${name}`, port }] : [],
    ),
  )

export const isEvent = (port: Port): port is EventPort => port.kind === 'event'
export const isTimer = (port: Port): port is TimerPort => port.kind === 'timer'
export const isExternal = (port: Port): port is RpcPort => port.kind === 'rpc' && (port as RpcPort).external === true

/** The type of a channel's ports. */
export const ANYTHING = 'any'

/** Returns the shape that an event of a type carries, `JobPrinted` of `JobPrinted@1`. */
export const shapeOfEvent = (type: string): string => type.split('@')[0]!

export const eventPorts = (architecture: Architecture): Placed<EventPort>[] => placed(architecture, isEvent)

export const externalPorts = (architecture: Architecture): Placed<RpcPort>[] => placed(architecture, isExternal)

/** Returns the timers, each with the name under which administrators run it: the port's, or the component's before it. */
export const timersOf = (architecture: Architecture): (Placed<TimerPort> & { timer: string })[] => {
  const timers = placed(architecture, isTimer)
  return timers.map((each) => ({
    ...each,
    timer: timers.filter(({ name }) => name === each.name).length === 1 ? each.name : `${each.component}_${each.name}`,
  }))
}

/** Returns the operations that are called from outside. */
export const webhooksOf = (architecture: Architecture): (Placed<RpcPort> & { op: string; shape: Operation })[] =>
  placed(architecture, (port): port is RpcPort => port.kind === 'rpc' && port.dir === 'in').flatMap((each) =>
    Object.entries(each.port.ops ?? {}).flatMap(([op, shape]) => (shape.webhook ? [{ ...each, op, shape }] : [])),
  )

/** Returns the names of the secrets with which senders of webhooks sign. */
export const webhookSecrets = (architecture: Architecture): string[] =>
  [...new Set(webhooksOf(architecture).flatMap(({ shape }) => shape.webhook?.secret ?? []))].sort()

/** Returns the ports with handlers that hear of an out port's events, directly or through channels. */
export const listenersOf = (architecture: Architecture, address: string): Placed<EventPort>[] => {
  const ports = new Map(eventPorts(architecture).map((each) => [each.address, each]))
  const type = ports.get(address)?.port.type
  const found = new Map<string, Placed<EventPort>>()
  const seen = new Set<string>()
  const visit = (from: string) => {
    for (const link of architecture.links) {
      const to = ports.get(link.to)
      if (link.from !== from || !to || seen.has(link.to)) continue
      seen.add(link.to)
      if (to.port.type === type) found.set(link.to, to)
      if (to.port.type === ANYTHING)
        for (const { address: onward, component, port } of ports.values())
          if (component === to.component && port.dir === 'out') visit(onward)
    }
  }
  visit(address)
  return [...found.values()]
}

/** An operation of administrators that comes by itself. */
export type AdminOperation = { method: 'GET' | 'POST'; path: string; what: string }

const DESKS: { [topic: string]: AdminOperation[] } = {
  deadLetters: [
    { method: 'GET', path: '/v1/admin/dead-letters', what: 'list events that could not be handled' },
    { method: 'GET', path: '/v1/admin/dead-letters/{id}', what: 'read one' },
    { method: 'POST', path: '/v1/admin/dead-letters/{id}/replay', what: 'handle it again' },
  ],
  timers: [
    { method: 'GET', path: '/v1/admin/timers', what: 'list timers' },
    { method: 'POST', path: '/v1/admin/timers/{name}/run', what: 'run one now' },
  ],
  deliveries: [
    { method: 'GET', path: '/v1/admin/deliveries', what: 'list calls to the outside' },
    { method: 'GET', path: '/v1/admin/deliveries/{id}', what: 'read one, with every attempt' },
    { method: 'POST', path: '/v1/admin/deliveries/{id}/retry', what: 'make it again' },
  ],
  webhooks: [
    { method: 'GET', path: '/v1/admin/webhooks', what: 'list webhooks that were received' },
    { method: 'GET', path: '/v1/admin/webhooks/{id}', what: 'read one' },
    { method: 'POST', path: '/v1/admin/webhooks/{id}/retry', what: 'handle it again' },
  ],
}

/** Returns what administrators are offered beside the operations of the blueprint; in a system without accounts, everybody. */
export const adminOperations = (architecture: Architecture): AdminOperation[] => [
  ...(eventPorts(architecture).length ? DESKS.deadLetters! : []),
  ...(timersOf(architecture).length ? DESKS.timers! : []),
  ...(externalPorts(architecture).length ? DESKS.deliveries! : []),
  ...(webhooksOf(architecture).length ? DESKS.webhooks! : []),
]
