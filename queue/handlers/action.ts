import { AppError } from '../../schemas/errors.ts'
import { releaseIn } from '../folders.ts'
import * as actions from '../store/actions.ts'
import * as builds from '../store/builds.ts'
import type { Db } from '../store/db.ts'
import * as deployments from '../store/deployments.ts'
import type { ActionResult } from '../store/schema.ts'
import * as systems from '../store/systems.ts'
import { type Handler, type HandlerDeps, withSystemLock } from './handler.ts'

type Deed = {
  deps: HandlerDeps
  action: actions.Action
  system: systems.System
  signal: AbortSignal
  log: HandlerDeps['log']
}
/** What was done, and what the store shall say of it, in the transaction that ends the action. */
type Done = { result: ActionResult; write: (tx: Db) => Promise<void> }

/** Stop, start, restart, roll back, remove: one at a time for a system, and never beside a stage of its build. */
export const actionHandler = (deps: HandlerDeps): Handler<'action'> => {
  const { db } = deps.store
  return {
    run: async ({ actionId, attempt }, { signal: outer, log }) => {
      const known = await actions.get(db, actionId)
      if (!known || known.finishedAt || known.attempt !== attempt) return
      if (known.kind === 'remove') await cancelBuilds(deps, known)
      await withSystemLock(deps.store, known.systemId, outer, async (signal) => {
        const action = await actions.begin(db, actionId, attempt)
        if (!action) return
        const system = (await systems.get(db, action.systemId))!
        const done = await deeds[action.kind]({ deps, action, system, signal, log: log.child({ action: actionId }) })
        await db.transaction(async (tx) => {
          if (await actions.finish(tx, actionId, { status: 'succeeded', result: done.result })) await done.write(tx)
        })
      })
    },
    fail: async ({ actionId }, error) => {
      const internal = error.code === 'internal'
      const text = internal ? 'Something in AutoCoder itself went wrong.' : error.message
      const result = { code: error.code, text, help: internal ? 'Try again.' : error.help }
      if (await actions.finish(db, actionId, { status: 'failed', result }))
        deps.log.warn({ err: error, action: actionId, code: error.code }, 'an action failed')
    },
    // Actions take seconds and have no cancel.
    cancel: async () => undefined,
  }
}

const cancelBuilds = async (deps: HandlerDeps, action: actions.Action): Promise<void> => {
  for (const build of await builds.ofSystem(deps.store.db, action.systemId))
    if (!build.finishedAt) await builds.requestCancel(deps.store.db, { buildId: build.id, actor: action.requestedBy })
}

const running = ({ system }: Deed): void => {
  if (system.status === 'removed')
    throw new AppError('system-removed', `${system.title} was removed`, { help: 'Build it anew.' })
  if (!system.buildId)
    throw new AppError('nothing-deployed', `${system.title} was never deployed`, {
      help: 'Approve its blueprint first.',
    })
}

const contextOf = ({ signal, log }: Deed) => ({ signal, report: async () => undefined, log })

const begin =
  (verb: string) =>
  async (deed: Deed): Promise<Done> => {
    running(deed)
    const { deps, system } = deed
    const { url } = await deps.pipeline.target.start(system.id, contextOf(deed))
    return {
      result: { text: `${system.title} ${verb}.`, url },
      write: async (tx) => {
        await systems.update(tx, system.id, { status: 'running', url })
        await deployments.live(tx, {
          systemId: system.id,
          buildId: system.buildId!,
          target: deps.pipeline.target.name,
          url,
        })
      },
    }
  }

const deeds: Record<actions.Action['kind'], (deed: Deed) => Promise<Done>> = {
  start: begin('runs'),
  restart: begin('was restarted'),
  stop: async (deed) => {
    running(deed)
    const { deps, system } = deed
    await deps.pipeline.target.stop(system.id)
    return {
      result: { text: `${system.title} was stopped. Its data is kept.` },
      write: async (tx) => {
        await systems.update(tx, system.id, { status: 'stopped' })
        await deployments.settle(tx, system.id, 'stopped')
      },
    }
  },
  rollback: async (deed) => {
    running(deed)
    const { deps, system, action } = deed
    const { db } = deps.store
    const current = (await builds.get(db, system.buildId!))!
    const chosen = action.buildId ?? current.previousBuildId
    const target = chosen ? await builds.get(db, chosen) : undefined
    if (!target?.release)
      throw new AppError('nothing-earlier', `There is no earlier version of ${system.title} to go back to`, {
        help: `Build ${current.number} is the first one that was deployed.`,
      })
    const { url } = await deps.pipeline.target.rollback(releaseIn(deps.data, target.release), contextOf(deed))
    return {
      result: { text: `${system.title} runs build ${target.number} again. Its data is kept.`, url },
      write: async (tx) => {
        await deployments.live(tx, { systemId: system.id, buildId: target.id, target: deps.pipeline.target.name, url })
        await systems.update(tx, system.id, {
          status: 'running',
          url,
          revisionId: target.revisionId,
          buildId: target.id,
        })
      },
    }
  },
  remove: async ({ deps, action, system }) => {
    await deps.pipeline.target.remove(system.id, { purge: action.purge })
    const kept = action.purge ? 'Its data is gone.' : 'Its data is kept on the machine.'
    return {
      result: { text: `${system.title} was removed. ${kept}` },
      write: async (tx) => {
        await systems.update(tx, system.id, { status: 'removed', url: null })
        await deployments.settle(tx, system.id, 'removed')
      },
    }
  },
}
