/* Written by scripts/generate-types.ts from ../backup-manifest.schema.json. Do not edit. */

/**
 * The first entry of a backup: what the archive is and what it holds.
 */
export interface BackupManifest {
format: 1
/**
 * The version of AutoCoder that wrote it.
 */
release: string
madeAt: string
/**
 * When the newest migration of the tables was written, in milliseconds since the epoch.
 */
migration: number
/**
 * database/NAME.ndjson each.
 */
tables: string[]
/**
 * Ids: systems/ID/ each.
 */
systems: string[]
/**
 * Whether keys/ holds the key that seals tokens.
 */
key: boolean
/**
 * Databases of systems on a PostgreSQL server, which are not in the archive.
 */
elsewhere: string[]
}
