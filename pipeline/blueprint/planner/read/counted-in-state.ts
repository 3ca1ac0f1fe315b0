import { singular } from '../language/words.ts'
import { isPersonNoun } from '../lexicon/people.ts'

const number = '(?:\\d+|one|two|three|four|five|six|seven|eight|nine|ten)'
const counted = new RegExp(
  `^(?:an?|each|every|no|one|the) (?<who>[\\p{L}-]+) (?:(?:can|may|must|should) (?:only )?have (?:at most |no more than |not more than |up to |only )?|(?:can not|cannot|may not|must not|can|may) have more than )${number} (?:overdue|late|open|pending|active|current|[\\p{L}]+ed) [\\p{L}-]+s$`,
  'iu',
)

/** "A member can have at most three overdue loans": how many there may be of what is kept elsewhere, and no list that people have. */
export const isCountedInState = (text: string): boolean => {
  const who = counted.exec(text.trim())?.groups?.who
  return who !== undefined && isPersonNoun(singular(who.toLowerCase()))
}
