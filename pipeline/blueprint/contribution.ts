import type { Architecture } from '../../schemas/generated/architecture.ts'
import { rulesInWords } from './behaviour-words.ts'
import { describeModel, fieldsInWords, partiesOf } from './describe.ts'
import { diffArchitecture } from './diff.ts'
import { accountModelOf, pluralWords } from './names.ts'
import { type Operation, operationsOf } from './operations.ts'
import { peopleOfRole } from './role-words.ts'
import { capital } from './words.ts'

/**
 * Returns in the words of a card what a blueprint has that it has not `without` something that was asked for: "Tours: guide",
 * "Two tours of the same guide cannot overlap.", "Guides can see bookings.". What is only taken away is told where nothing
 * is added; nothing where the two are equal but for the title.
 */
export const contributionOf = (without: Architecture, all: Architecture): string[] => {
  const news = [...storedIn(without, all), ...rulesIn(without, all)]
  const given = rightsIn(without, all, news.length > 0).map(([who, can]) => `${who} can ${can}.`)
  const asked = [...news.filter((line) => !goesWith.test(line)), ...given]
  const added = asked.length > 0 ? asked : news
  if (added.length > 0) return added
  const taken = rightsIn(all, without, false).map(([who, can]) => `Not for ${who.toLowerCase()}: ${can}.`)
  if (taken.length > 0) return taken
  return diffArchitecture(without, all)
    .filter(({ pointer }) => !pointer.startsWith('/system/'))
    .map(({ text }) => `${capital(text)}.`)
}

/** The models, and of those that both have the fields, that one has more or otherwise. */
const storedIn = (without: Architecture, all: Architecture): string[] =>
  Object.entries(all.models).flatMap(([name, model]) => {
    const other = without.models[name]
    if (!other) return [describeModel(name, model)]
    const known = fieldsInWords(other)
    const fields = [...fieldsInWords(model)].filter(([field, words]) => known.get(field) !== words)
    return fields.length === 0
      ? []
      : [`${capital(pluralWords(name, model))}: ${fields.map(([, words]) => words).join(', ')}`]
  })

/** What follows from what is stored is told only where nobody asked for anything else. */
const goesWith = /^Deleting .+ deletes /

const rulesIn = (without: Architecture, all: Architecture): string[] => {
  const known = new Set(rulesInWords(without))
  return rulesInWords(all).filter((rule) => !known.has(rule))
}

/**
 * Who may do what in one blueprint and not, or not as far, in the other. `others` leaves out administrators, who may do most
 * of what is there, and everybody where nobody signs in.
 */
const rightsIn = (without: Architecture, all: Architecture, others: boolean): [who: string, can: string][] => {
  const known = new Map(operationsOf(without).map((operation) => [keyOf(operation), operation]))
  const operations = operationsOf(all)
  const isNew = (operation: Operation, role: string | undefined): boolean => {
    const other = known.get(keyOf(operation))
    return !other || reachIn(other, role) !== reachIn(operation, role)
  }
  return partiesOf(all).flatMap(({ role }) => {
    if (others && (role === 'admin' || !accountModelOf(all))) return []
    const some = operations.filter((operation) => isNew(operation, role))
    const party = partiesOf(all, some).find((one) => one.role === role)
    return party ? [[role === undefined ? 'Everyone' : capital(peopleOfRole(role)), party.can.join('; ')]] : []
  })
}

const keyOf = ({ component, model, op, nestedUnder }: Operation): string =>
  [component, model, op, nestedUnder].join(' ')

/** How far somebody reaches with an operation, to be compared. */
const reachIn = ({ access, grants }: Operation, role: string | undefined): string =>
  role === undefined ? String(access === 'public') : JSON.stringify(grants.get(role)?.toSorted() ?? null)
