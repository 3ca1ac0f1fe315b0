import { isPlural, plural, singular, toName } from '../language/words.ts'
import { fieldTypes, laterParticiples, lifecycleFields, looseFields, titleFields } from '../lexicon/field-types.ts'
import { emptyAdjectives } from '../lexicon/function-words.ts'
import type { FieldSpec } from './field-spec.ts'
import { takeFile } from './files.ts'
import { takeLimits } from './limits.ts'
import { readNote } from './note.ts'
import { readQuestion } from './question-phrase.ts'
import { readRunningNumber } from './running-number.ts'
import { numberFor, typeOfName, typeOfPhrase } from './type-of.ts'

const leading =
  /^(?:(?:and|or|plus|also|then|optionally|with|including|as well as|both|eg|ie|like|maybe|possibly|perhaps|sometimes|of course|at least|just|simply|exactly|holds?|stores|keeps|includes|contains|shows)\s+)+/i
const article = /^(?:an?|the|its|their|his|her|my|our|your|some|each|every|any|one|this|that|another)\s+/i
const severalLead =
  /^(?:(?:an?|the|its|their)\s+)?(?:(?:optional|short|long|simple|unique)\s+)?(?:list|array|set|collection|bunch|number|series|couple)s?\s+of\s+(?!(?:seats|pages|copies|people|rooms|guests|participants|items|employees|players|attendees|days|hours|minutes|points|units|pieces|bedrooms|bathrooms|calories|servings|kilometers|visits|members|students|votes|views|likes|stars)\b)|^(?:several|many|multiple|various|different|lots of|zero or more|one or more|0 or more|1 or more|any number of|some)\s+/i
const countLead =
  /^(?:(?:an?|the|its|their|total|maximum|max|minimum|optional|current)\s+)*(?:number|count|amount|nr|no|quantity)\s+of\s+(?:the\s+|available\s+)?/i
const droppable = new Set(
  'own simple basic short brief nice proper corresponding associated usual respective specific little some single exact certain free-text freetext detailed nice-to-have own'.split(
    ' ',
  ),
)
const flagWords = /\b(?:flag|checkbox|boolean|bool|toggle|indicator|marker)\b/i

