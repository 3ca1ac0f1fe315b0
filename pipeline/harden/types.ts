import { join } from 'node:path'
import { runTool } from '../run-tool.ts'
import { type Check, cutDetail, troubleOf } from './check.ts'
import { toolVersion } from './tool-version.ts'

/** Whether every type fits, strictly, in the system's own code, runtime and migrations. */
export const typesCheck: Check = {
  name: 'types',
  step: 'Checking types',
  run: async ({ folder, pythonBin, signal }) => {
    const args = [
      'check',
      '--output-format=min-text',
      '--python-interpreter-path',
      join(pythonBin, 'python'),
      '--summary=none',
    ]
    const result = await runTool(join(pythonBin, 'pyrefly'), args, { cwd: folder, signal, timeoutMs: 300_000 })
    const findings = result.output.match(/^ERROR .+$/gm) ?? []
    return {
      tool: 'pyrefly',
      version: await toolVersion(pythonBin, 'pyrefly'),
      result: result.code === 0 ? 'passed' : 'failed',
      summary:
        result.code === 0
          ? 'All types fit'
          : (troubleOf(result, 'The type checker') ??
            `${findings.length === 1 ? '1 type does not fit' : `${findings.length} types do not fit`}, the first in ${/^ERROR ([^\s:]+:\d+)/.exec(findings[0] ?? '')?.[1] ?? 'the output'}`),
      failed: findings.length,
      ...(result.code !== 0 && { detail: cutDetail(result.output) }),
    }
  },
}
