import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CONTRACT_FILE } from '../blueprint/contract/file.ts'
import { runTool } from '../run-tool.ts'
import { environment } from './boot.ts'
import { type Check, cutDetail, troubleOf } from './check.ts'
import { toolVersion } from './tool-version.ts'

const runner = fileURLToPath(new URL('./run-contract.py', import.meta.url))

/** A contract of many operations takes its time: schemathesis sends some dozens of requests to each. */
const CONTRACT_MS = 600_000

/** Whether the running system answers as the OpenAPI file has it that it was asked to serve. */
export const contractCheck: Check = {
  name: 'contract',
  step: 'Comparing it with its OpenAPI file',
  run: async ({ folder, scratch, pythonBin, signal }) => {
    await mkdir(scratch, { recursive: true })
    const result = await runTool(
      join(pythonBin, 'python'),
      [runner, join(folder, CONTRACT_FILE), join(folder, 'architecture.yaml'), scratch],
      { cwd: folder, env: await environment(folder, scratch), signal, timeoutMs: CONTRACT_MS },
    )
    const served = /^served (\d+) operations$/m.exec(result.output)?.[1]
    const silent = Number(/^silent (\d+)$/m.exec(result.output)?.[1] ?? 0)
    const beyond =
      silent > 0 ? `; ${silent} of them also refuse what is wrong (4xx), which the file does not mention` : ''
    const good = result.code === 0 && served !== undefined
    return {
      tool: 'schemathesis',
      version: await toolVersion(pythonBin, 'schemathesis'),
      result: good ? 'passed' : 'failed',
      summary: good
        ? `${served} operations answer as the OpenAPI file says${beyond}`
        : (troubleOf(result, 'The comparison') ?? 'It does not answer as the OpenAPI file says'),
      ...(!good && { detail: cutDetail(result.output) }),
    }
  },
}
