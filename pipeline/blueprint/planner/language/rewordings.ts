import { isPersonNoun } from '../lexicon/people.ts'
import { askedAndDecided } from './asking.ts'
import { withoutSpeaker } from './background.ts'
import { bookedFor } from './booked-for.ts'
import { bookedByThemselves, bookedItself } from './booked-itself.ts'
import { oneBusiness } from './businesses.ts'
import { booksUndescribed, canBeBooked } from './can-be-booked.ts'
import { withContributors } from './contributors.ts'
import { allAreOut, atMostOfThem, neverMore, oneOfThem, ticketsFor } from './counts.ts'
import { withThingsNamed } from './deed-nouns.ts'
import { departmentActs } from './departments.ts'
import { speaksOfKeys, withDevices } from './devices.ts'
import { loginAndSee, oneActs, placedFor, sayWhetherTheyCome } from './doings.ts'
import { eachWith } from './each-with.ts'
import { withEntered } from './entered.ts'
import { enteredFor } from './entered-for.ts'
import { forOthers } from './for-others.ts'
import { fromAndTo } from './from-and-to.ts'
import { speaksOfGroup } from './groups.ts'
import { withoutHeadline } from './headlines.ts'
import { haveOnlyOne, noTwoADay, onePerWeek, orOneADay, takesSoMany } from './how-often.ts'
import { saidInOneBreath } from './in-one-breath.ts'
import { describedInBrackets, doneToThem, openThenDecided } from './in-passing.ts'
import { inTheirWords } from './in-their-words.ts'
import { withKeyed } from './keyed.ts'
import { withLifecycles } from './lifecycle/lifecycles.ts'
import { dueAmongFields, onePerDay, onePerTwo, valuesBehind, withoutGaps } from './listed-fields.ts'
import { bookedWithin, logsEach, toldAfter } from './logged.ts'
import { withLongNames } from './long-names.ts'
import { ofTheirGroup } from './of-their-group.ts'
import { organisationsBook, organisationsMake } from './organisations.ts'
import { othersOnly } from './others-only.ts'
import { notThatField, offererOwns, ownReports } from './own-reports.ts'
import { paysDues } from './paying.ts'
import { reopenedWithin } from './reopened.ts'
import { responsibleFor } from './responsible.ts'
import { numberAmongFields } from './running-numbers.ts'
import {
  appliesFor,
  behindSemicolon,
  downAndBack,
  firstOf,
  neverBelowZero,
  peopleSignUp,
  theyDo,
} from './said-shorter.ts'
import { sendsIn } from './sends-in.ts'
import { soMany } from './so-many.ts'
import { oneStageEach } from './stages.ts'
import type { Statement } from './statements.ts'
import { statesAlone, statesNamed, thingsAre } from './states-named.ts'
import { thenMarked } from './then-marked.ts'
import { withoutTitle } from './titles.ts'
import { tracksTheirs } from './tracking.ts'
import { expireAfter, lockedOnce, remindedWhileLate, untilThatDay } from './until-when.ts'
import { uploadersSignIn } from './visitors.ts'
import { wellKnown } from './well-known.ts'
import { whoComes } from './who-comes.ts'
import { inOtherWords } from './wordings/wordings.ts'
import { plural, pluralPhrase, signingIn, singular, singularPhrase, withArticle } from './words.ts'

/** Turns of phrase that say of things what a plainer one says as well; each returns the plainer statements, or undefined. */
type Reword = (text: string, all: string) => string[] | undefined

/** What there is already: whether people sign in, what is kept, in words, and what of that signs in with a key. */
type Known = { accounts?: boolean; known?: readonly string[]; keyed?: readonly string[] }

