import { plural, withArticle } from '../../language/words.ts'
import { ensureOwner, setHolders } from '../access/holders.ts'
import type { Outcome, Read } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { addRule, requireOn } from '../rules.ts'
import { rolesOf } from '../states/people-of.ts'
import { dropToggle } from '../toggles/drop-toggle.ts'

const who =
  '(?<who>everyone|everybody|anyone|people|(?:(?:each|every|an?|the|all|any|one) )?(?:person|people|user|member|account|voter|participant|student|employee|citizen|[\\p{L}-]+)s?)'
const per =
  '(?: (?:per|in|on|for|in each|for each|on each|in every|in an?|on an?|per each) (?:the |each |every |an? )?(?:same )?(?<of>[\\p{L}-]+))?'
const patterns = [
  `${who} (?:can |may |should )?(?:only )?votes? (?:only |exactly |at most |just )?(?:once|one time)(?: only)?${per}`,
  `${who} (?:can |may )?(?:only )?votes? (?:for|on) (?:an?|one|the|their favou?rite) [\\p{L}-]+,? (?:but )?(?:only |exactly |at most |just )?once${per}`,
  `(?:only |just |at most |exactly )?one vote (?:each|(?:per|for each|for every) (?<who2>person|user|member|voter|account|participant))(?: (?:per|and|in each|for each) (?:each )?(?<of>[\\p{L}-]+))?`,
  `${who} (?:has|have|gets?) (?:only |just |exactly )?(?:one|a single) vote(?: each)?${per}`,
  `(?:nobody|no one) (?:can|may) vote (?:twice|more than once)${per}`,
  `${who} (?:can ?not|cannot|may not|must not) vote (?:twice|more than once)${per}`,
].map((source) => new RegExp(`^(?:${source})$`, 'iu'))

/** "Everyone votes once", "one vote each": a vote is for an option of a poll, and everybody has one in each poll. */
export const readOneVote: Read = (said) => {
  const found = patterns.map((pattern) => pattern.exec(said.trim())).find((one) => one)?.groups
  if (!found) return undefined
  const people = found.who ?? found.who2 ?? 'users'
  return {
    said,
    rest: [],
    implies: ['Users sign up and log in'],
    after: 1,
    apply: (draft) => apply(draft, people, found.of),
  }
}

const choices = /(?:^|_)(?:option|choice|candidate|answer|alternative|entry|nominee|proposal|suggestion)$/
const ballots = /(?:^|_)(?:poll|survey|election|ballot|vote|question|referendum|contest|motion|award)$/

const apply = (draft: BehaviourDraft, people: string, of: string | undefined): Outcome => {
  const marked = of ? draft.findModel(of) : draft.models().find(({ api }) => api.toggles?.vote)
  const pair = ballotOf(draft, of)
  if (!pair && marked?.api.toggles?.vote)
    return { understood: [`Everybody votes for ${withArticle(marked.words)} once at most.`] }
  if (!pair) return { unresolved: 'It is not known what votes are for: nothing here has options.' }
  if (draft.noAccounts) return { unresolved: 'Without accounts nobody knows who has voted.' }
  const { poll, option, field } = pair
  draft.ensureAccounts()
  const there = draft.exactModel('vote')
  if (there && (there.name === poll.name || there.name === option.name))
    return { unresolved: 'It is not clear what a vote is here.' }
  // A mark on each option is as many votes as there are options.
  if (option.api.toggles?.vote && draft.changing)
    return { unresolved: `People mark ${plural(option.words)} with their vote, any number of them.` }
  dropToggle(draft, option, 'vote')
  const roles = rolesOf(draft, /^(?:everyone|everybody|anyone|people|persons?)$/i.test(bare(people)) ? 'users' : people)
  const votes =
    there ??
    draft.ensureModel(
      'vote',
      {},
      {
        owned: true,
        refs: [
          { to: poll, onDelete: 'cascade' },
          { to: option, onDelete: 'cascade' },
        ],
        parent: `${poll.key}_id`,
        only: ['create', 'list', 'read', 'delete'],
        ungranted: true,
      },
    )
  const owner = ensureOwner(draft, votes)
  const [inPoll, forOption] = [draft.ensureRef(votes, poll), draft.ensureRef(votes, option)]
  for (const name of [inPoll, forOption]) if (!draft.changing) delete votes.model.fields[name]!.optional
  const message = `Everybody has one vote in ${withArticle(poll.words)}.`
  addRule(votes, { name: `one_vote_per_${poll.key}`, message, unique: [owner, inPoll] })
  const check = `this.${forOption.replace(/_id$/, '')}.${field} == this.${inPoll}`
  requireOn(votes, 'create', { check, message: `The ${option.words} is one of this ${poll.words}.`, status: 409 })
  if (!votes.api.only || votes.api.only.includes('update'))
    requireOn(votes, 'update', { check, message: `The ${option.words} is one of this ${poll.words}.`, status: 409 })
  const own = roles.map((role) => ({ role, scope: 'own' }))
  for (const op of ['create', 'list', 'read', 'delete']) setHolders(draft, votes, op, own)
  option.model.computed = {
    ...option.model.computed,
    votes_count: { type: 'int', over: { take: 'count', from: `${votes.name}.${forOption}` } },
  }
  return {
    understood: [
      message,
      `Every ${option.words} shows how many votes it has (votes_count); who voted for what is seen by nobody else.`,
    ],
  }
}

const bare = (words: string): string => words.replace(/^(?:(?:each|every|an?|the|all|any|one) )+/i, '')

/** What is voted on, and what may be chosen there. */
const ballotOf = (
  draft: BehaviourDraft,
  of: string | undefined,
): { poll: Found; option: Found; field: string } | undefined => {
  const named = of ? draft.findModel(of) : undefined
  for (const poll of named ? [named] : draft.models().filter(({ key }) => ballots.test(key))) {
    const child = draft.childrenOf(poll).find(({ model }) => choices.test(model.key))
    if (child) return { poll, option: child.model, field: child.field }
  }
  return undefined
}
