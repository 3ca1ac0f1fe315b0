import type { CardStage } from '../../schemas/generated/card.ts'
import type { Build, BuildEvent } from './state.ts'

/** The stages of a build in their order, with what a person calls them. */
export const stageLabels = [
  ['generate', 'Write the code'],
  ['harden', 'Check it'],
  ['package', 'Pack the release'],
  ['deploy', 'Start it'],
] as const

const secondsBetween = (from: Date, to: Date): number =>
  Math.max(0, Math.round((to.getTime() - from.getTime()) / 100) / 10)

/** A build reports a stage by its name; the per-component children report as generate. */
const stageOf = (event: BuildEvent): string => (event.stage.startsWith('generate') ? 'generate' : event.stage)

/** Returns a build's stages with the state of each, from the events that it reported so far. */
export const stagesOf = (build: Build & { events: BuildEvent[] }): CardStage[] => {
  const first = new Map<string, BuildEvent>()
  const last = new Map<string, BuildEvent>()
  for (const event of build.events) {
    const stage = stageOf(event)
    if (!first.has(stage)) first.set(stage, event)
    last.set(stage, event)
  }
  const reached = stageLabels.findLastIndex(([name]) => first.has(name) || build.stage === name)
  return stageLabels.map(([name, label], index) => {
    const begun = first.get(name)
    const next = stageLabels
      .slice(index + 1)
      .map(([later]) => first.get(later))
      .find((event) => event !== undefined)
    const ended = next?.createdAt ?? build.finishedAt ?? undefined
    const state = stateOf(build, index, reached)
    const latest = last.get(name)
    return {
      name,
      label,
      state,
      ...(state === 'running' && latest ? { step: latest.step } : {}),
      ...(state === 'running' && latest?.done != null ? { done: latest.done } : {}),
      ...(state === 'running' && latest?.total != null ? { total: latest.total } : {}),
      ...(begun ? { startedAt: begun.createdAt.toISOString() } : {}),
      ...(begun && ended && state !== 'running' ? { seconds: secondsBetween(begun.createdAt, ended) } : {}),
    }
  })
}

const stateOf = (build: Build, index: number, reached: number): CardStage['state'] => {
  if (build.status === 'succeeded') return 'done'
  if (index < reached) return 'done'
  if (index > reached) return 'waiting'
  if (build.status === 'failed') return 'failed'
  if (build.status === 'cancelled') return 'cancelled'
  return 'running'
}

/** Returns how much of the whole is done: finished stages plus the running one's own share. */
export const shareOf = (stages: CardStage[]): number =>
  stages.reduce((sum, stage) => {
    if (stage.state === 'done') return sum + 1
    if (stage.state !== 'running' || !stage.total) return sum
    return sum + Math.min(0.95, (stage.done ?? 0) / stage.total)
  }, 0)
