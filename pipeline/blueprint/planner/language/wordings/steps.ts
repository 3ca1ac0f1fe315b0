import type { Wording } from '../makings.ts'
import { participleOf, singular, withArticle } from '../words.ts'
import { deedNoun, doneOf } from './deeds.ts'
import { done, thing } from './thing.ts'

const state = '([\\p{L}-]+(?: (?!or\\b|and\\b)[\\p{L}-]+)?)'
const isNow = '(?:it is|they are|it has been|they have been|it was|it gets|being)'
const participle = (verb: string): string => {
  const base = verb
    .toLowerCase()
    .replace(
      /(?<=cancel)ling$|(?<=cancel|withdraw|void|reject|abort|suspend|reopen)(?:ing|ation|al)$|(?<=archiv)ing$/,
      '',
    )
  if (/^cancel/.test(base)) return 'cancelled'
  if (/^withdraw/.test(base)) return 'withdrawn'
  return /^archiv/.test(base) ? 'archived' : `${base}ed`
}
const one = (words: string): string =>
  /^(?:it|they|them)$/i.test(words) ? 'it' : withArticle(singular(words.toLowerCase()))
const plain = (words: string): string => words.replace(/^canceled$/i, 'cancelled').replace(/^called off$/i, 'cancelled')
const gerund =
  '(cancelling|canceling|cancellation|withdrawing|withdrawal|rejecting|archiving|aborting|suspending|reopening)'
const anyState = '(?:state|status|stage|step|point|time|moment|phase|point in time)'

