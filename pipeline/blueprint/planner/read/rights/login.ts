import { allOperations, type Operation } from '../../lexicon/verbs.ts'
import { splitItems } from '../items.ts'
import { looseWho, readWho, type Who } from '../people.ts'
import type { Reader } from '../reader.ts'
import { readThingList } from '../thing-list.ts'
import { opsOf } from './nouns.ts'
import { everybodyMay, pushAccess } from './push.ts'

/** "write access for registered users": they add, and change or delete what is theirs. */
export const writeRight = (reader: Reader, who: Who, ops: readonly Operation[], object: string): void => {
  const crowd = who.names.every((name) => name === 'user' || name === 'signed')
  const own: readonly Operation[] =
    crowd && ops.includes('create') && !ops.includes('read') ? ops.filter((op) => op !== 'create') : []
  pushAccess(
    reader,
    who,
    false,
    ops.filter((op) => !own.includes(op)),
    object,
    'all',
  )
  if (own.length > 0) pushAccess(reader, { ...who, only: true }, false, own, object, 'own')
}

const login =
  '(?:(?:an? |the )?(?:user )?(?:account|log-?in|login|sign-?in|sign-?up|registration|authentication|logging in|signing in|signing up)|to (?:be )?(?:log(?:ged)?|sign(?:ed)?)[- ]?in|to (?:log|sign)[- ]?(?:in|up)|be (?:logged|signed)[- ]?in)'
export const needsLogin = new RegExp(
  `^(?:(?:but|and)\\s+)?${login}\\s+(?:is |are )?(?:needed|required|necessary|mandatory)(?: only)?\\s+(?:for|to|in order to|when|before)\\s+(.+)$|^(?:you|one|people|users|they|only)?\\s*(?:need|needs|must|have|has|require|requires)\\s+(?:to have\\s+)?${login}\\s+(?:for|to|in order to|before)\\s+(.+)$|^(?:log|sign) in to\\s+(.+)$`,
  'i',
)
export const noLoginFor = new RegExp(
  `^(?:(?:but|and)\\s+)?(?:no|without(?: an?)?)\\s+${login}\\s*(?:is |are )?(?:needed|required|necessary)?\\s+(?:for|to|in order to|when)\\s+(.+)$|^(?:you|one|people|users|they)?\\s*(?:do|does)? ?(?:not|no) (?:need|require|have)\\s+${login}\\s+(?:for|to|in order to)\\s+(.+)$|^(reading|viewing|browsing|looking|searching)(?: \\S+)? (?:does not need|needs no|requires no|does not require|works without|is possible without)(?: an?)? ${login}$`,
  'i',
)

/** "login needed for writing", "you need an account to add one", "no account needed to read". */
export const readLoginFor = (text: string, reader: Reader): boolean => {
  const free = noLoginFor.exec(text)
  const bound = free ? null : needsLogin.exec(text)
  const said = (free ?? bound)?.slice(1).find(Boolean)
  if (!said) return false
  const [first = '', ...rest] = said.trim().split(/\s+/)
  const ops = opsOf(said) ?? opsOf(first)
  if (!ops) return false
  const object =
    opsOf(said) || /^(?:one|it|them|any|anything|something|ones|things)$/i.test(rest.join(' ')) ? '' : rest.join(' ')
  const target = object === '' && opsOf(said) ? 'everything' : object
  if (/\([^)]*\)/.test(object)) readThingList(object, reader, 'named')
  if (free) {
    pushAccess(reader, everybodyMay, false, ops, target, 'all')
    return true
  }
  // "login required for everything" gives nobody a right: it only keeps those out who have no account.
  if (target === 'everything' && ops.length === allOperations.length)
    pushAccess(reader, everybodyMay, true, allOperations, 'everything', 'all')
  else writeRight(reader, { names: ['signed'], only: true, not: false }, ops, target)
  reader.facts.push({ kind: 'accounts', on: true })
  return true
}

export const gerund =
  /^(?:(?:but|and)\s+)?((?:creat|add|edit|updat|chang|delet|remov|publish|approv|post|writ|read|view|brows|manag|modify|enter)ing|creation|deletion|removal|access|write access|read access)(?:(?: and| or|,) ((?:creat|add|edit|updat|chang|delet|remov|publish|writ)ing))?(?: (?:of )?(.{2,40}?))?\s+(?:needs?|requires?|is (?:only )?(?:for|reserved (?:for|to)|limited to|restricted to|up to|done by|allowed (?:for|to)|possible for|a matter for|open to|left to|the job of)|(?:are|is) (?:only )?(?:for|reserved for|allowed for)|takes)\s+(.+)$/i

/** "deleting needs an admin", "editing is reserved for managers". */
export const readNeeds = (text: string, reader: Reader): boolean => {
  const found = gerund.exec(text)
  if (!found) return false
  const said = found[4]!
    .replace(/^(?:an?|the)\s+/i, '')
    .replace(/\s+(?:role|rights|account|permission|privileges)s?$/i, '')
    .replace(/\s+only$/i, '')
  const who = readWho(said) ?? looseWho(said)
  const ops = [found[1]!, found[2]].flatMap((word) =>
    word
      ? (opsOf(word) ??
        (/access/.test(word) ? allOperations : /publish|approv/.test(word) ? (['update'] as const) : []))
      : [],
  )
  if (!who || ops.length === 0) return false
  const object =
    found[3] && !/^(?:them|it|anything|everything|things)$/i.test(found[3])
      ? splitItems(found[3])[0]!
      : found[3] && /^(?:them|it)$/i.test(found[3])
        ? ''
        : 'everything'
  pushAccess(reader, { ...who, only: !who.names.includes('everyone') }, false, ops, object, 'all')
  return true
}
