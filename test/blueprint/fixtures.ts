import { readFileSync } from 'node:fs'
import { canonicalArchitecture } from '../../pipeline/blueprint/canonical.ts'
import { planDeployment } from '../../pipeline/blueprint/deployment.ts'
import { parseArchitecture } from '../../pipeline/blueprint/parse.ts'
import type { Architecture, RpcPort } from '../../schemas/generated/architecture.ts'
import type { Deployment } from '../../schemas/generated/deployment.ts'

type Name = 'todo' | 'clinic' | 'support' | 'journal' | 'charity' | 'tool-library' | 'photos' | 'hives' | 'staff'

export const fixtureText = (name: Name): string =>
  readFileSync(new URL(`../fixtures/blueprints/${name}.architecture.yaml`, import.meta.url), 'utf8')

/** Returns a fresh, canonical copy of a fixture. */
export const fixture = (name: Name): Architecture =>
  structuredClone(canonicalArchitecture(parseArchitecture(fixtureText(name)).value!).value)

export const deploymentOf = (architecture: Architecture): Deployment =>
  planDeployment(canonicalArchitecture(architecture), { engine: 'sqlite' })

export const rpc = (architecture: Architecture, endpoint: string): RpcPort => {
  const [component, port] = endpoint.split('.')
  return architecture.components[component!]!.ports[port!] as RpcPort
}
