import { baseVerb } from '../../lexicon/verbs.ts'
import { canonical } from '../canonical.ts'
import { type Groups, matching, pattern } from '../phrases.ts'
import { type Length, lengthIn, lengthWords } from './length.ts'

/**
 * How long something goes on, or when it is due. `exact`: from its start on; `most` and `least`: between a start and an end
 * that are both given; `due`: so long after it is made; `valid` and `open`: until when it is.
 */
export type Stay = {
  how: 'exact' | 'range' | 'due' | 'valid' | 'open'
  exact?: Length
  least?: Length
  most?: Length
  /** The rows themselves, in words: "reservations". */
  things?: string | undefined
  /** What is done with what, where the rows have no name: borrow, a book. */
  verb?: string | undefined
  object?: string | undefined
  /** What it counts from: "the invoice date". */
  from?: string | undefined
  /** What the sentence says besides. */
  rest: string[]
}

const len = (name: string): string => `(?<${name}>${lengthWords})`
const deed =
  '(?<verb>borrow|lend|rent|hire|book|reserve|lease|check out|take out|take|keep|have|use|hold|stay in)s?(?: out)?'
const done =
  '(?<verb>borrowed|lent|loaned|rented|hired|booked|reserved|leased|checked out|taken out|kept|used|held|let)(?: out)?'
const most =
  '(?<most>up to|at most|at the most|no more than|not more than|no longer than|not longer than|a maximum of|max\\.?(?: of)?|maximum|a period of up to)'
const least = '(?<least>at least|a minimum of|no less than|not less than|no shorter than|min\\.?(?: of)?|minimum)'
const once =
  '(?: at a time| in one go| at once| in a row| on end| each| each time| per booking| long| at most| max(?:imum)?)?'
const may = '(?:can|may|could|should|must|will)(?: only)?'
const only = '(?: only| always| each| usually| just| exactly)?'
const from =
  '(?: (?:after|of|from|following) (?:the (?:day|date|moment) (?:of|it|they) ?)?(?:the |its |their |being )?(?<from>(?!.*\\b(?:before|unless)\\b)[\\p{L}]+(?: [\\p{L}]+){0,3}))?'
const period = '(?:period|time|term|duration|length)'
const thing = '(?:the |an? |all |each |every |any |our |one )?{things}'

