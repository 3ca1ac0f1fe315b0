/* Written by scripts/generate-types.ts from ../card.schema.json. Do not edit. */

/**
 * What a thread can show: plain data that one pure renderer per platform turns into that platform's message.
 */
export type Card = (MessageCard | QuestionCard | BlueprintCard | ProgressCard | DeployedCard | FailedCard | ListCard | DiffCard | FileCard)

/**
 * Words. `code` is shown as it is, in a fixed-width face.
 */
export interface MessageCard {
kind: "message"
text: string
tone: ("plain" | "good" | "warning" | "refusal")
system?: string
code?: string
/**
 * Something is being worked on; it will be replaced.
 */
busy?: boolean
buttons?: Button[]
}
/**
 * Something to press. A button with `url` is a link; one with `ask` wants a line of text first, one with `pick` a choice; every other sends its id and value back.
 */
export interface Button {
/**
 * Short and opaque to platforms; with its value unique in its card.
 */
id: string
label: string
style: ("primary" | "plain" | "danger")
/**
 * What the press is bound to, such as a revision's digest.
 */
value?: string
/**
 * http(s) address that the button opens.
 */
url?: string
/**
 * The label of the text that is asked for before the press.
 */
ask?: string
/**
 * What is chosen before the press, under the label `ask`: a person of the team.
 */
pick?: "person"
/**
 * Whom a platform without a list of its own offers for `pick`.
 */
people?: CardPerson[]
/**
 * The sentence that does the same, for places where nothing can be pressed.
 */
say?: string
}
/**
 * Somebody of the team, by the platform's id.
 */
export interface CardPerson {
id: string
name: string
}
/**
 * A question with choices; `answer` once it was given, `withdrawn` where it no longer matters.
 */
export interface QuestionCard {
kind: "question"
id: string
text: string
system?: string
choices: Choice[]
answer?: Answer
withdrawn?: boolean
}
/**
 * One way to answer.
 */
export interface Choice {
label: string
value: string
danger?: boolean
}
/**
 * What was answered, by whom.
 */
export interface Answer {
label: string
by?: string
}
/**
 * What will be built, to be approved. Approval is given to the digest.
 */
export interface BlueprintCard {
kind: "blueprint"
system: string
title: string
revision: number
digest: string
status: ("proposed" | "approved" | "rejected" | "superseded")
/**
 * A change of a system that exists.
 */
change: boolean
/**
 * What is lost or breaks; shown at the top.
 */
warning?: string
risk?: ("none" | "breaks-clients" | "shows-more" | "hides-data")
decided?: CardDecision
summary: string[]
stores: string[]
people: string[]
/**
 * What holds and what happens by itself, a sentence each; absent in cards of older bots.
 */
rules?: string[]
/**
 * What came of each sentence of the message; absent where it was one, and in cards of older bots.
 */
readings?: CardReading[]
endpoints: CardEndpoint[]
assumptions: string[]
notCarried: string[]
changes: CardChange[]
picture?: Picture
files: CardFile[]
buttons: Button[]
/**
 * Who approved it so far, where more than one has to.
 */
approvals?: CardDecision[]
/**
 * How many have to approve; absent where one is enough.
 */
needed?: number
/**
 * The blueprint that took the place of the one this was drawn on: it has to be drawn again.
 */
behind?: number
}
/**
 * Who decided and when (RFC 3339).
 */
export interface CardDecision {
by: string
at: string
}
/**
 * A sentence as it was said, and what the blueprint has because of it; nothing where all is the same without it. `lost`: it, or a part of it, is among what is not carried.
 */
export interface CardReading {
said: string
made: string[]
lost: boolean
}
/**
 * One address of the system.
 */
export interface CardEndpoint {
method: string
path: string
who: string
text: string
}
/**
 * One change between two revisions, in plain words.
 */
export interface CardChange {
text: string
risk: ("none" | "breaks-clients" | "shows-more" | "hides-data")
}
/**
 * The components, drawn; fetched by the revision's id.
 */
export interface Picture {
id: string
alt: string
/**
 * In CSS pixels, as is height: room is kept for it while it loads.
 */
width?: number
height?: number
}
/**
 * A text file; `cut` says that only its beginning is here.
 */
export interface CardFile {
path: string
text: string
cut?: boolean
}
/**
 * A build on its way.
 */
export interface ProgressCard {
kind: "progress"
system: string
title: string
build: number
status: ("queued" | "running" | "cancelling" | "succeeded" | "failed" | "cancelled")
stages: CardStage[]
step: string
stage?: string
/**
 * Parts of the whole that are done, at most `total`.
 */
done: number
total: number
startedAt?: string
/**
 * How long it took, once it ended.
 */
seconds?: number
buttons: Button[]
}
/**
 * One stage of a build.
 */
export interface CardStage {
name: string
label: string
state: ("waiting" | "running" | "done" | "failed" | "cancelled")
step?: string
done?: number
total?: number
startedAt?: string
seconds?: number
}
/**
 * The system runs; its URL answered a moment before.
 */
export interface DeployedCard {
kind: "deployed"
system: string
title: string
url: string
docsUrl: string
release: string
build: number
/**
 * A script to paste into a shell.
 */
curl: string
checks: CardCheck[]
passed: number
failed: number
seconds: number
/**
 * Where the first administrator's one-time token lies; only the local platforms show it.
 */
setupTokenFile?: string
/**
 * Where the secrets lie with which senders of webhooks sign; only the local platforms show it.
 */
webhookSecretFiles?: string[]
change?: boolean
buttons: Button[]
/**
 * How an administrator gives the roles that nobody has by signing up, in a sentence.
 */
roles?: string
/**
 * Who has the secrets of the system, in words that a whole team may read: what team platforms show instead of where they lie.
 */
secrets?: string[]
}
/**
 * One check that ran.
 */
export interface CardCheck {
name: string
summary: string
passed: boolean
seconds: number
}
/**
 * What happened, what is safe, what to press.
 */
export interface FailedCard {
kind: "failed"
system?: string
title: string
code: string
happened: string
safe: string
next: string
detail?: string
checks?: CardCheck[]
traceId: string
buttons: Button[]
}
/**
 * Several things of one kind.
 */
export interface ListCard {
kind: "list"
title: string
text?: string
system?: string
items: CardItem[]
empty: string
buttons?: Button[]
/**
 * What the list to choose from is called, where a platform gathers the items' buttons in one, such as: With this system…
 */
choose?: string
}
/**
 * A line of a list.
 */
export interface CardItem {
title: string
text?: string
state?: ("good" | "busy" | "idle" | "bad")
url?: string
buttons?: Button[]
/**
 * Further facts, a short line each, quieter than the text.
 */
details?: string[]
}
/**
 * What changes from one revision to the next.
 */
export interface DiffCard {
kind: "diff"
title: string
system?: string
from?: number
to?: number
changes: CardChange[]
buttons?: Button[]
}
/**
 * Files to read and perhaps to download.
 */
export interface FileCard {
kind: "file"
title: string
system?: string
text?: string
files: CardFile[]
download?: CardDownload
buttons?: Button[]
}
/**
 * A file that can be fetched: the system's code as a zip.
 */
export interface CardDownload {
/**
 * build id
 */
id: string
name: string
bytes?: number
}
