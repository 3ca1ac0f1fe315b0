import { isPersonNoun } from '../../lexicon/people.ts'
import type { Wording } from '../makings.ts'
import { plural, sentence, singular } from '../words.ts'
import { deedNoun, doersAct, doneOf, endsInPeople } from './deeds.ts'
import { done, thing } from './thing.ts'

const who =
  '((?:the |an? |our )?[\\p{L}-]+(?: (?!can\\b|may\\b|only\\b|alone\\b|has\\b|have\\b|is\\b|are\\b|to\\b)[\\p{L}-]+)?)'
const verb = '((?!be\\b|have\\b|see\\b|read\\b|view\\b|do\\b)[\\p{L}]+(?: (?:up|in|out|off|over|back)(?= ))?)'
const things = (words: string): string => plural(singular(words.toLowerCase()))
const theWho = (words: string): string => {
  const plain = words.replace(/^an? /i, '')
  return /^the |^our /i.test(plain) || !isPersonNoun(singular(plain.split(' ').at(-1)!.toLowerCase()))
    ? plain
    : plural(singular(plain))
}

/** "The head", "a manager", "managers": not "registered", "the author of it". */
const isRole = (words: string): boolean => endsInPeople(words) || /^the \p{L}+$/iu.test(words)

/** "Managers approve jobs", of whom it was said that nobody else does. */
const onlyThese = (whole: string, said?: string): string => {
  const found = doersAct(said!)
  return found ? `Only ${theWho(found.who)} can ${found.verb} ${found.rest}` : whole
}

