import type { Card } from '../../../schemas/generated/card.ts'
import { buttons } from '../buttons.ts'
import type { Action, Build, ThreadState } from '../state.ts'

const buildWords = {
  succeeded: 'is online',
  failed: 'failed; what ran before still runs',
  cancelled: 'was cancelled',
} as const

/** Returns what a subscribed thread reads of a build that ended elsewhere. */
export const toldBuild = (build: Build, state: ThreadState): Card => {
  const system = state.systems.get(build.systemId)
  const url = build.url ?? system?.url
  const online = build.status === 'succeeded' && url
  return {
    kind: 'message',
    tone: build.status === 'succeeded' ? 'good' : 'warning',
    ...(system ? { system: system.slug } : {}),
    text: `${system?.title ?? 'A system'}: build ${build.number}, asked for by ${build.requestedBy.name}, ${buildWords[build.status as keyof typeof buildWords]}${online ? `: ${url}` : '.'}`,
    ...(online && system?.buildId === build.id ? { buttons: [buttons.open(url)] } : {}),
  }
}

/** Returns what a subscribed thread reads of work on a system that was asked for elsewhere. */
export const toldAction = (action: Action, state: ThreadState): Card => {
  const system = state.systems.get(action.systemId)
  const result = action.result as { text?: string } | null
  return {
    kind: 'message',
    tone: action.status === 'succeeded' ? 'plain' : 'warning',
    ...(system ? { system: system.slug } : {}),
    text: `${system?.title ?? 'A system'}, as ${action.requestedBy.name} asked: ${result?.text ?? action.kind}`,
  }
}
