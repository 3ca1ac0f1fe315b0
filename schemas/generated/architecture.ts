/* Written by scripts/generate-types.ts from ../architecture.schema.json. Do not edit. */

/**
 * uuid, string (one line), text (many lines), int, float, decimal (exact, see scale), bool, date, datetime (UTC), time, email, url, phone, enum (see values), json (any JSON), object(Type) and list(Type) of a shape from `types`, roles (names from policies.roles), list(T) of a plain type, ref(Model.field), file (see file), slug (made from the field `from`, unique), code (random, unique, see length).
 * 
 * This interface was referenced by `Architecture`'s JSON-Schema
 * via the `definition` "fieldKind".
 */
export type FieldKind = string
/**
 * This interface was referenced by `Architecture`'s JSON-Schema
 * via the `definition` "scalar".
 */
export type Scalar = (string | number | boolean | null)
/**
 * snake_case name of a component, port, field or operation.
 * 
 * This interface was referenced by `Architecture`'s JSON-Schema
 * via the `definition` "name".
 */
export type Name = string
/**
 * One sentence for whoever broke the rule.
 * 
 * This interface was referenced by `Architecture`'s JSON-Schema
 * via the `definition` "message".
 */
export type Message = string
/**
 * A time zone of the IANA data base, such as Europe/Berlin or UTC.
 * 
 * This interface was referenced by `Architecture`'s JSON-Schema
 * via the `definition` "zone".
 */
export type Zone = string
/**
 * CEL (Common Expression Language), checked against the models: see pipeline/expressions/README.md.
 * 
 * This interface was referenced by `Architecture`'s JSON-Schema
 * via the `definition` "expression".
 */
export type Expression = string
/**
 * PascalCase name of a model or type.
 * 
 * This interface was referenced by `Architecture`'s JSON-Schema
 * via the `definition` "typeName".
 */
export type TypeName = string
/**
 * This interface was referenced by `Architecture`'s JSON-Schema
 * via the `definition` "port".
 */
export type Port = (RpcPort | StorePort | EventPort | TimerPort)
/**
 * This interface was referenced by `Architecture`'s JSON-Schema
 * via the `definition` "crudOp".
 */
export type CrudOp = ("create" | "list" | "read" | "update" | "delete")
/**
 * component.port
 * 
 * This interface was referenced by `Architecture`'s JSON-Schema
 * via the `definition` "endpoint".
 */
export type Endpoint = string
/**
 * component.port:op, with * for every operation. @own limits it to one's own objects, @field to objects whose field refers to the caller, @parent to objects whose parent (see `parent` of the port) the caller may read; ` where <expression>` to those for which it is true (`this` is the object, `me` the caller). Several grants add up.
 * 
 * This interface was referenced by `Architecture`'s JSON-Schema
 * via the `definition` "grant".
 */
export type Grant = string

/**
 * What a system is, the same in every environment (architecture.yaml).
 */
export interface Architecture {
apiVersion: "autocoder/v1"
system: System
types?: {
[k: string]: TypeShape
}
models: {
[k: string]: Model
}
components: {
[k: string]: Component
}
/**
 * @maxItems 20000
 */
links: Link[]
/**
 * @maxItems 4000
 */
expose: Exposure[]
contract?: Contract
http?: Http
policies: Policies
}
/**
 * This interface was referenced by `Architecture`'s JSON-Schema
 * via the `definition` "system".
 */
export interface System {
/**
 * kebab-case; part of file names and database names.
 */
name: string
title?: string
version: string
description: string
}
/**
 * The shape of an operation's input or output.
 * 
 * This interface was referenced by `Architecture`'s JSON-Schema
 * via the `definition` "type".
 */
export interface TypeShape {
[k: string]: Field
}
/**
 * This interface was referenced by `Architecture`'s JSON-Schema
 * via the `definition` "field".
 */
