import { buttons } from '../../bot/conversation/buttons.ts'
import { approveLabel, riskOf, warningOf } from '../../bot/conversation/risk.ts'
import { stageLabels } from '../../bot/conversation/stages.ts'
import { canonicalArchitecture } from '../../pipeline/blueprint/canonical.ts'
import { describeArchitecture } from '../../pipeline/blueprint/describe.ts'
import { diffArchitecture } from '../../pipeline/blueprint/diff.ts'
import { type Drawing, drawArchitecture } from '../../pipeline/blueprint/draw.ts'
import { firstCurl } from '../../pipeline/blueprint/first-curl.ts'
import { planChange, planSystem } from '../../pipeline/blueprint/planner/plan.ts'
import type { PlanResult } from '../../pipeline/blueprint/planner/result.ts'
import type { Architecture } from '../../schemas/generated/architecture.ts'
import type { BlueprintCard, Card, DeployedCard, FailedCard, ProgressCard } from '../../schemas/generated/card.ts'
import { ago } from './clock.ts'
import type { Entry } from './scenes.ts'

/** One thread from a wish to an address, with the cards in it by name and the picture that they show. */
export type Story = { entries: Entry[]; cards: Record<string, Card>; picture: Drawing }

const WISH = 'Build me a todo API with user authentication'
const CHANGE = 'remove description'
const URL = 'https://todo.systems.example.com'

type Draft = Extract<PlanResult, { kind: 'draft' }>

const draftOf = (result: PlanResult): Draft => {
  if (result.kind !== 'draft')
    throw new Error(`The story needs a blueprint; the planner answered with a ${result.kind}`)
  return result
}

const blueprintOf = (draft: Draft, picture: Drawing, before?: Architecture): BlueprintCard => {
  const { architecture } = draft
  const { yaml, digest } = canonicalArchitecture(architecture)
  const changes = before
    ? diffArchitecture(before, architecture).map(({ text, risk }) => ({
        text: `${text.charAt(0).toUpperCase()}${text.slice(1)}`,
        risk,
      }))
    : []
  const warning = warningOf(changes)
  return {
    kind: 'blueprint',
    system: 'todo',
    title: architecture.system.title ?? architecture.system.name,
    revision: before ? 2 : 1,
    digest,
    status: 'proposed',
    change: before !== undefined,
    ...(warning ? { warning } : {}),
    risk: riskOf(changes),
    ...describeArchitecture(architecture),
    assumptions: draft.assumptions,
    notCarried: draft.notCarried,
    changes,
    picture: { id: 'story', alt: picture.alt, width: picture.width, height: picture.height },
    files: [{ path: 'architecture.yaml', text: yaml }],
    buttons: [
      buttons.approve(approveLabel(changes), digest, riskOf(changes) === 'hides-data'),
      buttons.requestChanges('r1'),
      buttons.showFiles('r1'),
      buttons.reject('r1'),
    ],
  }
}

const progress: ProgressCard = {
  kind: 'progress',
  system: 'todo',
  title: 'Todo',
  build: 1,
  status: 'running',
  stages: stageLabels.map(([name, label], index) => ({
    name,
    label,
    ...(index === 0
      ? { state: 'done', seconds: 1.4 }
      : index === 1
        ? { state: 'running', step: 'Calling every endpoint as every role', done: 3, total: 6, startedAt: ago(4) }
        : { state: 'waiting' }),
  })),
  stage: 'harden',
  step: 'Calling every endpoint as every role',
  done: 1.5,
  total: 4,
  startedAt: ago(6),
  buttons: [buttons.cancelBuild('b1')],
}

const built: ProgressCard = {
  ...progress,
  status: 'succeeded',
  stages: stageLabels.map(([name, label], index) => ({
    name,
    label,
    state: 'done',
    seconds: [1.4, 7.2, 0.6, 2.1][index]!,
  })),
  step: '',
  done: 4,
  seconds: 11.3,
  buttons: [],
}

const checks: DeployedCard['checks'] = [
  { name: 'types', summary: 'no findings', passed: true, seconds: 1.9 },
  { name: 'lint', summary: 'no findings', passed: true, seconds: 0.2 },
  { name: 'tests', summary: '62 tests of the blueprint passed', passed: true, seconds: 3.4 },
  { name: 'contract', summary: 'answers match the OpenAPI description', passed: true, seconds: 1.6 },
]

const deployedOf = (architecture: Architecture): DeployedCard => ({
  kind: 'deployed',
  system: 'todo',
  title: 'Todo',
  url: URL,
  docsUrl: `${URL}/docs`,
  release: `sha256:${'b'.repeat(64)}`,
  build: 1,
  curl: firstCurl(architecture, URL),
  checks,
  passed: 84,
  failed: 0,
  seconds: 11.3,
  buttons: [
    buttons.open(URL),
    buttons.change('s1'),
    buttons.stop('s1'),
    buttons.showFiles('r1'),
    buttons.download('b1'),
  ],
})

const failed: FailedCard = {
  kind: 'failed',
  system: 'todo',
  title: 'Todo could not be built',
  code: 'check-failed',
  happened: 'The check "tests" did not pass: an answer of GET /v1/todos was not what the blueprint promises.',
  safe: 'What ran before still runs, with all its data.',
  next: 'Press Try again; if it fails the same way, press Request changes and say it in other words.',
  detail: 'tests/test_todos.py::test_list FAILED\nE  AssertionError: expected 200, got 503',
  checks: [...checks.slice(0, 2), { name: 'tests', summary: '1 of 58 tests failed', passed: false, seconds: 3.1 }],
  traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
  buttons: [buttons.retry('b2'), buttons.requestChanges('r2')],
}

/** Returns the story, planned and drawn as a wish would be. */
export const tellStory = async (): Promise<Story> => {
  const draft = draftOf(planSystem(WISH))
  const changed = draftOf(planChange(CHANGE, draft.architecture))
  const picture = await drawArchitecture(draft.architecture)
  const blueprint = blueprintOf(draft, picture)
  const change = blueprintOf(changed, picture, draft.architecture)
  const deployed = deployedOf(draft.architecture)
  const decided = (card: BlueprintCard, by: string, seconds: number): BlueprintCard => ({
    ...card,
    status: 'approved',
    decided: { by, at: ago(seconds) },
    buttons: [buttons.showFiles('r1')],
  })
  const card = (key: string, shown: Card, seconds: number): Entry => ({
    kind: 'card',
    key,
    card: shown,
    at: ago(seconds),
  })
  const said = (name: string, text: string, seconds: number): Entry => ({ kind: 'said', name, text, at: ago(seconds) })
  return {
    picture,
    cards: {
      'story-blueprint': blueprint,
      'story-progress': progress,
      'story-deployed': deployed,
      'story-change': change,
      'story-failed': failed,
    },
    entries: [
      said('Ada Lovelace', WISH, 900),
      card('blueprint:r1', decided(blueprint, 'Grace Hopper', 840), 898),
      card('build:b1', built, 839),
      card('deployed:b1', deployed, 828),
      said('Ada Lovelace', CHANGE, 60),
      card('blueprint:r2', decided(change, 'Grace Hopper', 30), 58),
      card('build:b2', { ...progress, build: 2 }, 29),
      card('failed:b2', failed, 12),
    ],
  }
}
