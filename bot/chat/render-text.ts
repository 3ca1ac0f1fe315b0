import type {
  BlueprintCard,
  Button,
  Card,
  CardChange,
  CardCheck,
  CardItem,
  CardReading,
  DeployedCard,
  FailedCard,
  ListCard,
  ProgressCard,
} from '../../schemas/generated/card.ts'
import { inWords, plain } from './plain.ts'

const bullets = (items: string[]): string[] => items.map((item) => `  - ${item}`)
const section = (title: string, items: string[]): string[] => (items.length > 0 ? ['', title, ...bullets(items)] : [])
/** Of a stage, by its state. */
export const marks = { waiting: '○', running: '◐', done: '●', failed: '✕', cancelled: '–' } as const
const states = { good: 'running', busy: 'working', idle: 'stopped', bad: 'failed' } as const

/** Returns the labels of what can be pressed, numbered from 1, as one line: `[1] Approve  [2] Cancel`. */
export const renderButtons = (buttons: readonly Pick<Button, 'label'>[]): string =>
  buttons.map((button, index) => `[${index + 1}] ${plain(button.label)}`).join('  ')

const checkLine = (check: CardCheck): string =>
  `${check.passed ? 'passed' : 'FAILED'}  ${check.name}: ${check.summary} (${inWords(check.seconds)})`

/** Returns what keeps a proposal from being built yet: who else has to approve it, or what it has to be drawn on again. */
export const pendingText = (card: BlueprintCard): string | undefined => {
  if (card.status !== 'proposed') return undefined
  if (card.behind !== undefined)
    return `The system moved on to blueprint ${card.behind} since this was drawn. Draw it again on that one: nothing of either is lost.`
  if (card.needed === undefined) return undefined
  const by = (card.approvals ?? []).map((one) => one.by).join(', ')
  return `Needs the approval of ${card.needed} people${by ? `; approved by ${by} (${card.approvals!.length} of ${card.needed})` : ''}.`
}

const blueprint = (card: BlueprintCard): string[] => [
  ...(card.warning && card.status === 'proposed' ? [`! ${card.warning}`, ''] : []),
  `${card.title} (${card.system}), blueprint ${card.revision}`,
  ...card.summary,
  ...section(
    'What changes',
    card.changes.map((change) => riskText(change)),
  ),
  ...section('What it stores', card.stores),
  ...section('Who may do what', card.people),
  ...section('Rules', card.rules ?? []),
  ...section('Your words, one by one', (card.readings ?? []).map(readingText)),
  // What was assumed and left out is decided on; the addresses are many.
  ...section('Assumed', card.assumptions),
  ...section('Not carried', card.notCarried),
  ...section(
    'Addresses',
    card.endpoints.map(
      (endpoint) => `${endpoint.method.padEnd(6)} ${endpoint.path}  ${endpoint.text} (${endpoint.who})`,
    ),
  ),
  ...(card.picture ? ['', `Picture: ${card.picture.alt}`] : []),
  ...(pendingText(card) ? ['', pendingText(card)!] : []),
  ...decisionOf(card),
]

const decisionOf = (card: BlueprintCard): string[] => {
  if (card.status === 'proposed') return []
  if (card.status === 'superseded') return ['', 'Replaced by a newer blueprint.']
  const word = card.status === 'approved' ? 'Approved' : 'Turned down'
  return ['', card.decided ? `${word} by ${card.decided.by}.` : `${word}.`]
}

/** Returns a sentence with what came of it: "“Guides have a name” → Guides: name". */
export const readingText = ({ said, made, lost }: CardReading): string => {
  const left = lost ? [made.length > 0 ? 'a part is not carried' : 'not carried'] : []
  const came = [...made.map((line) => line.replace(/\.$/, '')), ...left]
  return `“${said.replace(/\.$/, '')}” → ${came.join(' · ') || 'it is so anyway, or I did not understand it'}`
}

/** Returns a change with what it risks. */
export const riskText = (change: CardChange): string => `${change.text}${riskWords[change.risk]}`

const riskWords = {
  none: '',
  'breaks-clients': ' (may break programs that use it)',
  'shows-more': ' (more people see it)',
  'hides-data': ' (hides data)',
} as const

/** What a build does or did, after its name. */
export const progressWords: Readonly<Record<ProgressCard['status'], string>> = {
  queued: 'waits for its turn',
  running: 'is being built',
  cancelling: 'is being cancelled',
  succeeded: 'was built',
  failed: 'could not be built',
  cancelled: 'was cancelled',
}

/** Whether a newer state of the card follows soon, so that this one may be left out where a platform is in a hurry. */
export const isMoving = (card: Card): boolean =>
  card.kind === 'progress' && ['queued', 'running', 'cancelling'].includes(card.status)

