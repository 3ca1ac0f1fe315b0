import type { Wording } from '../makings.ts'
import { isPeople } from '../turns/words.ts'
import { pluralPhrase, sentence, singularPhrase, withArticle } from '../words.ts'

const article = /^(?:all|the|every|each|an?|our) /i
const subject =
  '((?:(?:all|the|every|each|an?|our) )?(?:(?!(?:can|may|must)\\b)[\\p{L}-]+ )?(?!(?:can|may|must)\\b)[\\p{L}-]+)'
const atMost = '(?:up to|at most|no more than|not more than|a maximum of|max(?:imum)?\\.?)'
const number = '([\\p{L}]+|\\d+)'
const pictures = 'photos|pictures|images|photographs|screenshots|documents|files|attachments|videos|scans|drawings'

/** "Up to five photos": rows of their own with a file, and so many. */
const filesOf = (whole: string, files: string, count: string): string => {
  const one = singularPhrase(files)
  const owner = withArticle(singularPhrase(whole.replace(article, '')))
  const file = /^(?:photo|picture|image|photograph|screenshot)$/.test(one) ? 'an image file' : 'a file'
  return `Each ${one} belongs to ${owner} and has ${file} || At most ${count} ${files.toLowerCase()} per ${owner.replace(/^an? /, '')}`
}

/** What a thing has several of, which are rows of their own. */
export const parts: readonly Wording[] = [
  // "listings have a title, a price and up to five photos"
  [
    new RegExp(
      `^${subject} ((?:can |may )?(?:has|have)) (.+?)(?:,? and|,) (?:optionally )?${atMost} ${number} (${pictures})(?: each)?((?:, | and |, and ).+)?$`,
      'iu',
    ),
    (_, whole, has, before, count, files, after) =>
      `${whole} ${has} ${before}${after ? after.replace(/^, (?!and )/, ', ') : ''} || ${filesOf(whole!, files!, count!)}`,
  ],
  [
    new RegExp(
      `^${subject} (?:can |may |should )?(?:has|have|holds?|includes?) (?:optionally )?${atMost} ${number} (${pictures})(?: each)?((?:, | and |, and ).+)?$`,
      'iu',
    ),
    (_, whole, count, files, after) =>
      `${after ? `${whole} ${article.test(whole!) ? 'has' : 'have'} ${after.replace(/^(?:, and |, | and )/, '')} || ` : ''}${filesOf(whole!, files!, count!)}`,
  ],
  // "up to three documents can be attached to a claim"
  [
    new RegExp(
      `^${atMost} ${number} (${pictures}) (?:can|may) be (?:added|attached|uploaded) (?:in)?to ${subject}$`,
      'iu',
    ),
    (_, count, files, whole) => filesOf(whole!, files!, count!),
  ],
  // "sellers can attach up to 3 images to a listing"
  [
    new RegExp(
      `^${subject} ((?:can |may )?(?:add|attach|upload)) ${atMost} ${number} (${pictures}) to ${subject}$`,
      'iu',
    ),
    (said, who, verb, count, files, whole) =>
      isPeople(who!) ? `${sentence(who!)} ${verb} ${files} || ${filesOf(whole!, files!, count!)}` : said!,
  ],
  // "each question has four options and a correct option": which of them is right is said of each
  [
    /^((?:(?:all|the|every|each|an?) )?(?:[\p{L}-]+ )?[\p{L}-]+) ((?:has|have) (?:.+(?:, | and ))?)(?:(two|three|four|five|six|[2-9]|several|some|possible) (?:possible )?)?((?:answer )?(?:option|answer|choice|alternative|possibilitie|possibility)s)(?:,? and|,) (?:exactly )?(?:an?|one|the) (?:(correct|right) (?:one|option|answer|choice|alternative|possibility)|of (?:them|which|these) is (?:the )?(?:correct|right)(?: one)?)$/iu,
    (_, subject, has, count, options, _right) => {
      const one = singularPhrase(options!)
      const whole = singularPhrase(subject!.replace(/^(?:all|the|every|each|an?) /i, ''))
      const others = has!.replace(/(?:, | and )$/, '')
      return [
        `${subject} ${/^(?:has|have) ?$/i.test(others) ? has : `${others} and `}${options}`,
        `Each ${one} has a text and whether it is correct`,
        ...(count && !/^(?:several|some|possible)$/i.test(count) ? [`At most ${count} ${options} per ${whole}`] : []),
      ].join(' || ')
    },
  ],
  // "teams have a name and players": who is in a team is no number
  [
    /^(?:(?:all|the|every|each|an?|our) )?((?:[\p{L}-]+ )?(?:teams?|squads?|clubs?|leagues?|compan(?:y|ies)|departments?|firms?|divisions?|branch(?:es)?|stores?|shops?)) (?:has|have) ((?:[^.;:()]+(?:, | and ))?)(players|employees)(?! with\b| \()(?=,| and |$)/iu,
    (said, groups, before, people) =>
      /\b(?:number|list|several|many) of $/i.test(before!)
        ? said!
        : `${sentence(pluralPhrase(groups!))} have ${before}several ${people}`,
  ],
]