/** Returns the statements with what they say in a roundabout way said plainly. Lists are left as they are. */
export const reworded = (
  told: readonly Statement[],
  { accounts = false, known = [], keyed = [] }: Known = {},
): Statement[] => {
  const plainKeys = ofTheirGroup(withKeyed(withContributors(told), keyed))
  const statements = withDevices(
    uploadersSignIn(withEntered(withLongNames(withLifecycles(withThingsNamed(plainKeys)), known)), accounts),
  ).flatMap(inPlainWords)
  const said = statements.map(({ text }) => text).join('. ')
  const signUp = visitorsSign.test(said)
  const all = signUp ? said.replace(visitors, 'users') : said
  const plain = wellKnown(askedAndDecided(inTheirWords(statements.map(withoutSpeaker))))
    .map((one) => (signUp ? { ...one, text: one.text.replace(visitors, 'users') } : one))
    .map(byAdmins)
    .flatMap((one) =>
      one.items
        ? [one]
        : (withoutTitle(one.text, all)?.map(oneStageEach) ?? withoutHeadline(oneStageEach(one.text)))
            .flatMap((text) => withoutTitle(text, all) ?? [text])
            .map((text) => ({ ...one, text })),
    )
  return thenMarked(plain).flatMap((one) => rewordedOne(are(one, known), all, 3))
}

/** "Claims are draft, submitted or paid" of claims that are kept already. */
const are = (one: Statement, known: readonly string[]): Statement => {
  const [text] =
    one.items || known.length === 0 || !/ (?:are |is draft\b)/.test(one.text)
      ? []
      : (thingsAre(one.text, known.join('. ')) ?? [])
  return text ? { ...one, text } : one
}

/** What a sentence says in several may be said plainer once more: a deed and how many of it, then the deed. */
const rewordedOne = (one: Statement, all: string, times: number): Statement[] => {
  if (times === 0 || one.items || one.text.length > 200 || speaksOfKeys(one.text)) return [one]
  const [, head = '', rest = ''] = introduced.exec(one.text) ?? []
  const plainer = plainly(one.text, all) ?? (rest ? plainly(rest, all)?.toSpliced(0, 0, head) : undefined)
  return plainer ? plainer.flatMap((text) => rewordedOne({ ...one, text }, all, times - 1)) : [one]
}

/** Returns what a statement says in the words that readers know. */
export const inPlainWords = (one: Statement): Statement[] =>
  (one.items || speaksOfKeys(one.text) ? undefined : inOtherWords(one.text))?.map((text) => ({ ...one, text })) ?? [one]

/** "Visitors sign up": then they are no longer whoever looks in. */
const visitorsSign = /\bvisitors (?:can |must |have to )?(?:sign up|register(?! for)|log in|create an account)\b/i
const visitors = /\bvisitors\b(?! (?:can )?(?:only )?(?:see|look|view|browse|read)\b| without\b)/gi

/** "A school: teachers give grades to students". */
const introduced = /^((?:(?:build|make|create)(?: (?:me|us))? )?(?:an?|our|the) [^:,.;]{2,60}): (.+)$/is

const plainly = (text: string, all: string): string[] | undefined => {
  for (const reword of rewords) {
    const plain = reword(text, all)
    if (plain) return plain
  }
  return undefined
}

const writes =
  '(?:write|post|publish|add|create|make|enter|upload|edit|change|update|modify|delete|remove|manage|maintain)'
const speaker = new RegExp(
  `\\b(?:only (?:i|we)(?= (?:can |may |should |must |will )?(?:${writes})\\b)|(?:nobody|no one|none) (?:but|except|other than) (?:me|us)(?= (?:can |may |should |must )?(?:${writes})\\b)|(?:i|we)(?= alone (?:can |may )?(?:${writes})\\b))(?! (?:\\w+ ){1,4}(?:my|our|their) )`,
  'giu',
)

/** "Anyone can read, only I can write": whoever asks for a system looks after it. What is "my own" is everybody's own. */
const byAdmins = (one: Statement): Statement => ({ ...one, text: one.text.replace(speaker, 'only admins') })

const left: { readonly [done: string]: { noun: string; verb: string } } = {
  'commented on': { noun: 'comments', verb: 'comment on' },
  'replied to': { noun: 'replies', verb: 'reply to' },
}

