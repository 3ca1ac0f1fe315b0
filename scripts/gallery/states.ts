import { buttons } from '../../bot/conversation/buttons.ts'
import type { BlueprintCard, Card, ProgressCard, QuestionCard } from '../../schemas/generated/card.ts'
import { everyCard } from '../../test/fixtures/cards.ts'
import { ago } from './clock.ts'

const { blueprint, question } = everyCard
const by = { by: 'Grace Hopper', at: ago(60) }
const plainBlueprint: BlueprintCard = {
  ...blueprint,
  title: 'Todo',
  warning: undefined,
  risk: 'none',
  change: false,
  changes: [],
  buttons: [buttons.approve('Approve', 'd', false), buttons.requestChanges('r'), buttons.reject('r')],
}
const progress: ProgressCard = { ...everyCard.progress, title: 'Todo', startedAt: ago(9) }
const stages = (...states: ProgressCard['stages'][number]['state'][]): ProgressCard['stages'] =>
  progress.stages.map(({ step: _step, done: _done, total: _total, ...stage }, index) => ({
    ...stage,
    state: states[index] ?? 'waiting',
    ...(states[index] === 'done' || states[index] === 'failed' ? { seconds: 1.2 + index } : { seconds: undefined }),
  }))

/** What the kinds of cards look like on their way: approved, turned down, queued, answered. */
export const stateCards: Record<string, Card> = {
  'blueprint-needs-two': {
    ...plainBlueprint,
    needed: 2,
    approvals: [{ by: 'Ada Lovelace', at: ago(30) }],
  },
  'blueprint-behind': {
    ...plainBlueprint,
    behind: 3,
    buttons: [buttons.rebase('r', 3), buttons.showFiles('r'), buttons.reject('r')],
  },
  'blueprint-approved': { ...plainBlueprint, status: 'approved', decided: by, buttons: [buttons.showFiles('r')] },
  'blueprint-rejected': { ...plainBlueprint, status: 'rejected', decided: by, buttons: [buttons.showFiles('r')] },
  'blueprint-superseded': { ...plainBlueprint, status: 'superseded', buttons: [] },
  'progress-queued': {
    ...progress,
    status: 'queued',
    step: 'Waiting for a free worker',
    done: 0,
    stages: stages(),
    stage: undefined,
  },
  'progress-cancelling': { ...progress, status: 'cancelling', step: 'Stopping the work', buttons: [] },
  'progress-succeeded': {
    ...progress,
    status: 'succeeded',
    stages: stages('done', 'done', 'done', 'done'),
    step: '',
    done: 4,
    seconds: 12.4,
    buttons: [],
  },
  'progress-failed': {
    ...progress,
    status: 'failed',
    stages: stages('done', 'failed'),
    step: '',
    seconds: 8.1,
    buttons: [],
  },
  'progress-cancelled': {
    ...progress,
    status: 'cancelled',
    stages: stages('done', 'cancelled'),
    step: '',
    seconds: 3.3,
    buttons: [],
  },
  'question-many': {
    ...question,
    text: 'Which of these should everybody be able to see?',
    choices: Array.from({ length: 14 }, (_, index) => ({ label: `Choice number ${index + 1}`, value: `${index}` })),
  } satisfies QuestionCard,
  'question-long': {
    ...question,
    text: 'What should happen to the 1,240 rows that have no owner when owners become required?',
    choices: [
      { label: 'Give them to whoever is an administrator', value: 'a' },
      { label: 'Delete them, also those that are shared with other people', value: 'b', danger: true },
      { label: 'Keep them as they are and show them to nobody', value: 'c' },
    ],
  } satisfies QuestionCard,
  'question-answered': { ...question, answer: { label: 'Everyone', by: 'Ada Lovelace' } } as Card,
  'question-withdrawn': { ...question, withdrawn: true },
  'message-busy': { kind: 'message', tone: 'plain', busy: true, text: 'Reading what you wrote.' },
  'message-good': { kind: 'message', tone: 'good', text: 'Todo is stopped. Its data is kept.' },
  'message-warning': { kind: 'message', tone: 'warning', text: 'The build takes longer than usual.\nIt goes on.' },
  'message-refusal': { kind: 'message', tone: 'refusal', text: 'I do not build things that spy on people.' },
  'list-empty': { kind: 'list', title: 'Audit', items: [], empty: 'Nothing happened yet.' },
  'list-states': {
    kind: 'list',
    title: 'Systems',
    text: 'What this team runs.',
    empty: '',
    items: [
      { title: 'Todo', text: 'build 3', state: 'good', url: 'http://127.0.0.1:8001' },
      { title: 'Clinic', text: 'is being built', state: 'busy' },
      { title: 'Tool library', text: 'stopped on Friday', state: 'idle' },
      { title: 'Invoices', text: 'does not answer since 09:12', state: 'bad', buttons: [buttons.logs('s4')] },
    ],
  },
}