/** Returns the field that one item of a list names, or undefined where no name can be made of it. */
export const readField = (item: string): FieldSpec | undefined => {
  const running = readRunningNumber(item)
  if (running) return running
  const spec: Partial<FieldSpec> = {}
  const filed = takeFile(item.slice(0, 400))
  if (filed.file) Object.assign(spec, { type: 'file', typed: true, several: false, file: filed.file })
  let phrase = filed.rest
    .slice(0, 400)
    .replace(/[.!?]+$/, '')
    .trim()
  if (/\boptionally\b|^(?:and\s+)?(?:maybe|possibly|perhaps|sometimes|if given)\s/i.test(phrase)) spec.said = 'optional'
  phrase = phrase.replace(leading, '')
  const notes: string[] = []
  phrase = phrase.replace(/[([{]([^()[\]{}]*)[)\]}]/g, (_, note: string) => {
    notes.push(note)
    return ' '
  })
  const colon = phrase.search(/\s*(?::|=|\s-\s)/)
  if (colon > 0) {
    notes.push(phrase.slice(colon).replace(/^[\s:=-]+/, ''))
    phrase = phrase.slice(0, colon)
  }
  phrase = phrase
    .trim()
    .replace(
      /\s+([\p{L}\d-]+(?:\/[\p{L}\d-]+(?: [\p{L}\d-]+)?)+|[\p{L}\d-]+(?: \/ [\p{L}\d-]+)+)$/u,
      (found, list: string) => {
        if (
          /^(?:yes|y|true)\/(?:no|n|false)$/i.test(list) ||
          !/\s/.test(phrase.trim()) ||
          /\s(?:in|per)\s+\S+$/i.test(phrase.trim())
        )
          return found
        notes.push(
          /\//.test(list) && typeOfPhrase(list) === undefined ? `values: ${list.split(/\s*\/\s*/).join(', ')}` : list,
        )
        return ''
      },
    )
  phrase = phrase.replace(
    /^(?:it\s+|they\s+)?((?:has|have|needs?|can|is|are|does|allows?|accepts?|includes?|requires?)\s+.+?)\s+or\s+not$/i,
    'whether it $1',
  )
  if (/^(?:whether|if)\b/i.test(phrase)) phrase = phrase.replace(/\s+or\s+not$/i, '')
  phrase = phrase.replace(/^(?:the\s+)?order\s+(?:in which|of)\s.*$/i, 'position')
  const slashed = /^(.+?)\s+([\p{L}\d-]+(?:\/[\p{L}\d-]+){2,})$/u.exec(phrase)
  if (slashed && !/\s(?:in|per)$/i.test(slashed[1]!)) {
    notes.push(`values: ${slashed[2]!.replaceAll('/', ', ')}`)
    phrase = slashed[1]!
  }
  const pair = /^((?:an?\s+|the\s+)?[\p{L}-]+(?: [\p{L}-]+)?)\s+([\p{L}-]+)\s+or\s+([\p{L}-]+)$/iu.exec(phrase)
  if (pair && isPairOfValues(pair[1]!, pair[2]!, pair[3]!)) {
    notes.push(`values: ${pair[2]}, ${pair[3]}`)
    phrase = pair[1]!
  }
  const listedAs =
    /^(.+?)\s+as\s+(?:an?\s+)?(?:tags|list|list of (?:strings|words|names|tags)|array|labels|keywords|strings)$/i.exec(
      phrase,
    )
  if (listedAs) {
    phrase = listedAs[1]!
    Object.assign(spec, { type: 'list(string)', typed: true, several: true })
  }
  const either = /^(?:(?:an?|the|is|are|it is)\s+)?([\p{L}-]+(?: [\p{L}-]+)?)\s+or\s+(not|[\p{L}-]+)$/iu.exec(phrase)
  if (either) {
    const [first, second] = [either[1]!.toLowerCase(), either[2]!.toLowerCase()]
    if (second === 'not' || second === `un${first}` || second === `in${first}` || second === `non-${first}`)
      phrase = `whether it is ${first}`
    else if (!first.includes(' ')) {
      notes.push(`${first}, ${second}`)
      phrase = /public|private/.test(first)
        ? 'visibility'
        : /^(?:fe)?male$/.test(first)
          ? 'gender'
          : /open|closed|active|done|paid/.test(first)
            ? 'status'
            : 'type'
    }
  }
  const upTo = /^(?:up to|at most|no more than|not more than) [\p{L}\d]+ /iu.test(phrase)
  const question = readQuestion(phrase)
  if (question) {
    Object.assign(spec, question)
    phrase = question.words
  } else {
    const { rest, limits } = takeLimits(phrase)
    Object.assign(spec, limits)
    phrase = nounOf(rest, spec)
  }
  if (!spec.name && phrase.split(/\s+/).length > 4)
    phrase = phrase.replace(/\s+(?:with|for|that|which|who|where|so|because|as|from|by)\s.*$/i, '')
  // How many there are is no part of what they are called.
  phrase = phrase.replace(
    /^(?:two|three|four|five|six|seven|eight|nine|ten) (?!(?:factor|step|way)\b)(?=[\p{L} -]+$)/iu,
    '',
  )
  const name = spec.name ?? nameOf(phrase)
  if (!name || /^(?:id|owner_id|created_at|updated_at|password_hash)$/.test(name)) return undefined
  // "Up to five tags": so many of them, and no number.
  if (upTo && !spec.typed && typeOfName(name).type.startsWith('list(')) spec.several = true
  for (const note of notes) readNote(note, spec, name)
  return complete(name, phrase, spec)
}

const isPairOfValues = (noun: string, one: string, other: string): boolean =>
  !/^(?:the|an?|is|are|of|for|in|on|at|by|to|from|with)$/i.test(one) &&
  !/\b(?:of|whether|if|when|in|on|at|for|by|to|from|with|has|have|needs?)\b/i.test(noun) &&
  !/^(?:an?|the)$/i.test(noun.trim()) &&
  ![one, other].some((word) => fieldTypes.has(word.toLowerCase()) || titleFields.includes(word.toLowerCase())) &&
  !/^(?:not|more|less|so|none|nickname)$/i.test(other)

