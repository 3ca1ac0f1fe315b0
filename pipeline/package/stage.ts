import type { Release } from '../../deploy/target.ts'
import { AppError } from '../../schemas/errors.ts'
import type { Evidence } from '../../schemas/generated/evidence.ts'
import { webhookSecrets } from '../blueprint/background.ts'
import type { Blueprint } from '../blueprint/blueprint.ts'
import { digestOf } from '../file-tree.ts'
import { readTree } from '../generate/repository-objects.ts'
import { defineStage } from '../stage.ts'
import { emitBuildLock, emitEvidence } from './build-lock.ts'
import { writeRelease } from './release-folder.ts'

export type PackageInput = {
  /** Absolute path of the system's bare repository. */
  repo: string
  /** Commit on main: the one that was checked. */
  commit: string
  /** Absolute path of the folder that holds the system's releases. */
  releases: string
  /** The system's stable id. */
  system: string
  /** Short name for people. */
  name: string
  blueprint: Blueprint
  evidence: Evidence[]
}

export type PackageOutput = { release: Release }

const assertProven = (evidence: Evidence[], digest: string): void => {
  const failed = evidence.filter(({ result }) => result !== 'passed').map(({ check }) => check)
  const foreign = evidence.filter((record) => record.digest !== digest).map(({ check }) => check)
  if (evidence.length > 0 && failed.length === 0 && foreign.length === 0) return
  const what =
    failed.length > 0 ? `failed: ${failed.join(', ')}` : foreign.length > 0 ? 'ran on other files' : 'are missing'
  throw new AppError('release-unproven', `There is no release without its checks, and they ${what}`, {
    help: 'Build again: the checks run before the release is made.',
  })
}

/**
 * Turns a commit that passed its checks into a release: an immutable folder named after the digest of its files. Repeating
 * it returns the same release. Throws AppError `release-unproven`, `release-damaged`, `repository-link`.
 */
export const packageRelease = defineStage<PackageInput, PackageOutput>({
  name: 'package',
  run: async ({ repo, commit, releases, system, name, blueprint, evidence }, { signal, report }) => {
    await report({ step: 'Writing the release' })
    const tree = await readTree(repo, commit, { signal })
    const digest = digestOf(tree)
    assertProven(evidence, digest)
    const records = emitEvidence(evidence)
    records.set('build.lock', emitBuildLock({ tree, digest, commit, evidence: records, checks: evidence }))
    const folder = await writeRelease(releases, { tree, records, digest, signal })
    const secrets = webhookSecrets(blueprint.architecture)
    const engines = Object.values(blueprint.deployment.bindings).map(({ engine }) => engine)
    return {
      release: {
        system,
        name,
        digest,
        folder,
        engine: engines.includes('postgres') ? 'postgres' : 'sqlite',
        accounts: blueprint.architecture.policies.authn !== undefined,
        ...(blueprint.deployment.outbound ? { outbound: [...blueprint.deployment.outbound.allow] } : {}),
        ...(secrets.length ? { webhookSecrets: secrets } : {}),
        ...(blueprint.deployment.transports ? { redis: true } : {}),
      },
    }
  },
})
