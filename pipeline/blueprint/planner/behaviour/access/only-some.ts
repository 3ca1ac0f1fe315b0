import { sentence } from '../../language/words.ts'
import type { Outcome, Read } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'
import { whichRows } from '../lists/which.ts'
import { doerOf, isSomebody } from '../states/doers.ts'
import { holdersOf, letSee } from './holders.ts'
import { narrow } from './some-rows.ts'

const who = '(?<who>(?:the |an? |all )?[\\p{L}-]+(?: (?!can\\b|may\\b|cannot\\b|only\\b|see\\b)[\\p{L}-]+)?)'
const see = '(?:sees?|reads?|views?|looks? at|access(?:es)?|have access to|has access to)'
const may = '(?:(?:can|may|should) )?'
const noun = '[\\p{L}-]+'
const apart = `(?<rows>(?!(?:the|an?|who|what|which|how|when|where|whose|why|own|their|his|her|its|my|our|other|others|all|any|every|each|these|those)\\b)${noun} ${noun}|today['’]s ${noun}|${noun} of today|${noun} (?:that|which) (?:are|is|have been|has been|were|start|starts|begin|take place) [\\p{L} ]+?)`
const only = new RegExp(
  `^${who} ${may}(?:only ${see}|${see} (?:only|just)|just ${see}) (?:the |those |all (?:the )?)?${apart}$`,
  'iu',
)
const those = new RegExp(
  `^${who} ${may}${see} (?:the |all (?:the )?)?(?<rows>${noun} (?:that|which) (?:are|have been|were) [\\p{L} ]+?)$`,
  'iu',
)
/** Whoever looks in, or anybody who signs up, sees what is public: others read that. */
const crowd = /^(?:user|everyone|signed|anyone|nobody|visitor|guest|reader|public|people|we|owner|it|they)$/
/** Whose they are, or who they are for, is another question than how they are. */
const whose = /\b(?:assigned|theirs?|them|own|they|he|she|published)\b/i

/** "Packers see only paid orders", "housekeepers see orders that are ready": they see those, and change no others either. */
export const readOnlySome: Read = (said) => {
  const text = said.trim()
  const found = (only.exec(text) ?? those.exec(text))?.groups
  const role = found && isSomebody(found.who!) ? doerOf(found.who!) : undefined
  if (!found || !role || crowd.test(role) || whose.test(found.rows!)) return undefined
  const rows = found
    .rows!.replace(/^today['’]s (.+)$/iu, '$1 of today')
    .replace(/ (?:that|which) (?:starts?|begins?|takes? place|are|is) today$/iu, ' of today')
  const closed = only.test(text)
  return {
    said,
    rest: ['With user accounts'],
    ...(closed ? { sure: true } : { maybe: true }),
    after: 8,
    apply: (draft) => apply(draft, found.who!, role, rows, { said, closed }),
  }
}

const apply = (
  draft: BehaviourDraft,
  who: string,
  named: string,
  rows: string,
  { said, closed }: { said: string; closed: boolean },
): Outcome => {
  const which = whichRows(draft, rows)
  if (!which) return { unresolved: closed ? 'It is not clear which entries these are.' : '' }
  if (!which.condition) return { unresolved: closed ? `Nothing here says which ones “${rows}” are.` : '' }
  draft.ensureAccounts()
  const role = draft.findRole(who) ?? named
  draft.ensureRole(role)
  const { model, condition } = which
  const looksAfter = ['create', 'update'].some((op) =>
    holdersOf(draft, model, op).some((one) => one.role === role && one.scope === undefined),
  )
  // Who looks after all of them sees more than is said here, where nothing keeps them to it.
  if (looksAfter && !closed) return { understood: [] }
  letSee(draft, model, role)
  if (!narrow(draft, model, condition!, (one) => one === role))
    return { unresolved: 'What they see goes by what it belongs to.' }
  return { understood: [`${sentence(said)}.`] }
}
