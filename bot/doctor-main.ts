/** `npm run doctor`: what is configured, what is missing, how to get it, and the one next step. */
import { readConfig } from '../schemas/config.ts'
import { toAppError } from '../schemas/errors.ts'
import { examine, renderFindings } from './doctor.ts'

try {
  const findings = await examine(readConfig(process.env))
  process.stdout.write(renderFindings(findings))
  process.exitCode = findings.some((finding) => finding.state === 'bad') ? 1 : 0
} catch (error) {
  const known = toAppError(error)
  process.stdout.write(`✗ Configuration  ${known.message}\n\nNext: ${known.help}\n`)
  process.exitCode = 1
}
