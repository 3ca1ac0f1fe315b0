import type { Architecture } from '../../../../schemas/generated/architecture.ts'
import { standsAside } from '../../names.ts'

/** How many parts all paths begin with together: the prefix there is. */
export const commonDepth = ({ expose }: Pick<Architecture, 'expose'>): number => {
  const paths = expose.filter((one) => !standsAside(one)).map(({ path }) => path.split('/').slice(1))
  const [first = []] = paths
  let depth = 0
  while (depth < first.length - 1 && paths.every((path) => path.length > depth + 1 && path[depth] === first[depth]))
    depth += 1
  return depth
}

/** Returns what all paths begin with, `/v1` where there are none yet: what is added later begins so too. */
export const basePath = (architecture: Pick<Architecture, 'expose'>): string => {
  const first = architecture.expose.find((one) => !standsAside(one))
  if (!first) return '/v1'
  const parts = first.path.split('/').slice(1, 1 + commonDepth(architecture))
  return parts.map((part) => `/${part}`).join('')
}
