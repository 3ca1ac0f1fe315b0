import { baseVerb } from '../../lexicon/verbs.ts'
import { type Groups, matching, pattern } from '../phrases.ts'
import { durationPattern } from '../terms/durations.ts'
import type { Allowed, Deed, Terms } from './spec.ts'

const particle = '(?: (?:in|for|to|on|at|up for|into|from|out|back|away|about|off|onto))?'
const verb = `(?<verb>(?!be\\b|have\\b|see\\b|read\\b|view\\b|only\\b|get\\b)[\\p{L}]+?${particle})`
const object = '(?: (?:an? |the |any |their |his |her |its |his or her |your |new |another |one of the )*{thing})?'
const word =
  '(?:only )?(?<word>while|as long as|so long as|only if|if|when|whenever|provided that|provided|until|till|before|after|once|as soon as|unless|except when|except if)'
const notAnyMore = '(?: any ?more| any longer| again)?'
const clause = '(?<clause>[\\p{L}\\d].{2,80})'

const active: readonly RegExp[] = [
  `(?:an? |the |all |our )?{who:3} (?:<can>|(?<not><cannot>|can no longer|may no longer)) (?:only |just |still )?${verb}${object}${notAnyMore},? ${word} ${clause}`,
  `(?<not>nobody can) ${verb}${object}${notAnyMore},? ${word} ${clause}`,
].map(pattern)
const passive: readonly RegExp[] = [
  `(?:an? |the |all |any |each |every )?{thing} (?:<can>|(?<not><cannot>|can no longer|may no longer)) (?:only |still )?be (?<verb>[\\p{L}]+${particle})${notAnyMore},? ${word} ${clause}`,
  `(?:new )?{thing} (?:are|is) (?:only |(?<not>not |no longer ))?(?<verb>possible|allowed|accepted|taken|permitted),? ${word} ${clause}`,
  `(?:an? |the |all |any )?{thing} (?:<can>|(?<not><cannot>)) (?:only )?be (?<verb>made|submitted|placed|created|given|left|written|sent|handed in|uploaded),? ${word} ${clause}`,
].map(pattern)
const bare: readonly RegExp[] = [
  `(?:the |all |our )?{who:2} (?!is |are )${verb} (?:an? |the |any |their |his |her |its )*{thing} (?:only )?(?<word>before|until|as long as|no later than) (?<clause>(?:the|its|their|it|they) .{2,60})`,
].map(pattern)
/** "A car with less than 20 percent battery cannot be reserved". */
const measured: readonly RegExp[] = [
  `(?:an? |the |any |all )?{thing:2} (?:with|that has|that have|having) (?<state>(?:less|more|fewer|at least|at most|under|over|below|above) .{2,40}?) (?<not><cannot>|can no longer) be (?<verb>[\\p{L}]+)`,
  `(?<not>nobody can) ${verb} (?:an? |the |any )?{thing:2} (?:with|that has|that have|having) (?<state>(?:less|more|fewer|at least|at most|under|over|below|above) .{2,40})`,
].map(pattern)
/** "In a locked topic nobody can post", "no bids on closed auctions". */
const placed: readonly RegExp[] = [
  `(?:in|on|for|to|at) (?:an? |the )?(?<state>[\\p{L}-]+) (?<place>[\\p{L}-]+(?: [\\p{L}-]+)?),? (?<not>nobody can) ${verb}${object}${notAnyMore}`,
  `(?:an? |the |any |new )?{thing:2} (?<not><cannot>|can no longer) be (?<verb>added|made|written|posted|submitted|placed|created|attached|left|given|sent)(?: any more| any longer)? (?:in|on|to|for|at|about) (?:an? |the |any )?(?<state>[\\p{L}-]+(?:ed|en|ive|sed|ted)) (?<place>[\\p{L}-]+(?: [\\p{L}-]+)?)${notAnyMore}`,
  `nobody can ${verb}(?: {thing:2})? (?:in|on|to|for|at) (?:an? |the |any )?(?<state>[\\p{L}-]+(?:ed|en|ive|ed|sed|ted)) (?<place>[\\p{L}-]+(?: [\\p{L}-]+)?)${notAnyMore}`,
].map(pattern)
const since: readonly RegExp[] = [
  `(?:an? |the |all |any |each )?{thing} <can> (?:only |still )?be (?<verb>[\\p{L}]+)(?: only)? (?:for|within|up to|in|during)(?: the first)? (?<length>${durationPattern})(?: (?:of|after|from|since) (?<from>.{2,40}))?`,
  `(?:an? |the |all )?{who:3} <can> (?:only |still )?${verb}${object}(?: only)? (?:for|within|up to|in|during)(?: the first)? (?<length>${durationPattern})(?: (?:of|after|from|since) (?<from>.{2,40})|)`,
].map(pattern)
const lead =
  '(?<lead>until|up to|at most|no more than|no later than|not later than|at least|at the latest|only|more than)'
