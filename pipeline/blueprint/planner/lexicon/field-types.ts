/**
 * What the last word of a field's name says of its type. The value may carry limits: `int 0..` is an integer of at
 * least 0. Looked up singular first.
 */
const table: Record<string, string> = {
  email: 'email',
  'e-mail': 'email',
  mail: 'email',
  'url website link homepage webpage photo image picture avatar logo thumbnail cover_image icon_url': 'url',
  'phone telephone mobile cell fax whatsapp': 'phone',
  'price cost amount total fee salary balance budget subtotal tax rent deposit fare wage income revenue payment value_paid discount_amount tip fine bill spend quote estimate premium bid stake royalty toll surcharge commission allowance refund postage dues cashback markup payout':
    'decimal 0..',
  'weight load payload height tonnage wattage amperage torque density salinity turbidity diameter radius circumference thickness latency odometer draught draft beam ascent descent elevation_gain uncertainty size_cm length width depth temperature distance size_cm area volume latitude longitude lat lng lon speed altitude elevation depth_m ph humidity pressure dosage_ml hours gpa average voltage power energy interest dose abv gravity':
    'float',
  'par iso handicap strokes mintage circulation enrollment_count print_run doses pulse heart_rate bpm quantity count stock age seat capacity floor year number_of position page calorie copy attendee points point score rating star mileage servings serving portion level view like kilometer kilometre km pieces piece order_index size_limit bedroom bathroom room_count minute second day week month_count lap rep set_count round vintage population headcount credits credit guest_count participants goals kcal steps_count reps sets shelf_number':
    'int',
  'description note notes comment content body text bio biography summary details detail instruction instructions message remarks remark feedback abstract story review direction directions explanation transcript about observation observations diagnosis reason symptoms ingredients_text method overview reflection answer_text lyrics agenda outcome findings':
    'text',
  'date day_of birthday birthdate dob deadline anniversary expiry expiration': 'date',
  'datetime timestamp': 'datetime',
  'password secret': 'string',
  'metadata json payload settings config configuration attributes extra': 'json',
}

const byWord = new Map<string, string>()
for (const [words, type] of Object.entries(table)) for (const word of words.split(' ')) byWord.set(word, type)

export const fieldTypes: ReadonlyMap<string, string> = byWord

/** Field names that look like a plural and hold one value, or mean a number. */
export const notLists: ReadonlySet<string> = new Set(
  'initials notes comments details instructions directions remarks minutes hours seats pages calories servings points credits steps_count days weeks months years kilometers kilometres miles copies guests participants bedrooms bathrooms rooms packets bottles boxes bags reps sets portions views likes stars sales earnings thanks contents terms conditions opening_hours business_hours status address class series species news attendees players grams pieces units attempts wins losses draws tries strikes runs clicks plays shares followers subscribers bonus process progress analysis basis access business works times goods spots places slots portions landings takeoffs repetitions strokes doses eggs pallets crates kids adults children nights visitors spectators panels assists fouls hits putts rounds cups glasses loaves slices sheets tiles beds signatures injuries infants babies stitches infos'.split(
    ' ',
  ),
)
/** Plural nouns that are numbers when named as a field: "a rating and seats". */
export const countNouns: ReadonlySet<string> = new Set(
  'seats pages calories servings points credits minutes hours days weeks months years kilometers kilometres miles copies guests participants bedrooms bathrooms packets bottles boxes bags reps sets portions views likes stars attendees players grams pieces units attempts wins losses draws tries strikes runs clicks plays shares followers subscribers downloads votes laps floors employees passengers wheels doors rooms spots places slots landings takeoffs repetitions strokes doses eggs pallets crates kids adults children nights visitors spectators panels seeds assists fouls hits errors putts turns rounds cups glasses loaves slices tiles bricks bolts coins beds cylinders signatures casualties injuries puppies kittens chicks calves lambs spares catches infants babies cars specimens birds fish litres liters throws shots saves rebounds steals turnovers attendances absences sockets outlets axles pedals berths knots stitches needles skeins cans jars bunches barrels kegs tanks casks bales stems bulbs pots trays teeth'.split(
    ' ',
  ),
)

/** Fields that a person filling in a form may leave empty, unless the text says "required". */
export const looseFields: ReadonlySet<string> = new Set(
  'assignee description note notes comment comments remark remarks bio biography summary details about phone telephone mobile fax website homepage photo image picture avatar logo thumbnail icon color colour nickname middle_name allergies birthday deadline due_date due_on due_by due_at expiry_date feedback extra metadata settings attachment attachments link photo_url image_url avatar_url end_date ends_at end_time finish_date'.split(
    ' ',
  ),
)
/** Participles of things that happen later than the record is made: empty at first. */
export const laterParticiples: ReadonlySet<string> = new Set(
  'returned completed finished closed resolved ended paid delivered shipped cancelled canceled archived approved rejected answered solved repaired fixed done deleted retired died sold checked_out left collected picked_up opened read watched played discharged released departed vacated'.split(
    ' ',
  ),
)

/** Words at the end of a name that mean yes or no by themselves. */
export const booleanWords: ReadonlySet<string> = new Set(
  'done completed finished active archived published available enabled disabled visible hidden favorite favourite starred pinned paid vaccinated neutered verified approved confirmed urgent important public private open closed read unread watched opened sold returned featured locked deleted cancelled canceled billable taxable vegan vegetarian organic fragile resolved answered accepted attended present absent spicy insured refundable reserved booked occupied shipped delivered indoor outdoor sterilized sterilised chipped microchipped checked ready broken required optional hazardous flagged bought owned borrowed retired lent fixed passed failed succeeded repaired tested insulated heated furnished licensed certified infected injured rented mounted signed sealed cleaned inspected calibrated frozen waterproof wheelchair_accessible accessible remote online discontinued archived edible poisonous toxic dry_cleaned gift_wrapped muted blocked banned rescued spayed tagged lost stolen damaged expired obsolete'.split(
    ' ',
  ),
)

/** The values that a field's name alone suggests, used only where a type is asked for but no values are given. */
export const lifecycleFields: ReadonlySet<string> = new Set('status state stage phase progress'.split(' '))

/** Fields by which a person names a thing; the first of them heads lists and search. */
export const titleFields: readonly string[] =
  'name title full_name label subject headline caption first_name question word text message content code number sku species model make email'.split(
    ' ',
  )

/** Single-word participles and prepositions that make a date: "planted on", "bought at". */
export const onWords = /^(?:.*_)?(on|at|by|until|since|from)$/
