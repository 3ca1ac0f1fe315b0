import type { Architecture, RpcPort } from '../../../../../schemas/generated/architecture.ts'

/** The operation that reads a row by its slug. */
export const BY_SLUG = 'read_by_slug'

/**
 * Lets those read a row by its slug who may read it by its id, and as far: whatever was said of either, before or after. What
 * is found by a name of its own is no other right.
 */
export const readAlike = (architecture: Architecture): void => {
  for (const [component, { ports }] of Object.entries(architecture.components))
    for (const [port, each] of Object.entries(ports)) {
      const api = each as RpcPort
      const op = each.kind === 'rpc' && each.dir === 'in' ? api.ops?.[BY_SLUG] : undefined
      if (!op) continue
      const shape = op as { public?: boolean }
      if (api.public?.includes('read')) shape.public = true
      else delete shape.public
      alike(architecture.policies.roles, `${component}.${port}`)
    }
}

const alike = (roles: Architecture['policies']['roles'], endpoint: string): void => {
  for (const [role, grants] of Object.entries(roles)) {
    const others = grants.filter(
      (line) => !new RegExp(`^${endpoint.replace('.', '\\.')}:${BY_SLUG}(?:$|[@ ])`).test(line),
    )
    const read = `${endpoint}:read`
    roles[role] = others.flatMap((line) =>
      line === read || line.startsWith(`${read}@`) || line.startsWith(`${read} `)
        ? [line, `${endpoint}:${BY_SLUG}${line.slice(read.length)}`]
        : [line],
    )
  }
}
