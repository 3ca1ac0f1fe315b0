/* Written by scripts/generate-types.ts from ../terminal-request.schema.json. Do not edit. */

/**
 * One line that a terminal sends to the running bot over its socket.
 */
export type TerminalRequest = (TerminalHello | TerminalSay | TerminalPress)

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
