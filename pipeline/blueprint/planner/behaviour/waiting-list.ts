import type { Rule } from '../../../../schemas/generated/architecture.ts'
import { sentence as capital, plural, withArticle } from '../language/words.ts'
import type { Outcome, Read } from './behaviour.ts'
import { wordsOf } from './between.ts'
import { canonical } from './canonical.ts'
import { applyCapacity } from './capacity.ts'
import type { BehaviourDraft } from './draft.ts'
import type { Found } from './find.ts'
import { type Groups, matching, pattern } from './phrases.ts'

const list = '(?:waiting[- ]?list|wait[- ]?list|queue)'
const whenFull =
  '(?:(?:when|once|if|as soon as|after) (?:an? |the |all |every )?{thing}?(?: places| seats| spots)? ?(?:is|are|gets?) (?:full|fully booked|booked up|sold out|taken|gone)|after that|then|beyond that|otherwise)'
const goOn = `(?:(?:can |may |should |must )?(?:go|goes|get|gets|be put|is put|are put|come|comes|land|lands|join|joins|sign up|signs up|be|stand|wait|waits|are|is|end up|enter)(?: put| added| placed| entered)?(?: up)? ?(?:on|onto|to|for|in|into)? ?(?:an? |the |its )?${list})`
const leave =
  '(?:(?:when|if|once|as soon as|whenever) (?:somebody|someone|anybody|anyone|one|one of them|an? {who:2}|people|they|a place) (?:(?:who is in )?(?:cancels?|drops? out|withdraws?|leaves?|signs? off|gives? up (?:the|their) (?:place|spot|seat)|backs? out|resigns?|becomes? free|gets? free|is cancelled|opens up|frees up)(?: again)?))'
const first = `(?:the )?(?:first|next)(?: one| person| in line| {who:2})?(?: (?:on|in|from|of) (?:the |that |this )?(?:${list}|list|queue|line))?(?: automatically| then)? (?:gets?|takes?|is given|receives?|moves? up|moves? into|is moved|comes? in|is confirmed|is next|fills?|goes|joins?|has)(?: .{0,40})?`

const patterns: readonly RegExp[] = [
  `${whenFull},? (?:then )?{people:4} ${goOn}(?:[,;]? (?:and )?(?:then )?${leave},? (?:then )?${first})?`,
  `{people:4} ${goOn} ${whenFull}(?:[,;]? (?:and )?(?:then )?${leave},? (?:then )?${first})?`,
  `${whenFull},? (?:there (?:is|should be)|we (?:keep|have|need)) an? ${list}(?:[,;]? (?:and )?(?:then )?${leave},? (?:then )?${first})?`,
  `{people:6} (?:who|that) .{2,60}? ${goOn}`,
  `(?:there (?:is|should be|must be)|we (?:keep|have|need)|with) an? ${list}(?: (?:for|per|of|when|if) .{2,40})?`,
  `(?:the |an? |each |every |all |full )*{thing} (?:has|have|gets?|keeps?) an? ${list}(?: (?:when|once|if) .{2,40})?`,
  `${leave},? (?:then )?${first}`,
].map(pattern)

/** Reads that whoever comes when something is full waits, and gets the place of who leaves. */
export const readWaitingList: Read = (sentence) => {
  if (!/\b(?:waiting|wait|list|queue|line)\b|waitlist/i.test(sentence)) return undefined
  const found = matching(patterns, canonical(sentence))
  return found && { said: sentence, rest: [], after: 3.5, sure: true, apply: (draft) => apply(draft, found.groups) }
}

