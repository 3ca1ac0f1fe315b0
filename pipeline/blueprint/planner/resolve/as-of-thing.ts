import { isPersonNoun } from '../lexicon/people.ts'
import type { FieldSpec } from '../read/field-spec.ts'

/** What a bare word counts or measures depends on what has it: the value of a reading, the number of an episode. */
const numbers: readonly { name: string; of: RegExp; type: string }[] = [
  {
    name: 'value',
    of: /(?:^|_)(?:measurement|reading|result|observation|metric|measure|data_point|indicator|sensor_reading|test_result)$/,
    type: 'float',
  },
  {
    name: 'number',
    of: /(?:^|_)(?:episode|chapter|season|lap|round|track|page|volume|lesson|week|question|step|verse|floor|stage|level|lane|row|set|match_day|matchday)$/,
    type: 'int',
  },
  {
    name: 'value',
    of: /(?:^|_)(?:deal|opportunity|contract|asset|coin|investment|stake|voucher|prize|artwork|property|grant|pledge)$/,
    type: 'decimal',
  },
]

/** What is a number of things is a word about people: they are treasurer, help in the garden, are beginners. */
const wordsOfPeople = /^(?:position|area|interest|level)$/
/** In games they rise to the next level. */
const inGames = /^(?:player|gamer|user)$/

/** Returns a field as the thing that has it means it, where its name alone is read as something else. */
export const asOfThing = (field: FieldSpec, key: string): FieldSpec => {
  if (field.typed || field.values) return field
  if (field.type === 'string') {
    const type = numbers.find(({ name, of }) => name === field.name && of.test(key))?.type
    return type ? { ...field, type } : field
  }
  const who = key.split('_').at(-1)!
  if (!wordsOfPeople.test(field.name) || !isPersonNoun(who) || field.max !== undefined) return field
  if (field.name === 'level' && inGames.test(who)) return field
  const { min: _, ...text } = field
  return { ...text, type: 'string' }
}
