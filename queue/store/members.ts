import { and, asc, eq } from 'drizzle-orm'
import * as audit from './audit.ts'
import type { Db } from './db.ts'
import { type Actor, members, type Policy, type Role, teams } from './schema.ts'

export type Member = typeof members.$inferSelect

/** Returns those to whom a team gave a role, in the order in which it did. */
export const ofTeam = (db: Db, teamId: string): Promise<Member[]> =>
  db.select().from(members).where(eq(members.teamId, teamId)).orderBy(asc(members.createdAt))

/** Gives a person or a group a role, in place of the one it had. */
export const give = (
  db: Db,
  gift: { teamId: string; kind: Member['kind']; externalId: string; name: string; role: Role; by: Actor },
): Promise<void> =>
  db.transaction(async (tx) => {
    const { by, ...row } = gift
    await tx
      .insert(members)
      .values(row)
      .onConflictDoUpdate({
        target: [members.teamId, members.kind, members.externalId],
        set: { role: row.role, name: row.name },
      })
    await audit.record(tx, {
      teamId: row.teamId,
      actor: by,
      action: 'give a role',
      subject: `${row.kind} ${row.name}`,
      outcome: row.role,
    })
  })

/** Takes the role from a person or a group: then what the policy says of everybody holds. Returns whether there was one. */
export const take = (
  db: Db,
  loss: { teamId: string; kind: Member['kind']; externalId: string; by: Actor },
): Promise<boolean> =>
  db.transaction(async (tx) => {
    const [row] = await tx
      .delete(members)
      .where(and(eq(members.teamId, loss.teamId), eq(members.kind, loss.kind), eq(members.externalId, loss.externalId)))
      .returning()
    if (row)
      await audit.record(tx, {
        teamId: loss.teamId,
        actor: loss.by,
        action: 'take a role',
        subject: `${row.kind} ${row.name}`,
        outcome: row.role,
      })
    return row !== undefined
  })

/** Changes how a team decides; what is not named stays, undefined takes a rule away. `words` go into the audit log. */
export const setPolicy = (
  db: Db,
  change: { teamId: string; policy: Partial<Policy>; words: string; by: Actor },
): Promise<Policy> =>
  db.transaction(async (tx) => {
    const [team] = await tx.select().from(teams).where(eq(teams.id, change.teamId)).for('update')
    const policy = { ...team!.policy, ...change.policy }
    await tx.update(teams).set({ policy }).where(eq(teams.id, change.teamId))
    await audit.record(tx, {
      teamId: change.teamId,
      actor: change.by,
      action: 'change the rules',
      subject: 'team',
      outcome: change.words,
    })
    return policy
  })
