/* Written by scripts/generate-types.ts from ../local-deployment.schema.json. Do not edit. */

/**
 * What the local target remembers of a deployed system: systems/<id>/deployment.json.
 */
export interface LocalDeployment {
port: number
wanted: ("running" | "stopped")
/**
 * It came here from another place and has not run here yet: where its port is taken, it takes another.
 */
moved?: true
release: {
system: string
name: string
digest: string
folder: string
engine: ("sqlite" | "postgres")
accounts: boolean
/**
 * Whom it may call besides public addresses.
 */
outbound?: string[]
/**
 * Names of the secrets with which senders of webhooks sign.
 */
webhookSecrets?: string[]
/**
 * Whether its events travel over Redis.
 */
redis?: boolean
}
}
