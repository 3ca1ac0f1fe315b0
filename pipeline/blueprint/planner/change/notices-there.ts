import type { Architecture, Hook, Step } from '../../../../schemas/generated/architecture.ts'
import { toWords } from '../../names.ts'
import { dropEmptyHook } from '../behaviour/rules.ts'
import { peopleOf, plural, sentence, withArticle } from '../language/words.ts'
import { signUpRoles } from './accounts.ts'
import type { RuleThere } from './rules-there.ts'

/** `deed`: the words for what happens, as they are said of the thing: printed, placed. */
export type NoticeThere = RuleThere & { deed: string }

type Holder = { do?: Step[] }
const happens = { create: 'is new', update: 'was changed', delete: 'was deleted' } as const

/** Returns who is told what, in the blueprint's order: each can be taken away. `remove` changes the architecture itself. */
export const noticesThere = (architecture: Architecture): NoticeThere[] =>
  Object.entries(architecture.models).flatMap(([name, model]) => [
    ...Object.entries(model.states?.transitions ?? {}).flatMap(([step, transition]) =>
      noticesOf(
        architecture,
        name,
        transition,
        `${toWords(step)} ${toWords(transition.to)}`,
        `was ${toWords(transition.to)}`,
      ),
    ),
    ...(Object.entries(model.on ?? {}) as [keyof typeof happens, Hook][]).flatMap(([op, hook]) =>
      noticesOf(architecture, name, hook, `${op} ${deeds[op]}`, happens[op]).map((notice) => ({
        ...notice,
        remove: () => {
          notice.remove()
          dropEmptyHook(model, op)
        },
      })),
    ),
  ])

const deeds = {
  create: 'new added made created placed entered submitted comes',
  update: 'changed changes edited updated',
  delete: 'deleted removed',
} as const

const noticesOf = (
  architecture: Architecture,
  model: string,
  holder: Holder,
  deed: string,
  happened: string,
): NoticeThere[] =>
  (holder.do ?? []).flatMap((step) => {
    const said = toldBy(step)
    if (!said) return []
    const whom = whomOf(architecture, model, step)
    const text = textOf(said.create!.values)
    return [
      {
        text: `${sentence(whom.names)} told ${text ? `“${text}”` : `when ${withArticle(toWords(model))} ${happened}`}.`,
        deed,
        words: `${whom.names} ${whom.words} ${text} ${toWords(model)} ${plural(toWords(model))} ${deed}`,
        remove: () => {
          const left = holder.do!.filter((one) => one !== step)
          if (left.length > 0) holder.do = left
          else delete holder.do
        },
      },
    ]
  })

/** The step that tells somebody, also one for each of several. */
const toldBy = (step: Step): Step | undefined =>
  step.create?.model === 'Notification'
    ? step
    : step.each?.do.length === 1 && step.each.do[0]!.create?.model === 'Notification'
      ? step.each.do[0]
      : undefined

/** Who is told: as a sentence begins, and by which other words people may mean them. */
const whomOf = (architecture: Architecture, model: string, step: Step): { names: string; words: string } => {
  const people = signUpRoles({ architecture }).map(toWords).join(' ')
  const each = step.each
  const role = /^'(\w+)' in \w+\.roles$/.exec(each?.where ?? '')?.[1]
  if (role) return { names: `${peopleOf(role)} are`, words: toWords(role) }
  if (each && !each.where) return { names: 'everybody is', words: `everyone all people users ${people}` }
  if (each)
    return {
      names: `whoever is in its ${plural(toWords(each.model))} is`,
      words: `${toWords(each.model)} everybody ${people}`,
    }
  const field = (step.create!.values.owner_id ?? step.create!.values.user_id ?? '')
    .split('.')
    .at(-1)!
    .replace(/_id$/, '')
  if (field !== 'owner') return { names: `the ${toWords(field)} is`, words: field }
  return {
    names: `whoever made the ${toWords(model)} is`,
    words: `owner author creator reporter maker submitter requester customer client person people ${people}`,
  }
}

/** "'A job “' + this.title + '” was printed.'" -> A job was printed. */
const textOf = (values: { [field: string]: string }): string =>
  (Object.entries(values).find(([, value]) => value.startsWith("'"))?.[1] ?? '')
    .replace(/ ?“?' \+ [\w.]+ \+ '”?/g, '')
    .replace(/^'|'$/g, '')
    .replace(/\.$/, '')