/** "Photos can be commented on", "a question may be replied to by members": what is left behind is a thing of its own. */
const leavesBehind: Reword = (text) => {
  const found =
    /^(?:an?|each|every|all|the)? ?(?<thing>[\p{L}-]+(?: [\p{L}-]+)?) (?:can|may|could|should) be (?<done>commented on|replied to)(?: by (?:the |all |any )?(?<who>[\p{L}-]+(?: [\p{L}-]+)?))?$/iu.exec(
      text,
    )?.groups
  if (!found) return undefined
  const { noun, verb } = left[found.done!.toLowerCase()]!
  const things = pluralPhrase(found.thing!)
  return [
    found.who
      ? `${found.who} can ${verb} ${things}`
      : `${withArticle(singular(noun))} belongs to ${withArticle(singular(things))}`,
  ]
}

const size = '(?:up to|at most|no more than|not more than|max(?:imum)?\\.?(?: of)?|smaller than|under|limited to)'
const files = 'photo|picture|image|file|document|scan|video|attachment|logo|drawing|certificate|contract'
const ofSize = new RegExp(
  `^(?:(?:an?|the|each|every) )?(?<thing>[\\p{L}-]+(?: [\\p{L}-]+)?) (?<file>${files})s? (?:(?:can|may|must|should) (?:only )?be |are |is )?(?:of )?(?<size>${size} \\d+(?:\\.\\d+)? ?[km]b)$`,
  'iu',
)

/** "Court photos up to 8 MB", where courts are spoken of: they have a photo of that size. */
const filesOf: Reword = (text, all) => {
  const found = ofSize.exec(text)?.groups
  if (!found) return undefined
  const things = pluralPhrase(found.thing!)
  const spoken = new RegExp(`\\b(?:${things}|${singular(things)}) (?:has|have|with|can|is|are|belongs?)\\b`, 'i').test(
    all.replace(text, ''),
  )
  return spoken ? [`${things} have a ${found.file!.toLowerCase()} ${found.size!}`] : undefined
}

/** "Committees have members: chairs and ordinary members": of what kind each is. */
const kindsOf: Reword = (text, all) => {
  const found =
    /^(?<lead>(?:an?|each|every|the)? ?[\p{L}-]+(?: [\p{L}-]+)? (?:has|have)) (?<many>[\p{L}-]+s|people|staff)(?::| -| –|,) (?:either )?(?<kinds>[\p{L}-]+(?: [\p{L}-]+)?(?:, [\p{L}-]+(?: [\p{L}-]+)?)*,? (?:and|or) [\p{L}-]+(?: [\p{L}-]+)?)$/iu.exec(
      text,
    )?.groups
  if (!found) return undefined
  const one = singular(found.many!.toLowerCase())
  const kinds = partsOf(found.kinds!)
  const last = (kind: string): string => kind.split(' ').at(-1)!
  const same = kinds.every((kind) => last(kind) === one || isPersonNoun(last(kind))) && isPersonNoun(one)
  const named = kinds.some((kind) => last(kind) === one && kind !== one)
  if (!same && !named) return undefined
  return [
    `${found.lead} ${found.many}`,
    ...(kindIs(one, kinds, all) ?? [`${withArticle(one)} is ${kinds.map(withArticle).join(' or ')}`]),
  ]
}

/** "A member is a chair or an ordinary member": a value of its own, but where groups with rights are spoken of. */
const isOneOf: Reword = (text, all) => {
  const found =
    /^(?:an?|each|every) (?<one>[\p{L}-]+) (?:is|can be|may be) (?:either )?(?<kinds>an? [\p{L}-]+(?: [\p{L}-]+)?(?:, (?:or )?an? [\p{L}-]+(?: [\p{L}-]+)?)*,? or an? [\p{L}-]+(?: [\p{L}-]+)?)$/iu.exec(
      text,
    )?.groups
  return found && kindIs(found.one!.toLowerCase(), partsOf(found.kinds!), all)
}

