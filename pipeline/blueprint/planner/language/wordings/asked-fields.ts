import type { Wording } from '../makings.ts'
import { isPeople } from '../turns/words.ts'
import { pluralPhrase, sentence, singularPhrase, withArticle } from '../words.ts'

const end =
  'with|for|to|of|on|about|in|at|from|by|and|or|that|which|who|per|each|every|as|into|when|whether|after|before'
const noun = `(?!(?:${end}|it|them)\\b)[\\p{L}-]+(?: (?!(?:${end})\\b)[\\p{L}-]+){0,2}?`
const who = '((?:the |all |our )?[\\p{L}-]+(?: (?!(?:can|may|must|should|also|need)\\b)[\\p{L}-]+)?)'
const may = '(?:can|may|could|should|must|should be able to|are able to|want to|would like to|need to|have to)'
const each = '(?:each|every|all(?: the)?|any|the|an?)'
const writing = '(?:note|write down|enter|record|keep|store|put|put down|save|log|mark|add|set)'
const file = 'photo|picture|image|document|scan|receipt|drawing|video|certificate|plan|sketch'

const ownList =
  '(?: (?:in|on) (?:their|its|an?) (?:own |separate )?(?:list|table|register|place|section)| separately| on their own| by themselves)'

const peopleIn = (who: string): string => who.replace(/^(?:the|all|our) /i, '').toLowerCase()

/** A field that somebody asks for in a roundabout way, as what the thing has. */
export const askedFields: readonly Wording[] = [
  // "vehicles should be kept in their own list with a plate number"
  [
    new RegExp(
      `^(?:the |all |our )?(${noun}) (?:should|must|can|could|need to|have to|shall) (?:also )?(?:be|get) (?:kept|stored|listed|tracked|managed|recorded|registered|saved|entered|put|moved)${ownList}?,? with (?:their |the |an? )?(?!accounts?\\b|log-?in)([\\p{L}].*)$`,
      'iu',
    ),
    (_, things, fields) =>
      `${sentence(pluralPhrase(things!))} have ${withArticle(fields!.replace(/^(?:an?|the|their) /i, ''))}`,
  ],
  // "add a list of spare parts with a price": what is listed is called something
  [
    new RegExp(
      `^(?:please )?(?:add|create|make|we (?:also )?(?:need|want)|i (?:also )?(?:need|want)) (?:us )?(?:an? |the )?(?:list|register|directory|inventory|catalogue|overview) of (?:all |our |the )*(${noun}),? (?:each )?with ((?:an? |the |their )?[\\p{L}].*)$`,
      'iu',
    ),
    (_, things, fields) =>
      `Add ${pluralPhrase(things!)} with ${/\b(?:name|title|label|number|code)\b(?! of\b)/i.test(fields!.replace(/phone number|number of/gi, '')) ? '' : 'a name, '}${fields!.replace(/\btheir\b/gi, 'a').replace(/\bwhat they (sell|make|offer|do|charge|eat|like|need)\b/gi, 'what they $1')}`,
  ],
  // "we keep parcels with a size"
  [
    /^(?:we|i) (?:also )?keep (?:our |the )?(?!track\b|records?\b|lists?\b)([\p{L}-]+s) with ((?!accounts?\b)[\p{L}].*)$/iu,
    (_, things, fields) => `${sentence(things!)} have ${withArticle(fields!.replace(/^(?:an?|the|their) /i, ''))}`,
  ],
  // "we need a place to note allergies of the guests for each wedding"
  [
    new RegExp(
      `^(?:we|i|they|${who}) (?:also |still )?(?:need|want|would like|needs|wants) (?:an? |some )?(?:place|field|space|room|way|spot|box|column|possibility) (?:to|where (?:we|i|they|you) can) ${writing} (?:down )?(?:the |any |their )?(${noun})(?: of (?:the|our|their|its|all) (${noun}))?(?: (?:for|of|on|to|with|about|at|per|in) ${each} (${noun}))$`,
      'iu',
    ),
    (_, __, what, of, thing) =>
      `Each ${singularPhrase(thing!)} has optional ${of ? `${singularPhrase(of)} ` : ''}${what!.toLowerCase()}`,
  ],
  // "trainers also need a phone number for every climber"
  [
    new RegExp(
      `^(?:${who}|we|i) (?:also |still )?(?:need|want|require|would like)s?(?: to (?:have|know|see|keep|store|record))? ((?:an?|the) ${noun}) (?:for|of|from|on) (?:each|every|all(?: the)?) (${noun})$`,
      'iu',
    ),
    (said, _, field, thing) =>
      /\b(?:number of (?!house|phone)|total|sum|average|list|report|overview|reminder|count|bill|invoice|account|login)\b/i.test(
        field!,
      )
        ? said!
        : `Each ${singularPhrase(thing!)} has ${withArticle(field!.replace(/^(?:an?|the) /i, ''))}`,
  ],
  // "climbers should be able to leave a rating from 1 to 5 after the course"
  [
    new RegExp(
      `^${who} ${may} (?:also )?(?:leave|give|write|add|submit) (?:an? |their )?(?:rating|score|mark) ((?:from |of |between )?\\d+ (?:to|and|-) \\d+|) ?(?:after|for|of|on|to|about) (?:the |an? |each |every |their )?(${noun})$`,
      'iu',
    ),
    (said, people, range, thing) =>
      isPeople(people!)
        ? `${sentence(people!)} can rate ${pluralPhrase(thing!)}${range ? ` ${range.replace(/^(?:of|between) |^(?=\d)/i, 'from ').replace(/ and | - /, ' to ')}` : ''}`
        : said!,
  ],
  // "members can add a photo to tools"
  [
    new RegExp(
      `^${who} ${may} (?:also )?(?:add|attach|put) (an?|some|several|their) ((?:[\\p{L}-]+ )?(?:${file})s?) (?:to|for|on) (?:the |an? |each |every |their |our |all )*(${noun})$`,
      'iu',
    ),
    (said, people, _, what, thing) =>
      isPeople(people!) && !isPeople(thing!)
        ? `${sentence(people!)} attach ${withArticle(singularPhrase(what!))} to each ${singularPhrase(thing!)}`
        : said!,
  ],
  // "instructors can note for each guest whether they passed"
  [
    new RegExp(
      `^${who} ${may} (?:also )?${writing} (?:down )?(?:for|of|on|with|at) (?:each|every) (${noun}) (whether|if) (?:they|he or she|it|he|she) (.+)$`,
      'iu',
    ),
    (said, people, thing, _, what) =>
      isPeople(people!)
        ? `Each ${singularPhrase(thing!)} has whether they ${what} || ${isPeople(thing!) && /^[\p{L}]+$/u.test(what!) ? `Only ${peopleIn(people!)} can set ${what}` : `${sentence(people!)} can update ${pluralPhrase(thing!)}`}`
        : said!,
  ],
  [
    new RegExp(
      `^${who} ${may} (?:also )?${writing} (?:down )?(?:for|of|on|with|at) (?:each|every) (${noun}) ((?:an?|the) .+|what .+|how .+|which .+)$`,
      'iu',
    ),
    (said, people, thing, what) =>
      isPeople(people!) && !isPeople(thing!)
        ? `Each ${singularPhrase(thing!)} has an optional ${/^(?:what|how) (?:they|he|she|we|you|was|it)\b/i.test(what!) ? 'note' : what!.replace(/^(?:an?|the) /i, '')} || ${sentence(people!)} can update ${pluralPhrase(thing!)}`
        : said!,
  ],
]
