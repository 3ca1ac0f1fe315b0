/* Written by scripts/generate-types.ts from ../architecture.schema.json. Do not edit. */

/**
 * uuid, string (one line), text (many lines), int, float, decimal (exact, see scale), bool, date, datetime (UTC), time, email, url, phone, enum (see values), json (any JSON), roles (names from policies.roles), list(T) of a plain type, or ref(Model.field).
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
 * This interface was referenced by `Architecture`'s JSON-Schema
 * via the `definition` "port".
 */
export type Port = (RpcPort | StorePort)
/**
 * PascalCase name of a model or type.
 * 
 * This interface was referenced by `Architecture`'s JSON-Schema
 * via the `definition` "typeName".
 */
export type TypeName = string
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
 * component.port:op, with * for every operation. @own limits it to one's own objects, @field to objects whose field refers to the signed-in user, @parent to objects whose parent (see `parent` of the port) the signed-in user may read. Several grants add up.
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
/**
 * The value where a request gives none.
 */
default?: (Scalar | Scalar[])
/**
 * May be absent or null.
 */
optional?: boolean
/**
 * Written by the system, never by a client: the time of creation, the time of the last change.
 */
set?: ("created" | "updated")
/**
 * pii: personal data; secret: never shown; card: payment card data.
 */
class?: ("pii" | "secret" | "card")
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
 * Standard operations that need no sign-in.
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
 * This interface was referenced by `Architecture`'s JSON-Schema
 * via the `definition` "policies".
 */
export interface Policies {
authn?: Authn
/**
 * Role -> what it may do. Who signs up gets the roles of the account model's default; the others are granted by an administrator.
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
