import { setTimeout as sleep } from 'node:timers/promises'
import { PermissionFlagsBits } from 'discord.js'
import { startFakeDiscord } from '../../fakes/discord/server.ts'
import { startFakeSlack } from '../../fakes/slack/slack.ts'

/** Somebody in a workspace. */
export type Member = {
  name: string
  /** How a message names this person, as the platform sends it. */
  called: string
  /** Calls the bot in the channel; the answer comes in a thread, which is the workspace's from then on. */
  mentions: (text: string, files?: { name: string; text: string }[]) => Promise<void>
  /** Writes in the thread. */
  says: (text: string) => Promise<void>
  /** Presses the newest button of this label in the thread; `text` is what its modal is filled with. */
  presses: (label: string, text?: string) => Promise<void>
  /** What only this person was told. */
  whispers: () => string
}

/** People who have something in common: a user group of Slack, a role of Discord. */
export type Group = {
  /** How a message names it, as the platform sends it. */
  called: string
  takes: (member: Member) => Promise<void>
  loses: (member: Member) => Promise<void>
}

/** A workspace on a platform as a story sees it; `env` is what a bot needs to live in it. */
export type Workspace = {
  name: string
  env: Record<string, string>
  /** Tells the platform where the bot listens, where it does so over HTTP. */
  reach: (base: string) => void
  join: (name: string, more?: { admin?: boolean }) => Member
  group: (name: string) => Group
  /** Everything that the thread shows, what was replaced is gone. */
  transcript: () => string
  /**
   * From now on payloads come three times and overtake one another, every call is told to wait first, answers get lost,
   * and connections drop again and again; `random` gives numbers from 0 to 1.
   */
  trouble: (random: () => number) => void
  calm: () => void
  /** Everything that the bot ever sent there, as it was sent. */
  everything: () => string
  /** What of the bot's messages became more than text without being meant to: mentions, links, markup. */
  escapes: () => string[]
  /** Cards that stand in more than one message, by what marks them there: there must be none. */
  doubled: () => string[]
  /** What the platform refused: a story expects nothing. */
  refused: () => string[]
  close: () => Promise<void>
}

const repeated = (marks: string[]): string[] => marks.filter((mark, index) => marks.indexOf(mark) !== index)

/** Returns what strikes again and again, one to three seconds apart, until it is ended. */
const createStorm = () => {
  let next: NodeJS.Timeout | undefined
  const begin = (random: () => number, strike: () => void): void => {
    const fall = (): void => {
      strike()
      begin(random, strike)
    }
    next = setTimeout(fall, 1_000 + random() * 2_000).unref()
  }
  return { begin, end: (): void => clearTimeout(next) }
}

