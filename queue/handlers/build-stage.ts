import type { StageContext } from '../../pipeline/stage.ts'
import type { AppError } from '../../schemas/errors.ts'
import type { BUILD_STAGES, Jobs } from '../jobs.ts'
import type { BlueprintText } from '../pipeline-contract.ts'
import * as buildEvents from '../store/build-events.ts'
import * as builds from '../store/builds.ts'
import * as evidence from '../store/evidence.ts'
import * as revisions from '../store/revisions.ts'
import * as stageOutputs from '../store/stage-outputs.ts'
import * as systems from '../store/systems.ts'
import { type Handler, type HandlerDeps, withSystemLock } from './handler.ts'

type BuildStage = (typeof BUILD_STAGES)[number]
export type BuildRun = {
  build: builds.Build
  system: systems.System
  revision: revisions.Revision
  blueprint: BlueprintText
  context: StageContext
}

/**
 * Returns the handler of a stage of a build. `work` runs at most in one process at a time for a system, and not again
 * once its output is stored; what it returns is kept for the next stages, with `found` on the build's row.
 */
export const buildStage = (
  deps: HandlerDeps,
  stage: BuildStage,
  work: (run: BuildRun) => Promise<{ output: unknown; found?: Partial<Pick<builds.Build, 'commit' | 'release'>> }>,
): Handler<BuildStage> => {
  const { db } = deps.store
  return {
    run: async ({ buildId, attempt }, { signal: outer, log }) => {
      const known = await builds.get(db, buildId)
      if (!known || known.finishedAt || known.attempt !== attempt) return
      await withSystemLock(deps.store, known.systemId, outer, async (signal) => {
        const build = await builds.beginStage(db, buildId, attempt, stage)
        if (!build) return endIfCancelled(deps, buildId)
        if ((await stageOutputs.get(db, buildId, stage)) !== undefined) return
        const [system, revision] = await Promise.all([
          systems.get(db, build.systemId),
          revisions.get(db, build.revisionId),
        ])
        const context = contextOf(deps, build, stage, signal, log)
        const { output, found } = await work({
          build,
          system: system!,
          revision: revision!,
          blueprint: { architecture: revision!.architecture, deployment: revision!.deployment },
          context,
        })
        await db.transaction(async (tx) => {
          // Deploy ends the build, and with it everything that stages keep for each other.
          if (!(await builds.record(tx, buildId, found ?? {}))) return
          await stageOutputs.put(tx, buildId, stage, output)
        })
      })
    },
    fail: ({ buildId }, error) => failBuild(deps, buildId, stage, error),
    cancel: ({ buildId }) => endIfCancelled(deps, buildId),
  }
}

/** Returns what a stage is given besides its input: every report becomes an event of the build. */
export const contextOf = (
  deps: HandlerDeps,
  build: builds.Build,
  stage: string,
  signal: AbortSignal,
  log: HandlerDeps['log'],
): StageContext => ({
  signal,
  report: (progress) => buildEvents.report(deps.store.db, { buildId: build.id, stage, ...progress }),
  log: log.child({
    team: build.teamId,
    conversation: build.conversationId,
    build: build.id,
    trace: build.traceId,
  }),
})

/** Ends a build as cancelled where that was asked for. */
export const endIfCancelled = async (deps: HandlerDeps, buildId: string): Promise<void> => {
  const build = await builds.get(deps.store.db, buildId)
  if (build?.cancelRequested) await builds.finish(deps.store.db, buildId, { status: 'cancelled' })
}

/** Ends a build as failed and says what people may know of it; the rest is in the log under the build's trace id. */
export const failBuild = async (
  deps: Pick<HandlerDeps, 'store' | 'log'>,
  buildId: string,
  stage: string,
  error: AppError,
): Promise<void> => {
  const { db } = deps.store
  const build = await builds.get(db, buildId)
  if (!build) return
  const failed = (await evidence.ofBuild(db, buildId)).find((record) => record.result === 'failed')
  const internal = error.code === 'internal'
  const ended = await builds.finish(db, buildId, {
    status: 'failed',
    error: {
      code: error.code,
      // The message of an error that nobody foresaw may name paths of this machine.
      text: internal ? `Something in AutoCoder itself went wrong during ${stage}.` : error.message,
      help: internal ? `Try again; if it stays, report it with the trace id ${build.traceId}.` : error.help,
      stage,
      traceId: build.traceId,
      ...(failed && error.code === 'check-failed' ? { evidence: failed.check } : {}),
    },
  })
  if (ended)
    deps.log.error({ err: error, build: buildId, stage, trace: build.traceId, code: error.code }, 'a build failed')
}

export type { BuildStage }
export type BuildPayload = Jobs[BuildStage]
