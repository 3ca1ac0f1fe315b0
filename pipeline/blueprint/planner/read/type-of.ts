import { isPlural, singular } from '../language/words.ts'
import { booleanWords, countNouns, fieldTypes, lifecycleFields, notLists } from '../lexicon/field-types.ts'

/** A type with the limits that come with it. */
export type Guess = { type: string; min?: number; several?: boolean }

const timeOfDay = /^(?:opening|closing|opens|closes|open|close|wake_?up|bed|meal|departure_of|time_of_day|daily|alarm)/
const minutes =
  /(?:cook|cooking|prep|preparation|baking|bake|travel|lead|waiting|wait|total|brew|brewing|run|running|playing|play|reading)_time$/
const countedNumber =
  /(?:^|_)(?:room|table|seat|sequence|dose|episode|chapter|track|jersey|lap|position|order|week|season|page|floor|row|shelf|lane|level|shirt|round|issue|volume|step|line)_(?:number|no|nr)$/
const booleanPrefix =
  /^(?:is|has|can|should|was|needs|allows|accepts|requires|includes|does|wants|likes|in_stock|on_sale|for_sale|for_rent|in_use|up_to_date|checked_in|checked_out|signed_up|good_with)(?:_|$)/

/** What is weighed or poured is never less than nothing; what it changed by may be. */
const weighed =
  /(?:^|_)(?:g|kg|mg|ml|l|oz|lbs|tons|tonnes|gallons|ounces|grams|kilograms|kilos|litres|liters|hectares|acres|m2)$/
const mayBeLess =
  /(?:^|_)(?:change|changed|balance|difference|delta|gain|loss|lost|net|deviation|offset|correction|adjustment|temperature|level|trend|target|surplus|variance)(?:_|$)/