/** Takes type words, quantifiers, units and empty adjectives off a noun phrase. */
const nounOf = (phrase: string, spec: Partial<FieldSpec>): string => {
  let noun = phrase.replace(/["'`]/g, (sign) => (sign === "'" ? "'" : '')).trim()
  noun = noun
    .replace(/\b(?:field|attribute|property|column|value) (?:called|named) /i, '')
    .replace(/^(?:called|named)\s+/i, '')
  if (severalLead.test(noun) && !countLead.test(noun)) {
    noun = noun.replace(severalLead, '')
    spec.several = true
  }
  const counted =
    /^(?:an?\s+|the\s+|its\s+|their\s+)?([\p{L}-]+)\s+(?:number|count)\s+of\s+(?:the\s+)?([\p{L}-]+s)$/iu.exec(noun)
  if (counted && !countLead.test(noun) && !/^(?:serial|phone|id|unique|total)$/i.test(counted[1]!)) {
    noun = `${counted[1]} ${counted[2]}`
    Object.assign(spec, { type: 'int', typed: true, min: spec.min ?? 0, several: false })
  }
  const total = /^(.+?)\s+in\s+total$/i.exec(noun)
  if (total) {
    noun = `total ${total[1]!.replace(article, '')}`
    if (isPlural(total[1]!.toLowerCase().split(' ').at(-1)!))
      Object.assign(spec, { type: 'int', typed: true, min: spec.min ?? 0 })
  }
  if (countLead.test(noun)) {
    const bound = /\b(max|min)(?:imum)?\b/i.exec(noun.match(countLead)?.[0] ?? '')?.[1]?.toLowerCase()
    const counted = noun
      .replace(countLead, '')
      .replace(/\s+(?:it|they|that|which|he|she|a|the)\b.*$/i, '')
      .trim()
    const wholesale = /^(?:money|water|time|rain|milk|flour|sugar|fuel)$/i.test(counted)
    if (!wholesale && counted) {
      noun = `${bound ? `${bound} ` : ''}${
        counted
          .toLowerCase()
          .split(' ')
          .some((one) => isPlural(one))
          ? counted
          : counted.replace(/\S+$/, (word) => plural(word.toLowerCase()))
      }`
      Object.assign(spec, { type: 'int', typed: true, min: spec.min ?? 0, several: false })
    }
  }
  let before = ''
  while (before !== noun) {
    before = noun
    noun = noun.replace(article, '').trim()
    const [first = '', ...others] = noun.split(/\s+/)
    if (
      others.length > 0 &&
      !/^short name\b/i.test(noun) &&
      (droppable.has(first.toLowerCase()) ||
        (emptyAdjectives.has(first.toLowerCase()) &&
          !/^(?:total|actual|current|internal|secure|new|digital|central|real|full|second|online|additional)$/i.test(
            first,
          )))
    )
      noun = others.join(' ')
  }
  const typed =
    /^(integer|int|boolean|bool|float|decimal|string|numeric|date-?time|json|text|multi-?line|yes\/no)\s+(.+)$/i.exec(
      noun,
    )
  if (typed && !/^(?:field|column|value|attribute)s?$/i.test(typed[2]!)) {
    spec.type = typed[1]!.toLowerCase() === 'numeric' ? 'float' : (typeOfPhrase(typed[1]!) ?? 'string')
    spec.typed = true
    noun = typed[2]!
  }
  if (/\s+(?:yes\s*\/\s*no|y\/n|true\s*\/\s*false|yes or no)$/i.test(noun)) {
    noun = noun.replace(/\s+(?:yes\s*\/\s*no|y\/n|true\s*\/\s*false|yes or no)$/i, '')
    Object.assign(spec, { type: 'bool', typed: true })
  }
  if (flagWords.test(noun) && noun.split(/\s+/).length > 1) {
    noun = noun
      .replace(flagWords, '')
      .replace(/\s+(?:for|if|that|whether)\s*$/i, '')
      .replace(/^(?:for|whether|if|saying|to)\s+/i, '')
      .trim()
    Object.assign(spec, { type: 'bool', typed: true })
  }
  noun = noun.replace(/\s+(?:field|attribute|property|column|value|text field)s?$/i, (found) =>
    /value/i.test(found) ? found : '',
  )
  const unit =
    /\s+(?:in|measured in|given in|as)\s+(?:the\s+)?(kg|kgs|kilos?|kilograms?|g|grams?|mg|lbs?|pounds|cm|centimet(?:er|re)s?|mm|m|met(?:er|re)s?|km|kilomet(?:er|re)s?|miles|minutes|mins?|hours|hrs?|seconds|secs?|days|weeks|months|years|lit(?:er|re)s?|ml|hectares?|ha|acres|square (?:met(?:er|re)s|feet)|sqm|m2|cubic met(?:er|re)s|m3|m³|m²|milliseconds|ms|feet|ft|inches|yards|knots|tons|tonnes|ounces|oz|gallons|kw|kilowatts|mw|megawatts|hp|horsepower|volts?|amps?|bar|psi|db|decibels|lux|ppm|rpm|mb|gb|tb|kb|megabytes|gigabytes|k?mh|kmph|mph|km\/h|m\/s|mg\/d?l|g\/l|mmol\/l|[mgk]bit\/s|[mgk]bps|mmhg|[kmg]?hz|kcal|calories|nights|pages|percent|%|euros?|eur|usd|dollars?|gbp|chf|cents|\$|€|£|degrees|celsius|fahrenheit|°c|kwh|watts?|points?|stars?)\b\.?$/i.exec(
      noun,
    )
  if (unit) {
    noun = noun.slice(0, unit.index)
    applyUnit(unit[1]!, spec)
  }
  noun = noun.replace(/\s+(?:of|for|on|about|from)\s+(?:it|them|each|each one|every one|that)$/i, '')
  const count = /\b(?:each|of each)$/i
  return noun.replace(count, '').trim()
}

const units: readonly (readonly [RegExp, string])[] = [
  [/^(?:kg|kgs|kilos?|kilograms?)$/, 'kg'],
  [/^(?:g|grams?)$/, 'g'],
  [/^mg$/, 'mg'],
  [/^(?:lbs?|pounds)$/, 'lbs'],
  [/^(?:cm|centim.*)$/, 'cm'],
  [/^mm$/, 'mm'],
  [/^(?:m|met(?:er|re)s?)$/, 'm'],
  [/^(?:km|kilom.*)$/, 'km'],
  [/^miles$/, 'miles'],
  [/^(?:minutes|mins?)$/, 'minutes'],
  [/^(?:hours|hrs?)$/, 'hours'],
  [/^(?:seconds|secs?)$/, 'seconds'],
  [/^days$/, 'days'],
  [/^weeks$/, 'weeks'],
  [/^months$/, 'months'],
  [/^years$/, 'years'],
  [/^(?:lit.*)$/, 'l'],
  [/^(?:hectares?|ha)$/, 'hectares'],
  [/^acres$/, 'acres'],
  [/^(?:square (?:met(?:er|re)s)|sqm|m2)$/, 'm2'],
  [/^ml$/, 'ml'],
  [/^(?:cubic met(?:er|re)s|m3|m³)$/, 'm3'],
  [/^m²$/, 'm2'],
  [/^(?:feet|ft)$/, 'feet'],
  [/^(?:kw|kilowatts)$/, 'kw'],
  [/^(?:mw|megawatts)$/, 'mw'],
  [/^volts?$/, 'volts'],
  [/^(?:ounces|oz)$/, 'oz'],
  [/^(?:tons|tonnes)$/, 'tonnes'],
  [/^(?:mb|megabytes)$/, 'mb'],
  [/^(?:gb|gigabytes)$/, 'gb'],
  [/^(?:hp|horsepower)$/, 'hp'],
  [/^(?:kmh|kmph|km\/h)$/, 'kmh'],
  [/^(?:db|decibels)$/, 'db'],
  [/^kwh$/, 'kwh'],
  [
    /^(?:inches|yards|knots|gallons|amps?|bar|psi|lux|ppm|rpm|tb|kb|mph|m\/s|mg\/d?l|g\/l|mmol\/l|[mgk]bit\/s|[mgk]bps|mmhg|hz|khz)$/,
    '',
  ],
]
const applyUnit = (said: string, spec: Partial<FieldSpec>): void => {
  const unit = said.toLowerCase()
  if (/^(?:euros?|eur|usd|dollars?|gbp|chf|\$|€|£)$/.test(unit)) Object.assign(spec, { type: 'decimal', typed: true })
  else if (unit === 'cents') Object.assign(spec, { type: 'int', typed: true })
  else if (unit === 'percent' || unit === '%') Object.assign(spec, { type: 'float', typed: true })
  else if (/^(?:ms|milliseconds|nights|pages|calories|kcal)$/.test(unit))
    Object.assign(spec, { unit: unit === 'ms' ? 'ms' : unit, type: 'int', typed: true, min: spec.min ?? 0 })
  else {
    const found = units.find(([pattern]) => pattern.test(unit))
    spec.unit = found?.[1] === '' ? toName([unit.replace('/', ' ')]) : found?.[1]
    if (found === undefined && !/^(?:points?|stars?)$/.test(unit)) Object.assign(spec, { type: 'float', typed: true })
  }
}

/** Returns the snake_case name of a noun phrase: "date of birth" -> date_of_birth, "name of the author" -> author_name. */
const nameOf = (phrase: string): string => {
  const of = /^(.+?)\s+of\s+(?:the\s+|an?\s+|its\s+|their\s+|each\s+)?(.+)$/i.exec(phrase)
  if (of) {
    const head = of[1]!.toLowerCase()
    if (/^(?:type|kind|sort)s?$/.test(head)) return 'type'
    if (/^(?:name|title|id|email|phone|number|code|colou?r|price|size|length|weight|description)$/.test(head))
      return toName([singular(of[2]!.toLowerCase()), head])
  }
  const words = phrase
    .replace(/'s\b/g, '')
    .replace(/\b(?:the|an?)\b/gi, ' ')
    .trim()
    .split(/\s+/)
  if (words.length > 5) return ''
  const name = toName(words)
  return name === 'email_address'
    ? 'email'
    : name
        .replace(/(?<!(?:^|_)(?:sign|add|turn|carry|roll|follow|try|walk))_on_(?:date|day)$/, '_on')
        .replace(/_at_(?:time|date_?time|date|timestamp)$/, '_at')
        .replace(/_(for|until|from|by)_(?:date|day)$/, '_$1')
}

const complete = (name: string, phrase: string, spec: Partial<FieldSpec>): FieldSpec => {
  if (spec.file)
    return {
      name,
      words: phrase.replace(/^(?:an?|the)\s+/i, ''),
      type: 'file',
      typed: true,
      several: false,
      file: spec.file,
      ...(spec.said ? { said: spec.said } : {}),
    }
  const guess = typeOfName(name)
  let type = spec.type ?? guess.type
  // The row version behind ETag has this name already.
  let field = name === 'version' ? 'version_number' : name
  if (type === 'number') type = numberFor(name)
  if (spec.values) type = 'enum'
  if (spec.unit) {
    if (!name.endsWith(spec.unit)) field = `${name}_${spec.unit}`
    if (/^(?:minutes|seconds|days|weeks|months|years)$/.test(spec.unit) && !spec.typed) type = 'int'
    else if (!['int', 'float', 'decimal'].includes(type)) type = 'float'
  }
  const several = spec.several ?? (guess.several === true && !spec.typed && !spec.values)
  if (!spec.typed && !spec.values && spec.several && !type.startsWith('list('))
    type = ['email', 'url', 'int', 'float', 'date'].includes(type) ? `list(${type})` : 'list(string)'
  const bounds = [spec.min, spec.max, spec.above, spec.below].filter((bound) => bound !== undefined)
  if (bounds.length > 0 && !spec.typed && type === 'string' && !/name|title|code|label/.test(name))
    type = bounds.every((bound) => Number.isInteger(bound)) ? 'int' : 'float'
  if (!spec.typed && spec.several !== true && type === 'list(string)' && bounds.length > 0)
    type = bounds.every((bound) => Number.isInteger(bound)) ? 'int' : 'float'
  if (!spec.typed && type === 'int' && bounds.some((bound) => !Number.isInteger(bound))) type = 'float'
  if (!spec.typed && type === 'string' && typeof spec.default === 'number')
    type = Number.isInteger(spec.default) ? 'int' : 'float'
  if (!spec.typed && type === 'string' && typeof spec.default === 'boolean') type = 'bool'
  const lengths = type === 'string' || type === 'text' || type.startsWith('list(')
  const fallback = spec.default
  return {
    ...spec,
    name: field,
    words: phrase.replace(/^(?:an?|the)\s+/i, ''),
    type,
    typed: spec.typed === true || spec.values !== undefined,
    several,
    ...(spec.min === undefined &&
    guess.min !== undefined &&
    !lengths &&
    ['int', 'float', 'decimal'].includes(type) &&
    spec.above === undefined
      ? { min: guess.min }
      : {}),
    ...(fallback !== undefined ? { default: fallbackFor(type, fallback, spec.values) } : {}),
  }
}

const fallbackFor = (
  type: string,
  value: string | number | boolean,
  values: string[] | undefined,
): string | number | boolean | undefined => {
  if (values) return values.find((one) => one.toLowerCase() === String(value).toLowerCase().replace(/ /g, '_'))
  if (type === 'bool') return typeof value === 'boolean' ? value : undefined
  if (['int', 'float', 'decimal'].includes(type))
    return typeof value === 'number' ? value : value === 'zero' ? 0 : value === 'one' ? 1 : undefined
  if (type === 'string' || type === 'text') return String(value)
  return undefined
}

/** True where a person filling in a form may leave the field empty although nobody said so. */
export const isLoose = (spec: FieldSpec): boolean => {
  const last = spec.name.split('_').at(-1)!
  if (looseFields.has(spec.name) || looseFields.has(last)) return true
  if (spec.type === 'text' && !/^(?:content|body|text|message|question|answer)$/.test(spec.name)) return true
  if (spec.type === 'json' || spec.type.startsWith('list(')) return true
  if (lifecycleFields.has(spec.name) || /^(?:priority|severity|urgency|difficulty)$/.test(spec.name)) return true
  const participle = spec.name.replace(/_(?:at|on|date|by|until)$/, '')
  return participle !== spec.name && laterParticiples.has(participle)
}
