import type { Wording } from '../makings.ts'
import { isPeople } from '../turns/words.ts'
import { pluralPhrase, sentence, singularPhrase, withArticle } from '../words.ts'

const lead = '((?:[^:,.;]{3,40}: )?)'
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
  // "photos, up to five", "a few photos (at most five)": in the order in which others say it
  [
    new RegExp(
      `^(.+?(?:,|\\band|\\bhas|\\bhave|\\bwith)) (?:(?:a few|several|some|optional) )?(${pictures})(?:, | \\(|: )(?:but )?(?:only )?${atMost} ${number}(?: of them)?\\)?((?:,| and) .+)?$`,
      'iu',
    ),
    '$1 up to $3 $2$4',
  ],
  // "one to five photos": at least one of them is said too
  [
    new RegExp(
      `^${lead}${subject} (.*?(?:has|have|with)\\b.*?) ?\\b(?:between |from )?(?:one|1) ?(?:to|and|-) ?${number} (${pictures})((?:,| and) .+)?$`,
      'iu',
    ),
    (_, title, whole, has, count, files, after) =>
      `${title}${whole} ${has} up to ${count} ${files}${after ?? ''} || At least one ${singularPhrase(files!)} per ${singularPhrase(whole!.replace(article, ''))}`,
  ],
  // "listings have a title, a price and up to five photos"
  [
    new RegExp(
      `^${lead}${subject} ((?:can |may )?(?:has|have)) (.+?)(?:,? and(?: can have| may have)?|,) (?:optionally )?${atMost} ${number} (${pictures})(?: each)?((?:, | and |, and ).+)?$`,
      'iu',
    ),
    (_, title, whole, has, before, count, files, after) =>
      `${title}${whole} ${has} ${before}${after ?? ''} || ${filesOf(whole!, files!, count!)}`,
  ],
  [
    new RegExp(
      `^${lead}${subject} (?:can |may |should )?(?:has|have|holds?|includes?) (?:optionally )?${atMost} ${number} (${pictures})(?: each)?((?:, | and |, and ).+)?$`,
      'iu',
    ),
    (_, title, whole, count, files, after) =>
      `${after ? `${title}${whole} ${article.test(whole!) ? 'has' : 'have'} ${after.replace(/^(?:, and |, | and )/, '')} || ` : ''}${filesOf(whole!, files!, count!)}`,
  ],
  // "agents list flats with an address and up to eight pictures": the pictures are the flats'
  [
    new RegExp(
      `^(.+? )([\\p{L}-]+)( with .+?)(?:,? and|,) (?:optionally )?${atMost} ${number} (${pictures})(?: each)?((?:, | and |, and ).+)?$`,
      'iu',
    ),
    (_, before, whole, fields, count, files, after) =>
      `${before}${whole}${fields}${after ?? ''} || ${filesOf(whole!, files!, count!)}`,
  ],
  // "users can upload at most 5 photos": what each of them may
  [
    new RegExp(
      `^${subject} ((?:can |may )?(?:upload|post|submit|add|create|make|write|hand in|send in)) (?:only )?${atMost} ${number} ([\\p{L}-]+s)$`,
      'iu',
    ),
    (said, who, verb, count, things) =>
      isPeople(who!) ? `${sentence(who!)} ${verb} ${things} || At most ${count} ${things} per person` : said!,
  ],
  // "add up to six photos to cars"
  [
    new RegExp(
      `^(?:add|allow|attach|support|let us add) ${atMost} ${number} (${pictures}) (?:to|for|per|on) ${subject}$`,
      'iu',
    ),
    (_, count, files, whole) => filesOf(whole!, files!, count!),
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
    /^((?:(?:all|the|every|each|an?) )?(?:[\p{L}-]+ )?[\p{L}-]+) ((?:has|have) (?:.+(?:, | and | with ))?)(?:(two|three|four|five|six|[2-9]|several|some|possible) (?:possible )?)?((?:answer )?(?:option|answer|choice|alternative|possibility|possibilitie)s)(?: \(|(?:,? and|,) )(?:exactly )?(?:(?:an?|one|the) (?:(?:correct|right)(?: one| option| answer| choice| alternative| possibility)?|of (?:them|which|these) is (?:the )?(?:correct|right)(?: one)?)|of (?:them|which|these) one is (?:correct|right))\)?$/iu,
    (_, subject, has, count, options) => {
      const one = singularPhrase(options!)
      // "Exams have questions with a text and four options": these are the question's.
      const inner = /^(?:has|have) (?:[\p{L}-]+ )*?([\p{L}-]+) with(?: |$)/iu.exec(has!)?.[1]
      const whole = singularPhrase((inner ?? subject!).replace(article, ''))
      const others = has!.replace(/(?:, | and | with )$/, '')
      return [
        ...(inner
          ? [`${subject} ${others}`, `${sentence(pluralPhrase(whole))} have ${options}`]
          : [`${subject} ${/^(?:has|have) ?$/i.test(others) ? has : `${others} and `}${options}`]),
        `Each ${one} has a text and whether it is correct`,
        ...(count && !/^(?:several|some|possible)$/i.test(count) ? [`At most ${count} ${options} per ${whole}`] : []),
        `At most one correct ${one} per ${whole}`,
      ].join(' || ')
    },
  ],
  // "teams have a name and players": who is in a team is no number
  [
    /^((?:[^:;()]+(?:, | and ))?)(?:(?:all|the|every|each|an?|our) )?((?:[\p{L}-]+ )?(?:teams?|squads?|clubs?|leagues?|compan(?:y|ies)|departments?|firms?|divisions?|branch(?:es)?|stores?|shops?)) (?:has|have) ((?:[^.;:()]+(?:, | and ))?)(?:(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d+) )?(players|employees)(?! with\b| \()(?=,| and |$)/iu,
    (said, lead, groups, before, count, people) =>
      /\b(?:number|list|several|many) of $/i.test(before!)
        ? said!
        : `${lead!.replace(/(?:, | and )$/, ' || ')}${sentence(pluralPhrase(groups!))} have ${before}several ${people}${count ? ` || At most ${count} ${people} per ${singularPhrase(groups!)}` : ''}`,
  ],
]
