import { negated } from '../../../../expressions/negate.ts'
import { ANYONE } from '../../../names.ts'
import { listed, peopleOf, plural, sentence } from '../../language/words.ts'
import { roleOf } from '../../read/people.ts'
import type { Outcome, Read } from '../behaviour.ts'
import type { BehaviourDraft } from '../draft.ts'
import type { Found } from '../find.ts'
import { type Condition, conditionFor } from '../places/conditions.ts'
import { findPhrase } from '../places/phrase.ts'
import { ensureOwner, holdersOf, peopleRoles, setHolders, signUpRolesOf } from './holders.ts'

/** Only some rows are for all to see: "published posts are public, drafts only for their author". */
type Part = { rows: string; who: string; hidden?: string; only: boolean; said: string }

const np = "[\\p{L}'-]+(?: [\\p{L}'-]+){0,3}?"
const authors =
  '(?:their|the|its) (?:author|owner|creator|writer|poster|uploader|organi[sz]er)s?(?: and (?:the )?admins?)?|(?:the )?(?:person|one|user|people) who (?:wrote|made|created|added|posted) (?:it|them)'
const hiding = `(?:,? (?:and|but|while)?,? ?(?:all )?(${np}) (?:are |is |stay |remain |can be seen |are visible |only )*(?:only )?(?:visible |shown |seen |readable |private )?(?:to|for|by) (?:${authors}))`
const everyone =
  '(?:everyone|everybody|anyone|anybody|all|visitors?|guests?|the public|the world|non-members|people without (?:an )?accounts?|all users|users|members|customers|readers|subscribers)'
const patterns: readonly { pattern: RegExp; read: (f: RegExpExecArray) => Omit<Part, 'said'> }[] = [
  {
    pattern: new RegExp(
      `^(only )?(${np}) (?:are|is) (?:public(?: to read)?|visible(?: (?:to|for) (${everyone}))?|readable(?: by (${everyone}))?|open to (${everyone})|shown to (${everyone}))${hiding}?$`,
      'iu',
    ),
    read: (f) => ({
      only: f[1] !== undefined || f[7] !== undefined,
      rows: f[2]!,
      who: f[3] ?? f[4] ?? f[5] ?? f[6] ?? 'everyone',
      ...(f[7] ? { hidden: f[7] } : {}),
    }),
  },
  {
    pattern: new RegExp(
      `^(${everyone}) (?:can |may |should )?(only |just )?(?:be able to )?(?:see|read|view|list|browse|find)s? (only |just )?(?:the |all )?(${np})${hiding}?$`,
      'iu',
    ),
    read: (f) => ({
      only: f[2] !== undefined || f[3] !== undefined || f[5] !== undefined,
      rows: f[4]!,
      who: f[1]!,
      ...(f[5] ? { hidden: f[5] } : {}),
    }),
  },
  {
    pattern: new RegExp(
      `^((?:the )?[\\p{L}]+s) (?:(?:can |may |should )?(?:only|just) (?:be able to )?(?:see|read|view|list|browse|find)|(?:can |may )?(?:see|read|view|list|browse|find) (?:only|just)) (?:the |all )?((?:published|approved|public|active|open|confirmed|released|visible|live|accepted) ${np})$`,
      'iu',
    ),
    read: (f) => ({ only: true, rows: f[2]!, who: f[1]! }),
  },
  {
    pattern: new RegExp(
      `^(?:the )?(${np}) (?:are|is|stay|remain|can be seen|can only be seen|should be)(?: only)?(?: visible| hidden| shown| seen| readable| private)*(?: from everyone)? (?:but |except )?(?:to|for|by|from) (?:everyone (?:but|except) )?(?:only )?(?:${authors})(?: only)?$`,
      'iu',
    ),
    read: (f) => ({ only: true, rows: '', hidden: f[1]!, who: 'everyone' }),
  },
  {
    pattern: new RegExp(
      `^(?:only )?(?:${authors}|authors|owners|creators) (?:can |may )?(?:only )?(?:see|read|view)s? (?:the |their |his |her )?(?:own )?(drafts?|unpublished [\\p{L}-]+|private [\\p{L}-]+|hidden [\\p{L}-]+)$`,
      'iu',
    ),
    read: (f) => ({ only: true, rows: '', hidden: f[1]!, who: 'everyone' }),
  },
]

/** How rows are, and no word that things are called by. */
const inState =
  /^(?:the |all )?(?:published|approved|accepted|confirmed|released|verified|reviewed|finished|completed|unpublished|unapproved) /i

/** "Everyone can read published posts", "guests only see public events", "drafts are only visible to their author". */
export const readPublicPart: Read = (said) => {
  for (const { pattern, read } of patterns) {
    const found = pattern.exec(said.trim())
    if (!found) continue
    const part = { ...read(found), said }
    const words = part.rows.trim().split(/\s+/)
    if (
      part.hidden === undefined &&
      (words.length < 2 ||
        /^(?:their|his|her|its|my|our|the|all|own|any|other|each|sum|total|number|average|count)$/i.test(words[0]!) ||
        /\bown\b/i.test(part.rows))
    )
      continue
    const noun = words.at(-1)!
    return {
      said,
      rest: ['With user accounts'],
      implies: part.rows ? [`Users see all ${noun}`] : [],
      // Where nothing tells which ones are published, all of them are shown to nobody.
      ...(inState.test(part.rows) ? { sure: true } : {}),
      apply: (draft) => applyPart(draft, part),
    }
  }
  return undefined
}

