import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Evidence } from '../../schemas/generated/evidence.ts'
import type { FileTree } from '../file-tree.ts'

const sha256 = (content: string | Uint8Array): string => `sha256:${createHash('sha256').update(content).digest('hex')}`

const autocoderVersion = (): string => {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  const version = typeof manifest === 'object' && manifest !== null && 'version' in manifest ? manifest.version : ''
  return String(version)
}

const digestOfFile = (tree: FileTree, path: string): string | undefined => {
  const content = tree.get(path)
  return content === undefined ? undefined : sha256(content)
}

/** Returns what a release was made from, as text: enough to make it again and to see that it is the same. */
export const emitBuildLock = (lock: {
  tree: FileTree
  digest: string
  commit: string
  evidence: FileTree
  checks: Evidence[]
}): string => {
  const { tree, digest, commit, evidence, checks } = lock
  const content = {
    apiVersion: 'autocoder/v1',
    digest,
    commit,
    blueprint: {
      'architecture.yaml': digestOfFile(tree, 'architecture.yaml'),
      'deployment.yaml': digestOfFile(tree, 'deployment.yaml'),
    },
    'requirements.lock': digestOfFile(tree, 'requirements.lock'),
    autocoder: autocoderVersion(),
    checks: Object.fromEntries(checks.map(({ check, tool, version, result }) => [check, { tool, version, result }])),
    evidence: Object.fromEntries([...evidence].map(([path, text]) => [path, sha256(text)])),
  }
  return `${JSON.stringify(content, null, 2)}\n`
}

/** Returns evidence/: one JSON file a check, and a page for people. */
export const emitEvidence = (checks: Evidence[]): FileTree => {
  const tree: FileTree = new Map()
  for (const record of checks) tree.set(`evidence/${record.check}.json`, `${JSON.stringify(record, null, 2)}\n`)
  const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ')
  const rows = checks.map(
    ({ check, result, tool, version, seconds, summary }) =>
      `| ${check} | ${result} | ${cell(summary)} | ${tool} ${version} | ${seconds.toFixed(2)} s |`,
  )
  const page = `# Evidence

What was checked before this release was made, on exactly these files (${checks[0]?.digest ?? 'none'}).

| check | result | in words | tool | time |
|---|---|---|---|---|
${rows.join('\n')}
`
  return tree.set('evidence/README.md', page)
}
