/* Written by scripts/generate-types.ts from ../terminal-event.schema.json. Do not edit. */

/**
 * One line of `npm run -s chat -- --json`.
 */
export type TerminalEvent = (TerminalMessage | TerminalRefusal | TerminalQuestion | TerminalBlueprint | TerminalProgress | TerminalDeployed | TerminalError | TerminalSettled)

/**
 * Words of the bot.
 */
export interface TerminalMessage {
type: "message"
system: (string | null)
conversation: string
text: string
code?: string
url?: string
files?: {
[k: string]: string
}
/**
 * Absolute path of a file that was written.
 */
download?: string
}
/**
 * The bot does not do what was asked, and says why.
 */
export interface TerminalRefusal {
type: "refusal"
system: (string | null)
conversation: string
text: string
}
/**
 * The next line answers it.
 */
export interface TerminalQuestion {
type: "question"
system: (string | null)
conversation: string
text: string
choices: TerminalChoice[]
}
/**
 * One way to answer; its label, value or number is typed.
 */
export interface TerminalChoice {
label: string
value: string
}
/**
 * A revision that waits for approval.
 */
export interface TerminalBlueprint {
type: "blueprint"
system: (string | null)
conversation: string
text: string
revision: number
digest: string
summary: string[]
assumptions: string[]
not_carried: string[]
changes?: CardChange[]
warning?: string
buttons?: string[]
files: {
[k: string]: string
}
}
/**
 * One change between two revisions, in plain words.
 */
export interface CardChange {
text: string
risk: ("none" | "breaks-clients" | "shows-more" | "hides-data")
}
/**
 * How far a build is.
 */
export interface TerminalProgress {
type: "progress"
system: (string | null)
conversation: string
text: string
stage: string
step?: string
done: number
total: number
seconds: number
}
/**
 * The system answers at its URL.
 */
export interface TerminalDeployed {
type: "deployed"
system: (string | null)
conversation: string
text: string
url: string
docs_url: string
release: string
curl?: string
checks: TerminalChecks
seconds: number
/**
 * Where the secrets lie with which senders of webhooks sign.
 */
webhook_secret_files?: string[]
admin?: TerminalAdmin
}
/**
 * How many checks ran.
 */
export interface TerminalChecks {
passed: number
failed: number
}
/**
 * Once per system: where the first administrator's one-time token lies.
 */
export interface TerminalAdmin {
setup_token_file: string
}
/**
 * Something failed.
 */
export interface TerminalError {
type: "error"
system: (string | null)
conversation: string
text: string
code: string
help: string
trace_id: string
}
/**
 * Everything that the message began has ended.
 */
export interface TerminalSettled {
type: "settled"
system: (string | null)
conversation: string
text: string
ok: boolean
}
