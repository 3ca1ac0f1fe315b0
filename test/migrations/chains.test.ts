import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { FileTree } from '../../pipeline/file-tree.ts'
import { emitMigration, readSchema } from '../../pipeline/generate/migrations.ts'
import { resolveColumns } from '../../pipeline/generate/migrations-columns.ts'
import { physicalOf } from '../../pipeline/generate/migrations-physical.ts'
import { AppError } from '../../schemas/errors.ts'
import type { Architecture, Field } from '../../schemas/generated/architecture.ts'
import { type PostgresServer, startPostgres } from '../support/postgres.ts'
import { type Driver, type Dump, startDriver } from './driver.ts'

let driver: Driver
let server: PostgresServer
beforeAll(async () => {
  driver = await startDriver()
  server = await startPostgres()
})
afterAll(async () => {
  await driver.stop()
  await server.stop()
})

const id: Field = { type: 'uuid', key: true }
const start: Architecture = {
  apiVersion: 'autocoder/v1',
  system: { name: 'chain', version: '1.0.0', description: 'A chain of changes' },
  models: {
    Shelf: { plural: 'shelves', fields: { id, label: { type: 'string' } }, concurrency: 'version' },
    Book: {
      plural: 'books',
      fields: {
        id,
        title: { type: 'string', index: true },
        shelf_id: { type: 'ref(Shelf.id)', optional: true, index: true, onDelete: 'set-null' },
      },
      concurrency: 'version',
    },
  },
  components: { books: { ports: {} } },
  links: [],
  expose: [],
  policies: { roles: {} },
}

const FIELDS = ['title', 'label', 'a', 'b', 'c'] as const
const MODELS = ['Shelf', 'Book', 'Note'] as const

const kinds: [string, unknown][] = [
  ['string', "it's"],
  ['text', 'two\nlines'],
  ['int', 7],
  ['float', 0.5],
  ['decimal', 1.25],
  ['bool', true],
  ['date', '2024-02-29'],
  ['datetime', '2024-02-29T10:00:00Z'],
  ['time', '09:30'],
  ['list(string)', ['a']],
  ['json', { a: [1] }],
]

const fieldArbitrary: fc.Arbitrary<Field> = fc
  .record({
    kind: fc.constantFrom(...kinds),
    need: fc.constantFrom('optional', 'default', 'required'),
    index: fc.boolean(),
  })
  .map(({ kind: [type, value], need, index }) => ({
    type,
    ...(need === 'optional' ? { optional: true } : {}),
    ...(need === 'default' ? { default: value as Field['default'] & {} } : {}),
    ...(index && type !== 'json' ? { index: true } : {}),
  }))

const refArbitrary: fc.Arbitrary<Field> = fc
  .record({ model: fc.constantFrom(...MODELS), onDelete: fc.constantFrom('cascade', 'restrict', 'set-null') })
  .map(({ model, onDelete }) => ({
    type: `ref(${model}.id)`,
    optional: true,
    index: true,
    onDelete: onDelete as 'cascade',
  }))

type Edit = (architecture: Architecture) => void

const modelOf = (architecture: Architecture, name: string) => architecture.models[name]

