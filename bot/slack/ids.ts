/** A workspace as Slack names it. */
export type SlackTeam = { team: string; enterprise?: string | undefined }

/** Returns the key of a workspace: `E1|T1` in an Enterprise Grid, `T1` elsewhere; an organisation's install has `E1|`. */
export const teamKey = ({ team, enterprise }: SlackTeam): string => (enterprise ? `${enterprise}|${team}` : team)

/** Returns the keys under which a workspace's installation may lie: its own, then its organisation's. */
export const installKeys = (key: string): string[] => {
  const [enterprise, team] = key.split('|')
  return team ? [key, `${enterprise}|`] : [key]
}

/** Returns the id of a thread: its channel and the ts of its root. */
export const threadId = (channel: string, root: string): string => `${channel}:${root}`

export const parseThread = (thread: string): { channel: string; root: string } => {
  const [channel = '', root = ''] = thread.split(':')
  return { channel, root }
}

/** Returns the id of a message's event: one for the twins `message` and `app_mention`, and for every redelivery. */
export const messageId = (key: string, channel: string, ts: string): string => `${key}:${channel}:${ts}`

/** Returns when a ts was, as a date-time. */
export const timeOf = (ts: string): string => new Date(Number(ts.split('.')[0]) * 1000).toISOString()
