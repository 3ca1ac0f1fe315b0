import type { Question } from '../../../pipeline/blueprint/planner/result.ts'
import type { Diagnostic } from '../../../schemas/diagnostic.ts'
import type { Card } from '../../../schemas/generated/card.ts'
import type { ThreadCard } from '../../chat/adapter.ts'
import type { Draft, ThreadState } from '../state.ts'

type Refused = { text: string; help: string }

/** Returns the questions that a draft waits for, in their order. */
export const questionsOf = (draft: Draft): Question[] => {
  const result = draft.result as { questions?: Question[] } | null
  return Array.isArray(result?.questions) ? result.questions : []
}

/** Returns the key under which a draft's question stands in its thread. */
export const questionKey = (draftId: string, questionId: string): string => `question:${draftId}:${questionId}`

/** Returns the cards of a request on its way to a blueprint: a sign of life, its questions, or why there is none. */
export const draftCards = (draft: Draft, state: ThreadState): ThreadCard[] => {
  const system = draft.systemId ? state.systems.get(draft.systemId)?.slug : undefined
  const questions = questionsOf(draft).flatMap((question) => {
    const key = questionKey(draft.id, question.id)
    const stored = state.stored.get(key)
    // An answer is kept in the card until all of them are in.
    return stored?.kind === 'question' && stored.answer ? [] : [{ key, card: questionCard(question, draft, system) }]
  })
  const head = headCard(draft, system)
  return [...(head ? [{ key: `draft:${draft.id}`, card: head }] : []), ...questions]
}

const questionCard = (question: Question, draft: Draft, system: string | undefined): Card => ({
  kind: 'question',
  id: question.id,
  text: question.text,
  ...(system ? { system } : {}),
  choices: question.choices.map(({ label, value }) => ({ label, value })),
  ...(draft.status === 'question' ? {} : { withdrawn: true }),
})

const headCard = (draft: Draft, system: string | undefined): Card | undefined => {
  const about = system ? { system } : {}
  const answered = Object.keys(draft.answers).length > 0
  switch (draft.status) {
    case 'pending':
      return {
        kind: 'message',
        tone: 'plain',
        busy: true,
        ...about,
        text: draft.systemId
          ? 'Reading your change and drawing the new blueprint.'
          : 'Reading your request and drawing the blueprint.',
      }
    case 'question': {
      const count = questionsOf(draft).length
      const text =
        count === 1 ? 'One question before I draw the blueprint.' : `${count} questions before I draw the blueprint.`
      return { kind: 'message', tone: 'plain', ...about, text }
    }
    case 'done':
      // Without questions the blueprint takes this place.
      return answered
        ? { kind: 'message', tone: 'plain', ...about, text: 'Thank you, that was all I needed to know.' }
        : undefined
    case 'cancelled':
      return {
        kind: 'message',
        tone: 'plain',
        ...about,
        text: 'I have put this request aside. Nothing was built or changed.',
      }
    case 'refused': {
      const result = draft.result as Refused | null
      return { kind: 'message', tone: 'refusal', ...about, text: refusedWords(result, draft) }
    }
    case 'failed':
      return failedDraft(draft, system)
  }
}

/** A change of which nothing at all was understood: the planner then names each of its sentences. */
const nothingUnderstood = /^I cannot build this yet\. (?:Not understood(?:, so not built)?: “[^”]*”\.\s*)+$/

/** Returns why a request came to nothing; where none of it was understood, in a line, with sentences that are. */
const refusedWords = (result: Refused | null, draft: Draft): string =>
  draft.systemId && nothingUnderstood.test(result?.text ?? '')
    ? [
        'I did not understand this as a change. Nothing was changed. I do understand sentences such as:',
        '• add a due date · rename done to finished · remove tags',
        '• only admins may delete · let managers see everything',
        '• when one is done, tell its owner',
        '“what does it store?” shows what is there.',
      ].join('\n')
    : [result?.text, result?.help].filter(Boolean).join('\n')

const failedDraft = (draft: Draft, system: string | undefined): Card => {
  const error = draft.result as {
    code?: string
    text?: string
    help?: string
    traceId?: string
    diagnostics?: Diagnostic[]
  } | null
  const problems = error?.diagnostics?.map((diagnostic) => diagnostic.message) ?? []
  return {
    kind: 'failed',
    ...(system ? { system } : {}),
    title: 'I could not draw a blueprint',
    code: error?.code ?? 'internal',
    happened: error?.text ?? 'Something went wrong while I read your request.',
    safe: draft.systemId ? 'The running system was not touched.' : 'Nothing was built or changed.',
    next: error?.help || 'Write the request again, perhaps in other words.',
    ...(problems.length > 0 ? { detail: problems.slice(0, 10).join('\n') } : {}),
    traceId: error?.traceId ?? draft.id.replaceAll('-', ''),
    buttons: [],
  }
}
