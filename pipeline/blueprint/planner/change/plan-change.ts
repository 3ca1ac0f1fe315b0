import { isDeepStrictEqual } from 'node:util'
import type { Architecture } from '../../../../schemas/generated/architecture.ts'
import { rolesFieldOf, toWords } from '../../names.ts'
import { asksForRole, chooseRole } from '../assemble/role-choice.ts'
import { type Carried, carryOne, inOrder } from '../behaviour/carry.ts'
import { createBehaviourDraft } from '../behaviour/draft.ts'
import { seenApart } from '../behaviour/seen/apart.ts'
import { settle } from '../behaviour/settle.ts'
import { reachAll } from '../behaviour/states/reach-all.ts'
import { type Taken, takeBehaviour } from '../behaviour/take.ts'
import { withAnswers } from '../language/answers.ts'
import { withoutAsides } from '../language/asides.ts'
import { clean } from '../language/clean.ts'
import { withoutNames } from '../language/persons.ts'
import { reworded } from '../language/rewordings.ts'
import { type Statement, statementsOf } from '../language/statements.ts'
import { listed, sentence } from '../language/words.ts'
import type { Answers } from '../questions/question.ts'
import { keyOf } from '../read/noun.ts'
import type { Reader } from '../read/reader.ts'
import { refuseHarm, refuseTalk } from '../refuse.ts'
import type { PlanResult } from '../result.ts'
import { unheard, withoutOnly } from '../unheard.ts'
import { applyFacts } from './apply.ts'
import { chooseModel } from './choose.ts'
import { removeNotice } from './commands/remove-notice.ts'
import { removeRule } from './commands/remove-rule.ts'
import { commands } from './commands.ts'
import { bumpVersion, createDraft, type Draft, restorable } from './draft.ts'
import { fileOfStep } from './file-of-step.ts'
import { readJoining } from './joining.ts'
import { carryNamed } from './no-name.ts'
import { isOfSome } from './of-some.ts'
import { ofPeople } from './people-fields.ts'
import { naturalFor } from './read-added.ts'
import { changeClauses, readChange } from './read-change.ts'
import { soundly } from './soundly.ts'
import { type Entry, entriesOf, fieldNames, findEntry } from './view.ts'

/** Returns the next revision of a system for a wish to change it. What was not mentioned stays equal, in its order. */
export const changeSystem = (text: string, current: Architecture, answers: Answers = {}): PlanResult => {
  const refusal = refuseHarm(text) ?? refuseTalk(text)
  if (refusal) return refusal
  const { text: unnamed, named: people } = withoutNames(text)
  const said = withoutAsides(statementsOf(clean(unnamed))).map((one) => ({ ...one, text: sentence(one.text) }))
  const known = Object.keys(current.models).map((name) => toWords(name))
  const keyed = Object.keys(current.models)
    .filter((name) => current.models[name]!.keys)
    .map((name) => toWords(name))
  const statements = seenApart(
    withAnswers(reworded(said, { accounts: current.policies.authn !== undefined, known, keyed })),
  ).slice(0, 100)
  const result = soundly(statements, carryAll(statements, text, current, answers), (some) =>
    carryAll(some, text, current, answers),
  )
  if (result.kind !== 'draft') return result
  // A card without a change, to be approved, helps nobody.
  if (isDeepStrictEqual(withoutVersion(result.architecture), withoutVersion(current)))
    return {
      kind: 'refusal',
      text:
        result.notCarried.length > 0
          ? `I cannot build this yet. ${result.notCarried.join(' ')}`
          : `There is nothing to change, as I read it, it is so already: ${quoted([text])}.`,
      help: 'Where it is not so, say it in other words, one thing in a sentence.',
      ...(result.notCarried.length > 0 ? {} : { already: true }),
    }
  // What a rule was made of was heard.
  const plain = statements.map((one) => (takeBehaviour([one]).taken.length > 0 ? { text: '' } : one))
  const isSame = (others: readonly Statement[]): boolean => {
    const shorter = statements.map((one, at) => (plain[at] === one ? others[at]! : one))
    const other = carryAll(shorter, text, current, answers)
    return other.kind === 'draft' && JSON.stringify(other.architecture) === JSON.stringify(result.architecture)
  }
  return { ...result, notCarried: [...result.notCarried, ...unheard(plain, isSame, result.notCarried), ...people] }
}

