/* Written by scripts/generate-types.ts from ../evidence.schema.json. Do not edit. */

/**
 * The record that a check ran.
 */
export interface Evidence {
/**
 * The rung: format, lint, types, tests, boot.
 */
check: string
tool: string
version: string
/**
 * sha256 of the tree that was checked.
 */
digest: string
result: ("passed" | "failed")
seconds: number
/**
 * One line in plain words, such as '84 tests passed'.
 */
summary: string
/**
 * How many single tests passed, where the tool counts.
 */
passed?: number
failed?: number
/**
 * What the tool printed, cut to 400,000 characters.
 */
detail?: string
}
