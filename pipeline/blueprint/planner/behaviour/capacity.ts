import { sentence as capital, plural, toName, withArticle } from '../language/words.ts'
import { isPersonNoun } from '../lexicon/people.ts'
import { addLimit } from './add-limit.ts'
import type { Outcome, Read } from './behaviour.ts'
import { wordsOf } from './between.ts'
import { canonical } from './canonical.ts'
import { type Counted, countedFor } from './counted.ts'
import type { BehaviourDraft } from './draft.ts'
import { type Groups, matching, pattern } from './phrases.ts'
import { addRule, standing, where } from './rules.ts'
import { added, tiedTo } from './tied-to.ts'

const seatWords =
  '(?:free |available |remaining |empty |open )?(?<seats>seats?|places?|spots?|spaces?|slots|copies|capacity|capacities|units|beds|berths|items|pieces|room|tickets|maximum|maximum number of [a-z]+|max [a-z]+|limit|quota|stock)'
const over =
  '(?:over-?booked|over-?sold|over-?filled|over-?subscribed|overcrowded|overloaded|booked beyond (?:its|the|their) capacity|filled beyond (?:its|the|their) capacity)'

const byField: readonly RegExp[] = [
  `<same>? ?{thing} (?:has|have) (?:(?:a|an|its) (?:fixed |limited |maximum |certain )?(?:number|amount) of |a maximum of |limited |(?:a|its) |(?<count>\\d+) )?${seatWords}(?:,? (?:and|that|which|but) (?:it |they )?<cannot> (?:be )?(?:${over}|exceeded|booked more often|exceed(?: it| that| them)?)|,? (?:and|but) not more)`,
  `<same>? ?{thing} <cannot> (?:be |get )?${over}<tail>`,
  `(?:no|never|without|prevent|avoid|forbid) over-?(?:booking|selling|filling)(?: (?:of|for|in|on) (?:the |a |an |any )?{thing})?`,
  `over-?(?:booking|selling|filling) (?:(?:of|for) (?:the |a |an |any )?{thing} )?(?:is|must be|should be|must|can) (?:not |never )?(?:be )?(?:allowed|possible|impossible|prevented|forbidden|happen)`,
  `<same>? ?{thing} <cannot> be (?<verb>lent|booked|rented|borrowed|sold|reserved|hired|given|checked|loaned|taken)(?: out)? (?:more (?:often|times)|to more {people}|by more {people}|more copies) than (?:there are|it has|we have|we own|exist|there is|the .+ has)?(?: of it)? ?${seatWords}?(?: of it)?(?: available| left)?<tail>`,
  `(?:(?:we|one|you|{people}) <cannot>|nobody can) (?<verb>lend|withdraw|take|use|remove|take out|draw|consume|book|rent|borrow|reserve|hire|give|check|loan)(?: out)? more (?:copies of (?:a |the )?|of (?:a |the )?)?{thing} than (?:there are|there is|are there|are left|is left|remain|we have|we own|exist|available|are available|are in stock|is in stock)(?: copies| in the shelf| in stock| available)?`,
  `(?:there (?:can|may|must|should) (?:not |never )?be )?(?:no|not|never|never any) more {bookings} (?:(?:are|is|can be|may be) [a-z]+ )?(?:(?:in|on|for|per) (?:a |the |each |one )?{thing} )?than (?:there are |the {thing2} has |it has |we have )?(?:(?:the|its) (?:number of )?)?${seatWords}(?: (?:in|on|of|for|at) (?:the |a |that |its )?{thing3})?(?: has| allows| left)?<tail>`,
  `<same>? ?{thing} <cannot> (?:have|take|get|accept|hold|contain|fit|carry|accommodate|house|store) more {bookings} than (?:it has |there are |its |the )?(?:number of )?${seatWords}<tail>`,
  `(?:when|once|if|as soon as|where) (?:a|an|the|all)? ?{thing} (?:is|are) (?:full|sold out|fully booked|booked out|booked up|taken),? (?:then )?(?:nobody|no one|no (?:more |further |other |new |additional )?{bookings}|nobody else|it|they|further {bookings}|new {bookings}) (?:can|may|is|are|must)\\b.*`,
  `(?:a |an |the )?{thing} (?:that|which|who) (?:is|are) (?:full|sold out|fully booked|booked out|booked up) <cannot> be (?:booked|joined|entered|reserved|taken|chosen|enrolled in|rented|sold)(?: any ?more| any longer)?`,
  `(?:a )?(?:full|sold-out|fully booked) {thing} <cannot> be (?:booked|joined|entered|reserved|taken|chosen)(?: any ?more| any longer)?`,
  `(?:nobody|no one|{people}) can (?:not )?(?:book|join|enrol(?:l)?(?: in)?|enter|register for|sign up for|reserve|attend) (?:a |an |the )?{thing} (?:that|which|when it|if it|once it) is (?:already )?(?:full|sold out|fully booked)(?: already)?`,
  `{bookings} (?:are|is) (?:only )?(?:accepted|possible|allowed|taken) (?:only )?(?:until|as long as|while|if|when) (?:(?:the|a|an) {thing} (?:is (?:not )?full|has (?:free )?[a-z]+(?: left)?)|there (?:are|is) (?:still )?(?:free |any )?${seatWords}(?: left| free| available)?)`,
  `{people} can only (?<verb>book|join|enrol|enroll|register|sign up|borrow|rent|reserve|lend)(?: (?:in|for|a|an|the|to)+)? ?{thing}? ?(?:as long as|while|if|when) (?:there (?:are|is) (?:still )?(?:an? )?(?:free |any )?${seatWords}(?: left| free| available)?|it (?:is not full|has (?:free )?[a-z]+(?: left)?))`,
  `(?:the (?:number|total) of |the )?(?!(?:the )?number of ){bookings} (?:of|for|per|in|on) (?:<same> )?{thing} <cannot> (?:exceed|be (?:more|higher|greater|larger) than|go over|be over|go beyond) (?:its|the|their|that)? ?(?:number of )?${seatWords}(?: of (?:the |that |a )?{thing2})?<tail>`,
  `(?:the number of )?{bookings} <cannot> (?:exceed|be (?:more|higher|greater|larger) than|go over|go beyond) (?:the )?(?:number of )?${seatWords} (?:of|in|on) (?:the |that |a |an |each )?{thing}<tail>`,
  `(?:the )?${seatWords} of (?:a |an |the |each |any |every )?{thing} <cannot> be (?:exceeded|overbooked)<tail>`,
  `(?:when|once|if|as soon as|after) (?:all |the |all the |every |a )*${seatWords}(?: (?:of|in|on|at|for) (?:the |a |an |each |this )?{thing})? (?:are|is|has been|have been) (?:all )?(?:reached|taken|full|gone|booked|booked out|used up|sold|sold out|occupied|filled|assigned),? (?:then )?(?:(?:nobody|no one)(?: else)?|no (?:more |further |other |new |additional )?{bookings}|(?:the )?{bookings}|it|they|further {bookings}|new {bookings}|we) (?:can|may|is|are|must|take|accept|closes?|stops?|ends?)\\b.*`,
  `(?:only )?(?:as many|no more|not more|never more) (?:{bookings} )?(?:as|than) (?:there are|it has|the {thing} has|they have|we have) (?:free )?${seatWords}(?: left| available| in it)?<tail>`,
  `(?:there (?:can|may|must|should) (?:not|never) be |not |no |never )?(?:more|no more) {bookings} than (?:are |is |were )?(?:needed|required|wanted|allowed|planned|permitted|foreseen|asked for)<tail>`,
  `<same>? ?{thing} (?:that|which|who) (?:is|are) (?:already )?(?:full|sold out|fully booked|booked out|booked up) (?:takes?|accepts?|gets?|has|have|allows?) no (?:more|further|new|other|additional) {bookings}`,
  `(?:once|when|if|as soon as) <same>? ?{thing} (?:is|are) (?:full|sold out|fully booked|booked out|booked up),? (?:it|they|we) (?:takes?|accepts?|gets?|allows?) no (?:more|further|new|other|additional) {bookings}`,
  `(?:a )?(?:full|sold-out|sold out|fully booked|booked-out) {thing} (?:takes?|accepts?|gets?|allows?) no (?:more|further|new|other|additional) {bookings}`,
].map(pattern)

