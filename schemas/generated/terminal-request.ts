/* Written by scripts/generate-types.ts from ../terminal-request.schema.json. Do not edit. */

/**
 * One line that a terminal sends to the running bot over its socket.
 */
export type TerminalRequest = (TerminalHello | TerminalSay | TerminalPress | TerminalInvite | TerminalBackup | TerminalAddress)

/**
 * The first line: which team's terminal this is, and who sits there.
 */
export interface TerminalHello {
type: "hello"
team: string
actor: string
}
/**
 * A message.
 */
export interface TerminalSay {
type: "say"
id: string
text: string
/**
 * What was attached, as text: the first OpenAPI file among it counts.
 */
files?: AttachedFile[]
}
export interface AttachedFile {
name: string
text: string
}
/**
 * A press of a button.
 */
export interface TerminalPress {
type: "press"
id: string
card: string
button: string
value?: string
}
/**
 * Asks for an address that lets a person into the web chat once, under a name.
 */
export interface TerminalInvite {
type: "invite"
name: string
}
/**
 * Asks for a backup: only the bot that has the embedded database open can read it.
 */
export interface TerminalBackup {
type: "backup"
/**
 * Absolute path of the archive to write.
 */
file: string
}
/**
 * Asks where the running bot serves its page; lets nobody in.
 */
export interface TerminalAddress {
type: "address"
}
