import * as actions from '../../../queue/store/actions.ts'
import * as builds from '../../../queue/store/builds.ts'
import type { Lifecycle } from '../intents.ts'
import type { System } from '../state.ts'
import { actionTurn } from './action.ts'
import { askPurge, askRemove } from './confirm.ts'
import { answer, isUnfinished, say, type Turn, type TurnContext } from './turn.ts'

/** Decides what is asked of a system that exists. Removing asks first; deleting data asks on its own and names the rows. */
export const lifecycleTurn = async (
  context: TurnContext,
  kind: Lifecycle,
  system: System,
  build?: number | 'newest',
): Promise<Turn> => {
  const busy = await busyWords(context, system)
  if (busy) return { wait: busy }
  if (kind === 'remove') return askRemove(context, system)
  if (kind === 'purge') return askPurge(context, system)
  if (kind === 'rollback' && build !== undefined && system.buildId) return buildTurn(context, system, build)
  const no = impossible(context, kind, system)
  if (no) return answer(say(no, { system: system.slug, tone: 'refusal' }))
  if (kind === 'stop' && system.status === 'stopped')
    return answer(say(`${system.title} is stopped already.`, { system: system.slug }))
  if (
    kind === 'start' &&
    system.status === 'running' &&
    (await context.deps.target.status(system.id)).state === 'running'
  )
    return answer(say(`${system.title} is running already.`, { system: system.slug }))
  const before = kind === 'rollback' ? (await builds.get(context.db, system.buildId!))?.previousBuildId : undefined
  return actionTurn(context, kind, system, before ? { buildId: before } : {})
}

/** Runs a build that ran before, an earlier or a later one. */
const buildTurn = async (context: TurnContext, system: System, wanted: number | 'newest'): Promise<Turn> => {
  const ready = (await builds.ofSystem(context.db, system.id)).filter((build) => build.status === 'succeeded')
  const build = wanted === 'newest' ? ready[0] : ready.find(({ number }) => number === wanted)
  const refusal = (text: string) => answer(say(text, { system: system.slug, tone: 'refusal' }))
  if (!build)
    return refusal(
      `There is no build ${wanted} of ${system.title} that could run. There is: ${ready.map(({ number }) => number).join(', ')}.`,
    )
  if (build.id === system.buildId) return refusal(`${system.title} runs build ${build.number} already.`)
  return actionTurn(context, 'rollback', system, { buildId: build.id })
}

const impossible = (context: TurnContext, kind: Lifecycle, system: System): string | undefined => {
  if (!system.buildId)
    return `${system.title} was never online, so there is nothing to ${kind === 'rollback' ? 'roll back' : kind}.`
  if (kind !== 'rollback') return undefined
  const known = context.state.systems.get(system.id)?.succeeded
  const current = known?.find((build) => build.buildId === system.buildId)
  if (known && !known.some((build) => build.number < (current?.number ?? 0)))
    return `There is no earlier release of ${system.title} to go back to.`
  return undefined
}

/** Returns what has to end before the system may be touched, or undefined. */
const busyWords = async (context: TurnContext, system: System): Promise<string | undefined> => {
  const running = (await builds.ofSystem(context.db, system.id)).some(isUnfinished)
  if (running) return `I will do this as soon as the build of ${system.title} has ended.`
  const acting = (await actions.pending(context.db)).some((action) => action.systemId === system.id)
  return acting ? `I will do this as soon as what I am doing with ${system.title} has ended.` : undefined
}
