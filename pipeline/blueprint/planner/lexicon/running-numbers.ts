/** Words for numbers that the system counts up, as parts of patterns. */
export const runningNumbers =
  '(?:(?:unique|own|automatic|automatically|new),? )*(?:running|sequential|consecutive|successive|continuous|incrementing|increasing|ascending|auto-?increment(?:ed|ing)?|(?:automatically )?assigned|automatic|gap-?less|next(?: free| available)?)(?:,? (?:and )?unique)?'

/** A number as it may look: T-0001, 2026/001, 1000. */
export const sampleNumber = '["“‘\'`]?([\\p{L}#][\\p{L}\\d#_/.-]*\\d|\\d[\\d_/.-]*\\d|\\d)["”’\'`]?'

/** What an office numbers itself when it says that these get a number; rooms, seats and players get theirs by hand. */
export const numberedThings = new Set(
  'invoice order ticket receipt quote quotation offer contract case claim application request booking reservation complaint report bill job issue task member customer client delivery shipment return defect incident registration payment transaction order_line patient volunteer subscriber donation donor applicant inquiry enquiry rental loan repair'.split(
    ' ',
  ),
)
