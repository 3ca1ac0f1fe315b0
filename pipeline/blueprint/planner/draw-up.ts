import type { Architecture } from '../../../schemas/generated/architecture.ts'
import { isNumbered } from '../field-kinds.ts'
import { toWords } from '../names.ts'
import { assemble } from './assemble/assemble.ts'
import { nameSystem } from './assemble/name.ts'
import type { Read } from './behaviour/behaviour.ts'
import { carrySound } from './behaviour/carry.ts'
import { seenApart } from './behaviour/seen/apart.ts'
import { rememberReadings, type Taken, takeBehaviour, tidy } from './behaviour/take.ts'
import type { Draft as ChangeDraft } from './change/draft.ts'
import { explain, isOpenToAll } from './explain.ts'
import { withAnswers } from './language/answers.ts'
import { withoutAsides } from './language/asides.ts'
import { withoutBackground } from './language/background.ts'
import { withClosings } from './language/closings.ts'
import { withGroups } from './language/groups.ts'
import { withRights } from './language/people-acts.ts'
import { reworded } from './language/rewordings.ts'
import { withShortNames } from './language/short-names.ts'
import { smallTalk } from './language/small-talk.ts'
import type { Statement } from './language/statements.ts'
import { singularPhrase } from './language/words.ts'
import { askSystem } from './questions/system.ts'
import { isLocal, noAccounts } from './read/account-words.ts'
import type { Fact } from './read/facts.ts'
import { glossaryOf } from './read/grammar/glossary.ts'
import type { Noun } from './read/noun.ts'
import { readRequest } from './read/read.ts'
import type { Reader } from './read/reader.ts'
import { refuseNothing } from './refuse.ts'
import { dropClauses } from './resolve/clauses.ts'
import { onlyNamed } from './resolve/order.ts'
import { resolveFacts } from './resolve/resolve.ts'
import type { Draft, PlanResult } from './result.ts'
import { unheard, unheardRules, withoutOnly } from './unheard.ts'
import { unheardFor } from './unheard-for.ts'

/** More than this nobody answers before they see anything. */
const maxQuestions = 3

/** So often a request is read again without the sentences of which no behaviour came. */
const maxRounds = 13

export type Answers = Record<string, string>
type Passed = { why: string; taken: Taken }

/** What a system is called comes from all that was said. */
export const withoutTitle = ({ system: _, ...rest }: Architecture): Omit<Architecture, 'system'> => rest

/** Said in addition where people have to sign in for what they ask for. */
export const accountsToo: Statement = { text: 'With user accounts' }

/** Returns the sentences that tell what to build: `all` without what is said in passing, `meant` without small talk too. */
export const heardIn = (said: readonly Statement[]): { all: Statement[]; meant: Statement[] } => {
  const all = withShortNames(withoutAsides(said))
  const talk = smallTalk(all)
  return { all, meant: all.filter((one) => !talk.includes(one)) }
}

export type Drawn = Exclude<PlanResult, Draft> | (Omit<Draft, 'notCarried'> & { name: () => string[] })

