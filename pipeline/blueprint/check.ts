import type { Diagnostic } from '../../schemas/diagnostic.ts'
import type { Architecture } from '../../schemas/generated/architecture.ts'
import type { Deployment } from '../../schemas/generated/deployment.ts'
import { checkBehaviour } from './checks/behaviour.ts'
import { checkComponents } from './checks/components.ts'
import { checkComputed } from './checks/computed.ts'
import { checkEnvironment } from './checks/environment.ts'
import { checkExpand } from './checks/expand.ts'
import { checkModels } from './checks/models.ts'
import { checkPolicies } from './checks/policies.ts'
import { checkReaders } from './checks/readers.ts'
import { createReport, type Finding } from './checks/report.ts'
import { checkToggles } from './checks/toggles.ts'
import type { Locate } from './parse.ts'
import { toDiagnosticPath } from './schema-problems.ts'

/**
 * Returns every semantic problem of a blueprint whose files have passed their schemas, all at once.
 * With `locate` (from parse) each has its line and column; without, its JSON pointer stands at line 1.
 */
export const checkBlueprint = (
  architecture: Architecture,
  deployment?: Deployment,
  locate: { architecture?: Locate; deployment?: Locate } = {},
): Diagnostic[] => {
  const inArchitecture = createReport('architecture')
  checkModels(architecture, inArchitecture.report)
  checkComputed(architecture, inArchitecture.report)
  checkComponents(architecture, inArchitecture.report)
  checkPolicies(architecture, inArchitecture.report)
  checkToggles(architecture, inArchitecture.report)
  checkExpand(architecture, inArchitecture.report)
  checkReaders(architecture, inArchitecture.report)
  checkBehaviour(architecture, inArchitecture.report)
  const inDeployment = createReport('deployment')
  if (deployment) checkEnvironment(architecture, deployment, inDeployment.report)
  return [...inArchitecture.findings, ...inDeployment.findings].map((finding) =>
    toDiagnostic(finding, locate[finding.file]),
  )
}

const toDiagnostic = (finding: Finding, locate: Locate | undefined): Diagnostic => ({
  code: finding.code,
  severity: 'error',
  message: finding.message,
  location: locate?.(finding.path) ?? {
    file: `${finding.file}.yaml`,
    line: 1,
    column: 1,
    pointer: toDiagnosticPath(finding.path),
  },
  help: finding.help,
})
