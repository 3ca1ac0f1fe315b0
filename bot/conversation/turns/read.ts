import * as builds from '../../../queue/store/builds.ts'
import * as revisions from '../../../queue/store/revisions.ts'
import type { CardItem } from '../../../schemas/generated/card.ts'
import { inWords, oneLine } from '../../chat/plain.ts'
import { buttons } from '../buttons.ts'
import { architectureOf, describeRevision } from '../described.ts'
import { stagesOf } from '../stages.ts'
import type { System } from '../state.ts'
import { timerItems } from '../timer-items.ts'
import { answer, isUnfinished, say, type Turn, type TurnContext } from './turn.ts'
import { baseOf } from './wish.ts'

const stateWords = {
  running: 'It has been running',
  starting: 'It is starting',
  stopped: 'It is stopped',
  crashing: 'It keeps crashing',
  absent: 'It is not online',
} as const

/** Tells how a system is, asked from where it runs, and how far its build is. */
export const statusTurn = async (context: TurnContext, system: System): Promise<Turn> => {
  const { deps, db, state } = context
  const status = await deps.target.status(system.id)
  const running = (await builds.ofSystem(db, system.id)).find(isUnfinished)
  const live = system.buildId ? await builds.get(db, system.buildId) : undefined
  const items: CardItem[] = []
  if (running) {
    const known = state.builds.find((build) => build.id === running.id)
    const stage = known ? stagesOf(known).find((one) => one.state === 'running') : undefined
    const seconds = (Date.now() - running.createdAt.getTime()) / 1000
    items.push({
      title: `Build ${running.number} is under way`,
      text: `${stage ? `${stage.label}, ` : ''}${inWords(seconds)} so far`,
      state: 'busy',
    })
  }
  const up = status.uptime === undefined ? '' : ` for ${inWords(status.uptime)}`
  items.push({
    title: `${stateWords[status.state]}${status.state === 'running' ? up : ''}`,
    ...(status.detail && status.state !== 'running' ? { text: oneLine(status.detail) } : {}),
    state:
      status.state === 'running'
        ? 'good'
        : status.state === 'crashing'
          ? 'bad'
          : status.state === 'starting'
            ? 'busy'
            : 'idle',
    ...(status.url && status.state === 'running' ? { url: status.url } : {}),
  })
  if (live) items.push({ title: `Build ${live.number}`, text: `built ${dayOf(live.finishedAt ?? live.createdAt)}` })
  const revision = live && status.state === 'running' ? await revisions.get(db, live.revisionId) : undefined
  if (revision) items.push(...timerItems(architectureOf(revision)))
  if (status.restarts > 0)
    items.push({
      title: `Restarted ${status.restarts === 1 ? 'once' : `${status.restarts} times`} after a crash`,
      state: 'bad',
    })
  return answer({
    kind: 'list',
    title: system.title,
    system: system.slug,
    items,
    empty: '',
    buttons:
      status.state === 'running'
        ? [buttons.stop(system.id), buttons.logs(system.id)]
        : status.state === 'stopped' && system.buildId
          ? [buttons.start(system.id)]
          : [],
  })
}

const dayOf = (date: Date): string => `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`

const buildWords = {
  queued: ['waits for its turn', 'busy'],
  running: ['is under way', 'busy'],
  succeeded: ['succeeded', 'good'],
  failed: ['failed', 'bad'],
  cancelled: ['was cancelled', 'idle'],
} as const

/** Lists a system's builds, newest first. */
export const buildsTurn = async (context: TurnContext, system: System): Promise<Turn> => {
  const rows = await builds.ofSystem(context.db, system.id)
  const numbers = new Map((await context.revisionsOf(system.id)).map((row) => [row.id, row.number]))
  return answer({
    kind: 'list',
    title: `Builds of ${system.title}`,
    system: system.slug,
    items: rows.slice(0, 20).map((build) => {
      const [word, state] = buildWords[build.status]
      const took = build.finishedAt
        ? ` in ${inWords((build.finishedAt.getTime() - build.createdAt.getTime()) / 1000)}`
        : ''
      return {
        title: `Build ${build.number} ${word}${build.status === 'succeeded' ? took : ''}`,
        text: `blueprint ${numbers.get(build.revisionId) ?? '?'}, asked for by ${oneLine(build.requestedBy.name, 60)}, ${dayOf(build.createdAt)}${build.id === system.buildId ? ' (this one is online)' : ''}`,
        // Of many that succeeded one is online.
        ...(build.status === 'succeeded' && build.id !== system.buildId ? {} : { state }),
      }
    }),
    empty: 'Nothing was built yet.',
  })
}

/** Tells what the blueprint that waits here, else the one that runs, changed against the one that it was drawn on. */
export const changesTurn = async (context: TurnContext, system: System): Promise<Turn> => {
  const all = await context.revisionsOf(system.id)
  const shown = await baseOf(context, system)
  const before = all.find((row) => row.id === shown?.baseRevisionId)
  if (!shown || !before)
    return answer(
      say(
        all.length > 1
          ? `What ${system.title} runs is its first blueprint, so nothing has changed against an earlier one.`
          : `${system.title} has only one blueprint, so nothing has changed yet.`,
        { system: system.slug },
      ),
    )
  const { changes } = describeRevision(shown, before)
  return answer({
    kind: 'diff',
    title: `${system.title}: blueprint ${before.number} to ${shown.number}`,
    system: system.slug,
    from: before.number,
    to: shown.number,
    changes,
  })
}