/** Which steps may be taken, from where, and on what terms, said in other words. */
export const steps: readonly Wording[] = [
  // "a job can be cancelled from any state"
  [
    new RegExp(
      `^(?:(?:an?|the|each|every|all|any) )?${thing} (?:can|may) (?:also |still )?(?:always )?be (cancell?ed|called off|withdrawn|rejected|archived|aborted|suspended)(?: (?:from|in|at|during) (?:any|every|each|whatever|all) ${anyState}s?| always| whatever (?:its|their|the) (?:state|status|stage)(?: is)?| no matter (?:what|which|in which|in what) (?:state|status|stage) (?:it is|they are|it has|they have)(?: in)?| regardless of (?:its|their|the) (?:state|status|stage))$`,
      'iu',
    ),
    (_, what, deed) => `${one(what!)} can be ${plain(deed!)} at any time`,
  ],
  [
    new RegExp(
      `^(?:(?:an?|the|each|every|all|any) )?${thing} (?:can|may) always be (cancell?ed|called off|withdrawn|archived|aborted|suspended)$`,
      'iu',
    ),
    (_, what, deed) => `${one(what!)} can be ${plain(deed!)} at any time`,
  ],
  [
    new RegExp(
      `^(?:from|in|at|whatever|regardless of|no matter) (?:any|every|each|whatever|its|the|all|what|which) (?:${anyState})s?(?: it is in| it has)?,? (?:an?|the|each|every) ${thing} (?:can|may) be (cancell?ed|called off|withdrawn|archived|aborted|suspended)$`,
      'iu',
    ),
    (_, what, deed) => `${one(what!)} can be ${plain(deed!)} at any time`,
  ],
  [
    new RegExp(
      `^${gerund} (?:of )?(?:an?|the|each|any) ${thing} (?:is|must be|should be) (?:always |at any ${anyState} )?(?:possible|allowed)(?: (?:(?:from|in|at) (?:any|every|each) ${anyState}|always))?$`,
      'iu',
    ),
    (whole, deed, what) =>
      /\b(?:always|any|every|each)\b(?=.*(?:state|status|stage|step|point|time|moment|phase)|.*possible|.*allowed|$)/i.test(
        whole!.replace(/^\S+ (?:of )?\S+ /, ''),
      )
        ? `${one(what!)} can be ${participle(deed!)} at any time`
        : whole!,
  ],
  // "print jobs can only be cancelled before they are printed", "... is only possible until it is printed"
  [
    new RegExp(
      `^(?:(?:an?|the|each|every|all|any) )?${thing} (?:can|may) (?:only |still )?be (cancell?ed|called off|withdrawn|archived|aborted)(?: only)? (?:before|until|as long as ${isNow} not(?: yet)?|while ${isNow} not(?: yet)?) (?:${isNow} )?${state}$`,
      'iu',
    ),
    (whole, what, deed, until) =>
      /\b(?:hours?|days?|minutes?|weeks?|o'?clock|pm|am|starts?|begins?|noon|midnight|date|day|time)\b/i.test(until!)
        ? whole!
        : `${one(what!)} can be ${plain(deed!)} until it is ${until}`,
  ],
  [
    new RegExp(
      `^(?:once|when|after|as soon as|if) (?:it is |they are )?${done},? (?:an?|the|any) ${thing} (?:can ?not|cannot|may not|can no longer|may no longer) be (cancell?ed|called off|withdrawn|aborted)(?: any ?more| any longer)?$`,
      'iu',
    ),
    (_, until, what, deed) => `${one(what!)} can be ${plain(deed!)} until it is ${until}`,
  ],
  [
    new RegExp(
      `^(?:once|when|after|as soon as|if) (?:an?|the) ${thing} (?:is|has been|was) ${done},? (?:it|the [\\p{L}-]+) (?:can ?not|cannot|may not|can no longer|may no longer) be (cancell?ed|called off|withdrawn|aborted)(?: any ?more| any longer)?$`,
      'iu',
    ),
    (_, what, until, deed) => `${one(what!)} can be ${plain(deed!)} until it is ${until}`,
  ],
  [
    new RegExp(
      `^${gerund} (?:(?:of )?(?:an?|the|each|any) ${thing} )?(?:is|must be|should be) (?:only )?(?:possible|allowed)(?: only)? (?:before|until|as long as|while) (?:(?:an?|the) ${thing}|it) (?:is|has been|was|gets)(?<not> not(?: yet)?)? ${done}$`,
      'iu',
    ),
    (whole, deed, what, other, _not, until) =>
      (what ?? other) ? `${one((what ?? other)!)} can be ${participle(deed!)} until it is ${until}` : whole!,
  ],
  [
    new RegExp(
      `^(?:an? |the |all )?${thing} (?:that|which) (?:is|are|has|have) not(?: yet)?(?: been)? ${done}(?: yet)? (?:can|may) (?:still )?be (cancell?ed|called off|withdrawn|aborted)$`,
      'iu',
    ),
    (_, what, until, deed) => `${one(what!)} can be ${plain(deed!)} until it is ${until}`,
  ],
  // "a quoted or approved job can be cancelled"
  [
    new RegExp(
      `^(?:only )?(?:(?:an?|the|any|all) )?${done}((?:,| or|, or) [\\p{L}]+(?:ed|en|wn|id|ld|lt|pt|nt))+ ${thing} (?:can|may) (?:still )?be (cancell?ed|called off|withdrawn|aborted|rejected|archived)$`,
      'iu',
    ),
    (_, first, second, what, deed) => `${one(what!)} can be ${plain(deed!)} while it is ${first}${second}`,
  ],
  // "a job can be cancelled when it is quoted or approved"
  [
    new RegExp(
      `^(?:(?:an?|the|each|every|all|any) )?${thing} (?:can|may) (?:only |still )?be (cancell?ed|called off|withdrawn|aborted|rejected|archived) (?:only )?(?:when|if|while|as long as) (?:it is|they are) (?:either |still )?${done} or ${done}$`,
      'iu',
    ),
    (_, what, deed, first, second) => `${one(what!)} can be ${plain(deed!)} while it is ${first} or ${second}`,
  ],
  // "tenants can reopen a fixed defect"
  [
    new RegExp(
      `^((?:only )?(?:(?:the|all|an?) )?[\\p{L}-]+(?: [\\p{L}-]+)?) (?:can|may) (?:also |then )?(reopen) (?:(?:an?|the|their|any|all) )?${done} ${thing}(?: again)?$`,
      'iu',
    ),
    (_, who, verb, from, what) => `${who} can ${verb} the ${singular(what!.toLowerCase())} when it is ${from}`,
  ],
  // "a defect can be reopened after it is closed", "once closed, a defect can be reopened"
  [
    new RegExp(
      `^(?:(?:an?|the|each|every|all|any) )?${thing} (?:can|may) (?:also |still )?be (reopened|reactivated|restored|resumed|unlocked|opened again|unpublished) (?:again )?(?:when|after|once|while|if|as soon as|even after|from) ${isNow} ${done}$`,
      'iu',
    ),
    (_, what, deed, from) => `${withArticle(`${from} ${singular(what!.toLowerCase())}`)} can be ${opened(deed!)}`,
  ],
  [
    new RegExp(
      `^(?:once|when|after|from|if)(?: it is| being)? ${done},? (?:an?|the|any) ${thing} (?:can|may) be (reopened|reactivated|restored|resumed|unlocked|opened again|unpublished)(?: again)?$`,
      'iu',
    ),
    (_, from, what, deed) => `${withArticle(`${from} ${singular(what!.toLowerCase())}`)} can be ${opened(deed!)}`,
  ],
  [
    new RegExp(
      `^(?:an? |the |all |any )?${thing} (?:that|which) (?:is|are|was|were|has been|have been) ${done} (?:can|may) be (reopened|reactivated|restored|resumed|unlocked|opened again|unpublished)(?: again)?$`,
      'iu',
    ),
    (_, what, from, deed) => `${withArticle(`${from} ${singular(what!.toLowerCase())}`)} can be ${opened(deed!)}`,
  ],
  [
    new RegExp(
      `^(?:it is|it must be|it should be) possible to (reopen|reactivate|restore|resume|unlock|unpublish) (an? )?${done} ${thing}$`,
      'iu',
    ),
    (_, verb, _a, from, what) =>
      `${withArticle(`${from} ${singular(what!.toLowerCase())}`)} can be ${verb!.toLowerCase()}${/e$/i.test(verb!) ? 'd' : 'ed'}`,
  ],
  [
    new RegExp(`^(?:an? |the |all |any )?${done} ${thing} (?:can|may) be opened again$`, 'iu'),
    (_, from, what) => `${withArticle(`${from} ${singular(what!.toLowerCase())}`)} can be reopened`,
  ],
  // "a repair can only be diagnosed with a note", "to diagnose a repair a note is needed"
  [
    new RegExp(
      `^(?:(?:an?|the|each|every|all) )?${thing} (?:can|may) (?:only )?be ${done} (?:only )?(?:with|when there is|if there is|once there is|if (?:it has|they have)|when (?:it has|they have)|once (?:it has|they have)) (an? (?!by\\b)[\\p{L}-]+(?: [\\p{L}-]+)?)$`,
      'iu',
    ),
    (whole, what, deed, need) =>
      /\bonly\b/i.test(whole!) ? `${one(what!)} needs ${need} before it is ${deed}` : whole!,
  ],
  [
    new RegExp(
      `^(?:(?:an?|the|each|every|all|no) )?${thing} (?:can ?not|cannot|may not|must not|is not|is never|is|can|may)(?: be)? ${done} without (?:having )?(an? [\\p{L}-]+(?: [\\p{L}-]+)?)$`,
      'iu',
    ),
    (whole, what, deed, need) =>
      /^no /i.test(whole!) !== /\b(?:not|never|cannot)\b/i.test(whole!)
        ? `${one(what!.replace(/^no /i, ''))} needs ${need} before it is ${deed}`
        : whole!,
  ],
  [
    new RegExp(
      `^(?:(?:an?|the|any|all) )?${thing} (?:without|with no|that has no|that have no) (an? )?([\\p{L}-]+(?: [\\p{L}-]+)?) (?:can ?not|cannot|may not|must not) be ${done}$`,
      'iu',
    ),
    (_, what, _a, need, deed) => `${one(what!)} needs ${withArticle(need!)} before it is ${deed}`,
  ],
  [
    new RegExp(
      `^before (?:an?|the|each|every) ${thing} (?:is|can be|gets|may be) ${done},? (?:it|the [\\p{L}-]+) (?:needs|must have|has to have|requires) (an? [\\p{L}-]+(?: [\\p{L}-]+)?)$`,
      'iu',
    ),
    (_, what, deed, need) => `${one(what!)} needs ${need} before it is ${deed}`,
  ],
  // "to diagnose a repair a note is needed", "diagnosing a repair requires a note"
  [
    new RegExp(
      `^(?:in order )?to ([\\p{L}]+) (?:an?|the) ${thing},? (an? [\\p{L}-]+(?: [\\p{L}-]+)??) (?:is|must be) (?:needed|required|necessary|there|given)$`,
      'iu',
    ),
    (_, verb, what, need) => `${one(what!)} needs ${need} before it is ${participleOf(verb!.toLowerCase())}`,
  ],
  [
    new RegExp(
      `^(an? [\\p{L}-]+(?: [\\p{L}-]+)??) (?:is|must be) (?:needed|required|necessary|given) (?:in order )?to ([\\p{L}]+) (?:an?|the) ${thing}$`,
      'iu',
    ),
    (_, need, verb, what) => `${one(what!)} needs ${need} before it is ${participleOf(verb!.toLowerCase())}`,
  ],
  [
    new RegExp(`^${deedNoun} (?:of )?(?:an?|the) ${thing} (?:requires|needs) (an? [\\p{L}-]+(?: [\\p{L}-]+)?)$`, 'iu'),
    (_, deed, what, need) => `${one(what!)} needs ${need} before it is ${doneOf(deed!)}`,
  ],
  [
    new RegExp(
      `^you (?:can|may) (?:only )?([\\p{L}]+) (?:an?|the) ${thing} (?:only )?(?:when|if|once) (?:there is|it has) (an? [\\p{L}-]+(?: [\\p{L}-]+)?)$`,
      'iu',
    ),
    (whole, verb, what, need) =>
      /\bonly\b/i.test(whole!)
        ? `${one(what!)} needs ${need} before it is ${participleOf(verb!.toLowerCase())}`
        : whole!,
  ],
  [
    new RegExp(
      `^the ([\\p{L}-]+(?: [\\p{L}-]+)?) (?:must|has to|needs to) be (?:filled in|given|set|entered|written|there|provided) before (?:an?|the|each|every) ${thing} (?:is|can be|gets|may be) ${done}$`,
      'iu',
    ),
    (_, need, what, deed) => `${one(what!)} needs ${withArticle(need!)} before it is ${deed}`,
  ],
]

const opened = (deed: string): string => (/^opened again$/i.test(deed) ? 'reopened' : deed)
