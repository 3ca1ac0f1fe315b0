import type { Architecture, Field, Model } from '../../schemas/generated/architecture.ts'
import { own, splitEndpoint } from './names.ts'

/** The fields of a model that hold files. */
export const fileFieldsOf = (model: Model): [string, Field][] =>
  Object.entries(model.fields).filter(([, { type }]) => type === 'file')

/**
 * Where links to files lead, such as /v1/files: beside the paths of what has files. Undefined in a system without any.
 * A model that is called so itself keeps its path.
 */
export const fileLinksPath = (architecture: Architecture): string | undefined => {
  if (!Object.values(architecture.models).some((model) => fileFieldsOf(model).length > 0)) return undefined
  const holder = architecture.expose.find(({ port: endpoint }) => {
    const { component, port: name } = splitEndpoint(endpoint)
    const port = own(own(architecture.components, component)?.ports, name)
    const model = port?.kind === 'rpc' && port.crud ? own(architecture.models, port.crud) : undefined
    return model !== undefined && fileFieldsOf(model).length > 0
  })
  const path = holder?.path ?? '/v1/x'
  const base = path.slice(0, path.lastIndexOf('/'))
  const taken = new Set(architecture.expose.map((each) => each.path))
  return [`${base}/files`, `${base}/file-links`, `${base}/links-to-files`].find((each) => !taken.has(each))
}
