import * as builds from '../../../queue/store/builds.ts'
import * as evidence from '../../../queue/store/evidence.ts'
import { oneLine, plain } from '../../chat/plain.ts'
import type { Build, System } from '../state.ts'
import { answer, refuse, say, type Turn, type TurnContext } from './turn.ts'

/** Shows the last lines that a system wrote; of one that was never online, what kept it from that. */
export const logsTurn = async (context: TurnContext, system: System, wanted?: number | 'last'): Promise<Turn> => {
  const rows = await builds.ofSystem(context.db, system.id)
  if (wanted !== undefined) {
    const build = wanted === 'last' ? (rows.find(isFailed) ?? rows[0]) : rows.find(({ number }) => number === wanted)
    return build
      ? checkLogTurn(context, build.id)
      : answer(say(`${system.title} has no build ${wanted}.`, { system: system.slug, tone: 'refusal' }))
  }
  if (!system.buildId) {
    const failed = rows.find(isFailed)
    return failed
      ? checkLogTurn(context, failed.id)
      : answer(say(`${system.title} was never online, so it has no logs.`, { system: system.slug }))
  }
  const lines = await context.deps.target.logs(system.id, 40)
  const latest = rows[0]!
  const more = isFailed(latest)
    ? `What the checks of build ${latest.number} printed is in “log of build ${latest.number}”. `
    : ''
  if (lines.length === 0)
    return answer(say(`${more}${system.title} has not written anything yet.`, { system: system.slug }))
  return answer(
    say(`${more}The last ${lines.length} lines of ${system.title}:`, {
      system: system.slug,
      code: lines.map((line) => oneLine(plain(line), 400)).join('\n'),
    }),
  )
}

const isFailed = ({ status }: Build): boolean => status === 'failed'

/** Shows all that the failed checks of a build printed. */
export const checkLogTurn = async (context: TurnContext, buildId: string): Promise<Turn> => {
  const build = await builds.get(context.db, buildId)
  const system = context.systems.find((row) => row.id === build?.systemId)
  if (!build || !system) return refuse('This system was removed.')
  const failed = (await evidence.ofBuild(context.db, buildId)).filter(({ result }) => result === 'failed')
  const about = { system: system.slug }
  const title = `Log of build ${build.number} of ${system.title}`
  if (failed.length === 0)
    return answer(
      say(
        build.status === 'failed'
          ? `Build ${build.number} of ${system.title} did not come as far as its checks: ${build.error?.text ?? 'it ended early.'}`
          : `No check of build ${build.number} of ${system.title} failed, so there is no log of one.`,
        about,
      ),
    )
  return answer({
    kind: 'file',
    title,
    ...about,
    text: failed.map(({ check, summary }) => `${check}: ${summary}`).join('\n'),
    files: failed.map(({ check, detail }) => ({ path: `${check}.log`, text: plain(detail ?? '') })),
  })
}
