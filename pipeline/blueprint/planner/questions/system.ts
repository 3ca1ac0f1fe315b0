import { listed, plural } from '../language/words.ts'
import { eitherThings } from '../lexicon/sharing.ts'
import { allOperations } from '../lexicon/verbs.ts'
import type { Fact } from '../read/facts.ts'
import { keyOf } from '../read/noun.ts'
import type { Reader } from '../read/reader.ts'
import { isPersonal } from '../resolve/defaults.ts'
import type { Sketch, Thing } from '../resolve/sketch.ts'
import type { Question } from '../result.ts'
import { type Answers, answered, labelOf } from './question.ts'

/** A question about a new system, and what each answer adds to the facts. */
type Open = { question: Question; facts: (value: string) => Fact[] }

export type Asked = {
  /** What only a person can decide, and nobody has yet. */
  open: Question[]
  /** What the answers say, as facts. */
  facts: Fact[]
  /** The answers in words. */
  told: string[]
}

/** Finds out what a request leaves open although the systems would differ in who sees what; few requests do. */
export const askSystem = (sketch: Sketch, reader: Reader, answers: Answers): Asked => {
  const asked: Asked = { open: [], facts: [], told: [] }
  for (const one of [sharing(sketch, reader), signingIn(sketch, reader)]) {
    if (!one) continue
    const value = answered(one.question, answers)
    if (value === undefined) asked.open.push(one.question)
    else {
      asked.facts.push(...one.facts(value))
      asked.told.push(`${one.question.text} ${labelOf(one.question, value)}, as answered.`)
    }
  }
  return asked
}

const isRight = (fact: Fact): boolean => fact.kind === 'access' && fact.ops.length > 0

/** "a recipe app with login": each one's own recipes, everybody's, or to be read by all? */
const sharing = (sketch: Sketch, reader: Reader): Open | undefined => {
  const { facts } = reader
  const told = facts.some((fact) => isRight(fact) || ['mine', 'shared', 'role'].includes(fact.kind))
  if (!sketch.accounts || told || !facts.some((fact) => fact.kind === 'accounts' && fact.on)) return undefined
  const things = [...sketch.things.values()].filter((thing) => isEither(thing))
  if (things.length === 0 || [...sketch.things.values()].some((thing) => !thing.parent && !isEither(thing)))
    return undefined
  const names = listed(things.map((thing) => plural(thing.words)))
  return {
    question: {
      id: 'sharing',
      text: `Who may see the ${names}?`,
      choices: [
        { label: 'Each person sees only their own', value: 'own' },
        { label: 'Everybody who is signed in sees all of them', value: 'signed' },
        { label: 'Anybody may read them, also without an account', value: 'public' },
      ],
    },
    facts: (value) => things.flatMap((thing) => sharedAs(thing, value)),
  }
}

const isEither = (thing: Thing): boolean =>
  !thing.parent &&
  !isPersonal(thing.key) &&
  (eitherThings.has(thing.key) || eitherThings.has(thing.key.split('_').at(-1)!))

const sharedAs = (thing: Thing, value: string): Fact[] => {
  const right = { kind: 'access', not: false, object: thing.words, noun: nounOf(thing) } as const
  if (value === 'own') return [{ ...right, who: ['owner'], only: true, ops: allOperations, scope: 'own' }]
  return [
    { ...right, who: [value === 'public' ? 'everyone' : 'signed'], only: false, ops: ['list', 'read'], scope: 'all' },
    { ...right, who: ['signed'], only: false, ops: ['create', 'update', 'delete'], scope: 'own' },
  ]
}

const nounOf = (thing: Thing) => ({ words: thing.words.split(' '), plural: true, several: false, article: '' })

/** People who are described like things and act like users: do they sign in, or are they only written down? */
const signingIn = (sketch: Sketch, reader: Reader): Open | undefined => {
  const { facts } = reader
  if (facts.some((fact) => fact.kind === 'accounts')) return undefined
  const acting = [...sketch.things.values()].filter((thing) =>
    facts.some(
      (fact) =>
        fact.kind === 'access' &&
        !fact.not &&
        fact.who.includes(thing.key) &&
        fact.ops.some((op) => op === 'update' || op === 'delete') &&
        (!fact.noun || keyOf(fact.noun) !== thing.key),
    ),
  )
  if (sketch.accounts || acting.length === 0) return undefined
  const names = listed(acting.map((thing) => plural(thing.words)))
  return {
    question: {
      id: 'sign-in',
      text: `Do ${names} sign in themselves?`,
      choices: [
        { label: `Yes, ${names} have accounts`, value: 'yes' },
        { label: `No, ${names} are only kept as records, and there is no sign-in`, value: 'no' },
      ],
    },
    facts: (value) => [{ kind: 'accounts', on: value === 'yes' }],
  }
}
