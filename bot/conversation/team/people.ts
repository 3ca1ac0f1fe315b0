import type { Db } from '../../../queue/store/db.ts'
import * as members from '../../../queue/store/members.ts'
import * as people from '../../../queue/store/people.ts'
import type { CardPerson } from '../../../schemas/generated/card.ts'
import type { Mention } from '../../../schemas/generated/chat-event.ts'

/** Returns everybody whom a team knows: who ever wrote or pressed in it, and who was given a role; by name. */
export const knownPeople = async (db: Db, teamId: string): Promise<CardPerson[]> => {
  const given = (await members.ofTeam(db, teamId)).filter(({ kind }) => kind === 'person')
  const known = new Map(given.map(({ externalId, name }) => [externalId, name]))
  for (const { id, name } of await people.ofTeam(db, teamId)) known.set(id, name)
  return [...known].map(([id, name]) => ({ id, name })).sort((a, b) => a.name.localeCompare(b.name))
}

/** Finds whom each name means among those; nobody where two are called so. */
export const peopleNamed =
  (db: Db, teamId: string) =>
  async (names: string[]): Promise<(Mention | undefined)[]> => {
    const all = await knownPeople(db, teamId)
    return names.map((name) => {
      const found = all.filter((one) => one.name.toLowerCase() === name.trim().toLowerCase())
      return found.length === 1 ? { kind: 'person', ...found[0]! } : undefined
    })
  }
