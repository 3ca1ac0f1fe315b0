import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { type FileTree, mergeTrees } from '../../pipeline/file-tree.ts'
import { emitShared } from '../../pipeline/generate/emit.ts'
import { emitMigration, readSchema } from '../../pipeline/generate/migrations.ts'
import { resolveColumns } from '../../pipeline/generate/migrations-columns.ts'
import { type Physical, physicalOf } from '../../pipeline/generate/migrations-physical.ts'
import type { Architecture } from '../../schemas/generated/architecture.ts'
import { blueprintOf } from '../harden/build.ts'
import { type PostgresServer, startPostgres } from '../support/postgres.ts'
import { type Driver, startDriver } from './driver.ts'

const fixture = (name: string): Architecture =>
  parse(readFileSync(new URL(`../fixtures/blueprints/${name}.architecture.yaml`, import.meta.url), 'utf8'))

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

const newDatabase = {
  SQLite: async () => driver.sqliteUrl(),
  PostgreSQL: async () => (await server.createDatabase()).replace('postgresql:', 'postgresql+psycopg:'),
}
type Engine = keyof typeof newDatabase

const declared = (before: Physical | undefined, architecture: Architecture): Physical =>
  physicalOf(resolveColumns(before, architecture))

const edit = (architecture: Architecture, change: (copy: Architecture) => void): Architecture => {
  const copy = structuredClone(architecture)
  change(copy)
  return copy
}

const versionsOf = (tree: FileTree): string[] => [...tree.keys()].filter((path) => path.includes('/versions/'))

/** Migrates a database with rows from one architecture to the next and returns what a test looks at. */
const evolve = async (engine: Engine, before: Architecture, after: Architecture) => {
  const url = await newDatabase[engine]()
  const oldTree = emitMigration(undefined, before)
  const oldRelease = await driver.release(oldTree, declared(undefined, before))
  await driver.migrate(oldRelease, url)
  await driver.insert(oldRelease, url, 'one')
  await driver.insert(oldRelease, url, 'two')
  const rows = await driver.dump(url)
  const newTree = emitMigration(oldTree, after)
  const newRelease = await driver.release(newTree, declared(readSchema(oldTree), after))
  const migrate = () => driver.migrate(newRelease, url)
  return { url, oldTree, newTree, oldRelease, newRelease, rows, migrate }
}

type Evolution = Awaited<ReturnType<typeof evolve>>

/** Asserts what every change must keep: rows, no difference to the models, both releases can write. */
const assertKept = async ({ url, oldRelease, newRelease, rows }: Evolution) => {
  const now = await driver.dump(url)
  for (const [table, byKey] of Object.entries(rows))
    for (const [key, row] of Object.entries(byKey)) expect(now[table]?.[key], `${table} ${key}`).toMatchObject(row)
  expect(await driver.compare(newRelease, url)).toEqual([])
  expect(await driver.insert(oldRelease, url, 'old after')).toBeGreaterThan(0)
  expect(await driver.insert(newRelease, url, 'new after')).toBeGreaterThan(0)
}

const todo = fixture('todo')
const clinic = fixture('clinic')

