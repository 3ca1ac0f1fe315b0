import type { Blueprint } from '../blueprint/blueprint.ts'
import { type FileTree, mergeTrees } from '../file-tree.ts'
import { defineStage } from '../stage.ts'
import { emitShared } from './emit.ts'
import { formatPython } from './format.ts'
import { emitMigration, readSchema } from './migrations.ts'
import { resolveColumns } from './migrations-columns.ts'
import { commitBuild, ensureRepository, readRef } from './repository.ts'
import { readTree } from './repository-objects.ts'
import { emitTests } from './tests.ts'

export type GenerateInput = {
  blueprint: Blueprint
  /** What emitComponent made, one tree a component. */
  components: FileTree[]
  /** Absolute path of the system's bare repository; made where it is missing. */
  repo: string
  buildNumber: number
  pythonBin: string
}

export type GenerateOutput = {
  /** On main. */
  commit: string
  files: number
  /** Always empty: a conflict stops the build with AppError `merge-conflict`, which names the files. */
  conflicts: string[]
}

const MODELS = 'app/models.py'
const VERSIONS = 'migrations/versions/'

/**
 * Everything but the components. A field whose column's name is taken (see resolveColumns) has another in models.py and
 * in the tests that look into the database; architecture.yaml stays what was approved.
 */
const emitRest = (blueprint: Blueprint, migrations: FileTree | undefined): FileTree => {
  const shared = emitShared(blueprint)
  const architecture = resolveColumns(readSchema(migrations), blueprint.architecture)
  if (architecture !== blueprint.architecture) {
    const models = emitShared({ ...blueprint, architecture }).get(MODELS)
    if (models !== undefined) shared.set(MODELS, models)
  }
  return mergeTrees(
    shared,
    emitMigration(migrations, blueprint.architecture),
    emitTests({ ...blueprint, architecture }),
  )
}

/**
 * Writes the system of a blueprint into its repository and returns the commit to build. Repeating it for a build that was
 * committed returns that commit. Throws AppError `merge-conflict`, `migration-needs-default`, `generated-invalid`.
 */
export const generate = defineStage<GenerateInput, GenerateOutput>({
  name: 'generate',
  run: async ({ blueprint, components, repo, buildNumber, pythonBin }, { signal, report }) => {
    await ensureRepository(repo, signal)
    const finished = await readRef(repo, `build-${buildNumber}`)
    if (finished) return { commit: finished, files: (await readTree(repo, finished, { signal })).size, conflicts: [] }
    await report({ step: 'Writing migrations and tests' })
    const main = await readRef(repo, 'main')
    const migrations = main ? await readTree(repo, main, { under: ['migrations'], signal }) : undefined
    const tree = mergeTrees(...components, emitRest(blueprint, migrations))
    await report({ step: 'Laying out the code' })
    const keep = new Set([...(migrations?.keys() ?? [])].filter((path) => path.startsWith(VERSIONS)))
    const formatted = await formatPython(tree, { pythonBin, signal, keep })
    await report({ step: 'Committing it to the repository' })
    const { commit } = await commitBuild(repo, formatted, {
      build: buildNumber,
      message: `Build ${buildNumber}: ${blueprint.architecture.system.title ?? blueprint.architecture.system.name}`,
      signal,
    })
    return { commit, files: formatted.size, conflicts: [] }
  },
})