/** Carries out statements, one after another. */
const carryAll = (
  statements: readonly Statement[],
  text: string,
  current: Architecture,
  answers: Answers,
): PlanResult => {
  const draft = createDraft(current, answers)
  draft.told = statements.map((one) => one.text)
  const carried: Carried = {
    draft,
    get questions() {
      return draft.questions
    },
    unresolved: [],
  }
  const place: Place = {}
  let before = ''
  let problem: Draft['problem']
  for (const whole of statements) {
    const restore = restorable(draft)
    carryWhole(carried, whole, before, place)
    if (draft.problem) {
      // One sentence that cannot be carried out keeps no other from it.
      problem ??= draft.problem
      const why = draft.problem.text
      restore()
      draft.notCarried.push(`Not built: “${whole.text}”. ${why}`)
    }
    before = whole.text
  }
  if (draft.questions.length > 0) return { kind: 'question', questions: draft.questions.slice(0, 3) }
  if (draft.understood.length === 0) return problem ? { kind: 'refusal', ...problem } : nothingChanged(text, draft)
  const whole = createBehaviourDraft(draft, '', true)
  reachAll(whole)
  settle(whole, draft.unlocked, current)
  const chosen = rolesFieldOf(current)?.choice
  const told = asksForRole(current) ? chooseRole(draft.architecture) : undefined
  if (told !== undefined && !chosen) draft.assumptions.push(told)
  draft.architecture.system.version = bumpVersion(current.system.version, draft.effect)
  return {
    kind: 'draft',
    architecture: draft.architecture,
    understood: draft.understood,
    assumptions: [...new Set([...draft.assumptions, ...draft.anyway])],
    notCarried: [...new Set(draft.notCarried)],
  }
}

/** Carries out a statement: rules and notices that go, who joins what, then rules, and whatever is plain. */
const carryWhole = (carried: Carried, whole: Statement, before: string, place: Place): void => {
  const { draft } = carried
  draft.also = /\b(?:also|too|as well|additionally|in addition)\b/i.test(whole.text)
  // The words of a rule that goes are no rule.
  if (!whole.items && (removeNotice(whole.text, draft) || removeRule(whole.text, draft))) return
  const silent = isSilent(draft)
  if (readJoining(whole.text, draft)) return
  const { taken, statements: plain } = takeBehaviour([whole])
  for (const statement of plain) carryPlain(withoutOnly(statement), draft, place)
  for (const one of inOrder(taken)) carryWish(carried, { ...one, before: `${before}\n${one.before}` }, place)
  if (draft.problem) return
  if (draft.heard) draft.holds.push(whole.text)
  // A restriction that was not understood is never passed over as if it held already.
  if (silent() && restricts.test(whole.text)) draft.notCarried.push(`Not understood, so not built: “${whole.text}”.`)
}

