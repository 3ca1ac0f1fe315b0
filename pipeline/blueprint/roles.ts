import type { Component, EventPort } from '../../schemas/generated/architecture.ts'

/** What a component is, derived from its ports and never written down. */
export type Role = 'isolated' | 'store' | 'channel' | 'service' | 'gateway' | 'source' | 'transformer' | 'sink'

/** Returns the role; the first match wins, and a store dependency is not an output. */
export const roleOf = (component: Component): Role => {
  const ports = Object.values(component.ports)
  const has = (dir: 'in' | 'out', kind: 'rpc' | 'store' | 'event' | 'timer') =>
    ports.some((port) => port.dir === dir && port.kind === kind)
  if (ports.length === 0) return 'isolated'
  if (has('in', 'store') && !has('in', 'rpc')) return 'store'
  if (ports.every((port) => port.kind === 'event' && (port as EventPort).type === 'any')) return 'channel'
  if (has('in', 'rpc')) return has('out', 'rpc') && !has('out', 'store') ? 'gateway' : 'service'
  if (!has('in', 'event')) return 'source'
  return has('out', 'event') || has('out', 'rpc') ? 'transformer' : 'sink'
}
