import type { Architecture, RpcPort } from '../../../../../schemas/generated/architecture.ts'

/**
 * Keeps steps within what people see: whoever sees some rows takes no step of the others, whose ids they may know. Only where
 * nothing was said of whose steps they are.
 */
export const keepWithinSight = (architecture: Architecture): void => {
  const { roles } = architecture.policies
  for (const [component, { ports }] of Object.entries(architecture.components))
    for (const [port, each] of Object.entries(ports)) {
      const { crud } = each as RpcPort
      if (each.kind !== 'rpc' || each.dir !== 'in' || !crud) continue
      const steps = Object.keys(architecture.models[crud]?.states?.transitions ?? {})
      for (const [role, grants] of Object.entries(roles))
        roles[role] = steps.reduce((lines, step) => within(lines, `${component}.${port}`, step), grants)
    }
}

const within = (grants: readonly string[], endpoint: string, step: string): string[] => {
  const seen = grants.filter((line) => line.split(/[@ ]/)[0] === `${endpoint}:read`)
  const all = grants.some(
    (line) => line === `${endpoint}:*` || line === `${endpoint}:read` || line.startsWith(`${endpoint}:*`),
  )
  const wide = `${endpoint}:${step}`
  if (all || seen.length === 0 || !grants.includes(wide)) return [...grants]
  return grants.flatMap((line) =>
    line === wide ? seen.map((one) => `${wide}${one.slice(`${endpoint}:read`.length)}`) : [line],
  )
}
