import { plural, sentence, withArticle } from '../../language/words.ts'
import type { Outcome, Read } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'
import { type Link, linksMeant } from './links.ts'
import { markOf } from './verbs.ts'

const see = '(?:see|list|view|find|get|browse|show|look at|look up|filter(?: by)?)'
const lead = `(?:(?:(?:the |all |any |every |each )?[\\p{L}-]+(?: [\\p{L}-]+)? (?:can|may|should be able to|want to) (?:also )?)?${see} (?:me |us )?|(?:a|the) (?:list|page|feed) of )`
const participles = 'liked|favou?rited|bookmarked|starred|upvoted|saved|followed|watched|voted for|joined|hearted'
const mine = [
  new RegExp(
    `^${lead}(?:all )?(?:of )?(?:their|my|his|her|your|one's|the)(?: own)? (favou?rites|likes|bookmarks|saves|upvotes|votes|watch ?list|wish ?list)$`,
    'iu',
  ),
  new RegExp(
    `^${lead}(?:all )?(?:of )?(?:their|my|his|her|your|the)(?: own)? (favou?rite|${participles}) [\\p{L}-]+(?: [\\p{L}-]+)?$`,
    'iu',
  ),
  new RegExp(
    `^${lead}(?:all |the |only )*(?:the )?[\\p{L}-]+(?: [\\p{L}-]+)? (?:that |which |whom? )?(?:they|i|he or she|one|you)(?: have|'ve)? (${participles}|follow|like|joined?)$`,
    'iu',
  ),
]
const who = [
  new RegExp(
    `^${lead}(?:the )?(?:people |users |members |everyone |list of people )?who (?:has |have |all )?(liked|favou?rited|bookmarked|starred|upvoted|saved|followed|follows|watched|voted|joined|attends?|attended|likes)(?: (?:for )?(?:an?|the|each|every|it|them|this|which)?(?: [\\p{L}-]+){0,2})?$`,
    'iu',
  ),
  new RegExp(
    `^${lead}(?:the |all )*(?:list of )?(followers|attendees|members|voters|subscribers|watchers|likes) of (?:an?|the|each|every) [\\p{L}-]+(?: [\\p{L}-]+)?$`,
    'iu',
  ),
]
const counts = new RegExp(
  `^(?:${lead}|(?:each|every|an?|the|all) [\\p{L}-]+(?: [\\p{L}-]+)? (?:should )?(?:shows?|display|has|have) )(?:the |a |their |its )*(?:number|count|total)(?: number)? of (likes|favou?rites|bookmarks|stars|upvotes|votes|followers|members|attendees|saves|watchers|hearts)(?: (?:of|on|for|per|each|next to|with|it has|they have) ?(?:an?|the|each|every)? ?(?:[\\p{L}-]+ ?){0,3})?$|^(?:${lead}|.{0,20}\\b)(?:the )?(like|vote|favou?rite|follower|star|bookmark|upvote) counts?(?: (?:of|on|for|per) .{1,30})?$`,
  'iu',
)

/** "Users can list their favourites", "show who joined", "show the number of likes": what marks already bring along. */
export const readMarkLists: Read = (sentence) => {
  const text = sentence.trim()
  const own = mine.map((pattern) => pattern.exec(text)).find((found) => found)
  if (own) return wish(sentence, own[1]!, applyMine)
  const names = who.map((pattern) => pattern.exec(text)).find((found) => found)
  if (names) return wish(sentence, names[1]!, applyWho)
  const number = counts.exec(text)
  return number ? wish(sentence, (number[1] ?? number[2])!, applyCount) : undefined
}

type Apply = (draft: BehaviourDraft, links: Link[]) => string[]

const wish = (said: string, word: string, apply: Apply): ReturnType<Read> => ({
  said,
  rest: [],
  apply: (draft): Outcome => {
    const plain = word
      .toLowerCase()
      .replace(/^watch ?list$/, 'watch')
      .replace(/^wish ?list$/, 'wish')
      .replace(/^voters$|^voted for$/, 'vote')
      .replace(/^follow(?:ed|s)$/, 'follow')
      .replace(/^attend(?:s|ed)$/, 'attend')
      .replace(/^watched$/, 'watch')
    const links = linksMeant(draft, plain)
    return links.length > 0 ? { understood: apply(draft, links) } : { unresolved: 'Nothing is marked in this way.' }
  },
})

const path = ({ target }: Link): string => target.path

/** The filter by which one finds what one marked. */
const applyMine: Apply = (_, links) =>
  links.map((link) => {
    const { done } = markOf(link.on)!
    const { list } = link.target.api
    if (list && !list.filter.includes(done)) list.filter.push(done)
    return `${sentence(plural(link.target.words))} that one ${link.on === 'vote' ? 'voted for' : done} are listed by ${path(link)}?${done}=true.`
  })

const applyWho: Apply = (_, links) =>
  links.map(
    (link) =>
      `${path(link)}/{id}/${link.members.replaceAll('_', '-')} lists who did ${link.on.replaceAll('_', ' ')} ${withArticle(link.target.words)}.`,
  )

const applyCount: Apply = (_, links) =>
  links.map((link) => `Every ${link.target.words} shows it (${markOf(link.on)!.count}).`)
