/* Written by scripts/generate-types.ts from ../job.schema.json. Do not edit. */

/**
 * This interface was referenced by `JobPayloads`'s JSON-Schema
 * via the `definition` "id".
 */
export type Id = string
/**
 * This interface was referenced by `JobPayloads`'s JSON-Schema
 * via the `definition` "attempt".
 */
export type Attempt = number

/**
 * What a job of each stage carries: ids of rows, never state. `attempt` is the hand-over that the job belongs to.
 */
export interface JobPayloads {
compile?: DraftJob
action?: ActionJob
"generate-component"?: ComponentJob
generate?: BuildJob
harden?: BuildJob
package?: BuildJob
deploy?: BuildJob
}
/**
 * This interface was referenced by `JobPayloads`'s JSON-Schema
 * via the `definition` "draftJob".
 */
export interface DraftJob {
draftId: Id
attempt: Attempt
}
/**
 * This interface was referenced by `JobPayloads`'s JSON-Schema
 * via the `definition` "actionJob".
 */
export interface ActionJob {
actionId: Id
attempt: Attempt
}
/**
 * This interface was referenced by `JobPayloads`'s JSON-Schema
 * via the `definition` "componentJob".
 */
export interface ComponentJob {
buildId: Id
attempt: Attempt
component: string
}
/**
 * This interface was referenced by `JobPayloads`'s JSON-Schema
 * via the `definition` "buildJob".
 */
export interface BuildJob {
buildId: Id
attempt: Attempt
}