/** Who alone may do something, said in other words than "only managers approve jobs". */
export const takers: readonly Wording[] = [
  // "the board says yes or no to complaints", "the board makes the decision about complaints"
  [
    /^(.+?) (?:says? (?:either )?yes or no|gives? (?:their|its|an?) (?:ok|okay|yes) or (?:no|not)) to (.+)$/iu,
    '$1 approves or rejects $2',
  ],
  [
    /^(.+?) (?:makes?|takes?|(?:can|may|must) make) (?:the|a|their|its|all) decisions? (?:on|about|over) (.+)$/iu,
    '$1 decides on $2',
  ],
  [
    /^(.+?) decides? (?:if|whether) (.+?) (?:is|are) (accepted|approved|granted)(?: or (?:not|rejected))?$/iu,
    '$1 decides on $2',
  ],
  // "jobs are approved by managers only", "the approval of a job is done only by managers"
  [
    new RegExp(
      `^(?:(?:an?|the|each|every|all) )?${thing} (?:is|are|gets?|must be|can be|may be) ${done} by ${who} only$`,
      'iu',
    ),
    (_, what, deed, people) => `${sentence(things(what!))} can only be ${deed} by ${theWho(people!)}`,
  ],
  [
    new RegExp(
      `^(?:the )?${deedNoun} (?:of )?(?:(?:an?|the|each|all) )?${thing} (?:is|are|must be|may be|can be) (?:done |made |given )?(?:only|exclusively|reserved|only allowed|only possible|only permitted|allowed only|restricted|limited)(?: done| made| given)? (?:by|for|to) ${who}(?: only)?$`,
      'iu',
    ),
    (_, deed, what, people) => `${sentence(things(what!))} can only be ${doneOf(deed!)} by ${theWho(people!)}`,
  ],
  [
    new RegExp(
      `^(?:the )?${deedNoun} (?:of )?(?:(?:an?|the|each|all) )?${thing} (?:is|are|must be|may be) (?:done |made |given |allowed |possible )?(?:by|for|to) ${who} (?:only|alone)$`,
      'iu',
    ),
    (_, deed, what, people) => `${sentence(things(what!))} can only be ${doneOf(deed!)} by ${theWho(people!)}`,
  ],
  [
    new RegExp(
      `^(?:the )?${deedNoun} (?:is|are|must be) (?:(?:for|done by|up to|allowed for) ${who} (?:only|alone)|(?:only|reserved|only allowed|restricted) (?:for|to|by) ${who})$`,
      'iu',
    ),
    (_, deed, people, others) => `They can only be ${doneOf(deed!)} by ${theWho((people ?? others)!)}`,
  ],
  // "no one except managers approves jobs", "managers alone approve jobs", "only managers have the right to approve jobs"
  [/^(?:nobody|no one|none)(?: else)? (?:except|but|other than|than|apart from|besides)(?: for)? (.+)$/iu, onlyThese],
  [
    /^it (?:is|must be|should be) (?:only )?(.+?) (?:who|that) ((?:can |may |must )?[\p{L}]+ .+)$/iu,
    (whole, people, acts) => onlyThese(whole!, `${people} ${acts}`),
  ],
  [
    /^(.+?),? (?:(?:and|but) )?(?:nobody|no one) else(?: does| can| may| is allowed to)?(?: so| that| it)?$/iu,
    onlyThese,
  ],
  [
    /^((?:the |an? |our )?[\p{L}-]+(?: [\p{L}-]+)?) alone (.+)$/iu,
    (whole, people, acts) => onlyThese(whole!, `${people} ${acts}`),
  ],
  [
    new RegExp(
      `^(?:(?:an?|the|each|every|all) )?${thing} (?:can ?not|may not|must not|should not|can|may|must) be ${done} by (?:anyone|anybody|nobody|no one|someone|people)(?: else)? (?:but|except|other than|than|besides|apart from) ${who}$`,
      'iu',
    ),
    (_, what, deed, people) => `${sentence(things(what!))} can only be ${deed} by ${theWho(people!)}`,
  ],
  [
    new RegExp(
      `^(?:in order )?to ${verb} (?:the |an? |any )?${thing},? (?:you|one|somebody|someone|people) (?:must|has to|have to|needs? to) be ${who}$`,
      'iu',
    ),
    (whole, deed, what, people) => (isRole(people!) ? `Only ${theWho(people!)} can ${deed} ${what}` : whole!),
  ],
  [
    new RegExp(
      `^(?:you|one|somebody|someone|people) (?:must|has to|have to|needs? to) be ${who} (?:in order )?to ${verb} (?:the |an? |any )?${thing}$`,
      'iu',
    ),
    (whole, people, deed, what) => (isRole(people!) ? `Only ${theWho(people!)} can ${deed} ${what}` : whole!),
  ],
  // "approving jobs is the manager's job"
  [
    new RegExp(
      `^(?:the )?${deedNoun}(?: (?:of )?(?:(?:an?|the|each|all) )?${thing})? (?:is|are) (?:only )?${who}['’]s? (?:job|task|business|duty|responsibility)$`,
      'iu',
    ),
    (_, deed, what, people) =>
      `${what ? sentence(things(what)) : 'They'} can only be ${doneOf(deed!)} by ${theWho(people!)}`,
  ],
  [
    new RegExp(
      `^only ${who} (?:has|have) (?:the )?(?:right|rights|permission|power|authority) to ${verb} (?:the |an? |any )?${thing}$`,
      'iu',
    ),
    (_, people, deed, what) => `Only ${theWho(people!)} can ${deed} ${what}`,
  ],
  [
    new RegExp(`^(?:only )?it takes ${who} to ${verb} (?:the |an? |any )?${thing}$`, 'iu'),
    (whole, people, deed, what) => (isRole(people!) ? `Only ${theWho(people!)} can ${deed} ${what}` : whole!),
  ],
  // "staff cannot approve jobs, only managers can"
  [
    new RegExp(
      `^${who} (?:can ?not|cannot|may not|must not) ${verb} (?:the |an? |any )?${thing},? (?:but |and )?(?:only|this is for|that is for) ${who} (?:can|may|do)(?: (?:do )?(?:so|it|that))?$`,
      'iu',
    ),
    (_, _who, deed, what, people) => `Only ${theWho(people!)} can ${deed} ${what}`,
  ],
  // "a job needs the approval of a manager", "a job needs a manager's approval"
  [
    new RegExp(
      `^(?:(?:an?|the|each|every|all) )?${thing} (?:needs?|requires?) (?:the )?(approval|confirmation|release|cancellation) (?:of|by|from) ${who}$`,
      'iu',
    ),
    (_, what, deed, people) => `${sentence(things(what!))} can only be ${doneOf(deed!)} by ${theWho(people!)}`,
  ],
  [
    new RegExp(
      `^(?:(?:an?|the|each|every|all) )?${thing} (?:needs?|requires?) ${who}['’]s? (approval|confirmation|release)$`,
      'iu',
    ),
    (_, what, people, deed) => `${sentence(things(what!))} can only be ${doneOf(deed!)} by ${theWho(people!)}`,
  ],
  // "only managers may move a job to approved"
  [
    new RegExp(
      `^only ${who} (?:can |may )?(?:moves?|changes?|switch(?:es)?|puts?|brings?) (?:an? |the )?${thing} (?:to|into) ${done}$`,
      'iu',
    ),
    (_, people, what, deed) => `Only ${theWho(people!)} can mark ${what} as ${deed}`,
  ],
]