export const openSlack = async (mode: 'http' | 'socket'): Promise<Workspace> => {
  const slack = await startFakeSlack()
  const team = slack.team('Acme')
  const install = slack.install(team)
  const storm = createStorm()
  const notations: string[] = []
  const called = (notation: string): string => {
    notations.push(notation)
    return notation
  }
  const idOf = (member: Member): string => member.called.slice(2, -1)
  let thread = ''
  return {
    name: `Slack, ${mode === 'http' ? 'HTTP' : 'Socket Mode'}`,
    env: {
      SLACK_BOT_TOKEN: install.token,
      SLACK_API_URL: slack.apiUrl,
      ...(mode === 'http' ? { SLACK_SIGNING_SECRET: slack.app.signingSecret } : { SLACK_APP_TOKEN: slack.app.token }),
    },
    reach: (base) => (mode === 'http' ? slack.deliverTo(new URL('/slack/events', base).href) : undefined),
    join: (name, more = {}) => {
      const person = slack.person(name, team, more)
      return {
        name,
        called: called(`<@${person.id}>`),
        mentions: async (text, files) => {
          // The thread is there also where the first delivery fails.
          const ts = slack.state.ts()
          thread = `${slack.channelOf(team)}:${ts}`
          await person.mentions(text, { ts, ...(files ? { files } : {}) })
        },
        // A client writes the notation of whom one picks; what one types oneself is escaped.
        says: async (text) =>
          void (await person.says(text, { thread, raw: notations.some((one) => text.includes(one)) })),
        presses: async (label, text) => {
          await person.presses(label, { thread })
          if (text !== undefined) await person.submits(text)
        },
        whispers: () => slack.whispers(person.id),
      }
    },
    group: (name) => {
      const id = slack.group(team, name)
      return {
        called: called(`<!subteam^${id}>`),
        takes: (member) => slack.regroup(id, { add: [idOf(member)] }),
        loses: (member) => slack.regroup(id, { drop: [idOf(member)] }),
      }
    },
    transcript: () => slack.transcript(thread, 'bot'),
    trouble: (random) => {
      slack.delivery.repeat(2)
      slack.delivery.shuffle(random)
      slack.rates.nag(true)
      storm.begin(random, () => {
        slack.sockets.cut()
        for (const method of ['chat.postMessage', 'chat.update', 'conversations.replies'])
          slack.breakNext(method, random() < 0.5 ? 'after' : '503')
      })
    },
    calm: () => {
      slack.delivery.repeat(0)
      slack.delivery.shuffle(undefined)
      slack.rates.nag(false)
      storm.end()
    },
    everything: () => JSON.stringify([slack.state.messages.filter((one) => one.botId), slack.state.ephemerals]),
    escapes: () => {
      const sent = slack.state.messages.filter((one) => one.botId)
      // Slack reads notation in the fallback and in these kinds of text; in all others signs are signs.
      const texts = sent.flatMap(({ text }) => [...text.matchAll(/<[!@#h][^>]*>/g)])
      const elements = JSON.stringify(sent.map(({ blocks }) => blocks)).matchAll(
        /"type":"(?:user|usergroup|broadcast|channel|mrkdwn|markdown)"/g,
      )
      return [...texts, ...elements].map(([found]) => found)
    },
    doubled: () =>
      repeated(
        slack.state.messages.flatMap(({ channel, thread: root, metadata }) =>
          metadata ? [`${channel}:${root} ${String(metadata.event_payload.key)}`] : [],
        ),
      ),
    refused: slack.refused,
    close: async () => {
      storm.end()
      await slack.close()
    },
  }
}

export const openDiscord = async (): Promise<Workspace> => {
  const storm = createStorm()
  const discord = await startFakeDiscord()
  // The thread is made by the bot, out of the message that called it.
  const threadOf = async (called: string) => {
    for (const end = Date.now() + 60_000; Date.now() < end; await sleep(10)) {
      const made = [...discord.world.channels.values()].find((channel) => channel.id === called)
      if (made) return made
    }
    throw new Error('The bot made no thread')
  }
  let thread: Awaited<ReturnType<typeof threadOf>> | undefined
  return {
    name: 'Discord',
    env: { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.api },
    reach: () => undefined,
    join: (name, { admin = false } = {}) => {
      const roles = admin ? [discord.makeRole('Admins', PermissionFlagsBits.ManageGuild)] : []
      const person = discord.person(name, { roles })
      return {
        name,
        called: `<@${person.user.id}>`,
        mentions: async (text, files) => {
          const message = person.mentions(discord.general, text, files ? { files } : {})
          thread = await threadOf(message.id)
        },
        says: async (text) => void person.writes(thread!, text),
        presses: async (label, text) => {
          const outcome = await person.presses(thread!, label)
          if (text !== undefined) await person.fills(thread!, outcome, text)
        },
        whispers: () => person.whispers(),
      }
    },
    group: (name) => {
      const id = discord.makeRole(name, 0n)
      const rolesOf = (member: Member): string[] => discord.guild.members.get(member.called.slice(2, -1))!.roles
      return {
        called: `<@&${id}>`,
        takes: async (member) => void rolesOf(member).push(id),
        loses: async (member) => void rolesOf(member).splice(rolesOf(member).indexOf(id), 1),
      }
    },
    transcript: () => (thread ? discord.transcript(thread, 'bot') : ''),
    trouble: (random) => {
      const calls = new Map<string, number>()
      discord.faults((route) => {
        // Answers to interactions are not limited, and come in time or not at all.
        if (route.includes('/callback')) return undefined
        const count = (calls.get(route) ?? 0) + 1
        calls.set(route, count)
        if (count % 2 === 1) return 'limited'
        return count % 8 === 4 ? 'lost' : undefined
      })
      discord.gateway.repeat(random)
      // A session that is over cannot be resumed: the history has to be read.
      storm.begin(random, () => (random() < 0.3 ? discord.gateway.invalidate(false) : discord.gateway.cut()))
    },
    calm: () => {
      discord.faults(() => undefined)
      discord.gateway.repeat(undefined)
      storm.end()
    },
    everything: () => JSON.stringify(discord.requests.map(({ body }) => body)),
    escapes: () => {
      const shown = [...discord.world.channels.values()].map((channel) => discord.transcript(channel, 'bot')).join('\n')
      // The bot's own links are to the systems on this machine.
      return [
        ...shown.matchAll(/\[(?:mention|channel|link|command|time(?! \d{10}\])) (?!http:\/\/127\.0\.0\.1)[^\]]*\]/g),
      ].map(([found]) => found)
    },
    doubled: () =>
      repeated(
        [...discord.world.channels.values()].flatMap(({ id, messages }) =>
          messages.flatMap(({ author, ephemeralTo, components: [outer] }) =>
            author.bot && !ephemeralTo && outer?.id ? [`${id} ${String(outer.id)}`] : [],
          ),
        ),
      ),
    refused: () =>
      discord.requests
        .filter(({ status }) => status >= 400 && status !== 429)
        .map(({ route, status }) => `${route}: ${status}`),
    close: async () => {
      storm.end()
      await discord.stop()
    },
  }
}

export const platforms = [
  { name: 'Slack over HTTP', open: () => openSlack('http') },
  { name: 'Slack over Socket Mode', open: () => openSlack('socket') },
  { name: 'Discord', open: openDiscord },
]
