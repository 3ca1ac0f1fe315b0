/** Writes the tree of a blueprint to a folder: `node test/generate/write.ts <architecture.yaml> <folder> [sqlite|postgres]`. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { canonicalArchitecture } from '../../pipeline/blueprint/canonical.ts'
import { planDeployment } from '../../pipeline/blueprint/deployment.ts'
import { parseArchitecture } from '../../pipeline/blueprint/parse.ts'
import type { FileTree } from '../../pipeline/file-tree.ts'
import { emitComponent, emitShared } from '../../pipeline/generate/emit.ts'
import { emitMigration } from '../../pipeline/generate/migrations.ts'
import { resolveColumns } from '../../pipeline/generate/migrations-columns.ts'

/** Returns all files that the emitters make of an architecture.yaml. Throws with the diagnostics of a wrong one. */
export const emitFrom = (yaml: string, engine: 'sqlite' | 'postgres' = 'sqlite'): FileTree => {
  const { value: architecture, diagnostics } = parseArchitecture(yaml)
  if (!architecture) throw new Error(diagnostics.map(({ message }) => message).join('\n'))
  const canonical = canonicalArchitecture(resolveColumns(undefined, architecture))
  const blueprint = { architecture: canonical.value, deployment: planDeployment(canonical, { engine }) }
  const tree = new Map(emitShared(blueprint))
  for (const name of Object.keys(canonical.value.components))
    for (const [path, content] of emitComponent(name, blueprint)) tree.set(path, content)
  for (const [path, content] of emitMigration(undefined, canonical.value)) tree.set(path, content)
  return tree
}

/** Writes a tree below a folder. */
export const writeTree = (tree: FileTree, folder: string): void => {
  for (const [path, content] of tree) {
    const target = join(folder, path)
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, content)
  }
}

if (import.meta.main) {
  const [source, folder, engine] = process.argv.slice(2)
  if (!source || !folder)
    throw new Error('usage: node test/generate/write.ts <architecture.yaml> <folder> [sqlite|postgres]')
  writeTree(emitFrom(readFileSync(source, 'utf8'), engine === 'postgres' ? 'postgres' : 'sqlite'), folder)
}
