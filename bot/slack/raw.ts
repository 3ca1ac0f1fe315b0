/** What Slack sends, as far as the bot reads it; the rest is left alone. Everything may be absent. */
export type RawFile = {
  id?: string
  name?: string
  size?: number
  mimetype?: string
  url_private_download?: string
  url_private?: string
}

export type RawMessage = {
  type?: string
  subtype?: string
  user?: string
  bot_id?: string
  ts?: string
  event_ts?: string
  text?: string
  channel?: string
  channel_type?: string
  thread_ts?: string
  deleted_ts?: string
  files?: RawFile[]
  edited?: { user?: string; ts?: string }
  message?: RawMessage
  previous_message?: RawMessage
  tab?: string
  /** A conversation that somebody opened with the app, where it is an assistant. */
  assistant_thread?: { user_id?: string; channel_id?: string; thread_ts?: string }
  tokens?: { bot?: string[] }
}

export type RawAction = {
  type?: string
  action_id?: string
  value?: string
  action_ts?: string
  selected_option?: { value?: string } | null
}

type RawField = { value?: string | null; selected_conversation?: string | null; selected_user?: string | null }

export type RawView = {
  id?: string
  callback_id?: string
  private_metadata?: string
  state?: { values?: Record<string, Record<string, RawField>> }
}

export type RawBody = {
  type?: string
  team_id?: string
  enterprise_id?: string | null
  event?: RawMessage
  event_id?: string
  authorizations?: { enterprise_id?: string | null; team_id?: string | null; is_enterprise_install?: boolean }[]
  team?: { id?: string; enterprise_id?: string } | null
  enterprise?: { id?: string } | null
  user?: { id?: string; team_id?: string }
  channel?: { id?: string }
  container?: { type?: string; channel_id?: string; message_ts?: string; thread_ts?: string }
  message?: RawMessage
  actions?: RawAction[]
  trigger_id?: string
  action_ts?: string
  response_url?: string
  callback_id?: string
  view?: RawView
  command?: string
  text?: string
  user_id?: string
  channel_id?: string
}

/** Returns the workspace that a payload comes from: events, interactions and commands each say it in their own way. */
export const teamIn = (body: RawBody): { team: string; enterprise: string | undefined } => ({
  team: body.team?.id ?? body.authorizations?.[0]?.team_id ?? body.team_id ?? body.user?.team_id ?? '',
  enterprise:
    body.enterprise?.id ??
    body.team?.enterprise_id ??
    body.enterprise_id ??
    body.authorizations?.[0]?.enterprise_id ??
    undefined,
})
