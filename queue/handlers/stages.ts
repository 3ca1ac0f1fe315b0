import { mkdir, rm } from 'node:fs/promises'
import { AppError } from '../../schemas/errors.ts'
import { releaseIn, releasesOf, repositoryOf, scratchOf } from '../folders.ts'
import * as builds from '../store/builds.ts'
import * as deployments from '../store/deployments.ts'
import * as evidence from '../store/evidence.ts'
import * as stageOutputs from '../store/stage-outputs.ts'
import * as systems from '../store/systems.ts'
import { type BuildStage, buildStage } from './build-stage.ts'
import { componentKey } from './component.ts'
import type { Handler, HandlerDeps } from './handler.ts'
import { type StoredTree, toTree } from './trees.ts'

/** Blueprint and components' files -> a commit on the system's main branch. */
export const generateHandler = (deps: HandlerDeps): Handler<BuildStage> =>
  buildStage(deps, 'generate', async ({ build, revision, blueprint, context }) => {
    const components = []
    for (const name of revision.components) {
      const stored = await stageOutputs.get<StoredTree>(deps.store.db, build.id, componentKey(name))
      components.push(stored ? toTree(stored) : deps.pipeline.emitComponent(name, blueprint))
    }
    const repo = repositoryOf(deps.data, build.systemId)
    const output = await deps.pipeline.generate({ blueprint, components, repo, buildNumber: build.number }, context)
    return { output, found: { commit: output.commit } }
  })

/** Commit -> evidence of every check. Throws AppError `check-failed` where one did not pass. */
export const hardenHandler = (deps: HandlerDeps): Handler<BuildStage> =>
  buildStage(deps, 'harden', async ({ build, context }) => {
    const work = scratchOf(deps.data, build.id)
    await rm(work, { recursive: true, force: true })
    await mkdir(work, { recursive: true })
    try {
      const repo = repositoryOf(deps.data, build.systemId)
      const found = await deps.pipeline.harden({ repo, commit: commitOf(build), work }, context)
      await evidence.put(deps.store.db, build.id, found.evidence)
      if (!found.passed) throw checkFailed(found.evidence.find((record) => record.result === 'failed'))
      return { output: { digest: found.digest } }
    } finally {
      await rm(work, { recursive: true, force: true })
    }
  })

/** What it means that a check did not pass. */
const meanings: Readonly<Record<string, string>> = {
  format: 'its code is not laid out as it should be',
  lint: 'its code holds likely mistakes',
  types: 'the types in its code do not fit',
  boot: 'it did not start for real',
  tests: 'its own tests do not all pass',
  contract: 'it does not answer as its OpenAPI file says',
}

const checkFailed = (record: { check: string; summary: string } | undefined): AppError => {
  const meaning = record && (meanings[record.check] ?? `the check “${record.check}” did not pass`)
  return new AppError(
    'check-failed',
    record ? `I wrote it, but ${meaning}: ${record.summary}.` : 'I wrote it, but one of its checks did not pass.',
    {
      help: 'Request a change in other words, or try again. “Show log” has all that the check printed.',
    },
  )
}

/** Commit and evidence -> an immutable release folder. */
export const packageHandler = (deps: HandlerDeps): Handler<BuildStage> =>
  buildStage(deps, 'package', async ({ build, system, blueprint, context }) => {
    const records = await evidence.ofBuild(deps.store.db, build.id)
    const output = await deps.pipeline.packageRelease(
      {
        repo: repositoryOf(deps.data, build.systemId),
        commit: commitOf(build),
        releases: releasesOf(deps.data, build.systemId),
        system: build.systemId,
        name: system.slug,
        blueprint,
        evidence: records.map(toEvidence),
      },
      context,
    )
    return { output, found: { release: output.release } }
  })

const toEvidence = ({ buildId: _build, createdAt: _at, passed, failed, detail, ...record }: evidence.EvidenceRow) => ({
  ...record,
  ...(passed === null ? {} : { passed }),
  ...(failed === null ? {} : { failed }),
  ...(detail === null ? {} : { detail }),
})

/** Release -> a URL that answered a moment ago; ends the build. */
export const deployHandler = (deps: HandlerDeps): Handler<BuildStage> =>
  buildStage(deps, 'deploy', async ({ build, context }) => {
    const release = releaseIn(deps.data, build.release)
    const { url } = await deps.pipeline.target.apply(release, {
      signal: context.signal,
      report: (step) => context.report({ step }),
      log: context.log,
    })
    await goLive(deps, build, url)
    return { output: { url } }
  })

/** The release serves: the build, the deployment and the system say so together or not at all. */
const goLive = (deps: HandlerDeps, build: builds.Build, url: string): Promise<void> =>
  deps.store.db.transaction(async (tx) => {
    const system = (await systems.lockRow(tx, build.systemId))!
    if (!(await builds.finish(tx, build.id, { status: 'succeeded', url, previousBuildId: system.buildId }))) return
    await deployments.live(tx, { systemId: system.id, buildId: build.id, target: deps.pipeline.target.name, url })
    await systems.update(tx, system.id, { status: 'running', url, revisionId: build.revisionId, buildId: build.id })
  })

const commitOf = (build: builds.Build): string => {
  if (!build.commit) throw new AppError('internal', `build ${build.id} reached a stage after generate without a commit`)
  return build.commit
}