export interface Field {
type: FieldKind
description?: string
/**
 * The primary key; its value is made by the system.
 */
key?: boolean
unique?: boolean
index?: boolean
/**
 * Smallest value of a number, shortest length of a text or list; an ISO date for date and datetime.
 */
min?: (number | string)
/**
 * Largest value of a number, greatest length of a text or list; an ISO date for date and datetime.
 */
max?: (number | string)
/**
 * Digits after the point of a decimal.
 */
scale?: number
/**
 * The values of an enum, in their order.
 * 
 * @minItems 1
 * @maxItems 100
 */
values?: [string, ...(string)[]]
file?: FileRules
/**
 * snake_case name of a component, port, field or operation.
 */
from?: string
/**
 * Characters of a code.
 */
length?: number
/**
 * The value where a request gives none.
 */
default?: (Scalar | Scalar[])
/**
 * May be absent or null.
 */
optional?: boolean
/**
 * Written by the system, never by a client: the time of creation, the time of the last change, a running number (see numbers).
 */
set?: ("created" | "updated" | "numbered")
numbers?: Numbers
/**
 * pii: personal data; secret: never shown; card: payment card data.
 */
class?: ("pii" | "secret" | "card")
/**
 * Of the roles of an account with several by default: who signs up says in `role` which of them they get, or `all`. Without it they get all.
 */
choice?: true
/**
 * Who sees the value besides administrators, of those who see the row: roles by name, `@own` for the row's owner, `@<field>` for the account that the field refers to. Without it: whoever sees the row.
 * 
 * @minItems 1
 */
readers?: [string, ...(string)[]]
/**
 * Where the value must not appear.
 */
never?: ("log" | "response")[]
/**
 * What happens to this row when the one it refers to is deleted.
 */
onDelete?: ("cascade" | "restrict" | "set-null")
/**
 * snake_case name of a component, port, field or operation.
 */
column?: string
}
/**
 * What may be uploaded: at most maxBytes (1 MB is 2^20), of these media types; * stands for any subtype. Links to it expire.
 * 
 * This interface was referenced by `Architecture`'s JSON-Schema
 * via the `definition` "fileRules".
 */
export interface FileRules {
maxBytes: number
/**
 * @minItems 1
 */
types: [string, ...(string)[]]
/**
 * How long a link to the file is good for.
 */
linkMinutes: number
}
/**
 * How a field with `set: numbered` counts: 1, 2, 3 in the order in which rows are made, without gaps; no number is given twice.
 * 
 * This interface was referenced by `Architecture`'s JSON-Schema
 * via the `definition` "numbers".
 */
export interface Numbers {
/**
 * The first number; 1 where absent.
 */
from?: number
/**
 * References: the numbers begin again for each of what these refer to.
 * 
 * @minItems 1
 * @maxItems 3
 */
per?: [Name]|[Name, Name]|[Name, Name, Name]
/**
 * How the number is written, of a string: T-{number:4} is T-0001. With {year}, or {year} and {month}, numbers begin again each year or month, in UTC.
 */
as?: string
}
/**
 * What is stored: one table.
 * 
 * This interface was referenced by `Architecture`'s JSON-Schema
 * via the `definition` "model".
 */
export interface Model {
description?: string
/**
 * snake_case name of a component, port, field or operation.
 */
plural?: string
fields: {
[k: string]: Field
}
/**
 * Fields that are unique together.
 */
unique?: [Name, Name, ...(Name)[]][]
/**
 * version: a row version behind ETag and If-Match.
 */
concurrency: ("version" | "none")
/**
 * snake_case name of a component, port, field or operation.
 */
table?: string
/**
 * What holds between values and between rows, also while many write at once.
 * 
 * @maxItems 100
 */
rules?: Rule[]
/**
 * Read-only values made of other values, or counted over rows that refer here.
 */
computed?: {
[k: string]: Computed
}
states?: States
on?: Hooks
/**
 * Each change is kept: who did what when.
 */
history?: boolean
/**
 * Deleted rows stay, out of sight, and can be restored.
 */
softDelete?: boolean
keys?: Keys
}
/**
 * Exactly one of check, unique, exclude and limit.
 * 
 * This interface was referenced by `Architecture`'s JSON-Schema
 * via the `definition` "rule".
 */
