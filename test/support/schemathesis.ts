import { execFile } from 'node:child_process'
import { join } from 'node:path'

const schemathesis = join(import.meta.dirname, '../../.venv/bin/schemathesis')

/**
 * Sends a running system what its OpenAPI document allows and what it does not; the same requests each time. `config`, a
 * schemathesis.toml, says which answers are right. Returns the exit code (0: nothing wrong was found) and the end of what
 * it said.
 */
export const runSchemathesis = (
  url: string,
  { config, examples, phases, header }: { config: string; examples: number; phases: string; header?: string },
): Promise<{ code: number; said: string }> => {
  const args = ['--config-file', config, 'run', `${url}/openapi.json`, '--no-color', '--suppress-health-check', 'all']
  args.push('--max-examples', String(examples), '--phases', phases, '--seed', '1')
  if (header) args.push('--header', header)
  return new Promise((resolve) => {
    execFile(schemathesis, args, { maxBuffer: 2 ** 26 }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), said: `${stdout}${stderr}`.slice(-6000) }),
    )
  })
}
