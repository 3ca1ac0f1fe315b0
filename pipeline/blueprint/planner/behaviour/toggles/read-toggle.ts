import { roleOf } from '../../read/people.ts'
import { type Mark, markOf, sureMarks } from './verbs.ts'

/** "Users can like and bookmark photos": who, by which verbs, what. */
export type ToggleSpec = {
  who: string
  marks: Mark[]
  what: string
  /** Visitors do it: they need an account for it. */
  visitors: boolean
  /** How many there are is shown; "who liked" is shown. */
  said: string
}

const sure = `(?:${sureMarks})`
const unsure =
  '(?:save|vote(?: for| on)?|endorse|recommend|support|watch|subscribe to|join|attend|rsvp(?: to| for)?|block|mute|react to)'
const verb = `(?:${sure}|${unsure})`
const undo =
  '(?:un-?\\w+|leave|withdraw (?:it|them|their \\w+)|take (?:it|them) back|remove (?:it|them|their \\w+)|undo (?:it|that|this))'
const verbList = `${verb}(?:(?:\\s*,\\s*(?:and |or )?|\\s+(?:and|or)\\s+|\\s*/\\s*)(?:${verb}|${undo}))*`
const noun =
  "(?:an?|the|each|every|any|other|all|their|our|one|single|individual)?\\s*(?:(?!and\\b|or\\b)[\\p{L}'-]+\\s+){0,3}?[\\p{L}'-]+"
const tails =
  '(?:,? (?:and|or) (?:also )?(?:unlike|unfollow|un\\w+|withdraw|undo|take|remove|leave) ?(?:it|them|that|this|their \\w+)?(?: again| back| later)?|,? (?:and|or) (?:un-?\\w+|leave) (?:it|them)|,? (?:only )?once(?: each| per \\w+| only)?|,? (?:but )?(?:only )?(?:one|a single) (?:\\w+ )?(?:per|for each) (?:person|user|\\w+)(?: and \\w+)?|,? each (?:person|user|one) (?:only )?once|,? at most once(?: each| per \\w+)?|,? (?:so|and) (?:that )?(?:they|it|he|she|one) can (?:find|see|list|view|get|come back to) (?:it|them|their \\w+)(?: later| again)?)'
const can =
  '(?:can|may|should be able to|could|must be able to|are able to|want to|will be able to|are allowed to|should|is able to|wants to)(?: also| each| only)?'

const active = new RegExp(
  `^((?:(?:an?|the|all|any|every|each|only|signed-in|logged-in|registered|other) )*[\\p{L}-]+(?: [\\p{L}-]+)?(?: (?:and|or) [\\p{L}-]+)?) ${can} (${verbList}) (${noun})(${tails})*$`,
  'iu',
)
const allowed = new RegExp(
  `^(?:let|allow|enable|permit) ((?:the |all |any )?[\\p{L}-]+(?: [\\p{L}-]+)?) (?:to )?(${verbList}) (${noun})(${tails})*$`,
  'iu',
)
const passive = new RegExp(
  `^(${noun}) (?:can|may|should|could) (?:also )?be ((?:liked|favou?rited|bookmarked|starred|upvoted|followed|saved|voted (?:for|on)|watched|hearted)(?:(?:, | and | or )(?:liked|favou?rited|bookmarked|starred|upvoted|followed|saved|voted (?:for|on)|watched|hearted))*)(?: by ((?:the |any |all |signed-in |logged-in )*[\\p{L}-]+))?$`,
  'iu',
)
const added =
  /^(?:add|include|have|with|support|there (?:are|should be)|allow|we (?:want|need)|give) (?:an? |the )?(likes?|favou?rites?|bookmarks?|stars|upvotes?|followers?|following|hearts?|votes?|voting|like buttons?|like feature)(?: and (likes?|favou?rites?|bookmarks?|stars|upvotes?|hearts?))?(?: (?:to|for|on) (?:the |our |all )?([\p{L}-]+(?: [\p{L}-]+)?))?$/iu