/** Returns the type that a field's name tells, and nothing more than a line of text where it tells none. */
export const typeOfName = (name: string): Guess => {
  const parts = name.split('_')
  const last = parts.at(-1)!
  const head = name.includes('_per_') ? name.slice(0, name.indexOf('_per_')).split('_').at(-1)! : last
  if (booleanPrefix.test(name)) return { type: 'bool' }
  if (
    /_(?:g|kg|mg|cm|mm|m|km|ml|l|kn|nm|oz|ft|m3|cm3|kn|kmh|mph|bar|psi|db|lux|ppm|kva|amps?|rpm|tons|tonnes|gallons|ounces|yards|miles|mbit|mbit_s|mbps|gbps|mg_dl|mmol_l|w|kw|kwh|gb|mb|hz|grams|kilograms|kilos|litres|liters|metres|meters|millimetres|millimeters|centimetres|centimeters|hands|inches|feet|percent|watts|volts|celsius|fahrenheit|degrees|hectares|acres|m2|lbs)$/.test(
      name,
    ) ||
    /^(?:millimetres|millimeters|litres|liters|degrees|grams|kilograms|celsius)$/.test(name)
  )
    return { type: 'float', ...(weighed.test(name) && !mayBeLess.test(name) ? { min: 0 } : {}) }
  if (/_ms$/.test(name)) return { type: 'int', min: 0 }
  if (/^year_\w+$/.test(name)) return { type: 'int' }
  if (/^(?:minutes|hours|days|seconds)_\w+$/.test(name)) return { type: 'int', min: 0 }
  if (/^(?:open|opens|opening|closes|closed|serves|served)_(?:from|until|till|to)$/.test(name)) return { type: 'time' }
  if (/^(?:available|free|booked|blocked)_(?:from|until|till|to)$/.test(name)) return { type: 'datetime' }
  if (
    /^(?:kilos|grams|litres|liters|tonnes|tons|metres|meters|km|kilometres|kilometers|ml|kg|cl|cm|miles|gallons|ounces|pounds|kwh)_/.test(
      name,
    )
  )
    return { type: 'float', min: 0 }
  const before = /^(\w+?)_(?:for|at|in|on|by|to|with|of)_(?!stock)\w+$/.exec(name)?.[1]
  if (before && fieldTypes.has(before.split('_').at(-1)!) && !/^(?:time|date|day|number)$/.test(before))
    return typeOfName(before)
  const side = /^(\w+)_(?:low|high|min|max|minimum|maximum|lower|upper|before|after|early|late)$/.exec(name)?.[1]
  if (side && ['int', 'float', 'decimal'].includes(typeOfName(side).type)) return typeOfName(side)
  if (/^(?:quantity|qty|count)_(?!name|type|kind|unit|code)/.test(name)) return { type: 'int', min: 0 }
  if (/(?:hourly|daily|weekly|monthly|day|nightly|yearly|annual)_(?:rate|fee|rent|price|cost)$/.test(name))
    return { type: 'decimal', min: 0 }
  if (/(?:salary|price|budget|cost|amount)_(?:from|to|min|max|paid|claimed|due|spent|per_\w+)$/.test(name))
    return { type: 'decimal', min: 0 }
  if (/^units_\w+$|_units$/.test(name)) return { type: 'int', min: 0 }
  if (/^(?:blood_pressure|shoe_size|clothing_size|size)$/.test(name)) return { type: 'string' }
  if (/(?:^|_)(?:heart|pulse|breathing|respiration|respiratory)_rate$/.test(name)) return { type: 'int', min: 0 }
  if (/(?:^|_)rate$/.test(name))
    return /^(?:\w+_)?(?:exchange|interest|tax|vat|discount|success|error|growth|flow|failure|conversion|frame|sample|click|birth|death|response|attendance|completion|infection|humidity)_rate$/.test(
      name,
    )
      ? { type: 'float' }
      : { type: 'decimal', min: 0 }
  if (/_at$|^(?:scheduled|booked|planned)_for$/.test(name)) return { type: 'datetime' }
  if (/_(?:on|since|until)$/.test(name)) return { type: 'date' }
  if (
    /^(?:due|needed|finish|ready|pay|best_before|use|deliver|complete|return|expires?)_by$/.test(name) ||
    /^(?:due|best_before|since|valid_until|valid_from|born|expires|date_of_\w+|day_of_\w+)$/.test(name)
  )
    return { type: 'date' }
  if (/^(?:time_of_\w+|opens|closes)$/.test(name)) return { type: 'time' }
  if (/^(?:year_of_\w+)$/.test(name)) return { type: 'int' }
  if (/_per_\w/.test(name) && isPlural(head))
    return { type: /^(?:places|seats|spots|visitors|guests|people|children)$/.test(head) ? 'int' : 'float', min: 0 }
  if (/_(?:date|day)$/.test(name) || name === 'date' || name === 'birthday') return { type: 'date' }
  if (/(?:^|_)(?:date_?time|timestamp)$/.test(name)) return { type: 'datetime' }
  if (minutes.test(name)) return { type: 'int', min: 0 }
  if (
    /^(?:when|kickoff|kick_off|take_off|takeoff)$|_(?:start|end|begin|kickoff|departure|arrival)$/.test(name) &&
    !/^(?:front|back|low|high|week|year|month)_end$|_(?:on|of|at|in|for|per|before|after)_/.test(name)
  )
    return { type: 'datetime' }
  if (parts.length === 2 && /(?:ed|en|aid|un|eft|ost|ent)$/.test(last)) {
    const measure = fieldTypes.get(parts[0]!)?.split(' ')[0]
    if (measure && ['int', 'float', 'decimal'].includes(measure) && !booleanWords.has(parts[0]!))
      return { type: measure, min: 0 }
  }
  if (
    name === 'magnification' ||
    /(?:^|_)(?:magnification|aperture|exposure|focal_length|viscosity|conductivity|alkalinity|hardness|dosage|wavelength|calibre|caliber|diopter|thrust|torque|payload|displacement|clearance|concentration_percent)$/.test(
      name,
    )
  )
    return { type: 'float', min: 0 }
  if (
    /^(?:planned|scheduled|booked|valid|promised|expected|needed|due|reserved|ordered)_(?:for|from|until|by)$/.test(
      name,
    ) &&
    !/^(?:scheduled|booked|planned)_for$/.test(name)
  )
    return { type: 'date' }
  if (
    /^(?:kilos?|kg|litres|liters|grams|tonnes|tons|metres|meters|kwh|gallons|pounds|ounces|hectares|acres)$/.test(name)
  )
    return { type: 'float', min: 0 }
  if (parts.length > 1 && last === 'point') return { type: 'string' }
  if (name === 'day') return { type: 'date' }
  if (
    /_(?:left|remaining|needed|available|sold|used|tested|counted|made|eaten|produced|ordered|received|delivered|planted|germinated|harvested|caught|seen|hatched|completed|lost|won|scored|played|done|taken|present|expected|invited|in_stock|in_total|per_\w+)$/.test(
      name,
    ) &&
    isPlural(parts.at(-2)!) &&
    !booleanWords.has(parts.at(-2)!)
  )
    return { type: 'int', min: 0 }
  if (
    /(?:^|_)(?:crew|group|team|party|class|batch|family|herd|flock|clutch|litter|band|squad|litter|household|pack)_size$/.test(
      name,
    )
  )
    return { type: 'int', min: 0 }
  if (
    /(?:^|_)(?:replacement|face|market|estimated|insured|insurance|purchase|resale|book|contract|order|asset|deal|current|total|nominal|sale|stock|property)_value$/.test(
      name,
    )
  )
    return { type: 'decimal', min: 0 }
  if (/(?:^|_)time$/.test(name)) return { type: timeOfDay.test(name) || name === 'time' ? 'time' : 'datetime' }
  if (/^(?:start|end|starts|ends|begin|begins|departure|arrival|departs|arrives)$/.test(name))
    return { type: 'datetime' }
  if (countedNumber.test(name)) return { type: 'int' }
  if (/(?:phone|mobile|telephone|cell|fax)_number$/.test(name)) return { type: 'phone' }
  if (/(?:^|_)email_address$/.test(name)) return { type: 'email' }
  if (/(?:percent|percentage)$/.test(name)) return { type: 'float' }
  if (/^(?:duration|length_minutes)$|_(?:minutes|seconds|hours|days|weeks|months|years)$/.test(name))
    return { type: 'int', min: 0 }
  if (parts.length > 1 && /_(?:count|id_number)$/.test(name)) return { type: 'int', min: 0 }
  if (booleanWords.has(name) || (parts.length > 1 && booleanWords.has(last) && /ed$|able$/.test(last)))
    return { type: 'bool' }
  if (
    countNouns.has(name) ||
    (countNouns.has(last) && /^(?:max|min|maximum|minimum|total|available|free|number|remaining)/.test(name))
  )
    return { type: 'int', min: 0 }
  if (isPlural(last) && !notLists.has(last) && !notLists.has(name)) {
    const element = fieldTypes.get(singular(last))
    return { type: element === 'email' || element === 'url' ? `list(${element})` : 'list(string)', several: true }
  }
  const known = fieldTypes.get(head) ?? fieldTypes.get(singular(head))
  if (known) {
    const [type, bounds] = known.split(' ')
    const free = /^(?:temperature|latitude|longitude|lat|lng|lon|altitude|elevation)$/.test(head)
    if (type === 'int') {
      if (/average|avg|mean/.test(name)) return { type: 'float' }
      return /^(?:year|vintage|position|level|score|rating|floor|order_index|points?|week|day|month|star)$/.test(
        singular(head),
      )
        ? { type }
        : { type, min: 0 }
    }
    if (type === 'decimal')
      return /^(?:amount|balance|total|budget|value)$/.test(head) ? { type } : { type, ...(bounds ? { min: 0 } : {}) }
    if (type === 'float') return free ? { type } : { type, min: 0 }
    return { type: type! }
  }
  if (lifecycleFields.has(name)) return { type: 'string' }
  return { type: 'string' }
}

