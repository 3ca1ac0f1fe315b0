import { areStates, beginningFirst } from '../../lexicon/first-states.ts'
import type { Wording } from '../makings.ts'
import { pluralPhrase, singular, toName, withArticle } from '../words.ts'
import { thing } from './thing.ts'

const item =
  '(?:in (?!(?:the|an?|this|that|which|one)\\b)[\\p{L}-]+|(?!(?:in|the|a|an|is|are|has|have|by|with|only|it|they)\\b)[\\p{L}-]+(?: (?!(?:then|and|or|in|by|one|is|are|first)\\b)[\\p{L}-]+)?)'
/** Three states or more, whatever stands between them. */
const list = `(${item}(?:(?:,? (?:and then|and finally|and|or|then|finally) |, ?| ?(?:->|→|=>|>) ?)${item}){2,})`
/** The same with words that tell what comes after what. */
const sequel = `(?:${item})(?:,? (?:and )?(?:then|finally|afterwards|after that|later|at last|in the end),? (?:(?:it|they) )?(?:is |are |gets? |becomes? )?(?:${item})|, (?:${item})){1,8}`
const inOrder =
  ',? \\(?(?:(?:always|only|strictly|exactly) )?(?:in (?:this|that|exactly this) order|one after (?:the other|another)|step by step)\\)?'
const valuesOf = (states: string): string =>
  states
    .split(
      /(?:,? (?:and )?(?:then|finally|afterwards|after that|later|at last|in the end),? (?:(?:it|they) )?(?:is |are |gets? |becomes? )?)|,? (?:and|or) |, ?| ?(?:->|→|=>|>) ?/i,
    )
    .join(', ')
const one = (words: string): string =>
  /^(?:it|they|them)$/i.test(words) ? 'it' : withArticle(singular(words.toLowerCase()))
const begins =
  '(?:new|open|draft|planned|quoted|requested|reported|submitted|received|ordered|registered|waiting|scheduled|placed)'

/** Two states or more of which it is one: "paid or unpaid", "approved, rejected or pending". */
const either = `(?:either |always )?(${item}(?:, ${item})*,? or ${item})`
const isEither = (whole: string, what: string, said: string): string => {
  const values = said.split(/,? or |, /i).map((value) => toName(value.toLowerCase().split(/[ -]/)))
  const ordered = beginningFirst(values)
  if (!areStates(values) || /^(?:it|they|status|state)$/i.test(what)) return whole
  // Of more than two that are said in their order it may be meant that there are steps between them.
  if (values.length > 2 && ordered[0] === values[0]) return whole
  return `${one(what)} has a status (${ordered.join(', ').replaceAll('_', ' ')})`
}

