import type { Db } from './db.ts'
import type { Locks } from './locks.ts'

/** What differs between the embedded database and a server. */
export type Driver = { name: 'embedded' | 'postgres'; db: Db; locks: Locks; close: () => Promise<void> }
