import { fileURLToPath } from 'node:url'

/** The folder of the SQL files that `npm run migrations` writes from schema.ts; they are only ever added to. */
export const MIGRATIONS: string = fileURLToPath(new URL('migrations', import.meta.url))
