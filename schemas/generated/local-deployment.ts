/* Written by scripts/generate-types.ts from ../local-deployment.schema.json. Do not edit. */

/**
 * What the local target remembers of a deployed system: systems/<id>/deployment.json.
 */
export interface LocalDeployment {
port: number
wanted: ("running" | "stopped")
release: {
system: string
name: string
digest: string
folder: string
engine: ("sqlite" | "postgres")
accounts: boolean
}
}
