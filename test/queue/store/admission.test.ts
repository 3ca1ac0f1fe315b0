import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as builds from '../../../queue/store/builds.ts'
import * as inbox from '../../../queue/store/inbox.ts'
import * as revisions from '../../../queue/store/revisions.ts'
import { openStore, type Store } from '../../../queue/store/store.ts'
import { COLUMNS, type Column, log } from '../support/columns.ts'
import { ACTOR } from '../support/story.ts'

describe.each(COLUMNS)('admission ($name)', ({ start }) => {
  let column: Column
  let store: Store
  beforeAll(async () => {
    column = await start()
    store = await openStore({ ...(await column.place()), log })
  })
  afterAll(async () => {
    await store.close()
    await column.stop()
  })
  let count = 0
  const conversationOf = new Map<string, string>()

  /** Makes builds of a team, each of a system of its own, in the order in which they wait. Returns the last one's id. */
  const queue = async (team: string, builds = 1): Promise<string> => {
    const conversationId = conversationOf.get(team) ?? (await converse(team))
    conversationOf.set(team, conversationId)
    let id = ''
    for (let n = 0; n < builds; n += 1) {
      id = `build-${String(++count).padStart(6, '0')}`
      await store.db.execute(sql`
        with place as (select id, team_id from conversations where id = ${conversationId}),
        system as (
          insert into systems (id, team_id, slug, title, created_by)
          select ${`system-${count}`}, team_id, ${`slug-${count}`}, '', '{}' from place returning id, team_id
        ), revision as (
          insert into revisions (id, system_id, conversation_id, number, architecture, deployment, digest, components, card, status)
          select ${`revision-${count}`}, id, ${conversationId}, 1, '', '', '', '[]', '{}', 'approved' from system returning id, system_id
        )
        insert into builds (id, system_id, revision_id, conversation_id, team_id, number, trace_id, requested_by)
        select ${id}, system.id, revision.id, ${conversationId}, system.team_id, 1, '', '{}' from system, revision`)
    }
    return id
  }
  const converse = async (team: string): Promise<string> => {
    const { conversationId } = await inbox.accept(store.db, {
      id: `event of ${team}`,
      team: { platform: 'web', externalId: team, name: team },
      thread: { id: team },
      actor: ACTOR,
      event: {},
    })
    return conversationId
  }
  const cancel = (id: string) => builds.finish(store.db, id, { status: 'cancelled' })
  const clear = () =>
    store.db.execute(sql`update builds set status = 'cancelled' where status in ('queued', 'running')`)

  it('lets a team with one build in next when another has a hundred', async () => {
    await queue('greedy', 100)
    const first = await builds.admit(store.db, 4)
    expect(first).toHaveLength(4)
    const modest = await queue('modest')
    await cancel(first[0]!.id)
    expect((await builds.admit(store.db, 4)).map((build) => build.id)).toEqual([modest])
    await clear()
  })

  it('lets each in once, and no more than there is room for, when ten processes admit at once', async () => {
    for (let n = 0; n < 12; n += 1) await queue(`team-${n % 3}`)
    const admitted = (await Promise.all(Array.from({ length: 10 }, () => builds.admit(store.db, 5)))).flat()
    expect(admitted).toHaveLength(5)
    expect(new Set(admitted.map((build) => build.id)).size).toBe(5)
    await clear()
  })

  it('lets one build of a system in at a time', async () => {
    const id = await queue('single')
    await builds.admit(store.db, 10)
    await builds.finish(store.db, id, {
      status: 'failed',
      error: { code: 'x', text: '', help: '', stage: '', traceId: '' },
    })
    const again = (await builds.retry(store.db, { buildId: id, actor: ACTOR }))!
    const other = await store.db.transaction(async (tx) => {
      const revision = (await revisions.get(tx, again.revisionId))!
      const twin = await revisionTwin(revision)
      return builds.create(tx, { revision: twin, teamId: again.teamId, requestedBy: ACTOR })

      async function revisionTwin(of: revisions.Revision): Promise<revisions.Revision> {
        await tx.execute(
          `insert into revisions (id, system_id, conversation_id, number, architecture, deployment, digest, components, card)
           select 'twin', system_id, conversation_id, number + 1, '', '', 'd', '[]', '{}' from revisions where id = '${of.id}'`,
        )
        return (await revisions.get(tx, 'twin'))!
      }
    })
    expect((await builds.admit(store.db, 10)).map((build) => build.id)).toEqual([again.id])
    await cancel(again.id)
    expect((await builds.admit(store.db, 10)).map((build) => build.id)).toEqual([other.id])
    await clear()
  })

  it('never gives a team a second more than another that waits, whatever comes in what order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('a', 'b', 'c', 'admit', 'end'), { minLength: 5, maxLength: 25 }),
        fc.integer({ min: 1, max: 5 }),
        async (steps, capacity) => {
          await clear()
          const running: builds.Build[] = []
          for (const step of steps) {
            if (step === 'end') {
              const done = running.shift()
              if (done) await cancel(done.id)
            } else if (step === 'admit') {
              const before = countTeams(running)
              const admitted = await builds.admit(store.db, capacity)
              for (const build of admitted) {
                // Whoever still waits had no fewer under way when this one was let in.
                const mine = before.get(build.teamId) ?? 0
                for (const teamId of await waitingTeams())
                  if (teamId !== build.teamId) expect(before.get(teamId) ?? 0).toBeGreaterThanOrEqual(mine)
                before.set(build.teamId, mine + 1)
              }
              running.push(...admitted)
              expect(running.length).toBeLessThanOrEqual(capacity)
            } else await queue(`${step}-prop`)
          }
        },
      ),
      { numRuns: column.name === 'embedded' ? 10 : 20 },
    )
    await clear()
  })

  const countTeams = (running: builds.Build[]): Map<string, number> => {
    const counts = new Map<string, number>()
    for (const { teamId } of running) counts.set(teamId, (counts.get(teamId) ?? 0) + 1)
    return counts
  }
  const waitingTeams = async (): Promise<string[]> => {
    const { rows } = (await store.db.execute(
      `select distinct team_id from builds where status = 'queued' and admitted_at is null`,
    )) as unknown as { rows: { team_id: string }[] }
    return rows.map((row) => row.team_id)
  }
})
