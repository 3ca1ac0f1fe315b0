import type {
  actions,
  approvals,
  buildEvents,
  builds,
  conversations,
  drafts,
  evidence,
  revisions,
  systems,
  teams,
} from '../../queue/store/schema.ts'
import type { Card, CardChange, CardEndpoint, CardFile, CardReading } from '../../schemas/generated/card.ts'
import type { Ran } from './lineage.ts'

export type Draft = typeof drafts.$inferSelect
export type Revision = typeof revisions.$inferSelect
export type Build = typeof builds.$inferSelect
export type BuildEvent = typeof buildEvents.$inferSelect
export type EvidenceRow = Omit<typeof evidence.$inferSelect, 'detail'>
export type Action = typeof actions.$inferSelect
export type System = typeof systems.$inferSelect
export type Team = typeof teams.$inferSelect
export type Approval = typeof approvals.$inferSelect
export type Conversation = typeof conversations.$inferSelect

/** A revision in plain words, worked out once when the thread is loaded. */
export type Described = {
  title: string
  summary: string[]
  stores: string[]
  people: string[]
  rules: string[]
  endpoints: CardEndpoint[]
  /** How roles are given; undefined where nobody needs one. */
  roles: string | undefined
  /** What came of each sentence of the message. */
  readings: CardReading[]
  assumptions: string[]
  notCarried: string[]
  changes: CardChange[]
  /** Whether another revision of the system ran when this one was made. */
  live: boolean
  alt: string | undefined
  /** Of the picture, in CSS pixels. */
  size: { width: number; height: number } | undefined
  files: CardFile[]
  /** A script that tries the system at the given URL. */
  curl: (url: string) => string
}

/** Everything that a thread's cards follow from. */
export type ThreadState = {
  conversation: Conversation
  drafts: Draft[]
  /** `behind`: the number of the blueprint that was approved since a proposal was drawn on an earlier one. */
  revisions: (Revision & { described: Described; behind: number | undefined; approvals: Approval[] })[]
  builds: (Build & {
    events: BuildEvent[]
    evidence: EvidenceRow[]
    setupTokenFile: string | undefined
    webhookSecretFiles: string[]
  })[]
  actions: Action[]
  team: Team
  /** What became elsewhere of systems that this thread subscribed to. */
  told: { builds: Build[]; actions: Action[] }
  /** The systems that the rows above name, by id. */
  systems: Map<string, System & { succeeded: Ran[] }>
  /** The cards as they stand in the store, by key: answers to questions are kept in them. */
  stored: Map<string, Card>
}
