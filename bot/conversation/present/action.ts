import type { Card } from '../../../schemas/generated/card.ts'
import { buttons } from '../buttons.ts'
import { buildAfter, buildBefore } from '../lineage.ts'
import type { Action, ThreadState } from '../state.ts'

const doing = {
  stop: 'Stopping',
  start: 'Starting',
  restart: 'Restarting',
  rollback: 'Rolling back',
  remove: 'Removing',
} as const
const failedTo = {
  stop: 'could not be stopped',
  start: 'could not be started',
  restart: 'could not be restarted',
  rollback: 'could not be rolled back',
  remove: 'could not be removed',
} as const

/** Returns the card of a piece of work on a running system. */
export const actionCard = (action: Action, state: ThreadState): Card => {
  const system = state.systems.get(action.systemId)
  const title = system?.title ?? 'The system'
  const about = system ? { system: system.slug } : {}
  if (action.status === 'queued' || action.status === 'running')
    return { kind: 'message', tone: 'plain', busy: true, ...about, text: `${doing[action.kind]} ${title}.` }
  const { result } = action
  if (action.status === 'failed') {
    const error = result && 'code' in result ? result : undefined
    return {
      kind: 'failed',
      ...about,
      title: `${title} ${failedTo[action.kind]}`,
      code: error?.code ?? 'internal',
      happened: error?.text ?? 'It did not work, and I do not know why.',
      safe: 'Its data was not touched.',
      next: error?.help || 'Ask me for its logs, then try again.',
      traceId: action.id.replaceAll('-', ''),
      buttons: system ? [buttons.logs(system.id)] : [],
    }
  }
  const done = result && !('code' in result) ? result : undefined
  return {
    kind: 'message',
    tone: 'good',
    ...about,
    text: done?.text ?? `${title}: done.`,
    ...(system ? { buttons: buttonsAfter(action, system) } : {}),
  }
}

/** What fits what was just done, as long as it is still so. */
const buttonsAfter = (
  action: Action,
  system: NonNullable<ReturnType<ThreadState['systems']['get']>>,
): ReturnType<typeof buttons.start>[] => {
  if (action.kind === 'stop') return system.status === 'stopped' ? [buttons.start(system.id)] : []
  if (action.kind !== 'rollback' || system.status !== 'running') return []
  // A card further up tells of a build that another one took the place of.
  if (action.buildId !== system.buildId) return []
  const after = buildAfter(system.succeeded, system.buildId)
  return [
    ...(system.url ? [buttons.open(system.url)] : []),
    ...(buildBefore(system.succeeded, system.buildId) ? [buttons.rollBack(system.id)] : []),
    ...(after ? [buttons.rollForward(system.id, after.number)] : []),
  ]
}
