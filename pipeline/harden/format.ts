import { join } from 'node:path'
import { runTool } from '../run-tool.ts'
import { type Check, cutDetail, troubleOf } from './check.ts'
import { toolVersion } from './tool-version.ts'

/** Whether the code is laid out as ruff does it, so that a diff shows changes and nothing else. */
export const formatCheck: Check = {
  name: 'format',
  step: 'Checking the layout of the code',
  run: async ({ folder, pythonBin, signal }) => {
    const args = ['format', '--check', '--no-cache', '--output-format', 'concise', '.']
    const result = await runTool(join(pythonBin, 'ruff'), args, { cwd: folder, signal, timeoutMs: 120_000 })
    const files = result.output.match(/^\S+:\d+:\d+: .+$/gm)?.map((line) => line.split(':')[0])
    const formatted = Number(/(\d+) files? already formatted/.exec(result.output)?.[1] ?? 0)
    return {
      tool: 'ruff format',
      version: await toolVersion(pythonBin, 'ruff'),
      result: result.code === 0 ? 'passed' : 'failed',
      summary:
        result.code === 0
          ? `${formatted} files are laid out as they should be`
          : (troubleOf(result, 'The layout check') ??
            `Not laid out by ruff: ${files?.slice(0, 3).join(', ') ?? 'see detail'}`),
      failed: files?.length ?? 0,
      ...(result.code !== 0 && { detail: cutDetail(result.output) }),
    }
  },
}