const apply = (draft: BehaviourDraft, said: Groups): Outcome => {
  const limited = limitedBy(draft, said.thing) ?? limitedBySeats(draft, said.thing)
  if (!limited)
    return { unresolved: 'A waiting list needs to know how many places there are: say "at most 12 people per course".' }
  const { model, rule } = limited
  if (isWaiting(model)) return { understood: [] }
  const { per, max } = rule.limit!
  const ref = per[0]!
  const [, owner, seats] = /^this\.(\w+)\.(\w+)$/.exec(max) ?? []
  const holder = owner
    ? draft.models().find(({ name }) => model.model.fields[`${owner}_id`]?.type === `ref(${name}.id)`)
    : undefined
  if (draft.changing)
    return {
      unresolved:
        'A waiting list can only be had from the start: of those who are there already it is not known who came first.',
    }
  if (model.model.states || model.model.fields.status || per.length !== 1 || (!/^\d+$/.test(max) && !seats))
    return { unresolved: `${capital(plural(model.words))} go other ways already, so that they cannot wait too.` }
  if (seats && holder) delete holder.model.fields[seats]!.optional
  draft.ensureField(model, 'status', { type: 'enum', values: ['waiting', 'confirmed'], default: 'waiting' })
  rule.where = [rule.where, "this.status == 'confirmed'"].filter(Boolean).join(' && ')
  const rows = (row: string, more: string): string =>
    `${model.name}.filter(other, other.${ref} == ${row}.${ref} && ${more}).size() < ${max.replace(/^this\./, `${row}.`)}`
  const next = model.key
  model.model.on = {
    ...model.model.on,
    create: {
      ...model.model.on?.create,
      do: [
        {
          set: {
            of: 'this',
            values: { status: `${rows('this', 'other.status == "confirmed"')} ? "confirmed" : "waiting"` },
          },
        },
        ...(model.model.on?.create?.do ?? []),
      ],
    },
    delete: {
      ...model.model.on?.delete,
      do: [
        ...(model.model.on?.delete?.do ?? []),
        // A place is free before it is given away, so that it is not counted twice.
        { set: { of: 'this', values: { status: '"waiting"' } }, when: 'this.status == "confirmed"' },
        {
          each: {
            as: next,
            model: model.name,
            where: `${next}.${ref} == this.${ref} && ${next}.id != this.id && ${next}.status == "waiting" && ${rows(next, `other.id != this.id && (other.status == "confirmed" || other.created_at < ${next}.created_at)`)}`,
            do: [{ set: { of: next, values: { status: '"confirmed"' } } }],
          },
        },
      ],
    },
  }
  for (const role of Object.keys(draft.architecture.policies.roles))
    if (role !== 'admin') draft.withhold(role, model, 'update')
  const thing = wordsOf(ref)
  return {
    understood: [
      `Who comes when ${withArticle(thing)} is full is on its waiting list, and the first there gets the place of who leaves.`,
    ],
    assumptions: [
      `${capital(withArticle(model.words))} is waiting or confirmed; it is the system that says which. Who gives up a place deletes the ${model.words}.`,
    ],
  }
}

const seats = /^(?:capacity|seats|places|spots|max_(?:participants|seats|people|guests|players|members))$/

/** "When an event is full", where events say how many places they have: that is full. */
const limitedBySeats = (draft: BehaviourDraft, words: string | undefined): ReturnType<typeof limitedBy> => {
  const holders = draft
    .models()
    .filter(({ model }) =>
      Object.keys(model.fields).some((name) => seats.test(name) && model.fields[name]!.type === 'int'),
    )
  const named = words ? draft.findModel(words) : undefined
  const holder = holders.find(({ name }) => name === named?.name) ?? (holders.length === 1 ? holders[0] : undefined)
  const outcome = holder ? applyCapacity(draft, { thing: holder.words }) : undefined
  return outcome && 'understood' in outcome ? limitedBy(draft, holder!.words) : undefined
}

const isWaiting = ({ model }: Found): boolean => model.fields.status?.values?.includes('waiting') === true

/** The rows of which there may only be so many of each. */
const limitedBy = (draft: BehaviourDraft, words: string | undefined): { model: Found; rule: Rule } | undefined => {
  const thing = words && !/^(?:it|that|they|place|all)/i.test(words) ? draft.findModel(words) : undefined
  const all = draft
    .models()
    .flatMap((model) => (model.model.rules ?? []).map((rule) => ({ model, rule })))
    .filter(({ rule: { limit } }) => limit && !limit.within && !limit.sum && limit.per.length > 0)
  const fitting = thing ? all.filter(({ model, rule }) => rule.limit!.per[0] === draft.refFrom(model, thing)) : all
  return fitting.find(({ rule }) => rule.limit!.per.length === 1) ?? fitting[0]
}
