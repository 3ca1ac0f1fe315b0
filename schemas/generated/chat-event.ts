/* Written by scripts/generate-types.ts from ../chat-event.schema.json. Do not edit. */

/**
 * What comes in from a platform, after its adapter verified and translated it.
 */
export type ChatEvent = (MessageEvent | PressEvent | EditEvent)

/**
 * Somebody wrote.
 */
export interface MessageEvent {
type: "message"
/**
 * The platform's own id of the event: a redelivery carries the same.
 */
id: string
platform: ("web" | "terminal" | "slack" | "discord")
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
/**
 * What people wrote in the thread before the bot was called into it, oldest first; only in the first event of a thread.
 */
before?: EarlierMessage[]
/**
 * Whom the text names, in its order; the text has them as @name.
 */
mentions?: Mention[]
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
/**
 * Ids of the platform's groups or roles the person is in: Slack user groups, Discord roles. A team maps them to rights.
 */
groups?: string[]
/**
 * Whether the person administers the workspace on its platform.
 */
owner?: boolean
}
export interface AttachedFile {
name: string
text: string
}
export interface EarlierMessage {
/**
 * Who wrote it.
 */
name: string
text: string
}
export interface Mention {
kind: ("person" | "group")
id: string
name: string
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
platform: ("web" | "terminal" | "slack" | "discord")
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
person?: Mention1
}
/**
 * Who was chosen, where the button asked for a person.
 */
export interface Mention1 {
kind: ("person" | "group")
id: string
name: string
}
/**
 * Somebody changed or took back what they had written.
 */
export interface EditEvent {
type: "edit"
/**
 * The platform's own id of the event: a redelivery carries the same.
 */
id: string
platform: ("web" | "terminal" | "slack" | "discord")
team: EventTeam
/**
 * The platform's id of the thread.
 */
thread: string
actor: EventActor
at: string
/**
 * The id of the message event that it is about.
 */
message: string
/**
 * The new words; absent where the message was deleted.
 */
text?: string
}
