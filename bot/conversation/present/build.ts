import type { Button, Card, CardCheck, DeployedCard, ProgressCard } from '../../../schemas/generated/card.ts'
import { buttons } from '../buttons.ts'
import { buildBefore } from '../lineage.ts'
import { shareOf, stageLabels, stagesOf } from '../stages.ts'
import type { EvidenceRow, ThreadState } from '../state.ts'

type BuildState = ThreadState['builds'][number]

const ended = (build: BuildState): boolean => build.finishedAt !== null

const secondsOf = (build: BuildState): number =>
  Math.round(((build.finishedAt ?? build.createdAt).getTime() - build.createdAt.getTime()) / 100) / 10

const titleOf = (build: BuildState, state: ThreadState): { system: string; title: string } => {
  const system = state.systems.get(build.systemId)
  const revision = state.revisions.find((row) => row.id === build.revisionId)
  return { system: system?.slug ?? '', title: revision?.described.title ?? system?.title ?? '' }
}

/** Returns the one message that moves while a build runs. */
export const progressCard = (build: BuildState, state: ThreadState): ProgressCard => {
  const stages = stagesOf(build)
  const running = stages.find((stage) => stage.state === 'running')
  const cancelling = build.cancelRequested && !ended(build)
  return {
    kind: 'progress',
    ...titleOf(build, state),
    build: build.number,
    status: cancelling ? 'cancelling' : build.status,
    stages,
    ...(running ? { stage: running.name } : {}),
    step: stepOf(build, running?.step ?? running?.label),
    done: Math.round(shareOf(stages) * 100) / 100,
    total: stageLabels.length,
    startedAt: build.createdAt.toISOString(),
    ...(ended(build) ? { seconds: secondsOf(build) } : {}),
    buttons: ended(build) || cancelling ? [] : [buttons.cancelBuild(build.id)],
  }
}

const stepOf = (build: BuildState, step: string | undefined): string => {
  if (build.status === 'queued') return 'Waiting for a free worker'
  if (build.status === 'running') return build.cancelRequested ? 'Stopping the work' : (step ?? 'Getting ready')
  return ''
}

const checkOf = (row: EvidenceRow): CardCheck => ({
  name: row.check,
  summary: row.summary,
  passed: row.result === 'passed',
  seconds: Math.round(row.seconds * 10) / 10,
})

/** Returns a build's one final card, or undefined while it runs. */
export const finalCard = (build: BuildState, state: ThreadState): Card | undefined => {
  if (build.status === 'succeeded') return deployedCard(build, state)
  if (build.status === 'failed') return failedCard(build, state)
  if (build.status === 'cancelled') return cancelledCard(build, state)
  return undefined
}

const deployedCard = (build: BuildState, state: ThreadState): Card => {
  const system = state.systems.get(build.systemId)
  const revision = state.revisions.find((row) => row.id === build.revisionId)
  const url = build.url ?? system?.url ?? ''
  const release = build.release as { digest?: string } | null
  const roles = revision?.described.roles
  const before = state.revisions.find((row) => row.id === revision?.baseRevisionId)?.described.roles
  const checks = build.evidence.map(checkOf)
  // A rung counts as one check where its tool counts no single ones.
  const sum = (key: 'passed' | 'failed') =>
    build.evidence.reduce((total, row) => total + (row[key] ?? (row.result === key ? 1 : 0)), 0)
  return {
    kind: 'deployed',
    ...titleOf(build, state),
    url,
    docsUrl: `${url}/docs`,
    release: release?.digest ?? '',
    build: build.number,
    change: revision?.described.live ?? false,
    curl: revision?.described.curl(url) ?? '',
    checks,
    passed: sum('passed'),
    failed: sum('failed'),
    seconds: secondsOf(build),
    ...secretsOf(build, state),
    // Whoever has the address has read it once; a change that brings a role says it again.
    ...(roles && (isFirst(build, state) || roles !== before) ? { roles } : {}),
    buttons: deployedButtons(build, state),
  }
}

/** On this machine where the secrets lie; in a workspace only who has them. */
const secretsOf = (build: BuildState, state: ThreadState): Partial<DeployedCard> => {
  const token = isFirst(build, state) ? build.setupTokenFile : undefined
  const webhooks = build.webhookSecretFiles
  if (state.team.platform === 'local')
    return {
      ...(token ? { setupTokenFile: token } : {}),
      ...(webhooks.length > 0 ? { webhookSecretFiles: webhooks } : {}),
    }
  const secrets = [
    ...(token
      ? [
          'The first administrator signs up with a one-time token. Whoever runs me has it; it never comes into the chat.',
        ]
      : []),
    ...(webhooks.length > 0 ? ['Whoever runs me has the secrets with which senders of webhooks sign.'] : []),
  ]
  return secrets.length > 0 ? { secrets } : {}
}

const isFirst = (build: BuildState, state: ThreadState): boolean =>
  (state.systems.get(build.systemId)?.succeeded ?? []).every((other) => other.number >= build.number)

const deployedButtons = (build: BuildState, state: ThreadState): Button[] => {
  const system = state.systems.get(build.systemId)
  if (!system || system.status === 'removed') return []
  // What another build replaced keeps its words and loses its buttons, except those that only read.
  if (system.buildId !== build.id) return [buttons.download(build.id)]
  const earlier = buildBefore(system.succeeded, build.id)
  const url = build.url ?? system.url
  return [
    ...(system.status === 'running' && url ? [buttons.open(url)] : []),
    ...(system.status === 'stopped' ? [buttons.start(system.id)] : []),
    buttons.change(system.id),
    ...(earlier ? [buttons.rollBack(system.id)] : []),
    ...(system.status === 'running' ? [buttons.stop(system.id)] : []),
    buttons.showFiles(build.revisionId),
    buttons.download(build.id),
  ]
}

const safeWords = (build: BuildState, state: ThreadState): string => {
  const system = state.systems.get(build.systemId)
  return system?.buildId
    ? 'What ran before still runs, with all its data.'
    : 'Nothing was put online, and the blueprint is kept.'
}

const failedCard = (build: BuildState, state: ThreadState): Card => {
  const { error } = build
  const failedChecks = build.evidence.filter((row) => row.result === 'failed')
  const { system, title } = titleOf(build, state)
  const latest = state.builds.every((other) => other.systemId !== build.systemId || other.number <= build.number)
  return {
    kind: 'failed',
    system,
    title: `${title} could not be built`,
    code: error?.code ?? 'internal',
    happened: error?.text ?? 'The build ended with an error that I did not expect.',
    safe: safeWords(build, state),
    next: error?.help || 'Press Try again; if it fails the same way, press Request changes and say it in other words.',
    ...(failedChecks.length > 0 ? { checks: build.evidence.map(checkOf) } : {}),
    traceId: error?.traceId ?? build.traceId,
    buttons: [
      ...(latest ? [buttons.retry(build.id), buttons.requestChanges(build.revisionId)] : []),
      ...(failedChecks.length > 0 ? [buttons.checkLog(build.id)] : []),
    ],
  }
}

const cancelledCard = (build: BuildState, state: ThreadState): Card => {
  const latest = state.builds.every((other) => other.systemId !== build.systemId || other.number <= build.number)
  return {
    kind: 'message',
    tone: 'warning',
    system: titleOf(build, state).system,
    text: `Build ${build.number} of ${titleOf(build, state).title} was cancelled. ${safeWords(build, state)}`,
    ...(latest ? { buttons: [buttons.retry(build.id), buttons.requestChanges(build.revisionId)] } : {}),
  }
}
