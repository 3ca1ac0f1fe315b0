import { isContract, type Unreadable } from '../../../pipeline/blueprint/contract/document.ts'
import { joinContract, splitContract } from '../../../pipeline/blueprint/contract/text.ts'
import { isTable } from '../../../pipeline/blueprint/table/describe-table.ts'
import { wishFromTable } from '../../../pipeline/blueprint/table/wish.ts'
import { joinWords } from '../../../pipeline/blueprint/words.ts'
import * as builds from '../../../queue/store/builds.ts'
import type { Card, QuestionCard } from '../../../schemas/generated/card.ts'
import type { MessageEvent } from '../../../schemas/generated/chat-event.ts'
import { pressable } from '../../chat/render-text.ts'
import { answerFromBlueprint } from '../answers.ts'
import { architectureOf } from '../described.ts'
import { decideIntent, type Intent } from '../intents.ts'
import { addressedIn, noSystemWords } from '../names.ts'
import { denialWords, may, type Right } from '../rights.ts'
import { saysHow } from '../sentences.ts'
import type { System } from '../state.ts'
import { isForTeam } from '../team/aimed.ts'
import { peopleNamed } from '../team/people.ts'
import { teamTurn } from '../team/turns.ts'
import { teamWishIn } from '../team/words.ts'
import { mentionsOf } from '../vocabulary.ts'
import { isGone, waitingHere } from '../waits.ts'
import { isOwnWish } from '../wishes.ts'
import { cancelTurn } from './cancel.ts'
import { choiceIn, isTyped, openQuestion } from './choose.ts'
import { eitherTurn } from './either.ts'
import { downloadTurn, filesTurn, shownRevision } from './files.ts'
import { lifecycleTurn } from './lifecycle.ts'
import { logsTurn } from './logs.ts'
import { decidePress } from './press.ts'
import { buildsTurn, changesTurn, statusTurn } from './read.ts'
import { costTurn, openTurn, systemsTurn } from './systems.ts'
import { talkTurn } from './talk.ts'
import { answer, isUnfinished, refuse, say, spokenOf, type Turn, type TurnContext, wrapped } from './turn.ts'
import { approveTurn, decisionTurn } from './waiting.ts'
import { baseOf, changeTurn, newTurn } from './wish.ts'

/** Decides what a message means here: the answer to a question, a typed button, a command, a question or a wish. */
export const decideMessage = async (context: TurnContext<MessageEvent>): Promise<Turn> => {
  const { event, state, systems } = context
  const wish = wishOf(event)
  if (wish !== undefined) {
    if (!may(context.standing, 'ask')) return refuse(denialWords(context.standing, 'ask'))
    if ('problem' in wish) return answer(say(`${wish.problem} ${wish.help}`, { tone: 'refusal' }))
    return newTurn(context, wish.words, wish.title)
  }
  const question = openQuestion(state)
  const press = (key: string, card: Card, index: number): Promise<Turn> => {
    const button = pressable(card)[index]!
    if (button.url) return Promise.resolve(answer(say(`${button.label}: ${button.url}`)))
    const { text: _text, ...rest } = event
    return decidePress({
      ...context,
      event: {
        ...rest,
        type: 'press',
        card: key,
        button: button.id,
        ...(button.value === undefined ? {} : { value: button.value }),
      },
    })
  }
  if (question) {
    const index = choiceIn(question.card, event.text)
    if (index !== undefined) return press(question.key, question.card, index)
  }
  const current = systems.find((system) => system.id === state.conversation.systemId)
  // Where the system of the thread is gone, no button of another one is meant by its words.
  const typed = isTyped(state, event.text, current?.slug ?? (state.conversation.systemId === null ? undefined : ''))
  if (typed) return press(typed.key, typed.card, typed.index)

  const names = { systems, current: current?.slug }
  const team = await teamWishIn(event.text, event.mentions ?? [], peopleNamed(context.db, state.conversation.teamId))
  const mentions = await wordsOf(context, current)
  if (team && isForTeam(team, names, mentions)) return teamTurn(context, team, names)
  const intent = decideIntent(event.text, {
    ...names,
    addressed: (text) => addressedIn(text, names),
    proposal: waitingHere(state) !== undefined,
    building: state.builds.some(isUnfinished),
    likeness: context.deps.likeness,
    makesSystem: context.deps.makesSystem,
    mentions,
  })
  if (question && isNoNewTurn(intent, event.text, context))
    return answer(say(`Please choose one: ${question.card.choices.map((choice) => choice.label).join(', ')}.`))
  if (question && intent.kind === 'cancel' && question.key.startsWith('confirm:'))
    return press(question.key, question.card, question.card.choices.length - 1)
  const right = rightOf(intent)
  if (!may(context.standing, right)) return refuse(denialWords(context.standing, right))
  const turn = await actOn(context, intent, current)
  return question && intent.kind === 'question' ? stillOpen(turn, question.card) : turn
}