const restricts =
  /\b(?:can ?not|can't|(?:must|may|should|is|are|do|does|shall|will) not|not even|no longer|only|nobody|no one|never|except|unless|but not|(?:made|appointed|granted|given|chosen|named|approved) by|without)\b/i

/** Returns whether nothing came of what was said since, and nothing was said to be so already. */
const isSilent = (draft: Draft): (() => boolean) => {
  const { length } = draft.understood
  const lost = draft.notCarried.length
  const anyway = draft.anyway.length
  const asked = draft.questions.length
  draft.heard = false
  return () =>
    draft.heard !== true &&
    draft.anyway.length === anyway &&
    draft.understood.length === length &&
    draft.notCarried.length === lost &&
    draft.questions.length === asked
}

/** What the next clause is about where it names nothing, and what was added last. */
type Place = { preferred?: Entry | undefined; newest?: string }

/** "How many loans are open" says of nobody that they may see them. */
const asksSomething =
  /^(?:and |so |ok,? )?(?:how (?:many|much|often|long)|why|which|when (?:is|are|was|do|does)|where (?:is|are))\b/i

/** Carries out what a statement says that is no rule. */
const carryPlain = (statement: Statement, draft: Draft, place: Place): void => {
  const said = statement.items ? `${statement.text}: ${statement.items.join('; ')}` : statement.text
  if (asksSomething.test(said)) {
    draft.notCarried.push(`Not understood: “${said}”.`)
    return
  }
  for (const clause of changeClauses(said)) {
    const before = draft.understood.length
    const models = new Set(Object.keys(draft.architecture.models))
    if (isOfSome(clause, draft)) {
      draft.notCarried.push(`Not understood, so not built: “${clause}”.`)
      continue
    }
    const meant = ofPeople(fileOfStep(clause, draft), draft)
    if (meant === undefined) continue
    const written = place.newest
      ? meant
          .replace(/\b(to|in|of|has|have) one(?: of (?:them|these))?\b/i, `$1 a ${place.newest}`)
          .replace(/\bthem\b/i, `${place.newest}s`)
      : meant
    draft.guessing = place.preferred === undefined
    if (!carryNamed(written, draft, () => carryOut(written, draft, place.preferred ?? fitting(draft)))) {
      const name = place.preferred?.name
      place.preferred = entriesOf(draft.architecture).find((entry) => entry.name === name)
      continue
    }
    const added = Object.keys(draft.architecture.models).find((name) => !models.has(name) && name !== 'User')
    if (added) place.newest = toWords(added)
    if (draft.understood.length > before) place.preferred = mentioned(draft, clause) ?? lastOf(draft) ?? place.preferred
    if (draft.problem) return
  }
}

/** Carries out a rule; one of which nothing comes is read the ordinary way, and named if that makes nothing of it either. */
const carryWish = (carried: Carried, taken: Taken, place: Place): void => {
  const { draft } = carried
  const before = carried.unresolved.length
  const done = carryOne(carried, taken, true)
  const about = mentioned(draft, taken.wish.said)?.name ?? place.preferred?.name
  place.preferred = entriesOf(draft.architecture).find((entry) => entry.name === about)
  if (done) draft.heard = true
  if (done || carried.unresolved.length === before) return
  const { said, why } = carried.unresolved.at(-1)!
  if (taken.wish.maybe && why === '') {
    carried.unresolved.pop()
    // As if it had not been read: others may read it, or a part of it.
    const again = takeBehaviour([{ text: said }], new Set([said]))
    for (const statement of again.statements) carryPlain(withoutOnly(statement), draft, place)
    for (const one of inOrder(again.taken)) carryWish(carried, one, place)
    return
  }
  const told = draft.understood.length
  const kept = draft.notCarried.length
  carryPlain({ text: said }, draft, place)
  if (draft.questions.length > 0) return
  if (draft.understood.length > told) {
    // What it says besides may be what the rule needs.
    carryOne(carried, taken, true)
    return
  }
  draft.notCarried.length = kept
  draft.notCarried.push(`Not built: “${said}”. ${why || 'It is so anyway, or I did not understand it.'}`)
  delete draft.problem
}

const carryOut = (clause: string, draft: Draft, preferred: Entry | undefined): void => {
  const named = mentioned(draft, clause)
  const scoped = named ?? preferred
  if (named) draft.guessing = false
  for (const command of commands) if (command(clause, draft, scoped)) return
  if (ordersDeed.test(clause) || /https?:\/\//i.test(clause)) {
    draft.notCarried.push(`Not understood, so not built: “${clause}”.`)
    return
  }
  const reader = readChange(clause, draft.architecture, scoped)
  if (!draft.guessing || !addsFieldTo(reader, scoped) || naturalFor(draft.architecture, itemsOf(reader))) {
    applyFacts(draft, reader, scoped)
    return
  }
  const chosen = chooseModel(draft, listed(itemsOf(reader).map((item) => item.replace(/\s*[(:].*$/, ''))))
  if (chosen)
    applyFacts(draft, chosen.name === scoped?.name ? reader : readChange(clause, draft.architecture, chosen), chosen)
}

/** What is ordered to be done is no thing that is kept, whatever it is done to. */
const ordersDeed =
  /^(?:please )?(?:automatically )?(?:purge|replay|retry|resend|redeliver|revoke|rotate|renew|regenerate|undo|redo|revert|prefix|wrap|unwrap|nest|import|sync|synchroni[sz]e|encrypt|hash|sign|verify|validate|redirect|paginate|throttle|cache|compress|sanitize|escape|normalize|serialize|deploy|restart|refresh|reload|migrate|optimi[sz]e|speed up|return|respond|reply|answer with) (?!(?:has|have|is|are|was|were|date|dates|can|may|must|should|policy|policies|rules?)\b)\p{L}/iu

const itemsOf = (reader: Reader): string[] => reader.facts.flatMap((fact) => (fact.kind === 'fields' ? fact.items : []))

/** True for "add a due date": new fields for whatever is there, and nothing else. */
const addsFieldTo = (reader: Reader, scoped: Entry | undefined): boolean =>
  scoped !== undefined &&
  itemsOf(reader).length > 0 &&
  reader.facts.every((fact) => fact.kind === 'fields' && fact.extends && keyOf(fact.of) === scoped.key)

/** The model that a change is most likely about where it names none: the first that people fill in. */
const fitting = (draft: Draft): Entry | undefined =>
  entriesOf(draft.architecture).find((entry) => entry.name !== 'User')

const lastOf = (draft: Draft): Entry | undefined =>
  entriesOf(draft.architecture).find((entry) => entry.name === draft.last?.model)

const mentioned = (draft: Draft, clause: string): Entry | undefined => {
  const words = clause.toLowerCase().match(/[\p{L}]+/gu) ?? []
  for (let i = words.length - 1; i >= 0; i -= 1) {
    const pair = i > 0 ? findEntry(draft.architecture, `${words[i - 1]} ${words[i]}`) : undefined
    const entry = pair ?? findEntry(draft.architecture, words[i]!)
    if (entry && entry.name !== 'User') return entry
  }
  return undefined
}

const nothingChanged = (text: string, draft: Draft): PlanResult => {
  const entries = entriesOf(draft.architecture).filter((entry) => entry.name !== 'User')
  const example = entries[0]
  const there = entries.slice(0, 6).map(
    (entry) =>
      `${entry.words} (${fieldNames(entry)
        .map((name) => name.replaceAll('_', ' '))
        .join(', ')})`,
  )
  const vague =
    /\b(?:better|nicer|cooler|faster|improve|improvements?|optimi[sz]e|polish|more professional|awesome)\b/i.test(text)
  if (draft.anyway.length > 0)
    return {
      kind: 'refusal',
      text: `There is nothing to change. ${[...draft.anyway, ...draft.notCarried].join(' ')}`,
      help: `Whatever else you need, say it: "add a due date", "only admins may delete", "sort by name".`,
      ...(draft.notCarried.length > 0 ? {} : { already: true }),
    }
  if (draft.notCarried.length > 0)
    return {
      kind: 'refusal',
      text: `I cannot build this yet. ${draft.notCarried.join(' ')}`,
      help: `I can change what is stored and who may do what: ${there.join('; ')}.`,
    }
  if (vague)
    return {
      kind: 'refusal',
      text: 'I would, if I knew in which way.',
      help: `Name one thing: "add due dates", "add comments to ${example?.words ?? 'todo'}s", "only admins may delete", "sort by name".`,
    }
  const help = `It has ${there.join('; ')}. You can say "add a due date", "rename ... to ...", "remove ...", "let managers see all ...".`
  return draft.holds.length > 0
    ? {
        kind: 'refusal',
        text: `There is nothing to change, it is so already: ${quoted(draft.holds)}.`,
        help,
        already: true,
      }
    : { kind: 'refusal', text: `I cannot build this yet. Not understood: ${quoted([text])}.`, help }
}

const withoutVersion = ({ system: { version: _, ...system }, ...rest }: Architecture): object => ({ ...rest, system })

const quoted = (said: readonly string[]): string => listed(said.map((one) => `“${one.trim().replace(/[.!]+$/, '')}”`))
