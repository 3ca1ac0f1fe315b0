import { whoMay } from '../../pipeline/blueprint/describe.ts'
import { accountModelOf, pluralWords, toWords, wordsOfField } from '../../pipeline/blueprint/names.ts'
import type { Operation } from '../../pipeline/blueprint/operations.ts'
import { readersInWords } from '../../pipeline/blueprint/readers-words.ts'
import { withArticle } from '../../pipeline/blueprint/words.ts'
import type { Architecture } from '../../schemas/generated/architecture.ts'
import { literal } from './literal.ts'

/** Returns who may call an operation: "everyone, without signing in", "worker (only their own), admin". */
export const accessWords = (operation: Operation): string =>
  operation.access === 'public'
    ? 'everyone, without signing in'
    : whoMay(operation).replaceAll(' (own)', ' (only their own)')

/** The fields and computed values that a question names, of all models or of those it names too. */
const fieldsIn = (architecture: Architecture, question: string, models: string[]) =>
  Object.entries(architecture.models)
    .filter(([name]) => models.length === 0 || models.includes(name))
    .flatMap(([model, { fields, computed = {} }]) =>
      [...Object.keys(fields), ...Object.keys(computed)].flatMap((name) => {
        const words = wordsOfField(name)
        // The key of a row is no value that anybody asks about.
        return !fields[name]?.key && new RegExp(`\\b${literal(words)}s?\\b`).test(question)
          ? [{ model, words, readers: fields[name]?.readers }]
          : []
      }),
    )

/**
 * Returns who sees a field that a question in lower case names: those it is kept for, else whoever may read the thing.
 * Undefined where it names none.
 */
export const seenWords = (
  architecture: Architecture,
  question: string,
  models: string[],
  operations: Operation[],
): string | undefined => {
  const lines = fieldsIn(architecture, question, models).map(({ model, words, readers }) => {
    const one = `the ${words} of ${withArticle(toWords(model))}`
    const many = pluralWords(model, architecture.models[model]!)
    const reading =
      operations.find(({ model: of, op }) => of === model && op === 'read') ??
      operations.find(({ model: of, op }) => of === model && op === 'list')
    const who = reading ? accessWords(reading) : undefined
    if (readers && who)
      return `Only ${readersInWords(readers, model === accountModelOf(architecture))} see ${one}, of those who may see ${many} at all: ${who}.`
    return who
      ? `Whoever may see ${many} sees ${one}: ${who}.`
      : `Nobody sees ${one}: ${many} cannot be read through this system.`
  })
  return lines.length > 0 ? lines.join('\n') : undefined
}