/** Answers beside a question that waits, and says that it does. */
const stillOpen = (turn: Turn, { text, choices }: QuestionCard): Turn =>
  wrapped(turn, async (run, tx) => {
    const outcome = await run(tx)
    const { reply } = outcome
    const open = `My question still waits: ${text} ${joinWords(
      choices.map(({ label }) => label),
      'or',
    )}.`
    return reply?.kind === 'message' ? { ...outcome, reply: { ...reply, text: `${reply.text}\n${open}` } } : outcome
  })

/** What a message needs to be acted on. */
const rightOf = (intent: Intent): Right => {
  const kind = intent.kind === 'decision' ? intent.verb : intent.kind
  switch (kind) {
    case 'new':
    case 'change':
    case 'either':
    case 'cancel':
      return 'ask'
    case 'approve':
      return 'approve'
    case 'stop':
    case 'start':
    case 'restart':
    case 'rollback':
      return 'run'
    case 'remove':
    case 'purge':
      return 'remove'
    default:
      return 'read'
  }
}

/** Words that mean what stands above them. */
const pointing =
  /^(?:(?:please|can you|could you|now|so|ok|okay)[, ]+)*(?:(?:build|make|do|create|implement|draft|plan)(?: (?:us|me))? (?:this|that|it|what (?:we|they|i) (?:said|discussed|described|need|want)|the above)|as (?:discussed|described)|(?:see )?above|your turn|go)?[\s.!?]*(?:please|for us|from this thread)?[\s.!?]*$/i

/**
 * A wish that is not in the words alone: an OpenAPI file, attached or pasted, a table, or the talk before; undefined for
 * others. `title`: what the conversation is called by it, where its words would not do.
 */
const wishOf = ({ text, files, before }: MessageEvent): { words: string; title?: string } | Unreadable | undefined => {
  const attached = files?.find((file) => isContract(file.text))
  if (attached) return { words: joinContract(text || `Build ${attached.name}`, attached.text) }
  const pasted = splitContract(text)
  if (pasted) return { words: joinContract(pasted.words || 'Build this API', pasted.contract) }
  const table = files?.find((file) => isTable(file.name))
  if (table) return { ...wishFromTable(text, table.name, table.text), title: text || `Build ${table.name}` }
  // Called into a talk that went on already: what was said there is the wish.
  return before?.length && pointing.test(text) ? { words: before.map((said) => said.text).join('\n') } : undefined
}

/** While a question waits, words that are neither a command nor clearly a wish of their own are an answer that missed. */
const isNoNewTurn = (intent: Intent, text: string, { deps }: TurnContext): boolean => {
  if (intent.kind === 'new' || intent.kind === 'change' || intent.kind === 'either') {
    const { newSystem, change } = deps.likeness(text)
    return (
      newSystem <= 0.2 &&
      change <= 0.2 &&
      !isOwnWish(text.toLowerCase().trim()) &&
      !saysHow(text, text.toLowerCase().trim())
    )
  }
  return ['unclear', 'unsure', 'approve', 'decision'].includes(intent.kind)
}

/** Returns what tells whether a text uses words of the system that the conversation is about. */
const wordsOf = async (context: TurnContext, system: System | undefined): Promise<(text: string) => boolean> => {
  const shown = system && (await baseOf(context, system))
  return shown ? mentionsOf(architectureOf(shown)) : () => false
}

