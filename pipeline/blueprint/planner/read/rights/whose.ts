import type { Scope } from '../facts.ts'

const made =
  'created?|made|make|own|owns|posted|wrote|written|write|added|entered|submitted|uploaded|reported|logged|opened|filed|placed|booked|recorded|started|published|listed|registered|belongs?|sent|drew|took|asked|proposed|planned'
const pronoun = '(?:they|he|she|i|we|you|he or she|(?:the )?users?)'

const own = new RegExp(
  `\\b(?:(?:only |just )?(?:(?:his or her|his\\/her|their|his|her|its|your|my|our|one's) )?own(?: ones?)?|theirs|mine|(?:the )?(?:ones?|things|that|which|what|whatever|everything) ${pronoun} (?:have |has |had )?(?:${made})(?: themselves)?|(?:that|which) belongs? to them|what belongs to them|what is theirs|${pronoun} (?:own|created|made|reported|logged|posted|wrote|added|submitted|uploaded|opened|filed|placed|booked|recorded|published|entered)(?: themselves)?|created by them(?:selves)?|made by them|(?:(?:that|which) )?(?:they|he|she|i|we|you) (?:have |had )?(?!need|want|like|are|were)[a-z]{3,}ed(?: themselves)?(?=\\s*$))\\b`,
  'i',
)
const possessive = /\b(?:their|his|her|my|your)\b/i
const assigned =
  /\b(?:assigned to (?:them|him|her|me)|they are assigned(?: to)?|(?:that|which) (?:they|he|she|i) (?:are|is|am) assigned(?: to)?|in which they are assigned|they are responsible for|(?:that|which) name them)\b/i
const people =
  '(?:people|users?|members?|students?|pupils?|customers?|patients?|employees|colleagues|persons?|[\\p{L}]+s)'
/** "The cases assigned to them". */
export const isAssigned = (object: string): boolean => assigned.test(object)

/** Rows of other people: "each other's notes", "the ones of others", "what others wrote". */
const others = new RegExp(
  `\\b(?:(?:each other|one another|someone else|somebody else|anyone else|anybody else|everyone else|everybody else)(?:'s|s')?|other ${people}(?:'s|s'|')|others'|other's|(?:the (?:ones|data|rows|entries|things)|those|anything|everything|any|all) (?:of|by|from) (?:others|other ${people}|anyone else|each other)|(?:of|by|from) (?:others|each other|other ${people}|someone else|anyone else)|what others? (?:have )?(?:${made})|other ${people}(?= [\\p{L}]+s\\b))`,
  'iu',
)
/** Rows of everybody: "everyone's", "the grades of all", "of every student". */
const everybodys = new RegExp(
  `\\b(?:(?:everyone|everybody|anyone|anybody|all (?:users|people|members|customers|patients|students|pupils))(?:'s|s')|(?:of|from|by) (?:all|everyone|everybody|anyone)(?: (?:the )?${people})?$|(?:of|from) (?:every|any|each) [\\p{L}]+$|no matter (?:whose|who .*)|whoever (?:wrote|made|created) (?:it|them))`,
  'iu',
)

/** "the comments on their goals": what hangs on one's own. */
const under =
  /^((?:the |all |any )*[\p{L}-]+s?)\s+(?:on|of|for|to|about|under|in|at|from)\s+(?:their|his|her|my)(?: own)?\s+(?!own$)[\p{L}-]+(?: [\p{L}-]+)?$/iu

export type Whose = { scope: Scope; others: boolean; rest: string }

/** Takes whose rows are meant out of an object: "their own posts", "tickets assigned to them", "everyone's". */
export const takeWhose = (object: string, limited: boolean, everyone: boolean): Whose => {
  const others_ = others.exec(object)
  if (others_) {
    const rest = object
      .replace(others, ' ')
      .replace(/^\s*(?:the|any|all)\s+/i, ' ')
      .replace(/\s+/g, ' ')
      .trim()
    return { scope: 'all', others: true, rest }
  }
  const below = under.exec(object)
  if (below)
    return { scope: 'parent', others: false, rest: below[1]!.replace(/^(?:the|all|any)\s+(?:of the\s+)?/i, '').trim() }
  const all = everybodys.exec(object)
  const text = all ? object.replace(everybodys, ' ').replace(/\s+/g, ' ').trim() : object
  const scope: Scope = assigned.test(text)
    ? 'assigned'
    : all
      ? 'all'
      : isOwn(text) ||
          (limited && possessive.test(text)) ||
          (possessive.test(text.split(/\s+/).slice(0, 2).join(' ')) && !everyone)
        ? 'own'
        : 'all'
  const rest = text
    .replace(assigned, ' ')
    .replace(/\bnot\b.*$/i, '')
    .replace(/\b(?:but|except|unless|without|instead of)\b.*$/i, '')
    .replace(own, ' ')
    .replace(
      /^(?:only|just|all|any|every|each|everyone's|everybody's|other people's|others'|other users'|the)\s+(?:of\s+)?(?:the\s+)?/i,
      '',
    )
    .replace(/\s+/g, ' ')
    .trim()
  return { scope, others: false, rest: all && /^(?:the|ones|those)$/i.test(rest) ? '' : rest }
}

export const isOwn = (text: string): boolean => own.test(text)
