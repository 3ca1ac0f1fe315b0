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
 * The bot token of one workspace's own Slack app (xoxb-…).
 */
SLACK_BOT_TOKEN?: string
/**
 * The app-level token (xapp-…) with connections:write: Slack over Socket Mode.
 */
SLACK_APP_TOKEN?: string
/**
 * The signing secret of the Slack app: Slack over HTTP, at /slack/events of the web chat's port.
 */
SLACK_SIGNING_SECRET?: string
/**
 * With SLACK_CLIENT_SECRET, lets workspaces install the app at /slack/install; needs SLACK_SIGNING_SECRET and WEB_URL.
 */
SLACK_CLIENT_ID?: string
/**
 * The client secret of the Slack app.
 */
SLACK_CLIENT_SECRET?: string
/**
 * Another address of Slack's Web API, such as a stand-in's.
 */
SLACK_API_URL?: string
/**
 * The token of the Discord bot.
 */
DISCORD_TOKEN?: string
/**
 * Another address of Discord's REST API, such as a stand-in's.
 */
DISCORD_API_URL?: string
/**
 * Keys (32 bytes, base64) that seal stored tokens, separated by commas: the first seals, each opens; a key file in the data directory where absent.
 */
AUTOCODER_KEYS?: string
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
