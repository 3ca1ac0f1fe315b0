const groupsOf = (text: string): readonly (readonly string[])[] =>
  text
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/))

/** Things that people call by several names. */
const models = groupsOf(`
  booking reservation rental hire appointment slot
  loan lending borrowing checkout rental
  enrollment enrolment registration signup sign_up participation booking
  order purchase
  client customer
  photo picture image
  vote like
  employee worker staff_member
  class course session lesson
  vehicle car
  movie film
  product item article
  participant attendee
  reading measurement
`)

/** Fields that people call by several names. */
const fields = groupsOf(`
  starts_at start start_time start_at begins_at start_date from from_date starts_on begin check_in
  ends_at end end_time end_at finishes_at end_date to to_date ends_on until check_out
  seats capacity places max_participants max_seats spots number_of_seats max_capacity slots
  copies number_of_copies copy_count quantity stock units
  stock quantity stock_quantity quantity_in_stock in_stock units_in_stock
  price amount cost fee
  amount price sum total
  status state stage phase
  duration duration_minutes minutes length_minutes
  returned_at returned_on return_date
  due_on due_date due_at return_by
  date day on
`)

const alike = (groups: readonly (readonly string[])[], key: string): string[] => [
  ...new Set(groups.filter((group) => group.includes(key)).flatMap((group) => group.filter((one) => one !== key))),
]

/** Returns other names of a thing, likeliest first. */
export const alikeModels = (key: string): string[] => alike(models, key)

/** Returns other names of a field, likeliest first. */
export const alikeFields = (key: string): string[] => alike(fields, key)