/** Which states there are, and in which order they come, said in other words than "a job goes quoted, approved, printed". */
export const states: readonly Wording[] = [
  // "a shipped order can go back to packed", "orders can go back from shipped to packed"
  [
    /^(?:an? |the )?([\p{L}-]+(?:ed|en|wn|nt|id|ht|ne)) ([\p{L}-]+) (?:can|may|should be able to) (?:go|move|come) back to ([\p{L}-]+)$/iu,
    (_, from, thing, to) => `${from!.toLowerCase()} ${pluralPhrase(thing!)} can be set back to ${to}`,
  ],
  [
    /^(?:the |all )?([\p{L}-]+s) (?:can|may|should be able to) (?:go|move|come) back from ([\p{L}-]+) to ([\p{L}-]+)$/iu,
    (_, things, from, to) => `${from!.toLowerCase()} ${things} can be set back to ${to}`,
  ],
  // "from quoted to approved, from approved to printed and from printed to collected"
  [
    /^(.+? (?:must |can |may |should )?(?:only |always )?(?:goes?|go|moves?|pass(?:es)?)) from ([\p{L}-]+) to ([\p{L}-]+),? (?:then |and )?from \3 to ([\p{L}-]+)(?:,? (?:then |and )?from \4 to ([\p{L}-]+))?(?:,? (?:then |and )?from \5 to ([\p{L}-]+))?$/iu,
    (_, goes, ...found) => `${goes} ${found.slice(0, 5).filter(Boolean).join(', ')}`,
  ],
  // "a job goes quoted, approved, printed, strictly in this order"
  [
    /^(.+ (?:goes?|go|moves?|pass(?:es)?|runs?) .+?),? (?:(?:but |and )?(?:only|strictly|always|exactly) )+(?:in (?:this|that) order|step by step|one (?:step )?(?:after|at) (?:the other|another|a time))$/iu,
    '$1 and cannot skip a step',
  ],
  // "a job has the states quoted, approved and printed in this order"
  [
    new RegExp(
      `^(?:(?:an?|the|each|every|all|our) )?${thing} (?:has|have|gets?|with) (?:the |these |following )*(?:steps|phases|(?:states|stages|statuses)(?=.*(?:order|another|the other|step by step|->|→|=>)))(?: of)?:? ${list}(?:${inOrder})?$`,
      'iu',
    ),
    (_, what, values) => `${one(what!)} goes ${valuesOf(values!)}`,
  ],
  [
    new RegExp(
      `^(?:(?:an?|the|each|every|all|our) )?${thing} (?:has|have|gets?|with) (?:the |these |following |possible )*(?:states|stages|statuses|status values)(?: of)?:? ${list}$`,
      'iu',
    ),
    (_, what, values) => `${one(what!)} has a status (${valuesOf(values!)})`,
  ],
  // "jobs have a status with quoted, approved and printed in this order", "a status field: quoted, approved or printed"
  [
    new RegExp(
      `^(?:(?:an?|the|each|every|all|our) )?${thing} (?:has|have|gets?|with) an? (?:status|state|stage)(?: field)?(?: with|:| of| (?:that|which) is| (?:that|which) can be)? (?:either )?(?:the values? )?${list}${inOrder}$`,
      'iu',
    ),
    (_, what, values) => `${one(what!)} goes ${valuesOf(values!)}`,
  ],
  [
    new RegExp(
      `^(?:(?:an?|the|each|every|all|our) )?${thing} (?:has|have|gets?) an? (?:status|state|stage)(?: field)?(?: with|:| (?:that|which) is| (?:that|which) can be) (?:either )?(?:the values? )?${list}$`,
      'iu',
    ),
    (_, what, values) => `${one(what!)} has a status (${valuesOf(values!)})`,
  ],
  // "a job's status is quoted, approved or printed, in that order"
  [
    new RegExp(
      `^(?:(?:the|an?|each|every) )?${thing}(?:['’]s?) (?:status|state|stage) (?:is|can be|may be) (?:either )?${list}${inOrder}$`,
      'iu',
    ),
    (_, what, values) => `${one(what!)} goes ${valuesOf(values!)}`,
  ],
  [
    new RegExp(
      `^(?:(?:the|an?|each|every) )?${thing}(?:['’]s?) (?:status|state|stage) (?:is|can be|may be) (?:either |one of )?${list}$`,
      'iu',
    ),
    (_, what, values) => `${one(what!)} has a status (${valuesOf(values!)})`,
  ],
  [
    new RegExp(
      `^(?:(?:an?|the|each|every|all|our) )?${thing} (?:has|have|is in|are in) (?:one of|any of|either of) (?:the |these |following )*(?:states|stages|statuses|status values)(?: of)?:? ${list}$`,
      'iu',
    ),
    (_, what, values) => `${one(what!)} has a status (${valuesOf(values!)})`,
  ],
  [
    new RegExp(
      `^the (?:status|state|stage) of (?:an?|the|each|every) ${thing} (?:is|can be|may be) (?:either )?${list}${inOrder}$`,
      'iu',
    ),
    (_, what, values) => `${one(what!)} goes ${valuesOf(values!)}`,
  ],
  [
    new RegExp(
      `^the (?:status|state|stage) of (?:an?|the|each|every) ${thing} (?:is|can be|may be) (?:either |one of )?${list}$`,
      'iu',
    ),
    (_, what, values) => `${one(what!)} has a status (${valuesOf(values!)})`,
  ],
  // "the workflow of a job is quoted, approved, printed", "the steps for a job: quoted, approved, printed"
  [
    new RegExp(
      `^(?:the |our )?(?:life|life ?cycle|workflow|flow|process|steps|phases|path|way|progress) (?:of|for) (?:(?:an?|the|each|every|all|our|one) )?${thing}(?: is| are| goes?| runs?)?:? ${list}(?:${inOrder})?$`,
      'iu',
    ),
    (_, what, values) => `${one(what!)} goes ${valuesOf(values!)}`,
  ],
  // "the states of a job are quoted, approved and printed"
  [
    new RegExp(
      `^(?:the |our )?(?:possible |different )?(?:states|stages|statuses|status values) (?:of|for) (?:(?:an?|the|each|every|all|our|one) )?${thing}(?: are| can be)?:? ${list}(${inOrder})?$`,
      'iu',
    ),
    (_, what, values, order) =>
      order ? `${one(what!)} goes ${valuesOf(values!)}` : `${one(what!)} has a status (${valuesOf(values!)})`,
  ],
  // "a job begins as quoted and moves on to approved, printed and collected"
  [
    new RegExp(
      `^(?:(?:an?|the|each|every|all|our|new) )?${thing} (?:begins?|starts?)(?: out| off)? (?:as|in|with|at) ([\\p{L}-]+),? (?:and )?(?:then )?(?:moves?|goes|go|pass(?:es)?|progress(?:es)?|continues?)(?: on)? (?:to|through|via) ((?:${item})(?:(?:, (?:and )?(?:then )?| and (?:then )?| then |,? (?:and )?(?:then )?to )${item})*)$`,
      'iu',
    ),
    (_, what, first, more) =>
      `${one(what!)} goes ${first}, ${more!.split(/,? (?:and )?(?:then )?(?:to )?(?=(?<=(?:,|and|then|to) ))|, /i).join(', ')}`,
  ],
  // "first a job is quoted, then approved and finally printed", "when a job is new it is quoted, then approved"
  [
    new RegExp(
      `^(?:first|at first|initially),? (?:an?|the|each|every) ${thing} (?:is|gets|becomes) (${sequel})$`,
      'iu',
    ),
    (_, what, values) => `${one(what!)} goes ${valuesOf(values!)}`,
  ],
  [
    new RegExp(
      `^(?:when|once|if|as long as) (?:an?|the|each|every) ${thing} is (?:new|created|made|entered|added),? it (?:is|gets) (?:first )?(${sequel})$`,
      'iu',
    ),
    (_, what, values) => `${one(what!)} goes ${valuesOf(values!)}`,
  ],
  [
    new RegExp(
      `^(?:(?:an?|the|each|every|all|our|new) )?${thing} (?:begins?|starts?)(?: out| off)?(?: as| in)? (${sequel})$`,
      'iu',
    ),
    (whole, what, values) => (/\bthen\b/i.test(values!) ? `${one(what!)} goes ${valuesOf(values!)}` : whole!),
  ],
  // "a job's workflow is quoted, approved, printed", "the status of a job changes from quoted to approved to printed"
  [
    new RegExp(
      `^(?:(?:an?|the|each|every|our) )?${thing}['’]s? (?:life ?cycle|workflow|flow|process|path|progress|steps|phases|life)(?: is| are| goes?)?:? ${list}(?:${inOrder})?$`,
      'iu',
    ),
    (_, what, values) => `${one(what!)} goes ${valuesOf(values!)}`,
  ],
  [
    new RegExp(
      `^(?:the (?:status|state|stage) of (?:an?|the|each|every) ${thing}|(?:an?|the|each|every) ${thing}['’]s? (?:status|state|stage)) (?:changes|switches|goes|moves|runs) from ([\\p{L}-]+(?: to [\\p{L}-]+){2,8})$`,
      'iu',
    ),
    (_, what, other, values) => `${one((what ?? other)!)} goes ${values!.split(' to ').join(', ')}`,
  ],
  // "quoted -> approved -> printed is how a job moves"
  [
    new RegExp(
      `^${list} (?:is|are|:) (?:how|the way|the path|the steps|the states|the workflow|the order)(?: in which| of| that| for)? (?:(?:an?|the|each|every|our) )?${thing}(?: (?:moves?|goes|go|takes?|runs?|pass(?:es)?))?$`,
      'iu',
    ),
    (_, values, what) => `${one(what!)} goes ${valuesOf(values!)}`,
  ],
  // "orders are paid or unpaid", "the status of an order is paid or unpaid"
  [
    new RegExp(`^(?:(?:an?|the|each|every|all|our) )?${thing} (?:is|are|can be|may be) ${either}$`, 'iu'),
    (whole, what, values) => isEither(whole!, what!, values!),
  ],
  [
    new RegExp(
      `^(?:the (?:status|state) of (?:an?|the|each|every) ${thing}|(?:an?|the|each|every) ${thing}['’]s? (?:status|state)) (?:is|can be|may be) ${either}$`,
      'iu',
    ),
    (whole, what, other, values) => isEither(whole!, (what ?? other)!, values!),
  ],
  // "jobs can be quoted, approved or printed"
  [
    new RegExp(
      `^(?:(?:an?|the|each|every|all|our) )?${thing} (?:can|may) be (?:either )?(?=${begins}\\b)((?:${item})(?:, ${item})+,? or ${item})$`,
      'iu',
    ),
    (_, what, values) => `${one(what!)} has a status (${valuesOf(values!)})`,
  ],
]