const kinds: readonly (readonly [Stay['how'], RegExp[]])[] = [
  [
    'due',
    [
      `${thing} (?:is|are|becomes?|falls?|comes?)(?: always)? (?:due|payable)(?: for (?:return|payment))?(?: back)? (?:within|after|in) ${len('exact')}${from}`,
      `${thing} (?:is|are|becomes?|falls?)(?: always)? (?:due|payable)(?: back)? ${len('exact')} (?:after|from) (?:the |its |their )?(?<from>[\\p{L}]+(?: [\\p{L}]+){0,3})`,
      `${thing} (?:must|have to|has to|should|need to|needs to|will|are to|is to) be (?:(?<verb>returned|brought back|given back|handed back|back)|paid|settled|paid back|repaid|finished|completed|done|answered|delivered|processed|handled)(?: again| back| in full)? (?:within|after|in|no later than|not later than|at the latest after) ${len('exact')}${from}`,
      `(?:{who} )?(?:must|have to|has to|should|need to|needs to|can|may) (?:(?<verb>return|bring back|give back|hand back|bring|give)|pay|pay back|settle) (?:the |an? |their |it|all |every |each )*{object}?(?: back)? ?(?:within|after|in|no later than) ${len('exact')}${from}`,
    ].map(pattern),
  ],
  [
    'valid',
    [
      pattern(
        `${thing} (?:is|are|stays?|remains?|will be)(?: always)? (?:valid|good|usable) for ${len('exact')}${from}`,
      ),
    ],
  ],
  ['open', [pattern(`${thing} (?:is|are|stays?|remains?|runs?|will be)(?: always)? open for ${len('exact')}${from}`)]],
  [
    'range',
    [
      `${thing} (?:(?:must|has to|have to|can|may|should|will)(?: only)? )?(?:be|is|are|lasts?|takes?|runs?|go(?:es)? on)(?: for)? (?:always )?(?:between|from) ${len('least1')} (?:and|to) ${len('most1')}(?: long| in length)?`,
      `${thing} (?:(?:must|has to|have to|can|may|should|will)(?: only)? )?(?:be|is|are|lasts?|takes?|runs?|go(?:es)? on)(?: for)? ${least} ${len('least1')}(?: long)?,? (?:and|but|or) (?:(?:can|may|must|should) )?(?:(?:be|last|lasts|take) )?(?:for )?${most} ${len('most1')}(?: long| in length)?`,
      `${thing} (?:(?:must|has to|have to|can|may|should|will)(?: only)? )?(?:be|is|are|lasts?|takes?|runs?|go(?:es)? on)(?: for)? ${most} ${len('most1')}(?: long| in length)?`,
      `${thing} (?:(?:must|has to|have to|can|may|should|will)(?: only)? )?(?:be|is|are|lasts?|takes?|runs?|go(?:es)? on)(?: for)? ${least} ${len('least1')}(?: long| in length)?`,
      `{who} (?:${may} )?${deed} (?:an? |the |any |one )*{object:5} for (?:between )?${len('least1')} (?:to|and|up to) ${len('most1')}${once}`,
      `${thing} <cannot> (?:be|last|take|run|go on)(?: for)? (?:longer than|more than|over) ${len('most1')}(?: long)?`,
      `${thing} <cannot> (?:be|last|take|run|go on)(?: for)? (?:shorter than|less than|under) ${len('least1')}(?: long)?`,
      `(?:nobody can|(?:{who} )<cannot>) ${deed}(?: (?:an? |the |any |one |more )*{object})?(?: for)? (?:more than|longer than|over) ${len('most1')}${once}`,
      `(?:nobody can|(?:{who} )<cannot>) ${deed}(?: (?:an? |the |any |one |more )*{object})?(?: for)? (?:less than|shorter than|under) ${len('least1')}${once}`,
      `{who} ${may} ${deed}(?: (?:an? |the |any |one )*{object})?(?: for)? ${most} ${len('most1')}${once}`,
      `{who} ${may} ${deed}(?: (?:an? |the |any |one )*{object})?(?: for)? ${least} ${len('least1')}${once}`,
      `${thing} <cannot> be ${done} (?:for )?(?:more than|longer than|over) ${len('most1')}${once}`,
      `(?:the )?(?:maximum|max|longest)(?: allowed| possible)? (?:${period} (?:of|for) ${thing}|{things:2} ${period}|{things:2}) (?:is|lasts) ${len('most1')}`,
      `(?:the )?(?:minimum|min|shortest)(?: allowed| possible)? (?:${period} (?:of|for) ${thing}|{things:2} ${period}|{things:2}) (?:is|lasts) ${len('least1')}`,
    ].map(pattern),
  ],
  [
    'exact',
    [
      `(?:the |our )?(?:{things:2} ${period}|${period} (?:of|for) ${thing}) (?:is|lasts)${only} ${len('exact')}`,
      `{who} (?:${may} )?${deed} (?:an? |the |any |one |their |his |her )*{object:5}${only} for (?:${most} |${least} |exactly )?${len('exact')}${once}`,
      `${thing} (?:${may} be|is|are|gets?)${only} ${done}(?: by {who})?${only} for (?:${most} |${least} |exactly )?${len('exact')}${once}`,
      `${thing} (?:is|are)${only} for ${len('exact')}${once}`,
      `${thing} (?:always |usually )?(?:lasts?|takes?|goes on|go on|runs?)${only}(?: for)?${only} ${len('exact')}${once}`,
      `${thing} (?:(?:must|should|has to|have to|will) (?:always )?(?:be|last)|is|are)${only} ${len('exact')}(?: long| in length| each)?`,
    ].map(pattern),
  ],
]

const words = new RegExp(lengthWords, 'i')
const told = new RegExp(
  ` (?:each |always |only |just |usually )?for (?:up to |at most |at least |exactly |no more than |no longer than |a maximum of |max\\.? |a minimum of |between )?${lengthWords}(?: (?:to|and|up to) ${lengthWords})?(?: [\\p{L} ]+)?$`,
  'iu',
)

/** Reads how long something lasts or when it is due: "members borrow a book for 14 days", "lessons last an hour". */
export const readStaySpec = (sentence: string): Stay | undefined => {
  if (!words.test(sentence)) return undefined
  const text = canonical(sentence)
  for (const [how, patterns] of kinds) {
    const said = matching(patterns, text)?.groups
    if (!said) continue
    const stay = specOf(how, said, sentence)
    if (stay) return stay
  }
  return undefined
}

const specOf = (how: Stay['how'], said: Groups, sentence: string): Stay | undefined => {
  const part = (name: string): Length | undefined => (said[name] ? lengthIn(said[name]!) : undefined)
  const plain = part('exact')
  const range =
    how === 'range'
      ? { least: part('least1'), most: part('most1') }
      : said.most
        ? { most: plain }
        : said.least
          ? { least: plain }
          : undefined
  if (!plain && !range?.least && !range?.most) return undefined
  const active = said.verb !== undefined && (said.who !== undefined || /\b(?:can|may) be\b/i.test(sentence))
  const turned = said.things !== undefined && said.who !== undefined && said.verb !== undefined
  const rest = turned
    ? [`${said.who} can ${baseVerb(said.verb!.toLowerCase())} ${said.things}`]
    : active && told.test(sentence)
      ? [sentence.replace(told, '')]
      : []
  return {
    how: range && how === 'exact' ? 'range' : how,
    ...(range
      ? { ...(range.least ? { least: range.least } : {}), ...(range.most ? { most: range.most } : {}) }
      : { exact: plain! }),
    things: said.things,
    verb: said.verb,
    object: said.object,
    from: said.from,
    // "Nobody can book for more than three hours" says nothing besides.
    rest: /\b(?:nobody|no one|not|never|cannot|can't)\b/i.test(sentence) ? [] : rest,
  }
}
