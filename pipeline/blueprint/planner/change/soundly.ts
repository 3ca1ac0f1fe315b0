import type { Architecture } from '../../../../schemas/generated/architecture.ts'
import { checkBlueprint } from '../../check.ts'
import { toWords } from '../../names.ts'
import { misfit, onlyStep } from '../behaviour/carry.ts'
import { seenIn } from '../behaviour/seen/read-seen.ts'
import { tidy } from '../behaviour/take.ts'
import type { Statement } from '../language/statements.ts'
import type { PlanResult } from '../result.ts'

/** Leaves out a statement that alone keeps the next revision from being sound; refuses where there is none such. */
export const soundly = (
  statements: readonly Statement[],
  result: PlanResult,
  carry: (statements: readonly Statement[]) => PlanResult,
): PlanResult => {
  const isSound = (one: PlanResult): boolean => one.kind !== 'draft' || checkBlueprint(one.architecture).length === 0
  if (isSound(result)) return result
  // What keeps something from somebody is left out last.
  const keeps = ({ text, items }: Statement): boolean => !items && seenIn(tidy(text)) !== undefined
  const entries = [...statements.entries()].toSorted(([, a], [, b]) => Number(keeps(a)) - Number(keeps(b)))
  for (const [at, { text }] of entries) {
    const others = statements.length > 1 ? carry(statements.toSpliced(at, 1)) : undefined
    if (others?.kind === 'draft' && isSound(others))
      return { ...others, notCarried: [...others.notCarried, `Not built: “${text}”. ${misfit}`] }
  }
  if (result.kind !== 'draft') return result
  const wrong = checkBlueprint(result.architecture)
  if (wrong.some(({ code }) => code === 'readers-leak'))
    return {
      kind: 'refusal',
      text: 'I cannot build this: it would tell everybody what only some may see.',
      help: 'Leave that field out of it, or say first that everybody may see the field.',
    }
  const taken = wrong.find(({ code }) => code === 'take')?.location?.pointer
  if (taken) {
    const timer = saidOfTimer(result.architecture, taken)
    return {
      kind: 'refusal',
      text: `I cannot build this. ${onlyStep}`,
      help: `Leave it out${timer === undefined ? '' : `, or say first “remove the rule that ${timer}”`}.`,
    }
  }
  return {
    kind: 'refusal',
    text: 'I cannot build this as it was said: what came of it does not go together with what is there.',
    help: 'Say it in other words, or in smaller steps.',
  }
}

/** The words in which a timer was asked for; undefined where it is a webhook or an event. */
const saidOfTimer = ({ components }: Architecture, pointer: string): string | undefined => {
  const [, , component = '', , port = ''] = pointer.split('/')
  const timer = components[component]?.ports[port]
  if (timer?.kind !== 'timer') return undefined
  const said = timer.description ?? toWords(port)
  return `${said.charAt(0).toLowerCase()}${said.slice(1)}`
}
