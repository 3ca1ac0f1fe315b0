import * as drafts from '../../../queue/store/drafts.ts'
import type { Button, QuestionCard } from '../../../schemas/generated/card.ts'
import { oneLine } from '../../chat/plain.ts'
import { questionKey, questionsOf } from '../present/draft.ts'
import { confirmed } from './confirm.ts'
import { waitsForWhich, whichTurn } from './either.ts'
import { refuse, type Turn, type TurnContext, withCards } from './turn.ts'

/** Takes the answer to a question; when the last one of a request is in, the request goes on. */
export const answerQuestion = async (
  context: TurnContext,
  key: string,
  card: QuestionCard,
  choice: Button,
): Promise<Turn> => {
  const answered: QuestionCard = { ...card, answer: { label: choice.label, by: context.event.actor.name } }
  const [kind, draftId = ''] = key.split(':')
  if (kind === 'confirm') return confirmed(context, { key, card: answered }, choice.value ?? '')
  const draft = context.state.drafts.find((row) => row.id === draftId)
  if (draft?.status !== 'question') return refuse('This question does not matter any more.')
  if (waitsForWhich(draft))
    return withCards(await whichTurn(context, draft, choice.value ?? ''), [{ key, card: answered }])
  const answers: Record<string, string> = {}
  for (const question of questionsOf(draft)) {
    const own = questionKey(draft.id, question.id)
    const stored = own === key ? answered : context.state.stored.get(own)
    const label = stored?.kind === 'question' ? stored.answer?.label : undefined
    const value = question.choices.find((option) => option.label === label || oneLine(option.label) === label)?.value
    if (value !== undefined) answers[question.id] = value
  }
  const complete = Object.keys(answers).length === questionsOf(draft).length
  return {
    run: async (tx) => {
      const changed = complete ? await drafts.answer(tx, draft.id, answers) : undefined
      return {
        cards: [{ key, card: answered }],
        ...(changed ? { after: () => context.deps.queue.enqueueCompile(draft.id) } : {}),
      }
    },
  }
}