/** Draws up what sentences say, as people said them; `name` says what of them is not built, for which they are read again. */
export const draw = (said: readonly Statement[], text: string, answers: Answers): Drawn => {
  const plain = seenApart(withRights(withGroups(withAnswers(withoutBackground(reworded(said), describesThings)))))
  const statements = withClosings(plain)
  /**
   * Sentences that are rules and of which nothing came: the ordinary reader has them too. What it makes of them may be what
   * they need, so that they are tried again ("managers approve requests" also says that requests can be approved).
   */
  const passed = new Map<string, Passed>()
  const read = rememberReadings()
  const closed = statements.some((one) => noAccounts.test(one.text) && !isLocal(one.text))
  for (let round = 1; ; round += 1) {
    const { taken, statements: told } = takeBehaviour(statements, passed, read)
    const plain = [...told, ...impliedBy(taken, told)]
    const some = planPlain(plain, text, answers)
    // Where only rules are told, what they are about is all there is to build.
    const founds =
      some.kind === 'refusal' ? taken.flatMap(({ wish }) => wish.founds ?? []).map((one) => ({ text: one })) : []
    const founded = founds.length > 0 ? planPlain([...plain, ...founds], text, answers) : some
    const deed =
      founded.kind === 'refusal' && round < maxRounds
        ? deedThatMakes(statements, taken, passed, text, answers, read)
        : undefined
    if (deed) {
      passed.set(tidy(deed.wish.said), { why: '', taken: deed })
      continue
    }
    const planned = founded.kind === 'refusal' && taken.length > 0 ? planPlain(statements, text, answers) : founded
    if (planned.kind !== 'draft') {
      // What is often something else may have been that.
      const doubtful = taken.filter(({ wish }) => wish.maybe && !passed.has(tidy(wish.said)))
      if (doubtful.length === 0 || round >= maxRounds) return planned
      for (const one of doubtful) passed.set(tidy(one.wish.said), { why: '', taken: one })
      continue
    }
    const again = [...passed.values()].map((one) => one.taken)
    const carry = (some: readonly Taken[]): ReturnType<typeof carrySound> =>
      carrySound(planned.architecture, some, answers, closed)
    const everything = again.length > 0 ? carry([...taken, ...again]) : undefined
    const sound = everything?.sound !== false
    const carried = everything && sound ? everything : carry(taken)
    const { draft, questions } = carried
    const unresolved = carried.unresolved.filter(({ said }) => !passed.has(said))
    const open = new Map([...passed].filter(([said]) => !sound || carried.unresolved.some((one) => one.said === said)))
    if (questions.length > 0) return { kind: 'question', questions: questions.slice(0, maxQuestions) }
    if (unresolved.length > 0 && round < maxRounds) {
      const place = (said: string): number => taken.findIndex(({ wish }) => tidy(wish.said) === said)
      const ordered = unresolved.toSorted((a, b) => place(a.said) - place(b.said))
      // What is often something else first, all of it; the rest one by one: what the first one says to the ordinary
      // reader may be what the others need.
      const doubtful = ordered.filter(({ said }) => taken[place(said)]?.wish.maybe)
      for (const { said, why } of doubtful.length > 0 ? doubtful : ordered.slice(0, 1))
        passed.set(said, { why, taken: taken[place(said)]! })
      continue
    }
    return {
      kind: 'draft',
      architecture: draft.architecture,
      understood: [...new Set([...planned.understood, ...draft.understood])],
      assumptions: [...new Set([...assumedOf(planned, draft), ...draft.assumptions, ...draft.anyway])],
      name: () => {
        const { architecture, notCarried } = planned
        const isSame = (some: readonly Statement[]): boolean => isBuilt(some, architecture, text, answers)
        const lost = [...unresolved, ...lostOf(statements, passed, open, isSame, read)].filter(({ why }) => why !== '')
        const done = [...passed.keys()].filter((said) => !open.has(said))
        const named = [...lost.map(({ said }) => said), ...notCarried, ...draft.notCarried]
        const rules = unheardRules(plain, isSame, named.map(quoteIn))
        return [
          ...notCarried.filter(
            (line) => !lost.some(({ said }) => line.includes(said)) && !done.some((said) => isAbout(line, said)),
          ),
          ...draft.notCarried,
          ...lost.map(({ said, why }) => `Not built: “${said}”. ${why}`),
          ...rules,
          ...unheard(plain, isSame, [...named, ...rules.map(quoteIn)]),
          ...unheardFor(plain, draft.architecture),
        ]
      },
    }
  }
}

/**
 * What is still assumed once the rules are there: that anybody can do everything is not, where they ask for accounts, nor
 * that people fill in what the system numbers.
 */
const assumedOf = (
  planned: Extract<PlanResult, { kind: 'draft' }>,
  { architecture: { policies, models }, unsaid }: ChangeDraft,
): string[] => {
  const numbered = Object.entries(models).flatMap(([model, { fields }]) =>
    Object.keys(fields).flatMap((name) =>
      isNumbered(fields[name]!) ? [onlyNamed(toWords(name), toWords(model))] : [],
    ),
  )
  const closed = policies.authn && !planned.architecture.policies.authn
  return planned.assumptions.filter(
    (text) =>
      !(closed && isOpenToAll(text)) && !numbered.includes(text) && !unsaid.some((pattern) => pattern.test(text)),
  )
}

/** The sentence that a line about what was not built quotes, else the line. */
export const quoteIn = (line: string): string => /“(.+?)”/.exec(line)?.[1] ?? line

/** Whether a line about what was not built quotes a sentence, or a part of it. */
const isAbout = (line: string, said: string): boolean => {
  const text = quoteIn(line)
  return text !== line && (text.includes(said) || said.includes(text))
}

/** What wishes imply. Who fixes defects sees them all, but not where it is told which ones they see. */
const impliedBy = (taken: readonly Taken[], told: readonly Statement[]): Statement[] =>
  [...new Set(taken.flatMap(({ wish }) => wish.implies ?? []))]
    .filter((text) => !told.some((one) => seesLess(one.text, text)))
    .map((text) => ({ text }))

const seesAll = /^(?<who>[\p{L} -]+?) can see all (?<things>[\p{L} -]+)$/iu
const seesOnly =
  /^(?:the |all |each |every |an? )?(?<who>[\p{L} -]+?) (?:can |may |should )?(?:only sees?|sees? only|only have access to|have access only to) (?<things>.+)$/iu

