import type { Architecture } from '../../schemas/generated/architecture.ts'
import type { Deployment } from '../../schemas/generated/deployment.ts'
import { eventPorts, externalPorts } from './background.ts'
import type { Canonical } from './canonical.ts'
import { roleOf } from './roles.ts'

/** Returns how the local environment runs an architecture: one process with every component, one database for all stores. */
export const planDeployment = (
  architecture: Canonical<Architecture>,
  options: { engine: 'sqlite' | 'postgres'; redis?: boolean },
): Deployment => {
  const components = Object.entries(architecture.value.components)
  const stores = components.filter(([, component]) => roleOf(component) === 'store').map(([name]) => name)
  const binding =
    options.engine === 'postgres' ? { engine: options.engine, secret: 'database_url' } : { engine: options.engine }
  return {
    apiVersion: 'autocoder/v1',
    environment: 'local',
    architecture: { name: architecture.value.system.name, digest: architecture.digest },
    target: { kind: 'local' },
    services: { web: { place: components.map(([name]) => name).sort(), replicas: { min: 1, max: 1 } } },
    bindings: Object.fromEntries(stores.sort().map((name) => [name, { ...binding }])),
    ...(options.redis && eventPorts(architecture.value).length
      ? { transports: { events: { engine: 'redis-streams' as const, secret: 'redis_url' } } }
      : {}),
    // On the machine of whoever tries it out, what it calls runs there too.
    ...(externalPorts(architecture.value).length ? { outbound: { allow: ['loopback'] } } : {}),
    secrets: { source: 'files' },
    crypto: { jwt: 'HS256', password: 'argon2id' },
  }
}
