/** What the app asks for; docs/slack.md says why, and what works without which. manifest.yaml lists the same. */
export const SCOPES = [
  'app_mentions:read',
  'channels:history',
  'chat:write',
  'commands',
  'files:read',
  'files:write',
  'groups:history',
  'im:history',
  'usergroups:read',
  'users:read',
] as const
