import { plural } from '../../language/words.ts'
import { canonical } from '../canonical.ts'
import type { Seen } from './spec.ts'

const see =
  '(?:see|sees|view|views|read|reads|look at|looks at|access|know|knows|get to see|gets to see|be shown|find out|have access to|has access to)'
const write = '(?:change|edit|update|set|write|modify|manage|enter)s?'
const seeing = `(?:${see}(?: and|,? or|/) ?${write}|${write}(?: and|,? or|/) ?${see}|${see})`
const may = '(?:(?:can|may|should|must|shall|will)(?: be able to)? |get to |gets to )?'
const be =
  '(?:is|are|stays?|remains?|(?:must|should|shall|may|can|will|has to|have to|needs to|need to) (?:be|stay|remain))'
const shown =
  '(?:(?:seen|viewed|read)(?: and| or) (?:changed|edited|updated|written|set)|(?:changed|edited|updated)(?: and| or) (?:seen|viewed|read)|visible|seen|shown|viewed|readable|read|accessible|accessed|available|displayed|disclosed|known|viewable)'
const to = '(?:to|by|for)'
const secret =
  '(?:strictly |absolutely |highly |treated as )?(?:confidential|internal|secret|sensitive|for internal use|internal information)'
const nobodyBut = '(?:nobody|no one|no-one|none)(?: else)? (?:but|except(?: for)?|other than|apart from|besides)'
const never =
  '(?:(?:can|may|must|should|shall|will|do|does) ?(?:not|never)(?: be able to| be allowed to| get to)?|never|not)'
const leaving =
  ',? (?:but|except(?: for)?|without|apart from|other than|excluding|save)(?: (?:not|never|can not see|do not see|does not see|not see))?'

type Pattern = readonly [RegExp, (said: readonly string[]) => Seen]

const only = (object: string, words: string, rest: string[] = []): Seen => ({
  object,
  who: { kind: 'only', words },
  rest,
})
const not = (object: string, words: string, rest: string[] = []): Seen => ({
  object,
  who: { kind: 'not', words },
  rest,
})

const also = (object: string, words: string): Seen => ({ object, who: { kind: 'also', words }, rest: [] })

const patternOf = (source: string): RegExp => new RegExp(`^${source}$`, 'iu')

