import * as conversations from '../../../queue/store/conversations.ts'
import * as subscriptions from '../../../queue/store/subscriptions.ts'
import type { Button, CardItem } from '../../../schemas/generated/card.ts'
import { isLocal } from '../../chat/adapter.ts'
import { inSize, roughly } from '../../chat/plain.ts'
import { changeWords, healthWords, type SystemView, stateOf, sumWords, systemsCard } from '../../chat/systems.ts'
import { surveyTeam } from '../../survey.ts'
import { buttons } from '../buttons.ts'
import type { System } from '../state.ts'
import { knownPeople } from '../team/people.ts'
import { waitingHere, waitingWords } from '../waits.ts'
import { answer, say, type Turn, type TurnContext } from './turn.ts'

/** People whom a list to choose from holds, on platforms that have none of their own. */
const CHOICES = 50

const survey = ({ db, deps, state }: TurnContext, only?: string): Promise<SystemView[]> =>
  surveyTeam({ db, target: deps.target, log: deps.log }, state.conversation.teamId, only)

/** Lists the team's systems: those whose name, title or owner holds what is searched, or those that were archived. */
export const systemsTurn = async (
  context: TurnContext,
  shown: { search?: string | undefined; archived?: boolean } = {},
): Promise<Turn> => {
  const limit = context.standing.policy.systems
  return answer(
    systemsCard(await survey(context), {
      search: shown.search ?? '',
      archived: shown.archived ?? false,
      ...(limit === undefined ? {} : { limit }),
    }),
  )
}

/** Returns what a system costs: no model, and of the machine what was measured a moment ago. */
const costWords = ({ usage, uptime }: SystemView): string => {
  if (!usage) return 'It does not run, so it takes nothing but its place on the disk.'
  const since = uptime === undefined ? '' : ` since it started ${roughly(uptime)} ago`
  return `It takes ${inSize(usage.memory)} of memory and has used ${roughly(usage.processor)} of processor time${since}.`
}

/** Tells what a system costs, or all of the team's together. */
export const costTurn = async (context: TurnContext, system: System | undefined): Promise<Turn> => {
  const views = await survey(context, system?.id)
  const [view] = views
  if (system && view)
    return answer(
      say(`No model was paid for ${system.title}: it was planned and written without one. ${costWords(view)}`, {
        system: system.slug,
      }),
    )
  return answer(say(`Your systems were planned and written without a language model. ${sumWords(views)}`))
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

const itemsOf = (view: SystemView): CardItem[] => {
  const change = changeWords(view, Date.now())
  return [
    {
      title: capital(healthWords(view)),
      state: stateOf(view),
      ...(view.url ? { url: view.url, details: [`Documentation: ${view.url}/docs`] } : {}),
    },
    ...(view.rolledBack === undefined
      ? []
      : [
          {
            title: `Rolled back to build ${view.rolledBack}`,
            text: 'all that is shown here is of this build; “roll forward” runs the next one again',
          },
        ]),
    ...(change ? [{ title: 'Last change', text: change }] : []),
    { title: 'Owner', text: view.owner },
    { title: 'Cost', text: `No model was paid. ${costWords(view)}` },
  ]
}

const deedsOf = async (context: TurnContext, view: SystemView): Promise<Button[]> => {
  const { db, state, event } = context
  const { id, slug } = view
  if (view.archived) return [buttons.restore(id, slug)]
  const { conversation } = state
  const others = isLocal(event.platform)
    ? (await knownPeople(db, conversation.teamId)).filter(({ name }) => name !== view.owner).slice(0, CHOICES)
    : undefined
  const told = await subscriptions.has(db, id, conversation.id)
  return [
    ...(view.url ? [buttons.open(view.url)] : []),
    ...(view.health === 'stopped' ? [buttons.start(id)] : []),
    ...(view.health === 'draft' ? [] : [buttons.change(id)]),
    // Where nobody else was ever seen there is nobody to hand it to.
    ...(others?.length === 0 ? [] : [buttons.handOver(id, slug, others)]),
    told ? buttons.unsubscribe(id, slug) : buttons.subscribe(id, slug),
    buttons.fork(id, slug),
    buttons.archive(id, slug),
  ]
}

/** The blueprint of a system that waits for approval, here or in another thread. */
const waitingItems = async ({ state, revisionsOf }: TurnContext, system: System): Promise<CardItem[]> => {
  const proposed = (await revisionsOf(system.id)).filter((row) => row.status === 'proposed')
  const here = proposed.find((row) => row.conversationId === state.conversation.id)
  const one = here ?? proposed[0]
  if (!one) return []
  const text = here
    ? 'write “approve” or “cancel”, or say what should be different; it stands further up'
    : 'in another thread'
  return [{ title: `Blueprint ${one.number} waits for approval`, text, state: 'busy' }]
}

/** Goes on with a system in this thread: how it is, and what can be done with it. */
export const openTurn = async (context: TurnContext, system: System): Promise<Turn> => {
  const [view] = await survey(context, system.id)
  if (!view) return answer(say(`${system.title} was removed.`, { tone: 'refusal' }))
  const offered = await deedsOf(context, view)
  const waiting = await waitingItems(context, system)
  const left = waitingHere(context.state)
  return {
    run: async (tx) => {
      await conversations.setSystem(tx, context.state.conversation.id, system.id)
      return {
        reply: {
          kind: 'list',
          title: system.title,
          system: system.slug,
          text: [
            view.archived
              ? 'It is archived: lists leave it out, and its data stays.'
              : 'This thread is about it from now on. Say what should change, or ask me about it.',
            ...(left && left.systemId !== system.id ? [waitingWords(context.state, left)] : []),
          ].join('\n'),
          items: [...waiting, ...itemsOf(view)],
          empty: '',
          buttons: offered,
        },
      }
    },
  }
}
