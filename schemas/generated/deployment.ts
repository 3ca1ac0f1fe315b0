/* Written by scripts/generate-types.ts from ../deployment.schema.json. Do not edit. */

/**
 * How one environment runs a system (deployment.yaml).
 */
export interface Deployment {
apiVersion: "autocoder/v1"
environment: string
architecture: {
name: string
/**
 * sha256 of the canonical architecture.yaml.
 */
digest: string
}
target: {
kind: "local"
}
/**
 * Processes, and which components each of them runs.
 */
services: {
[k: string]: Service
}
/**
 * Store component -> the engine that holds its rows. All stores of a local system share one database.
 */
bindings: {
[k: string]: Binding
}
/**
 * How events travel; within the database where absent.
 */
transports?: {
events: Transport
}
/**
 * Whom the system may call besides public addresses.
 */
outbound?: {
/**
 * Names of hosts, networks such as 10.1.0.0/16, and loopback: this machine itself.
 * 
 * @maxItems 100
 */
allow: string[]
}
secrets: {
source: "files"
}
crypto: {
jwt: "HS256"
password: "argon2id"
}
}
export interface Service {
place: string[]
replicas: {
min: number
max: number
}
}
export interface Binding {
engine: ("sqlite" | "postgres")
/**
 * The secret that holds the connection URL; needed for postgres.
 */
secret?: string
}
export interface Transport {
engine: "redis-streams"
/**
 * The secret that holds the URL of the Redis server.
 */
secret: string
}
