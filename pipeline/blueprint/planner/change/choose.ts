import { pluralOf } from '../../names.ts'
import { ask, type Draft } from './draft.ts'
import { words } from './fields.ts'
import { type Entry, entriesOf, findAnyField } from './view.ts'

export type Place = { entry: Entry; field: string }

const many = (entry: Entry): string => words(pluralOf(entry.name, entry.model))

/** The fields that words mean. Where several things have one and none was named, it is asked which; `[]` until then. */
export const chooseField = (draft: Draft, said: string, preferred: Entry | undefined): Place[] => {
  const found = findAnyField(draft.architecture, said, draft.guessing ? undefined : preferred)
  if (!draft.guessing || found.length < 2) return found
  const places = found.slice(0, 3)
  const value = ask(draft, {
    id: `field_${found[0]!.field}`,
    text: `Which ${words(found[0]!.field)} do you mean?`,
    choices: [
      ...places.map(({ entry, field }) => ({ label: `The ${words(field)} of ${many(entry)}`, value: entry.name })),
      { label: found.length > 2 ? 'All of them' : 'Both', value: 'all' },
    ],
  })
  if (value === undefined) return []
  if (value !== 'all') draft.guessing = false
  return value === 'all' ? found : found.filter(({ entry }) => entry.name === value)
}

/** True while a question of this change waits for its answer. */
export const isAsking = (draft: Draft): boolean => draft.questions.length > 0

const parts =
  /(?:^|_)(?:comment|reply|review|rating|vote|like|answer|item|line|step|ingredient|attachment|photo|image|tag|note|reading|entry|message|log|option|like|follow)$/

/** What only fills in another thing seldom gets the field that nobody placed. */
const isPart = (entry: Entry): boolean => parts.test(entry.key)

/** The thing that a new field is for, where several are as likely and none was named. */
export const chooseModel = (draft: Draft, what: string): Entry | undefined => {
  const entries = entriesOf(draft.architecture).filter((entry) => entry.name !== 'User')
  const whole = entries.filter((entry) => !entry.api.parent || !isPart(entry))
  const likely = whole.length > 0 ? whole : entries
  if (likely.length < 2) return likely[0]
  const value = ask(draft, {
    id: 'model',
    text: `What shall have ${what}?`,
    choices: likely
      .slice(0, 4)
      .map((entry) => ({ label: many(entry).replace(/^./, (sign) => sign.toUpperCase()), value: entry.name })),
  })
  return likely.find((entry) => entry.name === value)
}
