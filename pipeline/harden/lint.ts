import { join } from 'node:path'
import { runTool } from '../run-tool.ts'
import { type Check, cutDetail, troubleOf } from './check.ts'
import { toolVersion } from './tool-version.ts'

/** Whether ruff finds a likely mistake, under the rules in the system's pyproject.toml. */
export const lintCheck: Check = {
  name: 'lint',
  step: 'Looking for likely mistakes',
  run: async ({ folder, pythonBin, signal }) => {
    const args = ['check', '--no-cache', '--output-format', 'concise', '.']
    const result = await runTool(join(pythonBin, 'ruff'), args, { cwd: folder, signal, timeoutMs: 120_000 })
    const findings = result.output.match(/^\S+:\d+:\d+: .+$/gm) ?? []
    return {
      tool: 'ruff check',
      version: await toolVersion(pythonBin, 'ruff'),
      result: result.code === 0 ? 'passed' : 'failed',
      summary:
        result.code === 0
          ? 'No likely mistakes'
          : (troubleOf(result, 'The linter') ??
            `${findings.length} likely ${findings.length === 1 ? 'mistake' : 'mistakes'}, the first in ${findings[0]?.split(': ')[0] ?? 'the output'}`),
      failed: findings.length,
      ...(result.code !== 0 && { detail: cutDetail(result.output) }),
    }
  },
}
