import * as builds from '../store/builds.ts'
import * as revisions from '../store/revisions.ts'
import * as stageOutputs from '../store/stage-outputs.ts'
import { endIfCancelled, failBuild } from './build-stage.ts'
import type { Handler, HandlerDeps } from './handler.ts'
import { toStoredTree } from './trees.ts'

/** The key under which a component's files wait for generate. */
export const componentKey = (component: string): string => `component:${component}`

/** Generates one component: pure, so any number of processes may do any of them at the same time. */
export const componentHandler = (deps: HandlerDeps): Handler<'generate-component'> => {
  const { db } = deps.store
  return {
    run: async ({ buildId, attempt, component }, { signal }) => {
      const build = await builds.beginStage(db, buildId, attempt, 'generate')
      if (!build) return endIfCancelled(deps, buildId)
      const key = componentKey(component)
      if ((await stageOutputs.keys(db, buildId, key)).includes(key)) return
      const revision = (await revisions.get(db, build.revisionId))!
      signal.throwIfAborted()
      await stageOutputs.put(db, buildId, key, toStoredTree(deps.pipeline.emitComponent(component, revision)))
    },
    fail: ({ buildId }, error) => failBuild(deps, buildId, 'generate', error),
    cancel: ({ buildId }) => endIfCancelled(deps, buildId),
  }
}
