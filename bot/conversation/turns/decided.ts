import { joinWords } from '../../../pipeline/blueprint/words.ts'
import type { Db } from '../../../queue/store/db.ts'
import * as revisions from '../../../queue/store/revisions.ts'
import type { BlueprintCard } from '../../../schemas/generated/card.ts'

const atWords = (at: string | Date): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`

/** Returns the names of those who approved, oldest first, with the one whose approval decided it: "Ada and Bob". */
export const approversWords = (
  approvals: readonly { actor: { id: string; name: string } }[],
  last: { id: string; name: string },
): string => {
  const people = approvals.map(({ actor }) => actor)
  return joinWords([...people.filter(({ id }) => id !== last.id), last].map(({ name }) => name))
}

/** Returns why a blueprint's buttons are gone: who decided, and when. */
export const decidedWords = (card: Pick<BlueprintCard, 'status' | 'decided'>): string => {
  const who = card.decided ? ` by ${card.decided.by} at ${atWords(card.decided.at)}` : ''
  if (card.status === 'approved') return `This blueprint was approved already${who}. Nothing more was done.`
  if (card.status === 'rejected') return `This blueprint was turned down${who}. Nothing was done.`
  if (card.status === 'superseded')
    return 'A newer blueprint took the place of this one. Please decide on the newest. Nothing was done.'
  return 'The blueprint has changed since you saw it. Please look at it again. Nothing was done.'
}

/** Returns why the store refused a decision. */
export const refusalWords = async (db: Db, revisionId: string, refusal: revisions.Refusal): Promise<string> => {
  const revision = await revisions.get(db, revisionId)
  if (!revision || refusal.reason === 'not-found') return 'I cannot find this blueprint any more. Nothing was done.'
  if (refusal.reason === 'stale' && revision.status === 'proposed')
    return 'The system has changed since this blueprint was drawn. Please ask for the change again, so that you see what it does now. Nothing was done.'
  const given = revision.status === 'approved' ? await revisions.approvalsOf(db, [revision.id]) : []
  return decidedWords({
    status: revision.status,
    ...(revision.decidedBy && revision.decidedAt
      ? {
          decided: {
            by: approversWords(
              given.filter(({ digest }) => digest === revision.digest),
              revision.decidedBy,
            ),
            at: revision.decidedAt.toISOString(),
          },
        }
      : {}),
  })
}