const far = '(?:before|(?<far>ahead|in advance)|prior to)'
const late = '(?:less than|later than|within(?: the last)?|in the last|during the last)'
const nearTo = `(?:${far}|of(?= )|to(?= the))`
const ahead: readonly RegExp[] = [
  `(?:an? |the |all |any |each )?{thing} <can> (?:only |still )?be (?<verb>[\\p{L}]+),? (?:but )?(?:only )?${lead} (?<length>${durationPattern}) ${far}(?: (?:of )?(?<event>.{2,40}))?`,
  `(?:an? |the |all )?{who:3} <can> (?:only |still )?${verb}${object},? (?:but )?(?:only )?${lead} (?<length>${durationPattern}) ${far}(?: (?:of )?(?<event>.{2,40}))?`,
  `(?:an? |the |all |any |each )?{thing} (?<late><cannot>|can no longer|may no longer) be (?<verb>[\\p{L}]+)(?: any ?more)? ${late} (?<length>${durationPattern}) ${nearTo}(?: (?:of )?(?<event>.{2,40}))?`,
  `(?:an? |the |all )?{who:3} (?<late><cannot>|can no longer|may no longer) ${verb}${object}(?: any ?more)? ${late} (?<length>${durationPattern}) ${nearTo}(?: (?:of )?(?<event>.{2,40}))?`,
  `(?:an? |the |all )?(?<late>nobody can) ${verb}${object}(?: any ?more)? ${late} (?<length>${durationPattern}) ${nearTo}(?: (?:of )?(?<event>.{2,40}))?`,
  `(?:new )?{thing} (?:(?:are|is) )?(?:only )?(?<verb>possible|allowed|accepted|taken|permitted|only),? (?:only )?(?:until|up to|no later than|not later than|at the latest) (?<length>${durationPattern}) before (?<event>.{2,40})`,
].map(pattern)
const hour = "(?<hour>\\d{1,2}(?::00)? ?(?:am|pm|o'clock|h|a\\.m\\.|p\\.m\\.)|\\d{1,2}:00|noon|midday|midnight)"
const ofDay =
  '(?: (?:of |on )?(?:(?<before>the (?:day before|previous day))|(?:the|that|the same) day(?: itself| it is for)?))?'
const clock: readonly RegExp[] = [
  `(?:an? |the |all )?{who:3} <can> (?:only |just )?${verb}${object}(?: only)? (?<when>until|till|before|after|from) ${hour}(?: on)?(?<day>${ofDay})`,
  `(?:an? |the |all |any )?{thing} <can> (?:only )?be (?<verb>[\\p{L}]+)(?: only)? (?<when>until|till|before|after|from) ${hour}(?: on)?(?<day>${ofDay})`,
  `(?:new )?{thing} (?:are|is) (?:only )?(?<verb>possible|allowed|accepted|taken|permitted)(?: only)? (?<when>until|till|before) ${hour}(?<day>${ofDay})`,
  `(?:the |all |our )?{who:2} ${verb} (?:an? |the |their )?{thing:2}(?: (?:for|on) (?:an?|the) (?:day|date))? (?:only )?(?<when>until|till|before) ${hour}(?<day>${ofDay})`,
].map(pattern)
const own: readonly RegExp[] = [
  `(?:an? |the |all )?{who:3} (?:<cannot>) ${verb} (?:an? |any |one of )?(?:their|his|her|its|his or her|one's|your) own (?<thing>[\\p{L}-]+(?: [\\p{L}-]+)?)`,
  `nobody can ${verb} (?:an? |any |one of )?(?:their|his|her|his or her|one's) own (?<thing>[\\p{L}-]+(?: [\\p{L}-]+)?)`,
].map(pattern)

