import * as builds from '../../../queue/store/builds.ts'
import * as conversations from '../../../queue/store/conversations.ts'
import * as drafts from '../../../queue/store/drafts.ts'
import { oneLine } from '../../chat/plain.ts'
import type { Revision, System, ThreadState } from '../state.ts'
import { waitingHere, waitingWords } from '../waits.ts'
import { answer, isUnfinished, type Outcome, refuse, say, type Turn, type TurnContext } from './turn.ts'

/** Returns what has to end in this thread before another wish is taken up: one thing at a time. */
export const busyWords = (context: TurnContext): string | undefined => {
  const { state } = context
  if (state.drafts.some((draft) => draft.status === 'pending'))
    return 'Noted. I will take this up when the blueprint is drawn.'
  if (state.builds.some(isUnfinished)) return 'Noted. I will take this up as soon as the build has ended.'
  if (state.actions.some(isUnfinished)) return 'Noted. I will take this up in a moment.'
  return undefined
}

/** Gives up questions that nobody answered: a new wish takes their place. */
export const openDrafts = (context: TurnContext): string[] =>
  context.state.drafts.filter((draft) => draft.status === 'question').map((draft) => draft.id)

/** Says which blueprint waits on while the thread turns to another system. */
export const waitingReply = ({ state }: TurnContext, systemId: string | null): Pick<Outcome, 'reply'> => {
  const left = waitingHere(state)
  const words = left && left.systemId !== systemId ? waitingWords(state, left) : undefined
  return words === undefined ? {} : { reply: say(words) }
}

/** Starts the draft of a new system. */
export const newTurn = (context: TurnContext, text: string, title = text): Turn => {
  const busy = busyWords(context)
  if (busy) return { wait: busy }
  return {
    run: async (tx) => {
      const { conversation } = context.state
      for (const id of openDrafts(context)) await drafts.cancel(tx, id)
      const draft = await drafts.create(tx, { conversationId: conversation.id, text, actor: context.event.actor })
      if (conversation.title === '') await conversations.setTitle(tx, conversation.id, oneLine(title, 60))
      return { ...waitingReply(context, null), after: () => context.deps.queue.enqueueCompile(draft.id) }
    },
  }
}

/**
 * Returns the revision that a change of a system starts from: `wanted`, else the one that waits for approval in this thread,
 * else the one that runs, else the newest; undefined where there is none.
 */
export const baseOf = async (
  { state, revisionsOf }: TurnContext,
  system: System,
  wanted?: string,
): Promise<Revision | undefined> => {
  const all = await revisionsOf(system.id)
  return (
    all.find((revision) => revision.id === wanted && revision.status !== 'superseded') ??
    all.find((revision) => revision.status === 'proposed' && revision.conversationId === state.conversation.id) ??
    all.find((revision) => revision.id === system.revisionId) ??
    all[0]
  )
}

/** Returns what has to end before a system may be changed, or undefined. */
export const builtWords = async ({ db }: TurnContext, system: System): Promise<string | undefined> =>
  (await builds.ofSystem(db, system.id)).some(isUnfinished)
    ? `Noted. I will take this up as soon as the build of ${system.title} has ended.`
    : undefined

/** Starts the draft of a change: on the blueprint that waits for approval, else on what runs, else on the newest. */
export const changeTurn = async (
  context: TurnContext,
  system: System,
  text: string,
  revisionId?: string,
): Promise<Turn> => {
  const busy = busyWords(context) ?? (await builtWords(context, system))
  if (busy) return { wait: busy }
  const base = await baseOf(context, system, revisionId)
  if (!base) return answer(say(`${system.title} has no blueprint yet that I could change.`, { tone: 'refusal' }))
  return {
    run: async (tx) => {
      const { conversation } = context.state
      for (const id of openDrafts(context)) await drafts.cancel(tx, id)
      const draft = await drafts.create(tx, {
        conversationId: conversation.id,
        text,
        actor: context.event.actor,
        systemId: system.id,
        baseRevisionId: base.id,
      })
      await conversations.setSystem(tx, conversation.id, system.id)
      return {
        ...(system.id === conversation.systemId ? {} : waitingReply(context, system.id)),
        after: () => context.deps.queue.enqueueCompile(draft.id),
      }
    },
  }
}

/**
 * Draws a proposal again on what was approved meanwhile: the same words, with those that it was drawn on where these were
 * never built either.
 */
export const rebaseTurn = async (context: TurnContext, revisionId: string): Promise<Turn> => {
  const { state, systems } = context
  const words: string[] = []
  let revision: ThreadState['revisions'][number] | undefined = state.revisions.find((row) => row.id === revisionId)
  const system = systems.find((row) => row.id === revision?.systemId)
  if (!revision || !system?.revisionId) return refuse('This blueprint was put aside. Write what you need again.')
  while (revision && revision.status !== 'approved') {
    const { draftId, baseRevisionId }: ThreadState['revisions'][number] = revision
    const draft = state.drafts.find((row) => row.id === draftId)
    if (draft) words.unshift(draft.text.replace(/[\s.]+$/, ''))
    revision = state.revisions.find((row) => row.id === baseRevisionId)
  }
  return changeTurn(context, system, words.join('. '), system.revisionId)
}
