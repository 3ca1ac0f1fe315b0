/* Written by scripts/generate-types.ts from ../config.schema.json. Do not edit. */

/**
 * The environment variables that AutoCoder reads.
 */
export interface Environment {
/**
 * The data directory; ~/.autocoder where absent.
 */
AUTOCODER_DATA?: string
/**
 * PostgreSQL 15 or newer for the bot's state; embedded where absent.
 */
DATABASE_URL?: string
/**
 * Redis 6.2 or newer for the work queue; embedded where absent. Needs DATABASE_URL.
 */
REDIS_URL?: string
/**
 * A Redis server over which events of generated systems travel; within their databases where absent.
 */
SYSTEMS_REDIS_URL?: string
/**
 * A PostgreSQL server on which every generated system gets a database and a user of its own; SQLite files where absent.
 */
SYSTEMS_DATABASE_URL?: string
/**
 * The address that generated systems listen on; 127.0.0.1 where absent.
 */
SYSTEMS_HOST?: string
/**
 * The host name in the URLs of generated systems; SYSTEMS_HOST where absent.
 */
SYSTEMS_PUBLIC_HOST?: string
/**
 * The address of the web chat; 127.0.0.1 where absent.
 */
WEB_HOST?: string
/**
 * The port of the web chat; 4747 where absent, 0 for any free one.
 */
WEB_PORT?: number
/**
 * The web chat's public address behind a proxy, such as https://autocoder.example.com.
 */
WEB_URL?: string
/**
 * Whether the bot's process also works the queue: yes unless REDIS_URL is set.
 */
EMBEDDED_WORKER?: boolean
/**
 * Jobs at a time in one worker; 4 where absent.
 */
WORKER_CONCURRENCY?: number
/**
 * The Python environment for generated systems; .venv in the project where absent.
 */
AUTOCODER_PYTHON?: string
LOG_LEVEL?: ("trace" | "debug" | "info" | "warn" | "error" | "fatal" | "silent")
}
