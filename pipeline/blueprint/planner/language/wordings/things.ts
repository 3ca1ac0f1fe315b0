import { isPersonNoun } from '../../lexicon/people.ts'
import type { Wording } from '../makings.ts'
import { isPeople } from '../turns/words.ts'
import { plural, pluralPhrase, sentence, singular, singularPhrase } from '../words.ts'
import { thing } from './thing.ts'

/** What there is and who brings it, said in other words than "tools have a name" and "members add tools". */
export const things: readonly Wording[] = [
  // "there are campaigns with a goal"
  [
    /^(?:[^:,.;]{3,40}: )?there are (?:several |many |some |also |different )?([\p{L}-]+s|people) (?:with|that have|which have|who have) (an? .+)$/iu,
    (_, many, has) => `${sentence(many!)} have ${has}`,
  ],
  // "a customer hands in a print job with a file"
  [
    /^(?:[^:,.;]{3,40}: )?(?:an?|each|every) ([\p{L}-]+) (hands in|submits|sends in|files|uploads|posts|reports|creates|adds|places|enters|writes|opens) (?:an?|one) ([\p{L}-]+(?: (?!with\b|for\b|of\b|to\b|about\b|on\b|in\b)[\p{L}-]+)?) with (.+)$/iu,
    (said, who, verb, what, has) =>
      isPeople(who!)
        ? `${sentence(plural(who!.toLowerCase()))} ${verb!.toLowerCase().replace(/^(\p{L}+?)s(?= |$)/u, '$1')} ${pluralPhrase(what!)} with ${has}`
        : said!,
  ],
  // "every tool has a name and how many of them we have"
  [
    /^(.+ (?:has|have) .+?(?:,| and) )how many (?:of (?:them|it|each) )?(?:we have|there are|are there|we own|exist)((?:,| and) .+)?$/iu,
    '$1a number of copies$2',
  ],
  // "anyone can donate an amount to a campaign, with a name and a message"
  [
    new RegExp(
      `^((?:the |all )?[\\p{L}-]+) (?:can |may )?(?:donate|give|pledge)s? (?:an amount|money|any amount|an amount of money|a sum) (?:to|for) (?:an?|the|one|any) ${thing}(?:,? with (.+))?$`,
      'iu',
    ),
    (said, who, what, has) =>
      isPeople(who!)
        ? `${sentence(who!)} can make donations to ${pluralPhrase(what!)} with ${has ? `${has.replace(/ and (?=an? )/i, ', ')} and an amount` : 'an amount'}`
        : said!,
  ],
  // "beekeepers register their hives"
  [
    /^((?:the |all )?[\p{L}-]+s|people) (?:can |may )?register their (?:own )?([\p{L}-]+s)(?: with (.+))?$/iu,
    (said, who, what, has) =>
      isPeople(who!) && !isPersonNoun(singular(what!.toLowerCase()))
        ? `${sentence(who!)} add their own ${what!.toLowerCase()}${has ? ` || ${sentence(what!.toLowerCase())} have ${has}` : ''}`
        : said!,
  ],
  // "committees hold meetings with a date"
  [
    /^([\p{L}-]+s) (?:hold|run|organi[sz]e|schedule) ([\p{L}-]+s) with (an? .+)$/iu,
    (said, whole, what, has) =>
      isPeople(whole!) && !/^(?:committee|board|council|team|club|group|societ(?:y|ie)|association)s$/i.test(whole!)
        ? said!
        : `${sentence(pluralPhrase(what!))} of a ${singularPhrase(whole!)} have ${has}`,
  ],
  // "each committee has members, one of whom is the chair"
  [
    /^((?:an?|each|every|the) [\p{L}-]+ has members),? (?:one|two|some|several) of (?:whom|them|which) (?:is|are) (?:the |an? )?([\p{L}-]+)s?$/iu,
    '$1 || A member is a $2 or an ordinary member',
  ],
  // "people sign up, upload photos and vote"
  [
    /^((?:the |all )?[\p{L}-]+s|people) ((?:can |may )?(?:sign up|register|log in|sign in)), (?:and )?((?!for\b|with\b|by\b|as\b|to\b|via\b|using\b)[\p{L}-]+ .+)$/iu,
    (said, who, sign, rest) => (isPeople(who!) ? `${who} ${sign} || ${who} ${rest}` : said!),
  ],
  // "members upload at most three photos per contest"
  [
    /^((?:the |all )?[\p{L}-]+s|people) (?:can |may )?(upload|post|submit|add|enter|send in|make|write|hand in) (?:at most|up to|no more than|not more than) ([\p{L}\d]+) ([\p{L}-]+s) (?:per|for each|in each|to each|for every) ([\p{L}-]+)(,? and .+)?$/iu,
    (said, who, verb, max, what, per, more) =>
      isPeople(who!)
        ? `${who} ${verb} ${what}${more ?? ''} || Each ${singular(what!.toLowerCase())} belongs to a ${per} || At most ${max} ${what} per person and ${per}`
        : said!,
  ],
]