export interface Rule {
name: Name
message: Message
/**
 * Must not be false for any row; `this` is the row.
 */
check?: string
/**
 * Fields that are unique together among the rows of `where`.
 * 
 * @minItems 1
 */
unique?: [Name, ...(Name)[]]
exclude?: Exclude
limit?: Limit
/**
 * Which rows a unique, exclude or limit is about; `this` is the row.
 */
where?: string
}
/**
 * No two rows with the same values overlap in time.
 * 
 * This interface was referenced by `Architecture`'s JSON-Schema
 * via the `definition` "exclude".
 */
export interface Exclude {
/**
 * Equal in both rows; empty: all rows.
 */
same: Name[]
start: Name
/**
 * snake_case name of a component, port, field or operation.
 */
end?: string
/**
 * Instead of `end`: how long it takes, a field that holds minutes or a number.
 */
minutes?: (Name | number)
/**
 * The end belongs to it: days from the 1st to the 3rd clash with days from the 3rd.
 */
closed?: boolean
}
/**
 * At most `max` rows (or a sum of at most `max`) with the same values.
 * 
 * This interface was referenced by `Architecture`'s JSON-Schema
 * via the `definition` "limit".
 */
export interface Limit {
/**
 * Equal in all rows that are counted; empty: all rows.
 */
per: Name[]
/**
 * A whole number, or an expression such as `this.course.seats`.
 */
max: string
/**
 * snake_case name of a component, port, field or operation.
 */
sum?: string
within?: Within
}
/**
 * Counted in each calendar day, week, month or year of this field.
 */
export interface Within {
field: Name
unit: ("day" | "week" | "month" | "year")
zone: Zone
}
/**
 * Exactly one of expr and over.
 * 
 * This interface was referenced by `Architecture`'s JSON-Schema
 * via the `definition` "computed".
 */
export interface Computed {
type: FieldKind
scale?: number
description?: string
/**
 * Of the row's own values: `this`.
 */
expr?: string
over?: Over
}
/**
 * An aggregate of the rows whose reference names this row.
 * 
 * This interface was referenced by `Architecture`'s JSON-Schema
 * via the `definition` "over".
 */
export interface Over {
take: ("count" | "sum" | "avg" | "min" | "max" | "exists")
/**
 * Model.reference: the rows that refer here.
 */
from: string
/**
 * snake_case name of a component, port, field or operation.
 */
field?: string
/**
 * Which of them; `that` is one, `this` the row itself, `me` the caller.
 */
where?: string
}
/**
 * An enum that changes only by transitions; a new row starts with the field's default.
 * 
 * This interface was referenced by `Architecture`'s JSON-Schema
 * via the `definition` "states".
 */
export interface States {
field: Name
/**
 * Operation -> step from state to state: POST .../{id}/<operation>.
 */
transitions: {
[k: string]: Transition
}
}
/**
 * This interface was referenced by `Architecture`'s JSON-Schema
 * via the `definition` "transition".
 */
export interface Transition {
description?: string
/**
 * The states it starts from.
 * 
 * @minItems 1
 */
from: [string, ...(string)[]]
to: string
/**
 * PascalCase name of a model or type.
 */
in?: string
/**
 * @maxItems 50
 */
require?: Requirement[]
/**
 * What else happens in the same transaction; `this` is the row, already in its new state.
 * 
 * @maxItems 50
 */
do?: Step[]
}
/**
 * This interface was referenced by `Architecture`'s JSON-Schema
 * via the `definition` "requirement".
 */
export interface Requirement {
check: Expression
message: Message
/**
 * 409 unless said otherwise.
 */
status?: (400 | 403 | 404 | 409 | 422)
}
/**
 * Exactly one of create, set, take, delete, emit, call and each.
 * 
 * This interface was referenced by `Architecture`'s JSON-Schema
 * via the `definition` "step".
 */
