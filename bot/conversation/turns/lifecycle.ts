import * as actions from '../../../queue/store/actions.ts'
import * as builds from '../../../queue/store/builds.ts'
import type { Lifecycle } from '../intents.ts'
import { buildAfter, buildBefore, type Ran, ranOf } from '../lineage.ts'
import type { Build, System } from '../state.ts'
import { actionTurn } from './action.ts'
import { askPurge, askRemove } from './confirm.ts'
import { answer, isUnfinished, say, type Turn, type TurnContext } from './turn.ts'

/** Decides what is asked of a system that exists. Removing asks first; deleting data asks on its own and names the rows. */
export const lifecycleTurn = async (
  context: TurnContext,
  kind: Lifecycle,
  system: System,
  build?: number | 'next' | 'newest',
): Promise<Turn> => {
  const rows = await builds.ofSystem(context.db, system.id)
  const wait = await firstWords(context, system, rows)
  if (wait) return { wait }
  if (kind === 'remove') return askRemove(context, system)
  if (kind === 'purge') return askPurge(context, system)
  const no = impossible(kind, system)
  if (no) return answer(say(no, { system: system.slug, tone: 'refusal' }))
  if (kind === 'rollback') return rollTurn(context, system, ranOf(rows), build)
  if (kind === 'stop' && system.status === 'stopped')
    return answer(say(`${system.title} is stopped already.`, { system: system.slug }))
  if (
    kind === 'start' &&
    system.status === 'running' &&
    (await context.deps.target.status(system.id)).state === 'running'
  )
    return answer(say(`${system.title} is running already.`, { system: system.slug }))
  return actionTurn(context, kind, system)
}

/**
 * Runs a build that ran before, of those that ran, newest first: the one of a number, the newest, or the one next to what runs;
 * `undefined`: the one before it.
 */
const rollTurn = (
  context: TurnContext,
  system: System,
  ran: readonly Ran[],
  wanted: number | 'next' | 'newest' | undefined,
): Turn => {
  const refusal = (text: string) => answer(say(text, { system: system.slug, tone: 'refusal' }))
  const { title, buildId } = system
  const current = ran.find((build) => build.buildId === buildId)
  const build = {
    before: () => buildBefore(ran, buildId),
    next: () => buildAfter(ran, buildId),
    newest: () => ran[0],
    number: () => ran.find(({ number }) => number === wanted),
  }[wanted === undefined ? 'before' : typeof wanted === 'number' ? 'number' : wanted]()
  if (build && build.buildId !== buildId) return actionTurn(context, 'rollback', system, { buildId: build.buildId })
  if (build) return refusal(`${title} runs build ${build.number} already.`)
  const runs = `${title} runs build ${current?.number ?? '?'}`
  if (wanted === undefined) return refusal(`${runs}, and there is no earlier one to go back to.`)
  if (wanted === 'next' || wanted === 'newest') return refusal(`${runs}, and there is no later one to go forward to.`)
  return refusal(
    `There is no build ${wanted} of ${title} that could run. There is: ${ran.map(({ number }) => number).join(', ')}.`,
  )
}

const impossible = (kind: Lifecycle, system: System): string | undefined =>
  system.buildId
    ? undefined
    : `${system.title} was never online, so there is nothing to ${kind === 'rollback' ? 'roll back' : kind}.`

/** Returns what has to end first, before the system may be touched, or undefined. */
const firstWords = async (
  context: TurnContext,
  system: System,
  rows: readonly Build[],
): Promise<string | undefined> => {
  if (rows.some(isUnfinished)) return `I will do this as soon as the build of ${system.title} has ended.`
  const acting = (await actions.pending(context.db)).some((action) => action.systemId === system.id)
  return acting ? `I will do this as soon as what I am doing with ${system.title} has ended.` : undefined
}
