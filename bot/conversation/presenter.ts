import type { Card } from '../../schemas/generated/card.ts'
import type { ThreadCard } from '../chat/adapter.ts'
import { actionCard } from './present/action.ts'
import { blueprintCard } from './present/blueprint.ts'
import { finalCard, progressCard } from './present/build.ts'
import { draftCards } from './present/draft.ts'
import { toldAction, toldBuild } from './present/told.ts'
import type { ThreadState } from './state.ts'

/** Returns the key under which a revision's blueprint stands in its thread. */
export const blueprintKey = (state: ThreadState, revisionId: string): string => {
  const revision = state.revisions.find((row) => row.id === revisionId)
  const draft = state.drafts.find((row) => row.id === revision?.draftId)
  // A draft without questions becomes its blueprint in place; after questions the blueprint stands below them.
  return draft && Object.keys(draft.answers).length === 0 ? `draft:${draft.id}` : `blueprint:${revisionId}`
}

const isAtRest = (card: Card | undefined): boolean => card?.kind === 'progress' && card.seconds !== undefined

/**
 * Returns the cards that a thread should show, in the order in which they first appear. Pure: the same rows give the
 * same cards, so a restart continues where it was and progress coalesces by itself.
 */
export const present = (state: ThreadState): ThreadCard[] => {
  const rows = [
    ...state.drafts.map((draft) => ({ at: draft.createdAt, cards: () => draftCards(draft, state) })),
    ...state.revisions.map((revision) => ({
      at: revision.createdAt,
      cards: () => [{ key: blueprintKey(state, revision.id), card: blueprintCard(revision, state) }],
    })),
    ...state.builds.map((build) => ({
      at: build.createdAt,
      cards: () => {
        const final = finalCard(build, state)
        const progress = { key: `build:${build.id}`, card: progressCard(build, state) }
        return [
          // What moved has come to rest, and its events are not loaded any more: the card stays as it is.
          ...(isAtRest(state.stored.get(progress.key)) ? [] : [progress]),
          ...(final ? [{ key: `final:${build.id}`, card: final }] : []),
        ]
      },
    })),
    ...state.told.builds.map((build) => ({
      at: build.finishedAt!,
      cards: () => [{ key: `told:${build.id}`, card: toldBuild(build, state) }],
    })),
    ...state.told.actions.map((action) => ({
      at: action.finishedAt!,
      cards: () => [{ key: `told:${action.id}`, card: toldAction(action, state) }],
    })),
    ...state.actions.map((action) => ({
      at: action.createdAt,
      cards: () => [{ key: `action:${action.id}`, card: actionCard(action, state) }],
    })),
  ]
  rows.sort((a, b) => a.at.getTime() - b.at.getTime())
  return rows.flatMap((row) => row.cards())
}
