import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { systemPaths } from '../../deploy/local/paths.ts'
import type { Release } from '../../deploy/target.ts'
import { canonicalArchitecture } from '../../pipeline/blueprint/canonical.ts'
import { parseArchitecture } from '../../pipeline/blueprint/parse.ts'
import { digestOf, type FileTree } from '../../pipeline/file-tree.ts'
import { emitMigration } from '../../pipeline/generate/migrations.ts'
import { writeRelease } from '../../pipeline/package/release-folder.ts'
import { emitFrom } from '../generate/write.ts'

type RealWish = {
  blueprint?: string
  engine?: Release['engine']
  mark?: string
  /** The path of a file that is spoilt. */
  break?: string
}

/** Writes a release of a blueprint in test/fixtures/blueprints, as the stages do; `mark` makes its digest another. */
export const makeRealRelease = async (
  data: string,
  system: string,
  { blueprint = 'todo', engine = 'sqlite', mark = '', ...wish }: RealWish,
): Promise<Release> => {
  const yaml = readFileSync(
    fileURLToPath(new URL(`../fixtures/blueprints/${blueprint}.architecture.yaml`, import.meta.url)),
    'utf8',
  )
  const { value } = parseArchitecture(yaml)
  if (!value) throw new Error('the fixture is not right')
  const architecture = canonicalArchitecture(value).value
  const tree: FileTree = new Map([...emitFrom(yaml, engine), ...emitMigration(undefined, architecture)])
  tree.set('docs/mark.txt', mark)
  if (wish.break) tree.set(wish.break, 'this is not Python\n')
  const digest = digestOf(tree)
  const folder = await writeRelease(systemPaths(data, system).releases, { tree, records: new Map(), digest })
  return { system, name: blueprint, digest, folder, engine, accounts: true }
}
