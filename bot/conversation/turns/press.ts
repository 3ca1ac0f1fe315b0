import * as builds from '../../../queue/store/builds.ts'
import { fullFor } from '../../../queue/store/limits.ts'
import * as systemRows from '../../../queue/store/systems.ts'
import type { Button, Card } from '../../../schemas/generated/card.ts'
import type { PressEvent } from '../../../schemas/generated/chat-event.ts'
import { offered } from '../../chat/render-text.ts'
import { blueprintKey } from '../presenter.ts'
import { denialWords, may, type Right } from '../rights.ts'
import type { System } from '../state.ts'
import { fullWords } from '../team/places.ts'
import { teamPress } from '../team/press.ts'
import { answerQuestion } from './answer-question.ts'
import { cancelBuild } from './cancel.ts'
import { approve, reject } from './decide.ts'
import { decidedWords } from './decided.ts'
import { downloadTurn, filesTurn } from './files.ts'
import { lifecycleTurn } from './lifecycle.ts'
import { checkLogTurn, logsTurn } from './logs.ts'
import { openTurn } from './systems.ts'
import { answer, refuse, say, type Turn, type TurnContext } from './turn.ts'
import { changeTurn, rebaseTurn } from './wish.ts'

/** Decides a press. The stored card is asked what may be pressed, never the event: a client can press only what is offered. */
export const decidePress = async (context: TurnContext<PressEvent>): Promise<Turn> => {
  const { event, state } = context
  const card = state.stored.get(event.card)
  if (!card) return refuse('This button belongs to a message that I do not know. Nothing was done.')
  // A press without its value, or with that of an older card, was not made on what the card shows now.
  const button = offered(card).find(({ id, value = '' }) => id === event.button && value === (event.value ?? ''))
  if (!button) return refuse(staleWords(card))
  const right = card.kind === 'question' ? questionRight(event.card) : (rights[button.id] ?? 'read')
  if (!may(context.standing, right)) return refuse(denialWords(context.standing, right))
  if (card.kind === 'question') return answerQuestion(context, event.card, card, button)
  return act(context, event.card, button)
}

/** What a button needs; one that is not named only reads. */
const rights: Readonly<Record<string, Right>> = {
  approve: 'approve',
  reject: 'ask',
  revise: 'ask',
  rebase: 'ask',
  change: 'ask',
  cancel: 'ask',
  retry: 'ask',
  stop: 'run',
  start: 'run',
  rollback: 'run',
  forward: 'run',
  subscribe: 'ask',
  unsubscribe: 'ask',
  fork: 'ask',
  archive: 'run',
  restore: 'run',
}

/** Questions before a draft are the asker's; those before a removal are not. */
const questionRight = (key: string): Right => (key.startsWith('confirm:') ? 'remove' : 'ask')

const staleWords = (card: Card): string => {
  if (card.kind === 'blueprint') return decidedWords(card)
  if (card.kind === 'question')
    return card.answer
      ? `This was answered already${card.answer.by ? ` by ${card.answer.by}` : ''}: ${card.answer.label}.`
      : 'This question does not matter any more.'
  return 'This button belongs to an earlier state of things. Nothing was done.'
}

const act = async (context: TurnContext<PressEvent>, key: string, button: Button): Promise<Turn> => {
  const { event, state, systems } = context
  const value = button.value ?? ''
  const system = systems.find((row) => row.id === value)
  switch (button.id) {
    case 'approve': {
      const revision = state.revisions.find((row) => blueprintKey(state, row.id) === key)
      return revision
        ? approve(context, revision.id, value)
        : refuse('I cannot find this blueprint any more. Nothing was done.')
    }
    case 'reject':
      return reject(context, value)
    case 'revise': {
      const revision = state.revisions.find((row) => row.id === value)
      const about = revision && systems.find((row) => row.id === revision.systemId)
      if (!revision || !about) return refuse('This blueprint was put aside. Write what you need and I start again.')
      const text = event.text?.trim()
      return text
        ? changeTurn(context, about, text, revision.id)
        : answer(say('What should be different? Write it in a sentence.'))
    }
    case 'rebase':
      return rebaseTurn(context, value)
    case 'change': {
      if (!system) return refuse('This system was removed.')
      const text = event.text?.trim()
      return text
        ? changeTurn(context, system, text)
        : answer(say(`What should change in ${system.title}? Write it in a sentence, such as “add a due date”.`))
    }
    case 'cancel':
      return cancelBuild(context, value)
    case 'retry':
      return retry(context, value)
    case 'files':
      return filesTurn(context, value)
    case 'download':
      return downloadTurn(context, value)
    case 'about':
      return system ? openTurn(context, system) : refuse('This system was removed.')
    case 'hand-over':
    case 'fork':
    case 'subscribe':
    case 'unsubscribe':
    case 'archive':
    case 'restore':
      return system ? teamPress(context, button, system) : refuse('This system was removed.')
    case 'check-log':
      return checkLogTurn(context, value)
    case 'logs':
      return system ? logsTurn(context, system) : refuse('This system was removed.')
    case 'stop':
    case 'start':
    case 'rollback':
    case 'forward':
      return system ? lifecycle(context, button.id, system) : refuse('This system was removed.')
    default:
      return refuse('I do not know this button. Nothing was done.')
  }
}

const lifecycle = (
  context: TurnContext,
  id: 'stop' | 'start' | 'rollback' | 'forward',
  system: System,
): Promise<Turn> =>
  id === 'forward' ? lifecycleTurn(context, 'rollback', system, 'next') : lifecycleTurn(context, id, system)

const retry = (context: TurnContext, buildId: string): Turn => ({
  run: async (tx) => {
    const failed = await builds.get(tx, buildId)
    if (failed) {
      await systemRows.lockRow(tx, failed.systemId)
      const full = await fullFor(tx, failed)
      if (full) return { whisper: fullWords(full, 'press Try again once more') }
    }
    const build = await builds.retry(tx, { buildId, actor: context.event.actor })
    if (!build) return { whisper: 'This was started again already, or a newer build took its place.' }
    return { after: () => context.deps.queue.enqueueBuild(build.id) }
  },
})
