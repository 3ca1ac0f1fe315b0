import { roles, type Standing } from '../rights.ts'
import { answer, type Turn, type TurnContext } from '../turns/turn.ts'
import { deedsOf } from './audit.ts'
import { countOf } from './places.ts'

const everybodyWords = {
  viewer: 'Everybody may look.',
  builder: 'Everybody may ask for systems and changes; approvers approve.',
  approver: 'Everybody may ask and approve; admins remove.',
  admin: 'Everybody may do everything.',
} as const

/** Returns the rules of a team, a sentence each. */
export const policyWords = ({ policy }: Pick<Standing, 'policy'>): string[] => [
  everybodyWords[policy.everybody],
  policy.selfApproval ? 'One may approve what one asked for.' : 'Somebody else has to approve what one asked for.',
  policy.approvals === 1 ? 'One approval is enough.' : `${policy.approvals} people have to approve.`,
  ...(policy.quiet
    ? [`Quiet hours: from ${policy.quiet.from} to ${policy.quiet.to} (${policy.quiet.zone}) only admins approve.`]
    : []),
  policy.systems === undefined
    ? 'Any number of systems may run.'
    : `At most ${countOf(policy.systems)} may run at once.`,
]

/** Lists who has which role, and the team's rules. */
export const peopleTurn = ({ standing }: TurnContext): Turn =>
  answer({
    kind: 'list',
    title: 'Roles and rules of this team',
    text: policyWords(standing).join('\n'),
    items: standing.members
      .toSorted((a, b) => roles.indexOf(b.role) - roles.indexOf(a.role))
      .map((row) => ({ title: `${row.kind === 'group' ? 'everybody in ' : ''}${row.name}`, text: row.role })),
    empty:
      'Nobody was given a role of their own. Whoever administers the workspace is an admin. To give one, write: make @name an approver',
  })

/** Entries that one card shows; the store keeps all of them. */
const SHOWN = 30

/** Lists who did what to which thing, newest first. */
export const auditTurn = async ({ db, state }: TurnContext): Promise<Turn> => {
  const deeds = await deedsOf(db, state.conversation.teamId, SHOWN)
  return answer({
    kind: 'list',
    title: deeds.length < SHOWN ? 'Who did what' : `Who did what (the last ${SHOWN})`,
    items: deeds.map(({ who, did, at }) => ({
      title: `${who} ${did}`,
      text: `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    })),
    empty: 'Nothing was changed yet.',
  })
}
