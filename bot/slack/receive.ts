import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Installations, Welcomes } from '../chat/adapter.ts'
import type { Assistant } from './assistant.ts'
import type { Commands } from './commands.ts'
import type { Events } from './events.ts'
import { installKeys, teamKey, threadId } from './ids.ts'
import type { Interactions } from './interactions.ts'
import type { People } from './people.ts'
import { type RawBody, teamIn } from './raw.ts'
import type { Team, Teams } from './teams.ts'

/** What a receiver of Bolt hands over. */
export type Received = { body: object; ack: (answer?: never) => Promise<void>; retryNum?: number | undefined }
export type Process = (received: Received) => Promise<void>

/** Milliseconds after which a person is not kept waiting: Slack shows an error after three seconds. */
const SOON = 2_400

/**
 * Returns what takes everything that comes from Slack, verified by the receiver. It acknowledges once the event is
 * stored; a rejection leaves it unacknowledged, and Slack sends it again or tells the person.
 */
export const createProcess = (deps: {
  teams: Teams
  installations: Installations
  welcomes: ReturnType<Welcomes>
  events: Events
  assistant: Pick<Assistant, 'opened' | 'forget'>
  people: Pick<People, 'regrouped'>
  interactions: Interactions
  commands: Commands
  publishHome: (team: Team, user: string) => Promise<void>
  reply: (body: RawBody, text: string) => Promise<void>
  log: Logger
}): Process => {
  const { log, teams } = deps

  const event = async (team: Team, body: RawBody, ack: () => Promise<void>, retry: number): Promise<void> => {
    const raw = body.event ?? {}
    if (raw.type === 'message' || raw.type === 'app_mention') await deps.events.message(team, raw, retry)
    if (raw.type === 'subteam_members_changed' || raw.type === 'subteam_updated') deps.people.regrouped(team)
    if (raw.type === 'app_uninstalled' || (raw.type === 'tokens_revoked' && raw.tokens?.bot?.length)) {
      // An organisation's own installation goes with its token, not with one of its workspaces.
      const whole = raw.type === 'tokens_revoked' && body.authorizations?.[0]?.is_enterprise_install
      for (const key of whole ? installKeys(team.key) : [team.key]) {
        await deps.installations.remove(key)
        await deps.welcomes.forget(key)
        teams.forget(key)
        deps.assistant.forget(key)
      }
      log.info({ team: team.key }, 'the app was removed from a workspace; what it entrusted is forgotten')
    }
    await ack()
    if (raw.type === 'assistant_thread_started') {
      const { channel_id: channel, thread_ts: root } = raw.assistant_thread ?? {}
      if (channel && root) await deps.assistant.opened(team, { channel, thread: threadId(channel, root) })
    }
    if (raw.type === 'app_home_opened' && raw.tab === 'messages' && raw.channel)
      await deps.assistant.opened(team, { channel: raw.channel })
    if (raw.type === 'app_home_opened' && raw.tab !== 'messages' && raw.user)
      await deps
        .publishHome(team, raw.user)
        .catch((error: unknown) => log.warn({ err: error, team: team.key }, 'an App Home could not be shown'))
  }

  /** Interactions and commands: the answer waits for the store, but never so long that Slack gives up. */
  const act = async (team: Team, body: RawBody, ack: (answer?: never) => Promise<void>): Promise<void> => {
    if (await deps.interactions.openFirst(team, body)) return ack()
    const work = body.command ? deps.commands.take(team, body) : deps.interactions.take(team, body)
    const late = Symbol('late')
    const answer = await Promise.race([work, sleep(SOON, late, { ref: false })])
    await ack((answer === late ? undefined : answer) as never)
    if (answer !== late) return
    await work.catch(async (error: unknown) => {
      log.warn({ err: error, team: team.key }, 'something was acknowledged and could not be stored')
      await deps.reply(body, 'That did not work just now. Please try it again.')
    })
  }

  return async ({ body: received, ack, retryNum }) => {
    const body = received as RawBody
    const key = teamKey(teamIn(body))
    const team = await teams.get(key)
    if (!team) {
      log.info({ team: key }, 'something came from a workspace where the app is not installed')
      return ack()
    }
    // The installation may be the whole organisation's; the workspace is the one that spoke.
    const here = team.key === key ? team : { ...team, key }
    if (body.type === 'event_callback') await event(here, body, ack, retryNum ?? 0)
    else await act(here, body, ack)
  }
}
