import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { toAppError } from '../../schemas/errors.ts'
import type { Evidence } from '../../schemas/generated/evidence.ts'
import { CONTRACT_FILE } from '../blueprint/contract/file.ts'
import { digestOf, type FileTree } from '../file-tree.ts'
import { readTree } from '../generate/repository-objects.ts'
import { defineStage } from '../stage.ts'
import { writeTree } from '../tree-folder.ts'
import { bootCheck } from './boot.ts'
import { type Check, type CheckContext, cutDetail, type Finding } from './check.ts'
import { contractCheck } from './contract.ts'
import { formatCheck } from './format.ts'
import { lintCheck } from './lint.ts'
import { testsCheck } from './tests.ts'
import { typesCheck } from './types.ts'

export type HardenInput = {
  /** Absolute path of the system's bare repository. */
  repo: string
  /** Commit on main. */
  commit: string
  /** Scratch folder of this build; emptied at the start, removed at the end. */
  work: string
  pythonBin: string
  engine: 'sqlite'
}

export type HardenOutput = {
  /** Digest of the tree that was checked. */
  digest: string
  /** In the order of the ladder, one a check, failed ones included. */
  evidence: Evidence[]
  passed: boolean
}

/** In the order in which a person would want to hear of a failure. */
const LADDER: readonly Check[] = [formatCheck, lintCheck, typesCheck, bootCheck, testsCheck]

/** The checks of a tree: whether an interface was asked for decides whether there is one more. */
const ladderOf = (tree: FileTree): readonly Check[] => (tree.has(CONTRACT_FILE) ? [...LADDER, contractCheck] : LADDER)

const raise = (error: unknown): never => {
  throw error
}

const round = (seconds: number): number => Math.round(seconds * 1000) / 1000

const runCheck = async (check: Check, context: CheckContext, digest: string): Promise<Evidence> => {
  const started = performance.now()
  await mkdir(context.scratch, { recursive: true })
  const finding: Finding = await check.run(context).catch((error: unknown): Finding => {
    context.signal.throwIfAborted()
    const problem = toAppError(error)
    return {
      tool: check.name,
      version: 'unknown',
      result: 'failed',
      summary: `The check itself could not run: ${problem.message}`,
      detail: cutDetail(String(problem.cause ?? problem.stack)),
    }
  })
  return { check: check.name, digest, seconds: round((performance.now() - started) / 1000), ...finding }
}

/**
 * Runs all checks on a commit, side by side, and returns their evidence whether they passed or not. Throws only where the
 * tree cannot be read and when the signal aborts.
 */
export const harden = defineStage<HardenInput, HardenOutput>({
  name: 'harden',
  run: async ({ repo, commit, work, pythonBin, engine }, { signal, report, log }) => {
    const tree = await readTree(repo, commit, { signal })
    const digest = digestOf(tree)
    const ladder = ladderOf(tree)
    // hypothesis reads the source of every module for numbers and words worth trying, but for those below a folder of
    // this name; in a system of hundreds of modules that would take longer than its tests.
    const folder = join(work, 'test')
    await rm(work, { recursive: true, force: true })
    try {
      await writeTree(folder, tree, signal)
      let done = 0
      const one = async (check: Check): Promise<Evidence> => {
        const scratch = join(work, check.name)
        const evidence = await runCheck(
          check,
          { folder, scratch, cache: join(work, 'cache'), pythonBin, engine, signal },
          digest,
        )
        log.info({ check: check.name, result: evidence.result, seconds: evidence.seconds }, evidence.summary)
        done += 1
        await report({ step: check.step, done, total: ladder.length })
        return evidence
      }
      // All of them end before the folder goes, whatever became of one.
      const settled = await Promise.allSettled(ladder.map(one))
      signal.throwIfAborted()
      const evidence = settled.map((each) => (each.status === 'fulfilled' ? each.value : raise(each.reason)))
      return { digest, evidence, passed: evidence.every(({ result }) => result === 'passed') }
    } finally {
      await rm(work, { recursive: true, force: true })
    }
  },
})
