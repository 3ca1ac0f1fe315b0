/** What may or may not be done, and on what terms. */
export type Terms =
  /** While, until, after or unless something is so: `clause`, without the word before it. `holds`: it must be so. */
  | { kind: 'while'; holds: boolean; clause: string; word: string }
  /** So long after the row was made, or after it came to a state: `from` is "posting it", "it was closed". */
  | { kind: 'since'; length: string; from?: string }
  /** So long before a time of the row, or of what it belongs to: "12 hours before it starts". `event`: what begins then; `most`: no longer before it is made. */
  | { kind: 'ahead'; length: string; event: string; most?: boolean }
  /** Before or after an hour of the day, 0 to 24. `of`: of the day that the row is for, or of the day before it. */
  | { kind: 'clock'; before: boolean; hour: number; said: string; of?: 'same' | 'before' }
  /** Not with what is one's own. */
  | { kind: 'notOwn' }

/** A deed: the verb as said, in its plain form, and its object, in the words of the sentence. */
export type Deed = { who?: string | undefined; verb: string; thing?: string | undefined }

export type Allowed = { deed: Deed; terms: Terms }