const said: readonly (readonly [RegExp, string])[] = [
  [/^(?:string|str|varchar|char|short text|single line|one line|line of text|text field|free text)$/, 'string'],
  [/^(?:text|long text|multi-?line(?: text)?|longtext|paragraph|markdown|rich text|html)$/, 'text'],
  [/^(?:int|integer|whole number|bigint|whole|count|number of .*|an? integer)$/, 'int'],
  [/^(?:number|num|numeric|numerical)$/, 'number'],
  [/^(?:float|double|real|decimal number|floating point(?: number)?)$/, 'float'],
  [
    /^(?:decimal|money|currency|price|amount|monetary|usd|eur|gbp|dollars?|euros?|pounds?|\$|€|£|in (?:usd|eur|gbp|dollars|euros|pounds|cents|chf|\$|€))$/,
    'decimal',
  ],
  [
    /^(?:bool|boolean|flag|yes\s*\/\s*no|y\s*\/\s*n|true\s*\/\s*false|yes or no|true or false|checkbox|toggle|on\s*\/\s*off)$/,
    'bool',
  ],
  [/^(?:date|day|yyyy-mm-dd|calendar date|date only)$/, 'date'],
  [/^(?:datetime|date time|timestamp|date and time|date\s*\+\s*time|date\/time|date-time|iso ?8601)$/, 'datetime'],
  [/^(?:time|time of day|hh:mm|clock time)$/, 'time'],
  [/^(?:email|email address|e-mail)$/, 'email'],
  [/^(?:url|link|uri|web address|website)$/, 'url'],
  [/^(?:phone|phone number|telephone)$/, 'phone'],
  [/^(?:json|object|dict|free-?form|any json|jsonb|map)$/, 'json'],
  [/^(?:uuid|guid)$/, 'uuid'],
  [
    /^(?:list|array|strings|list of (?!numbers?|integers?|ints?|urls?|links?)[\p{L} ]+|array of (?:strings?|texts?)|string\[\]|multiple|several|many|comma[- ]separated|string list|string array)$/u,
    'list(string)',
  ],
  [/^(?:list of (?:numbers|integers|ints)|array of (?:numbers|integers|ints)|int\[\])$/, 'list(int)'],
  [/^(?:list of (?:urls|links)|array of (?:urls|links))$/, 'list(url)'],
]

/** Returns the type that a phrase is the name of, such as "whole number"; `number` where the field's name must decide. */
export const typeOfPhrase = (phrase: string): string | undefined => {
  const plain = phrase
    .toLowerCase()
    .trim()
    .replace(/^(?:an?|as|as an?|of type|type|the)\s+/, '')
  return said.find(([pattern]) => pattern.test(plain))?.[1]
}

/** Returns a number type for a field of which only "number" was said. */
export const numberFor = (name: string): string => {
  const guess = typeOfName(name).type
  return ['int', 'float', 'decimal'].includes(guess) ? guess : 'float'
}