describe.each<Engine>(['SQLite', 'PostgreSQL'])('migrations on %s', (engine) => {
  test.each([
    ['todo', todo],
    ['clinic', clinic],
  ])('makes a database that equals the models when %s is new', async (_name, architecture) => {
    const tree = emitMigration(undefined, architecture)
    expect(versionsOf(tree)).toEqual(['migrations/versions/0001_initial_schema.py'])
    const release = await driver.release(tree, declared(undefined, architecture))
    const url = await newDatabase[engine]()
    await driver.migrate(release, url)
    await driver.migrate(release, url)
    expect(await driver.compare(release, url)).toEqual([])
  })

  test.each([
    ['todo', todo],
    ['clinic', clinic],
  ])('makes the tables of app/models.py and of the runtime when %s is generated', async (_name, architecture) => {
    const blueprint = blueprintOf(architecture)
    const tree = mergeTrees(emitShared(blueprint), emitMigration(undefined, blueprint.architecture))
    const release = await driver.release(tree, declared(undefined, blueprint.architecture))
    const url = await newDatabase[engine]()
    await driver.migrate(release, url)
    expect(await driver.compareReal(release, url)).toEqual([])
  })

  test('returns the same bytes when nothing changes, and no new file when only validation does', () => {
    const tree = emitMigration(undefined, todo)
    expect(emitMigration(undefined, todo)).toEqual(tree)
    expect(emitMigration(tree, todo)).toEqual(tree)
    const looser = edit(todo, (copy) => {
      copy.models.Todo!.fields.title = { type: 'text', min: 1, max: 500 }
    })
    expect(emitMigration(tree, looser)).toEqual(tree)
    const kept = edit(todo, (copy) => {
      copy.models.Todo!.fields.done!.readers = ['@own']
    })
    expect(emitMigration(tree, kept)).toEqual(tree)
    expect(emitMigration(emitMigration(undefined, kept), todo)).toEqual(emitMigration(undefined, kept))
  })

  const field = (
    model: string,
    name: string,
    definition: Architecture['models'][string]['fields'][string] | undefined,
  ) =>
    edit(clinic, (copy) => {
      if (definition) copy.models[model]!.fields[name] = definition
      else delete copy.models[model]!.fields[name]
    })

  test.each<[string, Architecture]>([
    ['an optional field is added', field('Pet', 'due_on', { type: 'date', optional: true })],
    ['an optional indexed field is added', field('Pet', 'due_on', { type: 'date', optional: true, index: true })],
    ['a unique optional field is added', field('Pet', 'code', { type: 'string', optional: true, unique: true })],
    [
      'an enum with a default is added',
      field('Pet', 'priority', { type: 'enum', values: ['low', "h'i"], default: "h'i" }),
    ],
    ['a bool with a default is added', field('Pet', 'good', { type: 'bool', default: true })],
    ['a decimal with a default is added', field('Pet', 'price', { type: 'decimal', scale: 2, default: 1.25 })],
    ['a list with a default is added', field('Pet', 'words', { type: 'list(string)', default: ['a', 'b"c'] })],
    ['a time with a default is added', field('Pet', 'walk', { type: 'time', default: '09:30' })],
    [
      'a datetime with a default is added',
      field('Pet', 'since', { type: 'datetime', default: '2024-05-06T07:08:09Z' }),
    ],
    ['a time stamp is added', field('Pet', 'seen_at', { type: 'datetime', set: 'updated' })],
    [
      'a ref is added',
      field('Pet', 'vet_id', { type: 'ref(User.id)', optional: true, index: true, onDelete: 'set-null' }),
    ],
    [
      'a rule makes values of some rows unique',
      edit(clinic, (copy) => {
        copy.models.Pet!.rules = [
          {
            name: 'one_name',
            message: 'There is one.',
            unique: ['owner_id', 'name'],
            where: 'this.born_on == null || this.vaccinated && this.species != "cat" && this.weight_kg > 1.5',
          },
        ]
      }),
    ],
    [
      'a rule makes values unique together',
      edit(clinic, (copy) => {
        copy.models.Visit!.rules = [{ name: 'once', message: 'Once.', unique: ['pet_id', 'at'] }]
      }),
    ],
    ['rows are hidden when they are deleted', edit(clinic, (copy) => void (copy.models.Pet!.softDelete = true))],
    ['a required field becomes optional', field('Visit', 'reason', { type: 'text', optional: true })],
    [
      'an optional field becomes required with a default',
      field('Pet', 'weight_kg', { type: 'decimal', scale: 2, default: 3 }),
    ],
    ['a field is indexed', field('Visit', 'at', { type: 'datetime', index: true })],
    ['a field is no longer unique', field('Pet', 'chip_number', { type: 'string', optional: true, max: 30 })],
    ['a required field is removed', field('Visit', 'reason', undefined)],
    ['an optional ref is removed', field('Visit', 'vet_id', undefined)],
    ['a required ref is removed', field('Visit', 'pet_id', undefined)],
    [
      'a ref changes what deletion does',
      field('Visit', 'pet_id', { type: 'ref(Pet.id)', index: true, onDelete: 'restrict' }),
    ],
    ['a field changes its type', field('Pet', 'chip_number', { type: 'int', optional: true })],
    [
      'a field is renamed',
      edit(clinic, (copy) => {
        const { name: pet, ...fields } = copy.models.Pet!.fields
        copy.models.Pet!.fields = { ...fields, called: { ...pet!, column: 'name' } }
      }),
    ],
    [
      'a model is renamed',
      edit(clinic, (copy) => {
        copy.models.Species!.table = 'species_notes'
        copy.models.Species!.plural = 'kinds'
      }),
    ],
    ['a model is removed', edit(clinic, (copy) => void delete copy.models.Visit)],
    [
      'models that refer to each other are added',
      edit(clinic, (copy) => {
        const ref = (model: string) => ({
          type: `ref(${model}.id)`,
          optional: true,
          index: true,
          onDelete: 'set-null' as const,
        })
        const id = { type: 'uuid', key: true }
        copy.models.A = {
          plural: 'a_things',
          fields: { id, b_id: ref('B'), pet_id: ref('Pet') },
          concurrency: 'version',
        }
        copy.models.B = {
          plural: 'b_things',
          fields: { id, a_id: ref('A'), self_id: ref('B') },
          concurrency: 'version',
        }
      }),
    ],
  ])('keeps every row and both releases working when %s', async (_what, after) => {
    const evolution = await evolve(engine, clinic, after)
    await evolution.migrate()
    await assertKept(evolution)
    for (const path of versionsOf(evolution.oldTree))
      expect(evolution.newTree.get(path)).toBe(evolution.oldTree.get(path))
  })

  test.each([
    ['int', 'decimal', false],
    ['int', 'float', false],
    ['int', 'string', false],
    ['date', 'datetime', false],
    ['date', 'text', true],
    ['bool', 'string', true],
    ['decimal', 'float', true],
    ['ref(User.id)', 'uuid', true],
  ])('carries the values over when a field changes from %s to %s', async (from, to, optional) => {
    const typed = (type: string) =>
      edit(clinic, (copy) => {
        copy.models.Pet!.fields.size = { type, ...(optional ? { optional } : {}) }
      })
    const evolution = await evolve(engine, typed(from), typed(to))
    await evolution.migrate()
    await assertKept(evolution)
    const before = Object.values(evolution.rows.pets!).map((row) => row.size)
    const pets = (await driver.dump(evolution.url)).pets!
    const after = Object.keys(evolution.rows.pets!).map((key) => pets[key]!.size_2)
    const digits = (values: (string | undefined)[]) => values.map((value) => String(value).match(/[1-9]/g)?.slice(0, 3))
    if (from === 'bool') expect(after.every((value) => value === "'true'" || value === "'false'")).toBe(true)
    else expect(digits(after)).toEqual(digits(before))
  })

  test('makes slugs and codes for rows that are older than these fields', async () => {
    const made = edit(clinic, (copy) => {
      copy.models.Pet!.fields.slug = { type: 'slug', from: 'name', unique: true }
      copy.models.Pet!.fields.code = { type: 'code', length: 6, unique: true }
      copy.models.Visit!.fields.slug = { type: 'slug', from: 'reason', unique: true }
    })
    const evolution = await evolve(engine, clinic, made)
    await evolution.migrate()
    await assertKept(evolution)
    const { pets, visits } = await driver.dump(evolution.url)
    const old = Object.keys(evolution.rows.pets!).map((key) => pets![key]!)
    for (const { code } of old) expect(code).toMatch(/^'[2-9a-hjkmnp-z]{6}'$/)
    for (const { slug } of [...old, ...Object.keys(evolution.rows.visits!).map((key) => visits![key]!)])
      expect(slug).toMatch(/^'[a-z0-9]+(-[a-z0-9]+)*'$/)
    expect(new Set(old.map(({ slug }) => slug)).size).toBe(old.length)
  })

  test('numbers rows that are older than the field in the order in which they were made', async () => {
    const numbered = edit(clinic, (copy) => {
      copy.models.Pet!.fields.number = { type: 'int', set: 'numbered', numbers: { from: 100 } }
      copy.models.Pet!.fields.tag = { type: 'string', set: 'numbered', numbers: { as: '{year}-{number:3}' } }
      copy.models.Visit!.fields.number = { type: 'int', set: 'numbered', numbers: { per: ['pet_id'] } }
    })
    const evolution = await evolve(engine, clinic, numbered)
    for (const seed of ['three', 'four', 'five']) await driver.insert(evolution.oldRelease, evolution.url, seed)
    await evolution.migrate()
    await assertKept(evolution)
    const { pets, visits } = await driver.dump(evolution.url)
    const old = Object.values(pets!).filter(({ number }) => number !== 'None' && Number(number) < 1000)
    const inOrder = old.toSorted((a, b) => Number(a.number) - Number(b.number))
    expect(inOrder.map(({ number }) => Number(number))).toEqual([100, 101, 102, 103, 104])
    expect(inOrder).toEqual(old.toSorted((a, b) => (a.created_at! < b.created_at! ? -1 : 1)))
    const counts = new Map<string, number>()
    for (const { created_at, tag } of inOrder) {
      const [year] = /\d{4}/.exec(created_at!)!
      counts.set(year, (counts.get(year) ?? 0) + 1)
      expect(tag).toBe(`'${year}-${String(counts.get(year)).padStart(3, '0')}'`)
    }
    const numbers = Object.groupBy(
      Object.values(visits!).filter(({ number }) => number !== 'None' && Number(number) < 1000),
      ({ pet_id }) => pet_id!,
    )
    for (const of of Object.values(numbers))
      expect(
        of!.toSorted((a, b) => (a.created_at! < b.created_at! ? -1 : 1)).map(({ number }) => Number(number)),
      ).toEqual(of!.map((_, at) => at + 1))
  })

  test('takes the time at which rows came to a state from their history', async () => {
    const shop = fixture('print-shop')
    const noted = edit(shop, (copy) => {
      copy.models.PrintJob!.fields.approved_at = { type: 'datetime', optional: true }
      const { approve } = copy.models.PrintJob!.states!.transitions
      approve!.do = [{ set: { of: 'this', values: { approved_at: 'now' } } }]
    })
    const evolution = await evolve(engine, shop, noted)
    const [job, other] = Object.keys((await driver.dump(evolution.url)).print_jobs!)
    const id = /[0-9a-f-]{32,36}/.exec(job!)![0]
    const entries: [at: string, from: string, to: string, model?: string][] = [
      ['2024-03-01T10:00:00.5+00:00', 'quoted', 'approved'],
      ['2024-03-05T08:30:00.25+00:00', 'quoted', 'approved'],
      // What was only changed did not come to the state then.
      ['2024-03-07T12:00:00+00:00', 'approved', 'approved'],
      ['2024-03-09T12:00:00+00:00', 'approved', 'printed'],
      ['2024-03-11T12:00:00+00:00', 'quoted', 'approved', 'Pet'],
    ]
    for (const [at, from_state, to_state, model = 'PrintJob'] of entries)
      await driver.put(evolution.oldRelease, evolution.url, 'runtime_history', {
        ...{ row_id: id, model, at, from_state, to_state },
      })
    await evolution.migrate()
    await assertKept(evolution)
    const jobs = (await driver.dump(evolution.url)).print_jobs!
    expect(jobs[job!]!.approved_at).toMatch(/2024-03-05 08:30:00.250000|2024, 3, 5, 8, 30, 0, 250000/)
    expect(jobs[other!]!.approved_at).toBe('None')
  })

  test('keeps numbers that people gave where the system numbers from now on, and goes on after them', async () => {
    const given = field('Pet', 'number', { type: 'int', optional: true })
    const numbered = field('Pet', 'number', { type: 'int', set: 'numbered' })
    const evolution = await evolve(engine, given, numbered)
    await driver.insert(evolution.oldRelease, evolution.url, 'without', true)
    const before = new Set(Object.values(evolution.rows.pets!).map(({ number }) => Number(number)))
    await evolution.migrate()
    const { pets } = await driver.dump(evolution.url)
    const after = Object.values(pets!).map(({ number }) => Number(number))
    expect(new Set(after)).toEqual(new Set([...before, Math.max(...before) + 1]))
    await assertKept(evolution)
  })

  test('brings a removed field back with its values', async () => {
    const without = field('Visit', 'reason', undefined)
    const evolution = await evolve(engine, clinic, without)
    await evolution.migrate()
    const again = edit(clinic, (copy) => {
      copy.models.Visit!.fields.reason = { type: 'text', default: 'none' }
    })
    const tree = emitMigration(evolution.newTree, again)
    const release = await driver.release(tree, declared(readSchema(evolution.newTree), again))
    await driver.insert(evolution.newRelease, evolution.url, 'while hidden')
    await driver.migrate(release, evolution.url)
    await assertKept({ ...evolution, newRelease: release })
  })

  test('fills in the default when the old release writes no value into a field that became required', async () => {
    const evolution = await evolve(engine, clinic, field('Pet', 'weight_kg', { type: 'decimal', scale: 2, default: 3 }))
    await evolution.migrate()
    await driver.insert(evolution.oldRelease, evolution.url, 'sparse', true)
    const weights = Object.values((await driver.dump(evolution.url)).pets!).map((row) => row.weight_kg)
    expect(weights).toContain(engine === 'SQLite' ? '300000000' : "Decimal('3')")
    expect(weights).not.toContain('None')
  })

  test('stops and changes nothing when values clash that are to be unique', async () => {
    const evolution = await evolve(
      engine,
      clinic,
      field('Pet', 'species', { type: 'string', unique: true, default: 'dog' }),
    )
    const same = { ...evolution.oldRelease.physical }
    await driver.insert({ ...evolution.oldRelease, physical: same }, evolution.url, 'three')
    const clash = edit(clinic, (copy) => {
      copy.models.Pet!.fields.vaccinated = { type: 'bool', unique: true, default: false }
    })
    const tree = emitMigration(evolution.oldTree, clash)
    const release = await driver.release(tree, declared(readSchema(evolution.oldTree), clash))
    const before = await driver.dump(evolution.url)
    await expect(driver.migrate(release, evolution.url)).rejects.toThrow(
      /pets\.vaccinated cannot become unique: 1 value\(s\) are in more than one row/,
    )
    expect(await driver.dump(evolution.url)).toEqual(before)
  })

  test('stops and changes nothing when a rule comes that rows break', async () => {
    const unique = (where: string) =>
      edit(clinic, (copy) => {
        copy.models.Pet!.rules = [{ name: 'one', message: 'There is one.', unique: ['vaccinated'], where }]
      })
    const evolution = await evolve(engine, clinic, unique('this.name != "nobody"'))
    await driver.insert(evolution.oldRelease, evolution.url, 'three')
    const before = await driver.dump(evolution.url)
    await expect(evolution.migrate()).rejects.toThrow(
      /pets\.vaccinated \(where .*<> 'nobody'\) cannot become unique: \d value\(s\) are in more than one row/,
    )
    expect(await driver.dump(evolution.url)).toEqual(before)
    // None of these rows is meant.
    const tree = emitMigration(evolution.oldTree, unique('this.name == "nobody"'))
    const release = await driver.release(tree, declared(readSchema(evolution.oldTree), unique('this.name == "nobody"')))
    await driver.migrate(release, evolution.url)
    expect(await driver.compare(release, evolution.url)).toEqual([])
  })

  test('stops when a field becomes required and rows have no value', async () => {
    const evolution = await evolve(engine, clinic, field('Pet', 'born_on', { type: 'date' }))
    await driver.insert(evolution.oldRelease, evolution.url, 'sparse', true)
    await expect(evolution.migrate()).rejects.toThrow(/pets\.born_on cannot become required: 1 row\(s\)/)
  })

  test('refuses a new required field without a default', () => {
    const tree = emitMigration(undefined, clinic)
    expect(() => emitMigration(tree, field('Pet', 'due_on', { type: 'date' }))).toThrow(
      expect.objectContaining({ code: 'migration-needs-default' }),
    )
  })

  test('leaves a database alone that is ahead, as after a roll back', async () => {
    const evolution = await evolve(engine, clinic, field('Pet', 'due_on', { type: 'date', optional: true }))
    await evolution.migrate()
    await driver.migrate(evolution.oldRelease, evolution.url)
    await assertKept(evolution)
  })

  test('continues a chain that people added to by hand', () => {
    const tree = emitMigration(undefined, todo)
    tree.set('migrations/versions/0002_by_hand.py', 'revision = "byhand"\ndown_revision = "0001"\n')
    const more = edit(todo, (copy) => {
      copy.models.Todo!.fields.due_at = { type: 'datetime', optional: true }
    })
    const next = emitMigration(tree, more)
    expect(next.get('migrations/versions/0003_add_due_at_to_todos.py')).toContain(
      'down_revision: str | None = "byhand"',
    )
    expect(next.get('migrations/versions/0002_by_hand.py')).toBe(tree.get('migrations/versions/0002_by_hand.py'))
  })
})
