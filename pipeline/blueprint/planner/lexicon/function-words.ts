import { set } from './word-set.ts'
/** Words in front of a noun that say how many or which. */
export const determiners = set(
  'a an the each every all any some my our your their its his her this these those that such no one several many multiple various different few lots other another both own certain particular existing given specific individual respective same whichever whatever',
)
/** Of these, the ones that promise more than one. */
export const severalWords = set('several many multiple various different lots some few all any')
/** Adjectives that carry no meaning for what is stored. */
export const emptyAdjectives = set(
  'new simple small basic tiny little nice good great proper own various different existing other minimal quick easy lightweight single current complete full whole entire actual real more extra additional usual typical relevant certain following own separate individual cool fancy modern clean awesome robust scalable production-ready secure complete online digital internal central',
)
export const prepositions = set(
  'with without of for in on at by to from about into under inside within per via over between among through across against during after before until since as like than around near behind onto upon toward towards off out up down above below beyond exceeding regarding including containing having according',
)
export const conjunctions = set('and or but nor so plus yet')
export const pronouns = set(
  'i me we us you he him she her it they them who whom what which that this these those someone somebody anyone anybody everyone everybody nobody one ones mine ours yours theirs there here itself themselves myself',
)
export const clauseWords = set(
  'where when while which who whose whom that if whether because since so unless until then how why what although though also too just only even still already please maybe perhaps not never always often basically really very actually currently eg ie etc thanks hi hello hey okay ok well etcetera however therefore otherwise besides additionally furthermore finally first second third next e.g. i.e. each',
)
export const modals = set('can may could might should must shall will would cannot')
export const auxiliaries = set('is are was were be been being am do does did has have had having get gets got')

/** Whatever cannot be part of a noun phrase's body. */
export const functionWords: ReadonlySet<string> = new Set([
  ...determiners,
  ...prepositions,
  ...conjunctions,
  ...pronouns,
  ...clauseWords,
  ...modals,
  ...auxiliaries,
  ...'let lets want wants wanted need needs needed like likes love wish hope'.split(' '),
])
