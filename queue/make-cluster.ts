/** Makes an empty PostgreSQL cluster in the folder that is named: `node queue/make-cluster.ts <folder>`. */
import { PGlite } from '@electric-sql/pglite'

const folder = process.argv[2]
if (!folder) throw new Error('usage: node queue/make-cluster.ts <folder>')
const database = await PGlite.create(folder)
await database.close()