export interface Step {
/**
 * CEL (Common Expression Language), checked against the models: see pipeline/expressions/README.md.
 */
when?: string
create?: CreateStep
set?: SetStep
take?: TakeStep
delete?: Name
emit?: EmitStep
call?: CallStep
each?: EachStep
}
export interface CreateStep {
model: TypeName
values: Assignments
as?: Name
}
/**
 * Field -> the expression of its value.
 * 
 * This interface was referenced by `Architecture`'s JSON-Schema
 * via the `definition` "assignments".
 */
export interface Assignments {
[k: string]: Expression
}
export interface SetStep {
/**
 * snake_case name of a component, port, field or operation.
 */
of: string
values: Assignments
}
/**
 * Takes a row through one of its transitions, with all that it requires and that goes along with it: 409 where it cannot go on.
 */
export interface TakeStep {
/**
 * snake_case name of a component, port, field or operation.
 */
of: string
/**
 * snake_case name of a component, port, field or operation.
 */
transition: string
/**
 * A row that cannot go on is left as it is.
 */
optional?: boolean
}
export interface EmitStep {
/**
 * snake_case name of a component, port, field or operation.
 */
port: string
values: Assignments
}
/**
 * An HTTP request to the world outside, after the commit, with retries.
 */
export interface CallStep {
/**
 * snake_case name of a component, port, field or operation.
 */
port: string
url: Expression
body: Assignments
/**
 * CEL (Common Expression Language), checked against the models: see pipeline/expressions/README.md.
 */
secret?: string
}
export interface EachStep {
as: Name
model: TypeName
where?: Expression
/**
 * @minItems 1
 * @maxItems 20
 */
do: [Step]|[Step, Step]|[Step, Step, Step]|[Step, Step, Step, Step]|[Step, Step, Step, Step, Step]|[Step, Step, Step, Step, Step, Step]|[Step, Step, Step, Step, Step, Step, Step]|[Step, Step, Step, Step, Step, Step, Step, Step]|[Step, Step, Step, Step, Step, Step, Step, Step, Step]|[Step, Step, Step, Step, Step, Step, Step, Step, Step, Step]|[Step, Step, Step, Step, Step, Step, Step, Step, Step, Step, Step]|[Step, Step, Step, Step, Step, Step, Step, Step, Step, Step, Step, Step]|[Step, Step, Step, Step, Step, Step, Step, Step, Step, Step, Step, Step, Step]|[Step, Step, Step, Step, Step, Step, Step, Step, Step, Step, Step, Step, Step, Step]|[Step, Step, Step, Step, Step, Step, Step, Step, Step, Step, Step, Step, Step, Step, Step]|[Step, Step, Step, Step, Step, Step, Step, Step, Step, Step, Step, Step, Step, Step, Step, Step]|[Step, Step, Step, Step, Step, Step, Step, Step, Step, Step, Step, Step, Step, Step, Step, Step, Step]|[Step, Step, Step, Step, Step, Step, Step, Step, Step, Step, Step, Step, Step, Step, Step, Step, Step, Step]|[Step, Step, Step, Step, Step, Step, Step, Step, Step, Step, Step, Step, Step, Step, Step, Step, Step, Step, Step]|[Step, Step, Step, Step, Step, Step, Step, Step, Step, Step, Step, Step, Step, Step, Step, Step, Step, Step, Step, Step]
}
/**
 * What is asked before a row is made, changed or deleted, and what else happens with it, whoever does it.
 * 
 * This interface was referenced by `Architecture`'s JSON-Schema
 * via the `definition` "hooks".
 */
export interface Hooks {
create?: Hook
update?: Hook
delete?: Hook
}
/**
 * This interface was referenced by `Architecture`'s JSON-Schema
 * via the `definition` "hook".
 */
