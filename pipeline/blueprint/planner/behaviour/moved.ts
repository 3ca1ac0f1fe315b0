import type { Model, Requirement } from '../../../../schemas/generated/architecture.ts'
import { listed, sentence, withArticle } from '../language/words.ts'
import { holdersOf } from './access/holders.ts'
import { bracketed, isStill, looksAtNow } from './as-it-was.ts'
import { wordsOf } from './between.ts'
import type { BehaviourDraft } from './draft.ts'
import type { Found } from './find.ts'
import { dropRequired, requireOn } from './rules.ts'

const reading = /\bthis\.(\w+)(?:\.(\w+))?/g

/** The fields by whose change a row would come to be at another time, as a condition sees it: its start, or its course. */
const movers = ({ model }: Found, check: string): string[] => [
  ...new Set(
    [...check.matchAll(reading)].flatMap(([, name = '', further]) => {
      const field = model.fields[further === undefined ? name : `${name}_id`]
      const moves =
        further === undefined ? /^(?:date|datetime)$/.test(field?.type ?? '') : field?.type.startsWith('ref(')
      return field && moves && field.set === undefined ? [further === undefined ? name : `${name}_id`] : []
    }),
  ),
]

/**
 * Holds what is asked of the time of a new row also of a row that is moved to another time: a booking is not made for next
 * week and then moved to the next hour.
 */
export const keepWhenMoved = (model: Found, { check, ...said }: Requirement): void => {
  const names = movers(model, check)
  if (names.length === 0 || !looksAtNow(check)) return
  // A time that may be left out is given where it matters.
  const given = check.replace(/^this\.\w+ == null \|\| /, '')
  requireOn(model, 'update', { ...said, check: `${bracketed(isStill(names))} || ${bracketed(given)}` })
}

const whileOpen = 'only while it can still be called off.'

/** Lets rows be moved again where nothing says any more until when they can be called off. */
export const freeToMove = (model: Model): void => {
  const ends = [
    ...(model.on?.delete?.require ?? []),
    ...Object.values(model.states?.transitions ?? {}).flatMap(({ require = [] }) => require),
  ]
  if (ends.some(({ check }) => looksAtNow(check))) return
  dropRequired(model, 'update', ({ message }) => message.endsWith(whileOpen))
}

/** Whose row it is does not move it to another time either when it is too late to call it off, which would then be early enough. */
export const keepBeforeEnding = (draft: BehaviourDraft, model: Found, check: string): void => {
  const names = movers(model, check)
  if (names.length === 0 || !looksAtNow(check)) return
  const { owner } = model.api
  const others = owner ? `this.${owner} != me.id || ` : ''
  const mayMove = !draft.architecture.policies.authn || holdersOf(draft, model, 'update').length > 0
  if (!mayMove) return
  const words = names.map((name) => (name.endsWith('_id') ? `another ${wordsOf(name)}` : `another ${timeWords(name)}`))
  requireOn(model, 'update', {
    check: `${others}${bracketed(isStill(names))} || ${bracketed(check.replace(reading, (path) => path.replace('this.', 'was.')))}`,
    message: `${sentence(withArticle(model.words))} is moved to ${listed(words, 'or')} ${whileOpen}`,
    status: 409,
  })
}

const timeWords = (name: string): string => (/^(?:date|day)$|_(?:date|day|on)$/.test(name) ? 'day' : 'time')