const kindIs = (one: string, kinds: readonly string[], all: string): string[] | undefined => {
  if (one === 'member' && speaksOfGroup(all)) return undefined
  const values = kinds.map((kind) => (kind.endsWith(` ${one}`) ? kind.slice(0, -one.length - 1) : kind))
  return [`${withArticle(one)} has a ${isPersonNoun(one) ? 'role' : 'kind'} (${values.join(', ')})`]
}

const partsOf = (list: string): string[] =>
  list.split(/\s*,\s*(?:and |or )?|\s+(?:and|or)\s+/i).map((part) => singularPhrase(part.replace(/^an? /i, '')))

const lyingIn =
  /(?<=(?:,|\band|\bhas|\bhave|\bwith|\ban?|\bthe|\bits|\boptional)\s)(?<field>(?!an?\b|the\b|its\b|optional\b)[\p{L}-]+(?: [\p{L}-]+){0,2}?) (?:(?:that|which) (?:must|has to|have to|should|needs? to|can only) (?:be|lie) |lying |always )?in the (?<when>future|past)\b/iu

/** "Tasks have an optional due date in the future": what the field is, and then what holds for it. */
const daysWithin: Reword = (text) => {
  const subject = /^(?:(?:an?|each|every|all|the) )?(?<thing>[\p{L}-]+(?: [\p{L}-]+)?) (?:has|have) /iu.exec(
    text,
  )?.groups
  const found = subject ? lyingIn.exec(text) : null
  if (!subject || !found) return undefined
  const { field, when } = found.groups!
  const rest = `${text.slice(0, found.index)}${field}${text.slice(found.index + found[0].length)}`
  return [
    rest,
    `The ${field} of ${withArticle(singular(subject.thing!.toLowerCase()))} must be in the ${when!.toLowerCase()}`,
  ]
}

const giving =
  /^(?:(?:the|all|each|every|an?) )?(?<who>[\p{L}-]+) (?<in>(?:(?:can |must )?(?:log|sign) (?:in|up)|register) and )?(?:can |may |should |must )?(?:gives?|writes?|leaves?|submits?|posts?|makes?|hands? in|files?) (?:only |at most |exactly |just )*one (?<noun>review|rating|vote|report|verdict|assessment|evaluation|feedback|grade|mark|testimonial|answer|comment|bid|offer|proposal|recommendation) (?:per|for each|for every|of each|on each|to each) (?<thing>[\p{L}-]+(?: (?!with\b|and\b|from\b)[\p{L}-]+)?)(?:,? (?:with|and) (?<has>.+))?$/iu

/** "Reviewers give one review per manuscript with a score": what they write, what it has, and how many there may be. */
const oneEach: Reword = (text) => {
  const found = giving.exec(text)?.groups
  if (!found || !isPersonNoun(singular(found.who!.toLowerCase()).replace(/^reviewer$/, 'editor'))) return undefined
  const [noun, thing] = [found.noun!.toLowerCase(), singular(found.thing!.toLowerCase())]
  const who = plural(singular(found.who!.toLowerCase()))
  return [
    ...signingIn(who, found.in),
    `${who} write ${plural(noun)} of ${plural(thing)}`,
    `${withArticle(noun)} belongs to ${withArticle(thing)}`,
    ...(found.has ? [`${withArticle(noun)} has ${found.has}`] : []),
    `${withArticle(singular(who))} can write only one ${noun} per ${thing}`,
  ]
}

const among =
  /^(?<fields>.*?\b(?:has|have|with)\b.+?),? and (?:(?:that |which )?(?:are|is)|can be|may be) (?:either |always )?(?<states>[\p{L}-]+(?: [\p{L}-]+)?(?:, [\p{L}-]+(?: [\p{L}-]+)?)+,? or [\p{L}-]+(?: [\p{L}-]+)?)(?<more>,? and .+)?$/iu

