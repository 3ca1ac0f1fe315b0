/* Written by scripts/generate-types.ts from ../chat-event.schema.json. Do not edit. */

/**
 * What comes in from a platform, after its adapter verified and translated it.
 */
export type ChatEvent = (MessageEvent | PressEvent)

/**
 * Somebody wrote.
 */
export interface MessageEvent {
type: "message"
/**
 * The platform's own id of the event: a redelivery carries the same.
 */
id: string
platform: ("web" | "terminal")
team: EventTeam
/**
 * The platform's id of the thread.
 */
thread: string
actor: EventActor
at: string
text: string
/**
 * What was attached, as text: the first OpenAPI file among it counts.
 */
files?: AttachedFile[]
}
/**
 * The workspace; its id on the platform.
 */
export interface EventTeam {
id: string
name: string
}
/**
 * Who did it.
 */
export interface EventActor {
id: string
name: string
}
export interface AttachedFile {
name: string
text: string
}
/**
 * Somebody pressed a button of a card.
 */
export interface PressEvent {
type: "press"
/**
 * The platform's own id of the event: a redelivery carries the same.
 */
id: string
platform: ("web" | "terminal")
team: EventTeam
/**
 * The platform's id of the thread.
 */
thread: string
actor: EventActor
at: string
/**
 * The card's key in its conversation.
 */
card: string
button: string
/**
 * The value that the pressed button carried.
 */
value?: string
/**
 * What was written, where the button asked for it.
 */
text?: string
}
