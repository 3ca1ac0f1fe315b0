import { negated } from '../../../../expressions/negate.ts'
import { ANYONE } from '../../../names.ts'
import { peopleOf, plural, sentence } from '../../language/words.ts'
import { alsoWhere, type Holder, holdersOf, peopleRoles, setHolders } from '../access/holders.ts'
import type { Outcome, Read } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { durationPattern } from '../terms/durations.ts'
import { filtered } from './filtered.ts'
import { clause } from './read-list.ts'
import { tellsApart, whichRows } from './which.ts'

/** Rows that lists leave out, or `keep` alone, in words. */
type HiddenSpec = { rows: string; keep: boolean }

const all = '(?:(?:all|any|the|our|every|those) )*'
const place =
  '(?: (?:from|in|on|off) (?:the |our |all |any )?(?:lists?|list of .+|overviews?|views?|pages?|web ?site|app|calendar|schedule|programme|program|catalogue|catalog|shop|search|results|(?:home|start|front|main) ?page))?'
const ever = '(?: any ?more| any longer| automatically)?'
const late = `(?:,? (?:(?:as soon as|once|when|if|where) (?:they|it) (?:are|is|have|has|were|was)? ?(?<so>[^,]+?)|after (?<age>${durationPattern})))?`
const patterns: readonly (readonly [string, boolean])[] = [
  [
    `^(?:please )?(?:automatically )?(?:hide|(?:do )?(?:not|never) (?:show|list|display|include)|stop (?:showing|listing)|(?:leave|filter) out|exclude) ${all}(?<rows>.+?)${place}${ever}${late}$`,
    false,
  ],
  [
    `^${all}(?<rows>.+?) (?:are|is|get|gets|(?:should|must|shall|can) (?:be|get)) (?:automatically )?(?:hidden|not (?:shown|listed|displayed|visible)|no longer (?:shown|listed|displayed|visible)|left out|filtered out|excluded)${place}${ever}${late}$`,
    false,
  ],
  [
    `^${all}(?<rows>.+?) (?:should not|must not|shall not|do not|should no longer|shall no longer|must no longer|no longer) (?:be (?:shown|listed|displayed|visible)|appear|show up|come up)${place}${ever}${late}$`,
    false,
  ],
  [`^${all}(?<rows>.+?) (?:disappears?|vanish(?:es)?|drops? out|go(?:es)? away)${place}${ever}${late}$`, false],
  [
    `^(?:the )?(?:lists?|overview|page)(?: of [\\p{L} ]+?)? (?:leaves? out|hides?|does not (?:show|include|have)|do not (?:show|include)) ${all}(?<rows>.+?)${ever}$`,
    false,
  ],
  [`^only (?:the )?(?<rows>.+?) (?:are|is|should be|must be|shall be|get) (?:shown|listed|displayed)${place}$`, true],
  [`^(?:please )?(?:(?:show|list|display) only|only (?:show|list|display)) ${all}(?<rows>.+?)${place}$`, true],
  [
    `^(?:the )?(?:lists?|overview|page|home page|start page|front page)(?: of [\\p{L} ]+?)? (?:only (?:shows?|lists?|has|have|contains?)|(?:shows?|lists?|has|have|contains?) only) ${all}(?<rows>.+?)$`,
    true,
  ],
]
const readings = patterns.map(([source, keep]) => [new RegExp(source, 'iu'), keep] as const)

const readHidden = (said: string): HiddenSpec | undefined => {
  for (const [pattern, keep] of readings) {
    const found = pattern.exec(said)?.groups
    if (!found) continue
    const { rows, so, age } = found
    if (clause.test(rows!)) return undefined
    return { rows: so ? `${rows} that are ${so}` : age ? `${rows} older than ${age}` : rows!, keep }
  }
  return undefined
}

/** "Hide classes that are over", "past events are not shown", "only upcoming events are listed": what lists leave out. */
export const readHiding: Read = (said) => {
  const spec = said.length > 160 ? undefined : readHidden(said.trim())
  return spec && { said, rest: [], sure: true, after: 6, apply: (draft) => applyHiding(draft, said, spec) }
}

const applyHiding = (draft: BehaviourDraft, said: string, { rows, keep }: HiddenSpec): Outcome => {
  const which = whichRows(draft, rows)
  // Of whole things, fields and people it is a right, which is read elsewhere.
  if (!which || which.words === '' || which.of || which.over) return { unresolved: '' }
  const { model, condition } = which
  const { fields } = model.model
  // What has a mark of its own for it is marked.
  if (Object.hasOwn(fields, 'hidden') || Object.values(fields).some(({ values }) => values?.includes('hidden')))
    return { unresolved: '' }
  if (!condition)
    return {
      unresolved: tellsApart(which.words)
        ? `Nothing here says of ${plural(model.words)} whether they are “${which.words}”.`
        : '',
    }
  const shown = keep ? condition : negated(condition)
  const who = lookers(draft, model)
  if (who.length === 0) return onlyFiltered(draft, said, model, condition, which.words)
  const before = holdersOf(draft, model, 'list')
  const names = sentence(who.map(nameOf).join(' and '))
  const told = `${names} list ${plural(model.words)} only where ${shown.replace(/this\./g, '').replaceAll('_', ' ')}`
  const narrowed = before.flatMap((one): Holder[] =>
    !who.includes(one.role) || (one.scope !== undefined && !one.scope.startsWith('where '))
      ? [one]
      : [{ role: one.role, scope: alsoWhere(model, one.scope, shown) }, ...ownOf(draft, model, one.role)],
  )
  if (narrowed.every((one) => before.some(({ role, scope }) => role === one.role && scope === one.scope)))
    return { holds: `${told}.` }
  setHolders(draft, model, 'list', narrowed)
  const others = before.some(({ role, scope: old }) => !who.includes(role) && old === undefined)
  return {
    understood: [`${told}; administrators${others ? ' and whoever may change them' : ''} list all.`],
  }
}

/** What they made themselves they still see. */
const ownOf = (draft: BehaviourDraft, model: Found, role: string): Holder[] =>
  holdersOf(draft, model, 'update').filter((one) => one.role === role && one.scope === 'own')

/** Who lists all rows and does not look after them. */
const lookers = (draft: BehaviourDraft, model: Found): string[] => {
  if (!draft.architecture.policies.authn) return []
  if (model.api.public?.includes('list')) draft.grant(ANYONE, model, 'list')
  const changes = new Set(
    holdersOf(draft, model, 'update').flatMap(({ role, scope }) => (scope === undefined ? [role] : [])),
  )
  const lists = holdersOf(draft, model, 'list').filter(({ scope }) => scope === undefined || scope.startsWith('where '))
  const people = new Set([...peopleRoles(draft), ANYONE])
  return [...new Set(lists.map(({ role }) => role))].filter((role) => people.has(role) && !changes.has(role))
}

const nameOf = (role: string): string => (role === ANYONE ? 'people who are not signed in' : peopleOf(role))

/** Where everybody may change everything, everybody sees it; the list can be asked without it. */
const onlyFiltered = (draft: BehaviourDraft, said: string, model: Found, condition: string, words: string): Outcome => {
  const outcome = filtered(model, condition, words, `${words} ${plural(model.words)}`)
  draft.lose(
    `Not built: “${said}”. Everybody here may change all ${plural(model.words)}, so that everybody is shown them; ${'holds' in outcome ? outcome.holds : 'understood' in outcome ? outcome.understood.join(' ') : ''}`,
  )
  return 'holds' in outcome ? { understood: [] } : outcome
}