/** "Claims with a title, an amount and are open, checked or paid": the states are a field as well. */
const statesAmong: Reword = (text) => {
  const found = among.exec(text)?.groups
  if (
    !found ||
    /\b(?:in|on|at|by|with|for|of|from|than|to|an?|the)\b/i.test(found.states!.replace(/\bin [\p{L}]+/giu, ''))
  )
    return undefined
  const states = found.states!.split(/\s*,\s*(?:or )?|\s+or\s+/i)
  return [
    `${found.fields}${found.fields!.includes(',') ? ',' : ''} and a status (${states.join(', ')})${found.more ?? ''}`,
  ]
}

const goingOn =
  /^(?<things>(?:(?:an?|each|every|all|the) )?[\p{L}-]+(?: [\p{L}-]+)?) (?<fields>(?:has|have) .+?),? and (?<go>(?:(?:always|then|first) )?(?:go(?:es)?|moves?|passes|pass|runs?|progress(?:es)?) (?:(?:through|from|via|step by step) .+|(?!to\b|with\b|at\b|on\b|by\b|in\b|for\b)[\p{L}-]+(?: [\p{L}-]+)?, .+)|(?:is|are) (?:first )?[\p{L}-]+,? (?:and )?then [\p{L}, -]+)$/iu

/** "Pieces have a title and go through thrown, fired and glazed": what they have, and where they go. */
const hasAndGoes: Reword = (text) => {
  const found = goingOn.exec(text)?.groups
  return found && [`${found.things} ${found.fields}`, `${found.things} ${found.go}`]
}

const signingUp =
  /^(?<who>(?:(?:an?|each|every|all|the) )?[\p{L}-]+(?: [\p{L}-]+)?) (?<fields>(?:has|have) .+?),? and (?:can |may )?(?<sign>(?:sign|log)s?[ -](?:up|in)|registers?(?: themselves)?)(?<more>(?: (?:and|with|to|by|for) .+)?)$/iu

/** "Students have a name and sign up": what they have, and that they do. */
const hasAndSigns: Reword = (text) => {
  const found = signingUp.exec(text)?.groups
  return found && [`${found.who} ${found.fields}`, `${found.who} ${found.sign}${found.more}`]
}

const rewords: readonly Reword[] = [
  departmentActs,
  paysDues,
  tracksTheirs,
  oneBusiness,
  thingsAre,
  statesNamed,
  statesAlone,
  numberAmongFields,
  hasAndGoes,
  hasAndSigns,
  statesAmong,
  whoComes,
  oneActs,
  sayWhetherTheyCome,
  placedFor,
  loginAndSee,
  organisationsBook,
  organisationsMake,
  fromAndTo,
  reopenedWithin,
  bookedFor,
  bookedItself,
  bookedByThemselves,
  canBeBooked,
  booksUndescribed,
  forOthers,
  oneEach,
  eachWith,
  enteredFor,
  sendsIn,
  othersOnly,
  responsibleFor,
  atMostOfThem,
  oneOfThem,
  allAreOut,
  neverMore,
  soMany,
  ticketsFor,
  logsEach,
  bookedWithin,
  toldAfter,
  daysWithin,
  leavesBehind,
  filesOf,
  kindsOf,
  isOneOf,
  onePerDay,
  onePerTwo,
  valuesBehind,
  noTwoADay,
  dueAmongFields,
  withoutGaps,
  appliesFor,
  behindSemicolon,
  expireAfter,
  firstOf,
  haveOnlyOne,
  lockedOnce,
  neverBelowZero,
  onePerWeek,
  orOneADay,
  peopleSignUp,
  downAndBack,
  remindedWhileLate,
  untilThatDay,
  takesSoMany,
  theyDo,
  describedInBrackets,
  doneToThem,
  openThenDecided,
  ownReports,
  offererOwns,
  notThatField,
  saidInOneBreath,
]