/** The model and the condition of "published posts", "posts that are published", "drafts". */
const rowsMeant = (draft: BehaviourDraft, said: string): { model: Found; condition: Condition } | undefined => {
  const [head = '', tail = ''] = said.split(/ (?:that|which|who) (?:are|is|have been|has been) /i)
  const phrase = findPhrase(draft, head)
  const which = tail || phrase?.which
  const condition = phrase && which ? conditionFor(phrase.model, which, 'this') : undefined
  if (phrase && condition) return { model: phrase.model, condition }
  const word = said.replace(/^(?:the|all|their) /i, '').replace(/s$/, '')
  for (const model of [...(draft.it() ? [draft.it()!] : []), ...draft.models()]) {
    const found = conditionFor(model, word, 'this')
    if (found) return { model, condition: found }
  }
  return undefined
}

const applyPart = (draft: BehaviourDraft, part: Part): Outcome => {
  const shown = part.rows ? rowsMeant(draft, part.rows) : undefined
  const hidden = part.hidden ? (rowsMeant(draft, part.hidden) ?? draftsOf(shown?.model ?? draft.it())) : undefined
  const model = shown?.model ?? hidden?.model
  if (!model || (part.rows && !shown) || (part.hidden && !hidden && !shown))
    // Of all there are it is a right like others, which is read elsewhere.
    return {
      unresolved: !part.rows && draft.findModel(part.hidden ?? '') ? '' : 'It is not clear which entries these are.',
    }
  draft.ensureAccounts()
  const open = shown ? shown.condition.text : negated(hidden!.condition.text)
  const scope = `where ${open}`
  const said = roleOf(part.who) ?? 'everyone'
  const asked = said === 'guest' && !Object.hasOwn(draft.architecture.policies.roles, said) ? 'everyone' : said
  const public_ = asked === 'everyone' && !/^all users$/i.test(part.who)
  const owner = part.hidden ? ensureOwner(draft, model) : model.api.owner
  const people = peopleRoles(draft)
  const signUp = signUpRolesOf(draft)
  const limited =
    public_ || part.hidden ? people : Object.hasOwn(draft.architecture.policies.roles, asked) ? [asked] : signUp
  for (const op of ['list', 'read'] as const) {
    const before = holdersOf(draft, model, op)
    const wasPublic = model.api.public?.includes(op) === true
    const kept = before.filter(
      ({ role, scope: old }) =>
        old !== undefined ||
        (role !== ANYONE && !limited.includes(role)) ||
        (part.hidden === undefined && !signUp.includes(role) && role !== ANYONE),
    )
    const everyoneElse = limited.filter(
      (role) =>
        (before.some((one) => one.role === role) || wasPublic || public_) &&
        !kept.some((one) => one.role === role && one.scope === undefined),
    )
    setHolders(draft, model, op, [
      ...kept,
      ...everyoneElse.map((role) => ({ role, scope })),
      ...(owner ? everyoneElse.map((role) => ({ role, scope: 'own' })) : []),
      ...(part.rows && public_ ? [{ role: ANYONE, scope }] : []),
    ])
  }
  if (owner && part.hidden)
    for (const op of ['create', 'update', 'delete'] as const) {
      const before = holdersOf(draft, model, op)
      setHolders(
        draft,
        model,
        op,
        before.map((one) => (one.scope === undefined && signUp.includes(one.role) ? { ...one, scope: 'own' } : one)),
      )
    }
  if (part.hidden) hideParts(draft, model, limited)
  const many = plural(model.words)
  const people_ = part.rows
    ? public_
      ? 'everybody, signed in or not'
      : part.who.toLowerCase()
    : listed(people.map(peopleOf))
  return {
    understood: [
      `${sentence(people_)} may see ${many} only where ${open.replace(/this\./g, '').replaceAll('_', ' ')}${owner ? '; whoever made one sees it too' : ''}.`,
    ],
  }
}

/** What belongs to a draft is seen by whoever sees the draft. */
const hideParts = (draft: BehaviourDraft, model: Found, limited: readonly string[]): void => {
  for (const { model: part, field } of draft.childrenOf(model)) {
    if (part.api.parent !== field) continue
    for (const op of ['list', 'read'] as const) {
      const before = holdersOf(draft, part, op)
      if (before.some(({ role, scope }) => limited.includes(role) && scope === undefined))
        setHolders(
          draft,
          part,
          op,
          before.map((one) =>
            one.scope === undefined && limited.includes(one.role) ? { ...one, scope: 'parent' } : one,
          ),
        )
    }
  }
}

/** "drafts": what is not published, where nothing is called a draft. */
const draftsOf = (model: Found | undefined): { model: Found; condition: Condition } | undefined => {
  const condition = model
    ? (conditionFor(model, 'draft', 'this') ?? conditionFor(model, 'not published', 'this'))
    : undefined
  return model && condition ? { model, condition } : undefined
}