/** Reads that a thing takes no more than it has seats, copies or places for. */
export const readCapacity: Read = (sentence) => {
  // Who waits does not come in vain.
  const found = /\bwait(?:ing)?[- ]?list\b/i.test(sentence) ? undefined : matching(byField, canonical(sentence))
  if (!found) return undefined
  return { said: sentence, rest: [], apply: (draft) => applyCapacity(draft, found.groups) }
}

/** Keeps what takes places from taking more than there are: as many as a field of the thing says. */
export const applyCapacity = (draft: BehaviourDraft, said: Groups): Outcome => {
  const words = [said.thing, said.thing2, said.thing3].find((one) => one && !/^(?:it|they|we|there)$/i.test(one))
  const seats = said.seats?.replace(/^(?:maximum|limit|quota|room|capacities|tickets)$/i, 'capacity')
  const thing = (words ? draft.findModel(words) : undefined) ?? holderOf(draft, seats, said.bookings)
  const drawn = words && !draft.findModel(words) ? drawnFrom(draft, words) : undefined
  if (drawn) return drawn
  if (!thing) return { unresolved: 'It does not say what has the seats, places or copies.' }
  const lent = /^(?:lent|lend|borrow|loan|check|given|give|rent|hire|copies)/i.test(said.verb ?? seats ?? '')
  const named = said.bookings && !/^(?:people|persons|it|they)$/i.test(said.bookings) ? said.bookings : undefined
  const counted =
    (named ? countedFor(draft, named, [thing.words], said.verb) : undefined) ??
    tiedTo(draft, thing, said.verb) ??
    added(draft, thing, said.verb ?? (lent ? 'lend' : 'book'))
  if (!counted) return { unresolved: `It does not say what takes the places of ${thing.words}.` }
  const field =
    (seats && !/^(?:stock|items|pieces|units)$/i.test(seats) ? draft.findField(thing, seats) : undefined) ??
    [
      'seats',
      'capacity',
      'copies',
      'places',
      'spots',
      'max_participants',
      'max_seats',
      'quantity',
      'stock',
      'beds',
      'max_people',
      'size',
      'max_guests',
      'max_players',
      'max_members',
      'number_of_copies',
    ].find((name) => thing.model.fields[name]?.type === 'int') ??
    Object.keys(thing.model.fields).find(
      (name) => /^(?:max_|number_of_)/.test(name) && thing.model.fields[name]!.type === 'int',
    ) ??
    Object.keys(thing.model.fields).find(
      (name) =>
        /(?:^|_)(?:helpers|volunteers|people|persons|participants|members|players|visitors|needed|required|limit|maximum|places|slots)(?:_|$)/.test(
          name,
        ) && thing.model.fields[name]!.type === 'int',
    ) ??
    draft.ensureField(thing, toName([lent ? 'copies' : (seats ?? 'seats')]), {
      type: 'int',
      min: 0,
      ...(said.count ? { default: Number(said.count) } : {}),
    })
  const count = thing.model.fields[field]
  if (count && said.count && count.default === undefined) count.default = Number(said.count)
  const ref = counted.per[0]!
  const hop = beyond(draft, counted, said)
  if (hop)
    return addLimit(draft, hop.counted, {
      max: `this.${hop.counted.per[0]!.replace(/_id$/, '')}.${ref.replace(/_id$/, '')}.${field}`,
      what: plural(hop.counted.model.words),
      open: false,
      told: `${capital(plural(hop.counted.model.words))} of ${withArticle(counted.model.words)} never exceed the ${wordsOf(field)} of its ${thing.words}.`,
    })
  const loans = lent || /loan|lending|checkout/.test(counted.model.key)
  const people = plural(counted.model.words)
  return addLimit(draft, counted, {
    max: `this.${ref.replace(/_id$/, '')}.${field}`,
    what: people,
    open: loans,
    told: loans
      ? `There are never more open ${people} of ${withArticle(thing.words)} than it has ${wordsOf(field)}.`
      : `${capital(people)} of ${withArticle(thing.words)} never exceed its ${wordsOf(field)}.`,
  })
}

