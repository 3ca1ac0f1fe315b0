import type { RpcPort } from '../../schemas/generated/architecture.ts'
import { writeBulk } from './emit-bulk.ts'
import { writeDeliveries } from './emit-deliveries.ts'
import type { Crud, Draft } from './emit-draft.ts'
import { writeFiles } from './emit-files.ts'
import { writeHandlers } from './emit-handlers.ts'
import { writeHistory } from './emit-history.ts'
import { writeKeys } from './emit-keys.ts'
import { writeRestore } from './emit-restore.ts'
import { writeTransitions } from './emit-states.ts'
import { writeToggles } from './emit-toggles.ts'
import { writeViews } from './emit-views.ts'
import { writeWebhooks } from './emit-webhooks.ts'

/** A port that is being written, and its standard operations where it has some. */
export type Writing = { draft: Draft; portName: string; port: RpcPort; path: string; crud: Crud | undefined }

/** What a port can offer beyond standard operations: each writes its methods into the draft. */
const WRITERS: readonly ((writing: Writing) => void)[] = [
  writeTransitions,
  writeToggles,
  writeHandlers,
  writeWebhooks,
  writeHistory,
  writeDeliveries,
  writeBulk,
  writeKeys,
  writeFiles,
  writeRestore,
  writeViews,
]

/** Writes the operations of a port that are neither standard nor the accounts'. */
export const writeBehaviour = (writing: Writing): void => {
  for (const write of WRITERS) write(writing)
}