/** Takes out fields that refer to models that are gone: a blueprint's checks see to that. */
const settle = (architecture: Architecture): void => {
  for (const model of Object.values(architecture.models))
    for (const [name, field] of Object.entries(model.fields)) {
      const target = /^ref\((\w+)\./.exec(field.type)?.[1]
      if (target && !architecture.models[target]) delete model.fields[name]
    }
}

const editArbitrary: fc.Arbitrary<Edit> = fc.oneof(
  fc.tuple(fc.constantFrom(...MODELS), fc.constantFrom(...FIELDS), fieldArbitrary).map(
    ([model, name, field]): Edit =>
      (architecture) => {
        const found = modelOf(architecture, model)
        if (found) found.fields[name] = field
      },
  ),
  fc.tuple(fc.constantFrom(...MODELS), fc.constantFrom('shelf_id', 'other_id'), refArbitrary).map(
    ([model, name, field]): Edit =>
      (architecture) => {
        const found = modelOf(architecture, model)
        if (found) found.fields[name] = field
      },
  ),
  fc.tuple(fc.constantFrom(...MODELS), fc.constantFrom(...FIELDS, 'shelf_id', 'other_id')).map(
    ([model, name]): Edit =>
      (architecture) =>
        void delete modelOf(architecture, model)?.fields[name],
  ),
  fc.tuple(fc.constantFrom(...MODELS), fc.constantFrom(...FIELDS)).map(
    ([model, name]): Edit =>
      (architecture) => {
        const field = modelOf(architecture, model)?.fields[name]
        if (field?.optional) delete field.optional
        else if (field) field.optional = true
      },
  ),
  fc.tuple(fc.constantFrom(...MODELS), fc.constantFrom(...FIELDS)).map(
    ([model, name]): Edit =>
      (architecture) => {
        const field = modelOf(architecture, model)?.fields[name]
        // Two booleans are soon the same; whether that stops the migration is another test's.
        if (field && ['string', 'int', 'date'].includes(field.type) && field.default === undefined)
          field.unique = !field.unique
      },
  ),
  fc.tuple(fc.constantFrom(...MODELS), fc.constantFrom(...FIELDS), fc.constantFrom('renamed', 'd')).map(
    ([model, from, to]): Edit =>
      (architecture) => {
        const fields = modelOf(architecture, model)?.fields
        const field = fields?.[from]
        if (!fields || !field || fields[to]) return
        fields[to] = { ...field, column: field.column ?? from }
        delete fields[from]
      },
  ),
  fc.constantFrom<Edit>(
    (architecture) => {
      architecture.models.Note ??= {
        plural: 'notes',
        fields: { id, label: { type: 'text' }, shelf_id: { type: 'ref(Shelf.id)', index: true, onDelete: 'cascade' } },
        concurrency: 'version',
      }
    },
    (architecture) => void delete architecture.models.Note,
    (architecture) => void delete architecture.models.Shelf,
    (architecture) => {
      architecture.models.Shelf ??= start.models.Shelf!
    },
    (architecture) => {
      const book = architecture.models.Book!
      book.concurrency = book.concurrency === 'version' ? 'none' : 'version'
    },
  ),
)

/** What was stored stays stored, but for nulls that became a default. */
const assertKept = (before: Dump, after: Dump) => {
  for (const [table, rows] of Object.entries(before))
    for (const [key, row] of Object.entries(rows))
      for (const [column, value] of Object.entries(row))
        if (value !== 'None') expect(after[table]?.[key]?.[column], `${table}.${column} of ${key}`).toBe(value)
}

const apply = (architecture: Architecture, edit: Edit): Architecture => {
  const copy = structuredClone(architecture)
  edit(copy)
  settle(copy)
  return copy
}

const emitted = (tree: FileTree | undefined, architecture: Architecture): FileTree | undefined => {
  try {
    return emitMigration(tree, architecture)
  } catch (error) {
    if (error instanceof AppError && error.code === 'migration-needs-default') return undefined
    throw error
  }
}

const walk = async (url: string, edits: Edit[]): Promise<void> => {
  let architecture = start
  let tree = emitMigration(undefined, architecture)
  let release = await driver.release(tree, physicalOf(architecture))
  await driver.migrate(release, url)
  for (const [step, edit] of edits.entries()) {
    const wanted = apply(architecture, edit)
    const next = emitted(tree, wanted)
    if (!next) continue
    await driver.insert(release, url, `${step} before`, step % 3 === 0)
    const before = await driver.dump(url)
    const coming = await driver.release(next, physicalOf(resolveColumns(readSchema(tree), wanted)))
    const refused = await driver.migrate(coming, url).then(
      () => false,
      (error: Error) => {
        if (/MigrationError/.test(error.message)) return true
        throw error
      },
    )
    assertKept(before, await driver.dump(url))
    if (refused) {
      // The rows did not allow it: the release before goes on as if nothing had been asked.
      expect(await driver.compare(release, url)).toEqual([])
      continue
    }
    expect(await driver.compare(coming, url)).toEqual([])
    await driver.insert(release, url, `${step} old`)
    await driver.insert(coming, url, `${step} new`)
    await driver.insert(coming, url, `${step} sparse`, true)
    expect([...next.keys()].filter((path) => tree.has(path))).toEqual([...tree.keys()])
    ;[architecture, tree, release] = [wanted, next, coming]
  }
}

const chains = fc.array(editArbitrary, { minLength: 3, maxLength: 8 })

test('any chain of changes keeps all rows, equals the models, and lets the release before write (SQLite)', async () => {
  await fc.assert(
    fc.asyncProperty(chains, (edits) => walk(driver.sqliteUrl(), edits)),
    { numRuns: Number(process.env.CHAINS ?? 12), endOnFailure: process.env.SHRINK !== '1' },
  )
}, 300_000)

test('any chain of changes keeps all rows, equals the models, and lets the release before write (PostgreSQL)', async () => {
  await fc.assert(
    fc.asyncProperty(chains, async (edits) =>
      walk((await server.createDatabase()).replace('postgresql:', 'postgresql+psycopg:'), edits),
    ),
    { numRuns: Number(process.env.CHAINS ?? 4), endOnFailure: process.env.SHRINK !== '1' },
  )
}, 300_000)