export interface Hook {
/**
 * `this` is the row: as it will be for create, as it is before the change for update and delete. One for update that names `was` too is asked after the change: `this` is the row as it has become, `was` as it was.
 * 
 * @maxItems 50
 */
require?: Requirement[]
/**
 * In the same transaction; `this` is the row as it was made or has become, or as it is before it is deleted; for update `was` is the row as it was.
 * 
 * @maxItems 50
 */
do?: Step[]
}
/**
 * Rows are devices or services that sign in with an API key of their own, in this role.
 */
export interface Keys {
role: Name
}
/**
 * This interface was referenced by `Architecture`'s JSON-Schema
 * via the `definition` "component".
 */
export interface Component {
description?: string
/**
 * Capabilities beyond the kernel.
 */
requires?: Name[]
ports: {
[k: string]: Port
}
}
/**
 * Operations that are called and answered. `crud` stands for the standard operations on a model; `ops` names operations one by one.
 * 
 * This interface was referenced by `Architecture`'s JSON-Schema
 * via the `definition` "rpcPort".
 */
export interface RpcPort {
dir: ("in" | "out")
kind: "rpc"
crud?: TypeName
/**
 * Which of the standard operations; all five where absent.
 * 
 * @minItems 1
 */
only?: [CrudOp, ...(CrudOp)[]]
ops?: {
[k: string]: Operation
}
list?: Listing
/**
 * Operations that honour an Idempotency-Key.
 */
idempotency?: CrudOp[]
/**
 * snake_case name of a component, port, field or operation.
 */
owner?: string
/**
 * Standard operations that need no sign-in; for others grant them to the role `anyone`.
 */
public?: CrudOp[]
/**
 * snake_case name of a component, port, field or operation.
 */
parent?: string
/**
 * snake_case name of a component, port, field or operation.
 */
field?: string
/**
 * An in port that nothing needs to be linked to.
 */
optional?: boolean
toggles?: {
[k: string]: Toggle
}
views?: {
[k: string]: View
}
/**
 * POST .../bulk and PATCH .../bulk: so many at once, all or none.
 */
bulk?: number
/**
 * The list can be had as CSV: Accept: text/csv.
 */
csv?: boolean
/**
 * What ?expand= embeds: references (without _id) and plurals of children.
 */
expand?: Name[]
/**
 * An out port to the world outside, for calls; nothing is linked to it.
 */
external?: boolean
}
/**
 * This interface was referenced by `Architecture`'s JSON-Schema
 * via the `definition` "operation".
 */
export interface Operation {
description?: string
in?: TypeName
out?: TypeName
/**
 * Needs no sign-in.
 */
public?: boolean
/**
 * Open to whoever is signed in, whatever their roles.
 */
signedIn?: boolean
method?: ("GET" | "POST" | "PUT" | "PATCH" | "DELETE")
/**
 * Below the port's path; /{id}/<name> on a port about a model, /<name> elsewhere, where absent. Parameters are names in expressions.
 */
path?: string
find?: {
[k: string]: Find
}
/**
 * @maxItems 50
 */
require?: Requirement[]
/**
 * @maxItems 50
 */
do?: Step[]
answer?: Answer
webhook?: Webhook
}
/**
 * One row by its id, or the first that fits; 404 where there is none, or null if optional. Locked where it is written.
 * 
 * This interface was referenced by `Architecture`'s JSON-Schema
 * via the `definition` "find".
 */
export interface Find {
model: TypeName
id?: Expression
/**
 * CEL (Common Expression Language), checked against the models: see pipeline/expressions/README.md.
 */
where?: string
optional?: boolean
}
/**
 * Exactly one of row, values and redirect; without it nothing is answered (204).
 * 
 * This interface was referenced by `Architecture`'s JSON-Schema
 * via the `definition` "answer".
 */
export interface Answer {
/**
 * snake_case name of a component, port, field or operation.
 */
row?: string
values?: Assignments
/**
 * CEL (Common Expression Language), checked against the models: see pipeline/expressions/README.md.
 */
redirect?: string
status?: (200 | 201 | 202)
}
/**
 * Called from outside: stored before it is handled, handled once for each id.
 */