/** Reads that something may be done only on some terms; undefined for other sentences. `text` is canonical. */
export const readTerms = (text: string): Allowed | undefined => {
  const turned = text.replace(
    /^((?:only )?(?:while|as long as|once|after|when|whenever|if|before|until|as soon as) [^,]{4,60}), (.+)$/i,
    (whole, condition: string, rest: string) =>
      /\b(?:can|may|nobody|is allowed|are allowed)\b/i.test(rest) ? `${rest} ${condition}` : whole,
  )
  const at = matching(placed, turned)?.groups
  if (at)
    return {
      deed: deedOf(at),
      terms: { kind: 'while', holds: false, clause: `the ${at.place} is ${at.state}`, word: 'while' },
    }
  const much = matching(measured, turned)?.groups
  if (much)
    return {
      deed: deedOf(much),
      terms: { kind: 'while', holds: false, clause: `the ${much.thing} has ${much.state}`, word: 'while' },
    }
  const self = matching(own, turned)?.groups
  if (self) return { deed: deedOf(self), terms: { kind: 'notOwn' } }
  const day = matching(clock, turned)?.groups
  if (day) {
    const terms = clockOf(day)
    return terms && { deed: deedOf(day), terms }
  }
  const early = matching(ahead, turned)?.groups
  if (early) return { deed: deedOf(early), terms: aheadOf(early) }
  const young = matching(since, turned)?.groups
  if (young)
    return {
      deed: deedOf(young),
      terms: { kind: 'since', length: young.length!, ...(young.from ? { from: young.from } : {}) },
    }
  const found = (matching(active, turned) ?? matching(passive, turned) ?? matching(bare, turned))?.groups
  if (!found) return undefined
  const until = /^(?:until|till|before|unless|except)/i.test(found.word!)
  return {
    deed: deedOf(found),
    terms: {
      kind: 'while',
      holds: until === (found.not !== undefined),
      clause: found.clause!,
      word: found.word!.toLowerCase(),
    },
  }
}

/** "Up to 14 days ahead" is no earlier than that, "up to 2 hours before it starts" no later. */
const aheadOf = ({ length, event, lead: said, far: ahead }: Groups): Terms => ({
  kind: 'ahead',
  length: length!,
  event: event ?? 'it starts',
  ...(ahead && /^(?:up to|at most|no more than)$/i.test(said ?? '') ? { most: true } : {}),
})

const participles: Readonly<Record<string, string>> = {
  possible: 'make',
  only: 'make',
  allowed: 'make',
  accepted: 'make',
  permitted: 'make',
  taken: 'take',
  given: 'give',
  done: 'finish',
  written: 'write',
  sent: 'send',
  left: 'leave',
  withdrawn: 'withdraw',
}

const deedOf = (said: Groups): Deed => {
  const [first = '', ...rest] = said.verb!.toLowerCase().split(' ')
  return { who: said.who, verb: [participles[first] ?? baseVerb(first), ...rest].join(' '), thing: said.thing }
}

const clockOf = ({ hour: said, when, day, before }: Groups): Terms | undefined => {
  const named = { noon: 12, midday: 12, midnight: 24 }[said!.toLowerCase()]
  const number = Number(/^\d+/.exec(said!)?.[0])
  const half = /p\.?m/i.test(said!) && number < 12 ? 12 : 0
  const at = named ?? number + half
  return at >= 0 && at <= 24
    ? {
        kind: 'clock',
        before: !/^(?:after|from)$/i.test(when!),
        hour: at,
        said: said!,
        ...(day ? { of: before ? ('before' as const) : ('same' as const) } : {}),
      }
    : undefined
}
