import { listed, peopleOf, plural } from '../../language/words.ts'
import { isPersonNoun } from '../../lexicon/people.ts'
import { isReading } from '../../lexicon/verbs.ts'
import type { Sketch, Thing } from '../sketch.ts'
import { isConfidential } from './confidential.ts'

/**
 * A list of people with how to reach them is not for whoever signs up where staff looks after it and nothing was said of
 * who reads it (`unsaid`, by key), as long as there is something else for them to see.
 */
export const keepContacts = (sketch: Sketch, unsaid: ReadonlySet<string>): void => {
  const staff = sketch.grantedRoles
  if (staff.length === 0) return
  for (const thing of sketch.things.values()) {
    if (!unsaid.has(thing.key) || !holdsContacts(thing)) continue
    const rights = sketch.permissions.get(thing.key) ?? []
    const forAll = rights.filter(({ who, ops }) => who === '@signed' && ops.every(isReading))
    if (forAll.length !== 1 || !(isDescribed(sketch, thing) || seesOthers(sketch, thing))) continue
    sketch.permissions.set(
      thing.key,
      rights.filter((one) => !forAll.includes(one)),
    )
    const names = plural(thing.words)
    const keepers = staff.filter((role) => rights.some((one) => one.who === role))
    const who = listed(['admins', ...keepers.map(peopleOf)])
    sketch.assumptions = sketch.assumptions.filter((line) => !line.includes(` can read ${names}; `))
    sketch.assumptions.push(
      saysHowToReach(thing)
        ? `Only ${who} see and change ${names}, because they say how to reach somebody.`
        : `Only ${who} see and change ${names}: nobody else was said to.`,
    )
  }
}

const holdsContacts = (thing: Thing): boolean => isConfidential(thing) || saysHowToReach(thing)

const saysHowToReach = (thing: Thing): boolean =>
  isPersonNoun(thing.key.split('_').at(-1)!) &&
  thing.fields.some(
    ({ name, type }) =>
      type === 'email' || type === 'phone' || /(?:^|_)(?:address|birth|birthday|birthdate|birth_date)$/.test(name),
  )

const seesOthers = (sketch: Sketch, thing: Thing): boolean =>
  [...sketch.permissions].some(
    ([key, rights]) =>
      key !== thing.key && rights.some(({ who }) => who.startsWith('@') || sketch.signUpRoles.includes(who)),
  )

/** Whether people said what is kept of somebody: then it is nobody else's business, also where there is nothing else to see. */
const isDescribed = (sketch: Sketch, thing: Thing): boolean =>
  isConfidential(thing) &&
  !sketch.assumptions.some((line) => line.toLowerCase().startsWith(`${plural(thing.words)} get the usual fields`))
