import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { canonicalArchitecture } from '../../pipeline/blueprint/canonical.ts'
import { planDeployment } from '../../pipeline/blueprint/deployment.ts'
import { checkExpression } from '../../pipeline/expressions/check.ts'
import { pythonOf } from '../../pipeline/expressions/python.ts'
import type { Scope } from '../../pipeline/expressions/scope.ts'
import { sqlOf } from '../../pipeline/expressions/sql.ts'
import { emitComponent, emitShared } from '../../pipeline/generate/emit.ts'
import { type Imports, importBlock } from '../../pipeline/generate/emit-python.ts'
import { typesCheck } from '../../pipeline/harden/types.ts'
import { writeTree } from '../generate/write.ts'
import { type PostgresServer, startPostgres } from '../support/postgres.ts'
import { type Sample, samples } from './generate.ts'
import { contextOf, evaluate, isKnown, NOW } from './oracle.ts'
import { isAtTheEnds, isExtreme, rowsOf, world } from './world.ts'

const SEED = Number(process.env.EXPRESSIONS_SEED ?? 20260615)
const COUNT = Number(process.env.EXPRESSIONS_COUNT ?? 400)
const ROWS = 14

type Result = {
  python?: (string | null)[][]
  sql: ((string | null)[] | null)[]
  where: (boolean[] | null)[]
  errors: [number, string][]
}
type Case = Sample & { zone: string }

const pythonBin = join(import.meta.dirname, '../../.venv/bin')
const canonical = canonicalArchitecture(world())
const architecture = canonical.value
const scope: Scope = { this: { kind: 'row', model: 'Item' }, me: { kind: 'caller' } }
const cases: Case[] = samples(SEED, COUNT).map((sample, index) => {
  const zone = index % 4 === 3 ? ['Europe/Berlin', 'America/St_Johns', 'Pacific/Auckland'][index % 3]! : 'UTC'
  return { ...sample, zone, oracle: sample.oracle && zone === 'UTC' && isKnown(sample.text) }
})
const rows = rowsOf(SEED, ROWS)
const typeOf = (text: string) => {
  const { expression, problem } = checkExpression(text, scope, architecture)
  if (problem) throw new Error(`${text}: ${problem.message} at ${problem.at}`)
  return expression.type
}

/** The module that a system would have, had it these expressions. */
const casesModule = (): string => {
  const imports = new Map<string, Set<string>>([
    ['app.models', new Set(['Item'])],
    ['runtime.call', new Set(['Call'])],
    ['typing', new Set(['Any'])],
    ['collections.abc', new Set(['Awaitable', 'Callable'])],
    ['sqlalchemy as sa', new Set()],
  ])
  const add = (more: Imports) => {
    for (const [module, names] of Object.entries(more))
      imports.set(module, new Set([...(imports.get(module) ?? []), ...names]))
  }
  const functions = cases.map(({ text, zone }, number) => {
    const python = pythonOf(text, scope, architecture, { this: 'item' }, { zone })
    const sql = sqlOf(text, scope, architecture, { this: 'Item' }, { zone })
    const where =
      typeOf(text) === 'bool'
        ? sqlOf(text, scope, architecture, { this: 'Item' }, { zone, where: true }).code
        : 'sa.true()'
    add(python.imports)
    add(sql.imports)
    return [
      `async def python_${number}(call: Call, item: Item) -> Any:`,
      ...[...python.loads, `return ${python.code}`].map((line) => `    ${line}`),
      '',
      '',
      `def sql_${number}(call: Call) -> sa.SQLColumnExpression[Any]:`,
      `    return ${sql.code}`,
      '',
      '',
      `def where_${number}(call: Call) -> sa.SQLColumnExpression[bool]:`,
      `    return ${where}`,
    ].join('\n')
  })
  const list = (kind: string) => cases.map((_, number) => `${kind}_${number}`).join(', ')
  return [
    importBlock(Object.fromEntries([...imports].map(([module, names]) => [module, [...names]]))),
    ...functions,
    `PYTHON: list[Callable[[Call, Item], Awaitable[Any]]] = [${list('python')}]`,
    `SQL: list[Callable[[Call], sa.SQLColumnExpression[Any]]] = [${list('sql')}]`,
    `WHERE: list[Callable[[Call], sa.SQLColumnExpression[bool]]] = [${list('where')}]`,
    '',
  ].join('\n\n\n')
}

