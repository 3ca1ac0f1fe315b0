import type { BlueprintCard, Button } from '../../../schemas/generated/card.ts'
import { buttons } from '../buttons.ts'
import { defaultPolicy } from '../rights.ts'
import { approveLabel, riskOf, warningOf } from '../risk.ts'
import type { ThreadState } from '../state.ts'
import { approversWords } from '../turns/decided.ts'

/** Everybody whose approval it took, in the order in which they gave it; the one who turned it down is alone. */
const decidersOf = ({ status, decidedBy, approvals }: ThreadState['revisions'][number]): string =>
  approversWords(status === 'approved' ? approvals : [], decidedBy!)

/** Returns the card of a revision: plain words first, then the picture, what was assumed, the files. */
export const blueprintCard = (revision: ThreadState['revisions'][number], state: ThreadState): BlueprintCard => {
  const { described } = revision
  const system = state.systems.get(revision.systemId)
  const warning = warningOf(described.changes)
  const { approvals: needed } = { ...defaultPolicy(state.team.platform), ...state.team.policy }
  return {
    kind: 'blueprint',
    system: system?.slug ?? '',
    title: described.title,
    revision: revision.number,
    digest: revision.digest,
    status: revision.status,
    change: described.live,
    ...(warning ? { warning } : {}),
    risk: riskOf(described.changes),
    ...(revision.decidedBy && revision.decidedAt
      ? { decided: { by: decidersOf(revision), at: revision.decidedAt.toISOString() } }
      : {}),
    ...(revision.status === 'proposed' && needed > 1
      ? {
          needed,
          approvals: revision.approvals.map((row) => ({ by: row.actor.name, at: row.createdAt.toISOString() })),
        }
      : {}),
    ...(revision.behind === undefined ? {} : { behind: revision.behind }),
    summary: described.summary,
    stores: described.stores,
    people: described.people,
    rules: described.rules,
    endpoints: described.endpoints,
    ...(described.readings.length > 0 ? { readings: described.readings } : {}),
    assumptions: described.assumptions,
    notCarried: described.notCarried,
    changes: described.changes,
    ...(described.alt ? { picture: { id: revision.id, alt: described.alt, ...described.size } } : {}),
    files: described.files,
    buttons: buttonsOf(revision, described.changes),
  }
}

const buttonsOf = (revision: ThreadState['revisions'][number], changes: BlueprintCard['changes']): Button[] =>
  revision.behind !== undefined
    ? [buttons.rebase(revision.id, revision.behind), buttons.showFiles(revision.id), buttons.reject(revision.id)]
    : revision.status === 'proposed'
      ? [
          buttons.approve(approveLabel(changes), revision.digest, riskOf(changes) === 'hides-data'),
          buttons.requestChanges(revision.id),
          buttons.showFiles(revision.id),
          buttons.reject(revision.id),
        ]
      : [buttons.showFiles(revision.id)]
