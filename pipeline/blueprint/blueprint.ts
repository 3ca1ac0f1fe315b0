import type { Architecture } from '../../schemas/generated/architecture.ts'
import type { Deployment } from '../../schemas/generated/deployment.ts'

/** `architecture.yaml` and `deployment.yaml` after parsing, both canonical: every default is written out. */
export type Blueprint = { architecture: Architecture; deployment: Deployment }
