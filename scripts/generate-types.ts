/** Writes schemas/generated/<name>.ts from schemas/<name>.schema.json. With --check, fails where a file is not current. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { compile, type JSONSchema } from 'json-schema-to-typescript'

const folder = new URL('../schemas/', import.meta.url)
const check = process.argv.includes('--check')
let stale = 0

await mkdir(new URL('generated/', folder), { recursive: true })
for (const file of (await readdir(folder)).filter((name) => name.endsWith('.schema.json')).sort()) {
  const name = file.replace('.schema.json', '')
  const schema = JSON.parse(await readFile(new URL(file, folder), 'utf8')) as JSONSchema
  // 2020-12 calls them $defs; the generator only looks for unreachable titles there, so nothing else changes.
  const source = await compile(schema, name, {
    bannerComment: `/* Written by scripts/generate-types.ts from ../${file}. Do not edit. */`,
    format: false,
    unreachableDefinitions: true,
    additionalProperties: false,
  })
  const target = new URL(`generated/${name}.ts`, folder)
  const before = await readFile(target, 'utf8').catch(() => '')
  if (before === source) continue
  if (check) {
    console.error(`schemas/generated/${name}.ts is not current: run npm run types`)
    stale += 1
  } else await writeFile(target, source)
}
process.exitCode = stale > 0 ? 1 : 0