const marked =
  /^((?:the |all |any |signed-in |logged-in )*[\p{L}-]+) (?:can|may|should be able to) (?:mark|flag|add|put|save) ([\p{L}' -]+?) (?:as|to|on|in) (?:an? |one of |the |their |his |her |my |personal )*(favou?rites?|bookmarks?|wish ?lists?|watch ?lists?|liked|favou?rited|bookmarked|starred)(?: list)?$/iu

/** Reads a sentence by which people mark things, or returns undefined. */
export const readToggle = (sentence: string): ToggleSpec | undefined => {
  const said = sentence.trim()
  const found = active.exec(said) ?? allowed.exec(said)
  if (found) {
    const marks = marksIn(found[2]!)
    const who = found[1]!
    const withUndo = new RegExp(undo, 'i').test(found[2]!)
    const vague = marks.some((mark) => /^(?:join|attend|watch|save|recommend|subscribe|block|mute)$/.test(mark.on))
    const clear =
      withUndo ||
      new RegExp(`\\b${sure}\\b`, 'i').test(found[2]!) ||
      /find|once|list|un|leave|withdraw/.test(found[4] ?? '') ||
      (/^save\b/i.test(found[2]!) && /^(?:their|an?|the)?\s*(?:favou?rite|interesting)/i.test(found[3]!))
    if (isPeople(who) && marks.length > 0 && (!vague || clear)) return spec(who, marks, found[3]!, said)
  }
  const done = passive.exec(said)
  if (done) {
    const marks = done[2]!.split(/\s*(?:,|\band\b|\bor\b)\s*/).flatMap((word) => markOf(baseOf(word)) ?? [])
    return marks.length > 0 ? spec(done[3] ?? 'users', marks, done[1]!, said) : undefined
  }
  const saved = marked.exec(said)
  if (saved && isPeople(saved[1]!)) {
    const word = saved[3]!.toLowerCase().replace(/\s/g, '').replace(/s$/, '')
    const mark = markOf(/^wish/.test(word) ? 'wishlist' : /^watch/.test(word) ? 'watch' : word)
    return mark ? spec(saved[1]!, [mark], saved[2]!, said) : undefined
  }
  const with_ = added.exec(said)
  if (with_) {
    const words = [with_[1], with_[2]].filter((one) => one !== undefined)
    const marks = words.flatMap(
      (word) =>
        markOf(
          word
            .toLowerCase()
            .replace(/ (?:buttons?|feature)$/, '')
            .replace(/^voting$/, 'vote')
            .replace(/^following$/, 'follow'),
        ) ?? [],
    )
    return marks.length > 0 ? spec('users', marks, with_[3] ?? 'it', said) : undefined
  }
  return undefined
}

const baseOf = (participle: string): string =>
  participle
    .toLowerCase()
    .replace(/^voted (?:for|on)$/, 'vote')
    .replace(/^starred$/, 'star')
    .replace(/^pinned$/, 'pin')
    .replace(/^(lik|favou?rit|upvot|sav)ed$/, '$1e')
    .replace(/ed$/, '')

const marksIn = (text: string): Mark[] => {
  const marks = text
    .split(/\s*(?:,|\band\b|\bor\b|\/)\s*/i)
    .flatMap((word) =>
      /^(?:un-?(?!.*upvote)|leave|withdraw|take|remove|undo)/i.test(word) ? [] : (markOf(word) ?? []),
    )
  return [...new Map(marks.map((mark) => [mark.on, mark])).values()]
}

const isPeople = (who: string): boolean =>
  !/^(?:nobody|no one|no [\p{L}]+)$/iu.test(who) && (roleOf(who) !== undefined || /\b(?:and|or)\b/.test(who))

const spec = (who: string, marks: Mark[], what: string, said: string): ToggleSpec => ({
  who,
  marks,
  what: what
    .trim()
    .replace(
      /^(?:(?:an?|the|each|every|any|other|all|their|our|one|single|individual|other people's|others'|someone else's)\s+)+/i,
      '',
    )
    .replace(/^(?:people|users?|members?)'s?\s+/i, ''),
  visitors: roleOf(who) === 'everyone',
  said,
})