export interface Webhook {
/**
 * snake_case name of a component, port, field or operation.
 */
secret?: string
/**
 * CEL (Common Expression Language), checked against the models: see pipeline/expressions/README.md.
 */
id?: string
}
/**
 * This interface was referenced by `Architecture`'s JSON-Schema
 * via the `definition` "listing".
 */
export interface Listing {
maxPage: number
/**
 * Fields that may be filtered by equality.
 */
filter: Name[]
/**
 * Fields that may also be filtered by <field>_min and <field>_max, both inclusive.
 */
range?: Name[]
sort: Name[]
/**
 * Text fields that ?q= looks into, ignoring case.
 */
search: Name[]
/**
 * The order where a request names none; a leading minus means descending.
 */
order: string
}
/**
 * PUT and DELETE .../{id}/<name> for oneself, GET .../{id}/<members> for all.
 * 
 * This interface was referenced by `Architecture`'s JSON-Schema
 * via the `definition` "toggle".
 */
export interface Toggle {
description?: string
/**
 * PascalCase name of a model or type.
 */
model: string
/**
 * snake_case name of a component, port, field or operation.
 */
of: string
/**
 * snake_case name of a component, port, field or operation.
 */
by: string
/**
 * snake_case name of a component, port, field or operation.
 */
off: string
/**
 * snake_case name of a component, port, field or operation.
 */
members: string
}
/**
 * A report: GET <port's path>/<name>. Rows are those that the caller may list.
 * 
 * This interface was referenced by `Architecture`'s JSON-Schema
 * via the `definition` "view".
 */
export interface View {
description?: string
of: TypeName
/**
 * Query parameters, each a name in `where` as params.<name>; optional ones are null.
 */
params?: {
[k: string]: Field
}
/**
 * CEL (Common Expression Language), checked against the models: see pipeline/expressions/README.md.
 */
where?: string
/**
 * Column -> expression over `this`, such as month(this.given_on); empty: one row in all.
 */
group: {
[k: string]: Expression
}
/**
 * Column -> aggregate.
 */
select: {
[k: string]: Measure
}
/**
 * CEL (Common Expression Language), checked against the models: see pipeline/expressions/README.md.
 */
having?: string
/**
 * Columns, a minus for descending.
 */
sort?: string[]
zone?: Zone
maxPage?: number
}
/**
 * This interface was referenced by `Architecture`'s JSON-Schema
 * via the `definition` "measure".
 */
export interface Measure {
take: ("count" | "sum" | "avg" | "min" | "max")
/**
 * CEL (Common Expression Language), checked against the models: see pipeline/expressions/README.md.
 */
of?: string
/**
 * CEL (Common Expression Language), checked against the models: see pipeline/expressions/README.md.
 */
where?: string
}
/**
 * Rows of one model: a component's need (out) or a store's offer (in).
 * 
 * This interface was referenced by `Architecture`'s JSON-Schema
 * via the `definition` "storePort".
 */
export interface StorePort {
dir: ("in" | "out")
kind: "store"
model: TypeName
}
/**
 * Something that happened, `Type@version` of a shape from `types`; a bus takes and gives `any`.
 * 
 * This interface was referenced by `Architecture`'s JSON-Schema
 * via the `definition` "eventPort".
 */
export interface EventPort {
dir: ("in" | "out")
kind: "event"
type: string
/**
 * snake_case name of a component, port, field or operation.
 */
key?: string
/**
 * In: after so many failures it goes to the dead letters.
 */
maxDeliveries?: number
find?: {
[k: string]: Find
}
/**
 * @maxItems 50
 */
require?: Requirement[]
/**
 * @maxItems 50
 */
do?: Step[]
}
/**
 * Exactly one of cron and every.
 * 
 * This interface was referenced by `Architecture`'s JSON-Schema
 * via the `definition` "timerPort".
 */