const run = (folder: string, input: object): Promise<Result[]> =>
  new Promise((resolve, reject) => {
    const options = { cwd: folder, env: { PATH: process.env.PATH, PYTHONPATH: folder }, maxBuffer: 2 ** 28 }
    const script = join(import.meta.dirname, 'evaluate.py')
    const child = execFile(join(pythonBin, 'python'), [script], options, (error, out, trouble) =>
      error ? reject(new Error(trouble || error.message)) : resolve(JSON.parse(out)),
    )
    child.stdin!.end(JSON.stringify(input))
  })

describe('an expression means the same in CEL, in Python, and in SQL on both databases', () => {
  let postgres: PostgresServer
  let folder: string
  let sqlite: Result
  let server: Result

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'autocoder-expressions-'))
    const deployment = planDeployment(canonical, { engine: 'sqlite' })
    writeTree(emitShared({ architecture, deployment }), folder)
    for (const name of Object.keys(architecture.components))
      writeTree(emitComponent(name, { architecture, deployment }), folder)
    writeFileSync(join(folder, 'app/cases.py'), casesModule())
    postgres = await startPostgres()
    const url = (await postgres.createDatabase()).replace(/^postgres(ql)?:/, 'postgresql+psycopg:')
    const results = await run(folder, {
      rows,
      me: rows.Other[1]!.id,
      now: NOW.toISOString(),
      urls: [`sqlite:///${folder}/test.db`, url],
    })
    sqlite = results[0]!
    server = results[1]!
  }, 300_000)
  afterAll(async () => {
    await postgres?.stop()
    if (!process.env.KEEP) rmSync(folder, { recursive: true, force: true })
    else console.log(folder)
  })

  const differences = (
    found: (number: number, index: number) => unknown,
    wanted: (number: number, index: number) => unknown,
  ) =>
    cases
      .flatMap(({ text, zone }, number) =>
        rows.Item.flatMap((_, index) => {
          const [a, b] = [found(number, index), wanted(number, index)]
          return b === undefined || a === b ? [] : [`${text} (${zone}), row ${index}: ${a} instead of ${b}`]
        }),
      )
      .filter((_, index) => index < 20)

  it('in Python as in CEL', () => {
    const contexts = rows.Item.map((_, index) => contextOf(rows, index))
    const wanted = (number: number, index: number) => {
      const { text, oracle, time } = cases[number]!
      if (!oracle || (time && isAtTheEnds(rows, index)) || isExtreme(text, rows, index)) return undefined
      return evaluate(text, contexts[index]!)
    }
    expect(differences((number, index) => sqlite.python![number]![index], wanted)).toEqual([])
    expect(cases.filter(({ oracle }) => oracle).length).toBeGreaterThan(COUNT / 4)
  })

  it.each(['SQLite', 'PostgreSQL'])('in SQL of %s as in Python', (name) => {
    const result = name === 'SQLite' ? sqlite : server
    expect(result.errors.map(([number, error]) => `${cases[number]!.text}: ${error}`).slice(0, 10)).toEqual([])
    expect(
      differences(
        (number, index) => result.sql[number]?.[index],
        (number, index) => sqlite.python![number]![index],
      ),
    ).toEqual([])
  })

  it.each(['SQLite', 'PostgreSQL'])('as a condition of %s, which keeps what is true', (name) => {
    const result = name === 'SQLite' ? sqlite : server
    const wanted = (number: number, index: number) =>
      typeOf(cases[number]!.text) === 'bool' ? sqlite.python![number]![index] === 'bool true' : undefined
    expect(differences((number, index) => result.where[number]?.[index], wanted)).toEqual([])
  })

  it('in code whose types fit, strictly', async () => {
    const { summary, result, detail } = await typesCheck.run({
      folder,
      pythonBin,
      signal: new AbortController().signal,
    } as never)
    expect(result, `${summary}\n${detail}`).toBe('passed')
  }, 120_000)
})
