import { isPersonNoun } from '../../lexicon/people.ts'
import { contentThings, privateThings } from '../../lexicon/sharing.ts'
import type { Operation } from '../../lexicon/verbs.ts'
import type { Fact } from '../../read/facts.ts'
import { keyOf } from '../../read/noun.ts'
import { fieldOf } from '../order.ts'
import type { Sketch, Thing } from '../sketch.ts'

export type AccessFact = Extract<Fact, { kind: 'access' }>

export const reading: readonly Operation[] = ['list', 'read']

export const isPrivateThing = (thing: Thing): boolean =>
  privateThings.has(thing.key) || privateThings.has(thing.key.split('_').at(-1)!)
export const isContent = (thing: Thing): boolean =>
  contentThings.has(thing.key) || contentThings.has(thing.key.split('_').at(-1)!)

/** Whose right it is: `@public` needs no account, `@signed` is whoever has one. */
export const subjectOf = (who: string, signUp: readonly string[]): string =>
  who === 'everyone'
    ? '@public'
    : who === 'signed' || who === 'we' || (who === 'user' && !signUp.includes('user'))
      ? '@signed'
      : who

/** Returns the statements with each about a thing that is stored: fields and other words become their thing. */
export const aboutThings = (sketch: Sketch, facts: readonly Fact[]): AccessFact[] => {
  const access = facts.filter((fact): fact is AccessFact => fact.kind === 'access')
  return access.map((fact) => otherWord(sketch, ofField(sketch, fact), access))
}

/** "staff can update quantities" is about the thing that has a quantity. */
const ofField = (sketch: Sketch, fact: AccessFact): AccessFact => {
  if (!fact.noun || sketch.things.has(keyOf(fact.noun)) || !fact.ops.includes('update') || fact.ops.includes('create'))
    return fact
  const said = fact.noun.words.join(' ')
  const owner =
    [...sketch.things.values()].find((thing) => fieldOf(thing, said) !== undefined) ??
    [...sketch.things.values()].find((thing) =>
      thing.fields.some((field) => field.name.split('_').includes(fact.noun!.words.at(-1)!)),
    )
  return owner ? { ...fact, noun: { ...fact.noun, words: owner.key.split('_') } } : fact
}

/** Words for all that a system keeps: "everybody can see the board". */
const wholeWords =
  /(?:^|_)(?:board|site|website|app|platform|wall|catalogue|catalog|list|collection|database|portal|directory|system|archive|overview|register|calendar|feed|page|log|book|inventory|tracker|cellar|pantry|larder|wardrobe|closet|showroom|stockroom|gallery|repertoire|timetable|programme|portfolio|menu)$/

/** Whether people are called so. */
export const isRole = ({ signUpRoles, grantedRoles }: Sketch, noun: NonNullable<AccessFact['noun']>): boolean =>
  [...signUpRoles, ...grantedRoles].includes(keyOf(noun))

/** "Partners assign lawyers", "assistants update the quantity": the people of a thing, or one of its fields. */
const isPartOf = (sketch: Sketch, thing: Thing, noun: NonNullable<AccessFact['noun']>): boolean =>
  isPersonNoun(noun.words.at(-1)!) ||
  isRole(sketch, noun) ||
  thing.fields.some((field) => field.name.split('_').some((word) => noun.words.includes(word)))

/** Words for one or some of whatever there is. */
const anyWord =
  /(?:^|_)(?:entry|item|record|row|thing|post|posting|content|detail|data|information|info|one|object|resource|document|file|result|value|status|progress|history|submission|contribution|work|stuff|change|update|own|rest|other|title|name|note|request|report|page)$/

/** Words for whoever has an account, where nothing of that name is stored. */
export const accountWords = /^(?:user|account|member|people|person)$/

/** "companies post jobs and delete their own postings": another word for what the same people make. */
const otherWord = (sketch: Sketch, fact: AccessFact, access: readonly AccessFact[]): AccessFact => {
  const key = fact.noun ? keyOf(fact.noun) : ''
  if (!fact.noun || sketch.things.has(key) || accountWords.test(key)) return fact
  const parts = [...sketch.things.keys()].filter((one) => one.split('_').at(-1) === key || key.split('_')[0] === one)
  const made = access.flatMap((one) =>
    one.ops.includes('create') && one.noun && one.who.some((who) => fact.who.includes(who)) ? [keyOf(one.noun)] : [],
  )
  const stored = [...new Set(made)].filter((one) => sketch.things.has(one))
  const meant =
    parts.length === 1
      ? parts[0]
      : sketch.things.size === 1 && (anyWord.test(key) || isPartOf(sketch, [...sketch.things.values()][0]!, fact.noun))
        ? [...sketch.things.keys()][0]
        : stored.length === 1
          ? stored[0]
          : undefined
  if (!meant && wholeWords.test(key)) return { ...fact, noun: undefined, object: 'everything' }
  return meant ? { ...fact, noun: { ...fact.noun, words: meant.split('_') } } : fact
}

/** The statements about one thing: those that name it and those about everything. */
export const rulesOf = (sketch: Sketch, thing: Thing, access: readonly AccessFact[]): AccessFact[] =>
  access.filter(
    (fact) =>
      fact.ops.length > 0 &&
      (fact.noun
        ? keyOf(fact.noun) === thing.key ||
          (sketch.things.get(keyOf(fact.noun)) === undefined && fact.noun.words.at(-1) === thing.key)
        : fact.object === 'everything'),
  )
