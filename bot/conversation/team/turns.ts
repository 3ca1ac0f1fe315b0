import * as audit from '../../../queue/store/audit.ts'
import * as conversations from '../../../queue/store/conversations.ts'
import type { Db } from '../../../queue/store/db.ts'
import * as drafts from '../../../queue/store/drafts.ts'
import * as limits from '../../../queue/store/limits.ts'
import * as members from '../../../queue/store/members.ts'
import * as subscriptions from '../../../queue/store/subscriptions.ts'
import * as systemRows from '../../../queue/store/systems.ts'
import { buttons } from '../buttons.ts'
import { type Names, noSystemWords, stripName } from '../names.ts'
import { denialWords, may, type Right } from '../rights.ts'
import type { System } from '../state.ts'
import { answer, refuse, say, type Turn, type TurnContext } from '../turns/turn.ts'
import { auditTurn, peopleTurn, policyWords } from './lists.ts'
import { fullWords } from './places.ts'
import { noRuleWords, strangerWords } from './refusals.ts'
import type { TeamWish } from './words.ts'

/** Decides what a sentence wants of the team. */
export const teamTurn = async (context: TurnContext, wish: TeamWish, names: Pick<Names, 'systems'>): Promise<Turn> => {
  switch (wish.kind) {
    case 'people':
      return peopleTurn(context)
    case 'audit':
      return auditTurn(context)
    case 'role':
      return need(context, 'govern') ?? roleTurn(context, wish)
    case 'policy':
      return need(context, 'govern') ?? policyTurn(context, wish)
    case 'no-rule':
      return refusal(noRuleWords(wish.words))
    case 'stranger':
      return refusal(strangerWords(wish.names, context.event.platform))
  }
  const named = stripName(wish.system, names)
  if (named.kind === 'unknown') return refusal(noSystemWords(named.text, context.systems))
  const system = systemOf(context, named.kind === 'system' ? named.slug : undefined)
  if (!system)
    return refusal(`Which system? There is: ${context.systems.map(({ slug }) => slug).join(', ') || 'none yet'}.`)
  return onSystemTurn(context, wish, system)
}

/** Does what is wanted of the team with one of its systems, where whoever asks may. */
export const onSystemTurn = async (
  context: TurnContext,
  wish: Extract<TeamWish, { system: string | undefined }>,
  system: System,
): Promise<Turn> => {
  switch (wish.kind) {
    case 'hand-over':
      return handOver(context, system, wish.to)
    case 'fork':
      return need(context, 'ask') ?? fork(context, system, wish.as)
    case 'subscribe':
    case 'unsubscribe':
      return need(context, 'ask') ?? subscribe(context, system, wish.kind === 'subscribe')
    case 'archive':
    case 'restore':
      return need(context, 'run') ?? archive(context, system, wish.kind === 'archive')
  }
}

const refusal = (text: string): Turn => answer(say(text, { tone: 'refusal' }))

/** Returns the refusal of who lacks a right, or undefined. */
const need = ({ standing }: TurnContext, right: Right): Turn | undefined =>
  may(standing, right) ? undefined : refuse(denialWords(standing, right))

const systemOf = ({ systems, state }: TurnContext, slug: string | undefined): System | undefined =>
  slug
    ? systems.find((system) => system.slug === slug)
    : (systems.find((system) => system.id === state.conversation.systemId) ??
      (systems.length === 1 ? systems[0] : undefined))

const roleTurn = (context: TurnContext, { role, who }: Extract<TeamWish, { kind: 'role' }>): Turn => ({
  run: async (tx) => {
    const { teamId } = context.state.conversation
    const by = context.event.actor
    for (const { kind, id, name } of who)
      if (role) await members.give(tx, { teamId, kind, externalId: id, name, role, by })
      else await members.take(tx, { teamId, kind, externalId: id, by })
    const people = who.map(({ kind, name }) => (kind === 'group' ? `everybody in ${name}` : name)).join(', ')
    return {
      reply: say(
        role
          ? `Done: ${people} ${who.length > 1 ? 'have' : 'has'} the role ${role} from now on.`
          : `Done: for ${people} the rule for everybody holds again.`,
        { tone: 'good' },
      ),
    }
  },
})