const patterns: readonly Pattern[] = [
  // "Managers see the salary, others do not": of two halves, the second keeps it from somebody.
  [
    patternOf(
      `(.+?) ${may}${see} (.+?),? (?:but |and |while )?(?:(?:the )?others|everyone else|everybody else|nobody else|no one else) ?(?:(?:do|can|may|must|should) ?not|does|do|can)?(?: see (?:it|them))?`,
    ),
    ([, who, object]) => only(object!, who!),
  ],
  [
    patternOf(
      `(.+?) ${may}${see} (.+?),? (?:but |and |while )?([\\p{L}-]+(?: [\\p{L}-]+)?) (?:do|can|may|must|should) ?not(?: see (?:it|them))?`,
    ),
    ([, , object, who]) => not(object!, who!),
  ],
  // "The salary is for managers' eyes only", "access to it is restricted to managers", "it is manager-only".
  [
    patternOf(`(.+?) ${be} (?:only )?for (.+?)(?:['’]s?|s['’])? eyes(?: only)?`),
    ([, object, who]) => only(object!, who!),
  ],
  [
    patternOf(`access to (.+?) ${be} (?:restricted|limited|reserved|only|only given|only granted) (?:to|for) (.+)`),
    ([, object, who]) => only(object!, who!),
  ],
  [patternOf(`(.+?) ${be} ([\\p{L}]+)[- ]only`), ([, object, who]) => only(object!, who!)],
  [
    patternOf(
      `(?:keep|make|leave) (.+?) (?:private|confidential|restricted|limited|(?:only )?${shown}(?: only)?) ${to} (.+?)(?: only)?`,
    ),
    ([, object, who]) => only(object!, who!),
  ],
  [patternOf(`(.+?): (?:only|just) ${shown} ${to} (.+)`), ([, object, who]) => only(object!, who!)],
  [patternOf(`(.+?): ${shown} only ${to} (.+)`), ([, object, who]) => only(object!, who!)],
  // "Employee salaries are confidential: only HR sees them", "the notes are internal and only visible to agents".
  [
    patternOf(
      `(.+?) ${be} (?:${secret}|private|hidden)(?:[:;,]| -)? ?(?:and |so |so that |which means that )?only (.+?) ${may}${seeing} (?:it|them|this|these)`,
    ),
    ([, object, who]) => only(object!, who!),
  ],
  [
    patternOf(`(.+?) ${be} (?:${secret}|private|hidden)(?:[:;,]| -)? ?(?:and |so )?(?:only|just) ${shown} ${to} (.+)`),
    ([, object, who]) => only(object!, who!),
  ],
  // "Only HR sees salaries", "nobody but admins sees the email of a member", "HR alone sees the salary".
  [patternOf(`(?:only|just) (.+?) ${may}${seeing} (.+)`), ([, who, object]) => only(object!, who!)],
  [patternOf(`${nobodyBut} (.+?) ${may}${seeing} (.+)`), ([, who, object]) => only(object!, who!)],
  [patternOf(`(.+?) alone ${may}${seeing} (.+)`), ([, who, object]) => only(object!, who!)],
  // "The purchase price is only visible to managers", "can only be seen by managers", "is for managers only".
  [
    patternOf(`(.+?) ${be} (?:only|just|exclusively|solely) (?:be )?(?:${shown} )?${to} (.+)`),
    ([, object, who]) => only(object!, who!),
  ],
  [
    patternOf(`(.+?) (?:can|may|must|should|shall) (?:only|just) be ${shown} ${to} (.+)`),
    ([, object, who]) => only(object!, who!),
  ],
  [patternOf(`(.+?) ${be} ${shown} (?:only|exclusively|solely) ${to} (.+)`), ([, object, who]) => only(object!, who!)],
  [patternOf(`(.+?) ${be} (?:${shown} )?${to} (.+?) (?:only|alone)`), ([, object, who]) => only(object!, who!)],
  [
    patternOf(`(.+?) ${be} (?:private|restricted|limited|confidential) to (.+)`),
    ([, object, who]) => only(object!, who!),
  ],
  [patternOf(`(?:show|display) (.+?) only to (.+)`), ([, object, who]) => only(object!, who!)],
  [
    patternOf(
      `(.+?) ${be} (?:hidden|kept hidden|kept secret|kept|concealed) from (?:everyone|everybody|all|anyone|anybody)(?: else)? (?:but|except(?: for)?|other than|apart from) (.+)`,
    ),
    ([, object, who]) => only(object!, who!),
  ],
  [
    patternOf(
      `(?:hide|conceal|keep) (.+?)(?: hidden| secret| away)? from (?:everyone|everybody|all|anyone|anybody)(?: else)? (?:but|except(?: for)?|other than|apart from) (.+)`,
    ),
    ([, object, who]) => only(object!, who!),
  ],
  // "Hide the note from customers", "notes are hidden from customers", "are not visible to customers".
  [
    patternOf(`(?:hide|conceal|keep|redact|mask|withhold) (.+?)(?: hidden| secret| away)? (?:from|for) (.+)`),
    ([, object, who]) => not(object!, who!),
  ],
  [
    patternOf(
      `(.+?) ${be} (?:always )?(?:hidden|kept hidden|kept secret|kept|kept away|concealed|invisible|withheld) (?:from|to|for) (.+)`,
    ),
    ([, object, who]) => not(object!, who!),
  ],
  [
    patternOf(
      `(.+?) (?:(?:is|are) (?:not|never)|(?:must|should|shall|may|can|will) (?:not|never) be) (?:made |to be )?${shown} ${to} (.+)`,
    ),
    ([, object, who]) => not(object!, who!),
  ],
  [
    patternOf(`(?:do not|never) (?:show|display|reveal|disclose) (.+?) to (.+)`),
    ([, object, who]) => not(object!, who!),
  ],
  // "Customers see their own tickets but not the internal note", "X can see everything but the Y".
  [
    patternOf(
      `(.+?) ${may}${see} (?:everything|all) (?:about|of|on|in) (?:an? |the |all |all the |each |every )?(.+?)${leaving} (.+)`,
    ),
    ([, who, things, object]) => not(object!, who!, [`${who} can see all ${plural(things!)}`]),
  ],
  [
    patternOf(`(.+?) (${may}${see} (?:everything|all|it all|all of it))${leaving} (.+)`),
    ([, who, kept, object]) => not(object!, who!, [`${who} ${kept}`]),
  ],
  [
    patternOf(
      `(.+?) (${may}${see} .+?)${leaving} ((?:the |their |its |his |her |any |all |each other['’]s |one another['’]s ).+)`,
    ),
    ([, who, kept, object]) => not(object!, who!, [`${who} ${kept}`]),
  ],
  // "Customers do not see the internal note", "no customer sees it", "members can not see each other's phone number".
  [patternOf(`no (.+?) (?:can |may |should |must )?(?:ever )?${see} (.+)`), ([, who, object]) => not(object!, who!)],
  [patternOf(`(.+?) ${never} (?:ever )?${see} (.+)`), ([, who, object]) => not(object!, who!)],
  [patternOf(`(?:do )?(?:not|never) (?:let|allow) (.+?) (?:to )?${see} (.+)`), ([, who, object]) => not(object!, who!)],
  // "Managers may see the salary": of what is kept from them so far.
  [patternOf('(?:show|display) (.+?) to (.+)'), ([, object, who]) => also(object!, who!)],
  [patternOf(`(?:let|allow) (.+?) (?:to )?(?:also )?${seeing} (.+)`), ([, who, object]) => also(object!, who!)],
  [
    patternOf(`(.+?) (?:(?:can|may|should) (?:be able to )?)(?:also )?${seeing} (.+)`),
    ([, who, object]) => also(object!, who!),
  ],
  [patternOf(`(.+?) also ${seeing} (.+)`), ([, who, object]) => also(object!, who!)],
  [
    patternOf(`(.+?) ${be} ${secret}(?: only)?`),
    ([, object]) => ({ object: object!, who: { kind: 'confidential' }, rest: [] }),
  ],
  [
    patternOf(`(?:treat|keep|mark|consider|handle) (.+?) (?:as )?${secret}`),
    ([, object]) => ({ object: object!, who: { kind: 'confidential' }, rest: [] }),
  ],
  [patternOf('(?:hide|conceal) (.+)'), ([, object]) => ({ object: object!, who: { kind: 'confidential' }, rest: [] })],
  [
    patternOf(`(.+?) ${be} (?:kept )?private`),
    ([, object]) => ({ object: object!, who: { kind: 'private' }, rest: [] }),
  ],
]

const tooLong = 160
/** What names a field says neither what somebody does nor when. */
const goesOn =
  /\b(?:can|cannot|may|must|should|shall|will|is|are|has|have|see|sees|only|not|never|but|except|when|whenever|if|until|unless|while|after|before|once|during|as soon as|as long as|where|who|which|that|because|so)\b/i
const isBrief = (words: string): boolean =>
  words.split(' ').length <= 7 && !goesOn.test(words.replace(/^whoever .+$/i, ''))

/** Returns what a sentence says of who sees some field, as far as words tell; undefined where it is no such sentence. */
export const seenIn = (said: string): Seen | undefined => {
  if (said.length > tooLong || /\bread[- ]only\b/i.test(said)) return undefined
  const text = canonical(said.replace(/^(?:and|but|also|however|yet),? /i, ''))
    .replace(/^nobody can (?=(?:but|except|other|apart|besides)\b)/i, 'nobody ')
    .replace(/\s+(?:any ?more|at all|either|though|please)$/i, '')
  for (const [pattern, make] of patterns) {
    const found = pattern.exec(text)
    const seen = found && make([...found])
    if (seen && !goesOn.test(seen.object) && ('words' in seen.who ? isBrief(seen.who.words) : true)) return seen
  }
  return undefined
}