const seesLess = (told: string, implied: string): boolean => {
  const all = seesAll.exec(implied)?.groups
  const only = all && seesOnly.exec(told.trim())?.groups
  if (!all || !only || singularPhrase(only.who!) !== singularPhrase(all.who!)) return false
  const [thing = ''] = singularPhrase(all.things!).split(' ').slice(-1)
  return only.things!.toLowerCase().includes(thing) || /^theirs?\b|^(?:what|those)\b/i.test(only.things!)
}

/** True where sentences describe things. */
const describesThings = (texts: readonly string[]): boolean => glossaryOf(texts).things.size > 0

/** Returns what the sentences say that are no rules. */
const planPlain = (statements: readonly Statement[], text: string, answers: Answers): PlanResult => {
  const reader = readRequest(statements.map(withoutOnly))
  const told = resolveFacts(reader)
  const first = told.things.size === 0 && madeByDeeds(reader) ? resolveFacts(reader) : told
  if (first.things.size === 0) return refuseNothing(text, told)
  const asked = askSystem(first, reader, answers)
  if (asked.open.length > 0) return { kind: 'question', questions: asked.open.slice(0, maxQuestions) }
  reader.facts.push(...asked.facts)
  const sketch = asked.facts.length > 0 ? resolveFacts(reader) : first
  sketch.assumptions.unshift(...asked.told)
  sketch.notCarried.push(...dropClauses(sketch, statements))
  const { name, title } = nameSystem(sketch, reader.facts)
  const architecture = assemble(sketch, {
    name,
    title,
    description: text.replace(/\s+/g, ' ').trim().slice(0, 2000),
  })
  return { kind: 'draft', architecture, ...explain(sketch, reader) }
}

/** Where what is told stores nothing: a wish that tells what is stored where the ordinary reader has it too. */
const deedThatMakes = (
  statements: readonly Statement[],
  taken: readonly Taken[],
  passed: ReadonlyMap<string, Passed>,
  text: string,
  answers: Answers,
  read: Read,
): Taken | undefined =>
  taken.slice(0, 6).find((one) => {
    const without = new Map([...passed, [tidy(one.wish.said), { why: '', taken: one }]])
    const { taken: rest, statements: told } = takeBehaviour(statements, without, read)
    return planPlain([...told, ...impliedBy(rest, told)], text, answers).kind === 'draft'
  })

/** "Users upload photos" and nothing else: what people make is then what is stored. Returns whether there is such a thing. */
const madeByDeeds = (reader: Reader): boolean => {
  const made = reader.facts.filter(
    (fact): fact is Extract<Fact, { kind: 'thing' }> =>
      fact.kind === 'thing' &&
      fact.how === 'acted' &&
      fact.noun.plural &&
      reader.facts.some(
        (one) => one.kind === 'access' && !one.not && one.ops.includes('create') && sameNoun(one.noun, fact.noun),
      ),
  )
  for (const fact of made) fact.how = 'tracked'
  return made.length > 0
}

const sameNoun = (one: Noun | undefined, other: Noun): boolean => one?.words.join(' ') === other.words.join(' ')

/** Which of the sentences that are still open the ordinary reader made nothing of either: without them all is the same. */
const lostOf = (
  statements: readonly Statement[],
  passed: ReadonlyMap<string, Passed>,
  open: ReadonlyMap<string, Passed>,
  isSame: (statements: readonly Statement[]) => boolean,
  read: Read,
): { said: string; why: string }[] =>
  [...open].slice(0, 8).flatMap(([said, { why }]) => {
    // What is so anyway is no loss: whoever signs up changes what is theirs.
    if (/ can [a-z]+ (?:only )?their own /i.test(said)) return []
    // Nor what another sentence says as well: "members book courts with a start".
    if (statements.some(({ text }) => text !== said && `${bare(text)} `.startsWith(`${bare(said)} `))) return []
    const others = new Map([...passed].filter(([one]) => one !== said))
    const { taken, statements: told } = takeBehaviour(statements, others, read)
    return isSame([...told, ...impliedBy(taken, told)]) ? [{ said, why }] : []
  })

const bare = (text: string): string =>
  text
    .toLowerCase()
    .replace(/\b(?:can|may|the|an?|all|our) /g, '')
    .replace(/s\b/g, '')

/** Whether the ordinary reader draws up the same for some statements. */
const isBuilt = (
  statements: readonly Statement[],
  architecture: Architecture,
  text: string,
  answers: Answers,
): boolean => {
  const planned = planPlain(statements, text, answers)
  return planned.kind === 'draft' && JSON.stringify(planned.architecture) === JSON.stringify(architecture)
}
