import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { handlersYaml } from '../../../pipeline/blueprint/handlers.ts'
import * as builds from '../../../queue/store/builds.ts'
import * as revisions from '../../../queue/store/revisions.ts'
import type { CardFile } from '../../../schemas/generated/card.ts'
import { filesIn, releaseFolder } from '../archive.ts'
import { buttons } from '../buttons.ts'
import { architectureOf } from '../described.ts'
import type { Build, System } from '../state.ts'
import { answer, refuse, say, type Turn, type TurnContext } from './turn.ts'
import { baseOf } from './wish.ts'

/** A card is read in a chat: more than this belongs into the download. */
const FILE_LIMIT = 8_000
const TOTAL_LIMIT = 150_000

const cut = (path: string, text: string): CardFile =>
  text.length > FILE_LIMIT ? { path, text: text.slice(0, FILE_LIMIT), cut: true } : { path, text }

const readable = /\.(?:py|toml|md|ya?ml|ini|txt|json|lock)$/
// What tells most comes first: the component code, then what runs it.
const rankOf = (path: string): number =>
  ['README.md', 'app/components/', 'app/', 'migrations/versions/', 'tests/', ''].findIndex((start) =>
    path.startsWith(start),
  )

/** Whether what is shown is what runs: after a roll back it may not be. */
const stateOf = (build: Build, system: System): string =>
  build.id !== system.buildId
    ? 'which does not run now'
    : system.status === 'running'
      ? 'which runs now'
      : 'which runs when it is started'

/** Returns the files of a revision: the blueprint, and the code where it was built. */
export const filesTurn = async (context: TurnContext, revisionId: string): Promise<Turn> => {
  const revision = await revisions.get(context.db, revisionId)
  const system = context.systems.find((row) => row.id === revision?.systemId)
  if (!revision || !system) return refuse('This blueprint was put aside, and its files with it.')
  const built = (await builds.ofSystem(context.db, system.id)).filter(
    (row) => row.revisionId === revision.id && row.status === 'succeeded',
  )
  const build = built.find((row) => row.id === system.buildId) ?? built[0]
  const folder = build ? releaseFolder(context.deps.data, build) : undefined
  const files: CardFile[] = [
    cut('architecture.yaml', revision.architecture),
    cut('deployment.yaml', revision.deployment),
    cut('docs/handlers.yaml', handlersYaml(architectureOf(revision))),
  ]
  const paths = folder ? (await filesIn(folder)).filter((path) => !files.some((file) => file.path === path)) : []
  let room = TOTAL_LIMIT
  for (const path of paths
    .filter((one) => readable.test(one) && !one.endsWith('.lock'))
    .sort((a, b) => rankOf(a) - rankOf(b))) {
    const text = await readFile(join(folder!, path), 'utf8')
    if (text.trim() === '' || text.length > room) continue
    room -= text.length
    files.push(cut(path, text))
  }
  const left = paths.length + 3 - files.length
  return answer({
    kind: 'file',
    title: `Files of ${system.title}`,
    system: system.slug,
    text: build
      ? `The blueprint and the code of build ${build.number}, ${stateOf(build, system)}.${left > 0 ? ` ${left} more files are in the download.` : ''}`
      : 'The blueprint. The code is written when you approve it.',
    files,
    ...(build ? { buttons: [buttons.download(build.id)] } : {}),
  })
}

/** Offers a build's code as a zip. */
export const downloadTurn = async (context: TurnContext, buildId: string): Promise<Turn> => {
  const build = await builds.get(context.db, buildId)
  const system = context.systems.find((row) => row.id === build?.systemId)
  const folder = build ? releaseFolder(context.deps.data, build) : undefined
  if (!build || !system || !folder || (await filesIn(folder)).length === 0)
    return answer(say('There is no built code to download yet.', { tone: 'refusal' }))
  return answer({
    kind: 'file',
    title: `${system.title}, build ${build.number}`,
    system: system.slug,
    text: `All of the code of build ${build.number}, ${stateOf(build, system)}. It needs nothing of me: README.md says how to start it anywhere.`,
    files: [],
    download: { id: build.id, name: `${system.slug}-build-${build.number}.zip` },
  })
}

/** The revision whose files a person means: what waits for approval here, else what runs, else the newest. */
export const shownRevision = async (context: TurnContext, system: System): Promise<string | undefined> =>
  (await baseOf(context, system))?.id