const progress = (card: ProgressCard): string[] => {
  const time = card.seconds === undefined ? '' : ` in ${inWords(card.seconds)}`
  return [
    `${card.title}, build ${card.build}: ${progressWords[card.status]}${card.status === 'succeeded' ? time : ''}`,
    ...card.stages.map((stage) => `  ${marks[stage.state]} ${stage.label}${stage.step ? `: ${stage.step}` : ''}`),
  ]
}

const deployed = (card: DeployedCard): string[] => [
  `${card.title} is running: ${card.url}`,
  `Documentation: ${card.docsUrl}`,
  `Checks: ${card.passed} passed, ${card.failed} failed. Built in ${inWords(card.seconds)}.`,
  ...card.checks.map((check) => `  ${checkLine(check)}`),
  ...(card.setupTokenFile ? ['', `First administrator: the one-time token is in the file ${card.setupTokenFile}`] : []),
  ...(card.secrets ?? []),
  ...(card.webhookSecretFiles ?? []).map((file) => `Webhooks are signed with the secret in the file ${file}`),
  ...(card.roles ? [card.roles] : []),
  '',
  'Try it:',
  ...card.curl
    .trimEnd()
    .split('\n')
    .map((line) => `  ${line}`),
]

const failed = (card: FailedCard): string[] => [
  card.title,
  card.happened,
  ...(card.checks ?? []).map((check) => `  ${checkLine(check)}`),
  ...(card.detail
    ? card.detail
        .trimEnd()
        .split('\n')
        .map((line) => `  ${line}`)
    : []),
  `Safe: ${card.safe}`,
  `Next: ${card.next}`,
  `Trace: ${card.traceId} (${card.code})`,
]

/**
 * Returns the word for an item's state where nothing else says it: what is idle may be a draft that nobody stopped, and
 * what is wrong is said better by words that know what.
 */
export const stateWord = ({ title, state, text = '' }: CardItem): string => {
  if (!state) return ''
  const said = `${title} ${text}`.toLowerCase().includes(states[state])
  return said || (text && state !== 'good') ? '' : states[state]
}

/** The sentences that do what an item's buttons do. */
const sentencesOf = (items: readonly CardItem[]): string[] => {
  const say = items.flatMap((item) => item.buttons ?? []).find((button) => button.say)?.say
  return say ? ['', `To go on with one, write for example: ${say}`] : []
}

/** What an item is called, with a colon where more is said of it. */
const headOf = (item: CardItem): string => {
  const word = stateWord(item)
  return `${item.title}${word && ` [${word}]`}${item.text ? ':' : ''}`
}

const list = (card: ListCard): string[] => [
  card.title,
  ...(card.text ? [card.text] : []),
  ...(card.items.length === 0
    ? [card.empty]
    : card.items.flatMap((item) => [
        ['  -', headOf(item), item.text ?? '', item.url ?? ''].filter(Boolean).join(' '),
        ...(item.details ?? []).map((line) => `      ${line}`),
      ])),
  ...sentencesOf(card.items),
]

const linesOf = (card: Card): string[] => {
  switch (card.kind) {
    case 'message':
      return [
        card.text,
        ...(card.code
          ? card.code
              .trimEnd()
              .split('\n')
              .map((line) => `  ${line}`)
          : []),
      ]
    case 'question':
      return [card.text, ...(card.answer ? [`Answered: ${card.answer.label}`] : [])]
    case 'blueprint':
      return blueprint(card)
    case 'progress':
      return progress(card)
    case 'deployed':
      return deployed(card)
    case 'failed':
      return failed(card)
    case 'list':
      return list(card)
    case 'diff':
      return [card.title, ...bullets(card.changes.map(riskText))]
    case 'file':
      return [
        card.title,
        ...(card.text ? [card.text] : []),
        ...card.files.flatMap((file) => [
          '',
          `--- ${file.path}`,
          file.text.trimEnd(),
          ...(file.cut ? ['(only the beginning)'] : []),
        ]),
      ]
  }
}

/** Returns what may be pressed on a card now, in its order; a question's choices count as buttons. */
export const pressable = (card: Card): Button[] => {
  if (card.kind !== 'question') return card.buttons ?? []
  if (card.answer || card.withdrawn) return []
  return card.choices.map((choice, index) => ({
    id: `choice-${index + 1}`,
    label: choice.label,
    style: choice.danger ? 'danger' : index === 0 ? 'primary' : 'plain',
    value: choice.value,
  }))
}

/** Returns everything that a card offers now: what is pressable, and what stands at the items of a list. */
export const offered = (card: Card): Button[] =>
  card.kind === 'list' ? [...pressable(card), ...card.items.flatMap((item) => item.buttons ?? [])] : pressable(card)

/**
 * Returns a card as plain text: the fallback of every platform, for notifications, screen readers and terminals.
 * Control characters and terminal escapes are gone; buttons stand on the last line.
 */
export const renderText = (card: Card): string => {
  const buttons = pressable(card)
  return plain([...linesOf(card), ...(buttons.length > 0 ? ['', renderButtons(buttons)] : [])].join('\n'))
}
