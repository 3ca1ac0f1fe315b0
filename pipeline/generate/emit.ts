import type { Blueprint } from '../blueprint/blueprint.ts'
import type { FileTree } from '../file-tree.ts'
import { emitAccess } from './emit-access.ts'
import { emitComputed } from './emit-computed.ts'
import { contextOf, isStore } from './emit-context.ts'
import { emitDocuments } from './emit-documents.ts'
import { emitModels } from './emit-models.ts'
import { folderOf } from './emit-names.ts'
import { emitRegistry } from './emit-registry.ts'
import { emitRules } from './emit-rules.ts'
import { emitService } from './emit-service.ts'
import { emitStore } from './emit-store.ts'
import { emitTypes } from './emit-types.ts'
import { runtimeFiles } from './runtime-files.ts'

/**
 * Returns app/components/<name>/ of one component. Pure, and takes as long for the thousandth component as for the
 * first. Throws where the blueprint was not checked: an unknown model, an operation that nothing implements.
 */
export const emitComponent = (name: string, blueprint: Blueprint): FileTree => {
  const context = contextOf(blueprint.architecture)
  const ports = Object.values(context.architecture.components[name]!.ports)
  const files = ports.every((port) => isStore(port) && port.dir === 'in')
    ? emitStore(context, name)
    : emitService(context, name)
  const words = context.architecture.components[name]!.description ?? `The component ${name}.`
  files.set(
    `${folderOf(name)}/__init__.py`,
    `"""${words.replaceAll('\\', '\\\\').replaceAll('"', "'").replace(/\s+/g, ' ').trim()}"""\n`,
  )
  return files
}

/** Returns every file of a system but those of its components, migrations/ and tests/. */
export const emitShared = (blueprint: Blueprint): FileTree => {
  const context = contextOf(blueprint.architecture)
  const rules = emitRules(context)
  return new Map([
    ...runtimeFiles(),
    ...emitDocuments(context, blueprint),
    ...optional('app/access.py', emitAccess(context)),
    ...optional('app/computed.py', emitComputed(context)),
    ['app/models.py', emitModels(context)],
    ['app/types.py', emitTypes(context)],
    ['app/registry.py', emitRegistry(context)],
    ...(rules === undefined ? [] : ([['app/rules.py', rules]] as const)),
  ])
}

/** A file that only some systems have. */
const optional = (path: string, content: string | undefined): [string, string][] =>
  content === undefined ? [] : [[path, content]]