const seated = /booking|reservation|registration|enrol|ticket|signup|participa|attend|seat/

/** The seats of a hall are taken by the tickets of a show in it: rows that hang on what hangs on the thing. */
const beyond = (draft: BehaviourDraft, counted: Counted, said: Groups): { counted: Counted } | undefined => {
  const { model } = counted
  if (seated.test(model.key)) return undefined
  const named = said.bookings ? draft.findModel(said.bookings) : undefined
  const children = draft.childrenOf(model)
  const child =
    children.find(({ model: one }) => one.name === named?.name) ??
    children.find(({ model: one }) => seated.test(one.key)) ??
    children.find(({ model: one }) => isPersonNoun(one.key.split('_').at(-1)!) || people.test(one.key))
  return child && { counted: { model: child.model, per: [child.field] } }
}
const people = /(?:ers?|ors?|ists?|ees?|ants?)$/

/** "nobody can withdraw more seeds than there are": what the rows take together, against what there is of it. */
const drawnFrom = (draft: BehaviourDraft, words: string): Outcome | undefined => {
  for (const thing of draft.models()) {
    const field = draft.findField(thing, words)
    if (!field || !/^(?:int|decimal)$/.test(thing.model.fields[field]!.type)) continue
    for (const { model, field: ref } of draft.childrenOf(thing)) {
      const amount =
        draft.findField(model, words) ?? draft.findField(model, 'quantity') ?? draft.findField(model, 'amount')
      if (!amount || !/^(?:int|decimal)$/.test(model.model.fields[amount]!.type)) continue
      const sentence = `The ${wordsOf(amount)} of all ${plural(model.words)} of ${withArticle(thing.words)} are never more than its ${wordsOf(field)}.`
      addRule(model, {
        name: `limit_of_${toName([words])}`,
        message: sentence,
        limit: { per: [ref], max: `this.${ref.replace(/_id$/, '')}.${field}`, sum: amount },
        ...where(standing(model)),
      })
      return { understood: [sentence] }
    }
  }
  return undefined
}

/** The thing that has the field: "no more tickets than seats". */
const holderOf = (
  draft: BehaviourDraft,
  seats: string | undefined,
  bookings: string | undefined,
): ReturnType<BehaviourDraft['findModel']> => {
  const ties = bookings ? draft.findModel(bookings) : undefined
  const has = (one: { model: { fields: object } }): boolean =>
    Object.keys(one.model.fields).some((name) =>
      /^(?:seats|capacity|copies|places|spots|max_\w+|beds|number_of_copies|number_of_seats|quantity)$/.test(name),
    )
  const candidates = draft.models().filter((one) => !ties || draft.refFrom(ties, one) !== undefined)
  return (
    candidates.find((one) => (seats ? draft.findField(one, seats) !== undefined : false)) ??
    candidates.find(has) ??
    draft.it()
  )
}