const actOn = async (context: TurnContext, intent: Intent, current: System | undefined): Promise<Turn> => {
  const { systems, state } = context
  switch (intent.kind) {
    case 'new':
      return newTurn(context, intent.text)
    case 'either':
      return current ? eitherTurn(context, current, intent) : newTurn(context, intent.text)
    case 'approve':
      return approveTurn(context)
    case 'cancel':
      return cancelTurn(context)
    case 'systems':
      return systemsTurn(context, intent)
    case 'hello':
    case 'help':
    case 'thanks':
    case 'unclear':
    case 'unsure':
    case 'surface':
      return talkTurn(intent.kind, current, waitingHere(state) !== undefined)
    case 'decision':
      return decisionTurn(context, intent)
  }
  if ('unknown' in intent && intent.unknown !== undefined)
    return answer(say(noSystemWords(intent.unknown, systems), { tone: 'refusal' }))
  const named = intent.system === undefined ? undefined : systems.find((system) => system.slug === intent.system)
  // Who speaks in the thread of a system that was removed does not mean another one.
  const gone = isGone(state, systems)
  const system = named ?? current ?? (systems.length === 1 && !gone ? systems[0] : undefined)
  if (!system) {
    if (intent.kind === 'cost') return costTurn(context, undefined)
    // Where no system is meant, the list of them is.
    if (intent.kind === 'builds' && !gone) return systemsTurn(context)
    // "delete the due date" where several have one changes none of them, and makes no new one either.
    if (intent.kind === 'change' && (systems.length === 0 || context.deps.likeness(intent.text).newSystem > 0.2))
      return newTurn(context, intent.text)
    return whichSystem(systems, gone)
  }
  const turn = await onSystem(context, intent, system)
  return named && named.id !== current?.id ? spokenOf(turn, context, named.id) : turn
}

type OnSystem = Exclude<
  Intent,
  {
    kind:
      | 'new'
      | 'either'
      | 'approve'
      | 'cancel'
      | 'decision'
      | 'systems'
      | 'hello'
      | 'help'
      | 'thanks'
      | 'unclear'
      | 'unsure'
      | 'surface'
  }
>

const onSystem = async (context: TurnContext, intent: OnSystem, system: System): Promise<Turn> => {
  switch (intent.kind) {
    case 'change':
      return changeTurn(context, system, intent.text)
    case 'question':
      return questionTurn(context, system, intent.text)
    case 'status':
      return statusTurn(context, system)
    case 'logs':
      return logsTurn(context, system, intent.build)
    case 'cost':
      return costTurn(context, system)
    case 'builds':
      return buildsTurn(context, system)
    case 'changes':
      return changesTurn(context, system)
    case 'open':
      return openTurn(context, system)
    case 'files': {
      const revision = await shownRevision(context, system)
      return revision ? filesTurn(context, revision) : answer(say(`${system.title} has no files yet.`))
    }
    case 'download': {
      const build =
        system.buildId ?? (await builds.ofSystem(context.db, system.id)).find((row) => row.status === 'succeeded')?.id
      return build
        ? downloadTurn(context, build)
        : answer(say(`${system.title} was not built yet, so there is nothing to download.`, { tone: 'refusal' }))
    }
    default:
      return lifecycleTurn(context, intent.kind, system, intent.build)
  }
}

const questionTurn = async (context: TurnContext, system: System, text: string): Promise<Turn> => {
  const all = await context.revisionsOf(system.id)
  const revision =
    all.find((row) => row.id === system.revisionId) ?? all.find((row) => row.status === 'proposed') ?? all[0]
  if (!revision) return answer(say(`${system.title} has no blueprint yet.`))
  const found = answerFromBlueprint(architectureOf(revision), text, {
    url: system.status === 'running' ? (system.url ?? undefined) : undefined,
  })
  return answer(
    found
      ? say(found, { system: system.slug })
      : say(
          `I can tell what ${system.title} stores, who may do what, which endpoints it has, how to sign in, its status and its logs. That question I cannot answer. If it is a wish, write it as one: “add …”, “let … see …”.`,
          { system: system.slug, tone: 'refusal' },
        ),
  )
}

const whichSystem = (systems: System[], gone: boolean): Turn =>
  answer(
    say(
      systems.length > 0
        ? `${gone ? 'The system of this thread was removed. ' : ''}Which system? There is: ${systems.map((system) => system.slug).join(', ')}.`
        : 'There is no system yet. Tell me what to build, for example: Build me a todo API with user authentication',
      { tone: 'refusal' },
    ),
  )
