/**
 * A process that takes one wish to a running system, wherever an earlier life of it was killed:
 * `node life.ts <place as JSON> <milliseconds a stage takes>`. Prints `working` when its workers run and the outcome as
 * one line of JSON when the build has ended.
 */
import * as builds from '../../../queue/store/builds.ts'
import * as cards from '../../../queue/store/cards.ts'
import * as deployments from '../../../queue/store/deployments.ts'
import * as drafts from '../../../queue/store/drafts.ts'
import * as inbox from '../../../queue/store/inbox.ts'
import * as revisions from '../../../queue/store/revisions.ts'
import * as systems from '../../../queue/store/systems.ts'
import { openRig, type Place, QUICK } from './columns.ts'
import { ACTOR, eventually } from './story.ts'

const place = JSON.parse(process.argv[2]!) as Place
const rig = await openRig(place, { timing: QUICK })
rig.pipeline.pace = Number(process.argv[3])
const { db } = rig.store
await rig.work()
console.log('working')

const { conversationId } = await inbox.accept(db, {
  id: 'the wish',
  team: { platform: 'web', externalId: 'local', name: 'Local' },
  thread: { id: 'the thread' },
  actor: ACTOR,
  event: { text: 'Build me a todo API' },
})
const item = await inbox.nextPending(db, conversationId)
if (item) {
  // As a turn does: what it writes and the end of the event are one transaction.
  const draft = await db.transaction(async (tx) => {
    await inbox.done(tx, item.seq)
    return drafts.create(tx, { conversationId, text: 'Todo API', actor: ACTOR })
  })
  await rig.producer.enqueueCompile(draft.id)
}
const revision = await eventually('the revision', () => revisions.latest(db, conversationId), 60_000)
const approval = await revisions.approve(db, { revisionId: revision.id, digest: revision.digest, actor: ACTOR })
if (approval.ok) await rig.producer.enqueueBuild(approval.buildId)

const made = await eventually(
  'the end of the build',
  async () => (await builds.ofSystem(db, revision.systemId)).find((build) => build.finishedAt !== null),
  60_000,
)
await cards.upsert(db, conversationId, `build:${made.id}`, { kind: made.status, url: made.url })
console.log(
  JSON.stringify({
    builds: (await builds.ofSystem(db, revision.systemId)).map((build) => build.status),
    revisions: (await revisions.ofSystem(db, revision.systemId)).length,
    deployments: (await deployments.ofSystem(db, revision.systemId)).map((row) => row.status),
    system: (await systems.get(db, revision.systemId))?.status,
    inbox: (await inbox.ofConversation(db, conversationId)).map((row) => row.status),
    cards: (await cards.ofConversation(db, conversationId)).map((card) => card.version),
    crashes: made.crashes,
    attempt: made.attempt,
  }),
)
await rig.close()