export interface TimerPort {
dir: "in"
kind: "timer"
description?: string
/**
 * minute hour day month weekday.
 */
cron?: string
/**
 * Seconds.
 */
every?: number
zone?: Zone
/**
 * Ticks that fell into a time when nothing ran: once for all of them, or not at all.
 */
missed: ("once" | "skip")
find?: {
[k: string]: Find
}
/**
 * @maxItems 50
 */
require?: Requirement[]
/**
 * @maxItems 50
 */
do?: Step[]
}
/**
 * This interface was referenced by `Architecture`'s JSON-Schema
 * via the `definition` "link".
 */
export interface Link {
from: Endpoint
to: Endpoint
/**
 * hard: the caller's operation fails too.
 */
onFailure: "hard"
}
/**
 * This interface was referenced by `Architecture`'s JSON-Schema
 * via the `definition` "exposure".
 */
export interface Exposure {
port: Endpoint
path: string
}
/**
 * The OpenAPI file that the system was asked to serve, as it was sent, and which of its operations it serves.
 * 
 * This interface was referenced by `Architecture`'s JSON-Schema
 * via the `definition` "contract".
 */
export interface Contract {
text: string
/**
 * METHOD path, with the server's path before it.
 * 
 * @minItems 1
 * @maxItems 2000
 */
operations: [string, ...(string)[]]
}
/**
 * How answers look where they differ from the usual.
 * 
 * This interface was referenced by `Architecture`'s JSON-Schema
 * via the `definition` "http".
 */
export interface Http {
/**
 * Spelling of fields and parameters; snake where absent.
 */
casing?: ("snake" | "camel")
/**
 * {items, next_cursor}, a bare array with the cursor in a Link header, or {<plural>: [...], <plural>_count}.
 */
list?: ("envelope" | "bare" | "named")
/**
 * snake_case name of a component, port, field or operation.
 */
itemsKey?: string
/**
 * snake_case name of a component, port, field or operation.
 */
totalKey?: string
/**
 * Objects are sent and answered under their name: {"article": {...}}.
 */
root?: boolean
/**
 * snake_case name of a component, port, field or operation.
 */
rootKey?: string
/**
 * The status of a create; 201 where absent.
 */
created?: (200 | 201)
/**
 * The status of a delete; 204 where absent, 200 answers the object.
 */
deleted?: (200 | 204)
/**
 * The method of an update; PATCH where absent, both: PATCH and PUT.
 */
update?: ("PATCH" | "PUT" | "both")
token?: Token
/**
 * problem+json, {"error": "..."}, {"error": {"code": "not_found", "message": "..."}} (coded), {"errors": {"field": ["..."]}}, or {"code": 404, "message": "..."}.
 */
errors?: ("problem" | "error" | "coded" | "errors" | "message")
/**
 * Origins whose pages may call; * for every one.
 * 
 * @maxItems 50
 */
cors?: string[]
/**
 * Ids outside: UUIDs, or whole numbers below 2^53.
 */
ids?: ("uuid" | "int")
/**
 * Values that are null: shown, or left out of answers.
 */
nulls?: ("keep" | "omit")
/**
 * Fields and parameters that nobody knows: refused, or not looked at.
 */
unknown?: ("refuse" | "ignore")
/**
 * The status of what is wrong in itself; 422 where absent.
 */
invalid?: (400 | 422)
}
/**
 * How callers send their token; Authorization: Bearer where absent.
 */
export interface Token {
header: string
/**
 * The word before the token; empty for none.
 */
scheme: string
}
/**
 * This interface was referenced by `Architecture`'s JSON-Schema
 * via the `definition` "policies".
 */
export interface Policies {
authn?: Authn
/**
 * Role -> what it may do. Who signs up gets the roles of the account model's default; the others are granted by an administrator. `anyone` is whoever calls, signed in or not; roles of `keys` belong to API keys.
 */
roles: {
[k: string]: Grant[]
}
}
export interface Authn {
scheme: "jwt"
issuer: Endpoint
accessMinutes: number
refreshDays: number
}