const policyTurn = (context: TurnContext, { policy, words }: Extract<TeamWish, { kind: 'policy' }>): Turn => ({
  run: async (tx) => {
    await members.setPolicy(tx, {
      teamId: context.state.conversation.teamId,
      policy,
      words,
      by: context.event.actor,
    })
    const after = { ...context.standing.policy, ...policy }
    return {
      reply: say(
        `Done. The rules of this team now:\n${policyWords({ policy: after })
          .map((line) => `• ${line}`)
          .join('\n')}`,
        { tone: 'good' },
      ),
    }
  },
})

const ownerOf = (system: System) => system.owner ?? system.createdBy

const noted = (tx: Db, context: TurnContext, system: System, action: string, outcome: string): Promise<void> =>
  audit.record(tx, {
    teamId: system.teamId,
    actor: context.event.actor,
    action,
    subject: `system ${system.id}`,
    outcome,
  })

/** Its owner gives a system away, or an administrator. */
const handOver = (context: TurnContext, system: System, to: { id: string; name: string }): Turn => {
  const { standing, event } = context
  if (ownerOf(system).id !== event.actor.id && !may(standing, 'govern'))
    return refuse(`${system.title} is ${ownerOf(system).name}'s: they or an admin can hand it over. Nothing was done.`)
  return {
    run: async (tx) => {
      await systemRows.update(tx, system.id, { owner: { id: to.id, name: to.name } })
      await noted(tx, context, system, 'hand over', to.name)
      return {
        reply: say(`${to.name} looks after ${system.title} from now on.`, { tone: 'good', system: system.slug }),
      }
    },
  }
}

/** Makes a system of the same blueprint; its rows are its own, and this thread is about it. */
const fork = async (context: TurnContext, system: System, as: string | undefined): Promise<Turn> => {
  const all = await context.revisionsOf(system.id)
  const base = all.find((row) => row.id === system.revisionId) ?? all[0]
  if (!base) return answer(say(`${system.title} has no blueprint yet that could be forked.`, { tone: 'refusal' }))
  return {
    run: async (tx) => {
      // Nothing runs yet, so no place is taken: approving its blueprint is what asks for one.
      const full = await limits.fullNow(tx, { teamId: system.teamId })
      if (full) return { whisper: fullWords(full, 'fork it') }
      const draft = await drafts.create(tx, {
        conversationId: context.state.conversation.id,
        text: as ?? `${system.title} copy`,
        actor: context.event.actor,
        baseRevisionId: base.id,
      })
      await noted(tx, context, system, 'fork', draft.text)
      return { after: () => context.deps.queue.enqueueCompile(draft.id) }
    },
  }
}

const subscribe = (context: TurnContext, system: System, on: boolean): Turn => ({
  run: async (tx) => {
    const { conversation } = context.state
    const { add, remove } = subscriptions
    const changed = await (on ? add : remove)(tx, system.id, conversation.id)
    if (changed) await noted(tx, context, system, on ? 'subscribe' : 'unsubscribe', conversation.title)
    const words = on
      ? changed
        ? `This thread is told from now on what becomes of ${system.title}.`
        : `This thread is told already what becomes of ${system.title}.`
      : `This thread is told no more of ${system.title}.`
    return { reply: say(words, { system: system.slug }) }
  },
})

const archive = (context: TurnContext, system: System, on: boolean): Turn => {
  if (on === (system.archivedAt !== null))
    return answer(
      say(`${system.title} is ${on ? 'archived already' : 'in the lists already'}.`, { system: system.slug }),
    )
  if (on && system.status === 'running')
    return answer(
      say(`${system.title} is running. Stop it first, then archive it.`, {
        tone: 'refusal',
        system: system.slug,
        buttons: [buttons.stop(system.id)],
      }),
    )
  return {
    run: async (tx) => {
      await systemRows.update(tx, system.id, { archivedAt: on ? new Date() : null })
      await noted(tx, context, system, on ? 'archive' : 'restore', system.slug)
      await conversations.setSystem(tx, context.state.conversation.id, system.id)
      return {
        reply: say(
          on
            ? `${system.title} is archived: lists leave it out, and its data stays. “bring back ${system.slug}” undoes it.`
            : `${system.title} is back in the lists.`,
          {
            tone: 'good',
            system: system.slug,
            ...(!on && system.buildId ? { buttons: [buttons.start(system.id)] } : {}),
          },
        ),
      }
    },
  }
}
