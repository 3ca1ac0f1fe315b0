import type { Release, Step } from '../target.ts'

/** What a plan depends on besides the release. */
export type Present = {
  /** Whether a release of the system serves now, and whether it is this very one. */
  serves: 'nothing' | 'this' | 'another'
  /** Whether a database with rows may exist. */
  hasData: boolean
  port: number | undefined
  host: string
}

const startStep = (release: Release, { serves }: Present): Step => ({
  action: 'start',
  title: serves === 'nothing' ? 'Starting the release' : 'Starting the new release beside the old one',
  release: release.digest,
})

const serveSteps = ({ serves }: Present): Step[] => [
  { action: 'probe', title: 'Waiting until it is healthy', path: '/readyz' },
  { action: 'switch', title: 'Switching to it' },
  { action: 'verify', title: 'Asking its address' },
  {
    action: 'finish',
    title: serves === 'nothing' ? 'Noting where it runs' : 'Letting the old release finish its requests',
  },
]

const listenStep = ({ host, port }: Present): Step => ({ action: 'listen', title: 'Opening its address', host, port })

/** The steps that make a release serve; for the release that already serves, the steps that make sure of it. */
export const planApply = (release: Release, present: Present): Step[] => {
  if (present.serves === 'this')
    return [
      { action: 'verify', title: 'Asking its address' },
      { action: 'note', title: 'Noting where it runs' },
    ]
  const steps: Step[] = [
    { action: 'prepare', title: 'Preparing its folder and its secrets', accounts: release.accounts },
  ]
  if (release.engine === 'postgres') steps.push({ action: 'database', title: 'Preparing its database' })
  steps.push(listenStep(present))
  if (release.engine === 'sqlite' && present.hasData)
    steps.push({ action: 'backup', title: 'Keeping a copy of its data' })
  // The process needs a second or two to load and reads no table before it serves: it loads while the migration runs.
  steps.push(startStep(release, present))
  steps.push({ action: 'migrate', title: 'Bringing its database up to date' })
  return [...steps, ...serveSteps(present)]
}

/** The steps that start a stopped release, or put a fresh process of it in the place of the one that serves. */
export const planStart = (release: Release, present: Present): Step[] => [
  listenStep(present),
  startStep(release, present),
  ...serveSteps(present),
]
