import type { Architecture } from '../../schemas/generated/architecture.ts'
import { accountModelOf, pluralWords, refOf, toWords } from './names.ts'
import { type Operation, operationsOf } from './operations.ts'
import { joinWords, withArticle } from './words.ts'

/** More than this is counted rather than named. */
const NAMED = 5

/** Returns what is deleted along with something, a line each thing that somebody may delete: "Deleting a course deletes its bookings too." */
export const goesAlongOf = (architecture: Architecture): string[] => {
  const { models } = architecture
  const deleted = new Set(
    operationsOf(architecture)
      .filter(isDelete)
      .map(({ model }) => model!),
  )
  const account = accountModelOf(architecture)
  return Object.keys(models)
    .filter((name) => deleted.has(name))
    .flatMap((name) => {
      const gone = partsOf(architecture, name)
      if (gone.length === 0) return []
      const words = gone.map((part) => pluralWords(part, models[part]!))
      const more = words.length - NAMED
      const named = more > 1 ? [...words.slice(0, NAMED), `${more} more kinds of things`] : words
      return [
        `Deleting ${withArticle(toWords(name))} deletes ${name === account ? 'their' : 'its'} ${joinWords(named)} too.`,
      ]
    })
}

const isDelete = ({ kind, op, model, access, grants }: Operation): boolean =>
  kind === 'crud' && op === 'delete' && model !== undefined && (access !== 'granted' || grants.size > 0)

/** The models whose rows the database deletes with a row of this one, and those that go with them, nearest first. */
const partsOf = ({ models }: Architecture, name: string): string[] => {
  const found = new Set([name])
  for (const whole of found)
    for (const [part, { fields }] of Object.entries(models))
      if (Object.values(fields).some(({ type, onDelete }) => onDelete === 'cascade' && refOf(type)?.model === whole))
        found.add(part)
  found.delete(name)
  return [...found]
}
